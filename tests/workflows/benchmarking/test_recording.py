"""Recording evidence: guarded like stepping, journaled with what was before, and asked by the steps."""

from datetime import date, timedelta

import ningbo
import pytest
from ningbo import CAMPAIGN, PDF, lab_report, row

from engine import audit, planner
from engine.cases import Done
from engine.clock import FixedClock
from engine.decide import Denied
from engine.errors import CaseChanged, Hidden, NotAllowed, NotFound, Refused
from engine.judging import explain
from engine.model import Case, Recorded
from engine.store import journal
from engine.store.database import Database
from workflows.benchmarking.evidence import Upload
from workflows.benchmarking.model import Indicator, PlatformRecord, RunnerStep, Standard
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording import (
    EnterpriseDetails,
    PlanDraft,
    ProductDraft,
    PublicNotice,
    TrainingHeld,
    record_district_training,
    record_plan,
)
from workflows.benchmarking.records import enterprises, plans, products, publications, results, trainings

PNG = ningbo.PNG
OTHER_PDF = Upload("改.pdf", b"%PDF-1.4\n% other\n%%EOF\n")
SPEED = Indicator("转速", "转/分", "higher", "1000", "1500", core=True)
NOISE = Indicator("噪声", "dB(A)", "lower", "65", "60")


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    """For rules that have nothing to do with the kind of database."""
    return ningbo.prepare(sqlite_database, clock)


def told(house: ningbo.Ningbo, case: Case) -> list[Recorded]:
    with house.engine.look() as work:
        return [entry for entry in journal.of_case(work, case.id) if entry.kind == "record"]


def reasons(house: ningbo.Ningbo, case: Case, step: str, login: str = "haishu") -> dict[str, str]:
    with house.engine.work() as work:
        options = explain(house.engine, work, house.actor(login), case.id)
    option = next(one for one in options if one.step.name == step)
    return {f"{reason.code} {reason.part}".strip(): str(reason.sentence) for reason in option.reasons}


def test_an_enterprise_goes_from_its_list_to_leader_candidate_on_its_records(house: ningbo.Ningbo) -> None:
    case = house.published(house.one())
    house.record("record_declaration", case, ningbo.declaration(house.today()))
    answer = house.proposed("nominate_leader", case)

    assert isinstance(answer, Done)
    assert answer.state == "leader_candidate"
    assert not audit.verify(house.engine)


def test_a_step_tells_what_it_rested_on(house: ningbo.Ningbo) -> None:
    case = house.published(house.one())

    with house.engine.look() as work:
        steps = {entry.step: entry.data["evidence"] for entry in journal.of_case(work, case.id) if entry.kind == "step"}
    product = steps["publish"]["products"][0]
    assert product["result"]["number"] == "JG-2020-0001"
    assert product["test_report"]["conclusion"] == "partly_better"
    assert len(product["test_report"]["file_sha"]) == 64
    assert product["publication"]["url"] == "https://www.example.org/list"


def test_every_reason_against_a_step_is_told_at_once(house: ningbo.Ningbo) -> None:
    case = house.one("样例甲有限公司", "衬衫", "西服", benchmark=())
    house.record("record_plan", case, PlanDraft("样例方案", house.today()), named=("衬衫",))

    found = reasons(house, case, "draft_plan")

    assert set(found) == {"EVIDENCE_MISSING 衬衫", "EVIDENCE_MISSING 西服", "PLAN_INCOMPLETE"}


def test_an_enterprise_that_adopts_its_plans_goes_the_short_way_after_its_training(house: ningbo.Ningbo) -> None:
    case = house.one(plan_no="FA-2018-0127")
    assert isinstance(house.step("adopt_plan", case), Denied)
    house.record("record_training", [case.id], TrainingHeld("样例宣贯", house.today()), attendance=PDF)

    answer = house.step("adopt_plan", case)

    assert isinstance(answer, Done)
    assert answer.state == "plan_uploaded"


def test_a_result_below_the_benchmark_is_verified_all_the_same(house: ningbo.Ningbo) -> None:
    case = house.uploaded(house.one())
    house.record("record_test_report", case, lab_report(house.today(), conclusion="not_met"), file=PDF)

    assert isinstance(house.proposed("verify", case), Done)


def test_a_change_is_journaled_with_what_was_before(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.record("record_test_report", case, lab_report(quick.today()), login="laboratory")
    quick.record("record_test_report", case, lab_report(quick.today(), conclusion="all_better"))

    first, second = told(quick, case)
    assert (first.data["what"], first.data["before"], first.data["product"]) == ("test_report", None, "样例产品")
    assert second.data["before"]["conclusion"] == "partly_better"
    assert second.data["after"]["conclusion"] == "all_better"
    assert first.role == "laboratory"


def test_recording_the_same_again_leaves_no_trace(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    for _ in range(2):
        quick.with_plan(case)
        quick.record("record_platform_plan", case, PlatformRecord(quick.today(), "FA-1"), screenshot=PNG)
        quick.record("record_test_report", case, lab_report(quick.today()), file=PDF)
        quick.record("record_training", [case.id], TrainingHeld("样例宣贯", quick.today()), notice=PDF)
        notice = PublicNotice("样例名单", "https://www.example.org", quick.today())
        quick.record("record_publication", [case.id], notice)
        quick.record("record_declaration", case, ningbo.declaration(quick.today()))
        seen = quick.case(case.id).version

    assert quick.case(case.id).version == seen
    kinds = [entry.data["what"] for entry in told(quick, case)]
    assert sorted(kinds) == sorted(set(kinds))


def test_what_a_step_rests_on_changes_only_with_a_reason(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    change = PlatformRecord(quick.today(), "FA-2020-0002")

    with pytest.raises(Refused):
        quick.record("record_platform_plan", case, change)
    done = quick.record("record_platform_plan", case, change, reason="平台编号录错")

    assert done.version > case.version
    assert told(quick, case)[-1].reason == "平台编号录错"


def test_what_a_waiting_proposal_rests_on_changes_only_with_a_reason(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    quick.record("record_test_report", case, lab_report(quick.today()), file=PDF)
    with quick.work("haishu") as work:
        command = ningbo.Command(case_id=case.id, step="verify")
        ningbo.propose(quick.engine, work, quick.actor("haishu"), command)

    with pytest.raises(Refused):
        quick.record("record_test_report", case, lab_report(quick.today(), conclusion="all_equal"))


def test_after_a_send_back_evidence_may_be_mended_without_a_reason(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    quick.step("return_upload", case, login="city", reason="编号有误")

    quick.record("record_platform_plan", case, PlatformRecord(quick.today(), "FA-2020-0002"))

    assert told(quick, case)[-1].data["after"]["number"] == "FA-2020-0002"


def test_whoever_looked_at_an_older_version_is_told(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.record("record_test_report", case, lab_report(quick.today()))

    with pytest.raises(CaseChanged):
        quick.record("record_test_report", case, lab_report(quick.today(), report_no="YL-2"), version=case.version)


@pytest.mark.parametrize(("login", "refusal"), [("cixi", Hidden), ("leader", NotAllowed), ("laboratory", NotAllowed)])
def test_nobody_records_what_is_not_theirs(quick: ningbo.Ningbo, login: str, refusal: type[Exception]) -> None:
    case = quick.one()

    with pytest.raises(refusal):
        quick.record("record_declaration", case, ningbo.declaration(quick.today()), login=login)
    assert told(quick, case) == []


def test_nothing_is_recorded_about_who_has_withdrawn(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.step("withdraw", case, reason="停产")

    with pytest.raises(Refused):
        quick.with_plan(case)


def test_a_plan_shared_by_two_enterprises_is_journaled_in_both(quick: ningbo.Ningbo) -> None:
    first, second = quick.one("样例甲有限公司"), quick.one("样例乙有限公司")
    quick.with_plan(first)
    with quick.engine.look() as work:
        plan = plans.of_district(work, CAMPAIGN, quick.district_id("haishu"))[0]
    quick.record("share_plan", second, plan.id)
    quick.record("record_indicators", second, [SPEED, NOISE], own_values={"转速": "1600"})
    quick.record("record_platform_plan", first, PlatformRecord(quick.today(), "FA-1"))

    assert [entry.data["what"] for entry in told(quick, second)] == [
        "plan_link",
        "indicators",
        "indicator_values",
        "platform_plan",
    ]
    assert [entry.data["what"] for entry in told(quick, first)][-2:] == ["indicators", "platform_plan"]
    with quick.engine.look() as work:
        assert len(plans.of_district(work, CAMPAIGN, quick.district_id("haishu"))) == 1
        own = products.active_of(work, second.id)[0]
        assert plans.values_of(work, plan.id) == {own.id: {"转速": "1600"}}


def test_own_values_stay_with_the_indicator_of_the_same_name(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.with_plan(case)
    quick.record("record_indicators", case, [SPEED, NOISE], own_values={"转速": "1600", "噪声": "58"})
    quick.record("record_indicators", case, [NOISE])

    with quick.engine.look() as work:
        product = products.active_of(work, case.id)[0]
        plan = plans.of_products(work, [product.id])[product.id]
        assert plans.values_of(work, plan.id) == {product.id: {"噪声": "58"}}
        assert plans.indicators_of(work, plan.id) == (NOISE,)


def test_an_own_value_left_empty_is_taken_away(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.with_plan(case)
    quick.record("record_indicators", case, [SPEED], own_values={"转速": "1600"})
    quick.record("record_indicators", case, [SPEED], own_values={"转速": ""})

    with quick.engine.look() as work:
        plan = plans.of_district(work, CAMPAIGN, quick.district_id("haishu"))[0]
        assert plans.values_of(work, plan.id) == {}
    assert told(quick, case)[-1].data["after"] is None


def test_a_product_without_a_plan_has_no_indicators(quick: ningbo.Ningbo) -> None:
    with pytest.raises(Refused):
        quick.record("record_indicators", quick.one(), [SPEED])


def test_a_district_without_enterprises_trains_nobody(quick: ningbo.Ningbo) -> None:
    with pytest.raises(Refused), quick.work("haishu") as work:
        record_district_training(
            quick.engine,
            work,
            quick.actor("haishu"),
            TrainingHeld("样例宣贯", quick.today()),
            campaign=CAMPAIGN,
            district_id=quick.district_id("haishu"),
            attendance=PDF,
        )


def test_describing_an_enterprise_alike_again_leaves_no_trace(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    details = EnterpriseDetails(cluster=" 智能家电 ", honours=("瞪羚企业",))
    first = quick.record("set_enterprise_details", case, details)

    assert quick.record("set_enterprise_details", case, details).version == first.version
    draft = ProductDraft(
        name="样例产品",
        implemented_standards=(Standard("GB/T 2664-2017", "样例标准"),),
        benchmark_standards=(Standard("ISO 12947-2:2016", "样例标准"),),
    )
    assert quick.record("change_product", case, draft).version == first.version
    step = RunnerStep("area_matched", "national", 2020, quick.today())
    again = quick.record("record_runner_step", case, step)
    assert quick.record("record_runner_step", case, step).version == again.version
    record = PlatformRecord(quick.today(), "JG-1")
    kept = quick.record("record_result", case, record)
    assert quick.record("record_result", case, record).version == kept.version


def test_a_form_handed_in_again_unchanged_leaves_no_trace(quick: ningbo.Ningbo) -> None:
    quick.at("2020-07-01")
    planner.plan(quick.engine)
    with quick.engine.look() as work:
        task = next(one for one in ningbo.cases.of_campaign(work, CAMPAIGN, "progress_report"))
    first = quick.record("record_report_form", task, file=PDF, received_on=quick.today())

    assert quick.record("record_report_form", task, file=PDF, received_on=quick.today()).version == first.version


def test_a_plan_of_another_district_does_not_exist(quick: ningbo.Ningbo) -> None:
    theirs = quick.one("样例丙有限公司", district="cixi")
    quick.record("record_plan", theirs, PlanDraft("慈溪样例方案", quick.today()), file=PDF, login="cixi")
    mine = quick.one()

    with pytest.raises(NotFound):
        quick.record("share_plan", mine, 1)


def test_each_product_may_have_its_own_plan(quick: ningbo.Ningbo) -> None:
    case = quick.one("样例甲有限公司", "衬衫", "西服")
    for name in ("衬衫", "西服"):
        quick.record("record_plan", case, PlanDraft(f"{name}方案", quick.today()), file=PDF, named=(name,))
        quick.record("record_indicators", case, [SPEED], product=name)

    assert isinstance(quick.step("draft_plan", case), Done)
    with pytest.raises(Refused):
        quick.record("record_platform_plan", case, PlatformRecord(quick.today(), "FA-1"))


def test_a_revised_plan_keeps_the_file_that_was_not_replaced(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.with_plan(case)
    quick.record("record_plan", case, PlanDraft("样例方案（修订）", quick.today()))

    with quick.engine.look() as work:
        found = plans.of_district(work, CAMPAIGN, quick.district_id("haishu"))
    assert [(plan.title, plan.file_name) for plan in found] == [("样例方案（修订）", "样例.pdf")]


@pytest.mark.parametrize(
    "draft", [PlanDraft("样例方案", date(2020, 5, 16)), PlanDraft("  ", date(2020, 5, 15))], ids=["future", "untitled"]
)
def test_a_plan_has_a_title_and_a_day_that_has_come(quick: ningbo.Ningbo, draft: PlanDraft) -> None:
    with pytest.raises(Refused):
        quick.record("record_plan", quick.one(), draft, file=PDF)


def test_a_product_that_adopts_a_plan_needs_none_of_its_own(quick: ningbo.Ningbo) -> None:
    case = quick.one(plan_no="FA-2018-0127")

    with pytest.raises(Refused):
        quick.with_plan(case)
    draft = ProductDraft(
        name="样例产品",
        implemented_standards=(Standard("GB/T 2664-2017"),),
        benchmark_standards=(Standard("ISO 5077:2007"),),
    )
    quick.record("change_product", case, draft)
    quick.with_plan(case)
    assert isinstance(quick.step("draft_plan", case), Done)


@pytest.mark.parametrize(
    "indicators",
    [[], [SPEED, SPEED], [Indicator(" ", "", "higher", "", "")], [Indicator("转速", "", "faster", "", "")]],
    ids=["none", "twice", "nameless", "direction"],
)
def test_indicators_that_say_nothing_are_refused(quick: ningbo.Ningbo, indicators: list[Indicator]) -> None:
    case = quick.one()
    quick.with_plan(case)

    with pytest.raises(Refused):
        quick.record("record_indicators", case, indicators)
    with pytest.raises(Refused):
        quick.record("record_indicators", case, [SPEED], own_values={"没有的指标": "1"})


@pytest.mark.parametrize(
    "record",
    [
        PlatformRecord(date(2020, 5, 15)),
        PlatformRecord(date(2020, 5, 16), "FA-1"),
        PlatformRecord(date(2020, 5, 15), "9" * 65),
        PlatformRecord(date(2020, 5, 15), url="平台"),
    ],
    ids=["no proof", "future", "long number", "no address"],
)
def test_a_platform_record_proves_something(quick: ningbo.Ningbo, record: PlatformRecord) -> None:
    case = quick.one()
    quick.with_plan(case)

    with pytest.raises(Refused):
        quick.record("record_platform_plan", case, record)
    with pytest.raises(Refused):
        quick.record("record_result", case, record)


def test_a_screenshot_alone_is_proof(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.record("record_result", case, PlatformRecord(quick.today()), screenshot=PNG)

    with quick.engine.look() as work:
        found = results.platform_record(work, products.active_of(work, case.id)[0].id)
    assert found is not None
    assert found.screenshot_sha is not None


def test_a_training_needs_paper_and_a_day_that_has_come(quick: ningbo.Ningbo) -> None:
    case = quick.one()

    with pytest.raises(Refused):
        quick.record("record_training", [case.id], TrainingHeld("样例宣贯", quick.today()))
    late = TrainingHeld("样例宣贯", quick.today() + timedelta(days=1))
    with pytest.raises(Refused):
        quick.record("record_training", [case.id], late, notice=PDF)


def test_a_training_of_the_district_reaches_those_who_take_part_then(quick: ningbo.Ningbo) -> None:
    first = quick.one("样例甲有限公司")
    gone = quick.one("样例乙有限公司")
    quick.step("withdraw", gone, reason="停产")
    with quick.work("haishu") as work:
        record_district_training(
            quick.engine,
            work,
            quick.actor("haishu"),
            TrainingHeld("样例宣贯", quick.today()),
            campaign=CAMPAIGN,
            district_id=quick.district_id("haishu"),
            attendance=PDF,
        )
    late = quick.one("样例丙有限公司")

    with quick.engine.look() as work:
        held = trainings.of_cases(work, [first.id, gone.id, late.id])
    assert {key: len(found) for key, found in held.items()} == {first.id: 1}


def test_a_training_of_another_district_is_nobodys_business(quick: ningbo.Ningbo) -> None:
    quick.one("样例甲有限公司", district="cixi")

    with pytest.raises(Hidden), quick.work("haishu") as work:
        record_district_training(
            quick.engine,
            work,
            quick.actor("haishu"),
            TrainingHeld("样例宣贯", quick.today()),
            campaign=CAMPAIGN,
            district_id=quick.district_id("cixi"),
            attendance=PDF,
        )


def test_a_report_without_its_file_is_recorded_but_proves_nothing(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    quick.record("record_test_report", case, lab_report(quick.today()))

    found = reasons(quick, case, "verify")

    assert set(found) == {"EVIDENCE_MISSING 样例产品"}


def test_the_file_of_a_report_stays_with_its_number_only(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.record("record_test_report", case, lab_report(quick.today()), file=PDF)
    quick.record("record_test_report", case, lab_report(quick.today(), conclusion="all_equal"))
    with quick.engine.look() as work:
        product = products.active_of(work, case.id)[0]
        kept = results.lab_report(work, product.id)
    quick.record("record_test_report", case, lab_report(quick.today(), report_no="YL-2"))
    with quick.engine.look() as work:
        retest = results.lab_report(work, product.id)

    assert kept is not None
    assert kept.file_sha is not None
    assert retest is not None
    assert retest.file_sha is None


@pytest.mark.parametrize("changes", [{"conclusion": "good"}, {"sampling": "found"}])
def test_a_report_uses_the_words_there_are(quick: ningbo.Ningbo, changes: dict[str, str]) -> None:
    with pytest.raises(Refused):
        quick.record("record_test_report", quick.one(), lab_report(quick.today(), **changes))


def test_one_public_list_names_products_of_many_enterprises(quick: ningbo.Ningbo) -> None:
    first, second = quick.one("样例甲有限公司", "衬衫", "西服"), quick.one("样例乙有限公司")
    notice = PublicNotice("样例名单", "https://www.example.org", quick.today())
    quick.record("record_publication", [first.id, second.id], notice)

    with quick.engine.look() as work:
        ids = [one.id for case in (first, second) for one in products.active_of(work, case.id)]
        found = publications.of_products(work, ids)
    assert len(found) == 3
    assert len({one.id for one in found.values()}) == 1


@pytest.mark.parametrize(
    "notice",
    [
        PublicNotice("样例名单", "", date(2020, 5, 15)),
        PublicNotice("样例名单", "ftp://example.org", date(2020, 5, 15)),
        PublicNotice("", "https://www.example.org", date(2020, 5, 15)),
        PublicNotice("样例名单", "https://www.example.org", date(2020, 5, 16)),
    ],
    ids=["no address", "no web address", "untitled", "future"],
)
def test_a_public_list_can_be_looked_up(quick: ningbo.Ningbo, notice: PublicNotice) -> None:
    case = quick.one()

    with pytest.raises(Refused):
        quick.record("record_publication", [case.id], notice)


def test_the_way_to_top_runner_is_recorded_step_by_step(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    for name in ("area_matched", "standard_disclosed", "submitted", "shortlisted", "not_listed"):
        quick.record("record_runner_step", case, RunnerStep(name, "national", 2020, quick.today()), login="city")
    with pytest.raises(Refused):
        quick.record("record_runner_step", case, RunnerStep("listed", "national", 2020, quick.today()))
    listed = RunnerStep("listed", "national", 2020, quick.today())
    quick.record("record_runner_step", case, listed, reason="名单更正")

    with quick.engine.look() as work:
        product = products.active_of(work, case.id)[0]
        found = {one.step for one in results.runner_steps_of(work, [product.id])[product.id]}
    assert found == {"area_matched", "standard_disclosed", "submitted", "shortlisted", "listed"}


@pytest.mark.parametrize("step", [("won", "national"), ("listed", "world")])
def test_the_way_to_top_runner_has_known_steps_and_levels(quick: ningbo.Ningbo, step: tuple[str, str]) -> None:
    with pytest.raises(Refused):
        quick.record("record_runner_step", quick.one(), RunnerStep(*step, 2020, quick.today()))


def test_a_product_comes_in_until_the_plans_are_uploaded(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    draft = ProductDraft(name="西服", implemented_standards=(Standard("GB/T 2664-2017"),), existing_plan_no="FA-1")
    quick.record("add_product", case, draft)
    with pytest.raises(Refused):
        quick.record("add_product", case, draft)
    case = quick.uploaded(case)

    with pytest.raises(Refused):
        quick.record("add_product", case, ProductDraft(name="电扇", implemented_standards=(Standard("GB 1-1"),)))
    quick.step("return_upload", case, login="city", reason="补产品")
    quick.record("add_product", case, ProductDraft(name="电扇", implemented_standards=(Standard("GB 1-1"),)))
    with quick.engine.look() as work:
        assert [one.name for one in products.active_of(work, case.id)] == ["样例产品", "西服", "电扇"]


def test_a_product_needs_a_name_and_a_standard(quick: ningbo.Ningbo) -> None:
    case = quick.one()

    with pytest.raises(Refused):
        quick.record("add_product", case, ProductDraft(name=" ", implemented_standards=(Standard("GB 1-1"),)))
    with pytest.raises(Refused):
        quick.record("add_product", case, ProductDraft(name="西服", implemented_standards=()))


def test_a_dropped_product_stays_on_record_and_may_come_back(quick: ningbo.Ningbo) -> None:
    case = quick.one("样例甲有限公司", "衬衫", "西服")
    quick.record("drop_product", case, product="西服", reason="停产")
    with quick.engine.look() as work:
        assert quick.kind.parts_of(work, case.id) == ("衬衫",)
        assert [one.dropped_reason for one in products.of_cases(work, [case.id])[case.id]] == [None, "停产"]
    with pytest.raises(Refused):
        quick.record("drop_product", case, product="衬衫", reason="停产")

    quick.record("add_product", case, ProductDraft(name="西服", implemented_standards=(Standard("GB/T 2664-2017"),)))
    with quick.engine.look() as work:
        assert quick.kind.parts_of(work, case.id) == ("衬衫", "西服")


def test_a_product_a_step_rests_on_changes_only_with_a_reason(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    draft = ProductDraft(name="样例产品", implemented_standards=(Standard("GB/T 1-2020"),))

    with pytest.raises(Refused):
        quick.record("change_product", case, draft)
    quick.record("change_product", case, draft, reason="标准换版")
    with quick.engine.look() as work:
        assert products.active_of(work, case.id)[0].implemented_standards[0].number == "GB/T 1-2020"


def test_a_product_must_be_named_where_there_are_several(quick: ningbo.Ningbo) -> None:
    case = quick.one("样例甲有限公司", "衬衫", "西服")

    with pytest.raises(Refused):
        quick.record("record_test_report", case, lab_report(quick.today()))
    with pytest.raises(NotFound):
        quick.record("record_test_report", case, lab_report(quick.today()), product="电扇")
    quick.record("record_test_report", case, lab_report(quick.today()), product=" 衬衫 ")


def test_an_enterprise_is_described_with_a_checked_code(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    details = EnterpriseDetails(
        credit_code="91330203xxxxxxx191",
        industry_code="1819",
        cluster="时尚纺织服装",
        honours=("隐形冠军",),
        above_designated_size=True,
    )
    quick.record("set_enterprise_details", case, details)

    with quick.engine.look() as work:
        found = enterprises.by_names(work, [name_key("样例甲有限公司")])
        enterprise = next(iter(found.values()))
    assert (enterprise.credit_code, enterprise.industry_code) == ("91330203XXXXXXX191", "1819")
    assert (enterprise.honours, enterprise.above_designated_size) == (("隐形冠军",), True)


@pytest.mark.parametrize(
    "details",
    [EnterpriseDetails(credit_code="91330203XXXXXXX190"), EnterpriseDetails(industry_code="纺织")],
)
def test_wrong_codes_of_an_enterprise_are_refused(quick: ningbo.Ningbo, details: EnterpriseDetails) -> None:
    with pytest.raises(Refused):
        quick.record("set_enterprise_details", quick.one(), details)


def test_a_credit_code_belongs_to_one_enterprise(house: ningbo.Ningbo) -> None:
    details = EnterpriseDetails(credit_code="91330203XXXXXXX191")
    house.record("set_enterprise_details", house.one("样例甲有限公司"), details)

    with pytest.raises(Refused):
        house.record("set_enterprise_details", house.one("样例乙有限公司"), details)


def test_a_report_form_is_what_a_half_yearly_report_hands_in(house: ningbo.Ningbo) -> None:
    house.at("2020-07-01")
    planner.plan(house.engine)
    with house.engine.look() as work:
        task = next(one for one in ningbo.cases.of_campaign(work, CAMPAIGN, "progress_report"))
    assert isinstance(house.step("hand_in", task), Denied)
    house.record("record_report_form", task, file=PDF, received_on=house.today())

    assert isinstance(house.step("hand_in", task), Done)


def test_a_file_that_proves_nothing_undoes_the_whole_entry(quick: ningbo.Ningbo) -> None:
    case = quick.one()

    with pytest.raises(Refused):
        quick.record("record_plan", case, PlanDraft("样例方案", quick.today()), file=Upload("方案.pdf", b"<html>"))
    with quick.engine.look() as work:
        assert plans.of_district(work, CAMPAIGN, quick.district_id("haishu")) == ()
    assert told(quick, case) == []


def test_facts_of_many_enterprises_are_those_of_each(house: ningbo.Ningbo) -> None:
    rows = [row(5 + n, f"样例{n}号有限公司", f"产品{n}") for n in range(5)]
    opened = house.send(*rows).opened
    house.published(opened[2])

    with house.engine.look() as work:
        held = [ningbo.cases.get(work, case.id) for case in opened]
        together = house.kind.facts(work, held)
        alone = {case.id: house.kind.facts(work, [case])[case.id] for case in held}
    assert together == alone
    assert together[opened[2].id].missing("result_record") == ()
    assert together[opened[1].id].missing("result_record") == ("产品1",)


def test_a_plan_may_be_written_by_the_institute(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    with quick.work("institute") as work:
        record_plan(
            quick.engine,
            work,
            quick.actor("institute"),
            case.id,
            PlanDraft("样例方案", quick.today()),
            file=OTHER_PDF,
        )

    assert told(quick, case)[0].role == "institute"
