"""A new workbook: what is written into it stays text, never a formula or a link."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def new_book(stream: BytesIO, *, row_by_row: bool = False) -> "Workbook":
    """The workbook, whose file goes to the stream; `row_by_row` keeps nothing but the row at hand in memory."""
    from xlsxwriter import Workbook

    where = "constant_memory" if row_by_row else "in_memory"
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return Workbook(stream, {where: True, **plain})
