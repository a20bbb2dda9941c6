"""What stands on the national platform from a list: plans with all the products they serve, and results of products."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from engine.model import Case
from engine.store import cases
from engine.store.database import Work
from workflows.benchmarking.bringing.deeds import Deed, Situation, Told
from workflows.benchmarking.bringing.matching import Denial, Place, with_products
from workflows.benchmarking.model import CONCLUSIONS, LabReport, Plan, PlatformRecord
from workflows.benchmarking.recording.changes import DISTRICT, PLANNERS, Change
from workflows.benchmarking.records import plans, together
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds.platform import PLATFORM_PLANS, RESULTS
from workflows.benchmarking.roster.report import RosterRow
from workflows.benchmarking.roster.sentences import Wording

_ADOPTS: Final = Wording(
    "该产品直接使用平台现有方案（{detail}），没有自己的方案可登记。", "请删去这一行，或先更改产品。"
)
_NO_PLAN: Final = Wording("产品“{detail}”还没有技术方案。", "请先登记方案，再填报它在平台上的编号。")
_DISAGREES: Final = Wording("对标结论与检验报告的不一致：{detail}。", "请核对；确需更改的，先更改检验报告。")
NOT_KEPT: Final = "还没有检验报告，所填结论没有登记"


@dataclass(frozen=True, slots=True)
class PlatformPlans:
    """Plans on the platform; one that several enterprises share is told in the journal of each."""

    form: Form = PLATFORM_PLANS
    roles: Sequence[str] = PLANNERS
    of_products: bool = True

    def judge(self, situation: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        work = situation.work
        about = with_products(places)
        found = plans.of_products(work, [product.id for _, product in about])
        ids = {plan.id for plan in found.values()}
        known, served = together.platform_plans(work, ids), _held(work, ids)
        for place, product in about:
            plan = found.get(product.id)
            if product.plan_source == "existing":
                number = product.existing_plan_no or ""
                yield Denial(place.number, "plan_no", "PLAN_ADOPTED", _ADOPTS, number)
            elif plan is None:
                yield Denial(place.number, "product_name", "PLAN_NOT_RECORDED", _NO_PLAN, product.name)
            else:
                yield _plan_deed(place, plan, known.get(plan.id), served.get(plan.id, (place.case,)))

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        together.keep_platform_plans(work, {deed.key: deed.record for deed in deeds})


@dataclass(frozen=True, slots=True)
class PlatformResults:
    """Results on the platform; a conclusion beside them must be that of the test report."""

    form: Form = RESULTS
    roles: Sequence[str] = DISTRICT
    of_products: bool = True

    def judge(self, situation: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        about = with_products(places)
        ids = [product.id for _, product in about]
        known, tested = together.platform_results(situation.work, ids), together.lab_reports(situation.work, ids)
        for place, product in about:
            report = tested.get(product.id)
            wrong = _disagreement(place, report)
            if wrong is not None:
                yield wrong
                continue
            before = known.get(product.id)
            after = _record(place.row, "result", before)
            yield Deed(
                place=place,
                change=Change(what="result", before=before, after=after, slot="result_record", product=product.name),
                key=product.id,
                record=after,
                was=_told("result", before) if before else {},
                now=_told("result", after),
                cases=(place.case,),
                changes=before != after,
                note=NOT_KEPT if place.row.values.get("conclusion") and report is None else "",
            )

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        together.keep_platform_results(work, {deed.key: deed.record for deed in deeds})


def _held(work: Work, plan_ids: set[int]) -> Mapping[int, tuple[Case, ...]]:
    """The cases that each plan serves, held like those of the list."""
    serving = together.cases_of_plans(work, plan_ids)
    held = cases.lock(work, sorted({key for keys in serving.values() for key in keys}))
    return {plan: tuple(held[key] for key in keys) for plan, keys in serving.items()}


def _plan_deed(place: Place, plan: Plan, before: PlatformRecord | None, served: tuple[Case, ...]) -> Deed:
    after = _record(place.row, "plan", before)
    return Deed(
        place=place,
        change=Change(what="platform_plan", before=before, after=after, slot="platform_record", roles=PLANNERS),
        key=plan.id,
        record=after,
        was=_told("plan", before) if before else {},
        now=_told("plan", after),
        cases=served,
        changes=before != after,
    )


def _record(row: RosterRow, kind: str, before: PlatformRecord | None) -> PlatformRecord:
    """An empty cell leaves number, address and screenshot as they are on record."""
    number, url = row.values.get(f"{kind}_no"), row.values.get(f"{kind}_url")
    # a row without its day has been refused before
    day = cast("date", row.values["uploaded_on"])
    known = before or PlatformRecord(day)
    return PlatformRecord(
        day, str(number) if number else known.number, str(url) if url else known.url, known.screenshot_sha
    )


def _told(kind: str, record: PlatformRecord) -> Told:
    return {f"{kind}_no": record.number, f"{kind}_url": record.url, "uploaded_on": record.uploaded_on}


def _disagreement(place: Place, report: LabReport | None) -> Denial | None:
    said = place.row.values.get("conclusion")
    if not isinstance(said, str) or report is None or said == report.conclusion:
        return None
    told = f"填的是“{CONCLUSIONS[said]['zh']}”，报告是“{CONCLUSIONS[report.conclusion]['zh']}”"
    return Denial(place.number, "conclusion", "CONCLUSION_DISAGREES", _DISAGREES, told)
