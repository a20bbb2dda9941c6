"""Half-yearly reports: which are owed and which are there, and the forms on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.accounts.audit import disclose
from console.paging import Page
from console.register import Line, Wanted, register
from console.reporting import FLOW
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.downloads import DOCX, attachment
from console.web.frames import Choice
from console.web.menu import BUREAU, DISTRICT
from engine.access import scopes
from engine.acting import seen
from engine.errors import Hidden, NotFound
from engine.figures import DUE_SOON, LATE, NORMAL
from engine.model import Case
from engine.store import areas, definitions
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.annex3 import FIELDS, Field
from workflows.benchmarking.annexes.annex3 import TITLE, AnnexFacts
from workflows.benchmarking.model import ReportForm, ReportVersion
from workflows.benchmarking.obligations import period_label, report_days
from workflows.benchmarking.recording.reports import annex_facts, print_report
from workflows.benchmarking.records import reports

pages = APIRouter()

SEEN_BY: Final = BUREAU | DISTRICT
LIGHTS: Final = {"red": LATE.label, "yellow": DUE_SOON.label, "green": NORMAL.label}


class Filters(Asked):
    period: str = ""
    district: str = ""
    state: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The reports with their papers; `first` is when the first one is due, while there is none."""

    filters: Filters
    periods: tuple[Choice, ...]
    districts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    lights: tuple[Choice, ...]
    lines: Page[Line]
    papers: Mapping[int, ReportForm]
    first: Sentence | None

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The forms as they are printed."""

    facts: AnnexFacts
    fields: tuple[Field, ...]
    title: str


@pages.get("/reports")
def show_reports(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        flow = definitions.latest(work, FLOW)[1]
        found = register(desk.engine, work, desk.actor, _wanted(desk, filters))
        papers = reports.papers_of(work, [line.case.id for line in found])
        seen = areas.districts(work, scopes(desk.actor), desk.today)
        periods, first = _periods(desk, work)
    page = ReportsPage(
        filters=filters,
        periods=tuple(Choice(one, period_label(one), one == filters.period) for one in periods),
        districts=tuple(Choice(one.code, one.name, one.code == filters.district) for one in seen) if seen[1:] else (),
        states=tuple(Choice(one.name, desk.word(one.label), one.name == filters.state) for one in flow.states),
        lights=tuple(Choice(name, desk.word(label), name == filters.light) for name, label in LIGHTS.items()),
        lines=found,
        papers=papers,
        first=first,
    )
    return desk.page("reports/index.html", page)


@pages.get("/reports/{case_id}/document")
def give_document(case_id: int, desk: AtDesk, number: int | None = None) -> Response:
    """A version as Annex 3 on paper."""
    with desk.look() as work:
        case, version = version_at(desk, work, case_id, number)
        paper = print_report(work, case, version)
    with desk.work() as work:
        about = f"report {case_id}"
        disclose(desk.accounts, work, desk.actor, "export", about, rows=len(version.sheets), caller=desk.caller)
    return attachment(paper.name, paper.content, DOCX)


@pages.get("/print/reports/{case_id}")
def print_page(case_id: int, desk: AtDesk, number: int | None = None) -> Response:
    with desk.look() as work:
        case, version = version_at(desk, work, case_id, number)
        facts = annex_facts(work, case, version)
    return desk.page("print/report.html", PaperPage(facts, FIELDS, f"{facts.unit}{facts.period}{TITLE}"))


def version_at(desk: Desk, work: Work, case_id: int, number: int | None) -> tuple[Case, ReportVersion]:
    """A report with one of its versions, the newest where no number is said."""
    case = report_at(desk, work, case_id)
    found = reports.version(work, case_id, number)
    if found is None:
        raise NotFound
    return case, found


def report_at(desk: Desk, work: Work, case_id: int) -> Case:
    """The report, if it exists for this person."""
    desk.only_for(*SEEN_BY)
    case = seen(work, desk.actor, case_id)
    if case.flow != FLOW:
        raise Hidden(f"report {case_id}")
    return case


def _wanted(desk: Desk, filters: Filters) -> Wanted:
    return Wanted(
        campaign=desk.campaign.key,
        flow=FLOW,
        district=filters.district or None,
        states=(filters.state,) if filters.state else (),
        name=period_label(filters.period) if filters.period else None,
        light=filters.light or None,
        sort="district",
        after=filters.after or None,
    )


def _periods(desk: Desk, work: Work) -> tuple[tuple[str, ...], Sentence | None]:
    """The periods that reports are owed for, and when the first one is due."""
    terms = desk.engine.terms(work, desk.campaign.key)
    days = report_days(terms, terms.closes, desk.engine.workdays(work))
    if not days:
        return (), None
    label = period_label(days[0].period)
    told = tr("The first ones, for {period}, are due on {day}.", period=label, day=days[0].due_on)
    return tuple(one.period for one in days), told
