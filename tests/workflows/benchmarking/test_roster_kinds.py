"""The campaign's further kinds of list: known by their headers, read by their tables, faulty cells said."""

from datetime import date, datetime
from typing import Any

import pytest
from lists_of_kinds import CONTACTS, INDUSTRIES, PEOPLE, PLANS, REPORTS, RESULTS, codes, read_kind, workbook
from roster_files import HEADER, clean_rows

from workflows.benchmarking.roster.kinds import FORMS
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sentences import WORDINGS

NAME = "宁波样例电器有限公司"
CODE = "91330200MA0000023W"


def one(header: list[str], *row: Any, form: str = "", **more: Any) -> Report:
    return read_kind(workbook(header, row), form=form, **more)


def report_row(**changes: Any) -> list[Any]:
    """A clean row of test reports with some cells changed."""
    cells = {
        "seq": 1,
        "name": NAME,
        "product": "衬衫",
        "laboratory": "样例检验检测研究院",
        "cma": "201120000001",
        "number": "YL-2020-001",
        "day": "2020-05-10",
        "sampling": "抽样",
        "conclusion": "部分优于",
    }
    return list((cells | changes).values())


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (HEADER, "annex2"),
        (CONTACTS, "contacts"),
        (INDUSTRIES, "industries"),
        (PLANS, "platform_plans"),
        (REPORTS, "test_reports"),
        (RESULTS, "results"),
        (PEOPLE, "people"),
        (["单 位", "联 系 人", "手机号码"], "contacts"),
        (["受检单位", "样品名称", "检测机构", "检验报告编号", "签发日期", "结论"], "test_reports"),
        (["企业名称", "产品名称", "执行标准", "检验机构", "报告编号", "签发日期", "对标结论"], "test_reports"),
        ([*HEADER, "联系人", "联系电话"], "annex2"),
        (["登录名", "姓名", "单位", "电话"], "people"),
    ],
)
def test_a_list_is_known_by_its_header(header: list[str], form: str) -> None:
    report = one(header, *["样例"] * len(header))
    assert report.form is FORMS[form]


def test_a_header_that_fits_two_kinds_is_refused_with_their_names() -> None:
    report = one(["企业名称", "产品名称", "平台链接", "上传日期"], NAME, "衬衫", "https://example.com/1", "2020-05-10")
    assert [fault.code for fault in report.file_errors] == ["FORM_AMBIGUOUS"]
    assert "platform_plans" in report.file_errors[0].sentence
    assert "results" in report.file_errors[0].sentence


def test_a_header_that_fits_two_kinds_is_read_as_the_one_that_is_said() -> None:
    header = ["企业名称", "产品名称", "平台链接", "上传日期"]
    report = one(header, NAME, "衬衫", "https://example.com/1", "2020-05-10", form="results")
    assert report.clean
    assert report.rows[0].values["result_url"] == "https://example.com/1"


def test_a_list_that_lacks_a_column_is_told_by_the_kind_it_comes_nearest_to() -> None:
    report = one(["企业名称", "产品名称", "检验机构", "报告编号", "对标结论"], NAME, "衬衫", "某院", "R-1", "一致")
    assert report.form.key == "test_reports"
    assert [(fault.code, fault.name) for fault in report.file_errors] == [("COLUMN_MISSING", "issued_on")]


def test_a_list_of_no_kind_is_told_as_the_list_of_enterprises() -> None:
    report = one(["甲", "乙", "丙"], "一", "二", "三")
    assert report.form.key == "annex2"
    assert [fault.code for fault in report.file_errors] == ["HEADER_NOT_FOUND"]


def test_only_a_list_that_nominates_is_held_against_quota_and_day() -> None:
    report = read_kind(workbook(REPORTS, report_row()))
    assert report.quota is None
    assert not report.file_warnings
    nominating = read_kind(workbook(HEADER, *clean_rows(1)))
    assert nominating.quota is not None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2020年5月10日", date(2020, 5, 10)),
        ("二〇二〇年五月十日", date(2020, 5, 10)),
        ("２０２０．５．１０", date(2020, 5, 10)),
        (20200510, date(2020, 5, 10)),
        (43961, date(2020, 5, 10)),
        (datetime(2020, 5, 10, 8, 0), date(2020, 5, 10)),  # noqa: DTZ001 - a spreadsheet knows no zones
    ],
)
def test_a_day_is_read_in_every_shape(cell: Any, day: date) -> None:
    report = read_kind(workbook(REPORTS, report_row(day=cell)))
    assert report.clean
    assert report.rows[0].values["issued_on"] == day


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": None}, "enterprise_name", "ENTERPRISE_NAME_MISSING"),
        ({"laboratory": "无"}, "laboratory", "CELL_MISSING"),
        ({"laboratory": "院" * 121}, "laboratory", "TEXT_TOO_LONG"),
        ({"cma": "2011"}, "cma_no", "CMA_INVALID"),
        ({"cma": "2011200000O1"}, "cma_no", "CMA_INVALID"),
        ({"number": None}, "report_no", "CELL_MISSING"),
        ({"number": 2.0200001e16}, "report_no", "PLAN_NUMBER_DIGITS_LOST"),
        ({"number": "R" * 65}, "report_no", "PLAN_NUMBER_LENGTH"),
        ({"day": None}, "issued_on", "CELL_MISSING"),
        ({"day": "2020.5"}, "issued_on", "DAY_INCOMPLETE"),
        ({"day": "2020-13-40"}, "issued_on", "DAY_INVALID"),
        ({"day": "2020-05-16"}, "issued_on", "DAY_IN_FUTURE"),
        ({"sampling": "随便"}, "sampling", "SAMPLING_UNKNOWN"),
        ({"conclusion": "合格"}, "conclusion", "CONCLUSION_UNKNOWN"),
        ({"conclusion": None}, "conclusion", "CELL_MISSING"),
    ],
)
def test_a_faulty_cell_of_a_test_report_is_said_with_its_place(changes: dict[str, Any], field: str, code: str) -> None:
    report = read_kind(workbook(REPORTS, report_row(**changes)))
    assert codes(report) == [(2, field, code)]
    fault = report.rows[0].errors[0]
    assert fault.sentence.startswith("工作表“Sheet”第2行")
    assert fault.remedy


def test_sampling_that_is_not_said_is_the_weaker_claim() -> None:
    report = read_kind(workbook(REPORTS, report_row(sampling=None)))
    assert report.rows[0].values["sampling"] == "submitted"


def test_the_product_of_an_enterprise_is_reported_once() -> None:
    report = read_kind(workbook(REPORTS, report_row(), report_row(name="宁波样例电器有限公司 ", number="R-2")))
    assert codes(report) == [(3, "product_name", "DUPLICATE_ENTRY")]


def test_a_further_product_goes_on_below_its_enterprise() -> None:
    report = read_kind(workbook(REPORTS, report_row(), report_row(seq=None, name=None, product="西服")))
    assert [row.values["enterprise_name"] for row in report.rows] == [NAME, NAME]
    assert [fault.code for fault in report.rows[1].warnings] == ["CONTINUED_ROW"]


def test_a_row_with_a_code_of_its_own_does_not_go_on_with_the_enterprise_above() -> None:
    header = ["企业名称", "信用代码", "产品名称", "方案编号", "上传日期"]
    rows = ((NAME, None, "衬衫", "FA-1", "2020-05-10"), (None, CODE, "西服", "FA-2", "2020-05-10"))
    report = read_kind(workbook(header, *rows))
    assert report.clean
    assert [row.values["enterprise_name"] for row in report.rows] == [NAME, None]
    assert report.rows[1].key == CODE


def test_an_enterprise_may_be_named_by_its_code_alone() -> None:
    report = one(["统一社会信用代码", "联系人", "电话"], CODE, "样例", "0574-86000001")
    assert report.clean
    assert report.form.key == "contacts"
    assert report.rows[0].values["credit_code"] == CODE


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ([NAME, None, None, None, None], "contact_name", "CONTACT_EMPTY"),
        ([NAME, None, "样例", "无号码", None], "contact_phone", "PHONE_INVALID"),
        ([NAME, None, "样例", None, "sample(at)example.com"], "contact_email", "MAIL_INVALID"),
        ([NAME, f"{CODE[:-1]}3", "样例", None, None], "credit_code", "CREDIT_CODE_WRONG_CHECK"),
        ([None, f"{CODE[:-1]}3", "样例", None, None], "credit_code", "CREDIT_CODE_WRONG_CHECK"),
        ([None, None, "样例", None, None], "enterprise_name", "ENTERPRISE_NAME_MISSING"),
    ],
)
def test_a_faulty_cell_of_a_contact_is_said(cells: list[Any], field: str, code: str) -> None:
    assert codes(one(CONTACTS, *cells)) == [(2, field, code)]


def test_an_enterprise_has_one_contact() -> None:
    rows = ([NAME, None, "样例", None, None], [NAME, None, "示例", None, None])
    assert codes(read_kind(workbook(CONTACTS, *rows))) == [(3, "enterprise_name", "DUPLICATE_SUBJECT")]


def test_an_industry_is_read_by_code_by_name_and_by_both() -> None:
    found = [
        one(INDUSTRIES, NAME, None, cell, None, None, None).rows[0].values["industry_code"]
        for cell in ("3854", "C3854", "家用厨房电器具制造", "3854 家用厨房电器具制造")
    ]
    assert found == ["3854"] * 4


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ([NAME, None, "9999", None, None, None], "industry_code", "INDUSTRY_UNKNOWN"),
        ([NAME, None, None, "群" * 41, None, None], "cluster", "TEXT_TOO_LONG"),
        ([NAME, None, None, None, "大概", None], "above_designated_size", "FLAG_INVALID"),
        ([NAME, None, None, None, None, "单项管军"], "honours", "HONOUR_UNKNOWN"),
        ([NAME, None, None, None, None, None], "industry_code", "NOTHING_TO_RECORD"),
    ],
)
def test_a_faulty_cell_of_an_industry_is_said(cells: list[Any], field: str, code: str) -> None:
    assert codes(one(INDUSTRIES, *cells)) == [(2, field, code)]


def test_size_and_honours_are_read_and_empty_ones_say_nothing() -> None:
    values = one(INDUSTRIES, NAME, None, None, None, "√", "小巨人、单项冠军").rows[0].values
    assert values["above_designated_size"] is True
    assert values["honours"] == ("专精特新“小巨人”", "单项冠军")
    empty = one(INDUSTRIES, NAME, None, "3854", None, None, None).rows[0].values
    assert (empty["above_designated_size"], empty["honours"]) == (None, None)
    assert one(INDUSTRIES, NAME, None, None, None, True, None).rows[0].values["above_designated_size"] is True


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ([NAME, "衬衫", None, None, "2020-05-10"], "plan_no", "PLATFORM_RECORD_EMPTY"),
        ([NAME, "衬衫", None, "www.example.com", "2020-05-10"], "plan_url", "LINK_INVALID"),
        ([NAME, "衬衫", "FA-1", None, None], "uploaded_on", "CELL_MISSING"),
        ([NAME, "衬衫", "FA-1", None, "2020-05-16"], "uploaded_on", "DAY_IN_FUTURE"),
    ],
)
def test_a_faulty_cell_of_a_plan_on_the_platform_is_said(cells: list[Any], field: str, code: str) -> None:
    assert codes(one(PLANS, *cells)) == [(2, field, code)]


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        (["Haishu 二", "样例", "海曙", "经办", None, None], "login", "LOGIN_INVALID"),
        ([None, "样例", "海曙", "经办", None, None], "login", "CELL_MISSING"),
        (["haishu-2", None, "海曙", "经办", None, None], "name", "CELL_MISSING"),
        (["haishu-2", "样例", None, "经办", None, None], "organisation", "CELL_MISSING"),
        (["haishu-2", "样例", "海曙", "看门人", None, None], "role", "ROLE_UNKNOWN"),
    ],
)
def test_a_faulty_cell_of_a_person_is_said(cells: list[Any], field: str, code: str) -> None:
    assert codes(one(PEOPLE, *cells)) == [(2, field, code)]


def test_a_code_of_another_city_is_only_asked_about() -> None:
    report = one(CONTACTS, NAME, "91320200MA0000015X", "样例", None, None)
    assert report.clean
    assert [fault.code for fault in report.rows[0].warnings] == ["CREDIT_CODE_OTHER_CITY"]


def test_a_login_stands_once_in_a_list() -> None:
    rows = (["haishu-2", "样例", "海曙", "经办"], ["HAISHU-2", "示例", "海曙", "经办"])
    assert codes(read_kind(workbook(PEOPLE, *rows))) == [(3, "login", "DUPLICATE_PERSON")]


def test_another_year_or_unit_above_a_list_is_refused_in_every_kind() -> None:
    above = (["宁波市2019年对标达标产品检验报告一览"], ["填报单位：慈溪市市场监管局"])
    report = read_kind(workbook(REPORTS, report_row(), above=above))
    assert {fault.code for fault in report.file_errors} == {"YEAR_MISMATCH", "REPORTING_UNIT_MISMATCH"}


def test_every_form_can_be_handed_out_as_an_empty_list() -> None:
    for form in FORMS.values():
        assert form.name
        assert form.title.format(city="宁波市", year=2020)
        for column in form.columns:
            assert column.width > 0
            assert column.counting or column.hint or form.nominating, (form.key, column.field)


@pytest.mark.parametrize("form", [form for form in FORMS.values() if not form.nominating], ids=lambda form: form.key)
def test_the_examples_of_a_form_are_read_without_a_fault_by_the_form(form: Any) -> None:
    columns = [column for column in form.columns if not column.counting]
    examples = [column.example or (CODE if column.field == "credit_code" else None) for column in columns]
    report = read_kind(workbook([column.label for column in columns], examples), today=date(2020, 12, 1), form=form.key)
    assert report.clean, codes(report)
    assert not report.rows[0].warnings
    assert set(WORDINGS) >= {fault.code for fault in report.faults()}
