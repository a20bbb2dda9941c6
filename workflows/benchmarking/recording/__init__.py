"""Use cases that record evidence about enterprises, products and reports; each is guarded and journaled."""

from workflows.benchmarking.recording.leaders import record_declaration, record_runner_step
from workflows.benchmarking.recording.plans import (
    PlanDraft,
    record_indicators,
    record_plan,
    record_platform_plan,
    share_plan,
)
from workflows.benchmarking.recording.products import (
    EnterpriseDetails,
    ProductDraft,
    add_product,
    change_product,
    drop_product,
    set_enterprise_details,
)
from workflows.benchmarking.recording.results import (
    PublicNotice,
    TrainingHeld,
    record_district_training,
    record_publication,
    record_report_form,
    record_result,
    record_test_report,
    record_training,
)

__all__ = [
    "EnterpriseDetails",
    "PlanDraft",
    "ProductDraft",
    "PublicNotice",
    "TrainingHeld",
    "add_product",
    "change_product",
    "drop_product",
    "record_declaration",
    "record_district_training",
    "record_indicators",
    "record_plan",
    "record_platform_plan",
    "record_publication",
    "record_report_form",
    "record_result",
    "record_runner_step",
    "record_test_report",
    "record_training",
    "set_enterprise_details",
    "share_plan",
]
