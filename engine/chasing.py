"""Chasing and supervising by hand: the level above speaks before the ladder does; said once a day, and on record."""

from typing import Final

from engine.access import Actor
from engine.core import Engine
from engine.deadlinechange import Change, held, write_change
from engine.duedays import days_late
from engine.errors import Refused
from engine.model import Case, Deadline, Notice
from engine.roles import SUPERVISORS
from engine.rungs import Level
from engine.schedule import fires_of
from engine.store import deadlines, notices
from engine.store.database import Work
from engine.words import tr

BY_HAND: Final = "by_hand"
"""The rung under which it stands among those of the ladder; the ladder says nothing else on that day."""

LEVELS: Final = (Level.CHASE, Level.SUPERVISION)


def speak(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, level: Level, reason: str) -> Deadline:
    """Send the letter of a level about an overdue deadline now; the ladder goes on from its own rungs."""
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    if level not in LEVELS:
        raise Refused(tr("By hand one can chase or supervise; a reminder goes out by itself, a circular is drafted."))
    _check(engine, work, case, deadline)
    ordinal = _spoken(engine, work, deadline) + 1
    notice = _notice(engine, work, case, deadline, level=level, ordinal=ordinal)
    notices.post(work, [notice])
    row = {
        "deadline_id": deadline.id,
        "generation": deadline.generation,
        "rung": BY_HAND,
        "ordinal": ordinal,
        "planned_on": engine.today(work),
        "fired_at": work.now,
        "outcome": "fired",
        "notice_id": notices.ids_of(work, [notice.dedup_key])[notice.dedup_key],
    }
    deadlines.claim_rungs(work, [row])
    write_change(engine, work, Change(case, deadline, actor, acting, str(level), reason, {}))
    return deadlines.get(work, deadline_id)


def _check(engine: Engine, work: Work, case: Case, deadline: Deadline) -> None:
    today = engine.today(work)
    if deadline.awaited_on is None:
        raise Refused(
            tr(
                "{name} is not awaited for this at the moment: it stands still or waits for others.",
                name=case.subject_name,
            )
        )
    if deadline.awaited_on >= today:
        raise Refused(
            tr("It is not overdue before {day} has passed; until then it is only reminded.", day=deadline.due_on)
        )


def _spoken(engine: Engine, work: Work, deadline: Deadline) -> int:
    """How often somebody spoke by hand in the present generation; twice on a day is refused."""
    today = engine.today(work)
    fired = [
        fire
        for generation, fire in fires_of(engine, work, [deadline.id]).get(deadline.id, ())
        if generation == deadline.generation and fire.outcome == "fired"
    ]
    if any(fire.fired_at.astimezone(engine.zone).date() == today for fire in fired):
        raise Refused(tr("A letter about this deadline goes out today already; twice a day nobody is chased."))
    return max((fire.ordinal for fire in fired if fire.rung == BY_HAND), default=0)


def _notice(engine: Engine, work: Work, case: Case, deadline: Deadline, *, level: Level, ordinal: int) -> Notice:
    today = engine.today(work)
    return Notice(
        dedup_key=f"{level}:{deadline.id}:{deadline.generation}:{BY_HAND}:{ordinal}",
        kind=level,
        letter=level,
        campaign=deadline.campaign,
        district_id=deadline.district_id,
        case_id=case.id,
        deadline_id=deadline.id,
        milestone=deadline.milestone,
        morning_on=today,
        release_at=work.now,
        facts={
            "subject": case.subject_name,
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "workdays_late": days_late(deadline.due_on, today, engine.workdays(work)),
            "rung": BY_HAND,
            "ordinal": ordinal,
            "generation": deadline.generation,
            "draft": False,
        },
    )
