"""One look at every deadline whose moment has come: rungs fire by a unique row and a notice. Safe to repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.clock import at_morning
from engine.core import Engine
from engine.duedays import days_late
from engine.ladder import Look, Planned
from engine.model import Case, Deadline, Notice
from engine.schedule import LadderReader, fires_of, speaking_of
from engine.store import cases, deadlines, leases, notices
from engine.store.database import Work
from engine.store.leases import Lease

CHUNK = 500
LEASE = timedelta(seconds=90)
FIRST_LOOK = "08:30"
"""Nothing is said before this time of a working day, and nothing on days off, however late the sweep comes."""


@dataclass(frozen=True, slots=True)
class Swept:
    looked: int
    fired: int
    more: bool


def sweep(engine: Engine, *, lease: Lease | None = None, limit: int = CHUNK) -> Swept:
    """Look at one chunk of due deadlines in one transaction; `more` says that others may be waiting."""
    with engine.work() as work:
        if lease is not None:
            leases.check(work, lease, LEASE)
        if not speaking_hours(engine, work):
            return Swept(0, 0, more=False)
        ids = deadlines.due_now(work, limit)
        fired = _look_at(engine, work, deadlines.by_ids(work, ids)) if ids else 0
        return Swept(len(ids), fired, more=len(ids) == limit)


def sweep_all(engine: Engine) -> int:
    """Sweep until nothing is due; answers how many rungs fired."""
    fired = 0
    while True:
        swept = sweep(engine)
        fired += swept.fired
        if not swept.more:
            return fired


def speaking_hours(engine: Engine, work: Work) -> bool:
    """Whether it is a working day at or after the time alerts go out."""
    today = engine.today(work)
    return engine.workdays(work).is_workday(today) and work.now >= at_morning(today, FIRST_LOOK, engine.zone)


def _look_at(engine: Engine, work: Work, found: Sequence[Deadline]) -> int:
    held = cases.lock(work, sorted({one.case_id for one in found}))
    fires = fires_of(engine, work, [one.id for one in found])
    speaking = speaking_of(work, found, held)
    reader = LadderReader(engine, work)
    looks = {one.id: reader.look(one, fires.get(one.id, ())) for one in found if one.id in speaking}
    asked = [(one, looks[one.id]) for one in found if one.id in looks]
    posted = _post(engine, work, asked, held)
    deadlines.claim_rungs(work, [row for one, look in asked for row in _rows(work, one, look, posted)])
    after = fires_of(engine, work, [one.id for one in found])
    later = LadderReader(engine, work)
    moments = {one.id: later.next_moment(one, after.get(one.id, ())) if one.id in speaking else None for one in found}
    deadlines.set_due(work, moments)
    return sum(1 for _, look in asked if look.fire)


def _post(engine: Engine, work: Work, asked: Sequence[tuple[Deadline, Look]], held: dict[int, Case]) -> dict[str, int]:
    said = [_notice(engine, work, one, look.fire, held[one.case_id]) for one, look in asked if look.fire]
    notices.post(work, said)
    return notices.ids_of(work, [notice.dedup_key for notice in said])


def _notice(engine: Engine, work: Work, deadline: Deadline, planned: Planned, case: Case) -> Notice:
    today = engine.today(work)
    late = days_late(deadline.due_on, today, engine.workdays(work)) if deadline.due_on else 0
    return Notice(
        dedup_key=_dedup(deadline, planned),
        kind=planned.level,
        letter=planned.level,
        campaign=deadline.campaign,
        district_id=deadline.district_id,
        case_id=deadline.case_id,
        deadline_id=deadline.id,
        milestone=deadline.milestone,
        morning_on=today,
        release_at=work.now,
        facts={
            "subject": case.subject_name,
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "workdays_late": late,
            "rung": planned.rung,
            "ordinal": planned.ordinal,
            "generation": deadline.generation,
            "draft": planned.draft,
        },
    )


def _rows(work: Work, deadline: Deadline, look: Look, posted: dict[str, int]) -> list[dict[str, Any]]:
    outcomes = [("collapsed", one) for one in look.collapsed] + [("not_applicable", one) for one in look.not_applicable]
    if look.fire:
        outcomes.append(("fired", look.fire))
    return [
        {
            "deadline_id": deadline.id,
            "generation": deadline.generation,
            "rung": planned.rung,
            "ordinal": planned.ordinal,
            "planned_on": planned.on,
            "fired_at": work.now,
            "outcome": outcome,
            "notice_id": posted.get(_dedup(deadline, planned)) if outcome == "fired" else None,
        }
        for outcome, planned in outcomes
    ]


def _dedup(deadline: Deadline, planned: Planned) -> str:
    return f"{planned.level}:{deadline.id}:{deadline.generation}:{planned.rung}:{planned.ordinal}"
