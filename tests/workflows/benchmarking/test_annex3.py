"""The half-yearly form: figures in every writing, shares rounded half up, everything that is wrong at once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kinds import Reason
from engine.words import say
from workflows.benchmarking.annex3 import BY_KEY, COUNTED, FIELDS, share, span_of
from workflows.benchmarking.annex3checks import check_sheets, differences, filled_up, totals
from workflows.benchmarking.annex3values import LONGEST, figure, read_value
from workflows.benchmarking.model import ReportSheet

COUNT, AMOUNT, LONG = BY_KEY["uploaded_plan_count"], BY_KEY["fiscal_amount"], BY_KEY["policy_measures"]
WHOLE = {field.key: "无" for field in FIELDS if field.kind == "long"} | {
    "industry_name": "智能家电",
    "participating_enterprise_count": 5,
    "ads_enterprise_total": 40,
    "share_of_ads_enterprises_pct": "12.50",
    "due_plan_count": 3,
    "uploaded_plan_count": 2,
    "plan_upload_rate_pct": "66.67",
    "due_result_count": 0,
    "uploaded_result_count": 0,
}


def sheet(**changes: Any) -> ReportSheet:
    return ReportSheet("智能家电", {**WHOLE, **changes}, {}, {})


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [one.code for one in reasons]


def test_the_form_has_every_field_of_the_plan_in_its_order() -> None:
    printed = [field.label for field in FIELDS if not field.under]
    assert printed == [
        "对标产业名称",
        "参与对标企业数",
        "占对标产业规上企业总数比例",
        "上传对标方案数",
        "占应上传方案总数比例",
        "上传对标结果数",
        "占应上传结果总数比例",
        "纳入当地党委、政府工作情况",
        "当地党委、政府出台相关政策措施情况",
        "成立相应推进机构情况",
        "当地党委、政府领导批示肯定情况",
        "当地财政支持情况",
        "相关部门共同参与情况",
        "对标产业标准话语权能力提升情况",
        "对标企业较上年产值规模、上缴税收增长情况",
        "形成对标达标报告情况",
        "树立企业标准“领跑者”情况",
    ]
    assert len(BY_KEY) == len(FIELDS)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(2, 3, "66.67"), (1, 8, "12.50"), (1, 1600, "0.06"), (1, 0, None)]
)
def test_a_share_is_rounded_half_up_and_there_is_none_of_nothing(part: int, whole: int, percent: str | None) -> None:
    assert share(part, whole) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２", 12),
        (" 1,234家 ", 1234),
        (3.0, 3),
        ("—", None),
        ("", None),
        (None, None),
        ("无", None),
        ("0", 0),
        ("+5", 5),
    ],
)
def test_figures_are_read_in_every_usual_writing(typed: object, kept: int | None) -> None:
    found = read_value(COUNT, typed)
    assert (found.value, found.code) == (kept, "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-3", "NEGATIVE"),
        ("三家", "NOT_A_NUMBER"),
        ("2.5", "NOT_WHOLE"),
        ("9" * 12, "TOO_LARGE"),
        ("1e9", "NOT_A_NUMBER"),
    ],
)
def test_what_is_no_figure_is_kept_as_typed_and_named(typed: str, code: str) -> None:
    found = read_value(COUNT, typed)
    assert (found.value, found.code) == (typed, code)


def test_amounts_have_two_places_and_texts_are_tidied() -> None:
    assert read_value(AMOUNT, "30.005万元").value == "30.01"
    assert read_value(LONG, " 已列入\u202e  要点\r\n\n\n\n第二行 ").value == "已列入 要点\n\n第二行"
    assert read_value(LONG, "长" * (LONGEST["long"] + 1)).code == "TOO_LONG"
    assert read_value(BY_KEY["ads_as_of"], "2020年6月30日").value == "2020-06-30"
    assert read_value(BY_KEY["ads_as_of"], "年底").code == "NOT_A_DAY"
    assert read_value(BY_KEY["ads_as_of"], "").value is None
    assert read_value(BY_KEY["industry_name"], "智能\n家电").value == "智能 家电"


@given(typed=st.one_of(st.text(max_size=60), st.integers(), st.floats(allow_nan=False)), place=st.sampled_from(FIELDS))
def test_whatever_is_typed_is_read_or_named(typed: object, place: Any) -> None:
    found = read_value(place, typed)

    assert found.sentence is None or isinstance(found.value, str)
    assert read_value(place, found.value) == found
    assert "\x00" not in str(found.value)
    figure({"it": found.value}, "it")


def test_a_form_that_is_whole_can_be_handed_in() -> None:
    found = check_sheets([sheet()], {})
    assert (found.errors, found.hints) == ((), ())


def test_everything_that_is_wrong_is_told_at_once_with_its_place() -> None:
    wrong = sheet(
        participating_enterprise_count="-1",
        policy_measures=None,
        uploaded_plan_count=4,
        share_of_ads_enterprises_pct=None,
        ads_enterprise_total=None,
        tax_this_year="5.00",
        tax_last_year="0.00",
    )
    found = check_sheets([wrong, sheet()], {})

    assert sorted(codes(found.errors)) == sorted(
        ["NEGATIVE", "MISSING", "MISSING", "MORE_THAN_ALL", "SHARE_DISAGREES", "NOTHING_BEFORE", "INDUSTRY_TWICE"]
    )
    assert all(say(one.sentence).startswith("智能家电·") for one in found.errors[:-1])


@pytest.mark.parametrize(
    ("changes", "errors", "hints"),
    [
        ({"plan_upload_rate_pct": "66.7"}, [], []),
        ({"plan_upload_rate_pct": "67.00"}, ["SHARE_DISAGREES"], []),
        ({"result_upload_rate_pct": "10.00"}, ["SHARE_DISAGREES"], []),
        ({"due_plan_count": None, "plan_upload_rate_pct": "110.00"}, ["MORE_THAN_ALL"], []),
        ({"ads_enterprise_total": 4, "share_of_ads_enterprises_pct": "125.00"}, [], ["ABOVE_100"]),
        ({"output_this_year": "90.00", "output_last_year": "20.00"}, [], ["GREW_MUCH"]),
        ({"output_this_year": "90.00", "output_last_year": "80.00"}, [], []),
        ({"industry_name": None}, ["MISSING"], []),
    ],
)  # fmt: skip
def test_totals_and_shares_agree(changes: dict[str, Any], errors: list[str], hints: list[str]) -> None:
    found = check_sheets([sheet(**changes)], {})
    assert (codes(found.errors), codes(found.hints)) == (errors, hints)


def test_figures_that_fell_since_the_last_report_are_asked_about() -> None:
    found = check_sheets([sheet()], {"智能家电": {"uploaded_plan_count": 3, "participating_enterprise_count": 5}})
    assert codes(found.hints) == ["LOWER_THAN_BEFORE"]


def test_a_report_without_forms_is_none() -> None:
    assert codes(check_sheets([], {}).errors) == ["NO_FORM"]


def test_what_differs_from_the_records_is_kept_and_hinted_at() -> None:
    computed = {"uploaded_plan_count": 3, "plan_upload_rate_pct": "66.67", "participating_enterprise_count": 5}
    found = differences(WHOLE, computed)

    assert found == {"uploaded_plan_count": {"typed": 2, "computed": 3}}
    odd = replace(sheet(), differences={**found, "due_plan_count": {"typed": None, "computed": 1}})
    assert codes(check_sheets([odd], {}).hints) == ["DIFFERS_FROM_RECORDS"] * 2


def test_shares_left_empty_are_worked_out_and_sums_are_those_of_the_forms() -> None:
    found = filled_up({"uploaded_plan_count": 1, "due_plan_count": 16, "plan_upload_rate_pct": None})
    assert found["plan_upload_rate_pct"] == "6.25"
    assert filled_up({"uploaded_plan_count": 1, "due_plan_count": 0}).get("plan_upload_rate_pct") is None
    assert totals([sheet(), sheet(uploaded_plan_count="?")])["uploaded_plan_count"] == 2
    assert set(totals([])) == set(COUNTED)


def test_a_report_is_about_a_half_year_or_a_year() -> None:
    assert (span_of("2020H1").ends_on.isoformat(), span_of("2020").ends_on.isoformat()) == ("2020-06-30", "2020-12-31")
    assert span_of("2020").begins_on.isoformat() == "2020-01-01"
