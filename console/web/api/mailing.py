"""Letters led through the interface: sent anew at corrected addresses, drafts and held ones released."""

from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from console.letterfile import send_anew
from console.web.api.looking import MailNumber
from console.web.api.once import AtOnce
from console.web.api.shapes import LetterLed, SentAnew, problems
from console.web.menu import BUREAU, DISTRICT
from engine.store import mails
from engine.store.database import Work
from notifications import desk as mailroom

router = APIRouter(tags=["letters"], responses=problems(400, 409))

READERS: Final = BUREAU | DISTRICT


class Nothing(BaseModel):
    """An empty object: the address says it all."""

    model_config = ConfigDict(extra="forbid")


@router.post("/letters/{number}/resend", response_model=LetterLed)
def resend(number: MailNumber, asked: SentAnew, once: AtOnce) -> Response:
    """Send a letter once more to those who have not got it; refused where somebody did so since it was seen."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, object]:
        sent = send_anew(desk.house.post, work, desk.actor, number, addresses=asked.addresses, seen=asked.seen)
        return {"number": sent.id, "state": sent.state}

    return once.do(asked, do)


@router.post("/letters/{number}/release", response_model=LetterLed)
def release(number: MailNumber, asked: Nothing, once: AtOnce) -> Response:
    """Let a draft or a held letter leave with the next run; what is no longer so is withdrawn instead."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, object]:
        mailroom.release(desk.house.post, work, desk.actor, number)
        return {"number": number, "state": mails.get(work, number).state}

    return once.do(asked, do)
