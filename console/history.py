"""The history of a case a page at a time, the newest first: who did what when and why, and which letters went out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from console.casewords import LETTERS, deed
from console.paging import PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor
from engine.acting import seen
from engine.agenda import milestone_label
from engine.clock import local_day
from engine.core import Engine
from engine.flow import Flow, Label
from engine.model import Notice, Recorded
from engine.store import definitions, journal, mails, notices, people
from engine.store.database import Work
from engine.store.mails import Mail
from engine.words import Sentence, tr
from notifications.outbox import LABELS, State

DAYS: Final[Mapping[str, Callable[..., Sentence]]] = {
    "promised_on": lambda what, day: tr("{what}, promised for {day}", what=what, day=day),
    "due_on": lambda what, day: tr("{what}, now {day}", what=what, day=day),
    "to": lambda what, day: tr("{what}, for {day}", what=what, day=day),
}
"""Where the entry of a deadline says a day, and how that is told."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter about the case: what it is called, the mail it went into, and how that stands."""

    letter: object
    mail_id: int | None
    subject: str | None
    state: Label | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened; `on` is the day it counts from, where that is not the day it was recorded."""

    at: datetime
    on: date | None
    who: str
    stood_in: str | None
    what: object
    reason: str | None
    letters: tuple[Posted, ...]
    seq: int


def history(
    engine: Engine, work: Work, actor: Actor, case_id: int, *, after: str | None = None, limit: int = PAGE
) -> Page[Entry]:
    """What was done about a case and what was said about it; a letter stands with the deed that caused it."""
    case = seen(work, actor, case_id)
    flow = definitions.flow_of(work, case.definition_id)
    entries = journal.of_case(work, case_id)
    ids = {one.person_id for one in entries} | {one.on_behalf_of for one in entries if one.on_behalf_of}
    told = list(_entries(engine, flow, entries, people.names(work, ids)))
    found = _with_letters(told, _letters(work, flow, case_id))
    place = place_of(after, str, int)
    behind = [one for one in found if place is None or (one.at.isoformat(), one.seq) < place]
    lines, more = cut(behind, limit)
    going_on = cursor(lines[-1].at.isoformat(), lines[-1].seq) if more else None
    return Page(tuple(lines), going_on, Count(len(found)))


def told(engine: Engine, flow: Flow, entries: Sequence[Recorded], names: Mapping[int, str]) -> tuple[Entry, ...]:
    """Entries that were read already, the newest first, without letters."""
    return tuple(sorted(_entries(engine, flow, entries, names), key=lambda one: one.seq, reverse=True))


def _entries(engine: Engine, flow: Flow, entries: Sequence[Recorded], names: Mapping[int, str]) -> Iterator[Entry]:
    for one in entries:
        if one.recorded_at is None:
            continue
        recorded_on = local_day(one.recorded_at, engine.zone)
        yield Entry(
            at=one.recorded_at,
            on=one.effective_on if one.effective_on != recorded_on else None,
            who=names.get(one.on_behalf_of or one.person_id, ""),
            stood_in=names.get(one.person_id) if one.on_behalf_of else None,
            what=_what(flow, one),
            reason=one.reason,
            letters=(),
            seq=one.seq,
        )


def _what(flow: Flow, one: Recorded) -> object:
    step = flow.step_by_name.get(one.step or "")
    told = deed({"kind": one.kind, "label": step.label if step else None, "about": one.data})
    milestone = one.data.get("milestone") if one.kind == "deadline" else None
    if milestone is None:
        return told
    about = tr("{what} ({product})", what=told, product=milestone_label(flow, milestone))
    return next((tell(about, one.data[name]) for name, tell in DAYS.items() if one.data.get(name)), about)


def _letters(work: Work, flow: Flow, case_id: int) -> list[tuple[Notice, Posted]]:
    found = [one for one in notices.of_case(work, case_id) if one.state != "cancelled"]
    posted = mails.by_ids(work, {one.mail_id for one in found if one.mail_id})
    return [(one, _posted(flow, one, posted.get(one.mail_id or 0))) for one in found]


def _posted(flow: Flow, notice: Notice, mail: Mail | None) -> Posted:
    name: Any = LETTERS.get(notice.letter, notice.letter)
    if notice.milestone:
        name = tr("{what} ({product})", what=name, product=milestone_label(flow, notice.milestone))
    state = LABELS[State(mail.state)] if mail else None
    return Posted(
        name, mail.id if mail else None, mail.subject if mail else None, state, mail.sent_at if mail else None
    )


def _with_letters(told: Sequence[Entry], letters: Sequence[tuple[Notice, Posted]]) -> list[Entry]:
    """Each letter with the deed of the same moment, or by itself where the clock caused it; the newest first."""
    by_moment: dict[datetime, list[Posted]] = {}
    for notice, posted in letters:
        if notice.created_at is not None:
            by_moment.setdefault(notice.created_at, []).append(posted)
    found = []
    for entry in sorted(told, key=lambda one: one.seq, reverse=True):
        own = tuple(by_moment.pop(entry.at, ()))
        found.append(replace(entry, letters=own) if own else entry)
    for place, (moment, some) in enumerate(by_moment.items()):
        alone = Entry(moment, None, "", None, tr("due by the calendar"), None, tuple(some), -1 - place)
        found.append(alone)
    return sorted(found, key=lambda one: (one.at.isoformat(), one.seq), reverse=True)
