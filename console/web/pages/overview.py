"""The overview: four figures, how far the line has come, the parts of the house with their lights, the last events."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from console.bulk import CHASE
from console.casewords import deed
from console.events import Event
from console.liveness import Silence, silence
from console.overview import Figures, OverviewPage, overview
from console.web.charts.bars import Bar, Bars, bars
from console.web.charts.quotas import District, Quotas, quotas
from console.web.desk import AtDesk
from console.web.menu import BUREAU, WORKING
from console.web.pages.cases import deeds_of

pages = APIRouter()


@dataclass(frozen=True, slots=True)
class Overviewed:
    """What stands on the page, and its two pictures."""

    found: OverviewPage
    funnel: Bars
    quotas: Quotas
    happened: tuple[tuple[Event, object], ...]
    silence: Silence | None
    leads_on: bool
    chases: bool

    @property
    def last(self) -> str:
        return self.found.states[-1]


@pages.get("/overview")
def show_overview(desk: AtDesk, area: str | None = None) -> Response:
    desk.only_for(*BUREAU)
    with desk.look() as work:
        found = overview(desk.engine, work, desk.actor, desk.campaign, area=area)
        quiet = silence(desk.house, work)
    happened = tuple((event, _told(event)) for event in found.events)
    page = Overviewed(
        found=found,
        funnel=_funnel(found),
        quotas=_quotas(found, found.rows),
        happened=happened,
        silence=quiet,
        leads_on=bool(desk.roles & WORKING),
        chases=CHASE in deeds_of(desk),
    )
    return desk.page("overview/index.html", page)


def _told(event: Event) -> object:
    about = {"what": event.about, "product": event.product}
    return deed({"kind": event.kind, "label": event.label, "about": about})


def _funnel(found: OverviewPage) -> Bars:
    within = f"&district={found.here.code}" if found.above else ""
    return bars(
        [
            Bar(found.labels[state], found.total.reached[state], f"/cases?reached={state}{within}")
            for state in found.states
        ]
    )


def _quotas(found: OverviewPage, rows: Sequence[Figures]) -> Quotas:
    first = found.states[0]
    return quotas(
        [
            District(
                name=row.organisation.name,
                taking_part=row.reached[first],
                done=row.done,
                quota=row.quota,
                href=f"/cases?reached={first}&district={row.organisation.code}",
            )
            for row in rows
        ]
    )
