"""The list as it is handed out: empty or filled, in the plan's layout, with checks that a spreadsheet makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from workflows.benchmarking.roster.books import new_book
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.guide import choices_range, write_guide
from workflows.benchmarking.roster.looks import Looks
from workflows.benchmarking.roster.sheets import Scalar, column_letters
from workflows.benchmarking.roster.texts import squeeze

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE_ROW, UNIT_ROW, HEADER_ROW = 1, 2, 3
_FIRST: Final = HEADER_ROW + 1
_BLANK_UNIT: Final = "　　　　　市场监管局"
_FEWEST_ROWS: Final = 30
_ROW_POINTS: Final = 22
_LONGEST_LIST: Final = 255
"""Characters that a spreadsheet takes for a choice by itself; longer ones stand in the guide."""
_LONGEST_HINT: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who will fill the list in: city and year of the campaign, the unit's name, and how many are asked of it."""

    city: str
    year: int
    unit: str = ""
    quota: int | None = None
    reported_on: date | None = None


def template(form: Form, sender: Sender, *, on: date, rows: Sequence[Sequence[Scalar]] = ()) -> bytes:
    """The workbook; `rows` have a value for each column of the form, `on` is the day it was made."""
    stream = BytesIO()
    book = new_book(stream)
    book.set_properties({"title": title_of(form, sender), "created": _moment(on)})
    _List(book, form, sender, rows).write()
    write_guide(book, form, {place: column for place, column in enumerate(form.columns) if _is_long(column)})
    book.close()
    return stream.getvalue()


def template_name(form: Form, district: str) -> str:
    """The name of the file."""
    known = f"附件{form.annex}" if form.annex else form.name or form.key
    return "_".join(part for part in (district, known, "空表") if part) + ".xlsx"


def title_of(form: Form, sender: Sender) -> str:
    """The title above the list."""
    return (form.title or "{city}{year}年" + (form.name or form.title_word)).format(city=sender.city, year=sender.year)


class _List:
    """The sheet that is filled in."""

    def __init__(self, book: Any, form: Form, sender: Sender, rows: Sequence[Sequence[Scalar]]) -> None:
        self._form, self._sender, self._rows = form, sender, rows
        self._looks = Looks(book)
        self._sheet = book.add_worksheet(f"附件{form.annex}" if form.annex else form.name or form.key)
        prepared = len(rows) or max(_FEWEST_ROWS, 2 * (sender.quota or 0))
        self._last = _FIRST + prepared - 1
        self._width = len(form.columns)

    def write(self) -> None:
        # a usual height and none for single rows, so that a row grows with what is typed into it
        self._sheet.set_default_row(_ROW_POINTS)
        self._head()
        for number in range(_FIRST, self._last + 1):
            given = self._rows[number - _FIRST] if number - _FIRST < len(self._rows) else ()
            self._row(number, given)
        for number, note in enumerate(self._form.notes, start=self._last + 1):
            lead = "注：" if number == self._last + 1 else ""
            self._sheet.merge_range(number, 0, number, self._width - 1, f"{lead}{note}", self._looks.note)
        for place, column in enumerate(self._form.columns):
            self._check(place, column)
        self._highlight()
        self._page()

    def _head(self) -> None:
        sheet, sender, last = self._sheet, self._sender, self._width - 1
        sheet.write_string(0, 0, f"附件{self._form.annex}" if self._form.annex else self._form.name, self._looks.corner)
        self._task(last)
        sheet.set_row(TITLE_ROW, 34)
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, title_of(self._form, sender), self._looks.title)
        if sender.unit or self._form.nominating:
            unit = sender.unit or _BLANK_UNIT
            sheet.write_string(UNIT_ROW, 0, f"填报单位：{unit}", self._looks.line)
            sheet.write_string(UNIT_ROW, last - 1, "填报日期：", self._looks.right)
            sheet.write_blank(UNIT_ROW, last, None, self._looks.day)
            if sender.reported_on is not None:
                sheet.write_datetime(UNIT_ROW, last, _moment(sender.reported_on), self._looks.day)
            first, until = date(sender.year, 1, 1), date(sender.year + 1, 12, 31)
            asked = {"validate": "date", "criteria": "between", "minimum": _moment(first), "maximum": _moment(until)}
            told = {"input_message": f"如 {sender.year}-5-28", "error_message": "请填写年、月、日。"}
            sheet.data_validation(UNIT_ROW, last, UNIT_ROW, last, asked | told)
        sheet.set_row(HEADER_ROW, 36)
        for place, column in enumerate(self._form.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(HEADER_ROW, place, column.label, self._looks.head)

    def _task(self, last: int) -> None:
        """How many enterprises are asked for, and how many are filled in by now."""
        if self._sender.quota is None or not self._form.nominating:
            return
        place = next(number for number, column in enumerate(self._form.columns) if column.field == self._form.subject)
        cells = self._range(place)
        subjects = {squeeze(str(row[place])) for row in self._rows if row[place]}
        said = f"任务数 {self._sender.quota} 家，已填 "
        formula = f'="{said}"&SUMPRODUCT(({cells}<>"")/COUNTIF({cells},{cells}&""))&" 家"'
        self._sheet.write_formula(0, last, formula, self._looks.right, f"{said}{len(subjects)} 家")

    def _row(self, number: int, given: Sequence[Scalar]) -> None:
        for place, column in enumerate(self._form.columns):
            value = given[place] if place < len(given) else None
            look = self._looks.number if column.counting else self._looks.cell
            if value is None or value == "":
                self._sheet.write_blank(number, place, None, look)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                self._sheet.write_number(number, place, value, look)
            else:
                self._sheet.write_string(number, place, str(value), look)

    def _check(self, place: int, column: Column) -> None:
        """A choice, a longest text, or only a word about what is to be written."""
        if column.counting:
            return
        told: dict[str, Any] = {"input_title": column.label[:32], "input_message": column.hint[:_LONGEST_HINT]}
        if not column.hint:
            told = {}
        if column.choices:
            source = choices_range(place, column) if _is_long(column) else list(column.choices)
            asked: dict[str, Any] = {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
        elif column.longest:
            said = f"不超过 {column.longest} 个字。"
            asked = {"validate": "length", "criteria": "<=", "value": column.longest, "error_message": said}
        else:
            asked = {"validate": "any"}
        if told or asked["validate"] != "any":
            self._sheet.data_validation(_FIRST, place, self._last, place, {**asked, "error_title": "请核对", **told})

    def _highlight(self) -> None:
        """Cells that are still missing in a row that was begun, and entries that stand there twice."""
        own = [place for place, column in enumerate(self._form.columns) if not column.counting]
        begun = f"COUNTA(${column_letters(own[0])}{_FIRST + 1}:${column_letters(own[-1])}{_FIRST + 1})>0"
        for place, column in enumerate(self._form.columns):
            if column.filled:
                cell = f"{column_letters(place)}{_FIRST + 1}"
                rule = self._rule(f"AND({begun},LEN(TRIM({cell}))=0)", self._looks.missing)
                self._sheet.conditional_format(_FIRST, place, self._last, place, rule)
        telling = [self._form.subject, *([self._form.part] if self._form.part else [])]
        places = [place for place, column in enumerate(self._form.columns) if column.field in telling]
        pairs = ",".join(f"{self._range(place)},${column_letters(place)}{_FIRST + 1}" for place in places)
        filled = ",".join(f'${column_letters(place)}{_FIRST + 1}<>""' for place in places)
        rule = self._rule(f"AND({filled},COUNTIFS({pairs})>1)", self._looks.twice)
        for place in places:
            self._sheet.conditional_format(_FIRST, place, self._last, place, rule)

    def _rule(self, formula: str, look: Any) -> dict[str, Any]:
        return {"type": "formula", "criteria": f"={formula}", "format": look}

    def _range(self, place: int) -> str:
        letters = column_letters(place)
        return f"${letters}${_FIRST + 1}:${letters}${self._last + 1}"

    def _page(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes(_FIRST, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.print_area(0, 0, self._last + len(self._form.notes), self._width - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")


def _is_long(column: Column) -> bool:
    return len(",".join(column.choices)) > _LONGEST_LIST


def _moment(day: date) -> datetime:
    return datetime.combine(day, time())
