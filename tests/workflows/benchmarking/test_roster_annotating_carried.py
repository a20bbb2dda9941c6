"""What of the sender's file stays when it goes back, what does not and is said, and what other programs make of it."""

import io
import re
import warnings
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from office import needs_office, saved_by_office
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from roster_files import (
    DATE,
    HEADER,
    TITLE,
    UNIT,
    ListFile,
    add_table,
    clean_rows,
    edited,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
    saved,
)

from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.annotating.annotate import Annotated, annotate
from workflows.benchmarking.roster.annotating.styles import FILLS
from workflows.benchmarking.roster.ownsheets import RESULTS
from workflows.benchmarking.roster.template import Sender, template

MADE = Path(__file__).parent / "data" / "roster"
ON = date(2020, 6, 5)
MIDNIGHT = datetime.combine(date(2020, 5, 28), time())
HALF_PAST_EIGHT = datetime.combine(date(2020, 5, 28), time(8, 30))


def back(sent: bytes, filename: str = "名单.xlsx") -> Annotated:
    found = annotate(read(sent, filename=filename), sent, on=ON)
    assert found is not None
    return found


def opened(content: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """As openpyxl reads it; what that cannot carry is no concern of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def coloured(content: bytes, sheet: str = "附件2") -> set[str]:
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row)
    return {cell.coordinate for cell in cells if cell.fill.fgColor.rgb in FILLS.values()}


def commented(content: bytes, sheet: str = "附件2") -> dict[str, str]:
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def said_above(content: bytes) -> str:
    return "\n".join(str(row[0]) for row in opened(content)[RESULTS].iter_rows(values_only=True) if row[1] is None)


@cache
def rich(*, macros: bool = False) -> bytes:
    """A list as people dress it: chart, text box, validations, formats, a formula, a filter, a lock."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, other = book.add_worksheet("附件2"), book.add_worksheet("数据")
    green = book.add_format({"bg_color": "#92D050", "bold": True, "num_format": "0.00"})
    rows = [["附件2："], [TITLE], [UNIT, None, None, None, DATE], HEADER, *clean_rows()]
    rows[6][3] = "GB 47O6.1-2005"
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, green if (number, column) == (6, 3) else None)
    sheet.write_formula("F9", '="FA-"&"2019-0005"', None, "FA-2019-0005")
    sheet.write_comment("D7", "请再核对", {"author": "经办"})
    sheet.write_comment("B5", "另一条")
    sheet.data_validation("G5:G50", {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format("A5:A12", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_textbox("I2", "文本框")
    chart = book.add_chart({"type": "column"})
    other.write_column(0, 0, [1, 2, 3])
    chart.add_series({"values": "=数据!$A$1:$A$3"})
    sheet.insert_chart("I10", chart)
    sheet.set_header("&C页眉")
    sheet.autofilter("A4:G12")
    sheet.freeze_panes(4, 2)
    sheet.set_column("B:B", 33.5)
    sheet.protect("secret")
    if macros:
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 not a real macro"), is_stream=True)
    book.close()
    return stream.getvalue()


BOTH = (rich(), back(rich()).content)
CHANGED = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def test_charts_text_boxes_other_sheets_and_everything_else_stay_byte_for_byte() -> None:
    before, after = parts_of(rich()), parts_of(back(rich()).content)
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert after.keys() - before.keys() == {"xl/worksheets/results1.xml"}


def test_in_the_list_itself_nothing_changes_but_the_marked_cell_and_the_order_of_rules() -> None:
    before, after = (parts_of(one)["xl/worksheets/sheet1.xml"] for one in (rich(), back(rich()).content))
    ours = re.compile(rb'<conditionalFormatting sqref="D7">.*?</conditionalFormatting>')
    changed = re.compile(rb'<c r="D7" s="\d+"| priority="\d+"')
    assert len(ours.findall(after)) == 1
    assert changed.sub(b"", ours.sub(b"", after)) == changed.sub(b"", before)
    found = opened(back(rich()).content)["附件2"]["D7"]
    assert (found.number_format, found.font.b, found.comment.text.split("\n")[0]) == ("0.00", True, "请再核对")
    assert "原底色 #92D050" in found.comment.text


def rules(content: bytes) -> list[tuple[str, int, str]]:
    """Cells, priority and formula of every rule of the list."""
    found = opened(content)["附件2"].conditional_formatting
    return sorted((str(one.sqref), rule.priority, "".join(rule.formula)) for one in found for rule in one.rules)


def test_rules_that_colour_cells_do_not_hide_our_colours_and_ours_go_with_the_marks() -> None:
    sender = Sender(city="宁波市", year=2020, unit="海曙区市场监管局", reported_on=date(2020, 5, 28))
    filled: list[tuple[Any, ...]] = [tuple(row) for row in clean_rows()]
    filled[1] = (*filled[1][:2], None, *filled[1][3:])
    sent = template(ANNEX_2, sender, on=ON, rows=filled)
    once = back(sent).content
    ours = [rule for rule in rules(once) if "lingpao" in rule[2]]
    assert ours == [("C6", 1, 'N("lingpao-marks")=0')]
    assert min(priority for _, priority, _ in set(rules(once)) - set(ours)) == 3
    assert back(once).content == once
    book = opened(once)
    book["附件2"]["C6"] = "测试器具"
    mended = rules(back(saved(book)).content)
    assert [(cells, formula) for cells, _, formula in mended] == [(cells, formula) for cells, _, formula in rules(sent)]


def test_a_formula_keeps_the_value_that_the_sender_saw() -> None:
    content = back(rich()).content
    assert opened(content)["附件2"]["F9"].value == '="FA-"&"2019-0005"'
    assert opened(content, data_only=True)["附件2"]["F9"].value == "FA-2019-0005"


def test_of_a_protected_sheet_it_is_said_that_it_is() -> None:
    assert "工作表“附件2”设有保护" in said_above(back(rich()).content)


def test_macros_never_come_back_and_that_is_said() -> None:
    sent = rich(macros=True)
    assert "xl/vbaProject.bin" in parts_of(sent)
    found = back(sent, "名单.xlsm")
    assert not [name for name in parts_of(found.content) if "vba" in name.lower()]
    assert b"macro" not in parts_of(found.content)["[Content_Types].xml"].lower()
    assert b"vba" not in parts_of(found.content)["xl/_rels/workbook.xml.rels"].lower()
    assert "宏没有带回" in found.lost[0]
    assert found.lost[0] in said_above(found.content)
    assert found.filename.endswith(".xlsx")
    assert coloured(found.content) == {"D7"}


def test_a_workbook_with_old_macro_sheets_comes_back_as_a_new_one_without_them() -> None:
    sent = edited(
        rich(), "xl/_rels/workbook.xml.rels", b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" '
        b'Target="macrosheets/sheet1.xml"/></Relationships>',
    )  # fmt: skip
    found = back(packed({**parts_of(sent), "xl/macrosheets/sheet1.xml": b"<macrosheet/>"}))
    assert "带回的是新表" in found.lost[0]
    assert "宏没有带回" in found.lost[1]
    assert not [name for name in parts_of(found.content) if "macro" in name]


def test_a_signature_and_the_changes_of_a_shared_book_are_shed_and_said() -> None:
    parts = parts_of(rich())
    kinds = b"http://schemas.openxmlformats.org/"
    parts["_xmlsignatures/origin.sigs"] = b""
    parts["xl/revisions/revisionHeaders.xml"] = b"<headers/>"
    parts["xl/revisions/_rels/revisionHeaders.xml.rels"] = (
        b'<Relationships xmlns="%bpackage/2006/relationships"><Relationship Id="r1" Type="%bx/revisionLog" '
        b'Target="log1.xml"/></Relationships>' % (kinds, kinds)
    )
    parts["xl/revisions/log1.xml"] = b"<revisions/>"
    for owner, kind, target in (
        ("_rels/.rels", b"digital-signature/origin", b"_xmlsignatures/origin.sigs"),
        ("xl/_rels/workbook.xml.rels", b"revisionHeaders", b"revisions/revisionHeaders.xml"),
    ):
        row = b'<Relationship Id="rIdX" Type="%b%b" Target="%b"/></Relationships>' % (kinds, kind, target)
        parts[owner] = parts[owner].replace(b"</Relationships>", row)
    found = back(packed(parts))
    assert [one[:4] for one in found.lost] == ["数字签名", "共享工作"]
    assert not [name for name in parts_of(found.content) if "sig" in name or "revision" in name]


def test_of_threaded_comments_it_is_said_that_ours_may_be_hidden_behind_them() -> None:
    row = (
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        b'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    sent = edited(rich(), "xl/worksheets/_rels/sheet1.xml.rels", b"</Relationships>", row)
    sent = packed({**parts_of(sent), "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>"})
    assert "会话式批注" in said_above(back(sent).content)


def test_hidden_rows_stay_hidden_and_days_since_1904_stay_days() -> None:
    sent = ListFile()
    sent.rows[0][2] = None
    sent.above[2] = [UNIT, None, None, "填报日期：", MIDNIGHT]

    def edit(sheet: Any) -> None:
        sheet.row_dimensions[8].hidden = True
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    sent.edits.append(edit)
    book = opened(back(sent.xlsx()).content)
    assert book["附件2"].row_dimensions[8].hidden
    assert book["附件2"]["E3"].value == MIDNIGHT


def test_parts_with_prefixes_cells_without_names_and_empty_rows_are_marked_too() -> None:
    sent = ListFile()
    sent.rows[1][2] = None
    sent.rows[2][6] = "待商议"
    content = sent.xlsx()
    sheet = parts_of(content)["xl/worksheets/sheet1.xml"]
    sheet = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", sheet).replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=")
    sheet = re.sub(rb' r="[A-G][79]"', b"", sheet)
    found = back(packed({**parts_of(content), "xl/worksheets/sheet1.xml": sheet}))
    assert found.lost == ()
    assert b"<x:legacyDrawing" in parts_of(found.content)["xl/worksheets/sheet1.xml"]
    assert coloured(found.content) == {"C6", "G7"}


def test_a_cell_that_is_not_there_takes_the_format_of_its_row_or_column() -> None:
    sent = ListFile()
    sent.rows[0][2] = sent.rows[1][2] = None

    def edit(sheet: Any) -> None:
        sheet.column_dimensions["C"].number_format = "0.000"
        sheet.row_dimensions[6].number_format = "0.0"

    sent.edits.append(edit)
    book = opened(back(sent.xlsx()).content)["附件2"]
    assert (book["C5"].number_format, book["C6"].number_format) == ("0.000", "0.0")


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=4)), "4F81BD"),
        (PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=4, tint=-0.5)), "254061"),
        (PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=4, tint=0.5)), "A7C0DE"),
        (PatternFill("solid", fgColor=openpyxl.styles.colors.Color(indexed=13)), "FFFF00"),
        (PatternFill("solid", fgColor=openpyxl.styles.colors.Color(indexed=5)), "FFFF00"),
    ],
)
def test_a_fill_is_remembered_however_the_workbook_names_it(fill: PatternFill, colour: str) -> None:
    sent = ListFile()
    sent.rows[0][6] = "待商议"
    sent.edits.append(lambda sheet: setattr(sheet["G5"], "fill", fill))
    content = back(sent.xlsx()).content
    assert f"原底色 #{colour}" in commented(content)["G5"]
    book = opened(content)
    book["附件2"]["G5"] = None
    assert opened(back(saved(book)).content)["附件2"]["G5"].fill.fgColor.rgb == f"FF{colour}"


def old_book() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("附件2")
    rows: list[list[Any]] = [["附件2："], [TITLE], [UNIT, None, None, "填报日期：", None], HEADER, *clean_rows()]
    rows[5][2] = None
    rows[6][6] = True
    rows[7][0] = 4.5
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write(2, 4, MIDNIGHT, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(10, 7, HALF_PAST_EIGHT, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    sheet.merge(1, 1, 0, 6)
    sheet.merge(8, 9, 5, 5)
    sheet.row(9).hidden = True
    book.add_sheet("说明").write(0, 0, "另一张表")
    return saved(book)


def test_an_old_workbook_comes_back_as_a_new_one_with_the_same_rows() -> None:
    sent = old_book()
    found = back(sent, "名单.xls")
    assert "原文件是旧式 .xls" in found.lost[0]
    book = opened(found.content)
    assert book.sheetnames == ["附件2", "说明", RESULTS]
    sheet = book["附件2"]
    assert sheet["A2"].value == TITLE
    assert sheet["E3"].value == MIDNIGHT
    assert sheet["H11"].value == HALF_PAST_EIGHT
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A2:G2", "F9:F10"}
    assert sheet.row_dimensions[10].hidden
    assert coloured(found.content) == {"C6", "G7", "G10"}
    assert row_faults(read(found.content)) == row_faults(read(sent, filename="名单.xls"))


def test_a_letter_comes_back_as_a_sheet_with_the_same_rows_in_one_piece() -> None:
    sent = ListFile()
    sent.rows[1][2] = None
    further = [[9, "宁波海曙样例第9号电器有限公司", "测试器具9型", "GB 47O6.1", "ISO 9109:2015", None, None]]
    sent.edits.append(lambda document: add_table(document, further))
    content = sent.docx()
    found = back(content, "名单.docx")
    assert "原文件是 Word 文档" in found.lost[0]
    sheet = opened(found.content)["名单"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 4)] == ["附件2：", TITLE, "序"]
    assert coloured(found.content, "名单") == {"C6", "D13"}
    assert [row[1:4] for row in row_faults(read(found.content))] == [
        row[1:4] for row in row_faults(read(content, filename="名单.docx"))
    ]
    listed = [row[1:5] for row in opened(found.content)[RESULTS].iter_rows(values_only=True)]
    assert ("第1个表格", "3", "产品名称", "C6") in listed
    assert ("第2个表格", "1", "执行标准号、名称", "D13") in listed


def test_a_letter_without_a_list_comes_back_with_its_tables() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("没有名单的信")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "甲"
    found = back(saved(document), "信.docx")
    assert opened(found.content).sheetnames == ["表格1", RESULTS]
    assert opened(found.content)["表格1"]["A1"].value == "甲"
    assert opened(back(saved(docx.Document()), "信.docx").content).sheetnames == ["名单", RESULTS]


@pytest.mark.parametrize("name", ["libreoffice.xls", "libreoffice.docx", "libreoffice.xlsx"])
def test_what_libreoffice_wrote_goes_back_and_is_read_again(name: str) -> None:
    sent = (MADE / name).read_bytes()
    again = back(back(sent, name).content)
    first = [fault.code for fault in read(sent, filename=name).faults() if fault.code != "UNACCEPTED_CHANGES"]
    assert [fault.code for fault in read(again.content).faults()] == first


def test_struck_out_and_broken_cells_of_an_odd_workbook_stay_what_they_were() -> None:
    sent = ListFile()
    sent.rows[0][3] = "#REF!"
    sent.edits.append(lambda sheet: setattr(sheet["B6"], "font", openpyxl.styles.Font(strike=True)))
    odd = edited(sent.xlsx(), "xl/workbook.xml", b"schemas.openxmlformats.org/spreadsheetml", b"purl.oclc.org/ooxml")
    found = annotate(read(sent.xlsx()), odd, on=ON)
    assert found is not None
    assert row_faults(read(found.content)) == row_faults(read(sent.xlsx()))
    assert file_codes(read(found.content)) == ([], [])


@needs_office
def test_after_libreoffice_saved_it_the_marks_are_known_again(tmp_path: Path) -> None:
    sent = rich()
    once = saved_by_office(back(sent).content, tmp_path)
    assert row_faults(read(once)) == row_faults(read(sent))
    twice = back(once).content
    assert opened(twice).sheetnames == ["附件2", "数据", RESULTS]
    assert coloured(twice) == {"D7"}
    assert commented(twice)["B5"] == "另一条"
    assert commented(twice)["D7"].count("〔核对意见〕") == commented(twice)["D7"].count("错误：") == 1
    book = opened(once)
    book["附件2"]["D7"] = "GB 4706.1-2005"
    book["附件2"]["F9"] = "FA-2019-0005"
    mended = back(saved(book)).content
    assert coloured(mended) == set()
    assert opened(mended)["附件2"]["D7"].fill.fgColor.rgb == "FF92D050"
    assert commented(mended)["D7"] == "请再核对"


@needs_office
def test_libreoffice_shows_the_comments_and_the_added_sheet(tmp_path: Path) -> None:
    sent = ListFile()
    sent.rows[1][2] = None
    made = saved_by_office(back(sent.xlsx()).content, tmp_path, "fods").decode()
    assert made.count("<office:annotation ") == 1
    assert "产品名称没有填写。" in made
    assert f'table:name="{RESULTS}"' in made


def test_a_workbook_with_broken_properties_is_damaged_and_not_given_back() -> None:
    sent = edited(rich(), "docProps/core.xml", b"<?xml version", b"<?xml vers")
    assert file_codes(read(sent))[0] == ["FILE_DAMAGED"]
    assert annotate(read(rich()), sent, on=ON) is not None


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_broken_in_a_workbook_it_goes_back_or_it_does_not(chance: Random) -> None:
    parts = parts_of(BOTH[chance.randrange(2)])
    name = chance.choice(sorted(parts))
    content = bytearray(parts[name])
    for _ in range(chance.choice([1, 1, 3, 10])):
        at = chance.randrange(len(content) + 1)
        content[at : at + chance.randrange(20)] = chance.choice([b"", b'"', b"<", b">", b"0", b"9999999999", b"</x>"])
    sent = packed({**parts, name: bytes(content)})
    found = annotate(read(sent), sent, on=ON)
    assert found is None or read(found.content).form.key == "annex2"


def test_sheets_with_impossible_names_get_possible_ones() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name in ("History", "名单" * 15, "甲'"):
        book.add_sheet(name).write(0, 0, name)
    content = back(saved(book), "名单.xls").content
    assert opened(content).sheetnames == ["History(1)", ("名单" * 16)[:30], "甲", RESULTS]


def test_an_empty_comment_of_nobody_is_left_alone() -> None:
    sent = ListFile()
    sent.rows[1][2] = None
    sent.edits.append(lambda sheet: setattr(sheet["C6"], "comment", Comment("", "")))
    assert commented(back(sent.xlsx()).content)["C6"].startswith("错误：")
