"""When the calendar or the terms change: open deadlines are worked out anew, in chunks, with the cause on record."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from engine.access import SYSTEM, Capacity
from engine.acting import entry_of
from engine.clock import local_day
from engine.core import Engine
from engine.duedays import AfterWorkdays, due_on
from engine.effects import REWORK
from engine.flow import Flow
from engine.model import Case, Deadline
from engine.moves import Move, write
from engine.opening import due_days
from engine.schedule import refresh
from engine.store import cases, deadlines, definitions, settings
from engine.store.database import Work

CHUNK = 500
_BY_HAND = frozenset({"extend", "resume"})
"""Ledger entries by which a person has set the day; a new calendar does not overrule them."""


def ask(work: Work, campaign: str, cause: str) -> None:
    """Note that a campaign's deadlines are to be worked out anew; `run` does it, also after a restart."""
    jobs = dict(settings.read(work, "reproject", {}))
    jobs[campaign] = {"cause": cause, "after": 0, "moved": 0}
    settings.write(work, "reproject", jobs)


def run(engine: Engine, *, progress: Callable[[int], None] | None = None) -> int:
    """Finish every noted job; answers how many deadlines got another day."""
    moved = 0
    while (step := _chunk(engine)) is not None:
        moved += step
        if progress:
            progress(moved)
    return moved


def _chunk(engine: Engine) -> int | None:
    """One chunk in one transaction, the cursor kept with it; None when no job is left."""
    with engine.work() as work:
        jobs = dict(settings.read(work, "reproject", {}))
        if not jobs:
            return None
        campaign, job = next(iter(sorted(jobs.items())))
        found = deadlines.open_of(work, campaign, after=job["after"], limit=CHUNK)
        moved = _move(engine, work, found, job["cause"]) if found else 0
        if len(found) < CHUNK:
            jobs.pop(campaign)
        else:
            jobs[campaign] = {**job, "after": found[-1].id, "moved": job["moved"] + moved}
        settings.write(work, "reproject", jobs)
        return moved


def _move(engine: Engine, work: Work, found: Sequence[Deadline], cause: str) -> int:
    held = cases.lock(work, sorted({one.case_id for one in found}))
    by_hand = {
        row.deadline_id
        for row in deadlines.changes_of(work, [one.id for one in found])
        if row.kind in _BY_HAND and row.status == "done"
    }
    moved = []
    for one in found:
        day = one.due_on if one.id in by_hand else _day_now(engine, work, one, held[one.case_id])
        if day != one.due_on:
            moved.append((one, day))
    deadlines.change(
        work,
        [
            {"id": one.id, "due_on": day, "generation": one.generation + 1, "speaks_from": work.now}
            for one, day in moved
        ],
    )
    for one, day in moved:
        deadlines.enter_change(
            work,
            one,
            kind="recalculated",
            to_on=day,
            person_id=SYSTEM.person_id,
            reason=cause,
            on=engine.today(work),
            cause="terms",
        )
    _tell(engine, work, held, moved, cause)
    refresh(engine, work, [one.id for one in found])
    return len(moved)


def _day_now(engine: Engine, work: Work, deadline: Deadline, case: Case) -> date | None:
    """The day that the present terms and calendar give the deadline."""
    flow = definitions.flow_of(work, case.definition_id)
    terms = engine.terms(work, deadline.campaign)
    if deadline.milestone.startswith(REWORK):
        days = max(_rework_days(flow, deadline), terms.rework_workdays)
        opened_on = local_day(deadline.opened_at, engine.zone)
        return due_on(AfterWorkdays(days), entered_on=opened_on, workdays=engine.workdays(work))
    return due_days(terms, flow.milestone_by_name[deadline.milestone], case, engine.workdays(work))[1]


def _rework_days(flow: Flow, deadline: Deadline) -> int:
    sent_from = deadline.milestone.removeprefix(REWORK)
    days = [step.rework or 0 for step in flow.steps if step.kind == "send_back" and sent_from in step.sources]
    return max(days, default=0)


def _tell(
    engine: Engine,
    work: Work,
    held: dict[int, Case],
    moved: Sequence[tuple[Deadline, date | None]],
    cause: str,
) -> None:
    """One journal entry a case, naming every deadline that moved."""
    by_case: dict[int, list[dict[str, Any]]] = {}
    for one, day in moved:
        told = {"deadline": one.id, "milestone": one.milestone, "from": _iso(one.due_on), "to": _iso(day)}
        by_case.setdefault(one.case_id, []).append(told)
    moves = []
    for case_id, days in by_case.items():
        case = held[case_id]
        entry = entry_of(
            case,
            SYSTEM,
            Capacity("system", None),
            kind="deadline",
            on=engine.today(work),
            data={"what": "recalculated", "moved": days},
        )
        moves.append(Move(case, definitions.flow_of(work, case.definition_id), replace(entry, reason=cause)))
    if moves:
        write(engine, work, moves)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
