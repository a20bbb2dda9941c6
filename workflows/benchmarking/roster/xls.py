"""Reading the old .xls: values, merges, hidden rows and struck-through text in one pass."""

import struct
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any, cast

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_TEXT, error_text_from_code

from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import damaged, encrypted, too_large
from workflows.benchmarking.roster.sheets import Marks, Merge, Place, Scalar, Sheet, Spot

_VERY_HIDDEN = 2
# What xlrd raises about a workbook that does not hold together; it has no one class for it.
_BROKEN = (
    xlrd.XLRDError, struct.error, ValueError, LookupError, TypeError, AttributeError,
    AssertionError, OverflowError, MemoryError, RecursionError, NotImplementedError, ZeroDivisionError,
)  # fmt: skip


def read_old_workbook(content: bytes, limits: Limits) -> Iterator[Sheet]:
    """The worksheets one after the other, without the very hidden ones; `content` is the workbook's own stream."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        )
        if book.nsheets > limits.sheets:
            raise too_large(f"工作表超过 {limits.sheets} 个")
        cells = 0
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            cells += sum(map(sheet.row_len, range(sheet.nrows)))
            if cells > limits.cells:
                raise too_large(f"单元格超过 {limits.cells} 个")
            if sheet.visibility != _VERY_HIDDEN:
                yield _sheet(book, sheet)
            book.unload_sheet(number)
    except _BROKEN as failure:
        if "encrypt" in str(failure).lower():
            raise encrypted("文件设有密码") from failure
        raise damaged("工作簿的内容读不出来") from failure


def _sheet(book: Any, sheet: Any) -> Sheet:
    merges = tuple(
        Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells if bottom > top
    )
    rows: list[list[Scalar]] = []
    struck: set[Spot] = set()
    errors: dict[Spot, str] = {}
    for row in range(sheet.nrows):
        values: list[Scalar] = []
        for column, cell in enumerate(sheet.row(row)):
            values.append(_value(book, cell))
            if cell.ctype == XL_CELL_ERROR:
                errors[row, column] = error_text_from_code.get(cell.value, "#N/A")
            elif cell.ctype == XL_CELL_TEXT and _is_struck(book, sheet, (row, column), cell.xf_index):
                struck.add((row, column))
        rows.append(values)
    marks = Marks(
        frozenset(row for row, known in sheet.rowinfo_map.items() if known.hidden),
        frozenset(column for column, known in sheet.colinfo_map.items() if known.hidden),
        frozenset(struck),
        errors=errors,
    )
    return Sheet(Place(sheet=sheet.name), rows, merges, marks)


def _value(book: Any, cell: Any) -> Scalar:
    if cell.ctype == XL_CELL_DATE:
        try:
            return cast("datetime", xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return float(cell.value)
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return None
    return cast("Scalar", cell.value)


def _is_struck(book: Any, sheet: Any, spot: Spot, style: int | None) -> bool:
    if style is not None and book.font_list[book.xf_list[style].font_index].struck_out:
        return True
    runs = sheet.rich_text_runlist_map.get(spot, ())
    return any(book.font_list[font].struck_out for _, font in runs if font < len(book.font_list))
