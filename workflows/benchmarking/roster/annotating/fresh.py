"""A new workbook with the rows of a list whose file cannot be changed in place: an old .xls, a letter, an odd .xlsx."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from workflows.benchmarking.roster.books import new_book
from workflows.benchmarking.roster.ownsheets import is_own
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sheets import Merge, Place, Scalar, Sheet, Spot, is_blank
from workflows.benchmarking.roster.texts import plain_text

_ABOVE: Final = 12
"""Lines of a letter before its list that come along: its title, unit and date stand right above it."""
_NARROW, _WIDE, _SAMPLE, _LINE_POINTS = 6, 40, 300, 16
_LARGEST_MERGE: Final = 10_000
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_FIRST_YEAR: Final = 1900
_FORMATS: Final = (
    (datetime, "yyyy-mm-dd hh:mm:ss"),
    (date, "yyyy-mm-dd"),
    (time, "hh:mm:ss"),
    (timedelta, "[h]:mm:ss"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the new workbook: its name, and tables one below the other with the row at which each begins."""

    name: str
    above: Sequence[Sequence[Scalar]]
    tables: Sequence[tuple[Sheet, int]]


@dataclass(frozen=True, slots=True)
class Fresh:
    """The new workbook and where in it each table of the sent file stands."""

    content: bytes
    places: Mapping[Place, tuple[str, int]]

    def target(self, place: Place, spot: Spot) -> tuple[str, Spot]:
        """Sheet and cell of a cell of the sent file."""
        name, row = self.places[place]
        return name, (spot[0] + row, spot[1])


def of_sheets(sheets: Iterable[Sheet], report: Report, on: date) -> Fresh:
    """Every sheet of a workbook under its name, without what the house had added."""
    pages = [Page(sheet.place.sheet or "", (), ((sheet, 0),)) for sheet in sheets if not is_own(sheet)]
    return _written(pages, report, on)


def of_tables(tables: Sequence[Sheet], report: Report, on: date) -> Fresh:
    """The list of a letter with its parts joined; where no list was found, each table by itself."""
    listed = [header.sheet for header in report.tables]
    if not listed:
        pages = [Page(f"表格{sheet.place.table}", (), ((sheet, 0),)) for sheet in tables]
        return _written(pages, report, on)
    above = list(listed[0].above)[-_ABOVE:]
    placed: list[tuple[Sheet, int]] = []
    row = len(above)
    for sheet in listed:
        placed.append((sheet, row))
        row += len(sheet.rows)
    return _written([Page("名单", above, placed)], report, on)


def _written(pages: Sequence[Page], report: Report, on: date) -> Fresh:
    stream = BytesIO()
    book = new_book(stream)
    book.set_properties({"created": datetime.combine(on, time(), UTC).replace(tzinfo=None)})
    heads = {header.sheet.place: set(header.rows) for header in report.tables}
    names = _allowed([page.name for page in pages])
    for page, name in zip(pages, names, strict=True):
        _Writer(book, book.add_worksheet(name)).write(page, heads)
    if not pages:
        book.add_worksheet("名单")
    book.close()
    places = {sheet.place: (name, row) for page, name in zip(pages, names, strict=True) for sheet, row in page.tables}
    return Fresh(stream.getvalue(), places)


def _allowed(names: Sequence[str]) -> list[str]:
    """The names of sheets as a workbook may have them: short, without some signs, each once."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = _NO_NAME.sub("_", name).strip("'")[:_LONGEST_NAME].strip("'") or f"表{number}"
        taken = plain.lower() == "history" or plain.lower() in (one.lower() for one in found)
        found.append(f"{plain[: _LONGEST_NAME - 6]}({number})" if taken else plain)
    return found


class _Writer:
    """One sheet of the new workbook."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._formats: dict[tuple[bool, bool, str], Any] = {}
        self._widths: dict[int, int] = {}

    def write(self, page: Page, heads: Mapping[Place, set[int]]) -> None:
        line = self._book.add_format({"font_name": "宋体", "font_size": 11})
        for number, row in enumerate(page.above):
            for column, value in enumerate(row):
                self._sheet.write_string(number, column, plain_text(value), line)
        for table, begins in page.tables:
            self._write_table(table, begins, heads.get(table.place, set()))
        hidden = {column for table, _ in page.tables for column in table.marks.hidden_columns}
        for column in sorted({*self._widths, *hidden}):
            wide = min(max(self._widths.get(column, 0) + 2, _NARROW), _WIDE)
            self._sheet.set_column(column, column, wide, None, {"hidden": True} if column in hidden else {})
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def _write_table(self, table: Sheet, begins: int, heads: set[int]) -> None:
        for merge in table.merges:
            size = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            if 1 < size <= _LARGEST_MERGE:
                self._merge(merge, begins)
        tops = {merge.top for merge in table.merges}
        width = max(map(len, table.rows[min(heads, default=0) :]), default=0)
        for number, row in enumerate(table.rows):
            if heads and number > max(heads) and not all(map(is_blank, row)):
                for column in range(width):
                    self._sheet.write_blank(begins + number, column, None, self._format())
            self._write_row(table, begins, number, head=number in heads)
            if number < _SAMPLE and number not in tops:
                self._measure(row)

    def _write_row(self, table: Sheet, begins: int, number: int, *, head: bool) -> None:
        lines = 1
        for column, value in enumerate(table.rows[number]):
            shown = table.marks.errors.get((number, column), value)
            if not is_blank(shown):
                look = self._format(_number_format(shown), head=head, struck=(number, column) in table.marks.struck)
                self._put(begins + number, column, shown, look)
                lines = max(lines, plain_text(shown).count("\n") + 1)
        if number in table.marks.hidden_rows:
            self._sheet.set_row(begins + number, None, None, {"hidden": True})
        elif lines > 1:
            self._sheet.set_row(begins + number, lines * _LINE_POINTS)

    def _merge(self, merge: Merge, begins: int) -> None:
        """Name the range before its first cell is written, because naming it empties that; no two may overlap."""
        from xlsxwriter.exceptions import OverlappingRange

        place = (begins + merge.top, merge.left, begins + merge.bottom, merge.right)
        with suppress(OverlappingRange):
            self._sheet.merge_range(*place, "", self._format())

    def _put(self, row: int, column: int, value: Scalar, look: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, look)
        elif isinstance(value, int | float):
            self._sheet.write_number(row, column, value, look)
        elif isinstance(value, str) or not _number_format(value):
            self._sheet.write_string(row, column, value if isinstance(value, str) else plain_text(value), look)
        else:
            self._sheet.write_datetime(row, column, value, look)

    def _format(self, number: str = "", *, head: bool = False, struck: bool = False) -> Any:
        key = (head, struck, number)
        if key not in self._formats:
            wanted: dict[str, Any] = {
                "font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True,
                "font_strikeout": struck, "bold": head,
            }  # fmt: skip
            if head:
                wanted["align"] = "center"
            if number:
                wanted["num_format"] = number
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def _measure(self, row: Sequence[Scalar]) -> None:
        for column, value in enumerate(row):
            lines = plain_text(value).split("\n")
            wide = max(sum(1 if sign.isascii() else 2 for sign in line) for line in lines)
            self._widths[column] = max(self._widths.get(column, 0), wide)


def _number_format(value: Scalar) -> str:
    """The format of a date or a time; none for everything else, and for days before those a spreadsheet knows."""
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return "yyyy-mm-dd"
    return next((written for kind, written in _FORMATS if isinstance(value, kind)), "")
