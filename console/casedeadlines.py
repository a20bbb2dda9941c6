"""The deadlines of a case with what was done to them, and the deeds of districts and of the level above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.caseview import CaseView
from engine import extensions
from engine.access import Actor
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import light
from engine.errors import Hidden
from engine.flow import Label
from engine.model import Deadline
from engine.roles import REPORTERS, SUPERVISORS
from engine.store import deadlines, people
from engine.store.database import Work


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What was done to a deadline: `status` is asked, done or refused."""

    id: int
    kind: str
    from_on: date | None
    to_on: date | None
    by: str
    recorded_on: date
    reason: str
    status: str


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline as the page shows it; `asked` is the extension that waits for an answer."""

    deadline: Deadline
    label: Label
    light: str
    late: int
    ledger: tuple[LedgerRow, ...]
    asked: LedgerRow | None
    reports: bool
    supervises: bool

    @property
    def is_open(self) -> bool:
        return self.deadline.state == "open"

    @property
    def is_dated(self) -> bool:
        return self.is_open and self.deadline.due_on is not None


def deadline_views(work: Work, actor: Actor, view: CaseView) -> tuple[DeadlineView, ...]:
    """All deadlines of the case, in the order they were opened."""
    ledgers = _ledgers(work, view)
    reports, supervises = view.may(actor, REPORTERS), view.may(actor, SUPERVISORS)
    return tuple(
        DeadlineView(
            deadline=one,
            label=milestone_label(view.flow, one.milestone),
            light=_light(view, one),
            late=view.late(one),
            ledger=ledgers.get(one.id, ()),
            asked=next((row for row in ledgers.get(one.id, ()) if row.status == "asked"), None),
            reports=reports,
            supervises=supervises,
        )
        for one in view.standing
    )


def _light(view: CaseView, deadline: Deadline) -> str:
    if deadline.state != "open" or deadline.paused_on is not None or deadline.due_on is None:
        return "grey"
    return str(light(deadline.due_on, view.today, view.workdays).value)


def _ledgers(work: Work, view: CaseView) -> dict[int, tuple[LedgerRow, ...]]:
    rows = deadlines.changes_of(work, [one.id for one in view.standing])
    strangers = {row.person_id for row in rows} - view.names.keys()
    names = {**view.names, **(people.names(work, strangers) if strangers else {})}
    found: dict[int, tuple[LedgerRow, ...]] = {}
    for row in rows:
        told = LedgerRow(
            row.id,
            row.kind,
            row.from_on,
            row.to_on,
            names.get(row.person_id, ""),
            row.recorded_on,
            row.reason,
            row.status,
        )
        found[row.deadline_id] = (*found.get(row.deadline_id, ()), told)
    return found


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a deadline: by a use case, with a new day or without one."""

    do: Callable[..., Any]
    day: str = ""
    """What the use case calls its day."""


DEEDS: Final[Mapping[str, Deed]] = {
    "ask": Deed(extensions.ask_extension, "to_on"),
    "extend": Deed(extensions.extend, "to_on"),
    "pause": Deed(extensions.pause),
    "resume": Deed(extensions.resume),
    "waive": Deed(extensions.waive),
    "reply": Deed(extensions.reply, "promised_on"),
}


def change_deadline(
    engine: Engine, work: Work, actor: Actor, place: tuple[int, int], name: str, *, reason: str, on: date | None
) -> None:
    """Do something to a deadline of a case; `place` is the case and the deadline, which must belong together."""
    case_id, deadline_id = place
    if deadline_id not in {one.id for one in deadlines.of_cases(work, [case_id])[case_id]}:
        raise Hidden(f"deadline {deadline_id}")
    deed = DEEDS[name]
    day = {deed.day: on} if deed.day else {}
    deed.do(engine, work, actor, deadline_id, **day, reason=reason)


def decide_asked(
    engine: Engine, work: Work, actor: Actor, place: tuple[int, int], *, granted: bool, reason: str
) -> None:
    """Grant or refuse an extension that was asked for; `place` is the case and the request."""
    case_id, change_id = place
    standing = [one.id for one in deadlines.of_cases(work, [case_id])[case_id]]
    if change_id not in {row.id for row in deadlines.changes_of(work, standing)}:
        raise Hidden(f"request {change_id}")
    extensions.decide_extension(engine, work, actor, change_id, granted=granted, reason=reason)
