"""The right side of the to-do list: the case that was chosen, why it is there, and the forms that settle it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from console import history
from console.casedeadlines import deadline_views
from console.casesteps import steps_of
from console.caseview import CaseView, Stage, case_view, stages
from console.web.acts import Act
from console.web.desk import Desk
from console.web.filters import query
from console.web.pages.case_acts import bureau_acts, waiting_acts
from console.web.pages.case_days import deadline_rows
from console.web.pages.tasks_lines import Spot
from engine.agenda import milestone_label
from engine.clock import local_day
from engine.duedays import days_late, light
from engine.flow import Label
from engine.store import deadlines
from engine.store.database import Work
from engine.words import Sentence, tr
from notifications import desk as mailing
from notifications.outbox import LABELS, State

Fact = tuple[Sentence, object]
LATEST: Final = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case with what settles its task; `is_open` says whether it still waits, `version` goes into the forms."""

    spot: Spot
    version: int
    subject: str
    stages: tuple[Stage, ...]
    facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    latest: tuple[history.Entry, ...]
    light: str
    late: int
    due_on: date | None
    state: Label
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChosenMail:
    """A letter that somebody has to look at: how it stands with each of its receivers."""

    spot: Spot
    subject: str
    facts: tuple[Fact, ...]
    receivers: tuple[tuple[str, str, object, str], ...]
    href: str


def chosen_at(desk: Desk, work: Work, spot: Spot, onward: Mapping[str, object]) -> Chosen | ChosenMail:
    """What stands at a place of the list, also where it was settled meanwhile."""
    if spot.case_id == 0:
        return _mail(desk, work, spot)
    view = case_view(desk.engine, work, desk.actor, spot.case_id)
    case, is_open = view.case, STANDS[spot.reason](work, view, spot)
    return Chosen(
        spot=spot,
        version=case.version,
        subject=case.subject_name,
        stages=tuple(stages(view)),
        facts=tuple(_facts(view)),
        acts=tuple(_led_on(one, onward) for one in _acts(desk, work, view, spot)) if is_open else (),
        latest=history.told(desk.engine, view.flow, view.entries, view.names)[:LATEST],
        light=str(light(case.next_due_on, view.today, view.workdays)),
        late=max(0, days_late(case.next_due_on, view.today, view.workdays)),
        due_on=case.next_due_on,
        state=view.state,
        is_open=is_open,
    )


def _led_on(act: Act, onward: Mapping[str, object]) -> Act:
    """The same deed by an address of the list, which goes on to the next line afterwards."""
    return replace(act, action=f"/tasks{act.action}?{query(onward)}")


def _facts(view: CaseView) -> Iterator[Fact]:
    case = view.case
    yield tr("District"), view.place.full_name
    yield tr("State"), tr("{state} since {day}", state=view.state, day=case.entered_on)
    if case.next_milestone and case.next_due_on:
        yield tr("Next milestone"), milestone_label(view.flow, case.next_milestone)
        yield tr("Due"), case.next_due_on
    if case.round:
        yield tr("Sent back"), tr("{n} times", n=case.round)


def _acts(desk: Desk, work: Work, view: CaseView, spot: Spot) -> Iterator[Act]:
    """The deeds that settle a line of this kind."""
    if spot.reason in {"to_confirm", "claim"}:
        steps = steps_of(desk.engine, work, desk.actor, view)
        if spot.reason == "claim":
            yield from (one for one in bureau_acts(view, steps) if one.name == "claim")
        elif steps.waiting:
            yield from waiting_acts(view, steps.waiting)
        return
    rows = deadline_rows(view.case.id, deadline_views(work, desk.actor, view), closed=False)
    wanted = _names(view, spot)
    yield from (act for row in rows for act in row.acts if act.name in wanted)


def _names(view: CaseView, spot: Spot) -> frozenset[str]:
    if spot.reason == "extension_asked":
        return frozenset({f"extension-{spot.number}"})
    awaited = [one.id for one in view.standing if one.state == "open" and one.milestone == view.case.next_milestone]
    return frozenset(f"{deed}-{number}" for number in awaited for deed in ("reply", "ask"))


def _is_awaited(_: Work, view: CaseView, __: Spot) -> bool:
    return view.case.next_due_on is not None


def _is_asked(work: Work, view: CaseView, spot: Spot) -> bool:
    rows = deadlines.changes_of(work, [one.id for one in view.standing if one.state == "open"])
    return any(row.id == spot.number and row.status == "asked" for row in rows)


STANDS: Final[Mapping[str, Callable[[Work, CaseView, Spot], bool]]] = {
    "overdue": lambda _, view, __: view.case.next_due_on is not None and view.case.next_due_on < view.today,
    "returned": lambda _, view, __: view.case.returned_at is not None,
    "due_soon": _is_awaited,
    "report_due": _is_awaited,
    "to_confirm": lambda _, view, __: view.case.proposed_step is not None,
    "extension_asked": _is_asked,
    "claim": lambda _, view, __: view.case.claimed and view.case.resume_state is None,
    "bounced": lambda *_: False,
    "draft_circular": lambda *_: False,
}
"""Whether a line still waits, by the reason why it is there."""


def _mail(desk: Desk, work: Work, spot: Spot) -> ChosenMail:
    shown = mailing.shown(work, desk.actor, spot.number)
    mail = shown.mail
    facts: list[Fact] = [
        (tr("State"), LABELS[State(mail.state)]),
        (tr("Written"), local_day(mail.created_at, desk.engine.zone)),
        (tr("Reason"), mail.reason or ""),
        (tr("Last answer of the relay"), mail.last_text or ""),
    ]
    receivers = tuple(
        (one.name, one.address, FATES.get(one.state, one.state), one.text or "") for one in shown.receivers
    )
    return ChosenMail(spot, mail.subject, tuple(facts), receivers, f"/letters/{mail.id}")


FATES: Final = {
    "open": tr("open"),
    "accepted": tr("taken by the server"),
    "refused": tr("refused"),
    "doubt": tr("in doubt"),
    "given_up": tr("given up"),
    "bounced": tr("came back"),
}
