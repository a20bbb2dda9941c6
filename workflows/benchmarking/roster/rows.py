"""Going down a list below its header: fillers, totals and notes are passed over, merged values carried down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import too_large
from workflows.benchmarking.roster.rowkinds import (
    BLANK,
    HEADING,
    NOTES,
    REPEATED_HEADER,
    TOTAL,
    is_ordinal,
    kind_by_words,
    totals_of,
)
from workflows.benchmarking.roster.sheets import Place, Scalar, Sheet, Spot, is_blank
from workflows.benchmarking.roster.spans import headings, values_downwards
from workflows.benchmarking.roster.texts import label_key, plain_text, shorten

# A text merged over so many columns of the form is a heading and no entry.
_HEADING_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is no entry, with why; counted from 0."""

    place: Place
    row: int
    why: str
    text: str = ""

    def as_json(self) -> dict[str, object]:
        """Rows count from 1."""
        answer: dict[str, object] = {"row": self.row + 1, "why": self.why}
        if self.place.table is not None:
            answer |= self.place.as_json()
        return answer | ({"text": self.text} if self.text else {})


@dataclass(frozen=True, slots=True)
class Line:
    """An entry: its values by field as the merges leave them, and which of them came from above."""

    row: int
    values: Mapping[str, Scalar]
    merged: frozenset[str]
    extras: Mapping[str, str]


_NONE_MERGED: frozenset[str] = frozenset()
_NO_EXTRAS: Mapping[str, str] = {}


@dataclass(slots=True)
class Descent:
    """The way down one sheet, and what was passed over on it."""

    header: Header
    form: Form
    limits: Limits
    ignored: list[Ignored] = field(default_factory=list)
    totals: list[tuple[Place, int, list[int]]] = field(default_factory=list)
    unread_row: int | None = None
    unnamed: tuple[int, ...] = ()
    _down: Mapping[Spot, Scalar] = field(default_factory=dict)
    _down_rows: frozenset[int] = frozenset()
    _headings: frozenset[int] = frozenset()
    _special: frozenset[Spot] = frozenset()
    _noting: bool = False

    def lines(self) -> Iterator[Line]:
        """Every entry in turn; the rest is noted in `ignored`."""
        self._prepare()
        sheet = self.header.sheet
        blank: list[Ignored] = []
        count = 0
        for row in range(self.header.first_row, len(sheet.rows)):
            cells = sheet.rows[row]
            if self._is_empty(row, cells):
                blank.append(Ignored(sheet.place, row, BLANK))
                if len(blank) >= self.limits.empty_rows:
                    break
                continue
            self.ignored.extend(blank)
            blank.clear()
            line = self._line(row, cells)
            if line is not None:
                count += 1
                yield line
            if count > self.limits.rows:
                raise too_large(f"名单超过 {self.limits.rows} 行")
        if len(blank) >= self.limits.empty_rows:
            self.unread_row = _content_below(sheet, blank[-1].row + 1)

    def _prepare(self) -> None:
        header, marks = self.header, self.header.sheet.marks
        self._down = values_downwards(header, self.limits)
        self._down_rows = frozenset(row for row, _ in self._down)
        self._headings = headings(header, _HEADING_COLUMNS)
        self._special = marks.unvalued | frozenset(marks.errors)
        self.unnamed = _unnamed_columns(header)

    def _is_empty(self, row: int, cells: Sequence[Scalar]) -> bool:
        if not all(map(is_blank, cells)):
            return False
        return not self._special or not any((row, column) in self._special for column in self.header.columns.values())

    def _line(self, row: int, cells: Sequence[Scalar]) -> Line | None:
        values = {name: cells[column] if column < len(cells) else None for name, column in self.header.columns.items()}
        own = self._own_fields(row, values)
        why = self._why_ignored(row, cells, values, own)
        if why is not None:
            self._pass_over(row, cells, why)
            return None
        merged = self._carry_down(row, values) if row in self._down_rows else _NONE_MERGED
        self._add_titles(row, cells, values)
        return Line(row, values, merged, self._extras(cells))

    def _own_fields(self, row: int, values: Mapping[str, Scalar]) -> list[str]:
        """What the row itself says beyond its number."""
        columns, special = self.header.columns, self._special
        return [
            column.field
            for column in self.form.columns
            if not column.counting
            and column.field in values
            and (not is_blank(values[column.field]) or (special and (row, columns[column.field]) in special))
        ]

    def _why_ignored(
        self, row: int, cells: Sequence[Scalar], values: Mapping[str, Scalar], own: Sequence[str]
    ) -> str | None:
        first = next((cell for cell in cells if not is_blank(cell)), None)
        why = self._why_by_text(row, cells, own) if isinstance(first, str) else None
        if why is not None:
            return why
        if not own:
            return BLANK
        return REPEATED_HEADER if self._is_header(values) else None

    def _why_by_text(self, row: int, cells: Sequence[Scalar], own: Sequence[str]) -> str | None:
        """A row that begins with a text may be a total, notes, a signature or a heading."""
        texts = [plain_text(cell) for cell in cells if not is_blank(cell)]
        why = kind_by_words(texts)
        if why is not None:
            self._noting = self._noting or why == NOTES
            return why
        if len(texts) > 1 or (not own and is_ordinal(texts[0])):
            return None
        if self._noting:
            return NOTES
        return HEADING if row in self._headings or not own else None

    def _is_header(self, values: Mapping[str, Scalar]) -> bool:
        subject = values.get(self.form.subject)
        if not isinstance(subject, str):
            return False
        return label_key(subject) == label_key(self.header.labels[self.form.subject])

    def _pass_over(self, row: int, cells: Sequence[Scalar], why: str) -> None:
        shown = [plain_text(cell) for cell in cells if not is_blank(cell)]
        text = "" if why == BLANK else shorten(" ".join(shown), 80)
        self.ignored.append(Ignored(self.header.sheet.place, row, why, text))
        if why == TOTAL:
            self.totals.append((self.header.sheet.place, row, totals_of(shown)))

    def _carry_down(self, row: int, values: dict[str, Scalar]) -> frozenset[str]:
        carried = {
            name: self._down[row, column]
            for name, column in self.header.columns.items()
            if (row, column) in self._down and is_blank(values[name])
        }
        values.update(carried)
        return frozenset(carried)

    def _add_titles(self, row: int, cells: Sequence[Scalar], values: dict[str, Scalar]) -> None:
        for name, column in self.header.titles.items():
            title = plain_text(cells[column] if column < len(cells) else None) or plain_text(
                self._down.get((row, column))
            )
            if title:
                titled = title if "《" in title else f"《{title}》"
                values[name] = f"{plain_text(values[name])}{titled}"

    def _extras(self, cells: Sequence[Scalar]) -> Mapping[str, str]:
        unknown = self.header.unknown
        if not unknown and not self.unnamed:
            return _NO_EXTRAS
        place = self.header.sheet.place
        named = {**unknown, **{column: place.column(column) for column in self.unnamed}}
        kept: dict[str, str] = {}
        for column, label in named.items():
            if column < len(cells) and not is_blank(cells[column]):
                kept[f"{label}（{place.column(column)}）" if label in kept else label] = plain_text(cells[column])
        return kept


def _unnamed_columns(header: Header) -> tuple[int, ...]:
    """Columns without a label in which something stands all the same."""
    known = {*header.columns.values(), *header.titles.values(), *header.unknown}
    rows = header.sheet.rows[header.first_row :]
    width = max(map(len, rows), default=0)
    return tuple(
        column
        for column in range(width)
        if column not in known and any(column < len(row) and not is_blank(row[column]) for row in rows)
    )


def _content_below(sheet: Sheet, begins: int) -> int | None:
    for row in range(begins, len(sheet.rows)):
        if not all(map(is_blank, sheet.rows[row])):
            return row
    if sheet.last_row is not None and sheet.last_row >= begins:
        return sheet.last_row
    return None
