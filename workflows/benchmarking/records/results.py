"""What is on record about a product's result: test report, publication, platform record, declarations, Top Runner."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select

from engine.store.database import Work, insert_id, upsert
from workflows.benchmarking.model import (
    Declaration,
    LabReport,
    PlatformRecord,
    Publication,
    ReportForm,
    RunnerStep,
)
from workflows.benchmarking.records.schema import (
    declarations,
    platform_results,
    publication_entries,
    publications,
    report_forms,
    runner_steps,
    test_reports,
)
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


def add_publication(work: Work, fields: Mapping[str, Any]) -> int:
    return insert_id(work, publications, {**fields, "recorded_at": work.now})


def same_publication(work: Work, fields: Mapping[str, Any]) -> int | None:
    """A list already on record with the same words, day, address and paper."""
    names = ("campaign", "district_id", "title", "url", "published_on", "file_sha")
    where = (publications.c[name].is_not_distinct_from(fields[name]) for name in names)
    return work.connection.execute(select(publications.c.id).where(*where).limit(1)).scalar_one_or_none()


def publications_of(work: Work, product_ids: Collection[int]) -> dict[int, Publication]:
    """The public list that names each product."""
    statement = (
        select(publication_entries.c.product_id, publications)
        .join(publications, publications.c.id == publication_entries.c.publication_id)
        .where(publication_entries.c.product_id.in_(bindparam(WANTED, expanding=True)))
    )
    return {
        row.product_id: Publication(**_fields(row, Publication.__slots__))
        for row in rows_for(work, statement, product_ids)
    }


def enter_in_publication(work: Work, publication_id: int, product_ids: Collection[int]) -> None:
    for product_id in product_ids:
        upsert(work, publication_entries, {"product_id": product_id, "publication_id": publication_id})


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


def report_forms_of(work: Work, case_ids: Collection[int]) -> dict[int, ReportForm]:
    statement = select(report_forms).where(report_forms.c.case_id.in_(bindparam(WANTED, expanding=True)))
    return {
        row.case_id: ReportForm(**_fields(row, ReportForm.__slots__)) for row in rows_for(work, statement, case_ids)
    }


def keep_report_form(work: Work, case_id: int, form: ReportForm) -> None:
    upsert(work, report_forms, {"case_id": case_id, **asdict(form), "recorded_at": work.now})


def _one(work: Work, table: Table, product_id: int) -> Row[Any] | None:
    return work.connection.execute(select(table).where(table.c.product_id == product_id)).one_or_none()


def _fields(row: Row[Any], names: Collection[str]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in names}  # noqa: SLF001 - the public name of a row's columns
