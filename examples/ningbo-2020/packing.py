"""Packing files so that equal lists have equal bytes: no hour in them, formulas with their values, macros as a part."""

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

from annex2 import Draft
from openpyxl.utils import get_column_letter
from workbooks import begins
from xlwt.CompoundDoc import XlsDoc

Parts = dict[str, bytes]
SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_SHEET_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
MACRO_KIND = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
FORMULA = r'(<c r="{place}"[^>]*?)(?: t="\w+")?>(<f>[^<]*</f>)<v\s*/?>(?:</v>)?</c>'


def without_the_hour(written: BytesIO, day: date, change: Callable[[Parts], Parts] | None = None) -> bytes:
    """Repack the file: both libraries stamp the members, openpyxl also the properties, with the current time."""
    with zipfile.ZipFile(written) as source:
        parts = {member.filename: source.read(member) for member in source.infolist()}
    stamped = rb"\g<1>%sT00:00:00Z" % day.isoformat().encode()
    parts["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamped, parts["docProps/core.xml"])
    repacked, stamp = BytesIO(), (day.year, day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in (change(parts) if change else parts).items():
            target.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()


def with_values(parts: Mapping[str, bytes], draft: Draft) -> Parts:
    """Every formula with the value that the spreadsheet program had worked out, unless it had not."""
    name = f"xl/worksheets/sheet{len(draft.sheets_before) + 1}.xml"
    text = parts[name].decode()
    for number, column in draft.formulas:
        if (number, column) in draft.unvalued:
            continue
        place, value = f"{get_column_letter(column + 1)}{begins(draft)['body'] + number}", draft.body[number][column]
        kind = ' t="str"' if isinstance(value, str) else ""
        put = rf"\g<1>{kind}>\g<2><v>{escape(str(value))}</v></c>"
        text, found = re.subn(FORMULA.format(place=place), put, text)
        if found != 1:
            raise ValueError(place)
    return {**parts, name: text.encode()}


def with_macros(parts: Mapping[str, bytes]) -> Parts:
    """The same workbook with room for macros, in which there are none."""
    project = BytesIO()
    XlsDoc().save(project, b'Attribute VB_Name = "Module1"\r\n\' nothing happens here\r\n'.ljust(4096))
    kinds = parts["[Content_Types].xml"].replace(SHEET_TYPE, MACRO_SHEET_TYPE)
    default = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    relations = parts["xl/_rels/workbook.xml.rels"]
    relation = b'<Relationship Id="rIdMacros" Type="%s" Target="vbaProject.bin"/></Relationships>' % MACRO_KIND
    return {
        **parts,
        "[Content_Types].xml": kinds.replace(b"<Default", default + b"<Default", 1),
        "xl/_rels/workbook.xml.rels": relations.replace(b"</Relationships>", relation),
        "xl/vbaProject.bin": project.getvalue().replace("Workbook".encode("utf-16-le"), "PROJECT_".encode("utf-16-le")),
    }
