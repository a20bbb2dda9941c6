"""What a step does to the deadlines of its case. Pure: rows in, changes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.duedays import verdict
from engine.flow import Flow, Step
from engine.model import Deadline

REWORK = "rework:"
"""Prefix of the milestone that a send-back opens; behind it stands the state to be reached again."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Deadlines met (id, verdict), cancelled, and the state a rework deadline is opened for, if any."""

    met: tuple[tuple[int, str], ...] = ()
    cancelled: tuple[int, ...] = ()
    rework_for: str | None = None


def effects_of(flow: Flow, step: Step, source: str, deadlines: Sequence[Deadline], on: date) -> Effects:
    """A step forward meets what its target reaches, a withdrawal cancels all, a send-back opens a rework deadline."""
    standing = [deadline for deadline in deadlines if deadline.state == "open"]
    if step.kind == "withdraw":
        return Effects(cancelled=tuple(deadline.id for deadline in standing))
    if step.kind == "send_back":
        undone = [deadline.id for deadline in standing if deadline.milestone.startswith(REWORK)]
        return Effects(cancelled=tuple(undone), rework_for=source)
    met = covered(flow, step.target, standing)
    return Effects(met=tuple((deadline.id, str(verdict(deadline.due_on, on))) for deadline in met))


def covered(flow: Flow, target: str, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """The deadlines that a case standing in `target` has reached."""
    return [deadline for deadline in deadlines if _needs(flow, deadline) <= flow.rank[target]]


def _needs(flow: Flow, deadline: Deadline) -> int:
    if deadline.milestone.startswith(REWORK):
        return flow.rank[deadline.milestone.removeprefix(REWORK)]
    return flow.rank[flow.milestone_by_name[deadline.milestone].reached]
