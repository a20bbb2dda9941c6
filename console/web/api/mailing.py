"""Letters led through the interface: sent anew at corrected addresses, released, settled, stopped and started."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from console.letterfile import send_anew, sending
from console.letters import mark_read
from console.web.api.desk import AtApi, told
from console.web.api.looking import MailNumber, letter_told
from console.web.api.once import AtOnce, Once
from console.web.api.reading import NUMBER
from console.web.api.shapes import Asked, Document, LetterLed, Nothing, SentAnew, problems
from console.web.menu import BUREAU, DISTRICT
from engine.store import mails
from engine.store.database import Work
from notifications import desk as mailroom
from notifications import suppression
from notifications.guarding import MANAGERS
from notifications.switch import EVERYTHING

router = APIRouter(tags=["letters"], responses=problems(400, 409, 412))

READERS: Final = BUREAU | DISTRICT


class Switched(Asked):
    """Which letters are stopped or started; all of them where none is named."""

    letters: list[Annotated[str, Field(min_length=1, max_length=60)]] = Field(default=[], max_length=100)


class Read(Asked):
    """Numbers of letters to oneself that were read; all of them where none is named."""

    letters: list[Annotated[int, Field(ge=1, le=NUMBER)]] = Field(default=[], max_length=1_000)


class Lifted(Asked):
    """An address to which letters go again, and why."""

    address: str = Field(min_length=3, max_length=254)
    reason: str = Field(min_length=4, max_length=500)


class Settled(Asked):
    """Where it is known from that the letter arrived."""

    reason: str = Field(min_length=4, max_length=500)


@router.post("/letters/{number}/resend", response_model=LetterLed)
def resend(number: MailNumber, asked: SentAnew, once: AtOnce) -> Response:
    """Send a letter once more to those who have not got it; refused where somebody did so since it was seen."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, object]:
        sent = send_anew(desk.house.post, work, desk.actor, number, addresses=asked.addresses, seen=asked.seen)
        return {"number": sent.id, "state": sent.state}

    return _led(once, number, asked, do)


@router.post("/letters/{number}/release", response_model=LetterLed)
def release(number: MailNumber, asked: Nothing, once: AtOnce) -> Response:
    """Let a draft or a held letter leave with the next run; what is no longer so is withdrawn instead."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, object]:
        mailroom.release(desk.house.post, work, desk.actor, number)
        return {"number": number, "state": mails.get(work, number).state}

    return _led(once, number, asked, do)


@router.post("/letters/{number}/arrived", response_model=LetterLed)
def settle(number: MailNumber, asked: Settled, once: AtOnce) -> Response:
    """Settle a doubt: somebody has the letter in hand."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, object]:
        settled = mailroom.mark_arrived(desk.house.post, work, desk.actor, number, reason=asked.reason)
        return {"number": settled.id, "state": settled.state}

    return _led(once, number, asked, do)


@router.get("/mail", response_model=Document)
def how_it_goes(desk: AtApi) -> Response:
    """Whether letters leave the house: what is stopped, how the way to the relay is, and what waits since when."""
    desk.only_for(*BUREAU)
    with desk.look() as work:
        return told(desk, sending(work))


@router.post("/mail/stop", response_model=Document)
def stop(asked: Switched, once: AtOnce) -> Response:
    """Stop all letters, or some; what is ready is held."""
    desk = once.desk
    desk.only_for(*READERS)
    return once.do(
        asked, lambda work: {"held": mailroom.stop(desk.house.post, work, desk.actor, asked.letters or [EVERYTHING])}
    )


@router.post("/mail/start", response_model=Document)
def start(asked: Switched, once: AtOnce) -> Response:
    """Let letters go again."""
    desk = once.desk
    desk.only_for(*READERS)
    return once.do(
        asked, lambda work: {"ready": mailroom.start(desk.house.post, work, desk.actor, asked.letters or [EVERYTHING])}
    )


@router.post("/mail/read", response_model=Document)
def note_read(asked: Read, once: AtOnce) -> Response:
    """Note what was read of what was sent to oneself."""
    desk = once.desk
    desk.only_for(*READERS)
    return once.do(asked, lambda work: {"read": mark_read(work, desk.actor, asked.letters or None)})


@router.get("/mail/suppressed", response_model=list[Document])
def spared(desk: AtApi) -> Response:
    """The addresses that are not written to any more, and why."""
    desk.only_for(*MANAGERS)
    with desk.look() as work:
        return told(desk, suppression.standing(work, desk.actor))


@router.post("/mail/suppressed/lift", response_model=Document)
def lift(asked: Lifted, once: AtOnce) -> Response:
    """Write to an address again from the next letter on."""
    desk = once.desk
    desk.only_for(*MANAGERS)

    def do(work: Work) -> dict[str, object]:
        suppression.lift(desk.house.post, work, desk.actor, asked.address, reason=asked.reason)
        return {"address": asked.address}

    return once.do(asked, do)


def _led(once: Once, number: int, asked: BaseModel, do: Callable[[Work], dict[str, object]]) -> Response:
    desk = once.desk
    return once.do(asked, do, read=lambda work: letter_told(desk, work, number))
