"""The layout of the plan's Annex 2, as a workbook and as a document."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TITLE = ("宁波市2020年参加对标达标提升", "专项行动企业名单")
LABELS = (
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有\n技术方案编号",
    "另行制定技术方案\n技术支持需求",
)
NOTES = (
    "注：1、“平台现有技术方案编号”：填写准备直接使用的平台现有技术方案的编号。",
    "2、“另行制定技术方案技术支持需求”：另行制定技术方案时若需要技术支持的填“是”。",
)
WIDTHS_MM = (10, 42, 30, 56, 58, 32, 39)  # together the text area of a landscape A4 page
CENTRED = (0, 5, 6)
BODY_FONT, TITLE_FONT, HEAD_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体"


Cells = tuple[tuple[str, ...], ...]  # each cell as its paragraphs


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: a product of an enterprise; the standards of a cell stand one by one."""

    seq: int
    name: str
    product: str
    implemented: tuple[str, ...]
    benchmark: tuple[str, ...]
    existing_plan_no: str
    support: str


@dataclass(frozen=True, slots=True)
class NominationList:
    """What a district sends in: who reports, on which day, and the rows."""

    reporting_unit: str
    reported_on: date
    rows: tuple[ListRow, ...]

    @property
    def day_in_words(self) -> str:
        return f"{self.reported_on.year}年{self.reported_on.month}月{self.reported_on.day}日"


def write_list(path: Path, sent: NominationList) -> None:
    """Write the list in the form its file name asks for, with nothing in it that depends on the hour."""
    written = BytesIO()
    {".xlsx": save_workbook, ".docx": save_document}[path.suffix](written, sent)
    path.write_bytes(without_the_hour(written, sent.reported_on))


def save_workbook(target: BytesIO, sent: NominationList) -> None:
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "附件2"
    for column, width in zip("ABCDEFG", WIDTHS_MM, strict=True):
        sheet.column_dimensions[column].width = round(width / 1.9, 1)
    put(sheet, "A1", "附件2", across="A1:G1", font=Font(name=HEAD_FONT, size=16))
    put(sheet, "A2", "".join(TITLE), across="A2:G2", font=Font(name=TITLE_FONT, size=20), centred=True)
    put(sheet, "A3", f"填报单位：{sent.reporting_unit}", across="A3:D3")
    put(sheet, "E3", f"填报日期：{sent.day_in_words}", across="E3:G3")
    sheet.row_dimensions[2].height, sheet.row_dimensions[3].height = 32, 22
    lines: list[Sequence[Any]] = [LABELS, *(workbook_cells(row) for row in sent.rows)]
    thin = Side(style="thin")
    for number, line in enumerate(lines, start=4):
        for place, (column, value) in enumerate(zip("ABCDEFG", line, strict=True)):
            put(sheet, f"{column}{number}", value, centred=number == 4 or place in CENTRED)
            sheet[f"{column}{number}"].border = Border(left=thin, right=thin, top=thin, bottom=thin)
        sheet.row_dimensions[number].height = 17.0 * max(
            lines_taken(value, width) for value, width in zip(line, WIDTHS_MM, strict=True)
        )
    for number, note in enumerate(NOTES, start=5 + len(lines)):
        put(sheet, f"A{number}", note, across=f"A{number}:G{number}")
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.creator = sent.reporting_unit
    book.properties.created = datetime.combine(sent.reported_on, time())
    book.save(target)


def put(
    sheet: Worksheet,
    place: str,
    value: str | int | None,
    *,
    across: str = "",
    font: Font | None = None,
    centred: bool = False,
) -> None:
    cell = sheet[place]
    cell.value = value
    cell.font = font or Font(name=BODY_FONT, size=11)
    cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)
    if across:
        sheet.merge_cells(across)


def lines_taken(value: Any, width_mm: int) -> int:
    """The lines a cell needs: a spreadsheet program does not work out the height of a wrapped row by itself."""
    return sum(
        ceil(sum(4.0 if ord(char) > 255 else 2.1 for char in line) / width_mm) or 1
        for line in str(value or "").split("\n")
    )


def workbook_cells(row: ListRow) -> tuple[str | int | None, ...]:
    standards = "；".join(row.implemented), "；".join(row.benchmark)
    return row.seq, row.name, row.product, *standards, row.existing_plan_no or None, row.support or None


def save_document(target: BytesIO, sent: NominationList) -> None:
    document = docx.Document()
    shape(document, sent)
    paragraph(document, "附件2：", font=HEAD_FONT, size=16)
    for line in TITLE:
        paragraph(document, line, font=TITLE_FONT, size=20, centred=True)
    paragraph(document, f"填报单位：{sent.reporting_unit}           填报日期：{sent.day_in_words}")
    table = document.add_table(rows=1 + len(sent.rows), cols=len(LABELS), style="Table Grid")
    fill_table(table, sent.rows)
    merge_enterprises(table, sent.rows)
    for note in NOTES:
        paragraph(document, note)
    document.save(target)


def fill_table(table: Any, rows: Sequence[ListRow]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
    header: Cells = tuple(tuple(label.split("\n")) for label in LABELS)
    for number, (table_row, cells) in enumerate(zip(table.rows, [header, *document_cells(rows)], strict=True)):
        for mark in ("w:cantSplit", "w:tblHeader") if number == 0 else ("w:cantSplit",):
            table_row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001  (no public way to mark a row)
        for place, (cell, texts) in enumerate(zip(table_row.cells, cells, strict=True)):
            for written, text in zip(
                [cell.paragraphs[0], *(cell.add_paragraph() for _ in texts[1:])], texts, strict=True
            ):
                if text:  # an empty run would stand in the way of the merge
                    written.text = text
                written.alignment = WD_ALIGN_PARAGRAPH.CENTER if number == 0 or place in CENTRED else None


def shape(document: Any, sent: NominationList) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(0)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    properties = document.core_properties
    properties.author = properties.last_modified_by = sent.reporting_unit
    properties.title, properties.comments = "".join(TITLE), ""
    properties.created = properties.modified = datetime.combine(sent.reported_on, time())


def paragraph(document: Any, text: str, *, font: str = BODY_FONT, size: float = 12, centred: bool = False) -> None:
    added = document.add_paragraph()
    run = added.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  (no public way to name it)
    if centred:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER


def document_cells(rows: Sequence[ListRow]) -> list[Cells]:
    """Each cell as its paragraphs; number and name of an enterprise only in its first row, for the merge."""
    lines: list[Cells] = []
    for _, own in groupby(rows, key=lambda row: row.name):
        for place, row in enumerate(own):
            head = ((str(row.seq),), (row.name,)) if place == 0 else (("",), ("",))
            tail = (row.existing_plan_no,), (row.support,)
            lines.append((*head, (row.product,), row.implemented, row.benchmark, *tail))
    return lines


def merge_enterprises(table: Any, rows: Sequence[ListRow]) -> None:
    first = 1
    for _, own in groupby(rows, key=lambda row: row.name):
        last = first + len(list(own)) - 1
        if last > first:
            for column in (0, 1):
                table.cell(first, column).merge(table.cell(last, column))
        first = last + 1


def without_the_hour(written: BytesIO, day: date) -> bytes:
    """Repack the file: both libraries stamp the members, openpyxl also the properties, with the current time."""
    repacked, stamp = BytesIO(), (day.year, day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>%sT00:00:00Z" % day.isoformat().encode(), content
                )
            target.writestr(zipfile.ZipInfo(member.filename, stamp), content, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()
