"""Annex 2 as a spreadsheet in the plan's layout, with rows filled in."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final

import xlsxwriter

from engine.briefing import Paper

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: Final = (
    ("序", 5),
    ("企业名称", 30),
    ("产品名称", 18),
    ("执行标准号、名称", 40),
    ("比对标准号、名称", 40),
    ("平台现有\n技术方案编号", 16),
    ("另行制定技术方案\n技术支持需求", 18),
)
"""Labels as the plan prints them, with widths in characters."""
NOTES: Final = (
    "注：1、“平台现有技术方案编号”：填写准备直接使用的平台现有技术方案的编号。",
    "2、“另行制定技术方案技术支持需求”：另行制定技术方案时若需要技术支持的填“是”。",
)


def annex_2(*, year: int, city: str, unit: str, reported_on: date, rows: Sequence[Sequence[str]]) -> Paper:
    """The list of a reporting unit; each row has the six columns behind the number."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("附件2")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
    sheet.write(0, 0, "附件2")
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 1, f"{city}{year}年参加对标达标提升专项行动企业名单", title)
    sheet.write(2, 0, f"填报单位：{unit}")
    sheet.write(2, 4, f"填报日期：{reported_on.year}年{reported_on.month}月{reported_on.day}日")
    for column, (label, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write(3, column, label, head)
    for number, row in enumerate(rows, start=1):
        sheet.write_number(3 + number, 0, number, cell)
        for column, text in enumerate(row, start=1):
            sheet.write_string(3 + number, column, text, cell)
    for place, note in enumerate(NOTES):
        sheet.write(4 + len(rows) + place, 0, note)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return Paper(f"附件2-{unit}.xlsx", MEDIA_TYPE, stream.getvalue())
