"""Messes 23 to 33: what stands in the single cells, what is hidden, struck, copied or broken."""

import io
from typing import Any

import pytest
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from roster_files import (
    BENCHMARK,
    DISTRICTS,
    HEADER,
    IMPLEMENTED,
    NAME,
    PLAN,
    PRODUCT,
    SUPPORT,
    TITLE,
    ListFile,
    assert_survives,
    clean_rows,
    edited,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
    saved,
    values,
)

# The smallest picture there is.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def with_cell(column: int, value: Any, **other: Any) -> ListFile:
    """A list whose third row says this; its plan number and support flag are empty unless given."""
    sent = ListFile()
    sent.rows[2][PLAN] = sent.rows[2][SUPPORT] = None
    sent.rows[2][column] = value
    for name, given in other.items():
        sent.rows[2][int(name.removeprefix("column"))] = given
    return sent


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("GB 4706.1-2005\nGB 4706.19-2008", ["GB 4706.1-2005", "GB 4706.19-2008"]),
        ("GB 4706.1-2005；GB/T 5782-2016", ["GB 4706.1-2005", "GB/T 5782-2016"]),
        ("GB 4706.1-2005、GB/T 5782-2016，JB/T 5923-2013", ["GB 4706.1-2005", "GB/T 5782-2016", "JB/T 5923-2013"]),
        ("GB 4706.1-2005和GB/T 5782-2016", ["GB 4706.1-2005", "GB/T 5782-2016"]),
        ("1.GB 4706.1-2005\n2.GB/T 5782-2016", ["GB 4706.1-2005", "GB/T 5782-2016"]),
        ("①GB/T 8897.1-2013②GB/T 8897.2-2013", ["GB/T 8897.1-2013", "GB/T 8897.2-2013"]),
    ],
)
def test_mess_23_several_standards_in_a_cell_are_all_read(written: str, numbers: list[str]) -> None:
    report = read(with_cell(IMPLEMENTED, written).xlsx())
    assert_survives(report)
    assert values(report, "implemented_standards")[2] == numbers


@pytest.mark.parametrize(
    "written",
    ["GB/T 17713-2011 家用吸油烟机", "《家用吸油烟机》（GB/T 17713—2011）", "GB/T 17713-2011《《家用吸油烟机》》"],
)
def test_mess_24_a_title_without_marks_with_two_or_before_the_number_is_the_title(written: str) -> None:
    report = read(with_cell(IMPLEMENTED, written).xlsx())
    assert_survives(report)
    (reference,) = report.rows[2].values["implemented_standards"]
    assert (reference.number, reference.title) == ("GB/T 17713-2011", "家用吸油烟机")


@pytest.mark.parametrize("word", ["同上", "〃", "″", "同 上"])
def test_mess_25_as_above_copies_the_cell_above(word: str) -> None:
    report = read(with_cell(BENCHMARK, word).xlsx())
    assert row_faults(report) == [(7, "benchmark_standards", "DITTO_RESOLVED")]
    assert values(report, "benchmark_standards")[2] == values(report, "benchmark_standards")[1]


def test_mess_25_as_above_twice_copies_what_the_first_copied() -> None:
    sent = ListFile()
    sent.rows[2][NAME] = sent.rows[3][NAME] = "同上"
    report = read(sent.xlsx())
    assert row_faults(report) == [(row, "enterprise_name", "DITTO_RESOLVED") for row in (7, 8)]
    assert values(report, "enterprise_name")[3] == clean_rows()[1][NAME]


def test_mess_25_dashes_mean_none_and_not_as_above() -> None:
    report = read(with_cell(PLAN, "--").xlsx())
    assert_survives(report)
    assert values(report, "existing_plan_no")[2] is None


def test_mess_25_as_above_in_the_first_row_is_refused() -> None:
    sent = ListFile()
    sent.rows[0][IMPLEMENTED] = "同上"
    assert row_faults(read(sent.xlsx())) == [(5, "implemented_standards", "DITTO_WITHOUT_SOURCE")]


@pytest.mark.parametrize("word", ["无", "/", "—", "——", "暂无", "待定", "无。", "  "])
def test_mess_26_words_for_nothing_mean_nothing(word: str) -> None:
    assert_survives(read(with_cell(PLAN, word).xlsx()))
    report = read(with_cell(BENCHMARK, word).xlsx())
    assert row_faults(report) == [(7, "benchmark_standards", "BENCHMARK_STANDARD_MISSING")]
    assert_survives(read(with_cell(BENCHMARK, word, column5="FA-2019-0099").xlsx()))


@pytest.mark.parametrize("word", ["无", "/", "—", "暂无", "待定", None])
@pytest.mark.parametrize(
    ("column", "name", "code"),
    [
        (NAME, "enterprise_name", "ENTERPRISE_NAME_MISSING"),
        (PRODUCT, "product_name", "PRODUCT_NAME_MISSING"),
        (IMPLEMENTED, "implemented_standards", "IMPLEMENTED_STANDARD_MISSING"),
    ],
)
def test_mess_26_in_a_required_column_they_count_as_missing(word: str, column: int, name: str, code: str) -> None:
    assert row_faults(read(with_cell(column, word).xlsx())) == [(7, name, code)]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (20190036, "20190036"),
        (2.0190036e7, "20190036"),
        ("2.0190036E7", "20190036"),
        ("20190036.0", "20190036"),
        (3.5, "3.5"),
    ],
)
def test_mess_27_a_plan_number_kept_as_a_number_is_text_again(written: Any, number: str) -> None:
    report = read(with_cell(PLAN, written).xlsx())
    assert_survives(report)
    assert values(report, "existing_plan_no")[2] == number


@pytest.mark.parametrize("written", [1234567890123456, 2.019003600001e17, "2.01900E+17"])
def test_mess_27_a_plan_number_of_more_than_fifteen_digits_has_lost_some(written: Any) -> None:
    assert row_faults(read(with_cell(PLAN, written).xlsx())) == [(7, "existing_plan_no", "PLAN_NUMBER_DIGITS_LOST")]


@pytest.mark.parametrize("word", ["是", "√", "✓", "✔", "需要", "有", "是 ", " 是", "1", 1, "Y", "y", True])
def test_mess_28_every_sign_of_assent_asks_for_support(word: Any) -> None:
    report = read(with_cell(SUPPORT, word).xlsx())
    assert_survives(report)
    assert values(report, "plan_support_needed")[2] is True


@pytest.mark.parametrize("word", [None, "否", "无", "/", "—", "不需要", "N", 0, False, "×"])
def test_mess_28_every_sign_of_refusal_asks_for_none(word: Any) -> None:
    report = read(with_cell(SUPPORT, word).xlsx())
    assert_survives(report)
    assert values(report, "plan_support_needed")[2] is False


@pytest.mark.parametrize("word", ["待商议", "待定", "可能", 7])
def test_mess_28_anything_else_is_asked_about(word: Any) -> None:
    assert row_faults(read(with_cell(SUPPORT, word).xlsx())) == [(7, "plan_support_needed", "SUPPORT_FLAG_INVALID")]


@pytest.mark.parametrize("written", ["电饭锅\n电压力锅", "电饭锅、电压力锅", "电饭锅；电压力锅"])
def test_mess_29_two_products_in_a_cell_are_said_and_not_parted(written: str) -> None:
    report = read(with_cell(PRODUCT, written).xlsx())
    assert row_faults(report) == [(7, "product_name", "MULTIPLE_PRODUCTS_IN_CELL")]
    assert len(report.rows) == 8


def test_mess_29_a_pause_inside_brackets_parts_no_products() -> None:
    assert_survives(read(with_cell(PRODUCT, "电动工具（电钻、电锤）").xlsx()))


def test_mess_30_hidden_and_filtered_rows_are_read_with_a_warning() -> None:
    sent = ListFile()

    def hide(sheet: Any) -> None:
        sheet.row_dimensions[7].hidden = True
        sheet.auto_filter.ref = "A4:G12"
        sheet.row_dimensions[9].hidden = True
        sheet.row_dimensions[13].hidden = True

    sent.edits.append(hide)
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, None, "HIDDEN_ROW"), (9, None, "HIDDEN_ROW")]
    assert len(report.rows) == 8
    assert file_codes(report) == ([], [])


def test_mess_30_a_hidden_column_is_read_with_a_warning() -> None:
    sent = ListFile()
    sent.edits.append(lambda sheet: setattr(sheet.column_dimensions["E"], "hidden", True))
    sent.edits.append(lambda sheet: setattr(sheet.column_dimensions["A"], "hidden", True))
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["HIDDEN_COLUMN"])
    assert report.file_warnings[0].name == "benchmark_standards"
    assert row_faults(report) == []


def test_mess_30_hidden_rows_and_struck_text_of_an_old_workbook_are_seen() -> None:
    sent = ListFile()

    def mark(sheet: Any) -> None:
        sheet.row(6).hidden = True
        sheet.col(5).hidden = True
        sheet.write(8, 9, "删去", xlwt.easyxf("font: struck_out on"))

    sent.edits.append(mark)
    sent.rows[4][PRODUCT] = None
    sent.edits.append(lambda sheet: sheet.write(8, 2, "删去的产品", xlwt.easyxf("font: struck_out on")))
    report = read(sent.xls(), filename="名单.xls")
    assert row_faults(report) == [(7, None, "HIDDEN_ROW"), (9, "product_name", "STRUCK_THROUGH")]
    assert file_codes(report) == ([], ["HIDDEN_COLUMN", "UNKNOWN_COLUMNS_IGNORED"])


def strike_whole_cell(sheet: Any) -> None:
    sheet["B7"].font = Font(strike=True)
    sheet["A8"].font = Font(strike=True)
    sheet["G9"].font = Font(strike=True)


def strike_a_part(sheet: Any) -> None:
    sheet["B7"] = CellRichText(["宁波海曙样例", TextBlock(InlineFont(strike=True), "旧名"), "电器有限公司"])


@pytest.mark.parametrize("strike", [strike_whole_cell, strike_a_part])
def test_mess_30_struck_text_is_asked_about(strike: Any) -> None:
    sent = ListFile()
    sent.edits.append(strike)
    assert row_faults(read(sent.xlsx())) == [(7, "enterprise_name", "STRUCK_THROUGH")]


def test_mess_30_a_shared_string_with_a_struck_part_is_asked_about() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("附件2")
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    for number, row in enumerate([*ListFile().above, HEADER, *clean_rows()]):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write_rich_string(6, 3, plain, "GB/T 22003-2014", struck, "GB/T 1-2009")
    book.close()
    assert row_faults(read(stream.getvalue())) == [(7, "implemented_standards", "STRUCK_THROUGH")]


def test_mess_31_an_enterprise_of_another_list_is_said_without_naming_the_district() -> None:
    key = read(ListFile().xlsx()).rows[2].key
    report = read(ListFile().xlsx(), elsewhere={key}.intersection)
    assert row_faults(report) == [(7, "enterprise_name", "CROSS_DISTRICT_DUPLICATE")]
    assert report.clean
    told = report.rows[2].warnings[0].sentence + report.rows[2].warnings[0].remedy
    assert not any(district.name in told for district in DISTRICTS if district.name != "海曙")


def test_mess_32_a_formula_without_a_stored_value_is_refused() -> None:
    report = read(with_cell(NAME, "=B5").xlsx())
    assert row_faults(report) == [(7, "enterprise_name", "FORMULA_WITHOUT_VALUE")]
    assert report.rows[2].values["enterprise_name"] is None


def test_mess_32_a_formula_with_a_stored_value_is_read_by_its_value() -> None:
    sent = with_cell(PLAN, "=CONCAT(1,2)").xlsx()
    old, new = b"<f>CONCAT(1,2)</f><v />", b"<f>CONCAT(1,2)</f><v>12</v>"
    old = old if old in parts_of(sent)["xl/worksheets/sheet1.xml"] else b"<f>CONCAT(1,2)</f><v></v>"
    report = read(edited(sent, "xl/worksheets/sheet1.xml", old, new))
    assert_survives(report)
    assert values(report, "existing_plan_no")[2] == "12"


def test_mess_32_a_formula_whose_stored_value_is_an_empty_text_is_empty() -> None:
    sent = with_cell(PLAN, "=T(A1)").xlsx()
    parts = parts_of(sent)
    sheet = parts["xl/worksheets/sheet1.xml"]
    for old in (b'<c r="F7"><f>T(A1)</f><v />', b'<c r="F7"><f>T(A1)</f><v></v>'):
        sheet = sheet.replace(old, b'<c r="F7" t="str"><f>T(A1)</f><v></v>')
    assert b't="str"' in sheet
    assert_survives(read(packed(parts | {"xl/worksheets/sheet1.xml": sheet})))


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#VALUE!", "#NAME?"])
def test_mess_32_an_error_value_is_refused(value: str) -> None:
    report = read(with_cell(IMPLEMENTED, value).xlsx())
    assert row_faults(report) == [(7, "implemented_standards", "CELL_ERROR")]
    assert value in report.rows[2].errors[0].sentence


def test_mess_32_an_error_value_typed_as_text_is_refused_too() -> None:
    sent = edited(with_cell(PRODUCT, "PLACEHOLDER").xlsx(), "xl/worksheets/sheet1.xml", b"PLACEHOLDER", b"#REF!")
    assert row_faults(read(sent)) == [(7, "product_name", "CELL_ERROR")]


def empty_list() -> ListFile:
    return ListFile(above=[["附件2："], [TITLE]], header=[], rows=[], below=[])


def test_mess_33_a_list_as_a_picture_cannot_be_read() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("附件2")
    sheet.write(0, 0, TITLE)
    sheet.insert_image("A3", "list.png", {"image_data": io.BytesIO(PIXEL)})
    book.close()
    report = read(stream.getvalue())
    assert file_codes(report) == (["NO_DATA_ROWS"], [])
    assert "图片" in report.file_errors[0].sentence


def test_mess_33_a_list_in_a_comment_cannot_be_read() -> None:
    sent = empty_list()
    rows = "\n".join(" ".join(map(str, row)) for row in clean_rows())
    sent.edits.append(lambda sheet: setattr(sheet["A2"], "comment", Comment(rows, "样例")))
    report = read(sent.xlsx())
    assert file_codes(report) == (["NO_DATA_ROWS"], [])
    assert "批注" in report.file_errors[0].sentence


def test_mess_33_a_list_in_a_text_box_cannot_be_read() -> None:
    parts = parts_of(empty_list().xlsx())
    parts["xl/drawings/drawing1.xml"] = (
        b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r>'
        b"<a:t>1</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    report = read(packed(parts))
    assert file_codes(report) == (["NO_DATA_ROWS"], [])
    assert "文本框" in report.file_errors[0].sentence


def test_mess_33_a_header_with_nothing_below_is_no_list() -> None:
    report = read(ListFile(rows=[]).xlsx())
    assert "NO_DATA_ROWS" in file_codes(report)[0]
    media = packed(parts_of(ListFile(rows=[]).xlsx()) | {"xl/media/image1.png": PIXEL})
    assert "图片" in next(fault.sentence for fault in read(media).file_errors if fault.code == "NO_DATA_ROWS")


def test_an_empty_workbook_is_no_list() -> None:
    report = read(saved(ListFile(above=[], header=[], rows=[], below=[]).workbook()))
    assert file_codes(report) == (["NO_DATA_ROWS"], [])
