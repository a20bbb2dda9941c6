"""Extensions that went too far: shortened to an earlier day, or taken back so that the plan's day holds again."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from engine.access import Actor, Capacity
from engine.core import Engine
from engine.deadlinechange import Change, held, tell, write_change
from engine.errors import Refused
from engine.model import Case, Deadline
from engine.redating import day_by_rule, extended
from engine.roles import SUPERVISORS
from engine.store import deadlines, notices
from engine.store.database import Work
from engine.words import tr

GRANTED: Final = "extension_granted"
EXTENSION: Final[Mapping[str, str]] = {"zh": "延期", "en": "extension"}


def shorten(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, to_on: date, reason: str) -> Deadline:
    """Give an extended deadline an earlier day than the extension did, but a later one than it has without."""
    case, deadline, acting = _extended(work, actor, deadline_id, reason)
    _check(engine, work, case, deadline, to_on)
    change = Change(case, deadline, actor, acting, "shorten", reason, {"due_on": to_on})
    return _move(engine, work, change, to_on)


def take_back(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Undo the extensions of a deadline: it has the day it would have without them, even where that has passed."""
    case, deadline, acting = _extended(work, actor, deadline_id, reason)
    to_on = _day_without(engine, work, case, deadline)
    change = Change(case, deadline, actor, acting, "take_back", reason, {"due_on": to_on})
    return _move(engine, work, change, to_on)


def _extended(work: Work, actor: Actor, deadline_id: int, reason: str) -> tuple[Case, Deadline, Capacity]:
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    if deadline.id not in extended(work, [deadline]):
        raise Refused(tr("Its day was not set by an extension, so there is none to take back or to shorten."))
    return case, deadline, acting


def _check(engine: Engine, work: Work, case: Case, deadline: Deadline, to_on: date) -> None:
    without = _day_without(engine, work, case, deadline)
    if deadline.due_on is not None and to_on >= deadline.due_on:
        raise Refused(tr("To shorten it, the new day must lie before the present one, {day}.", day=deadline.due_on))
    if without is not None and to_on <= without:
        raise Refused(
            tr(
                "Without the extension it is due on {day}; for that day, take the extension back.",
                day=without,
            )
        )
    if to_on < engine.today(work):
        raise Refused(tr("The new day {day} lies in the past.", day=to_on))


def _day_without(engine: Engine, work: Work, case: Case, deadline: Deadline) -> date | None:
    """The day by the rules, moved by the workdays for which its clock stood still."""
    day = day_by_rule(engine, work, case, deadline)
    workdays = engine.workdays(work)
    for row in deadlines.changes_of(work, [deadline.id]):
        if row.kind == "resume" and day is not None:
            day = workdays.shift(day, workdays.between(row.from_on, row.to_on))
    return day


def _move(engine: Engine, work: Work, change: Change, to_on: date | None) -> Deadline:
    deadline = change.deadline
    deadlines.enter_change(
        work,
        deadline,
        kind=change.what,
        to_on=to_on,
        person_id=change.actor.person_id,
        reason=change.reason,
        on=engine.today(work),
    )
    write_change(engine, work, change, moved=to_on != deadline.due_on)
    _correct_letters(engine, work, change, to_on)
    return deadlines.get(work, deadline.id)


def _correct_letters(engine: Engine, work: Work, change: Change, to_on: date | None) -> None:
    """Withdraw what was still to be said of the extension; what was said is corrected, what holds is said."""
    own = [
        one
        for one in notices.of_case(work, change.case.id)
        if one.deadline_id == change.deadline.id and one.letter == GRANTED
    ]
    notices.settle(work, [one.id for one in own], state="cancelled", reason=change.reason)
    said = [one.id for one in own if one.state == "composed"]
    told: dict[str, Any] = {"reason": change.reason, "to": to_on.isoformat() if to_on else None}
    if said:
        facts = told | {"step": EXTENSION, "of": said}
        tell(engine, work, change.case, change.deadline, letter="correction", facts=facts)
    elif change.what == "shorten":
        tell(engine, work, change.case, change.deadline, letter=GRANTED, facts=told)
