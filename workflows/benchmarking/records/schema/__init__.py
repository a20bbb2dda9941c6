"""Tables of the benchmarking campaign, beside those of the engine; the journal keeps what their rows were before."""

from workflows.benchmarking.records.schema.enterprises import enterprises, former_names, products
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
from workflows.benchmarking.records.schema.results import (
    declarations,
    platform_results,
    publication_entries,
    publications,
    report_forms,
    runner_steps,
    test_reports,
)

__all__ = [
    "declarations",
    "enterprises",
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
    "publications",
    "report_forms",
    "runner_steps",
    "test_reports",
    "training_cases",
    "trainings",
]
