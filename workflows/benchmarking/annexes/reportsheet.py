"""The half-yearly form as a sheet to be filled in elsewhere: a row for each field, a column for each form."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from engine.briefing import Paper
from engine.errors import Refused
from engine.words import tr
from workflows.benchmarking.annex3 import BY_KEY, FIELDS, Field
from workflows.benchmarking.annexes.overview import LINE
from workflows.benchmarking.annexes.overview import MEDIA_TYPE as SHEET_TYPE
from workflows.benchmarking.model import ReportSheet
from workflows.benchmarking.roster.books import new_book
from workflows.benchmarking.roster.files import Kind, open_upload
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS
from workflows.benchmarking.roster.refusals import FileRefused
from workflows.benchmarking.roster.sheets import Scalar, Sheet, is_blank
from workflows.benchmarking.roster.xlsx import read_workbook

HEADS: Final = ("栏目代号", "栏目", "单位", "填写说明")
WIDTHS: Final = (30, 38, 6, 34)
FORM_WIDTH: Final = 34
NAMELESS: Final = "（未分类）"
"""Stands above the form of enterprises whose industry nobody has recorded."""

MOST_FORMS: Final = 50
SOURCES: Final = {
    "records": "系统按记录算出，请核对",
    "partly": "系统算出一部分，请核对补充",
    "person": "请填写",
}


def write_report_sheet(title: str, sheets: Sequence[ReportSheet]) -> Paper:
    """The sheet with what is filled in already; the first column is how it is read again."""
    stream = BytesIO()
    book = new_book(stream)
    page = book.add_worksheet("附件3")
    plain = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**plain, "font_name": "黑体", "align": "center", "bg_color": "#D9E1F2"})
    grey, text = book.add_format({**plain, "font_color": "#595959"}), book.add_format({**plain, "num_format": "@"})
    page.write(0, 1, title, book.add_format({"font_name": "黑体", "font_size": 14}))
    page.set_row(0, 26)
    labels = [*HEADS, *(one.industry or NAMELESS for one in sheets)]
    for column, label in enumerate(labels):
        page.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else FORM_WIDTH)
        page.write_string(1, column, label, head)
    for row, field in enumerate(FIELDS, start=2):
        page.set_row(row, LINE * (4 if field.kind == "long" else 1) + 4)
        for column, told in enumerate((field.key, field.label, field.unit, _explained(field))):
            page.write_string(row, column, told, grey)
        for column, one in enumerate(sheets, start=len(HEADS)):
            page.write_string(row, column, _shown(one.typed, field), text)
    page.freeze_panes(2, len(HEADS))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return Paper(f"{title}（填写用）.xlsx", SHEET_TYPE, stream.getvalue())


def read_report_sheet(name: str, content: bytes) -> dict[str, dict[str, Any]]:
    """What was typed into such a sheet, by industry and field; refused when it is none."""
    try:
        upload = open_upload(content, name=name, limits=DEFAULT_LIMITS)
        if upload.kind is not Kind.XLSX or upload.archive is None or upload.survey is None:
            raise Refused(tr("{name} is no filled-in form; `lingpao report form` writes one.", name=name))
        for sheet in read_workbook(upload.archive, upload.survey):
            found = _forms(sheet)
            if found is not None:
                return found
    except FileRefused as refused:
        raise Refused(tr("The file {name} is not taken: {why}.", name=name, why=refused.detail)) from refused
    raise Refused(tr("{name} is no filled-in form; `lingpao report form` writes one.", name=name))


def _forms(sheet: Sheet) -> dict[str, dict[str, Any]] | None:
    """The columns of a sheet behind its four heads; none where it has no such heads."""
    top = next((number for number, row in enumerate(sheet.rows[:20]) if row and _text(row[0]) == HEADS[0]), None)
    if top is None:
        return None
    names = [_text(cell) for cell in sheet.rows[top][len(HEADS) : len(HEADS) + MOST_FORMS]]
    found: dict[str, dict[str, Any]] = {_industry(name): {} for name in names if name}
    for number in range(top + 1, min(len(sheet.rows), top + 200)):
        field = _field(_text(sheet.at(number, 0)), _text(sheet.at(number, 1)))
        if field is None:
            continue
        for column, name in enumerate(names, start=len(HEADS)):
            if name:
                value = sheet.at(number, column)
                found[_industry(name)][field.key] = None if is_blank(value) else _plain(value)
    return found


def _field(key: str, label: str) -> Field | None:
    return BY_KEY.get(key) or next((one for one in FIELDS if one.label == label), None)


def _industry(name: str) -> str:
    return "" if name == NAMELESS else name


def _text(value: Scalar) -> str:
    return "" if value is None else str(value).strip()


def _plain(value: Scalar) -> str:
    """As a person typed it; 5.0 is 5."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _explained(field: Field) -> str:
    parts = [SOURCES[field.source], "" if field.required else "可不填"]
    if field.of:
        part, whole = (BY_KEY[one].label for one in field.of)
        parts.append(f"＝{part}÷{whole}，四舍五入保留两位小数")
    return "；".join(part for part in parts if part)


def _shown(typed: Mapping[str, Any], field: Field) -> str:
    found = typed.get(field.key)
    return "" if found is None else str(found)
