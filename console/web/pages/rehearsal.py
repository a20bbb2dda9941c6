"""The clock of a rehearsal: a day is let pass, with all that the worker would do in it."""

from fastapi import APIRouter
from starlette.responses import Response

from console.web.attempt import AsTyped
from console.web.desk import AtDesk
from engine.errors import NotFound

pages = APIRouter()


@pages.post("/rehearsal/next-day")
def pass_a_day(typed: AsTyped, desk: AtDesk) -> Response:
    """What is left of today, then the next morning; only a rehearsal has such a clock."""
    if not desk.house.rehearsal:
        raise NotFound
    from console.rehearsal.nextday import live_next_day

    live_next_day(desk.house)
    return desk.back(typed.one("back") or "/")
