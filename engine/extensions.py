"""Changing a deadline by hand: extend, ask, decide, pause, resume, waive, reply; with person, reason and ledger."""

from datetime import date, timedelta
from typing import Final

from engine.access import Actor
from engine.core import Engine
from engine.deadlinechange import Change, case_of, held, tell, write_change
from engine.duedays import paused_to
from engine.errors import Hidden, NotFound, Refused
from engine.model import Case, Deadline
from engine.roles import REPORTERS, SUPERVISORS
from engine.store import deadlines
from engine.store.database import Work
from engine.words import tr

REACH: Final = timedelta(days=366)
"""How far beyond the end of a campaign a day may lie."""


def extend(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, to_on: date, reason: str) -> Deadline:
    """Give a deadline another day; its ladder starts anew for that day, what was sent for the old one stays sent."""
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    _check_day(engine, work, deadline, to_on)
    deadlines.enter_change(
        work, deadline, kind="extend", to_on=to_on, person_id=actor.person_id, reason=reason, on=engine.today(work)
    )
    write_change(engine, work, Change(case, deadline, actor, acting, "extend", reason, {"due_on": to_on}), moved=True)
    tell(engine, work, case, deadline, letter="extension_granted", facts={"to": to_on.isoformat(), "reason": reason})
    return deadlines.get(work, deadline_id)


def ask_extension(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, to_on: date, reason: str) -> int:
    """Ask the level above for another day; answers the number under which it is decided."""
    case, deadline, acting = held(work, actor, deadline_id, REPORTERS, reason)
    _check_day(engine, work, deadline, to_on)
    if any(row.status == "asked" for row in deadlines.changes_of(work, [deadline_id])):
        raise Refused(tr("An extension has been asked for already and waits for an answer."))
    change = deadlines.enter_change(
        work,
        deadline,
        kind="extend",
        to_on=to_on,
        person_id=actor.person_id,
        reason=reason,
        on=engine.today(work),
        status="asked",
    )
    write_change(
        engine,
        work,
        Change(case, deadline, actor, acting, "ask", reason, {}, {"to": to_on.isoformat(), "asked": change}),
    )
    return change


def decide_extension(
    engine: Engine, work: Work, actor: Actor, change_id: int, *, granted: bool, reason: str
) -> Deadline:
    """Grant or refuse what was asked."""
    case_asked_about(work, actor, change_id)
    asked = deadlines.get_change(work, change_id)
    case, deadline, acting = held(work, actor, asked.deadline_id, SUPERVISORS, reason)
    if asked.status != "asked":
        raise Refused(tr("This has been decided already."))
    if granted:
        # since it was asked for, the deadline may have got a later day, or the day asked for may have passed
        _check_day(engine, work, deadline, asked.to_on)
    status = "done" if granted else "refused"
    deadlines.decide_change(work, change_id, status=status, person_id=actor.person_id)
    columns = {"due_on": asked.to_on} if granted else {}
    what = "extend" if granted else "refuse"
    change = Change(case, deadline, actor, acting, what, reason, columns, {"asked": change_id})
    write_change(engine, work, change, moved=granted)
    letter = "extension_granted" if granted else "extension_refused"
    tell(engine, work, case, deadline, letter=letter, facts={"to": asked.to_on.isoformat(), "reason": reason})
    return deadlines.get(work, deadline.id)


def pause(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Stop the clock of a deadline; no rung fires until it is resumed."""
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    if deadline.paused_on is not None:
        raise Refused(tr("It is paused already, since {day}.", day=deadline.paused_on))
    if deadline.due_on is None:
        raise Refused(tr("This milestone has no day, so there is nothing to pause."))
    today = engine.today(work)
    deadlines.enter_change(work, deadline, kind="pause", to_on=None, person_id=actor.person_id, reason=reason, on=today)
    write_change(engine, work, Change(case, deadline, actor, acting, "pause", reason, {"paused_on": today}))
    return deadlines.get(work, deadline_id)


def resume(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Let the clock run on; the day moves by the working days that were paused."""
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    if deadline.paused_on is None or deadline.due_on is None:
        raise Refused(tr("It is not paused."))
    today = engine.today(work)
    to_on = paused_to(deadline.due_on, deadline.paused_on, today, engine.workdays(work))
    deadlines.enter_change(
        work, deadline, kind="resume", to_on=to_on, person_id=actor.person_id, reason=reason, on=today
    )
    columns = {"due_on": to_on, "paused_on": None}
    write_change(
        engine,
        work,
        Change(case, deadline, actor, acting, "resume", reason, columns),
        moved=to_on != deadline.due_on,
    )
    return deadlines.get(work, deadline_id)


def waive(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Let a deadline go: it is neither met nor missed."""
    case, deadline, acting = held(work, actor, deadline_id, SUPERVISORS, reason)
    deadlines.enter_change(
        work, deadline, kind="waive", to_on=None, person_id=actor.person_id, reason=reason, on=engine.today(work)
    )
    write_change(engine, work, Change(case, deadline, actor, acting, "waive", reason, {"state": "waived"}))
    return deadlines.get(work, deadline_id)


def reply(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, promised_on: date, reason: str) -> Deadline:
    """A district's answer to 催办 or 督办: why it is late and by when it will be done. The due day stays."""
    case, deadline, acting = held(work, actor, deadline_id, REPORTERS, reason)
    today = engine.today(work)
    if promised_on < today:
        raise Refused(tr("The promised day {day} lies in the past.", day=promised_on))
    _check_reach(engine, work, deadline, promised_on)
    deadlines.enter_change(
        work, deadline, kind="reply", to_on=promised_on, person_id=actor.person_id, reason=reason, on=today
    )
    columns = {"promised_on": promised_on}
    write_change(engine, work, Change(case, deadline, actor, acting, "reply", reason, columns))
    return deadlines.get(work, deadline_id)


def case_asked_about(work: Work, actor: Actor, change_id: int) -> Case:
    """The case for which another day was asked, held; refused by the number of the request alone."""
    try:
        return case_of(work, actor, deadlines.get_change(work, change_id).deadline_id)
    except Hidden as hidden:
        raise Hidden(hidden.what, asked=change_id) from None
    except NotFound:
        raise Hidden(f"request {change_id}") from None


def _check_day(engine: Engine, work: Work, deadline: Deadline, to_on: date) -> None:
    if deadline.due_on is None:
        raise Refused(tr("This milestone has no day, so there is nothing to extend."))
    if to_on <= deadline.due_on:
        raise Refused(
            tr(
                "The new day must lie after the present one, {day}; for an earlier one, shorten the extension.",
                day=deadline.due_on,
            )
        )
    if to_on < engine.today(work):
        raise Refused(tr("The new day {day} lies in the past.", day=to_on))
    terms = engine.terms(work, deadline.campaign)
    if to_on > terms.closes and not terms.extends_beyond_close:
        raise Refused(
            tr(
                "The new day {day} lies beyond the last day of the campaign, {closes}; is its year right?",
                day=to_on,
                closes=terms.closes,
            )
        )
    _check_reach(engine, work, deadline, to_on)


def _check_reach(engine: Engine, work: Work, deadline: Deadline, day: date) -> None:
    """A day years away is a slip of the pen, also where a campaign may go on beyond its last day."""
    terms = engine.terms(work, deadline.campaign)
    furthest = max(terms.closes, deadline.due_on or terms.closes, engine.today(work)) + REACH
    if day > furthest:
        raise Refused(
            tr("The day {day} lies more than a year after the end of the campaign; is its year right?", day=day)
        )
