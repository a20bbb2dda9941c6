"""The register: every case one may see, filtered by the address, fifty a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.register import Line, Wanted, register
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import DISTRICT
from engine.flow import Flow
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

PAGE: Final = 50


class Filters(Asked):
    """What the address may ask for; what it does not know is left alone."""

    district: str = ""
    state: str = ""
    reached: str = ""
    name: str = ""
    overdue: bool = False
    due_until: date | None = None
    sort: str = "number"


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register with its filters."""

    title: Sentence
    filters: Filters
    districts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    lines: tuple[Line, ...]
    count: object
    after: str | None

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@pages.get("/cases")
def show_register(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    with desk.look() as work:
        flow = definitions.latest(work, ENTERPRISE)[1]
        found = register(desk.engine, work, desk.actor, _wanted(desk, filters, flow))
        districts = _districts(desk, work, filters.district)
    lines, after = _cut(found, filters.after)
    title = tr("Our enterprises") if desk.roles & DISTRICT else tr("Register")
    page = RegisterPage(title, filters, districts, _states(desk, flow, filters.state), lines, len(found), after)
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
        sort=filters.sort,
    )


def _cut(found: Sequence[Line], after: str) -> tuple[tuple[Line, ...], str | None]:
    start = next((place for place, line in enumerate(found, 1) if str(line.case.id) == after), 0)
    lines = tuple(found[start : start + PAGE])
    more = start + PAGE < len(found)
    return lines, str(lines[-1].case.id) if more else None


def _districts(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    """Those this person sees; with one only there is nothing to choose."""
    seen = [one for one in organisations.districts(work, desk.engine.today(work)) if desk.sees(one.path)]
    return tuple(Choice(one.code, one.name, one.code == chosen) for one in seen) if len(seen) > 1 else ()


def _states(desk: Desk, flow: Flow, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, desk.word(one.label), one.name == chosen) for one in flow.states)
