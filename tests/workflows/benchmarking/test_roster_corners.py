"""What hardly ever arrives and is read all the same: odd values, odd parts, odd tables."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from roster_files import (
    BENCHMARK,
    DATE,
    HEADER,
    NAME,
    PLAN,
    PRODUCT,
    SEQ,
    SUPPORT,
    TITLE,
    UNIT,
    ListFile,
    add_table,
    assert_survives,
    clean_rows,
    expecting,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
    saved,
    values,
    whys,
)

from workflows.benchmarking.roster.bytescan import PartScan
from workflows.benchmarking.roster.faults import Spotted
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.refusals import FileRefused
from workflows.benchmarking.roster.sheets import Merge, Place, Sheet, column_letters
from workflows.benchmarking.roster.texts import number_text, plain_text
from workflows.benchmarking.roster.xlsxmarks import merge_of, spot_of
from workflows.benchmarking.roster.xmlstream import walk

SHEET = "xl/worksheets/sheet1.xml"


def changed(part: str, old: bytes, new: bytes, content: bytes | None = None) -> bytes:
    parts = parts_of(content or ListFile().xlsx())
    assert old in parts[part]
    return packed(parts | {part: parts[part].replace(old, new)})


def test_a_list_is_read_from_a_path_as_from_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "海曙.xlsx"
    path.write_bytes(ListFile().xlsx())
    for source in (path, str(path)):
        report = read_roster(source, expectation=expecting())
        assert report.file == "海曙.xlsx"
        assert_survives(report)


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (16_383, "XFD")]
)
def test_columns_are_named_as_the_sheet_names_them(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert spot_of(f"{letters}7") == (6, number)


def test_references_that_are_none_are_none() -> None:
    assert spot_of("7B") is None
    assert merge_of("A1:") == Merge(0, 0, 0, 0)
    assert merge_of("C3:A1") == Merge(0, 0, 2, 2)
    with pytest.raises(FileRefused):
        merge_of("A1:B")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (3.0, "3"),
        (2.5, "2.5"),
        (1e20, "100000000000000000000"),
        (float("inf"), "inf"),
        (datetime(2020, 5, 28), "2020-05-28"),  # noqa: DTZ001
        (datetime(2020, 5, 28, 8, 30), "2020-05-28 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (timedelta(hours=1), "1:00:00"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ],
)
def test_every_value_has_a_text(value: Any, text: str) -> None:
    assert plain_text(value) == text


def test_whole_numbers_have_no_point() -> None:
    assert number_text(7) == "7"


def test_a_place_is_said_as_a_person_says_it() -> None:
    assert Spotted(Place(sheet="附件2")).spoken() == "工作表“附件2”"
    assert Place(table=2).cell(0, 1) == "第1行第2列"
    assert Place(table=2).column(3) == "第4列"


def test_the_values_of_an_old_workbook_keep_their_kinds() -> None:
    sent = ListFile()
    for column, index in ((SUPPORT, 1), (PLAN, 2), (PLAN, 4), (PRODUCT, 5), (SEQ, 6)):
        sent.rows[index][column] = None

    def write(sheet: Any) -> None:
        date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        sheet.write(5, SUPPORT, True)
        sheet.write(6, PLAN, 43979, date)
        sheet.write(8, PLAN, 9e9, date)
        sheet.row(9).set_cell_error(PRODUCT, "#REF!")
        sheet.row(10).set_cell_error(SEQ, "#VALUE!")

    sent.edits.append(write)
    report = read(sent.xls(), filename="名单.xls")
    assert values(report, "plan_support_needed")[1] is True
    assert values(report, "existing_plan_no")[4] == "9000000000"
    assert row_faults(report) == [
        (7, "existing_plan_no", "TEXT_TURNED_INTO_DATE"),
        (10, "product_name", "CELL_ERROR"),
    ]
    assert "#REF!" in report.rows[5].errors[0].sentence


def test_a_part_of_a_text_struck_in_an_old_workbook_is_seen() -> None:
    sent = ListFile()
    sent.rows[2][NAME] = None

    def write(sheet: Any) -> None:
        struck = xlwt.easyfont("struck_out on")
        sheet.write_rich_text(6, NAME, ("宁波海曙样例", ("旧", struck), "电器有限公司"))

    sent.edits.append(write)
    assert row_faults(read(sent.xls(), filename="名单.xls")) == [(7, "enterprise_name", "STRUCK_THROUGH")]


def test_very_hidden_sheets_of_an_old_workbook_are_no_lists() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name in ("附件2", "旧表"):
        sheet = book.add_sheet(name)
        for number, row in enumerate([[TITLE], [UNIT, DATE], HEADER, *clean_rows()]):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.get_sheet(1).visibility = 2
    assert_survives(read(saved(book), filename="名单.xls"))


def test_an_old_workbook_without_a_list_may_hold_a_picture() -> None:
    sent = ListFile(above=[["附件2"]], header=[], rows=[], below=[])
    content = sent.xls() + b"\x89PNG\r\n\x1a\n"
    assert file_codes(read(content, filename="名单.xls")) == (["NO_DATA_ROWS"], [])
    assert file_codes(read(sent.xls(), filename="名单.xls")) == (["HEADER_NOT_FOUND"], [])


@pytest.mark.parametrize(("digits", "rows"), [(b"9" * 5000, 8), (b"-1", 0), (b"x", 0)])
def test_numbers_that_no_file_needs_say_nothing(digits: bytes, rows: int) -> None:
    hidden = b'<cols><col min="' + digits + b'" max="' + digits + b'" hidden="1" width="9"/></cols><sheetData>'
    assert_survives(read(changed(SHEET, b"<sheetData>", hidden)))
    sent = ListFile()
    sent.rows[0][SEQ] = "=ROW()"
    report = read(changed(SHEET, b'<row r="7"', b'<row r="' + digits + b'"', sent.xlsx()))
    assert len(report.rows) == rows
    assert file_codes(report)[0] == ([] if rows else ["FILE_DAMAGED"])


def test_a_cell_nowhere_is_damage() -> None:
    sent = ListFile()
    sent.rows[0][SEQ] = "=ROW()"
    for reference in (b"ZZZ9", b"B0", b"??"):
        assert file_codes(read(changed(SHEET, b'r="B7"', b'r="' + reference + b'"', sent.xlsx())))[0] == [
            "FILE_DAMAGED"
        ]


def test_cells_without_references_stand_side_by_side() -> None:
    parts = parts_of(ListFile().xlsx())
    sheet = parts[SHEET]
    for column in b"ABCDEFG":
        for row in range(1, 20):
            sheet = sheet.replace(b' r="%c%d"' % (column, row), b"")
    report = read(packed(parts | {SHEET: sheet}))
    assert values(report, "enterprise_name", "product_name") == [row[1:3] for row in clean_rows()]


def test_a_directory_that_points_nowhere_is_damage() -> None:
    content = bytearray(ListFile().xlsx())
    entry = content.find(b"PK\x01\x02")
    for offset in (0x7FFFFFF0, 5, len(content) - 10):
        content[entry + 42 : entry + 46] = offset.to_bytes(4, "little")
        assert file_codes(read(bytes(content)))[0] == ["FILE_DAMAGED"]


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_packed_bytes_that_break_off_are_damage(part: str) -> None:
    content = ListFile().xlsx()
    packed_bytes = bytearray(content)
    begins = content.index(part.encode()) + len(part)
    packed_bytes[begins : begins + 8] = b"\xff" * 8
    assert file_codes(read(bytes(packed_bytes)))[0] == ["FILE_DAMAGED"]
    packed_bytes = bytearray(content)
    packed_bytes[begins : begins + 5] = b"\x00\x00\x00\xff\xff"
    assert file_codes(read(bytes(packed_bytes)))[0] == ["FILE_DAMAGED"]


def test_a_tag_longer_than_any_needs_is_not_plain() -> None:
    scan = PartScan("xl/worksheets/sheet1.xml")
    scan.feed(b'<worksheet x="')
    for _ in range(6):
        scan.feed(b"x" * 1_000_000)
    scan.feed(b'"/>')
    scan.close()
    assert not scan.plain


def test_strings_are_measured_across_chunks() -> None:
    scan = PartScan("xl/sharedStrings.xml")
    scan.feed(b"<sst><si><t>" + b"x" * 100 + b"</t>")
    scan.feed(b"<r><t>" + b"y" * 100 + b"</t></r></si><si/>")
    scan.close()
    assert 200 < scan.longest_string < 260
    assert scan.plain


def test_a_workbook_may_hold_charts_and_links_beside_its_sheets() -> None:
    parts = parts_of(ListFile().xlsx())
    rels = "xl/_rels/workbook.xml.rels"
    chart = b'<Relationship Id="rIdC" Target="chartsheets/sheet1.xml" Type="http://x/relationships/chartsheet"/>'
    link = b'<Relationship Id="rIdL" Target="http://x/" TargetMode="External" Type="http://x/relationships/worksheet"/>'
    book = parts["xl/workbook.xml"]
    sheets = b'<sheet name="c" sheetId="8" r:id="rIdC" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    sheets += b'relationships"/></sheets>'
    parts |= {
        rels: parts[rels].replace(b"</Relationships>", chart + link + b"</Relationships>"),
        "xl/workbook.xml": book.replace(b"</sheets>", sheets),
        "xl/chartsheets/sheet1.xml": b"<chartsheet/>",
    }
    assert_survives(read(packed(parts)))


def test_a_struck_font_without_a_table_of_strings_is_found_and_an_unset_one_is_not() -> None:
    plain = changed("xl/styles.xml", b"<font>", b'<font><strike val="0"/>')
    assert_survives(read(plain))


def test_merges_above_and_beside_the_list_say_nothing() -> None:
    sent = ListFile()
    for reference in ("A1:A2", "C3:D3", "I5:I9", "C7:D7"):
        sent.edits.append(lambda sheet, reference=reference: sheet.merge_cells(reference))
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "implemented_standards", "IMPLEMENTED_STANDARD_MISSING")]


def test_a_merged_header_with_its_titles_merged_downwards_gives_each_row_its_title() -> None:
    header = [["序", "企业名称", "产品名称", "执行标准号", "执行标准名称", "比对标准号、名称"]]
    rows = [[n, f"宁波海曙样例{n}有限公司", f"器具{n}", "GB/T 22849-2014", "针织T恤衫", "ISO 15:2017"] for n in (1, 2)]
    rows[1][4] = None
    rows.append([3, "宁波海曙样例3有限公司", "器具3", "GB/T 22849-2014", None, "ISO 15:2017"])
    sent = ListFile(header=header, rows=rows)
    sent.edits.append(lambda sheet: sheet.merge_cells("E5:E6"))
    report = read(sent.xlsx())
    titles = [row.values["implemented_standards"][0].title for row in report.rows]
    assert titles == ["针织T恤衫", "针织T恤衫", None]


def test_the_title_may_be_cut_into_two_lines_or_lack_its_word() -> None:
    report = read(ListFile(above=[["宁波市2020年参加对标达标提升"], ["专项行动企业名单"], [UNIT, DATE]]).xlsx())
    assert report.heading.title == TITLE
    report = read(ListFile(above=[["2020年对标达标表"], ["企业名单如下："], [UNIT, DATE]]).xlsx())
    assert report.heading.title == "2020年对标达标表"
    report = read(ListFile(above=[["企业名单"], [UNIT, DATE]]).xlsx())
    assert (report.heading.title, report.heading.campaign_year) == ("企业名单", None)
    assert_survives(report)


def test_a_stamp_alone_is_a_signature() -> None:
    report = read(ListFile(below=[["（盖章）"]]).xlsx())
    assert_survives(report)
    assert whys(report) == [(13, "signature")]


@pytest.mark.parametrize("written", ["一百", "十十", "二十十", "一二", "二二十三"])
def test_a_number_in_characters_beyond_all_lists_is_no_number(written: str) -> None:
    sent = ListFile(rows=clean_rows(1))
    sent.rows[0][SEQ] = written
    assert values(read(sent.xlsx()), "seq") == [None]


@pytest.mark.parametrize(("written", "number"), [("1E+80", "1e+80"), (1e12, "1000000000000"), (-3, "-3")])
def test_numbers_as_plan_numbers_are_taken_as_they_are_or_refused(written: Any, number: str) -> None:
    sent = ListFile()
    sent.rows[2][PLAN] = written
    report = read(sent.xlsx())
    if number == "1e+80":
        assert row_faults(report) == [(7, "existing_plan_no", "PLAN_NUMBER_DIGITS_LOST")]
    else:
        assert values(report, "existing_plan_no")[2] == number


def test_as_above_copies_nothing_where_nothing_stands_above() -> None:
    sent = ListFile()
    sent.rows[1][PLAN], sent.rows[2][PLAN] = None, "同上"
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "existing_plan_no", "DITTO_RESOLVED")]
    assert values(report, "existing_plan_no")[2] is None


def test_a_row_that_can_be_read_in_no_cell_is_still_a_row() -> None:
    sent = ListFile()
    sent.rows[2] = [None, "=B5", None, None, None, None, None]
    report = read(sent.xlsx())
    assert (7, "enterprise_name", "FORMULA_WITHOUT_VALUE") in row_faults(report)


def test_a_row_of_numbers_and_remarks_only_is_a_filler() -> None:
    sent = ListFile(header=[[*HEADER, "备注"]])
    sent.rows.append([9, None, None, None, None, None, None, "空缺"])
    report = read(sent.xlsx())
    assert len(report.rows) == 8
    assert (13, "blank") in whys(report)


def test_duplicates_in_two_tables_of_a_letter_name_the_table() -> None:
    document = docx.Document()
    for line in (TITLE, UNIT, DATE):
        document.add_paragraph(line)
    add_table(document, [HEADER, *clean_rows(2)])
    add_table(document, [HEADER, *clean_rows(2)[:1]])
    report = read(saved(document), filename="名单.docx")
    assert row_faults(report) == [(2, "product_name", "DUPLICATE_ENTRY")]
    assert "第1个表格第2行" in report.rows[2].errors[0].sentence


def test_a_table_of_another_width_or_without_names_does_not_go_on() -> None:
    document = docx.Document()
    for line in (TITLE, UNIT, DATE):
        document.add_paragraph(line)
    add_table(document, [HEADER, *clean_rows(2)])
    document.add_table(rows=2, cols=3).cell(0, 1).text = "样例有限公司"
    add_table(document, [["填表人", None, "审核人"]])
    report = read(saved(document), filename="名单.docx")
    assert_survives(report, rows=2)


def test_rows_of_a_letter_may_begin_further_right_and_have_spans() -> None:
    document = docx.Document()
    for line in (TITLE, UNIT, DATE):
        document.add_paragraph(line)
    table = add_table(document, [HEADER, *clean_rows(2)])
    table.cell(1, 5).merge(table.cell(1, 6))
    row = table.rows[2]._tr
    properties = row.get_or_add_trPr()
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "1")
    properties.append(before)
    row.remove(row.findall(qn("w:tc"))[0])
    report = read(saved(document), filename="名单.docx")
    assert values(report, "seq", "enterprise_name") == [[1, clean_rows()[0][1]], [None, clean_rows()[1][1]]]


def test_spans_and_merges_without_a_number_are_taken_as_single() -> None:
    document = docx.Document()
    for line in (TITLE, UNIT, DATE):
        document.add_paragraph(line)
    table = add_table(document, [HEADER, *clean_rows(2)])
    properties = table.cell(1, 1)._tc.get_or_add_tcPr()
    paragraph = table.cell(2, 2).paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(100000)
    paragraph.add_run().add_tab()
    paragraph.add_run("二号")
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "x")
    properties.append(span)
    report = read(saved(document), filename="名单.docx")
    assert row_faults(report) == []
    assert report.rows[1].values["product_name"] == f"{clean_rows()[1][2]}二号"


def test_a_missing_benchmark_in_a_row_with_a_bad_one_is_not_said_twice() -> None:
    sent = ListFile()
    sent.rows[2][PLAN], sent.rows[2][BENCHMARK] = None, "按客户要求"
    assert row_faults(read(sent.xlsx())) == [(7, "benchmark_standards", "STANDARD_NUMBER_INVALID")]


def test_a_header_merged_down_over_two_rows_is_both_rows() -> None:
    sent = ListFile(header=[HEADER, []])
    for column in "ABCDEFG":
        sent.edits.append(lambda sheet, column=column: sheet.merge_cells(f"{column}4:{column}5"))
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.heading.as_json()["header_rows"] == [4, 5]
    assert (5, "blank") not in whys(report)


def test_a_list_need_not_be_numbered() -> None:
    report = read(ListFile(header=[HEADER[1:]], rows=[row[1:] for row in clean_rows()]).xlsx())
    assert_survives(report)
    assert values(report, "seq") == [None] * 8


def test_what_stands_outside_its_place_in_a_letter_is_passed_over() -> None:
    stray = (
        b"<w:t>x</w:t><w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p><w:vMerge/><w:gridSpan/><w:tc/><w:tr><w:vMerge/></w:tr>"
        b"</w:tbl></w:body>"
    )
    content = changed("word/document.xml", b"</w:body>", stray, ListFile().docx())
    assert_survives(read(content, filename="名单.docx"))


def test_the_rows_passed_over_in_a_letter_name_their_table() -> None:
    sent = ListFile()
    sent.rows.insert(2, list(HEADER))
    told = read(sent.docx(), filename="名单.docx").as_json()["ignored_rows"]
    assert [{key: row[key] for key in ("row", "why", "table")} for row in told] == [
        {"row": 4, "why": "repeated_header", "table": 1}
    ]


def test_a_part_whose_markup_does_not_begin_it_is_read_carefully() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    report = read(changed(SHEET, b"</sheetData>", far, changed(SHEET, b"<worksheet", b"x<worksheet")))
    assert file_codes(report)[0] == ["FILE_DAMAGED"]


def test_a_sheet_under_the_name_of_a_picture_is_read_carefully() -> None:
    parts = parts_of(ListFile().xlsx())
    sheet, rels = parts.pop(SHEET), "xl/_rels/workbook.xml.rels"
    parts |= {"xl/worksheets/sheet1.png": sheet, rels: parts[rels].replace(b"sheet1.xml", b"sheet1.png")}
    kinds = parts["[Content_Types].xml"].replace(b"sheet1.xml", b"sheet1.png")
    assert_survives(read(packed(parts | {"[Content_Types].xml": kinds})))


def test_packed_bytes_fewer_than_the_part_needs_are_damage() -> None:
    content = bytearray(ListFile().xlsx())
    entry = content.find(b"PK\x01\x02")
    packed_size = int.from_bytes(content[entry + 20 : entry + 24], "little")
    content[entry + 20 : entry + 24] = (packed_size - 4).to_bytes(4, "little")
    assert file_codes(read(bytes(content)))[0] == ["FILE_DAMAGED"]


def test_bytes_that_are_no_text_in_any_encoding_are_no_file_that_is_known() -> None:
    report = read(b"\x80\xff\x81\x20" * 50)
    assert "不认识" in report.file_errors[0].sentence


def test_a_workbook_without_styles_has_no_struck_text() -> None:
    parts = parts_of(ListFile().xlsx())
    rels = "xl/_rels/workbook.xml.rels"
    parts |= {rels: parts[rels].replace(b"/styles", b"/nothing"), "xl/other.xml": b"<strike/>"}
    assert_survives(read(packed(parts)))


def test_the_careful_reader_counts_cells_too() -> None:
    content = changed("xl/styles.xml", b"count=", b"count =")
    limits = replace(DEFAULT_LIMITS, cells=80)
    report = read_roster(content, filename="名单.xlsx", expectation=expecting(), limits=limits)
    assert file_codes(report)[0] == []
    limits = replace(DEFAULT_LIMITS, cells=60)
    report = read_roster(content, filename="名单.xlsx", expectation=expecting(), limits=limits)
    assert file_codes(report)[0] == ["FILE_TOO_LARGE"]


def test_definitions_from_outside_are_refused_by_the_walk_itself() -> None:
    with pytest.raises(FileRefused, match="FILE_DAMAGED"):
        walk([b"<!DOCTYPE a><a/>"], Walk(), name="a.xml", depth=5)


class Walk:
    def opened(self, tag: str, attributes: Any) -> None: ...

    def closed(self, tag: str) -> None: ...

    def text(self, characters: str) -> None: ...


def test_wide_rows_are_counted_with_their_gaps() -> None:
    wide = b'<row r="30"><c r="XFD30"><v>1</v></c></row></sheetData>'
    content = changed(SHEET, b"</sheetData>", wide)
    assert len(read(content).rows) == 8
    limits = replace(DEFAULT_LIMITS, cells=2000)
    report = read_roster(content, filename="名单.xlsx", expectation=expecting(), limits=limits)
    assert file_codes(report)[0] == ["FILE_TOO_LARGE"]


def test_a_long_stretch_of_spaces_at_the_end_is_nothing() -> None:
    sent = ListFile(below=[[" "] for _ in range(260)])
    report = read(sent.xlsx())
    assert_survives(report)
    assert whys(report) == []


def test_a_merge_of_nothing_is_damage() -> None:
    bent = ListFile()
    bent.edits.append(lambda sheet: sheet.merge_cells("A2:G2"))
    sent = changed(SHEET, b'ref="A2:G2"', b'ref="A2:G"', bent.xlsx())
    assert file_codes(read(sent))[0] == ["FILE_DAMAGED"]
    assert file_codes(read(changed("xl/styles.xml", b"count=", b"count =", sent)))[0] == ["FILE_DAMAGED"]


def test_there_is_nothing_outside_a_sheet() -> None:
    sheet = Sheet(Place(sheet="附件2"), [["甲"]])
    assert (sheet.at(0, 0), sheet.at(0, 1), sheet.at(1, 0)) == ("甲", None, None)
