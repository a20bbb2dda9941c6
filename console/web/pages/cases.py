"""The register: every case one may see, filtered by the address, fifty a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.paging import Page
from console.register import Line, Wanted, register
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import DISTRICT
from engine.figures import DUE_SOON, LATE, NORMAL
from engine.flow import Flow
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

LIGHTS: Final = {"red": LATE.label, "yellow": DUE_SOON.label, "green": NORMAL.label}


class Filters(Asked):
    """What the address may ask for; what it does not know is left alone."""

    district: str = ""
    state: str = ""
    reached: str = ""
    name: str = ""
    overdue: bool = False
    light: str = ""
    due_until: date | None = None
    sort: str = "number"


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register with its filters."""

    title: Sentence
    filters: Filters
    districts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    lights: tuple[Choice, ...]
    lines: Page[Line]

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@pages.get("/cases")
def show_register(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    with desk.look() as work:
        flow = definitions.latest(work, ENTERPRISE)[1]
        found = register(desk.engine, work, desk.actor, _wanted(desk, filters, flow))
        districts = districts_of(desk, work, filters.district)
    title = tr("Our enterprises") if desk.roles & DISTRICT else tr("Register")
    page = RegisterPage(
        title, filters, districts, _states(desk, flow, filters.state), _lights(desk, filters.light), found
    )
    return desk.page("cases/register.html", page)


def _wanted(desk: Desk, filters: Filters, flow: Flow) -> Wanted:
    states: Sequence[str] = [filters.state] if filters.state else []
    if filters.reached in flow.line:
        states = flow.line[flow.rank[filters.reached] :]
    return Wanted(
        campaign=desk.campaign.key,
        flow=ENTERPRISE,
        district=filters.district or None,
        states=tuple(states),
        name=filters.name or None,
        overdue=filters.overdue,
        due_until=filters.due_until,
        light=filters.light or None,
        sort=filters.sort,
        after=filters.after or None,
    )


def districts_of(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    """Those this person sees; with one only there is nothing to choose."""
    seen = [one for one in organisations.districts(work, desk.engine.today(work)) if desk.sees(one.path)]
    return tuple(Choice(one.code, one.name, one.code == chosen) for one in seen) if len(seen) > 1 else ()


def _states(desk: Desk, flow: Flow, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, desk.word(one.label), one.name == chosen) for one in flow.states)


def _lights(desk: Desk, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(colour, desk.word(label), colour == chosen) for colour, label in LIGHTS.items())
