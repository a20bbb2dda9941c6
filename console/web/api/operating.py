"""Days of the calendar entered through the interface, by coordinators who gave the password lately."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.administration import complete_year, set_days
from console.web.api.once import AtOnce
from console.web.api.shapes import Asked, Document, problems
from console.web.menu import WORKING
from console.web.pages.operation import span_of, work_out
from engine.store.database import Work

router = APIRouter(tags=["calendar"], responses=problems(400, 409))

Source = Annotated[str, Field(min_length=4, max_length=200, description="The notice that it is taken from.")]


class Days(Asked):
    """Days as a notice has them, from the first to the last: worked, or off."""

    since: date
    until: date | None = None
    works: bool
    source: Source


class Year(Asked):
    """A year of which all days of the notice are entered."""

    year: int = Field(ge=2018, le=2100)
    source: Source


@router.post("/calendar/days", response_model=Document)
def enter_days(asked: Days, once: AtOnce) -> Response:
    """Enter days over the published table; open deadlines are worked out anew where they move."""
    desk = once.desk
    desk.only_for(*WORKING)
    desk.must_be_fresh()
    days = span_of(asked.since, asked.until or asked.since)

    def do(work: Work) -> dict[str, object]:
        return {"new": set_days(desk.engine, work, desk.actor, days, works=asked.works, source=asked.source)}

    answer = once.do(asked, do)
    work_out(desk)
    return answer


@router.post("/calendar/years", response_model=Document)
def finish_year(asked: Year, once: AtOnce) -> Response:
    """Say that the days entered for a year are all that its notice has."""
    desk = once.desk
    desk.only_for(*WORKING)
    desk.must_be_fresh()

    def do(work: Work) -> dict[str, object]:
        complete_year(desk.engine, work, desk.actor, asked.year, source=asked.source)
        return {"year": asked.year}

    answer = once.do(asked, do)
    work_out(desk)
    return answer
