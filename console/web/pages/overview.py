"""The overview: four figures, how far the line has come, districts with their lights; figures lead to their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from console.situation import figures_now
from console.web.charts.bars import Bar, Bars, bars
from console.web.desk import AtDesk, Desk
from console.web.menu import BUREAU
from engine.figures import Overview, Row
from engine.flow import Label
from engine.store import organisations
from notifications.weeks import Week

pages = APIRouter()


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The figures of this moment; `total` stands below the table."""

    as_of: datetime
    states: tuple[str, ...]
    labels: Mapping[str, Label]
    goal: str
    rows: tuple[Row, ...]
    codes: Mapping[int, str]
    total: Row
    due_this_week: int
    week_ends: date
    funnel: Bars
    provisional: bool

    @property
    def last(self) -> str:
        return self.states[-1]


@pages.get("/overview")
def show_overview(desk: AtDesk) -> Response:
    desk.only_for(*BUREAU)
    with desk.look() as work:
        found = figures_now(desk.engine, work, desk.campaign)
        codes = {one.id: one.code for one in organisations.every(work)}
        as_of = work.now
    return desk.page("overview/index.html", _page(desk, found, codes, as_of))


def _page(desk: Desk, found: Overview, codes: Mapping[int, str], as_of: datetime) -> OverviewPage:
    week_ends = Week.of(desk.today).monday + timedelta(days=6)
    reached = [(state, found.total.reached[state]) for state in found.states]
    return OverviewPage(
        as_of=as_of,
        states=found.states,
        labels=found.labels,
        goal=found.goal,
        rows=found.rows,
        codes=codes,
        total=found.total,
        due_this_week=sum(one.open for one in found.upcoming if one.due_on <= week_ends),
        week_ends=week_ends,
        funnel=bars([Bar(found.labels[state], n, f"/cases?reached={state}") for state, n in reached]),
        provisional=found.provisional,
    )
