"""What is on record about an enterprise and its products, or about a report, as part of a case's file."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from engine.model import Case
from engine.store.database import Work
from workflows.benchmarking.model import CONCLUSIONS, LEVELS, RUNNER_STEPS, Product, Standard
from workflows.benchmarking.records import enterprises, plans, products, publications, reports, results, trainings
from workflows.benchmarking.records.nominations import enterprise_id_of

CONTACT: Final = ("name", "phone", "email")


def enterprise_records(work: Work, case: Case) -> dict[str, Any]:
    """The enterprise, its products in the order of the list, and the trainings that reached it."""
    known = enterprises.get(work, enterprise_id_of(case))
    return {
        "enterprise": {
            "name": known.name,
            "credit_code": known.credit_code,
            "industry_code": known.industry_code,
            "cluster": known.cluster,
            "above_designated_size": known.above_designated_size,
            "honours": list(known.honours),
            "contact": dict(known.contact),
        },
        "products": [_product(work, one) for one in products.of_cases(work, [case.id]).get(case.id, ())],
        "trainings": [_plain(one) for one in trainings.of_cases(work, [case.id]).get(case.id, ())],
    }


def report_records(work: Work, case: Case) -> dict[str, Any]:
    form = reports.papers_of(work, [case.id]).get(case.id)
    return {"form": _plain(form) if form else None}


def _product(work: Work, product: Product) -> dict[str, Any]:
    plan = plans.of_products(work, [product.id]).get(product.id)
    report = results.lab_report(work, product.id)
    publication = publications.of_products(work, [product.id]).get(product.id)
    return {
        "id": product.id,
        "name": product.name,
        "active": product.active,
        "dropped_reason": product.dropped_reason,
        "implemented_standards": [one.as_json() for one in product.implemented_standards],
        "benchmark_standards": [one.as_json() for one in product.benchmark_standards],
        "plan_source": product.plan_source,
        "existing_plan_no": product.existing_plan_no,
        "support_needed": product.support_needed,
        "plan": _plan(work, product, plan.id) if plan else None,
        "test_report": _plain(report) | {"conclusion_label": CONCLUSIONS[report.conclusion]} if report else None,
        "publication": _plain(publication) if publication else None,
        "result": _plain_or_none(results.platform_record(work, product.id)),
        "declarations": [_plain(one) for one in results.declarations_of(work, [product.id]).get(product.id, ())],
        "runner": [
            _plain(one) | {"step_label": RUNNER_STEPS[one.step], "level_label": LEVELS[one.level]}
            for one in results.runner_steps_of(work, [product.id]).get(product.id, ())
        ],
    }


def _plan(work: Work, product: Product, plan_id: int) -> dict[str, Any]:
    values = plans.values_of(work, plan_id).get(product.id, {})
    return _plain(plans.get(work, plan_id)) | {
        "indicators": [_plain(one) | {"own_value": values.get(one.name)} for one in plans.indicators_of(work, plan_id)],
        "platform": _plain_or_none(plans.platform_record(work, plan_id)),
    }


def contact_told(contact: Mapping[str, str]) -> str:
    """Whom to ask and how, as one line of an address book."""
    return " ".join(contact[part] for part in CONTACT if contact.get(part))


def standards_told(standards: list[dict[str, str]]) -> tuple[str, ...]:
    """Numbers with their titles, as a list writes them."""
    return tuple(f"{one['number']}《{one['title']}》" if one["title"] else one["number"] for one in standards)


def _plain_or_none(row: Any) -> dict[str, Any] | None:
    return None if row is None else _plain(row)


def _plain(row: Any) -> dict[str, Any]:
    """The fields of a row; standards as JSON."""
    found = {one.name: getattr(row, one.name) for one in fields(row)}
    return {name: value.as_json() if isinstance(value, Standard) else value for name, value in found.items()}
