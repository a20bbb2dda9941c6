"""Writing a list as a document."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from annex2 import CENTRED, TITLE, WIDTHS_MM, Draft, Line
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from workbooks import BODY_FONT, HEAD_FONT, TITLE_FONT


def save_document(target: BytesIO, draft: Draft) -> None:
    """The letter with its small table, if there is one, then the list and its notes."""
    document = docx.Document()
    shape(document, draft)
    for text in draft.letter:
        paragraph(document, text)
    if draft.small_table:
        fill_table(document.add_table(rows=len(draft.small_table), cols=2, style="Table Grid"), draft.small_table)
    for number, line in enumerate(draft.above):
        font = HEAD_FONT if number == 0 else TITLE_FONT if line[0] in TITLE else BODY_FONT
        paragraph(document, line[0], font=font, size=20 if line[0] in TITLE else 12, centred=line[0] in TITLE)
    at = draft.cut_before or len(draft.body)
    add_list(document, draft, 0, at)
    if at < len(draft.body):
        paragraph(document, "")
        add_list(document, draft, at, len(draft.body))
    for line in draft.below:
        paragraph(document, "".join(str(value) for value in line))
    document.save(target)


def add_list(document: Any, draft: Draft, begin: int, end: int) -> None:
    """Rows of the list below their header."""
    lines = [*draft.header, *draft.body[begin:end]]
    table = document.add_table(rows=len(lines), cols=len(draft.header[0]), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
    fill_table(table, lines)
    heads = len(draft.header)
    for number, table_row in enumerate(table.rows):
        for mark in ("w:cantSplit", "w:tblHeader") if number < heads else ("w:cantSplit",):
            table_row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001  (no public way to mark a row)
    for merge in draft.merges:
        if merge.part == "body" and begin <= merge.top and merge.bottom < end:
            top, bottom = merge.top - begin + heads, merge.bottom - begin + heads
            table.cell(top, merge.left).merge(table.cell(bottom, merge.right))


def fill_table(table: Any, lines: list[Line]) -> None:
    for number, (table_row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for place, (cell, value) in enumerate(zip(table_row.cells, line, strict=True)):
            texts = str(value).split("\n")
            paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in texts[1:])]
            for written, text in zip(paragraphs, texts, strict=True):
                if text:  # an empty run would stand in the way of the merge
                    written.text = text
                written.alignment = WD_ALIGN_PARAGRAPH.CENTER if number == 0 or place in CENTRED else None


def shape(document: Any, draft: Draft) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(0)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    properties = document.core_properties
    properties.author = properties.last_modified_by = draft.sent.reporting_unit
    properties.title, properties.comments = "".join(TITLE), ""
    properties.created = properties.modified = datetime.combine(draft.sent.reported_on, time())


def paragraph(document: Any, text: str, *, font: str = BODY_FONT, size: float = 12, centred: bool = False) -> None:
    added = document.add_paragraph()
    run = added.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  (no public way to name it)
    if centred:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
