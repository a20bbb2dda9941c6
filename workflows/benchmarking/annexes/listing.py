"""A plain list as a sheet that leaves the house: title, who made it and when, numbered rows; ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from engine.briefing import Paper
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.overview import MEDIA_TYPE
from workflows.benchmarking.roster.books import new_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Cell = str | int | Decimal | date | None

NUMBER: Final = "序号"
LONG: Final = 20_000
_A4: Final = 9
_HEADER: Final = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its head and its width in characters; `unit` stands in the head."""

    head: str
    width: int
    unit: str = ""


def write_list(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    bureau: str,
    made_at: datetime,
    note: str = "",
) -> Paper:
    """The rows in the order given, numbered from 1; `made_at` is local time, `note` says what was asked for."""
    stream = BytesIO()
    # a long list is written row by row, so that the memory it takes does not grow with it
    book = new_book(stream, row_by_row=len(rows) > LONG)
    book.set_properties({"title": title, "author": bureau, "created": made_at.replace(tzinfo=None)})
    styles, sheet = _Styles(book), book.add_worksheet(title[:31])
    every = [Column(NUMBER, 6), *columns]
    last = len(every) - 1
    sheet.merge_range(0, 0, 0, last, title, styles.title)
    sheet.set_row(0, 30)
    moment = f"{chinese.day(made_at.date())}{made_at:%H:%M}"
    told = f"填报单位：{bureau}　　制表时间：{moment}" + (f"　　{note}" if note else "")
    sheet.merge_range(1, 0, 1, last, told, styles.times)
    for place, column in enumerate(every):
        sheet.set_column(place, place, column.width)
        head = f"{column.head}（{column.unit}）" if column.unit else column.head
        sheet.write_string(_HEADER, place, head, styles.head)
    for number, row in enumerate(rows, start=1):
        sheet.write_number(_HEADER + number, 0, number, styles.cell)
        for place, value in enumerate(row, start=1):
            _write(sheet, _HEADER + number, place, value, styles=styles)
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.autofilter(_HEADER, 0, _HEADER + len(rows), last)
    sheet.repeat_rows(0, _HEADER)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    book.close()
    return Paper(f"{title}（{made_at:%Y%m%d}）.xlsx", MEDIA_TYPE, stream.getvalue())


class _Styles:
    """The formats of the book, each made once."""

    def __init__(self, book: "Workbook") -> None:
        cell = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter"}
        self.title = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        self.times = book.add_format({"font_name": "宋体", "font_size": 10})
        self.head = book.add_format({**cell, "font_name": "黑体", "bg_color": "#D9E1F2", "align": "center"})
        self.cell = book.add_format({**cell, "align": "center"})
        self.tenths = book.add_format({**cell, "align": "center", "num_format": "0.0"})
        self.text = book.add_format({**cell, "text_wrap": True})


def _write(sheet: Any, at: int, place: int, value: Cell, *, styles: _Styles) -> None:
    """Days as texts, so that they read alike in every program."""
    if isinstance(value, int):
        sheet.write_number(at, place, value, styles.cell)
    elif isinstance(value, Decimal):
        sheet.write_number(at, place, float(value), styles.tenths)
    elif isinstance(value, date):
        sheet.write_string(at, place, value.isoformat(), styles.cell)
    else:
        sheet.write_string(at, place, value or "", styles.text)
