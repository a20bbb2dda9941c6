"""Messes 13 to 22: merged and missing cells, fillers, totals, notes, widths, spaces and running numbers."""

from typing import Any

import pytest
from openpyxl.styles import PatternFill
from roster_files import (
    HEADER,
    IMPLEMENTED,
    NAME,
    PRODUCT,
    SEQ,
    ListFile,
    assert_survives,
    clean_rows,
    edited,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
    values,
    whys,
)


def test_mess_13_an_enterprise_merged_down_holds_for_every_row_of_the_merge() -> None:
    sent = ListFile()
    for index in (3, 4):
        sent.rows[index][SEQ] = sent.rows[index][NAME] = None
    for number, row in enumerate(sent.rows):
        row[SEQ] = None if row[SEQ] is None else (number + 1 if number < 3 else number - 1)
    sent.edits += [lambda sheet: sheet.merge_cells("A7:A9"), lambda sheet: sheet.merge_cells("B7:B9")]
    report = read(sent.xlsx())
    assert_survives(report)
    names = values(report, "enterprise_name")
    assert names[2] == names[3] == names[4] == clean_rows()[2][NAME]
    assert values(report, "seq")[2:5] == [3, 3, 3]
    assert report.quota is not None
    assert report.quota.submitted == 6


def test_mess_13_the_same_in_an_old_workbook() -> None:
    sent = ListFile(rows=clean_rows(3))
    sent.rows[1][NAME] = sent.rows[1][SEQ] = sent.rows[0][NAME] = sent.rows[0][SEQ] = None
    sent.rows[2][SEQ] = 2

    def merge(sheet: Any) -> None:
        sheet.write_merge(4, 5, 0, 0, 1)
        sheet.write_merge(4, 5, 1, 1, "宁波海曙样例合并电器有限公司")

    sent.edits.append(merge)
    report = read(sent.xls(), filename="名单.xls")
    assert_survives(report, rows=3)
    assert values(report, "enterprise_name")[:2] == ["宁波海曙样例合并电器有限公司"] * 2


def test_mess_14_a_row_without_number_and_name_is_a_further_product_of_the_row_above() -> None:
    sent = ListFile()
    sent.rows.insert(2, [None, None, "电热水壶", "GB 4706.19-2008", "IEC 60335-2-15:2012", None, None])
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "enterprise_name", "CONTINUED_ROW")]
    assert report.rows[2].values["enterprise_name"] == clean_rows()[1][NAME]
    assert file_codes(report) == ([], [])
    assert report.rows[2].status == "warning"


def test_mess_14_a_numbered_row_without_a_name_is_refused() -> None:
    sent = ListFile()
    sent.rows[2][NAME] = None
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "enterprise_name", "ENTERPRISE_NAME_MISSING")]
    assert file_codes(report) == ([], [])


def test_mess_14_a_number_merged_down_beside_an_empty_name_is_no_number_of_its_own() -> None:
    sent = ListFile()
    sent.rows.insert(2, [None, None, "电热水壶", "GB 4706.19-2008", "IEC 60335-2-15:2012", None, None])
    sent.edits.append(lambda sheet: sheet.merge_cells("A6:A7"))
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "enterprise_name", "CONTINUED_ROW")]
    assert values(report, "seq")[:4] == [1, 2, 2, 3]


def test_mess_14_the_first_row_has_no_row_above() -> None:
    sent = ListFile()
    sent.rows[0][SEQ] = sent.rows[0][NAME] = None
    assert row_faults(read(sent.xlsx())) == [(5, "enterprise_name", "ENTERPRISE_NAME_MISSING")]


def test_mess_15_blank_rows_are_skipped_wherever_they_stand() -> None:
    sent = ListFile()
    sent.rows[3:3] = [[], [None, "  ", "\u3000"]]
    sent.rows.extend([[9], [10], []])
    report = read(sent.xlsx())
    assert_survives(report)
    assert [row for row, why in whys(report) if why == "blank"] == [8, 9, 15, 16, 17, 18]


def test_mess_15_formatted_empty_rows_down_to_the_last_one_cost_little() -> None:
    empty = b"".join(
        b'<row r="%d" ht="20"><c r="A%d" s="1"/><c r="G%d" s="1"/></row>' % (n, n, n) for n in range(20, 60)
    )
    last = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    sent = edited(ListFile().xlsx(), "xl/worksheets/sheet1.xml", b"</sheetData>", empty + last + b"</sheetData>")
    assert_survives(read(sent))


def test_mess_15_reading_stops_after_a_long_gap_and_says_what_it_left() -> None:
    sent = ListFile(below=[])
    gap = ListFile(below=[])
    sent.rows += [[] for _ in range(199)] + [clean_rows(9)[8]]
    assert_survives(read(sent.xlsx()), rows=9)
    gap.rows += [[] for _ in range(200)] + [clean_rows(9)[8]]
    report = read(gap.xlsx())
    assert file_codes(report) == ([], ["ROWS_AFTER_GAP_NOT_READ"])
    assert "第213行" in report.file_warnings[0].sentence
    assert len(report.rows) == 8


def test_mess_15_a_stray_text_in_the_last_row_of_the_sheet_is_said_and_costs_nothing() -> None:
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    report = read(edited(ListFile().xlsx(), "xl/worksheets/sheet1.xml", b"</sheetData>", stray))
    assert file_codes(report) == ([], ["ROWS_AFTER_GAP_NOT_READ"])
    assert len(report.rows) == 8


@pytest.mark.parametrize(
    "line",
    [["合计", "8家"], ["合 计", None, 8], [None, "小计：8家"], ["总计（家）", 8], [None, None, "共计8家"]],
)
def test_mess_16_a_total_row_is_no_entry(line: list[Any]) -> None:
    report = read(ListFile(below=[line]).xlsx())
    assert_survives(report)
    assert whys(report) == [(13, "total")]


def test_mess_16_a_total_that_differs_is_said() -> None:
    report = read(ListFile(below=[["合计", "10家"]]).xlsx())
    assert file_codes(report) == ([], ["TOTAL_DIFFERS"])
    assert "10" in report.file_warnings[0].sentence


def test_mess_17_notes_and_signatures_at_the_end_are_no_entries() -> None:
    below: list[list[Any]] = [
        ["注：1、请填全称。"],
        ["2、可另附页。"],
        ["备注：无"],
        ["说明：略"],
        ["填表人：样例", None, "审核人：样例", None, "联系电话：0574-0000000"],
        [None, None, None, None, "海曙区市场监管局（盖章）"],
        [None, None, None, None, "2020年5月28日"],
    ]
    report = read(ListFile(below=below).xlsx())
    assert_survives(report)
    assert [why for _, why in whys(report)] == ["notes"] * 4 + ["signature"] * 3


def test_mess_17_a_heading_between_the_rows_is_no_entry() -> None:
    sent = ListFile()
    sent.rows.insert(0, ["一、家用电器"])
    sent.rows.insert(5, ["二、仪器仪表"])
    sent.edits.append(lambda sheet: sheet.merge_cells("A10:G10"))
    report = read(sent.xlsx())
    assert_survives(report)
    assert [one for one in whys(report) if one[1] == "heading"] == [(5, "heading"), (10, "heading")]


def test_mess_17_a_header_repeated_in_the_middle_is_no_entry() -> None:
    sent = ListFile()
    sent.rows.insert(4, list(HEADER))
    report = read(sent.xlsx())
    assert_survives(report)
    assert (9, "repeated_header") in whys(report)


def test_mess_18_full_width_letters_become_half_width_but_names_keep_their_brackets() -> None:
    sent = ListFile()
    sent.rows[0][1:6] = [
        "宁波样例（海曙）电器有限公司",
        "ＡＢＳ树脂（ＰＰ）",
        "ＧＢ／Ｔ　１９００１－２０１６《质量管理体系　要求》",
        "ＩＳＯ　９００１：２０１５",
        "ＦＡ－２０１９－０００１",
    ]
    report = read(sent.xlsx())
    assert_survives(report)
    row = report.rows[0].values
    assert row["enterprise_name"] == "宁波样例（海曙）电器有限公司"
    assert row["product_name"] == "ABS树脂（PP）"
    assert [one.number for one in row["implemented_standards"]] == ["GB/T 19001-2016"]
    assert [one.number for one in row["benchmark_standards"]] == ["ISO 9001:2015"]
    assert row["existing_plan_no"] == "FA-2019-0001"


@pytest.mark.parametrize(
    "other", ["宁波样例(海曙)电器有限公司", "宁波样例（海曙）电器有限公司 ", "宁波 样例（海曙）电器有限公司"]
)
def test_mess_19_one_enterprise_in_two_spellings_is_one(other: str) -> None:
    sent = ListFile()
    sent.rows[1][NAME], sent.rows[4][NAME] = "宁波样例（海曙）电器有限公司", other
    report = read(sent.xlsx())
    assert row_faults(report) == [(9, "enterprise_name", "NAME_VARIANT_MERGED")]
    names = values(report, "enterprise_name")
    assert names[1] == names[4] == "宁波样例（海曙）电器有限公司"
    assert report.quota is not None
    assert report.quota.submitted == 7


def test_mess_19_the_same_product_too_is_refused() -> None:
    sent = ListFile()
    sent.rows[1][NAME], sent.rows[4][NAME] = "宁波样例（海曙）电器有限公司", "宁波样例(海曙)电器有限公司"
    sent.rows[4][PRODUCT] = f" {sent.rows[1][PRODUCT]}"
    report = read(sent.xlsx())
    assert sorted(row_faults(report)) == [
        (9, "enterprise_name", "NAME_VARIANT_MERGED"),
        (9, "product_name", "DUPLICATE_ENTRY"),
    ]
    (fault,) = report.rows[4].errors
    assert fault.as_json()["duplicate_of_row"] == 6
    assert "第6行" in fault.sentence


def test_mess_20_spaces_between_characters_go_and_between_words_stay() -> None:
    sent = ListFile()
    sent.rows[0][NAME] = "宁 波 海 曙　样例电器有限公司"
    sent.rows[0][PRODUCT] = "电 饭 煲 Smart Rice Cooker"
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.rows[0].values["enterprise_name"] == "宁波海曙样例电器有限公司"
    assert report.rows[0].values["product_name"] == "电饭煲 Smart Rice Cooker"


def test_mess_21_invisible_characters_go() -> None:
    sent = ListFile()
    sent.rows[0][NAME] = "\ufeff宁波海曙\u200b样例\u00a0电器有限公司\t"
    sent.rows[0][PRODUCT] = "电热水壶_x000D_"
    sent.rows[0][IMPLEMENTED] = "GB\u00a04706.19-2008\u200b"
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.rows[0].values["enterprise_name"] == "宁波海曙样例电器有限公司"
    assert report.rows[0].values["product_name"] == "电热水壶"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (1.0, 1),
        ("１", 1),
        ("一", 1),
        ("①", 1),
        ("1.", 1),
        ("十一", 11),
        ("二十", 20),
        ("（3）", 3),
        ("A-1", None),
        (True, None),
    ],
)
def test_mess_22_a_running_number_in_any_dress_hangs_nothing(written: Any, number: int | None) -> None:
    sent = ListFile(rows=clean_rows(1))
    sent.rows[0][SEQ] = written
    report = read(sent.xlsx())
    assert row_faults(report) == []
    assert values(report, "seq") == [number]


def test_mess_22_formulas_repeats_and_gaps_among_the_numbers_are_nothing() -> None:
    sent = ListFile()
    for index, written in enumerate(["=ROW()-4", 2, 3, 3, 5, None, 7, "=#REF!"]):
        sent.rows[index][SEQ] = written
    sent.rows[7][SEQ] = 8
    assert_survives(read(sent.xlsx()))


def test_mess_22_numbers_that_count_other_enterprises_are_said() -> None:
    sent = ListFile()
    sent.rows[4][NAME] = sent.rows[3][NAME]
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["ENTERPRISE_COUNT_DIFFERS_FROM_SEQUENCE"])
    assert "8" in report.file_warnings[0].sentence
    assert "7" in report.file_warnings[0].sentence
    assert row_faults(report) == []


def test_a_filled_but_empty_format_is_no_content() -> None:
    sent = ListFile()
    grey = PatternFill("solid", fgColor="DDDDDD")

    def colour(sheet: Any) -> None:
        for row in range(30, 60):
            for column in range(1, 40):
                sheet.cell(row, column).fill = grey

    sent.edits.append(colour)
    assert_survives(read(sent.xlsx()))
    assert packed(parts_of(sent.xlsx()))
