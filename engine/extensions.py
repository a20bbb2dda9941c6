"""Changing a deadline by hand: extend, ask, decide, pause, resume, waive, reply; with person, reason and ledger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine.access import Actor, Capacity
from engine.acting import capacity_for, entry_of, seen
from engine.core import Engine
from engine.duedays import paused_to
from engine.errors import Hidden, NotFound, Refused
from engine.model import Case, Deadline, Notice
from engine.moves import Move, write
from engine.roles import REPORTERS, SUPERVISORS
from engine.schedule import refresh
from engine.store import deadlines, definitions, notices
from engine.store.database import Work
from engine.words import tr


def extend(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, to_on: date, reason: str) -> Deadline:
    """Give a deadline another day; its ladder starts anew for that day, what was sent for the old one stays sent."""
    case, deadline, acting = _held(work, actor, deadline_id, SUPERVISORS, reason)
    _check_day(engine, work, deadline, to_on)
    deadlines.enter_change(
        work, deadline, kind="extend", to_on=to_on, person_id=actor.person_id, reason=reason, on=engine.today(work)
    )
    _write(engine, work, _Change(case, deadline, actor, acting, "extend", reason, {"due_on": to_on}), moved=True)
    _tell(engine, work, case, deadline, letter="extension_granted", facts={"to": to_on.isoformat(), "reason": reason})
    return deadlines.get(work, deadline_id)


def ask_extension(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, to_on: date, reason: str) -> int:
    """Ask the level above for another day; answers the number under which it is decided."""
    case, deadline, acting = _held(work, actor, deadline_id, REPORTERS, reason)
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
    _write(
        engine,
        work,
        _Change(case, deadline, actor, acting, "ask", reason, {}, {"to": to_on.isoformat(), "asked": change}),
    )
    return change


def decide_extension(
    engine: Engine, work: Work, actor: Actor, change_id: int, *, granted: bool, reason: str
) -> Deadline:
    """Grant or refuse what was asked."""
    case, deadline, acting = _held(work, actor, _deadline_asked_for(work, change_id), SUPERVISORS, reason)
    asked = deadlines.get_change(work, change_id)
    if asked.status != "asked":
        raise Refused(tr("This has been decided already."))
    if granted:
        # since it was asked for, the deadline may have got a later day, or the day asked for may have passed
        _check_day(engine, work, deadline, asked.to_on)
    status = "done" if granted else "refused"
    deadlines.decide_change(work, change_id, status=status, person_id=actor.person_id)
    columns = {"due_on": asked.to_on} if granted else {}
    what = "extend" if granted else "refuse"
    change = _Change(case, deadline, actor, acting, what, reason, columns, {"asked": change_id})
    _write(engine, work, change, moved=granted)
    letter = "extension_granted" if granted else "extension_refused"
    _tell(engine, work, case, deadline, letter=letter, facts={"to": asked.to_on.isoformat(), "reason": reason})
    return deadlines.get(work, deadline.id)


def pause(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Stop the clock of a deadline; no rung fires until it is resumed."""
    case, deadline, acting = _held(work, actor, deadline_id, SUPERVISORS, reason)
    if deadline.paused_on is not None:
        raise Refused(tr("It is paused already, since {day}.", day=deadline.paused_on.isoformat()))
    if deadline.due_on is None:
        raise Refused(tr("This milestone has no day, so there is nothing to pause."))
    today = engine.today(work)
    deadlines.enter_change(work, deadline, kind="pause", to_on=None, person_id=actor.person_id, reason=reason, on=today)
    _write(engine, work, _Change(case, deadline, actor, acting, "pause", reason, {"paused_on": today}))
    return deadlines.get(work, deadline_id)


def resume(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Let the clock run on; the day moves by the working days that were paused."""
    case, deadline, acting = _held(work, actor, deadline_id, SUPERVISORS, reason)
    if deadline.paused_on is None or deadline.due_on is None:
        raise Refused(tr("It is not paused."))
    today = engine.today(work)
    to_on = paused_to(deadline.due_on, deadline.paused_on, today, engine.workdays(work))
    deadlines.enter_change(
        work, deadline, kind="resume", to_on=to_on, person_id=actor.person_id, reason=reason, on=today
    )
    columns = {"due_on": to_on, "paused_on": None}
    _write(
        engine,
        work,
        _Change(case, deadline, actor, acting, "resume", reason, columns),
        moved=to_on != deadline.due_on,
    )
    return deadlines.get(work, deadline_id)


def waive(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, reason: str) -> Deadline:
    """Let a deadline go: it is neither met nor missed."""
    case, deadline, acting = _held(work, actor, deadline_id, SUPERVISORS, reason)
    deadlines.enter_change(
        work, deadline, kind="waive", to_on=None, person_id=actor.person_id, reason=reason, on=engine.today(work)
    )
    _write(engine, work, _Change(case, deadline, actor, acting, "waive", reason, {"state": "waived"}))
    return deadlines.get(work, deadline_id)


def reply(engine: Engine, work: Work, actor: Actor, deadline_id: int, *, promised_on: date, reason: str) -> Deadline:
    """A district's answer to 催办 or 督办: why it is late and by when it will be done. The due day stays."""
    case, deadline, acting = _held(work, actor, deadline_id, REPORTERS, reason)
    today = engine.today(work)
    if promised_on < today:
        raise Refused(tr("The promised day {day} lies in the past.", day=promised_on.isoformat()))
    deadlines.enter_change(
        work, deadline, kind="reply", to_on=promised_on, person_id=actor.person_id, reason=reason, on=today
    )
    columns = {"promised_on": promised_on}
    _write(engine, work, _Change(case, deadline, actor, acting, "reply", reason, columns))
    return deadlines.get(work, deadline_id)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of one deadline by one person: the columns that change and what the journal says besides."""

    case: Case
    deadline: Deadline
    actor: Actor
    acting: Capacity
    what: str
    reason: str
    columns: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)


def _held(
    work: Work, actor: Actor, deadline_id: int, roles: Collection[str], reason: str
) -> tuple[Case, Deadline, Capacity]:
    case = seen(work, actor, _case_under(work, deadline_id))
    # read now that its case is held: until then somebody else may have changed it
    deadline = deadlines.get(work, deadline_id)
    acting = capacity_for(work, actor, case, roles)
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    if deadline.state != "open":
        raise Refused(tr("This deadline is closed; only an open one can be changed."))
    return case, deadline, acting


def _case_under(work: Work, deadline_id: int) -> int:
    """The case of a deadline; one that is not there is refused like one that may not be seen."""
    try:
        return deadlines.get(work, deadline_id).case_id
    except NotFound:
        raise Hidden(f"deadline {deadline_id}") from None


def _deadline_asked_for(work: Work, change_id: int) -> int:
    try:
        deadline_id: int = deadlines.get_change(work, change_id).deadline_id
    except NotFound:
        raise Hidden(f"request {change_id}") from None
    return deadline_id


def _check_day(engine: Engine, work: Work, deadline: Deadline, to_on: date) -> None:
    if deadline.due_on is None:
        raise Refused(tr("This milestone has no day, so there is nothing to extend."))
    if to_on <= deadline.due_on:
        raise Refused(tr("The new day must lie after the present one, {day}.", day=deadline.due_on.isoformat()))
    if to_on < engine.today(work):
        raise Refused(tr("The new day {day} lies in the past.", day=to_on.isoformat()))


def _write(engine: Engine, work: Work, change: _Change, *, moved: bool = False) -> None:
    generation = change.deadline.generation + (1 if moved else 0)
    since = work.now if moved else change.deadline.speaks_from
    row = {"id": change.deadline.id, **change.columns, "generation": generation, "speaks_from": since}
    deadlines.change(work, [row])
    told = {name: _plain(value) for name, value in change.columns.items()}
    data = {"deadline": change.deadline.id, "milestone": change.deadline.milestone, "what": change.what}
    entry = replace(
        entry_of(
            change.case,
            change.actor,
            change.acting,
            kind="deadline",
            on=engine.today(work),
            data={**data, **told, **change.data},
        ),
        reason=change.reason,
    )
    flow = definitions.flow_of(work, change.case.definition_id)
    write(engine, work, [Move(change.case, flow, entry)])
    refresh(engine, work, [change.deadline.id])


def _tell(engine: Engine, work: Work, case: Case, deadline: Deadline, *, letter: str, facts: Mapping[str, Any]) -> None:
    due = deadline.due_on.isoformat() if deadline.due_on else None
    notice = Notice(
        dedup_key=f"{letter}:{deadline.id}:{deadline.generation}:{case.version}",
        kind=letter,
        letter=letter,
        campaign=case.campaign,
        district_id=case.district_id,
        case_id=case.id,
        deadline_id=deadline.id,
        milestone=deadline.milestone,
        morning_on=engine.today(work),
        release_at=work.now,
        facts={"subject": case.subject_name, "due_on": due, **facts},
    )
    notices.post(work, [notice])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
