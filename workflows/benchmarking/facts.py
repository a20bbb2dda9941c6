"""What is on record for a case when a step is decided: values only, asked by slots and guards, kept in the journal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from workflows.benchmarking.model import Declaration, LabReport, PlatformRecord, Publication, ReportForm, Training

NOBODY: Final = ("",)
"""The answer of a slot that the case itself lacks."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan written for the campaign, as far as steps ask for it."""

    id: int
    title: str
    drafted_on: date
    file_sha: str | None
    indicators: int
    platform: PlatformRecord | None


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """An active product with everything on record about it; `plan` is the new plan, if one serves it."""

    name: str
    benchmarks: tuple[str, ...]
    adopts: bool
    existing_plan_no: str | None
    plan: PlanFacts | None = None
    report: LabReport | None = None
    publication: Publication | None = None
    result: PlatformRecord | None = None
    declarations: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """An enterprise in a campaign: its active products in the order of the list, and its trainings."""

    products: tuple[ProductFacts, ...]
    trainings: tuple[Training, ...] = ()

    def missing(self, slot: str) -> tuple[str, ...]:
        if not self.products:
            return NOBODY
        if slot in _OF_THE_CASE:
            return () if _OF_THE_CASE[slot](self) else NOBODY
        has = _OF_A_PRODUCT[slot]
        return tuple(product.name for product in self.products if not has(product))

    def digest(self) -> dict[str, object]:
        return {
            "products": [_product_digest(product) for product in self.products],
            "trainings": [_brief(one, "held_on", "notice_sha", "attendance_sha") for one in self.trainings],
        }


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A district's list: how many distinct active enterprises nobody else claims, and how many are asked for."""

    quota: int
    counted: int
    file_shas: tuple[str, ...] = ()

    def missing(self, slot: str) -> tuple[str, ...]:
        return NOBODY if slot == "list_file" and not self.file_shas else ()

    def digest(self) -> dict[str, object]:
        return {"quota": self.quota, "counted": self.counted, "files": list(self.file_shas)}


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A half-yearly report: the form that was handed in, if one was."""

    form: ReportForm | None

    def missing(self, slot: str) -> tuple[str, ...]:
        return NOBODY if slot == "report_form" and self.form is None else ()

    def digest(self) -> dict[str, object]:
        return {} if self.form is None else _brief(self.form, "file_sha", "received_on", "version")


def dated_evidence(facts: EnterpriseFacts) -> Iterator[tuple[str, str, date]]:
    """Each piece of evidence with a day: the product it is about, what it is, and its day."""
    for product in facts.products:
        if product.publication:
            yield product.name, "publication", product.publication.published_on
        if product.result:
            yield product.name, "result", product.result.uploaded_on


def _has_plan_file(product: ProductFacts) -> bool:
    return product.adopts or (product.plan is not None and product.plan.file_sha is not None)


def _has_platform_record(product: ProductFacts) -> bool:
    if product.adopts:
        return bool(product.existing_plan_no)
    return product.plan is not None and product.plan.platform is not None


_OF_A_PRODUCT: Final[Mapping[str, Callable[[ProductFacts], bool]]] = {
    "plan_file": _has_plan_file,
    "platform_record": _has_platform_record,
    "test_report": lambda product: product.report is not None and product.report.file_sha is not None,
    "publication_notice": lambda product: product.publication is not None,
    "result_record": lambda product: product.result is not None,
}

_OF_THE_CASE: Final[Mapping[str, Callable[[EnterpriseFacts], bool]]] = {
    "training_record": lambda facts: bool(facts.trainings),
    "declaration": lambda facts: any(product.declarations for product in facts.products),
}

SLOTS: Final = frozenset({*_OF_A_PRODUCT, *_OF_THE_CASE, "list_file", "report_form"})


def _product_digest(product: ProductFacts) -> dict[str, Any]:
    plan = product.plan
    found = {
        "name": product.name,
        "existing_plan_no": product.existing_plan_no,
        "plan": plan and {"id": plan.id, "file_sha": plan.file_sha, "indicators": plan.indicators},
        "platform_plan": plan and plan.platform and _platform(plan.platform),
        "test_report": product.report
        and _brief(product.report, "laboratory", "report_no", "issued_on", "conclusion", "file_sha"),
        "publication": product.publication and _brief(product.publication, "title", "url", "published_on"),
        "result": product.result and _platform(product.result),
        "declarations": [_brief(one, "standard_no", "disclosed_on", "key_area") for one in product.declarations],
    }
    return {name: value for name, value in found.items() if value}


def _platform(record: PlatformRecord) -> dict[str, object]:
    return _brief(record, "number", "url", "screenshot_sha", "uploaded_on")


def _brief(row: object, *names: str) -> dict[str, object]:
    """The named values that are there, days as text."""
    found = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value not in (None, "")
    }
