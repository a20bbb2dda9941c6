"""The rules of the campaign's steps: every reason at once, and none where there is nothing to say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import ningbo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kinds import Reason, Situation
from engine.model import Case
from engine.words import say
from workflows.benchmarking.facts import (
    SLOTS,
    EnterpriseFacts,
    ListFacts,
    PlanFacts,
    ProductFacts,
    ReportFacts,
)
from workflows.benchmarking.guards import GUARDS
from workflows.benchmarking.kind import benchmarking
from workflows.benchmarking.model import PlatformRecord, Publication, ReportForm, Training
from workflows.benchmarking.plausible import months_before

OPENED = date(2020, 6, 5)
ON = date(2020, 10, 30)
RECORD = PlatformRecord(date(2020, 6, 29), "FA-1")
PLAN = PlanFacts(1, "样例方案", date(2020, 6, 20), "a" * 64, 2, RECORD)
NEW = ProductFacts("衬衫", ("ISO 5077:2007",), adopts=False, existing_plan_no=None, plan=PLAN)
ADOPTING = ProductFacts("西服", (), adopts=True, existing_plan_no="FA-2018-0127")


def case(**changes: object) -> Case:
    opened = Case(
        id=1,
        campaign="ningbo-2020",
        flow="enterprise",
        definition_id=1,
        district_id=2,
        subject_key="enterprise:1",
        subject_name="样例甲有限公司",
        state="nominated",
        version=1,
        claimed=False,
        round=0,
        opened_on=OPENED,
        entered_at=datetime(2020, 6, 5, 1, tzinfo=UTC),
        entered_on=OPENED,
        resume_state=None,
        replaces_id=None,
        replaced_by_id=None,
        proposed_step=None,
        proposed_by=None,
        proposed_at=None,
        proposed_on=None,
        journal_seq=1,
        journal_hash="0" * 64,
    )
    return replace(opened, **changes)


def ask(guard: str, *products: ProductFacts, on: date = ON) -> Reason | None:
    return GUARDS[guard](Situation(case(), EnterpriseFacts(products), ON, on))


def test_a_new_plan_with_benchmark_and_indicator_is_described() -> None:
    assert ask("new_plans_are_described", NEW, ADOPTING) is None


@pytest.mark.parametrize(
    ("product", "said"),
    [
        (replace(NEW, benchmarks=()), "no benchmark standard"),
        (replace(NEW, plan=replace(PLAN, indicators=0)), "no indicator"),
        (replace(NEW, plan=replace(PLAN, drafted_on=date(2020, 10, 31))), "2020-10-31"),
    ],
)
def test_a_new_plan_that_is_not_described_is_named_with_what_it_lacks(product: ProductFacts, said: str) -> None:
    reason = ask("new_plans_are_described", product, ADOPTING)

    assert reason is not None
    assert (reason.code, reason.part) == ("PLAN_INCOMPLETE", "衬衫")
    assert said in english(reason)


def test_all_products_and_all_their_faults_are_named_at_once() -> None:
    other = replace(NEW, name="电扇", benchmarks=(), plan=replace(PLAN, indicators=0))
    reason = ask("new_plans_are_described", replace(NEW, plan=None, benchmarks=()), other)

    assert reason is not None
    assert reason.part == ""
    assert all(word in english(reason) for word in ("衬衫", "电扇", "no benchmark", "no indicator"))


@pytest.mark.parametrize(
    ("guard", "product"),
    [
        ("new_plans_are_described", replace(NEW, plan=None)),
        ("plans_are_on_the_platform", replace(NEW, plan=None)),
        ("plans_are_on_the_platform", replace(NEW, plan=replace(PLAN, platform=None))),
        ("test_reports_are_plausible", NEW),
        ("one_product_qualifies", NEW),
    ],
)
def test_what_is_missing_altogether_is_said_by_the_evidence_and_not_again_by_the_rule(
    guard: str, product: ProductFacts
) -> None:
    assert ask(guard, product) is None


@pytest.mark.parametrize(
    ("guard", "slot"),
    [
        ("new_plans_are_described", "plan_file"),
        ("plans_are_on_the_platform", "platform_record"),
        ("test_reports_are_plausible", "test_report"),
        ("one_product_qualifies", "declaration"),
    ],
)
def test_a_step_with_such_a_rule_asks_for_the_evidence_too(guard: str, slot: str) -> None:
    steps = [step for flow in benchmarking().flows.values() for step in flow.steps if guard in step.guards]

    assert steps
    assert all(slot in step.slots for step in steps)


def test_a_plan_is_on_the_platform_by_the_day_that_counts() -> None:
    late = replace(NEW, plan=replace(PLAN, platform=replace(RECORD, uploaded_on=date(2020, 10, 31))))

    assert ask("plans_are_on_the_platform", NEW) is None
    assert ask("plans_are_on_the_platform", ADOPTING) is None
    reason = ask("plans_are_on_the_platform", late)
    assert reason is not None
    assert reason.code == "PLAN_NOT_UPLOADED"


def test_the_short_way_is_for_those_who_adopt_a_plan_for_every_product() -> None:
    assert ask("every_product_adopts_a_plan", ADOPTING) is None
    assert ask("every_product_adopts_a_plan", ADOPTING, NEW) is not None
    assert ask("every_product_adopts_a_plan", replace(ADOPTING, existing_plan_no=None)) is not None


@pytest.mark.parametrize("conclusion", ["all_better", "partly_better", "all_equal", "partly_lower", "not_met"])
def test_no_conclusion_holds_an_enterprise_up(conclusion: str) -> None:
    report = ningbo.lab_report(date(2020, 10, 20), conclusion=conclusion, file_sha="a" * 64)

    assert ask("test_reports_are_plausible", replace(NEW, report=report)) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"laboratory": ""}, "laboratory"),
        ({"report_no": ""}, "number of the report"),
        ({"cma_no": "12345"}, "12 digits"),
        ({"cma_no": "２０１１２００００００１"}, "12 digits"),
        ({"issued_on": date(2020, 10, 31)}, "after the day"),
        ({"issued_on": date(2019, 6, 4)}, "before the nomination"),
    ],
)
def test_an_implausible_report_is_named_with_what_is_wrong(changes: dict[str, object], said: str) -> None:
    report = ningbo.lab_report(date(2020, 10, 20), **changes)
    reason = ask("test_reports_are_plausible", replace(NEW, report=report))

    assert reason is not None
    assert said in english(reason)


def test_a_report_may_lack_the_certificate_and_be_a_year_older_than_the_nomination() -> None:
    report = ningbo.lab_report(date(2019, 6, 5), cma_no="")

    assert ask("test_reports_are_plausible", replace(NEW, report=report)) is None


def test_evidence_of_a_later_day_does_not_count_from_an_earlier_one() -> None:
    listed = Publication(1, "样例名单", "https://www.example.org", date(2020, 10, 29))
    product = replace(NEW, publication=listed, result=PlatformRecord(ON, "JG-1"))

    assert ask("evidence_is_not_later", product, NEW, replace(NEW, publication=listed)) is None
    reason = ask("evidence_is_not_later", product, on=date(2020, 10, 29))
    assert reason is not None
    assert "衬衫" in english(reason)
    assert "2020-10-30" in english(reason)


@pytest.mark.parametrize("changes", [{"key_area": False}, {"disclosed_on": date(2020, 10, 31)}])
def test_one_product_in_a_key_area_with_its_standard_disclosed_qualifies(changes: dict[str, object]) -> None:
    good = replace(NEW, declarations=(ningbo.declaration(ON),))
    poor = replace(NEW, declarations=(replace(ningbo.declaration(ON), **changes),))

    assert ask("one_product_qualifies", ADOPTING, good) is None
    assert ask("one_product_qualifies", ADOPTING, poor) is not None


@given(counted=st.integers(0, 30), quota=st.integers(0, 30))
def test_a_quota_is_reached_exactly_when_enough_enterprises_count(counted: int, quota: int) -> None:
    reason = GUARDS["quota_is_reached"](Situation(case(flow="nomination_list"), ListFacts(quota, counted), ON, ON))

    assert (reason is None) == (counted >= quota)
    assert reason is None or str(quota - counted) in english(reason)


def test_a_guard_of_one_flow_is_not_asked_about_another() -> None:
    with pytest.raises(TypeError):
        GUARDS["quota_is_reached"](Situation(case(), EnterpriseFacts((NEW,)), ON, ON))
    with pytest.raises(TypeError):
        GUARDS["one_product_qualifies"](Situation(case(), ListFacts(1, 1), ON, ON))


@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), months=st.integers(0, 60))
def test_months_before_a_day_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    before = months_before(day, months)

    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


def test_the_months_before_the_end_of_february_end_in_february() -> None:
    assert months_before(date(2020, 2, 29), 12) == date(2019, 2, 28)
    assert months_before(date(2020, 7, 31), 1) == date(2020, 6, 30)


def test_each_slot_names_the_products_that_lack_it() -> None:
    facts = EnterpriseFacts((NEW, ADOPTING))

    assert facts.missing("plan_file") == ()
    assert facts.missing("test_report") == ("衬衫", "西服")
    assert facts.missing("training_record") == ("",)
    assert EnterpriseFacts((NEW,), (Training(1, "样例宣贯", ON, None, None),)).missing("training_record") == ()


def test_an_enterprise_without_a_product_lacks_everything() -> None:
    facts = EnterpriseFacts(())

    assert {facts.missing(slot) for slot in SLOTS - {"list_file", "report_form"}} == {("",)}


def test_a_list_lacks_its_file_and_a_report_its_form_until_they_are_there() -> None:
    assert ListFacts(3, 3).missing("list_file") == ("",)
    assert ListFacts(3, 3, ("a" * 64,)).missing("list_file") == ()
    assert ReportFacts(None).missing("report_form") == ("",)
    assert ReportFacts(ReportForm("a" * 64, "样例.docx", ON)).missing("report_form") == ()


def english(reason: Reason) -> str:
    return say(reason.sentence, "en")
