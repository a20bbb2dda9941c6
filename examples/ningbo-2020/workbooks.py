"""Writing a list as a workbook, new or old."""

from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any

import openpyxl
import xlwt
from annex2 import CENTRED, WIDTHS_MM, Draft, Line, Part
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

BODY_FONT, TITLE_FONT, HEAD_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体"
EXTRA_WIDTH_MM = 28
PARTS: tuple[Part, ...] = ("above", "header", "body", "below")


def save_workbook(target: BytesIO, draft: Draft) -> None:
    """A workbook whose formulas have no values yet; they are put in when it is packed."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "附件2"
    fill(sheet, draft)
    for number, (name, lines) in enumerate(draft.sheets_before):
        fill_simply(book.create_sheet(name, number), lines)
    for name, lines in draft.sheets_behind:
        fill_simply(book.create_sheet(name), lines)
    book.active = book.index(sheet)
    book.properties.creator = draft.sent.reporting_unit
    book.properties.created = datetime.combine(draft.sent.reported_on, time())
    book.save(target)


def begins(draft: Draft) -> dict[Part, int]:
    """The first row of each part, counted from 1; a line stays free above the notes."""
    above, header, body = len(draft.above), len(draft.header), len(draft.body)
    return {"above": 1, "header": above + 1, "body": above + header + 1, "below": above + header + body + 2}


def fill(sheet: Worksheet, draft: Draft) -> None:
    first = begins(draft)
    for part in PARTS:
        for number, line in enumerate(getattr(draft, part)):
            fill_line(sheet, part, first[part] + number, line)
    for merge in draft.merges:
        top, bottom = first[merge.part] + merge.top, first[merge.part] + merge.bottom
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=merge.left + 1, end_column=merge.right + 1)
    for number in draft.hidden:
        sheet.row_dimensions[first["body"] + number].hidden = True
    for number in draft.struck:
        for cell in sheet[first["body"] + number]:
            cell.font = Font(name=BODY_FONT, size=11, strike=True)
    for (number, column), formula in draft.formulas.items():
        row = first["body"] + number
        sheet.cell(row, column + 1).value = "=" + formula.format(row=row, above=row - 1)
    set_up(sheet, width=len(draft.header[0]), title_rows=f"{first['header']}:{first['body'] - 1}")


def fill_line(sheet: Worksheet, part: Part, row: int, line: Line) -> None:
    thin = Side(style="thin")
    for place, value in enumerate(line):
        cell = sheet.cell(row, place + 1)
        cell.value = None if value == "" else value
        listed = part in ("header", "body")
        title = part == "above" and "名单" in str(line[0])
        cell.font = Font(name=TITLE_FONT if title else BODY_FONT, size=20 if title else 11)
        centred = title or part == "header" or (listed and place in CENTRED)
        cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)
        if listed:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if isinstance(value, date):
            cell.number_format = 'yyyy"年"m"月"d"日"'
    sheet.row_dimensions[row].height = height_of(part, line)


def height_of(part: Part, line: Line) -> float:
    if part in ("above", "below"):
        return 32.0 * max(1, str(line[0] if line else "").count("\n") + 1) if "名单" in str(line[:1]) else 22.0
    widths = [*WIDTHS_MM, *([EXTRA_WIDTH_MM] * len(line))]
    return 17.0 * max((lines_taken(value, width) for value, width in zip(line, widths, strict=False)), default=1)


def lines_taken(value: Any, width_mm: int) -> int:
    """The lines a cell needs: a spreadsheet program does not work out the height of a wrapped row by itself."""
    return sum(
        ceil(sum(4.0 if ord(char) > 255 else 2.1 for char in line) / width_mm) or 1
        for line in str("" if value is None else value).split("\n")
    )


def set_up(sheet: Worksheet, *, width: int, title_rows: str) -> None:
    for column in range(width):
        letter = get_column_letter(column + 1)
        wide = WIDTHS_MM[column] if column < len(WIDTHS_MM) else EXTRA_WIDTH_MM
        sheet.column_dimensions[letter].width = round(wide / 1.9, 1)
    sheet.print_title_rows = title_rows
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def fill_simply(sheet: Worksheet, lines: list[Line]) -> None:
    sheet.column_dimensions["A"].width = 90
    for line in lines:
        sheet.append(line)


def save_old_workbook(target: BytesIO, draft: Draft) -> None:
    """The same cells and merges as a workbook of the nineties."""
    book = xlwt.Workbook(encoding="utf-8")
    book.set_owner("lists")
    sheet = book.add_sheet("附件2")
    first = begins(draft)
    wrapped = xlwt.easyxf("font: name 仿宋_GB2312; align: wrap on, vert centre")
    merged = {(first[one.part] + one.top, one.left): one for one in draft.merges}
    for part in PARTS:
        for number, line in enumerate(getattr(draft, part), start=first[part]):
            for column, value in enumerate(line):
                one = merged.get((number, column))
                if one is not None:
                    bottom = first[part] + one.bottom - 1
                    sheet.write_merge(number - 1, bottom, one.left, one.right, value, wrapped)
                elif value not in ("", None):
                    sheet.write(number - 1, column, value, wrapped)
    for column, width in enumerate(WIDTHS_MM):
        sheet.col(column).width = int(width / 1.9 * 256)
    book.save(target)
