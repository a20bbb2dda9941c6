"""What districts do for one enterprise, step by step, with sample evidence and through the same use cases as people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from console.rehearsal import samples
from engine.access import Actor
from engine.cases import Answer, advance
from engine.core import Engine
from engine.decide import Denied
from engine.errors import Refused
from engine.judging import Command
from engine.model import Case
from engine.proposals import propose
from engine.store import organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import (
    Conclusion,
    Declaration,
    Indicator,
    LabReport,
    PlatformRecord,
    Product,
    RunnerStep,
)
from workflows.benchmarking.recording.leaders import record_declaration, record_runner_step
from workflows.benchmarking.recording.plans import PlanDraft, record_indicators, record_plan, record_platform_plan
from workflows.benchmarking.recording.publications import PublicNotice, record_publication
from workflows.benchmarking.recording.results import (
    TrainingHeld,
    record_result,
    record_test_report,
    record_training,
)
from workflows.benchmarking.records import products

LABORATORY: Final = "市产品质量检验检测研究院"
CMA: Final = "201100000000"
"""Twelve digits that no laboratory has."""
CONCLUSIONS: Final[tuple[Conclusion, ...]] = (
    "partly_better",
    "all_equal",
    "partly_better",
    "all_better",
    "partly_lower",
    "partly_better",
    "all_equal",
    "not_met",
)
"""Shares of outcomes much like those the Administration reported; none of them blocks a case."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody of a district at work on one enterprise on one day."""

    engine: Engine
    work: Work
    actor: Actor
    case: Case
    on: date

    @property
    def products(self) -> Sequence[Product]:
        return products.active_of(self.work, self.case.id)


def draft(hand: Hand) -> None:
    """Write the plans of the products that need one, with their indicators."""
    for product in hand.products:
        if product.plan_source == "existing":
            continue
        title = f"{product.name}对标技术方案"
        file = samples.pdf(
            title, title, [f"企业：{hand.case.subject_name}", f"产品：{product.name}", "关键指标见附表。"]
        )
        plan = PlanDraft(title=title, drafted_on=hand.on, drafted_by=hand.actor.name)
        record_plan(hand.engine, hand.work, hand.actor, hand.case.id, plan, file=file, named=[product.id])
        record_indicators(
            hand.engine,
            hand.work,
            hand.actor,
            hand.case.id,
            _INDICATORS,
            product=product.id,
            own_values=_OWN_VALUES,
        )
    step(hand, "draft_plan")


def upload(hand: Hand) -> None:
    """Record the plans' numbers on the platform and the training, and take the step."""
    for product in hand.products:
        if product.plan_source == "existing":
            continue
        number = f"FA-2020-{product.id:04d}"
        record_platform_plan(
            hand.engine,
            hand.work,
            hand.actor,
            hand.case.id,
            PlatformRecord(uploaded_on=hand.on, number=number),
            product=product.id,
            screenshot=samples.png(f"平台方案{number}", number),
        )
    _train(hand)
    step(hand, "adopt_plan" if adopts(hand) else "upload_plan")


def verify(hand: Hand) -> None:
    """Have the products tested and propose the step; the level above confirms it."""
    for product in hand.products:
        number = f"样检字{hand.on.year}-{product.id:05d}"
        report = LabReport(
            laboratory=LABORATORY,
            cma_no=CMA,
            report_no=number,
            issued_on=hand.on,
            sampling="sampled" if product.id % 3 else "submitted",
            conclusion=CONCLUSIONS[product.id % len(CONCLUSIONS)],
        )
        file = samples.pdf(f"检测报告{product.id}", "检测报告", [f"编号：{number}", f"产品：{product.name}"])
        record_test_report(hand.engine, hand.work, hand.actor, hand.case.id, report, product=product.id, file=file)
    step(hand, "verify", ask=True)


def publish(hand: Hand) -> None:
    """Record the public list and the results on the platform, and propose the step."""
    title = f"{hand.case.subject_name}对标达标结果公布"
    notice = PublicNotice(title=title, url=f"http://gongbu.lingpao.example/{hand.case.id}", published_on=hand.on)
    record_publication(hand.engine, hand.work, hand.actor, [hand.case.id], notice)
    for product in hand.products:
        number = f"JG-2020-{product.id:05d}"
        record_result(
            hand.engine,
            hand.work,
            hand.actor,
            hand.case.id,
            PlatformRecord(uploaded_on=hand.on, number=number),
            product=product.id,
            screenshot=samples.png(f"平台结果{number}", number),
        )
    step(hand, "publish", ask=True)


def lead(hand: Hand) -> None:
    """Record that the standard is disclosed and lies in a key area, and propose the candidate."""
    product = hand.products[0]
    standard = product.implemented_standards[0]
    declaration = Declaration(
        standard_no=standard.number,
        title=standard.title,
        disclosed_on=hand.on,
        url=f"http://qybz.lingpao.example/{product.id}",
        key_area=True,
    )
    record_declaration(hand.engine, hand.work, hand.actor, hand.case.id, declaration, product=product.id)
    submitted = RunnerStep(step="submitted", level="national", year=hand.on.year, reached_on=hand.on)
    record_runner_step(hand.engine, hand.work, hand.actor, hand.case.id, submitted, product=product.id)
    step(hand, "nominate_leader", ask=True)


def step(hand: Hand, name: str, *, ask: bool = False, reason: str | None = None) -> None:
    """Take or propose a step; a refusal here is a fault of the script, told with every reason."""
    command = Command(case_id=hand.case.id, step=name, reason=reason)
    answer: Answer = (propose if ask else advance)(hand.engine, hand.work, hand.actor, command)
    if isinstance(answer, Denied):
        told = tuple(reason.sentence for reason in answer.reasons)
        raise Refused(
            tr("{name}: {step} on {on}: {told}", name=hand.case.subject_name, step=name, on=hand.on, told=told)
        )


def adopts(hand: Hand) -> bool:
    return all(product.plan_source == "existing" for product in hand.products)


def hand_of(engine: Engine, work: Work, case: Case) -> Hand:
    """The district's coordinator at work on a case today."""
    today = engine.today(work)
    code = organisations.get(work, case.district_id).code
    return Hand(engine, work, people.actor(work, code, today), case, today)


def _train(hand: Hand) -> None:
    words = [f"培训对象：{hand.case.subject_name}", f"日期：{hand.on.isoformat()}"]
    notice = samples.pdf(f"宣贯培训通知{hand.case.id}", "对标技术方案宣贯培训通知", words)
    training = TrainingHeld(topic="对标技术方案宣贯", held_on=hand.on)
    record_training(hand.engine, hand.work, hand.actor, [hand.case.id], training, notice=notice)


_INDICATORS: Final = (
    Indicator("主要性能指标", "%", "higher", "95", "97", core=True),
    Indicator("可靠性指标", "h", "higher", "1000", "1200", core=True),
    Indicator("有害物质限量", "mg/kg", "lower", "100", "90", core=True),
)
_OWN_VALUES: Final = {"主要性能指标": "97.5", "可靠性指标": "1200", "有害物质限量": "80"}
DEEDS: Final = {"draft": draft, "upload": upload, "verify": verify, "publish": publish, "leader": lead}
