"""One letter: what it said, to whom, why, what became of it; sending it anew, letting it go, settling a doubt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import HTMLResponse, Response

from console.letterfile import About, LetterFile, attached, letter_file, send_anew
from console.letters import mark_read
from console.letterwords import FATES, FIELDS, NAMES, STAGES
from console.web.acts import Reason
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, Desk
from console.web.downloads import attachment
from console.web.pages.case_files import size_of
from console.web.pages.letters import READERS, is_manager
from engine.flow import Label
from engine.store.mails import Mail, Recipient
from engine.words import Sentence, tr
from notifications import desk as mailroom
from notifications import reasons
from notifications.confidential import LETTERS as CONFIDENTIAL
from notifications.facts import LEVEL_WORDS
from notifications.outbox import LABELS, State
from notifications.resending import SENT_BEFORE

pages = APIRouter()

MOST: Final = 50
"""Matters of a letter that are shown; how many there are in all stands below."""

SEALED: Final = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'self'; sandbox"
    ),
    "x-frame-options": "SAMEORIGIN",
}
"""On the words of a letter in the frame of our page: they carry their own styles, run nothing and fetch nothing."""


class Resent(Form):
    """Addresses as they stood and as they are to be; `seen` counts the mails of the letter that were shown."""

    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    seen: int = Field(ge=0)


class Settled(Form):
    reason: Reason


@dataclass(frozen=True, slots=True)
class Receiver:
    """A recipient and what became of the mail for them."""

    who: Recipient
    field: object
    fate: object


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about: which case, and which occasion."""

    about: About
    kind: object


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter; `may` are the deeds that its state leaves to whoever decides about mail."""

    found: LetterFile
    name: object
    state: Label
    facts: tuple[tuple[Sentence, object], ...]
    receivers: tuple[Receiver, ...]
    matters: tuple[Matter, ...]
    tries: tuple[tuple[object, object], ...]
    others: tuple[tuple[Mail, Label], ...]
    files: tuple[tuple[int, str, Sentence], ...]
    may: frozenset[str]
    is_manager: bool
    attempt: Attempt

    @property
    def id(self) -> int:
        return self.found.mail.id

    def address(self, place: int) -> str:
        """What stands in the field of a recipient: as it was typed, or as it is."""
        typed = self.attempt.values("new")
        return typed[place] if place < len(typed) else self.receivers[place].who.address


@pages.get("/letters/{mail_id}")
def show_letter(mail_id: int, desk: AtDesk) -> Response:
    return letter_page(desk, mail_id)


@pages.get("/letters/{mail_id}/shown")
def show_words(mail_id: int, desk: AtDesk) -> Response:
    """The letter as its readers see it, for the frame of our page."""
    desk.only_for(*READERS)
    with desk.look() as work:
        found = letter_file(work, desk.actor, mail_id)
    return sealed(found.parts.html)


@pages.get("/letters/{mail_id}/attachments/{place}")
def keep_attachment(mail_id: int, place: int, desk: AtDesk) -> Response:
    desk.only_for(*READERS)
    with desk.look() as work:
        name, kind, content = attached(work, desk.actor, mail_id, place)
    return attachment(name, content, kind)


@pages.post("/letters/{mail_id}/resend")
def resend_letter(mail_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Once more to those who have not got it, at corrected addresses."""
    desk.if_refused(typed, lambda attempt: letter_page(desk, mail_id, attempt))
    form = typed.read(Resent)
    corrected = {old: new for old, new in zip(form.old, form.new, strict=False) if old != new}
    with desk.work() as work:
        sent = send_anew(desk.house.post, work, desk.actor, mail_id, addresses=corrected, seen=form.seen)
    return desk.back(f"/letters/{sent.id}")


@pages.post("/letters/{mail_id}/release")
def release_letter(mail_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, lambda attempt: letter_page(desk, mail_id, attempt))
    with desk.work() as work:
        mailroom.release(desk.house.post, work, desk.actor, mail_id)
    return desk.back(f"/letters/{mail_id}")


@pages.post("/letters/{mail_id}/arrived")
def settle_doubt(mail_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, lambda attempt: letter_page(desk, mail_id, attempt))
    form = typed.read(Settled)
    with desk.work() as work:
        mailroom.mark_arrived(desk.house.post, work, desk.actor, mail_id, reason=form.reason)
    return desk.back(f"/letters/{mail_id}")


def sealed(words: str) -> Response:
    """The words of a letter under a policy of their own."""
    return HTMLResponse(words, headers=SEALED)


def letter_page(desk: Desk, mail_id: int, attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*READERS)
    with desk.look() as work:
        found = letter_file(work, desk.actor, mail_id)
    _note_reading(desk, found)
    mail = found.mail
    page = LetterPage(
        found=found,
        name=NAMES.get(mail.letter, mail.letter),
        state=LABELS[State(mail.state)],
        facts=tuple(_facts(desk, found)),
        receivers=tuple(Receiver(one, FIELDS[one.field], FATES.get(one.state, one.state)) for one in found.receivers),
        matters=tuple(
            Matter(one, LEVEL_WORDS.get(one.notice.kind) or NAMES.get(one.notice.letter, one.notice.letter))
            for one in found.about[:MOST]
        ),
        tries=tuple((one, STAGES.get(one.stage, one.stage)) for one in found.attempts),
        others=tuple((one, LABELS[State(one.state)]) for one in found.chain if one.id != mail.id),
        files=tuple((one.place, one.name, size_of(one.size)) for one in found.parts.files),
        may=_may(mail) if is_manager(desk) else frozenset(),
        is_manager=is_manager(desk),
        attempt=attempt,
    )
    return desk.page("letters/letter.html", page)


def _note_reading(desk: Desk, found: LetterFile) -> None:
    """Whoever opens a letter that was sent to them has read it."""
    if any(one.person_id == desk.actor.person_id and one.read_at is None for one in found.receivers):
        with desk.work() as work:
            mark_read(work, desk.actor, [found.mail.id])


def _may(mail: Mail) -> frozenset[str]:
    """The deeds that fit the state; the use cases refuse all others."""
    state = State(mail.state)
    deeds = {
        "release": state in {State.DRAFT, State.HELD},
        "resend": state in SENT_BEFORE and mail.letter not in CONFIDENTIAL,
        "arrived": state is State.DOUBT,
    }
    return frozenset(name for name, fits in deeds.items() if fits)


def _facts(desk: Desk, found: LetterFile) -> list[tuple[Sentence, object]]:
    """What a letter is; what only helps to trace a mail is for those who look after the mail."""
    mail, zone = found.mail, desk.engine.zone
    traces: list[tuple[Sentence, object]] = [(tr("Message id"), mail.message_id)] if is_manager(desk) else []

    def stamp(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""

    return [
        (tr("Letter"), NAMES.get(mail.letter, mail.letter)),
        (tr("State of the letter"), LABELS[State(mail.state)]),
        (tr("District"), found.district or tr("the whole city")),
        (tr("Reason"), reasons.sentence(mail.reason) if mail.reason else None),
        (tr("Composed"), stamp(mail.created_at)),
        (tr("Sent"), stamp(mail.sent_at)),
        (tr("Number of tries"), mail.attempts),
        (tr("Sender"), mail.mail_from),
        *traces,
        (tr("Size"), size_of(mail.size)),
    ]
