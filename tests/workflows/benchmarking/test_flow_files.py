"""Ningbo's three flows: their states and labels, who takes which step with what, and by when."""

from importlib.resources import files

import pytest

from engine.flow import Due
from engine.flowload import Known, load_flows
from engine.roles import ROLES
from workflows.benchmarking.guards import GUARDS

PATHS = sorted(path for path in files("workflows").joinpath("benchmarking").iterdir() if path.name.endswith(".yaml"))
KNOWN = Known(
    guards=GUARDS,
    roles=ROLES,
    slots={
        *("plan_file", "platform_record", "training_record", "test_report", "publication_notice", "result_record"),
        *("declaration", "report_form", "list_file"),
    },
    ladders={"default"},
    letters={name: {"zh_CN", "en"} for name in ("sent_back", "list_accepted", "list_refused")},
)
FLOWS = {flow.name: flow for flow in load_flows(PATHS, KNOWN)}
ENTERPRISE, LIST, REPORT = (FLOWS[name] for name in ("enterprise", "nomination_list", "progress_report"))


def labels(flow):
    return {state.name: state.label["zh"] for state in flow.states}


def ways(flow):
    return {step.name: ("|".join(step.sources), step.target) for step in flow.steps}


def test_there_are_three_flows_without_a_fault():
    assert set(FLOWS) == {"enterprise", "nomination_list", "progress_report"}


def test_the_labels_are_the_official_ones_in_both_languages():
    assert labels(ENTERPRISE) == {
        "nominated": "已报名单",
        "plan_drafted": "方案已制定",
        "plan_uploaded": "方案已上传",
        "verified": "已检测验证",
        "published": "已公布",
        "leader_candidate": "领跑者候选",
        "withdrawn": "已退出",
    }
    assert labels(LIST) == {
        "expected": "待报送",
        "partial": "已报送（未达任务数）",
        "full": "已达任务数",
        "accepted": "已受理",
    }
    assert labels(REPORT) == {"due": "待报送", "handed_in": "已报送", "accepted": "已接收"}
    for flow in FLOWS.values():
        for named in (flow, *flow.states, *flow.steps, *flow.milestones, *flow.slots):
            assert set(named.label) == {"zh", "en"}, named


def test_an_enterprise_goes_six_stages_and_back_by_one():
    line = ENTERPRISE.line
    assert line == ("nominated", "plan_drafted", "plan_uploaded", "verified", "published", "leader_candidate")
    assert ways(ENTERPRISE) == {
        "draft_plan": ("nominated", "plan_drafted"),
        "upload_plan": ("plan_drafted", "plan_uploaded"),
        "adopt_plan": ("nominated", "plan_uploaded"),
        "verify": ("plan_uploaded", "verified"),
        "publish": ("verified", "published"),
        "nominate_leader": ("published", "leader_candidate"),
        "return_draft": ("plan_drafted", "nominated"),
        "return_upload": ("plan_uploaded", "plan_drafted"),
        "return_verification": ("verified", "plan_uploaded"),
        "return_publication": ("published", "verified"),
        "return_candidate": ("leader_candidate", "published"),
        "withdraw": ("|".join(line), "withdrawn"),
    }


@pytest.mark.parametrize(
    ("name", "roles", "guards", "slots", "confirm"),
    [
        ("draft_plan", ["district_coordinator", "institute"], ["new_plans_are_described"], ["plan_file"], []),
        (
            "upload_plan",
            ["district_coordinator"],
            # a product that came in after a return has a plan of its own to be asked for
            ["new_plans_are_described", "plans_are_on_the_platform"],
            ["plan_file", "platform_record", "training_record"],
            [],
        ),
        ("adopt_plan", ["district_coordinator"], ["every_product_adopts_a_plan"], ["training_record"], []),
        (
            "verify",
            ["district_coordinator", "laboratory"],
            ["test_reports_are_plausible"],
            ["test_report"],
            ["municipal_coordinator"],
        ),
        (
            "publish",
            ["district_coordinator"],
            ["evidence_is_not_later"],
            ["publication_notice", "result_record"],
            ["municipal_coordinator"],
        ),
        (
            "nominate_leader",
            ["district_coordinator", "municipal_coordinator"],
            ["one_product_qualifies"],
            ["declaration"],
            ["municipal_coordinator"],
        ),
    ],
)
def test_who_takes_a_step_with_which_evidence(name, roles, guards, slots, confirm):
    step = ENTERPRISE.step_by_name[name]
    assert [list(names) for names in (step.roles, step.guards, step.slots, step.confirm)] == [
        roles,
        guards,
        slots,
        confirm,
    ]


def test_evidence_of_plans_tests_and_results_is_asked_of_every_product():
    assert {slot.name: slot.each for slot in ENTERPRISE.slots} == {
        "plan_file": "part",
        "platform_record": "part",
        "training_record": "case",
        "test_report": "part",
        "publication_notice": "case",
        "result_record": "part",
        "declaration": "case",
    }


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_every_way_back_has_reason_rework_limit_and_a_letter(flow):
    for step in flow.steps:
        if step.kind == "send_back":
            assert (step.reason, step.rework, step.limit) == (True, 3, 3)
            assert step.beyond == ("municipal_coordinator",)
            assert step.letters == (("list_refused",) if flow is LIST else ("sent_back",))
            assert ("institute" in step.roles) == (step.name in {"return_draft", "return_upload"})


def test_a_list_comes_in_below_or_at_the_quota_and_is_accepted_or_refused():
    assert ways(LIST) == {
        "hand_in_partial": ("expected", "partial"),
        "hand_in": ("expected", "full"),
        "complete": ("partial", "full"),
        "accept": ("full", "accepted"),
        "refuse": ("partial|full", "expected"),
    }
    assert {step.name: step.slots for step in LIST.steps if step.slots} == {
        "hand_in_partial": ("list_file",),
        "hand_in": ("list_file",),
    }
    assert LIST.step_by_name["complete"].guards == ("quota_is_reached",)
    assert "system" in LIST.step_by_name["complete"].roles


def test_the_plan_names_the_days_and_the_reports_have_their_own():
    day, none = Due("day"), Due("none")
    assert {one.name: (one.reached, one.due) for one in ENTERPRISE.milestones} == {
        "plan_drafted": ("plan_drafted", day),
        "plan_uploaded": ("plan_uploaded", day),
        "verified": ("verified", day),
        "published": ("published", day),
        "leader_candidate": ("leader_candidate", none),
    }
    assert {one.name: (one.reached, one.due) for one in LIST.milestones} == {
        "list_in": ("partial", day),
        "quota_met": ("full", day),
    }
    assert [(one.name, one.due) for one in REPORT.milestones] == [("handed_in", Due("yearly", ((1, 5), (7, 5))))]
