"""The digest's table as a spreadsheet, with the list of enterprises behind it; ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from engine.briefing import Paper
from engine.figures import Overview, Row
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.roster.books import new_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE: Final = "全市"
HEADER: Final = 2
"""The row of the column heads, behind the title and the line with the times."""

LINE: Final = 16
"""Points that a line of text takes in a cell."""

LIGHTS: Final = {"green": "#C6EFCE", "yellow": "#FFEB9C", "red": "#FFC7CE"}
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """An enterprise as the list shows it; products and plans one a line."""

    district: str
    name: str
    products: Sequence[str]
    plans: Sequence[str]
    state: str


def write_overview(
    overview: Overview, lines: Sequence[EnterpriseLine], *, title: str, bureau: str, made_at: datetime
) -> Paper:
    """Two sheets: the table in official order, and the enterprises; `made_at` is local time."""
    stream = BytesIO()
    book = new_book(stream)
    book.set_properties({"title": title, "author": bureau, "created": made_at.replace(tzinfo=None)})
    styles = _Styles(book)
    until = overview.span.until
    times = f"填报单位：{bureau}　　制表时间：{_moment(made_at)}　　数据截至{chinese.day(until)}24时"
    _write_table(book, styles, overview, title=title, times=times)
    _write_list(book, styles, lines, title=f"{title}：企业名单", times=times)
    book.close()
    return Paper(f"对标达标进度表（截至{until.isoformat()}）.xlsx", MEDIA_TYPE, stream.getvalue())


class _Styles:
    """The formats of the book, each made once."""

    def __init__(self, book: "Workbook") -> None:
        cell = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter", "align": "center"}
        self.title = book.add_format(
            {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.times = book.add_format({"font_name": "宋体", "font_size": 10, "align": "left", "valign": "vcenter"})
        self.head = book.add_format({**cell, "font_name": "黑体", "bg_color": "#D9E1F2", "text_wrap": True})
        self.cell = book.add_format(cell)
        self.text = book.add_format({**cell, "align": "left", "text_wrap": True})
        self.rate = book.add_format({**cell, "num_format": '0.0"%"'})
        self.change = book.add_format({**cell, "num_format": "+0.0;-0.0;0.0"})
        self.lights = {name: book.add_format({**cell, "bg_color": colour}) for name, colour in LIGHTS.items()}
        whole = {**cell, "bold": True, "top": 2}
        self.whole = book.add_format(whole)
        self.whole_rate = book.add_format({**whole, "num_format": '0.0"%"'})
        self.whole_change = book.add_format({**whole, "num_format": "+0.0;-0.0;0.0"})


def _write_table(book: "Workbook", styles: _Styles, overview: Overview, *, title: str, times: str) -> None:
    labels = [overview.labels[state]["zh"] for state in overview.states]
    heads = ["序号", "区（县）市", "任务数", *labels, "完成率", "较上周\n（百分点）", "排名", "状态"]
    widths = [6, 13, 9, *([12] * len(labels)), 10, 10, 7, 11]
    sheet = _sheet(book, styles, "进度表", heads, widths, title=title, times=times)
    for number, row in enumerate(overview.rows, start=1):
        _write_row(sheet, styles, HEADER + number, [number, row.name], row, states=overview.states)
    last = HEADER + len(overview.rows) + 1
    _write_row(sheet, styles, last, ["", WHOLE], overview.total, states=overview.states, whole=True)
    note = f"完成率＝“{overview.labels[overview.goal]['zh']}”及以后的企业数÷任务数，可超过100%；“—”为尚无数据。"
    sheet.merge_range(last + 1, 0, last + 1, len(heads) - 1, note, styles.times)
    sheet.print_area(0, 0, last + 1, len(heads) - 1)


def _write_row(
    sheet: Any, styles: _Styles, at: int, leads: list[Any], row: Row, *, states: Sequence[str], whole: bool = False
) -> None:
    plain = styles.whole if whole else styles.cell
    figures = [*leads, row.quota, *(row.reached[state] for state in states)]
    for column, value in enumerate(figures):
        sheet.write(at, column, value, plain)
    column = len(figures)
    _write_decimal(sheet, at, column, row.rate, styles.whole_rate if whole else styles.rate)
    _write_decimal(sheet, at, column + 1, row.change, styles.whole_change if whole else styles.change)
    sheet.write(at, column + 2, chinese.UNKNOWN if row.rank is None else row.rank, plain)
    sheet.write(at, column + 3, row.light.label["zh"], styles.lights[row.light.colour])


def _write_decimal(sheet: Any, at: int, column: int, value: Decimal | None, style: Any) -> None:
    if value is None:
        sheet.write_string(at, column, chinese.UNKNOWN, style)
    else:
        sheet.write_number(at, column, float(value), style)


def _write_list(book: "Workbook", styles: _Styles, lines: Sequence[EnterpriseLine], *, title: str, times: str) -> None:
    heads = ["序号", "区（县）市", "企业名称", "产品名称", "技术方案", "进展状态"]
    sheet = _sheet(book, styles, "企业名单", heads, [6, 13, 38, 30, 26, 15], title=title, times=times)
    for number, line in enumerate(lines, start=1):
        at = HEADER + number
        sheet.set_row(at, LINE * max(1, len(line.products), len(line.plans)) + 2)
        sheet.write_number(at, 0, number, styles.cell)
        sheet.write_string(at, 1, line.district, styles.cell)
        sheet.write_string(at, 2, line.name, styles.text)
        sheet.write_string(at, 3, "\n".join(line.products), styles.text)
        sheet.write_string(at, 4, "\n".join(line.plans), styles.text)
        sheet.write_string(at, 5, line.state, styles.cell)
    last = HEADER + max(1, len(lines))
    sheet.autofilter(HEADER, 0, last, len(heads) - 1)
    sheet.print_area(0, 0, last, len(heads) - 1)


def _sheet(
    book: "Workbook", styles: _Styles, name: str, heads: list[str], widths: list[int], *, title: str, times: str
) -> Any:
    """A sheet with its title, the line with the times and its frozen heads, set up for A4 in landscape."""
    sheet = book.add_worksheet(name)
    sheet.set_default_row(LINE + 4)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(heads) - 1, title, styles.title)
    sheet.merge_range(1, 0, 1, len(heads) - 1, times, styles.times)
    sheet.set_row(HEADER, 34)
    for column, head in enumerate(heads):
        sheet.write_string(HEADER, column, head, styles.head)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADER)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return sheet


def _moment(moment: datetime) -> str:
    return f"{chinese.day(moment.date())} {moment:%H:%M}"
