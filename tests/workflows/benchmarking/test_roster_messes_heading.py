"""Messes 1 to 12: what stands above a list, its header and its sheets."""

from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from roster_files import (
    DATE,
    HEADER,
    NAME,
    PLAN,
    PRODUCT,
    TITLE,
    UNIT,
    ListFile,
    assert_survives,
    clean_rows,
    file_codes,
    read,
    row_faults,
    saved,
    values,
)

# A spreadsheet knows no zones.
REAL_DATE = datetime(2020, 5, 28)  # noqa: DTZ001
SQUEEZED = [label.replace("\n", "") for label in HEADER]


def test_mess_01_the_header_stands_below_an_annex_line_a_blank_a_title_and_the_reporting_line() -> None:
    sent = ListFile(above=[["附件2："], [], [TITLE], [UNIT, None, None, None, DATE]])
    sent.edits.append(lambda sheet: sheet.merge_cells("A3:G3"))
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.heading.title == TITLE
    assert report.heading.district_name == "海曙"
    assert report.heading.as_json()["header_rows"] == [5]


def test_mess_01_the_header_may_stand_in_the_twentieth_row_but_not_below() -> None:
    assert_survives(read(ListFile(above=[[TITLE], [UNIT, DATE], *[[] for _ in range(17)]]).xlsx()))
    report = read(ListFile(above=[[TITLE], [UNIT, DATE], *[[] for _ in range(18)]]).xlsx())
    assert file_codes(report) == (["HEADER_NOT_FOUND"], [])
    assert report.rows == []


def test_mess_02_a_title_in_a_merged_cell_with_a_line_break_is_joined() -> None:
    sent = ListFile(above=[["附件2"], ["宁波市2020年参加对标达标提升\n专项行动企业名单"], [UNIT, None, DATE]])
    sent.edits.append(lambda sheet: sheet.merge_cells("A2:G2"))
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.heading.title == TITLE
    assert report.heading.campaign_year == 2020


@pytest.mark.parametrize(
    "title", [TITLE.replace("2020", "2019"), TITLE.replace("2020", "２０１９"), "二〇一九年企业名单"]
)
def test_mess_02_a_list_of_another_year_is_refused(title: str) -> None:
    report = read(ListFile(above=[[title], [UNIT, DATE]]).xlsx())
    assert file_codes(report) == (["YEAR_MISMATCH"], [])
    assert report.heading.campaign_year == 2019
    assert "2019" in report.file_errors[0].sentence


def test_mess_03_unit_and_date_share_a_merged_cell_with_a_run_of_spaces() -> None:
    sent = ListFile(above=[[TITLE], ["填报单位：宁海县市场监管局" + " " * 30 + "填报日期：2020年6月1日"]])
    sent.edits.append(lambda sheet: sheet.merge_cells("A2:G2"))
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.heading.unit == "宁海县市场监管局"
    assert (report.heading.district, report.heading.reporting_date) == ("330226", date(2020, 6, 1))


def test_mess_03_unit_and_date_stand_in_the_cells_beside_their_labels() -> None:
    report = read(ListFile(above=[[TITLE], ["填 报 单 位：", None, "余姚市局", "填报日期", REAL_DATE]]).xlsx())
    assert_survives(report)
    assert (report.heading.district_name, report.heading.reporting_date) == ("余姚", date(2020, 5, 28))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("海曙", "海曙"),
        ("海曙区", "海曙"),
        ("宁波市海曙区市场监督管理局", "海曙"),
        ("海曙区市监局（盖章）", "海曙"),
        ("宁波市市场监管局海曙分局", "海曙"),
        ("慈溪市市场监督管理局", "慈溪"),
        ("余姚市监局", "余姚"),
        ("宁海县市场监管局", "宁海"),
        ("宁波国家高新区市场监管局", "高新区"),
        ("高新区分局", "高新区"),
        ("杭州湾新区分局", "杭州湾"),
        ("海　曙　区市场监管局", "海曙"),
    ],
)
def test_mess_04_a_unit_is_known_in_full_for_short_and_with_any_ending(written: str, name: str) -> None:
    report = read(ListFile(above=[[TITLE], [f"填报单位：{written}", DATE]]).xlsx())
    assert_survives(report)
    assert report.heading.district_name == name


@pytest.mark.parametrize("written", ["镇江市市场监管局", "宁波市市场监管局", "海曙区教育局"])
def test_mess_04_a_unit_that_nobody_knows_is_refused(written: str) -> None:
    report = read(ListFile(above=[[TITLE], [f"填报单位：{written}", DATE]]).xlsx())
    assert file_codes(report) == (["REPORTING_UNIT_UNKNOWN"], [])
    assert written in report.file_errors[0].sentence


def test_mess_04_a_name_that_did_not_hold_on_the_day_is_said() -> None:
    report = read(ListFile(above=[[TITLE], ["填报单位：宁波前湾新区市场监管局", DATE]]).xlsx())
    assert file_codes(report) == ([], ["REPORTING_UNIT_FORMER_NAME"])
    assert report.heading.district == "hzw"


@pytest.mark.parametrize("line", ["填报单位：       市场监管局", "填报单位：＿＿＿＿市场监管局", "填报单位：", None])
def test_mess_05_a_missing_unit_is_refused_unless_the_sender_is_known(line: str | None) -> None:
    sent = ListFile(above=[[TITLE], [line, None, None, DATE]]).xlsx()
    assert file_codes(read(sent)) == (["REPORTING_UNIT_MISSING"], [])
    report = read(sent, district="330203")
    assert file_codes(report) == ([], ["REPORTING_UNIT_MISSING"])
    assert report.clean


def test_mess_06_the_list_of_another_unit_is_refused() -> None:
    report = read(ListFile().xlsx(), district="330281")
    assert file_codes(report) == (["REPORTING_UNIT_MISMATCH"], [])
    assert report.heading.district_name == "海曙"
    assert len(report.rows) == 8


@pytest.mark.parametrize(
    "written",
    [
        "填报日期：2020年5月28日",
        "填报日期：2020.5.28",
        "填报日期：2020-5-28",
        "填报日期：20200528",
        "填报日期：２０２０年５月２８日",
        "填报日期:2020/5/28",
        "填报日期： 2020 年 5 月 28 日",
    ],
)
def test_mess_07_a_date_in_any_dress_is_one_date(written: str) -> None:
    report = read(ListFile(above=[[TITLE], [UNIT, written]]).xlsx())
    assert_survives(report)
    assert report.heading.reporting_date == date(2020, 5, 28)


@pytest.mark.parametrize("value", [REAL_DATE, 43979])
def test_mess_07_a_real_date_and_a_serial_number_are_dates(value: Any) -> None:
    report = read(ListFile(above=[[TITLE], [UNIT, "填报日期：", value]]).xlsx())
    assert_survives(report)
    assert report.heading.reporting_date == date(2020, 5, 28)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("填报日期：2020年  月  日", "REPORTING_DATE_MISSING"),
        ("填报日期：      年  月  日", "REPORTING_DATE_MISSING"),
        ("填报日期：", "REPORTING_DATE_MISSING"),
        (None, "REPORTING_DATE_MISSING"),
        ("填报日期：2020.5", "REPORTING_DATE_INCOMPLETE"),
        ("填报日期：2020年5月", "REPORTING_DATE_INCOMPLETE"),
    ],
)
def test_mess_07_a_date_with_blanks_is_a_warning(written: str | None, code: str) -> None:
    report = read(ListFile(above=[[TITLE], [UNIT, written]]).xlsx())
    assert file_codes(report) == ([], [code])
    assert report.heading.reporting_date is None


@pytest.mark.parametrize(
    ("written", "code"),
    [("填报日期：2020年2月30日", "REPORTING_DATE_INVALID"), ("填报日期：2020年7月1日", "REPORTING_DATE_IN_FUTURE")],
)
def test_mess_07_a_date_that_cannot_be_is_refused(written: str, code: str) -> None:
    assert file_codes(read(ListFile(above=[[TITLE], [UNIT, written]]).xlsx())) == ([code], [])


def test_a_list_dated_after_the_due_day_is_late() -> None:
    report = read(ListFile().xlsx(), due_on=date(2020, 5, 27))
    assert file_codes(report) == ([], ["REPORTED_LATE"])
    assert_survives(read(ListFile().xlsx(), due_on=date(2020, 5, 28)))


def test_mess_08_a_header_over_two_rows_is_joined_by_column() -> None:
    header = [
        ["序号", "企业名称", "产品名称", "标准", None, "技术方案", None],
        [None, None, None, "执行标准号、名称", "比对标准号、名称", "平台现有\n编号", "另行制定支持需求"],
    ]
    sent = ListFile(header=header)
    for reference in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4"):
        sent.edits.append(lambda sheet, reference=reference: sheet.merge_cells(reference))
    report = read(sent.xlsx())
    assert_survives(report)
    assert report.heading.as_json()["header_rows"] == [4, 5]
    assert values(report, "existing_plan_no")[0] == "FA-2019-0001"
    assert values(report, "plan_support_needed")[1] is True


def test_mess_08_a_label_cut_into_two_rows_without_a_merge_is_joined() -> None:
    header = [
        ["序", "企业", "产品", "执行标准号、", "比对标准号、", "平台现有", "另行制定技术方案"],
        [None, "名称", "名称", "名称", "名称", "技术方案编号", "技术支持需求"],
    ]
    report = read(ListFile(header=header).xlsx())
    assert_survives(report)
    assert report.heading.as_json()["header_rows"] == [4, 5]


def test_mess_08_number_and_title_may_have_a_column_each() -> None:
    header = [
        ["序", "企业名称", "产品名称", "执行标准", None, "比对标准", None],
        [None, None, None, "号", "名称", "号", "名称"],
    ]
    rows = [
        [1, "宁波海曙样例电器有限公司", "电热水壶", "GB/T 22849-2014", "针织T恤衫", "ISO 105-C06:2010", "《色牢度》"]
    ]
    sent = ListFile(header=header, rows=rows)
    for reference in ("D4:E4", "F4:G4"):
        sent.edits.append(lambda sheet, reference=reference: sheet.merge_cells(reference))
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["COLUMN_ABSENT", "COLUMN_ABSENT"])
    assert [(one.number, one.title) for one in report.rows[0].values["implemented_standards"]] == [
        ("GB/T 22849-2014", "针织T恤衫")
    ]
    assert [one.title for one in report.rows[0].values["benchmark_standards"]] == ["色牢度"]


def test_mess_09_labels_with_inner_spaces_breaks_and_other_words_are_the_same_labels() -> None:
    header = [
        "序 号",
        "单 位 名 称",
        "产\n品",
        "执行标准号\n及名称（全称）",
        "比对标准 号、名称",
        "方案编号",
        "技术支持需求",
    ]
    report = read(ListFile(header=[header]).xlsx())
    assert_survives(report)
    assert values(report, "enterprise_name")[0] == "宁波海曙样例第1号电器有限公司"


def test_mess_10_columns_in_another_order_are_mapped_by_label() -> None:
    order = [2, 1, 0, 4, 3, 6, 5]
    sent = ListFile(header=[[HEADER[one] for one in order]], rows=[[row[one] for one in order] for row in clean_rows()])
    report = read(sent.xlsx())
    assert_survives(report)
    plain = read(ListFile().xlsx())
    assert [row.values for row in report.rows] == [row.values for row in plain.rows]


def test_mess_10_extra_columns_are_said_and_kept_beside_the_row() -> None:
    rows = [[*row, "样例联系人", "备注一" if row[0] == 3 else None] for row in clean_rows()]
    sent = ListFile(header=[[*HEADER, "联系人", "备注"]], rows=[[*row, None, None] for row in rows])
    sent.rows[1][10] = "没有列名的内容"
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["UNKNOWN_COLUMNS_IGNORED"])
    assert report.file_warnings[0].detail == "联系人、备注、K列"
    assert row_faults(report) == []
    assert report.rows[2].extras == {"联系人": "样例联系人", "备注": "备注一"}
    assert report.rows[1].extras["K列"] == "没有列名的内容"
    assert report.as_json()["rows"][2]["extras"]["备注"] == "备注一"


@pytest.mark.parametrize(
    ("column", "name"),
    [(1, "enterprise_name"), (2, "product_name"), (3, "implemented_standards"), (4, "benchmark_standards")],
)
def test_mess_11_a_missing_required_column_is_refused_with_the_labels_seen(column: int, name: str) -> None:
    sent = ListFile(header=[HEADER[:column] + HEADER[column + 1 :]])
    sent.rows = [row[:column] + row[column + 1 :] for row in sent.rows]
    report = read(sent.xlsx())
    assert file_codes(report)[0] == ["COLUMN_MISSING"]
    assert report.file_errors[0].name == name
    seen = [label for number, label in enumerate(SQUEEZED) if number != column]
    assert all(label in report.file_errors[0].sentence for label in seen)


@pytest.mark.parametrize(("column", "name"), [(5, "existing_plan_no"), (6, "plan_support_needed")])
def test_mess_11_a_column_that_may_stay_empty_may_be_left_out_with_a_warning(column: int, name: str) -> None:
    sent = ListFile(header=[HEADER[:column] + HEADER[column + 1 :]])
    sent.rows = [row[:column] + row[column + 1 :] for row in sent.rows]
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["COLUMN_ABSENT"])
    assert report.file_warnings[0].name == name
    assert set(values(report, name)) <= {None, False}


def book_with(sent: ListFile, *others: tuple[str, list[list[Any]], str]) -> openpyxl.Workbook:
    book = sent.workbook()
    for number, (name, rows, state) in enumerate(others):
        sheet = book.create_sheet(name, 0 if number == 0 else None)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = state
    return book


def test_mess_12_the_one_sheet_with_a_header_is_the_list() -> None:
    explanation = ("填表说明", [["填表说明"], ["1、企业名称填写全称"]], "visible")
    book = book_with(ListFile(), explanation, ("Sheet3", [], "visible"))
    report = read(saved(book))
    assert_survives(report)
    assert report.rows[0].as_json()["source"] == {"sheet": "附件2", "row": 5}


def test_mess_12_two_lists_in_one_file_are_refused() -> None:
    again = ("另一份", [HEADER, *clean_rows(2)], "visible")
    report = read(saved(book_with(ListFile(), again)))
    assert file_codes(report) == (["MULTIPLE_LISTS"], [])
    assert "附件2" in report.file_errors[0].sentence
    assert "另一份" in report.file_errors[0].sentence


def test_mess_12_a_very_hidden_sheet_is_no_list_but_a_hidden_one_is() -> None:
    rows = [HEADER, *clean_rows(2)]
    assert_survives(read(saved(book_with(ListFile(), ("旧表", rows, "veryHidden")))))
    hidden = read(saved(book_with(ListFile(), ("旧表", rows, "hidden"))))
    assert file_codes(hidden) == (["MULTIPLE_LISTS"], [])


def test_a_list_without_any_title_row_is_read_by_its_header_alone() -> None:
    report = read(ListFile(above=[]).xlsx(), district="330203")
    assert file_codes(report) == ([], ["REPORTING_DATE_MISSING", "REPORTING_UNIT_MISSING"])
    assert len(report.rows) == 8
    assert values(report, "enterprise_name", "product_name")[0] == [clean_rows()[0][NAME], clean_rows()[0][PRODUCT]]
    assert values(report, "existing_plan_no")[0] == clean_rows()[0][PLAN]
