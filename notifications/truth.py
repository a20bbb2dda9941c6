"""Whether what a notice says is still so: asked when it is composed, and again when its mail is about to leave."""

from collections.abc import Sequence
from typing import Final

from engine.effects import covered
from engine.model import Case, Deadline, Notice
from engine.rungs import Level
from engine.store import cases, deadlines, definitions
from engine.store.database import Work
from notifications import reasons

LEVELS: Final = frozenset(level.value for level in Level)
"""Kinds of notices that the ladder posts; the others tell of something that was done and stays done."""

ENDED: Final = {"met": reasons.REACHED, "waived": reasons.WAIVED, "cancelled": reasons.WITHDRAWN}


def untrue(work: Work, notices: Sequence[Notice]) -> dict[int, str]:
    """The coded reason by notice for those that are no longer so."""
    asked = [notice for notice in notices if notice.deadline_id is not None and _may_lapse(notice)]
    ids = sorted({notice.deadline_id for notice in asked if notice.deadline_id is not None})
    found = {one.id: one for one in deadlines.by_ids(work, ids)}
    held = cases.lock(work, sorted({one.case_id for one in found.values()}))
    lapsed: dict[int, str] = {}
    for notice in asked:
        deadline = found.get(notice.deadline_id or 0)
        if deadline is None:
            continue
        reason = _reason(work, notice, deadline, held[deadline.case_id])
        if reason is not None:
            lapsed[notice.id] = reason
    return lapsed


def is_level(notice: Notice) -> bool:
    """Whether the ladder posted it."""
    return notice.kind in LEVELS


def _may_lapse(notice: Notice) -> bool:
    return is_level(notice) or notice.kind == "report_due"


def _reason(work: Work, notice: Notice, deadline: Deadline, case: Case) -> str | None:
    if deadline.state != "open":
        return ENDED[deadline.state]
    if notice.facts.get("generation", deadline.generation) != deadline.generation:
        return reasons.MOVED
    if deadline.paused_on is not None:
        return reasons.PAUSED
    if case.claimed:
        return reasons.CLAIMED
    return reasons.PROPOSED if _is_proposed(work, deadline, case) else None


def _is_proposed(work: Work, deadline: Deadline, case: Case) -> bool:
    """Whether a step that would meet the deadline waits for the level above."""
    if case.proposed_step is None:
        return False
    flow = definitions.flow_of(work, case.definition_id)
    return bool(covered(flow, flow.step_by_name[case.proposed_step].target, [deadline]))
