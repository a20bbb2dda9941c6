"""Addresses that bounced for good: who decides about mail sees them, and lets one be written to again."""

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, Desk
from engine.store.suppressions import Suppression
from notifications import suppression
from notifications.guarding import MANAGERS

pages = APIRouter()


class Lifted(Form):
    """An address, and why it is good again."""

    address: str = Field(max_length=254)
    reason: str = Field(min_length=2, max_length=500)


@dataclass(frozen=True, slots=True)
class SparedPage:
    """The addresses that are not written to, the newest first."""

    rows: tuple[Suppression, ...]
    attempt: Attempt

    def attempt_for(self, row: Suppression) -> Attempt:
        """What was typed about this address; the forms of the others are as before."""
        return self.attempt if self.attempt.value("address", "") == row.address else NOTHING


@pages.get("/letters/suppressed")
def show_spared(desk: AtDesk) -> Response:
    return spared_page(desk)


@pages.post("/letters/suppressed/lift")
def lift(typed: AsTyped, desk: AtDesk) -> Response:
    """Write to the address again from the next letter on."""
    desk.if_refused(typed, lambda attempt: spared_page(desk, attempt))
    form = typed.read(Lifted)
    with desk.work() as work:
        suppression.lift(desk.house.post, work, desk.actor, form.address, reason=form.reason)
    return desk.back("/letters/suppressed")


def spared_page(desk: Desk, attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*MANAGERS)
    with desk.look() as work:
        rows = suppression.standing(work, desk.actor)
    return desk.page("letters/spared.html", SparedPage(rows, attempt))
