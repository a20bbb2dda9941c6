"""Tables of the benchmarking campaign, beside those of the engine; the journal keeps what their rows were before."""

from workflows.benchmarking.records.schema.enterprises import enterprises, former_names, products
from workflows.benchmarking.records.schema.files import evidence_files, received_files
from workflows.benchmarking.records.schema.imports import imports
from workflows.benchmarking.records.schema.plans import (
    indicator_values,
    plan_indicators,
    plan_products,
    plans,
    platform_plans,
    training_cases,
    trainings,
)
from workflows.benchmarking.records.schema.publications import (
    publication_entries,
    publication_members,
    publications,
)
from workflows.benchmarking.records.schema.reports import report_forms, report_sheets, report_versions
from workflows.benchmarking.records.schema.results import (
    declarations,
    platform_results,
    runner_steps,
    test_reports,
)

__all__ = [
    "declarations",
    "enterprises",
    "evidence_files",
    "former_names",
    "imports",
    "indicator_values",
    "plan_indicators",
    "plan_products",
    "plans",
    "platform_plans",
    "platform_results",
    "products",
    "publication_entries",
    "publication_members",
    "publications",
    "received_files",
    "report_forms",
    "report_sheets",
    "report_versions",
    "runner_steps",
    "test_reports",
    "training_cases",
    "trainings",
]
