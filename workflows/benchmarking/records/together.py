"""Many records read and written at once, for lists: what stands about products, plans and enterprises."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from engine.store.database import Work
from workflows.benchmarking.model import LabReport, PlatformRecord
from workflows.benchmarking.records.schema import (
    enterprises,
    plan_products,
    products,
    test_reports,
)
from workflows.benchmarking.records.schema import platform_plans as _plans
from workflows.benchmarking.records.schema import platform_results as _results
from workflows.benchmarking.records.sets import WANTED, overwrite, rows_for


def lab_reports(work: Work, product_ids: Collection[int]) -> dict[int, LabReport]:
    """The report that counts for each product that has one."""
    statement = select(test_reports).where(test_reports.c.product_id.in_(bindparam(WANTED, expanding=True)))
    names = LabReport.__slots__
    return {
        row.product_id: LabReport(**{name: row._mapping[name] for name in names})  # noqa: SLF001
        for row in rows_for(work, statement, product_ids)
    }


def keep_lab_reports(work: Work, reports: Mapping[int, LabReport]) -> None:
    overwrite(
        work,
        test_reports,
        [{"product_id": key, **asdict(report), "recorded_at": work.now} for key, report in reports.items()],
    )


def platform_results(work: Work, product_ids: Collection[int]) -> dict[int, PlatformRecord]:
    """What each product's result has on the national platform."""
    statement = select(_results).where(_results.c.product_id.in_(bindparam(WANTED, expanding=True)))
    return {row.product_id: _record(row) for row in rows_for(work, statement, product_ids)}


def keep_platform_results(work: Work, records: Mapping[int, PlatformRecord]) -> None:
    rows = [{"product_id": key, **asdict(one), "recorded_at": work.now} for key, one in records.items()]
    overwrite(work, _results, rows)


def platform_plans(work: Work, plan_ids: Collection[int]) -> dict[int, PlatformRecord]:
    """What each plan has on the national platform."""
    statement = select(_plans).where(_plans.c.plan_id.in_(bindparam(WANTED, expanding=True)))
    return {row.plan_id: _record(row) for row in rows_for(work, statement, plan_ids)}


def keep_platform_plans(work: Work, records: Mapping[int, PlatformRecord]) -> None:
    rows = [{"plan_id": key, **asdict(one), "recorded_at": work.now} for key, one in records.items()]
    overwrite(work, _plans, rows)


def cases_of_plans(work: Work, plan_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Cases with an active product that each plan serves, in order."""
    statement = (
        select(plan_products.c.plan_id, products.c.case_id)
        .join(products, products.c.id == plan_products.c.product_id)
        .where(plan_products.c.plan_id.in_(bindparam(WANTED, expanding=True)), products.c.active)
        .distinct()
        .order_by(plan_products.c.plan_id, products.c.case_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows_for(work, statement, plan_ids):
        found[row.plan_id].append(row.case_id)
    return {key: tuple(ids) for key, ids in found.items()}


def owners_of(work: Work, codes: Collection[str]) -> dict[str, int]:
    """Whose each credit code is, in whatever district."""
    statement = select(enterprises.c.credit_code, enterprises.c.id).where(
        enterprises.c.credit_code.in_(bindparam(WANTED, expanding=True))
    )
    return {row.credit_code: row.id for row in rows_for(work, statement, codes)}


def change_enterprises(work: Work, changed: Mapping[int, Mapping[str, Any]]) -> None:
    """Write columns of many enterprises; those that change the same columns go together, and their versions rise."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, fields in changed.items():
        values = {f"b_{name}": list(one) if isinstance(one, tuple) else one for name, one in fields.items()}
        groups[tuple(sorted(fields))].append({"b_id": key, **values})
    for names, rows in groups.items():
        values = {name: bindparam(f"b_{name}") for name in names}
        statement = update(enterprises).where(enterprises.c.id == bindparam("b_id"))
        work.connection.execute(statement.values(**values, version=enterprises.c.version + 1), rows)


def _record(row: Row[Any]) -> PlatformRecord:
    return PlatformRecord(row.uploaded_on, row.number, row.url, row.screenshot_sha)
