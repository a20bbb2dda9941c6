"""The letters that went out or wait, filtered by the address; whether sending goes on, and stopping and starting it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from console.letterfile import Sending, sending
from console.letters import Letter, letters, mark_read, unread_letters
from console.letterwords import NAMES
from console.paging import Count, Page
from console.web.asked import Asked
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import BUREAU, DISTRICT
from console.web.pages.cases import districts_of
from engine.flow import Label
from engine.store import suppressions
from engine.store.database import Work
from engine.words import Sentence, tr
from notifications import desk as mailroom
from notifications import reasons
from notifications.faults import MEANINGS, Fault
from notifications.guarding import MANAGERS
from notifications.outbox import LABELS, State
from notifications.switch import EVERYTHING

pages = APIRouter()

READERS: Final = BUREAU | DISTRICT


NONE: Final[Page[Letter]] = Page((), None, Count(0))


class Filters(Asked):
    """What the address may ask for; a state or letter that does not exist is left alone."""

    state: str = ""
    letter: str = ""
    district: str = ""


class Read(Form):
    """Letters that were read; all of them where none is named."""

    letter: tuple[int, ...] = Field(default=(), max_length=1000)


class Switched(Form):
    """Which letters to stop or start; all of them where none is named."""

    letter: str = EVERYTHING


@dataclass(frozen=True, slots=True)
class Row:
    """A letter as the list shows it; `at` is when it left, or from when on it may."""

    letter: Letter
    name: object
    state: Label
    why: Sentence | None
    at: datetime

    @property
    def to(self) -> tuple[str, ...]:
        return tuple(one.name or one.address for one in self.letter.to if one.field != "cc")

    @property
    def refused(self) -> int:
        """How many recipients did not get it, as far as is known."""
        return sum(one.state in {"refused", "given_up", "bounced"} for one in self.letter.to)


@dataclass(frozen=True, slots=True)
class Gate:
    """How it is with sending, in words.

    `stopped` names the letters that are stopped while others go, `spared` counts the addresses not written to, for whom
    decides about mail.
    """

    sending: Sending
    fault: Sentence | None
    stopped: tuple[tuple[str, object], ...]
    is_closed: bool
    spared: int


@dataclass(frozen=True, slots=True)
class LettersPage:
    """A page of letters; who decides about mail sees how sending goes and can stop it."""

    title: Sentence
    filters: Filters
    states: tuple[Choice, ...]
    names: tuple[Choice, ...]
    districts: tuple[Choice, ...]
    rows: Page[Row]
    unread: Page[Row]
    gate: Gate | None
    is_manager: bool
    templates: bool
    attempt: Attempt

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@pages.get("/letters")
def show_letters(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return letters_page(desk, filters)


@pages.post("/letters/stop")
def stop_letters(typed: AsTyped, desk: AtDesk) -> Response:
    """Nothing leaves any more, or nothing of one kind; what is ready is held."""
    desk.if_refused(typed, lambda attempt: letters_page(desk, Filters(), attempt))
    form = typed.read(Switched)
    with desk.work() as work:
        mailroom.stop(desk.house.post, work, desk.actor, [form.letter])
    return desk.back("/letters")


@pages.post("/letters/start")
def start_letters(typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, lambda attempt: letters_page(desk, Filters(), attempt))
    form = typed.read(Switched)
    with desk.work() as work:
        mailroom.start(desk.house.post, work, desk.actor, [form.letter])
    return desk.back("/letters")


@pages.post("/letters/read")
def note_read(typed: AsTyped, desk: AtDesk) -> Response:
    """What was sent to oneself is read."""
    desk.only_for(*READERS)
    form = typed.read(Read)
    with desk.work() as work:
        mark_read(work, desk.actor, form.letter or None)
    return desk.back("/letters")


def letters_page(desk: Desk, filters: Filters, attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*READERS)
    known = filters.letter if filters.letter in NAMES else None
    with desk.look() as work:
        found = letters(
            work,
            desk.actor,
            states=[filters.state] if filters.state in set(State) else [],
            letter=known,
            district=filters.district or None,
            after=filters.after or None,
        )
        mine = unread_letters(work, desk.actor) if _receives(desk) else NONE
        gate = _gate(desk, work) if desk.roles & BUREAU else None
        districts = districts_of(desk, work, filters.district)
    page = LettersPage(
        title=tr("Letters") if desk.roles & BUREAU else tr("Letters received"),
        filters=filters,
        states=tuple(Choice(one, desk.word(LABELS[one]), one == filters.state) for one in State),
        names=tuple(Choice(one, desk.say(name), one == filters.letter) for one, name in NAMES.items()),
        districts=districts,
        rows=_rows(found),
        unread=_rows(mine),
        gate=gate,
        is_manager=is_manager(desk),
        templates=bool(desk.roles & BUREAU),
        attempt=attempt,
    )
    return desk.page("letters/index.html", page)


def is_manager(desk: Desk) -> bool:
    """Whether this person decides about mail."""
    return bool(desk.roles & frozenset(MANAGERS))


def _receives(desk: Desk) -> bool:
    """To the bureau this page is the log of what was sent; to districts it is their mail."""
    return not desk.roles & BUREAU


def _rows(found: Page[Letter]) -> Page[Row]:
    return Page(tuple(_row(one) for one in found), found.after, found.count)


def _row(one: Letter) -> Row:
    mail = one.mail
    return Row(
        letter=one,
        name=NAMES.get(mail.letter, mail.letter),
        state=LABELS[State(mail.state)],
        why=reasons.sentence(mail.reason) if mail.reason else None,
        at=mail.sent_at or mail.not_before,
    )


def _gate(desk: Desk, work: Work) -> Gate:
    found = sending(work)
    stopped = sorted(found.stopped - {EVERYTHING})
    return Gate(
        sending=found,
        fault=MEANINGS[Fault(found.lane.fault)] if found.lane else None,
        stopped=tuple((one, NAMES.get(one, one)) for one in stopped),
        is_closed=found.lane is not None and found.lane.until > desk.now,
        spared=suppressions.count(work) if is_manager(desk) else 0,
    )
