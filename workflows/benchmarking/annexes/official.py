"""The form of an official paper after GB/T 9704: page, fonts by name, paragraphs, tables; marked as a draft."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from workflows.benchmarking.annexes.typeface import (
    BODY_FONT,
    BODY_SIZE,
    DRAFT,
    HEAD_FONT,
    LATIN_FONT,
    LINE,
    NUMBER_FONT,
    NUMBER_SIZE,
    SUBHEAD_FONT,
    TABLE_SIZE,
    TEXT_WIDTH,
    TITLE_FONT,
    TITLE_SIZE,
)

TALL: Final = 30
"""Millimetres from which a row may be cut in two by the end of a page."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class OfficialPaper:
    """A draft being written from top to bottom; `content` ends it."""

    def __init__(self, title: str, on: date, *, mark: str = DRAFT) -> None:
        self._document = Document()
        self._set_page(self._document.sections[0])
        self._set_body_style()
        self._set_properties(title, on)
        self._mark(mark)
        self._number_pages()

    def title(self, *lines: str) -> None:
        """Centred, a line for each part of the sense."""
        for line in lines:
            paragraph = self._paragraph(align=WD_ALIGN_PARAGRAPH.CENTER)
            paragraph.paragraph_format.line_spacing = Pt(33)
            self._run(paragraph, line, TITLE_FONT, TITLE_SIZE)
        self.blank()

    def receiver(self, text: str) -> None:
        """At the left edge, ending in a full-width colon."""
        self._run(self._paragraph(), f"{text}：")

    def head(self, text: str) -> None:
        """A heading of the first level, such as 一、总体进展."""
        self._run(self._paragraph(indent=True), text, HEAD_FONT)

    def body(self, text: str, lead: str = "") -> None:
        """A paragraph indented by two characters; `lead` begins it as a heading of the second level."""
        paragraph = self._paragraph(indent=True)
        if lead:
            self._run(paragraph, lead, SUBHEAD_FONT)
        self._run(paragraph, text)

    def note(self, text: str) -> None:
        """A line below the body, such as what is attached."""
        self._run(self._paragraph(indent=True), text)

    def small(self, text: str) -> None:
        """A line at the left edge in the size of tables, such as what stands above a form."""
        paragraph = self._paragraph()
        paragraph.paragraph_format.line_spacing = Pt(20)
        self._run(paragraph, text, BODY_FONT, TABLE_SIZE)

    def signature(self, *lines: str) -> None:
        """At the right, four characters from the edge."""
        self.blank()
        for line in lines:
            paragraph = self._paragraph(align=WD_ALIGN_PARAGRAPH.RIGHT)
            paragraph.paragraph_format.right_indent = Pt(BODY_SIZE * 4)
            paragraph.paragraph_format.keep_with_next = True
            self._run(paragraph, line)

    def blank(self) -> None:
        self._paragraph()

    def attachment(self, number: str, *title: str, first: bool = False) -> None:
        """Begins a page: the attachment's number in the corner without a colon, its title in the middle.

        With `first` the paper is the attachment itself, and nothing stands before it.
        """
        if not first:
            self._set_page(self._document.add_section(WD_SECTION.NEW_PAGE))
        self._run(self._paragraph(), number, HEAD_FONT)
        self.title(*title)

    def grid(self, widths: Sequence[int], *, margin: float = 2) -> "Grid":
        """A table with columns of these widths; `margin` is that of its cells, all in millimetres."""
        table = self._document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        _set_margins(table, margin)
        return Grid(table, widths)

    def content(self) -> bytes:
        """The finished file; equal papers are equal bytes."""
        stream = BytesIO()
        self._document.save(stream)
        return _without_times(stream.getvalue())

    def _paragraph(self, *, indent: bool = False, align: Any = None) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(BODY_SIZE * 2)
        return paragraph

    def _run(self, paragraph: Any, text: str, font: str = BODY_FONT, size: float = BODY_SIZE) -> None:
        write_run(paragraph, text, font, size)

    def _set_page(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin = Mm(37), Mm(28)
        section.bottom_margin, section.right_margin = Mm(297 - 37 - 225), Mm(210 - 28 - TEXT_WIDTH)
        section.header_distance, section.footer_distance = Mm(22), Mm(28)

    def _set_body_style(self) -> None:
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = LATIN_FONT, Pt(BODY_SIZE)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), BODY_FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:eastAsia"), "zh-CN")
        style.element.get_or_add_rPr().append(language)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        layout.widow_control = False

    def _set_properties(self, title: str, on: date) -> None:
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = datetime.combine(on, time(), UTC)

    def _mark(self, text: str) -> None:
        paragraph = self._document.sections[0].header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_run(paragraph, text, HEAD_FONT, NUMBER_SIZE)

    def _number_pages(self) -> None:
        """— 1 — in the middle below the text."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_run(paragraph, "— ", NUMBER_FONT, NUMBER_SIZE)
        run = write_run(paragraph, "", NUMBER_FONT, NUMBER_SIZE)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._r.append(part)  # noqa: SLF001 - fields have no other door
        write_run(paragraph, " —", NUMBER_FONT, NUMBER_SIZE)


class Grid:
    """A table that grows by rows; texts of several lines become several paragraphs."""

    def __init__(self, table: Any, widths: Sequence[int]) -> None:
        self._table = table
        self._widths = [Mm(width) for width in widths]

    def row(
        self,
        *texts: str,
        font: str = BODY_FONT,
        size: float = TABLE_SIZE,
        centred: bool = True,
        least: float = 8,
        repeats: bool = False,
    ) -> None:
        """Add a row; `least` is its least height in millimetres, `repeats` lets it head each page of the table."""
        added = self._table.add_row()
        added.height = Mm(least)
        if repeats:
            _mark_row(added, "w:tblHeader")
        if least < TALL:
            _mark_row(added, "w:cantSplit")
        for cell, text, width in zip(added.cells, texts, self._widths, strict=True):
            cell.width = width
            _fill(cell, text, font, size, centred=centred)

    def join(self, *spans: tuple[int, int], rows: int = 1) -> None:
        """Join cells of the last row, from the first to the last column of each span; also upwards over some rows."""
        last = len(self._table.rows) - 1
        for first, end in spans:
            text = self._table.cell(last - rows + 1, first).text
            joined = self._table.cell(last - rows + 1, first).merge(self._table.cell(last, end))
            for spare in joined.paragraphs[max(1, text.count("\n") + 1) :]:
                spare._p.getparent().remove(spare._p)  # noqa: SLF001 - the library joins texts, too

    def to_the_left(self, column: int) -> None:
        """What stands in a cell of the last row begins at its left edge."""
        for paragraph in self._table.cell(len(self._table.rows) - 1, column).paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def pair(self, label: str, text: str, *, least: float = 11) -> None:
        """A row of a form: its label in the middle of its cell, what stands there at the left of the other."""
        self.row(label, text, least=least)
        left, right = self._table.rows[-1].cells
        _set_font(left, HEAD_FONT)
        for paragraph in right.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def write_run(paragraph: Any, text: str, font: str, size: float) -> Any:
    """Text in a Chinese font; letters and digits take the Latin one beside it."""
    run = paragraph.add_run("".join(sign for sign in text if sign.isprintable() or sign == "\u3000"))
    run.font.name, run.font.size = LATIN_FONT, Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - Chinese fonts have no other door
    fonts.set(qn("w:eastAsia"), font)
    # quotation marks and dashes are both Latin and Chinese signs; here they are Chinese
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _fill(cell: Any, text: str, font: str, size: float, *, centred: bool) -> None:
    cell.vertical_alignment = 1
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.line_spacing = Pt(size * 1.5)
        write_run(paragraph, line, font, size)


def _set_font(cell: Any, font: str) -> None:
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - the library has no word for it


def _set_margins(table: Any, margin: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(Mm(margin).twips))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - the library has no word for it


def _without_times(content: bytes) -> bytes:
    """The same package with its entries dated alike, so that a paper does not depend on when it was written."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return stream.getvalue()
