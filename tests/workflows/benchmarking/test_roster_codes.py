"""Every code of an answer on a list that earns it: standards, quota, names, sentences."""

from typing import Any

import pytest
from roster_files import (
    BENCHMARK,
    IMPLEMENTED,
    NAME,
    PLAN,
    PRODUCT,
    SUPPORT,
    ListFile,
    assert_survives,
    clean_rows,
    file_codes,
    read,
    row_faults,
)

from workflows.benchmarking.roster.sentences import WORDINGS


def with_cells(changes: dict[int, Any]) -> ListFile:
    sent = ListFile()
    for column, value in changes.items():
        sent.rows[2][column] = value
    return sent


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("按客户要求", "NO_STANDARD_NUMBER"),
        ("欧盟2009/48/EC", "NO_STANDARD_NUMBER"),
        ("T/ZZB-2019", "NUMBER_MISSING"),
        ("GB/T 12A4-2020", "NUMBER_MALFORMED"),
        ("GB/T 1234-207", "YEAR_MALFORMED"),
        ("GB/T 1234-3020", "YEAR_OUT_OF_RANGE"),
        ("XQ/T 1234-2019", "INDUSTRY_CODE_UNKNOWN"),
        ("DB99/T 123-2020", "REGION_CODE_UNKNOWN"),
        ("T/ 0123-2018", "GROUP_CODE_MISSING"),
        ("Q/ 001-2020", "ENTERPRISE_CODE_MISSING"),
        ("GB/T 2423.1/2/3", "RANGE_NOT_SUPPORTED"),
    ],
)
@pytest.mark.parametrize(
    ("column", "name"), [(IMPLEMENTED, "implemented_standards"), (BENCHMARK, "benchmark_standards")]
)
def test_a_bad_number_is_refused_with_its_reason(written: str, reason: str, column: int, name: str) -> None:
    report = read(with_cells({column: written}).xlsx())
    errors = [fault for fault in report.rows[2].errors if fault.code == "STANDARD_NUMBER_INVALID"]
    assert {fault.name for fault in errors} == {name}
    assert reason in {fault.as_json()["reason"] for fault in errors}
    assert all(fault.as_json()["token"] for fault in errors)
    assert all(fault.sentence.startswith("工作表“附件2”第7行") for fault in errors)
    assert all(fault.remedy for fault in errors)


def test_an_invalid_number_is_left_out_and_its_neighbours_stay() -> None:
    report = read(with_cells({IMPLEMENTED: "GB 4706.1-2005\nGB/T 1234-207\nGB/T 5782-2016"}).xlsx())
    assert [one.number for one in report.rows[2].values["implemented_standards"]] == [
        "GB 4706.1-2005",
        "GB/T 5782-2016",
    ]
    assert report.rows[2].status == "error"


def test_an_unknown_issuer_is_an_error_for_what_is_implemented_and_a_warning_for_a_benchmark() -> None:
    written = "QWERT 1234-2019"
    implemented = read(with_cells({IMPLEMENTED: written}).xlsx())
    assert row_faults(implemented) == [(7, "implemented_standards", "STANDARD_NUMBER_INVALID")]
    assert implemented.rows[2].errors[0].as_json()["reason"] == "UNRECOGNISED_ISSUER"
    benchmark = read(with_cells({BENCHMARK: written}).xlsx())
    assert row_faults(benchmark) == [(7, "benchmark_standards", "STANDARD_ISSUER_UNRECOGNISED")]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({IMPLEMENTED: "GB/T 22003"}, [("implemented_standards", "STANDARD_UNDATED")]),
        ({BENCHMARK: "IEC 60335-2-14"}, [("benchmark_standards", "STANDARD_UNDATED")]),
        ({BENCHMARK: "UL 498"}, []),
        (
            {BENCHMARK: "GB 4706系列标准"},
            [("benchmark_standards", "STANDARD_UNDATED"), ("benchmark_standards", "STANDARD_SERIES_REFERENCE")],
        ),
        (
            {IMPLEMENTED: "GB 4706.1-2005、4706.30-2008"},
            [("implemented_standards", "STANDARD_PREFIX_INHERITED")],
        ),
        ({BENCHMARK: None, PLAN: None}, [("benchmark_standards", "BENCHMARK_STANDARD_MISSING")]),
        ({BENCHMARK: None, PLAN: "FA-2019-0099"}, []),
        ({BENCHMARK: "GB/T 22003-2014"}, [("benchmark_standards", "BENCHMARK_SAME_AS_IMPLEMENTED")]),
        ({PLAN: "FA-2019-0099", SUPPORT: "是"}, [("plan_support_needed", "PLAN_AND_SUPPORT_CONFLICT")]),
        ({NAME: "样例"}, [("enterprise_name", "ENTERPRISE_NAME_LENGTH")]),
        ({NAME: "样" * 98 + "公司"}, []),
        ({NAME: "样" * 99 + "公司"}, [("enterprise_name", "ENTERPRISE_NAME_LENGTH")]),
        ({NAME: "宁波海曙样例电器"}, [("enterprise_name", "NAME_WITHOUT_LEGAL_FORM")]),
        ({PRODUCT: "样" * 101}, [("product_name", "PRODUCT_NAME_LENGTH")]),
        ({PLAN: "F" * 65}, [("existing_plan_no", "PLAN_NUMBER_LENGTH")]),
    ],
)
def test_a_row_is_answered_for_what_it_says(changes: dict[int, Any], faults: list[tuple[str, str]]) -> None:
    report = read(with_cells(changes).xlsx())
    assert row_faults(report) == [(7, name, code) for name, code in faults]


def test_a_plan_number_that_became_a_date_is_asked_about() -> None:
    sent = ListFile()
    sent.rows[2][PLAN] = 43979
    sent.edits.append(lambda sheet: setattr(sheet["F7"], "number_format", "yyyy-mm-dd"))
    report = read(sent.xlsx())
    assert row_faults(report) == [(7, "existing_plan_no", "TEXT_TURNED_INTO_DATE")]
    assert "2020-05-28" in report.rows[2].errors[0].sentence


@pytest.mark.parametrize(
    ("quota", "mode", "codes", "result"),
    [
        (8, "target", ([], []), "met"),
        (7, "target", ([], ["QUOTA_EXCEEDED"]), "exceeded"),
        (7, "cap", (["QUOTA_EXCEEDED"], []), "exceeded"),
        (9, "target", ([], ["QUOTA_NOT_MET"]), "not_met"),
        (9, "cap", ([], ["QUOTA_NOT_MET"]), "not_met"),
        (None, "target", ([], []), None),
    ],
)
def test_the_quota_is_a_target_or_a_cap(quota: int | None, mode: str, codes: Any, result: str | None) -> None:
    report = read(ListFile().xlsx(), quota=quota, quota_mode=mode)
    assert file_codes(report) == codes
    assert report.as_json()["quota"]["result_on_submitted"] == result


def test_the_quota_counts_enterprises_and_not_rows_and_takes_bad_rows_too() -> None:
    sent = ListFile()
    sent.rows[7][NAME] = sent.rows[6][NAME]
    sent.rows[7][0] = 7
    sent.rows[0][IMPLEMENTED] = "按客户要求"
    report = read(sent.xlsx(), quota=7)
    assert report.quota is not None
    assert (report.quota.submitted, report.quota.accepted, report.quota.result) == (7, 6, "met")
    assert file_codes(report) == ([], [])


def test_the_quota_of_the_unit_that_the_list_names_is_taken() -> None:
    report = read(ListFile().xlsx(), quotas={"330203": 10, "330281": 8})
    assert file_codes(report) == ([], ["QUOTA_NOT_MET"])
    assert "任务数 10 家，名单 8 家" in report.file_warnings[0].sentence


def test_all_faults_come_at_once_and_each_says_where_what_and_what_to_do() -> None:
    sent = ListFile(above=[["宁波市2019年企业名单"], ["填报单位：样例市场监管局"]])
    sent.rows[0][NAME] = None
    sent.rows[1][IMPLEMENTED] = "GB/T 1234-207"
    sent.rows[2][SUPPORT] = "待商议"
    report = read(sent.xlsx(), quota=3)
    errors, warnings = file_codes(report)
    assert set(errors) == {"YEAR_MISMATCH", "REPORTING_UNIT_UNKNOWN"}
    assert set(warnings) == {"REPORTING_DATE_MISSING", "QUOTA_EXCEEDED"}
    assert [code for _, _, code in row_faults(report)] == [
        "ENTERPRISE_NAME_MISSING",
        "STANDARD_NUMBER_INVALID",
        "SUPPORT_FLAG_INVALID",
    ]
    assert not report.clean
    assert len(report.good_rows()) == 5
    for fault in report.faults():
        assert fault.sentence.endswith("。")
        assert fault.remedy.endswith("。")
    answer = report.as_json()
    assert answer["counts"] == {"data_rows": 8, "accepted": 5, "rejected": 3, "with_warnings": 0}
    found = answer["rows"][1]["errors"][0]
    assert {key: found[key] for key in ("field", "code", "reason", "token", "row", "column", "cell", "sheet")} == {
        "field": "implemented_standards",
        "code": "STANDARD_NUMBER_INVALID",
        "reason": "YEAR_MALFORMED",
        "token": "GB/T 1234-207",
        "row": 5,
        "column": "执行标准号、名称",
        "cell": "D5",
        "sheet": "附件2",
    }


def test_every_wording_is_a_sentence_with_a_remedy() -> None:
    for code, wording in WORDINGS.items():
        assert wording.sentence.endswith("。"), code
        assert wording.remedy.endswith("。"), code


def test_a_second_number_of_one_standard_is_told_as_such() -> None:
    report = read(with_cells({BENCHMARK: "ASME A112.18.1-2018/CSA B125.1-18；EN 817:2008"}).xlsx())
    told = report.as_json()["rows"][2]["benchmark_standards"]
    assert told == [
        {"number": "ASME A112.18.1-2018", "title": None, "also": ["CSA B125.1-18"]},
        {"number": "EN 817:2008", "title": None},
    ]


def test_without_any_expectation_of_units_every_unit_is_taken() -> None:
    assert_survives(read(ListFile().xlsx(), districts=()))
    assert read(ListFile().xlsx(), districts=()).heading.unit == "海曙区市场监管局"


def test_the_answer_names_the_unit_as_the_campaign_does() -> None:
    answer = read(ListFile().xlsx()).as_json()
    assert (answer["header"]["district"], answer["header"]["district_code"]) == ("海曙", "330203")
    assert answer["rows"][0]["enterprise_name"] == clean_rows()[0][NAME]
