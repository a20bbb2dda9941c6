"""Setting up a second factor: shown to the camera, proved with a code, recovery codes shown once."""

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.accounts import factors
from console.accounts.factors import Offer
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, AtThreshold, Threshold
from engine.store import accounts as store

pages = APIRouter()


class Code(Form):
    code: str = Field(max_length=40)


@dataclass(frozen=True, slots=True)
class FactorPage:
    """`asked` is whether a role needs it; `offer` is there once somebody has begun."""

    asked: bool
    is_set: bool
    begun: bool
    offer: Offer | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CodesPage:
    codes: tuple[str, ...]


@pages.get("/account/second-factor")
def show_factor(person: AtThreshold) -> Response:
    return _page(person)


@pages.post("/account/second-factor/offer")
def offer(person: AtThreshold) -> Response:
    return _page(person, offered=factors.offer(person.accounts, person.visit))


@pages.post("/account/second-factor")
def enrol(typed: AsTyped, person: AtThreshold) -> Response:
    """A wrong code leaves the authenticator as it has been set up."""
    person.if_refused(typed, lambda attempt: _page(person, attempt, begun=True))
    codes = factors.enrol(person.accounts, person.visit, typed.read(Code).code, person.caller)
    return person.page("account/codes.html", CodesPage(codes))


@pages.post("/account/second-factor/codes")
def make_codes(desk: AtDesk) -> Response:
    return desk.page("account/codes.html", CodesPage(factors.new_codes(desk.accounts, desk.visit)))


@pages.post("/account/second-factor/remove")
def remove(desk: AtDesk) -> Response:
    factors.remove(desk.accounts, desk.visit, desk.caller)
    return desk.back("/account")


def _page(
    person: Threshold, attempt: Attempt = NOTHING, *, offered: Offer | None = None, begun: bool = False
) -> Response:
    with person.engine.look() as work:
        known = store.get(work, person.visit.person.id)
    asked = person.visit.session.stage == "enrolment"
    is_set = known.factor_secret is not None
    return person.page("account/factor.html", FactorPage(asked, is_set, begun, offered, attempt))
