"""What the bureau looks at before it confirms: points for each proposed step, and the reason drawn from them."""

import pytest

from workflows.benchmarking.checklist import POINTS, draft_reason, points_of
from workflows.benchmarking.kind import ENTERPRISE, PROGRESS_REPORT, benchmarking

FLOWS = benchmarking().flows
PROPOSED = [step for step in FLOWS[ENTERPRISE].steps if step.confirm]


def test_every_step_that_waits_for_the_bureau_has_points_of_its_own():
    assert {step.name for step in PROPOSED} == set(POINTS)


@pytest.mark.parametrize("step", PROPOSED, ids=lambda step: step.name)
def test_the_points_of_a_step_are_told_apart_and_said_in_both_languages(step):
    points = points_of(FLOWS[ENTERPRISE], step)

    assert len({one.name for one in points}) == len(points) >= 3
    assert all(one.label["zh"] and one.label["en"] for one in points)


def test_a_step_without_points_of_its_own_asks_whether_each_piece_of_evidence_is_complete():
    flow = FLOWS[PROGRESS_REPORT]
    step = next(one for one in flow.steps if one.slots)

    (point,) = points_of(flow, step)

    label = flow.slot_by_name[step.slots[0]].label
    assert point.name == f"slot:{step.slots[0]}"
    assert point.label["zh"] == f"{label['zh']}齐全，清晰可读，与产品相符"
    assert point.label["en"].startswith(label["en"])


def test_what_was_not_ticked_becomes_a_numbered_reason():
    first, second, *_ = POINTS["verify"]

    assert draft_reason((first, second)) == (
        "1. 报告的产品与名单所列一致：未予认可\n2. 检验检测机构具备资质，证书编号无误：未予认可"
    )
    assert draft_reason(()) == ""
