"""Days worked out anew: what terms, calendar and a case's own way give its open deadlines, with a ledger entry each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from engine.access import SYSTEM
from engine.clock import local_day
from engine.core import Engine
from engine.duedays import AfterWorkdays, due_on
from engine.effects import REWORK
from engine.flow import Flow, Milestone
from engine.history import reached_on
from engine.model import Case, Deadline
from engine.opening import due_days
from engine.schedule import refresh
from engine.store import deadlines, definitions, journal
from engine.store.database import Work

Moved = list[tuple[Deadline, date | None]]
"""Deadlines as they were, each with its new day."""
_EXTENDING: Final = frozenset({"extend", "shorten"})
"""Ledger entries by which a person has set the day, until the extension is taken back."""


def redate(
    engine: Engine, work: Work, standing: Sequence[Deadline], held: Mapping[int, Case], *, reason: str, cause: str
) -> Moved:
    """Give open deadlines of one campaign, whose cases are held, the days that follow now; answers which moved."""
    if not standing:
        return []
    by_hand = extended(work, standing) | _resumed(work, standing)
    days = _Days(engine, work, standing[0].campaign)
    now = [(one, days.of(one, held[one.case_id])) for one in standing if one.id not in by_hand]
    moved = [(one, day) for one, day in now if day != one.due_on]
    deadlines.change(
        work,
        [
            {
                "id": one.id,
                "original_on": day if one.original_on is None or day is None else one.original_on,
                "due_on": day,
                "generation": one.generation + 1,
                "speaks_from": work.now,
            }
            for one, day in moved
        ],
    )
    _enter(engine, work, moved, reason=reason, cause=cause)
    refresh(engine, work, [one.id for one in standing])
    return moved


def run_clocks(engine: Engine, work: Work, flow: Flow, case: Case, *, reason: str) -> Moved:
    """Let the days run that count from a state the case has just reached, and stop those whose state was undone."""
    wanted = {milestone.name for milestone in flow.milestones if milestone.due.kind == "workdays"}
    if not wanted:
        return []
    standing = deadlines.of_cases(work, [case.id])[case.id]
    running = [one for one in standing if one.state == "open" and one.milestone in wanted]
    return redate(engine, work, running, {case.id: case}, reason=reason, cause="state")


def extended(work: Work, standing: Sequence[Deadline]) -> frozenset[int]:
    """Deadlines whose day a person has set by an extension; nothing that is worked out overrules it."""
    found: set[int] = set()
    for row in deadlines.changes_of(work, [one.id for one in standing]):
        if row.kind in _EXTENDING and row.status == "done":
            found.add(row.deadline_id)
        if row.kind == "take_back":
            found.discard(row.deadline_id)
    return frozenset(found)


def day_by_rule(engine: Engine, work: Work, case: Case, deadline: Deadline) -> date | None:
    """The day that terms, calendar and the case's own way give to a deadline, whatever people have done to it."""
    return _Days(engine, work, case.campaign).of(deadline, case)


def _resumed(work: Work, standing: Sequence[Deadline]) -> frozenset[int]:
    """Deadlines whose day has moved by the workdays for which they were paused."""
    rows = deadlines.changes_of(work, [one.id for one in standing])
    return frozenset(row.deadline_id for row in rows if row.kind == "resume")


def _enter(engine: Engine, work: Work, moved: Moved, *, reason: str, cause: str) -> None:
    today = engine.today(work)
    for one, day in moved:
        deadlines.enter_change(
            work,
            one,
            kind="recalculated",
            to_on=day,
            person_id=SYSTEM.person_id,
            reason=reason,
            on=today,
            cause=cause,
        )


class _Days:
    """The days that the present terms and calendar give to deadlines."""

    def __init__(self, engine: Engine, work: Work, campaign: str) -> None:
        self._engine = engine
        self._work = work
        self._terms = engine.terms(work, campaign)
        self._workdays = engine.workdays(work)

    def of(self, deadline: Deadline, case: Case) -> date | None:
        flow = definitions.flow_of(self._work, case.definition_id)
        if deadline.milestone.startswith(REWORK):
            days = max(_rework_days(flow, deadline), self._terms.rework_workdays)
            opened_on = local_day(deadline.opened_at, self._engine.zone)
            return due_on(AfterWorkdays(days), entered_on=opened_on, workdays=self._workdays)
        milestone = flow.milestone_by_name[deadline.milestone]
        since = self._since(flow, milestone, case)
        return due_days(self._terms, milestone, case, self._workdays, since=since)[1]

    def _since(self, flow: Flow, milestone: Milestone, case: Case) -> date | None:
        if milestone.due.kind != "workdays":
            return None
        return reached_on(journal.of_case(self._work, case.id), flow, milestone.due.after)


def _rework_days(flow: Flow, deadline: Deadline) -> int:
    sent_from = deadline.milestone.removeprefix(REWORK)
    days = [step.rework or 0 for step in flow.steps if step.kind == "send_back" and sent_from in step.sources]
    return max(days, default=0)
