"""Progress and outlook: what was reached beside the plan, when the districts will be done, how long states last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.outlook import Outlooked, last_of, outlooks_of
from console.series import burn_up, stays
from console.web.asked import Asked
from console.web.charts import burnup
from console.web.charts.bands import Ahead, Bands, bands
from console.web.charts.flows import Diagram, diagram
from console.web.charts.stays import Stays
from console.web.charts.stays import stays as drawn_stays
from console.web.desk import AtDesk, Desk
from console.web.menu import BUREAU, DISTRICT
from engine.errors import NotFound
from engine.flow import Milestone
from engine.store import definitions
from engine.store.database import Work
from engine.terms import terms_of
from engine.words import tr
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()
AHEAD: Final = timedelta(days=30)
"""At least so far ahead the picture of a forecast looks."""
SUNDAY: Final = 7


class Filters(Asked):
    """Which milestone is looked at."""

    milestone: str = ""


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """One milestone of the campaign, for the districts that one sees."""

    as_of: datetime
    milestones: tuple[Milestone, ...]
    chosen: Milestone
    due_on: date | None
    burnup: burnup.Line
    table: tuple[tuple[date, int, int | None], ...]
    outlooks: tuple[Outlooked, ...]
    last: Outlooked | None
    bands: Bands
    stays: Stays
    sampled: int
    whole: bool
    flow: Diagram

    @property
    def thin(self) -> bool:
        """Nothing can be said of any district that has something open."""
        return bool(self.outlooks) and all(one.outlook.thin for one in self.outlooks)


@pages.get("/outlook")
def show_outlook(desk: AtDesk, filters: Annotated[Filters, Query()]) -> Response:
    desk.only_for(*(BUREAU | DISTRICT))
    with desk.look() as work:
        page = _page(desk, work, filters)
    return desk.page("outlook/index.html", page)


def _page(desk: Desk, work: Work, filters: Filters) -> OutlookPage:
    flow = definitions.latest(work, ENTERPRISE)[1]
    days = terms_of(desk.campaign).days
    dated = tuple(one for one in flow.milestones if flow.rank[one.reached] > 0 and days.get(one.name))
    chosen = _chosen(dated, days, filters.milestone, desk.today)
    reached = _reached(desk, work, chosen.name)
    outlooks = outlooks_of(work, desk.actor, desk.campaign.key, chosen.name)
    seen = stays(desk.engine, work, desk.actor, desk.campaign)
    return OutlookPage(
        as_of=work.now,
        milestones=dated,
        chosen=chosen,
        due_on=days.get(chosen.name),
        burnup=burnup.burn_up(reached),
        table=_weekly(reached),
        outlooks=outlooks,
        last=last_of(outlooks),
        bands=_bands(outlooks, desk.today, days.get(chosen.name)),
        stays=drawn_stays(seen.by_state, {state: flow.state_by_name[state].label for state in flow.line[:-1]}),
        sampled=seen.sampled,
        whole=seen.whole,
        flow=diagram(flow, {one.state: one.n for one in seen.standing}),
    )


def _chosen(dated: Sequence[Milestone], days: Mapping[str, date | None], name: str, today: date) -> Milestone:
    """The milestone asked for, else the one that is due next, else the last."""
    for one in dated:
        if one.name == name:
            return one
    if name or not dated:
        raise NotFound(tr("There is no milestone {name} with a day.", name=name))
    ahead = [one for one in dated if (day := days[one.name]) and day >= today]
    return ahead[-1] if ahead else dated[-1]


def _reached(desk: Desk, work: Work, milestone: str) -> burnup.Reached:
    found = burn_up(desk.engine, work, desk.actor, desk.campaign, milestone)
    terms = terms_of(desk.campaign)
    closes = max(terms.closes, found.days[-1])
    goal = max(found.target, found.quota)
    return burnup.Reached(found.days, found.met, min(terms.opens, found.days[0]), closes, found.plan_on, goal)


def _weekly(found: burnup.Reached) -> tuple[tuple[date, int, int | None], ...]:
    """The numbers of the picture at the end of each week, the newest first."""
    rows = [
        (day, count, burnup.planned(found, day))
        for day, count in zip(found.days, found.counts, strict=True)
        if day.isoweekday() == SUNDAY or day == found.days[-1]
    ]
    return tuple(reversed(rows))


def _bands(outlooks: Sequence[Outlooked], today: date, due_on: date | None) -> Bands:
    rows = [
        Ahead(
            name=one.district.name,
            early_on=one.outlook.early_on,
            middle_on=one.outlook.middle_on,
            late_on=one.outlook.late_on,
            likely_late=one.likely_late,
            href=f"/cases?district={one.district.code}",
        )
        for one in outlooks
        if one.outlook.early_on
    ]
    return bands(rows, today=today, due_on=due_on, until=today + AHEAD)
