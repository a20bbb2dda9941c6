"""Reading one entry after the other: what is hidden, struck or broken in it, what it repeats from above, its values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.rows import Line
from workflows.benchmarking.roster.sheets import PLAIN, Scalar, is_blank
from workflows.benchmarking.roster.texts import ERROR_WORDS, is_ditto, plain_text, shorten


@dataclass(slots=True)
class Entries:
    """Reads the entries of one list in turn; knows what the entry above said."""

    form: Form
    year: int
    _above: Mapping[str, Scalar] = field(default_factory=dict)

    def read(self, header: Header, line: Line) -> Draft:
        """The entry with its values and everything that is wrong with it."""
        draft = Draft(header.sheet.place, line.row, header.columns, header.labels, self.year)
        draft.extras = line.extras
        draft.carried = line.merged
        values = dict(line.values)
        self._look_at_marks(draft, header, values)
        self._continue(draft, values)
        for column in self.form.columns:
            if column.field in values:
                self._read_cell(draft, column, values)
            elif not column.required:
                draft.values[column.field] = column.read(None, column.field, draft)
        for check in self.form.row_checks:
            check(draft)
        self._above = values
        return draft

    def _look_at_marks(self, draft: Draft, header: Header, values: dict[str, Scalar]) -> None:
        marks = header.sheet.marks
        if marks is PLAIN:
            return
        if draft.row in marks.hidden_rows:
            draft.warn(None, "HIDDEN_ROW")
        for column in self.form.columns:
            name = column.field
            if column.counting or name not in values:
                continue
            spot = (draft.row, header.columns[name])
            if spot in marks.struck:
                draft.error(name, "STRUCK_THROUGH", shorten(plain_text(values[name])))
            if spot in marks.unvalued:
                draft.error(name, "FORMULA_WITHOUT_VALUE")
                draft.unread.add(name)
            elif spot in marks.errors:
                values[name] = None
                draft.error(name, "CELL_ERROR", marks.errors[spot])
                draft.unread.add(name)

    def _continue(self, draft: Draft, values: dict[str, Scalar]) -> None:
        """A further product of the enterprise above, written without its number and name."""
        subject = self.form.subject
        if not is_blank(values.get(subject)) or subject in draft.unread or is_blank(values.get(self.form.part or "")):
            return
        if any(not is_blank(values.get(name)) for name in self.form.also_subject):
            return
        counting = {column.field for column in self.form.columns if column.counting} - draft.carried
        numbered = any(not is_blank(values.get(name)) for name in counting)
        above = self._above.get(subject)
        if numbered or is_blank(above):
            return
        values[subject] = above
        values.update({name: self._above.get(name) for name in self.form.also_subject if name in values})
        draft.carried |= {subject, *self.form.also_subject}
        draft.warn(subject, "CONTINUED_ROW", shorten(plain_text(above)))

    def _read_cell(self, draft: Draft, column: Column, values: dict[str, Scalar]) -> None:
        name = column.field
        value = values[name]
        if isinstance(value, str) and not column.counting:
            if value.strip() in ERROR_WORDS:
                draft.error(name, "CELL_ERROR", value.strip())
                draft.unread.add(name)
                values[name] = None
            elif is_ditto(value):
                self._copy_from_above(draft, name, values)
        if name in draft.unread:
            draft.values[name] = column.empty
            return
        draft.values[name] = column.read(values[name], name, draft)

    def _copy_from_above(self, draft: Draft, name: str, values: dict[str, Scalar]) -> None:
        if name not in self._above:
            draft.error(name, "DITTO_WITHOUT_SOURCE", plain_text(values[name]))
            draft.unread.add(name)
            values[name] = None
            return
        values[name] = self._above[name]
        draft.carried |= {name}
        draft.warn(name, "DITTO_RESOLVED", shorten(plain_text(values[name])) or "空")
