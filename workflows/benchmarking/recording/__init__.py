"""Use cases that record evidence about enterprises, products and reports; each is guarded and journaled."""

from workflows.benchmarking.recording.batches import (
    BatchDraft,
    add_members,
    change_batch,
    make_batch,
    remove_members,
)
from workflows.benchmarking.recording.batchmembers import Pick
from workflows.benchmarking.recording.batchsteps import (
    CameOut,
    confirm_batch,
    may_confirm,
    propose_batch,
    publish_batch,
    return_batch,
    withdraw_batch,
)
from workflows.benchmarking.recording.details import EnterpriseDetails, set_enterprise_details
from workflows.benchmarking.recording.leaders import record_declaration, record_runner_step
from workflows.benchmarking.recording.plans import (
    PlanDraft,
    record_indicators,
    record_plan,
    record_platform_plan,
    share_plan,
)
from workflows.benchmarking.recording.products import (
    ProductDraft,
    add_product,
    change_product,
    drop_product,
)
from workflows.benchmarking.recording.publications import PublicNotice, record_publication
from workflows.benchmarking.recording.reports import (
    check_report,
    draft_report,
    fill_report,
    save_report,
    submit_report,
)
from workflows.benchmarking.recording.results import (
    TrainingHeld,
    record_district_training,
    record_report_form,
    record_result,
    record_test_report,
    record_training,
)

__all__ = [
    "BatchDraft",
    "CameOut",
    "EnterpriseDetails",
    "Pick",
    "PlanDraft",
    "ProductDraft",
    "PublicNotice",
    "TrainingHeld",
    "add_members",
    "add_product",
    "change_batch",
    "change_product",
    "check_report",
    "confirm_batch",
    "draft_report",
    "drop_product",
    "fill_report",
    "make_batch",
    "may_confirm",
    "propose_batch",
    "publish_batch",
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
    "remove_members",
    "return_batch",
    "save_report",
    "set_enterprise_details",
    "share_plan",
    "submit_report",
    "withdraw_batch",
]
