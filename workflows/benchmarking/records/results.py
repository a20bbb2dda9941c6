"""What is on record about a product's result: test report, platform record, declarations, Top Runner."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select

from engine.store.database import Work, upsert
from workflows.benchmarking.model import Declaration, LabReport, PlatformRecord, RunnerStep
from workflows.benchmarking.records.schema import declarations, platform_results, runner_steps, test_reports
from workflows.benchmarking.records.sets import WANTED, rows_for


def lab_report(work: Work, product_id: int) -> LabReport | None:
    row = _one(work, test_reports, product_id)
    return None if row is None else LabReport(**_fields(row, LabReport.__slots__))


def keep_lab_report(work: Work, product_id: int, report: LabReport) -> None:
    upsert(work, test_reports, {"product_id": product_id, **asdict(report), "recorded_at": work.now})


def platform_record(work: Work, product_id: int) -> PlatformRecord | None:
    row = _one(work, platform_results, product_id)
    return None if row is None else PlatformRecord(row.uploaded_on, row.number, row.url, row.screenshot_sha)


def keep_platform_record(work: Work, product_id: int, record: PlatformRecord) -> None:
    upsert(work, platform_results, {"product_id": product_id, **asdict(record), "recorded_at": work.now})


def declarations_of(work: Work, product_ids: Collection[int]) -> dict[int, tuple[Declaration, ...]]:
    statement = (
        select(declarations)
        .where(declarations.c.product_id.in_(bindparam(WANTED, expanding=True)))
        .order_by(declarations.c.product_id, declarations.c.disclosed_on, declarations.c.standard_no)
    )
    found: dict[int, tuple[Declaration, ...]] = {}
    for row in rows_for(work, statement, product_ids):
        one = Declaration(**_fields(row, Declaration.__slots__))
        found[row.product_id] = (*found.get(row.product_id, ()), one)
    return found


def keep_declaration(work: Work, product_id: int, declaration: Declaration) -> None:
    upsert(work, declarations, {"product_id": product_id, **asdict(declaration), "recorded_at": work.now})


def runner_steps_of(work: Work, product_ids: Collection[int]) -> dict[int, tuple[RunnerStep, ...]]:
    """The way to Top Runner of each product, oldest first."""
    statement = (
        select(runner_steps)
        .where(runner_steps.c.product_id.in_(bindparam(WANTED, expanding=True)))
        .order_by(runner_steps.c.product_id, runner_steps.c.reached_on, runner_steps.c.recorded_at)
    )
    found: dict[int, tuple[RunnerStep, ...]] = {}
    for row in rows_for(work, statement, product_ids):
        found[row.product_id] = (*found.get(row.product_id, ()), RunnerStep(**_fields(row, RunnerStep.__slots__)))
    return found


def keep_runner_step(work: Work, product_id: int, step: RunnerStep) -> None:
    upsert(work, runner_steps, {"product_id": product_id, **asdict(step), "recorded_at": work.now})


def drop_runner_step(work: Work, product_id: int, step: RunnerStep) -> None:
    """Take away an outcome that was wrong; the journal keeps it."""
    table = runner_steps
    same = (table.c[name] == getattr(step, name) for name in ("level", "year", "step"))
    work.connection.execute(delete(table).where(table.c.product_id == product_id, *same))


def _one(work: Work, table: Table, product_id: int) -> Row[Any] | None:
    return work.connection.execute(select(table).where(table.c.product_id == product_id)).one_or_none()


def _fields(row: Row[Any], names: Collection[str]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in names}  # noqa: SLF001 - the public name of a row's columns
