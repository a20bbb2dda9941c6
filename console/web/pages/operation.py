"""The state of operation: one row each with a light; a sweep, an audit and days of the calendar by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.administration import complete_year, set_days
from console.findings import Finding
from console.operating import (
    LIGHTS,
    Audited,
    Preview,
    Row,
    audit_now,
    audited,
    findings,
    house_rows,
    is_quick,
    job_rows,
    preview,
    sweep_now,
)
from console.web.attempt import NOTHING, AsTyped, Attempt, Form, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import WORKING
from engine import reproject
from engine.errors import Refused
from engine.store import calendar
from engine.store.database import Work
from engine.words import tr

pages = APIRouter()
LONGEST: Final = 60
"""Days that can be entered at once: no holiday lasts as long."""


class Days(Form):
    since: date
    until: date | None = None
    works: str
    source: str = Field(min_length=4, max_length=200)


class Year(Form):
    year: int = Field(ge=2018, le=2100)
    source: str = Field(min_length=4, max_length=200)


@dataclass(frozen=True, slots=True)
class Entered:
    """A day that was entered over the published table."""

    day: date
    works: bool
    source: str


@dataclass(frozen=True, slots=True)
class OperationPage:
    as_of: datetime
    jobs: tuple[Row, ...]
    house: tuple[Row, ...]
    findings: tuple[tuple[str, Finding], ...]
    unknown_years: tuple[int, ...]
    known_years: tuple[int, ...]
    entered: tuple[Entered, ...]
    audited: Audited | None
    quick: bool
    kinds: tuple[Choice, ...]
    tried: str
    attempt: Attempt

    def of(self, form: str) -> Attempt:
        return self.attempt if form == self.tried else NOTHING


@dataclass(frozen=True, slots=True)
class SweepPage:
    found: Preview
    as_of: datetime


@pages.get("/operation")
def show_operation(desk: AtDesk) -> Response:
    return operation_page(desk)


def operation_page(desk: Desk, tried: str = "", attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*WORKING)
    with desk.look() as work:
        page = _page(desk, work, tried, attempt)
    return desk.page("operation/index.html", page)


def _page(desk: Desk, work: Work, tried: str, attempt: Attempt) -> OperationPage:
    first, last = date(desk.today.year - 1, 1, 1), date(desk.today.year + 1, 12, 31)
    unknown = desk.engine.workdays(work).provisional_years(first, last)
    return OperationPage(
        as_of=work.now,
        jobs=job_rows(desk.house, work),
        house=house_rows(desk.house, work),
        findings=tuple((LIGHTS[one.grade], one) for one in findings(desk.house, work)),
        unknown_years=unknown,
        known_years=tuple(year for year in range(first.year, last.year + 1) if year not in unknown),
        entered=tuple(Entered(row.day, row.works, row.source) for row in calendar.days(work)),
        audited=audited(work),
        quick=is_quick(work),
        kinds=(Choice("off", desk.say(tr("day off"))), Choice("works", desk.say(tr("working day")))),
        tried=tried,
        attempt=attempt,
    )


@pages.get("/operation/sweep")
def show_sweep(desk: AtDesk) -> Response:
    """What a sweep would say now; nothing is said by looking."""
    desk.only_for(*WORKING)
    with desk.work() as work:  # what is looked at is held for a moment, so that no worker says it meanwhile
        found = preview(desk.engine, work, desk.actor)
    return desk.page("operation/sweep.html", SweepPage(found, desk.now))


@pages.post("/operation/sweep")
def run_sweep(typed: AsTyped, desk: AtDesk) -> Response:
    desk.only_for(*WORKING)
    desk.if_refused(typed, lambda attempt: operation_page(desk, "sweep", attempt))
    desk.must_be_fresh()
    sweep_now(desk.engine, desk.actor)
    return desk.back("/operation")


@pages.post("/operation/audit")
def run_audit(typed: AsTyped, desk: AtDesk) -> Response:
    """At once where there are few cases; many take the command line, which shows how far it is."""
    desk.only_for(*WORKING)
    desk.if_refused(typed, lambda attempt: operation_page(desk, "audit", attempt))
    with desk.look() as work:
        if not is_quick(work):
            raise Refused(tr("There are too many cases to check them from a page; run `lingpao audit verify`."))
    audit_now(desk.engine, desk.actor)
    return desk.back("/operation#audit")


@pages.post("/operation/days")
def enter_days(typed: AsTyped, desk: AtDesk) -> Response:
    """Days as a notice has them; open deadlines are worked out anew where they move."""
    desk.only_for(*WORKING)
    desk.if_refused(typed, lambda attempt: operation_page(desk, "days", attempt))
    desk.must_be_fresh()
    form = typed.read(Days)
    days = span_of(form.since, form.until or form.since)
    with desk.work() as work:
        set_days(desk.engine, work, desk.actor, days, works=form.works == "works", source=form.source)
    work_out(desk)
    return desk.back("/operation#calendar")


@pages.post("/operation/year")
def finish_year(typed: AsTyped, desk: AtDesk) -> Response:
    desk.only_for(*WORKING)
    desk.if_refused(typed, lambda attempt: operation_page(desk, "year", attempt))
    desk.must_be_fresh()
    form = typed.read(Year)
    with desk.work() as work:
        complete_year(desk.engine, work, desk.actor, form.year, source=form.source)
    work_out(desk)
    return desk.back("/operation#calendar")


def span_of(since: date, until: date) -> list[date]:
    if until < since:
        raise FormRefused({"until": tr("The last day lies before the first.")})
    if (until - since).days >= LONGEST:
        raise FormRefused({"until": tr("At most {n} days at once, please.", n=LONGEST)})
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]


def work_out(desk: Desk) -> None:
    """The worker does it within minutes; a rehearsal has none."""
    if desk.house.rehearsal:
        reproject.run(desk.engine)
