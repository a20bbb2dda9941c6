"""Which kept files belong to a case: evidence about its products, its trainings and report, or the lists of a task."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, literal, select, union_all

from engine.model import Case
from engine.store.database import Work
from workflows.benchmarking.records.schema import (
    imports,
    plan_products,
    plans,
    platform_plans,
    platform_results,
    products,
    publication_entries,
    publications,
    report_forms,
    test_reports,
    training_cases,
    trainings,
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of a case: which evidence it is, the product it is about, and its name, empty where none was given."""

    what: str
    product: str
    name: str
    sha256: str


def of_case(work: Work, case: Case) -> tuple[CaseFile, ...]:
    """All files of a case, each as often as it serves."""
    parts = [*_about_products(case.id), *_about_the_case(case.id)]
    if case.flow == "nomination_list":
        parts.append(_lists(case))
    rows = work.connection.execute(union_all(*parts))
    return tuple(CaseFile(row[0], row[1], row[2] or "", row[3]) for row in rows)


def _about_products(case_id: int) -> list[Select[Any]]:
    planned = (
        select(literal("plan"), products.c.name, plans.c.file_name, plans.c.file_sha)
        .join(plan_products, plan_products.c.product_id == products.c.id)
        .join(plans, plans.c.id == plan_products.c.plan_id)
        .where(products.c.case_id == case_id, plans.c.file_sha.is_not(None))
    )
    uploaded = (
        select(literal("platform_plan"), products.c.name, literal(""), platform_plans.c.screenshot_sha)
        .join(plan_products, plan_products.c.product_id == products.c.id)
        .join(platform_plans, platform_plans.c.plan_id == plan_products.c.plan_id)
        .where(products.c.case_id == case_id, platform_plans.c.screenshot_sha.is_not(None))
    )
    tested = (
        select(literal("test_report"), products.c.name, test_reports.c.file_name, test_reports.c.file_sha)
        .join(test_reports, test_reports.c.product_id == products.c.id)
        .where(products.c.case_id == case_id, test_reports.c.file_sha.is_not(None))
    )
    published = (
        select(literal("publication"), products.c.name, literal(""), publications.c.file_sha)
        .join(publication_entries, publication_entries.c.product_id == products.c.id)
        .join(publications, publications.c.id == publication_entries.c.publication_id)
        .where(products.c.case_id == case_id, publications.c.file_sha.is_not(None))
    )
    shown = (
        select(literal("result"), products.c.name, literal(""), platform_results.c.screenshot_sha)
        .join(platform_results, platform_results.c.product_id == products.c.id)
        .where(products.c.case_id == case_id, platform_results.c.screenshot_sha.is_not(None))
    )
    return [planned, uploaded, tested, published, shown]


def _about_the_case(case_id: int) -> list[Select[Any]]:
    held = [
        select(literal(what), literal(""), literal(""), column)
        .select_from(trainings)
        .join(training_cases, training_cases.c.training_id == trainings.c.id)
        .where(training_cases.c.case_id == case_id, column.is_not(None))
        for what, column in (
            ("training_notice", trainings.c.notice_sha),
            ("training_attendance", trainings.c.attendance_sha),
        )
    ]
    form = select(literal("report_form"), literal(""), report_forms.c.file_name, report_forms.c.file_sha)
    return [*held, form.where(report_forms.c.case_id == case_id)]


def _lists(case: Case) -> Select[Any]:
    where = and_(imports.c.campaign == case.campaign, imports.c.district_id == case.district_id)
    return select(literal("list"), literal(""), imports.c.file_name, imports.c.file_sha).where(where)
