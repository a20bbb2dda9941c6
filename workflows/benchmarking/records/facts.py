"""The facts of many cases, read set-based: a handful of statements however many cases there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Label, Row, Select, bindparam, func, select

from engine.model import Case
from engine.store.database import Work
from engine.store.schema import cases, organisations
from workflows.benchmarking.facts import EnterpriseFacts, ListFacts, PlanFacts, ProductFacts, ReportFacts
from workflows.benchmarking.model import LabReport, PlatformRecord
from workflows.benchmarking.records import publications, reports, results, trainings
from workflows.benchmarking.records.imports import NOMINATIONS
from workflows.benchmarking.records.schema import (
    imports,
    plan_indicators,
    plan_products,
    plans,
    platform_plans,
    platform_results,
    products,
    test_reports,
)
from workflows.benchmarking.records.sets import WANTED, rows_for

District = tuple[str, int]
"""Campaign and district."""


def enterprise_facts(work: Work, case_ids: Collection[int]) -> dict[int, EnterpriseFacts]:
    """What is on record for each enterprise's active products."""
    rows = list(rows_for(work, _PRODUCTS, case_ids))
    ids = [row.id for row in rows]
    published = publications.of_products(work, ids)
    declared = results.declarations_of(work, ids)
    held = trainings.of_cases(work, case_ids)
    found: dict[int, list[ProductFacts]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(
            ProductFacts(
                name=row.name,
                benchmarks=tuple(one["number"] for one in row.benchmark_standards),
                adopts=row.plan_source == "existing",
                existing_plan_no=row.existing_plan_no,
                plan=_plan(row),
                report=_report(row),
                publication=published.get(row.id),
                result=_platform(row, "result"),
                declarations=declared.get(row.id, ()),
            )
        )
    return {key: EnterpriseFacts(tuple(found[key]), held.get(key, ())) for key in case_ids}


def list_facts(work: Work, held: Sequence[Case], quotas: Mapping[str, int], *, counting: str) -> dict[int, ListFacts]:
    """How full each district's list is; `quotas` go by district code, `counting` is the flow whose cases count."""
    places = {(case.campaign, case.district_id) for case in held}
    counted = {place: _counted(work, place, counting) for place in places}
    files = {place: _files(work, place) for place in places}
    codes = _codes(work, {district for _, district in places})
    return {
        case.id: ListFacts(
            quota=quotas.get(codes[case.district_id], 0),
            counted=counted[case.campaign, case.district_id],
            file_shas=files[case.campaign, case.district_id],
        )
        for case in held
    }


def report_facts(work: Work, case_ids: Collection[int]) -> dict[int, ReportFacts]:
    forms = reports.papers_of(work, case_ids)
    return {key: ReportFacts(forms.get(key)) for key in case_ids}


def _columns(prefix: str, columns: Mapping[str, ColumnElement[Any]]) -> list[Label[Any]]:
    return [column.label(f"{prefix}_{name}") for name, column in columns.items()]


def _product_statement() -> Select[Any]:
    """Each active product with its plan, its report and its platform records, in one row."""
    indicators = select(func.count()).where(plan_indicators.c.plan_id == plans.c.id).correlate(plans).scalar_subquery()
    platform = ("number", "url", "screenshot_sha", "uploaded_on")
    plan = ("id", "title", "drafted_on", "file_sha")
    return (
        select(
            products,
            *_columns("plan", {name: plans.c[name] for name in plan}),
            indicators.label("plan_indicators"),
            *_columns("upload", {name: platform_plans.c[name] for name in platform}),
            *_columns("report", {name: test_reports.c[name] for name in LabReport.__slots__}),
            *_columns("result", {name: platform_results.c[name] for name in platform}),
        )
        .outerjoin(plan_products, plan_products.c.product_id == products.c.id)
        .outerjoin(plans, plans.c.id == plan_products.c.plan_id)
        .outerjoin(platform_plans, platform_plans.c.plan_id == plans.c.id)
        .outerjoin(test_reports, test_reports.c.product_id == products.c.id)
        .outerjoin(platform_results, platform_results.c.product_id == products.c.id)
        .where(products.c.case_id.in_(bindparam(WANTED, expanding=True)), products.c.active)
        .order_by(products.c.case_id, products.c.seq)
    )


_PRODUCTS = _product_statement()


def _plan(row: Row[Any]) -> PlanFacts | None:
    if row.plan_id is None:
        return None
    return PlanFacts(
        row.plan_id,
        row.plan_title,
        row.plan_drafted_on,
        row.plan_file_sha,
        row.plan_indicators,
        _platform(row, "upload"),
    )


def _report(row: Row[Any]) -> LabReport | None:
    if row.report_laboratory is None:
        return None
    return LabReport(**{name: row._mapping[f"report_{name}"] for name in LabReport.__slots__})  # noqa: SLF001


def _platform(row: Row[Any], prefix: str) -> PlatformRecord | None:
    names = PlatformRecord.__slots__
    fields = {name: row._mapping[f"{prefix}_{name}"] for name in names}  # noqa: SLF001
    return None if fields["uploaded_on"] is None else PlatformRecord(**fields)


def _counted(work: Work, place: District, flow: str) -> int:
    """Enterprises with a case that is neither claimed by two districts nor withdrawn, each once."""
    campaign, district_id = place
    return int(
        work.connection.execute(
            select(func.count(cases.c.subject_key.distinct())).where(
                cases.c.campaign == campaign,
                cases.c.flow == flow,
                cases.c.district_id == district_id,
                ~cases.c.claimed,
                cases.c.resume_state.is_(None),
            )
        ).scalar_one()
    )


def _files(work: Work, place: District) -> tuple[str, ...]:
    campaign, district_id = place
    rows = work.connection.execute(
        select(imports.c.file_sha)
        .where(imports.c.campaign == campaign, imports.c.district_id == district_id)
        .where(imports.c.form == NOMINATIONS, imports.c.status == "taken")
        .order_by(imports.c.id)
    )
    return tuple(rows.scalars())


def _codes(work: Work, ids: Collection[int]) -> dict[int, str]:
    rows = work.connection.execute(
        select(organisations.c.id, organisations.c.code).where(organisations.c.id.in_(list(ids)))
    )
    return {row.id: row.code for row in rows}
