"""What the records know for the half-yearly form: a district's figures by industry at the end of a period."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from engine.model import Case
from engine.store import cases, definitions
from engine.store.database import Work
from workflows.benchmarking import industries
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import FLOW, enterprise_id_of
from workflows.benchmarking.records.schema import (
    plan_products,
    platform_plans,
    platform_results,
    products,
    runner_steps,
    test_reports,
)
from workflows.benchmarking.records.sets import WANTED, rows_for
from workflows.benchmarking.records.standings import stood_at

CANDIDATE = "leader_candidate"


@dataclass(frozen=True, slots=True)
class _Reach:
    """The last day that counts, and the first day of the period itself."""

    begins_on: date
    ends_on: date

    def counts(self, day: date | None) -> bool:
        return day is not None and day <= self.ends_on

    def within(self, day: date | None) -> bool:
        return day is not None and self.begins_on <= day <= self.ends_on


@dataclass(slots=True)
class _Tally:
    """Distinct things counted from the beginning, and those of the period alone."""

    all: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    new: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: str, what: Any, day: date | None, reach: _Reach) -> None:
        if reach.counts(day):
            self.all[key].add(what)
        if reach.within(day):
            self.new[key].add(what)


def industry_of(enterprise: Enterprise) -> str:
    """The industry whose form an enterprise belongs to: its cluster of the plan, else its division of GB/T 4754."""
    if enterprise.cluster:
        return enterprise.cluster
    found = industries.division(enterprise.industry_code)
    return found.name if found else ""


def figures_of(
    work: Work, case: Case, *, begins_on: date, ends_on: date, cutoff: datetime
) -> dict[str, dict[str, Any]]:
    """By industry, the figures at the end of the period, and under `within` those of the period alone."""
    reach = _Reach(begins_on, ends_on)
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    taking_part = _taking_part(work, case, cutoff)
    known = enterprises.by_ids(work, {enterprise_id_of(one) for one, _ in taking_part.values()})
    places: dict[int, str] = {}
    for key, (one, state) in taking_part.items():
        enterprise = known[enterprise_id_of(one)]
        places[key] = industry_of(enterprise)
        tally = tallies[places[key]]
        tally.add("participating_enterprise_count", enterprise.id, one.opened_on, reach)
        if state == CANDIDATE:
            day = one.entered_on if one.state == CANDIDATE else ends_on
            tally.add("leader_candidate_count", enterprise.id, day, reach)
    for row in rows_for(work, _PRODUCTS, places):
        _count_product(tallies[places[row.case_id]], row, reach)
    _count_listed(work, tallies, places, reach)
    return {industry: _figures(tally) for industry, tally in sorted(tallies.items(), key=_official_order)}


def _taking_part(work: Work, case: Case, cutoff: datetime) -> dict[int, tuple[Case, str]]:
    """The district's enterprises that took part at the cut-off, with their state then."""
    own = {one.id: one for one in cases.of_campaign(work, case.campaign, FLOW, district_id=case.district_id)}
    line = set(definitions.latest(work, FLOW)[1].line)
    return {
        one.case_id: (own[one.case_id], one.state)
        for one in stood_at(work, case.campaign, cutoff)
        if one.case_id in own and one.state in line
    }


_PRODUCTS = (
    select(
        products.c.id,
        products.c.case_id,
        products.c.plan_source,
        plan_products.c.plan_id,
        platform_plans.c.uploaded_on.label("plan_on"),
        platform_results.c.uploaded_on.label("result_on"),
        test_reports.c.issued_on.label("tested_on"),
        test_reports.c.file_sha,
    )
    .outerjoin(plan_products, plan_products.c.product_id == products.c.id)
    .outerjoin(platform_plans, platform_plans.c.plan_id == plan_products.c.plan_id)
    .outerjoin(platform_results, platform_results.c.product_id == products.c.id)
    .outerjoin(test_reports, test_reports.c.product_id == products.c.id)
    .where(products.c.case_id.in_(bindparam(WANTED, expanding=True)), products.c.active)
)


def _count_product(tally: _Tally, row: Row[Any], reach: _Reach) -> None:
    """A plan that serves several products is one plan; a new product without a plan is one plan that is still due."""
    if row.plan_source == "new":
        plan = ("plan", row.plan_id) if row.plan_id else ("product", row.id)
        tally.add("due_plan_count", plan, reach.ends_on, reach)
        tally.add("uploaded_plan_count", plan, row.plan_on, reach)
    tally.add("due_result_count", row.id, reach.ends_on, reach)
    tally.add("uploaded_result_count", row.id, row.result_on, reach)
    if row.file_sha:
        tally.add("comparison_report_count", row.id, row.tested_on, reach)


def _count_listed(work: Work, tallies: Mapping[str, _Tally], places: Mapping[int, str], reach: _Reach) -> None:
    wanted = (
        select(products.c.case_id, runner_steps.c.product_id, runner_steps.c.reached_on)
        .join(runner_steps, runner_steps.c.product_id == products.c.id)
        .where(
            products.c.case_id.in_(bindparam(WANTED, expanding=True)),
            products.c.active,
            runner_steps.c.step == "listed",
        )
    )
    for row in rows_for(work, wanted, places):
        tallies[places[row.case_id]].add("listed_count", row.product_id, row.reached_on, reach)


def _figures(tally: _Tally) -> dict[str, Any]:
    return _sizes(tally.all) | {"within": _sizes(tally.new)}


def _sizes(found: Mapping[str, Collection[Any]]) -> dict[str, Any]:
    return {key: len(found.get(key, ())) for key in _KEYS}


_KEYS = (
    "participating_enterprise_count",
    "due_plan_count",
    "uploaded_plan_count",
    "due_result_count",
    "uploaded_result_count",
    "comparison_report_count",
    "leader_candidate_count",
    "listed_count",
)


def _official_order(pair: tuple[str, _Tally]) -> tuple[bool, str]:
    """Named industries first, in the order of their names; enterprises of none last."""
    return (not pair[0], pair[0])
