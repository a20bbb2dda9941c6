"""Deadlines: what is overdue, due this week and next, or was extended; what was said and answered; a month by days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.bulk import CHASE, EXTEND, SUPERVISE
from console.deadlines import TABS, Day, DueLine, Month, deadline_list, month, tabs
from console.paging import Count, Page
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import BUREAU, DISTRICT
from console.web.pages.cases import deeds_of, districts_of
from engine.duedays import light
from engine.store import deadlines, definitions
from engine.store.database import Work
from engine.words import Sentence, tr

pages = APIRouter()

TITLES: Final[Mapping[str, Sentence]] = {
    "overdue": tr("Overdue"),
    "this_week": tr("This week"),
    "next_week": tr("Next week"),
    "extended": tr("Extended"),
}
NOTHING_THERE: Final[Mapping[str, Sentence]] = {
    "overdue": tr("Nothing is overdue."),
    "this_week": tr("Nothing falls due this week any more."),
    "next_week": tr("Nothing falls due next week."),
    "extended": tr("No deadline that is still open was extended."),
}
SAID: Final[Mapping[str | None, Sentence]] = {
    "chase": tr("chase"),
    "supervision": tr("supervision"),
    "circular": tr("circular"),
}
DEEDS: Final = (CHASE, SUPERVISE, EXTEND)
_DAY: Final = timedelta(days=1)


class Filters(Asked):
    """A tab or one day, a part of the house, a milestone; `month` is any day of the month in the calendar."""

    tab: str = "overdue"
    on: date | None = None
    district: str = ""
    milestone: str = ""
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Sentence
    count: Count
    current: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the district answered last: the day it promised, and why it is late."""

    on: date
    promised_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlinesPage:
    title: Sentence
    filters: Filters
    tabs: tuple[Tab, ...]
    districts: tuple[Choice, ...]
    milestones: tuple[Choice, ...]
    lines: Page[DueLine]
    nothing: Sentence
    colours: Mapping[int, str]
    answers: Mapping[int, Answer]
    deeds: tuple[Choice, ...]
    month: Month
    weeks: tuple[tuple[Day, ...], ...]
    before: date
    behind: date
    today: date
    unknown: tuple[int, ...]

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query

    def said(self, line: DueLine) -> Sentence | None:
        return SAID.get(line.level)


@pages.get("/deadlines")
def show_deadlines(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    desk.only_for(*BUREAU, *DISTRICT)
    with desk.look() as work:
        return desk.page("deadlines/deadlines.html", _page(desk, work, filters))


def _page(desk: Desk, work: Work, filters: Filters) -> DeadlinesPage:
    seen: Any = (desk.engine, work, desk.actor, desk.campaign.key)
    district = filters.district or None
    shown = filters.month or filters.on or desk.today
    lines = deadline_list(
        *seen,
        tab=filters.tab,
        on=filters.on,
        district=district,
        milestone=filters.milestone or None,
        after=filters.after or None,
    )
    workdays = desk.engine.workdays(work)
    found = month(*seen, on=shown, district=district)
    allowed = deeds_of(desk)
    return DeadlinesPage(
        title=tr("Calendar of deadlines") if desk.roles & DISTRICT else tr("Deadlines and supervision"),
        filters=filters,
        tabs=_tabs(tabs(*seen, district=district, milestone=filters.milestone or None), filters),
        districts=districts_of(desk, work, filters.district),
        milestones=_milestones(desk, work, filters.milestone),
        lines=lines,
        nothing=tr("Nothing falls due on {day}.", day=filters.on) if filters.on else NOTHING_THERE[filters.tab],
        colours={one.deadline.id: str(light(one.due_on, desk.today, workdays)) for one in lines},
        answers=_answers(work, lines),
        deeds=tuple(Choice(name, desk.say(allowed[name])) for name in DEEDS if name in allowed),
        month=found,
        weeks=tuple(found.days[place : place + 7] for place in range(0, len(found.days), 7)),
        before=shown.replace(day=1) - _DAY,
        behind=_next_month(shown),
        today=desk.today,
        unknown=_unknown(desk, work, found),
    )


def _tabs(counts: Mapping[str, Count], filters: Filters) -> tuple[Tab, ...]:
    return tuple(Tab(name, TITLES[name], counts[name], filters.on is None and name == filters.tab) for name in TABS)


def _milestones(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    """Every milestone of every flow, each name once."""
    known = {
        one.name: desk.word(one.label)
        for flow in definitions.names(work)
        for one in definitions.latest(work, flow)[1].milestones
    }
    return tuple(Choice(name, label, name == chosen) for name, label in known.items())


def _answers(work: Work, lines: Page[DueLine]) -> dict[int, Answer]:
    """The last answer for each of these deadlines."""
    rows = deadlines.changes_of(work, [line.deadline.id for line in lines])
    return {row.deadline_id: Answer(row.recorded_on, row.to_on, row.reason) for row in rows if row.kind == "reply"}


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1)


def _unknown(desk: Desk, work: Work, found: Month) -> tuple[int, ...]:
    """Years whose holidays nobody has entered: those of the month, and those in which this campaign still has days."""
    closes = desk.engine.terms(work, desk.campaign.key).closes
    last = max(desk.today, closes)
    years = desk.engine.workdays(work).provisional_years(desk.today, last)
    return tuple(sorted({*years, *((found.year,) if found.provisional else ())}))
