"""Papers across the page: the register with its filters, what is overdue with what was said, a district's month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.deadlines import DueLine, deadline_list, due_lines
from console.finding import find_district
from console.letterfile import letter_file
from console.overview import Figures, OverviewPage, overview
from console.register import Line, every_line
from console.series import MonthFigures, by_month
from console.statistics import month_of
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.menu import ALL, BUREAU, DISTRICT
from console.web.pages.cases import Filters, filters_told, wanted_of
from engine.flow import Label
from engine.store import definitions, organisations
from engine.store.database import Work
from notifications.facts import LEVEL_WORDS
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

MOST: Final = 1000
"""Rows of a paper; whoever needs more takes the sheet."""

READERS: Final = BUREAU | DISTRICT


class Place(Asked):
    """Which district, and of which month."""

    district: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around a table: who made it, what was asked for, as of when, and whether rows were left out."""

    office: str
    campaign: str
    asked: tuple[object, ...]
    as_of: datetime
    cut: bool
    most: int = MOST


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """The working table of the register."""

    paper: Paper
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SupervisionPaper:
    """What is overdue; each with what was said last, and whether the district answered."""

    paper: Paper
    lines: tuple[tuple[DueLine, Label | None], ...]


@dataclass(frozen=True, slots=True)
class DistrictPaper:
    """The sheet of a district's month: where it stands, what was reached in the month, what is overdue and coming."""

    paper: Paper
    place: str
    month: date
    found: OverviewPage
    figures: Figures
    reached: tuple[tuple[Label, int, int], ...]
    overdue: tuple[DueLine, ...]
    coming: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter as an official paper."""

    subject: str
    text: str
    number: int
    at: datetime
    sent: bool


@pages.get("/print/register")
def print_register(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    """The working table, with the filters of the register."""
    desk.only_for(*ALL)
    with desk.look() as work:
        flow = definitions.latest(work, ENTERPRISE)[1]
        wanted = wanted_of(desk, filters.model_copy(update={"after": ""}), flow)
        lines = tuple(islice(every_line(desk.engine, work, desk.actor, wanted), MOST + 1))
        asked = filters_told(filters, flow, district=_name(desk, work, filters.district))
        paper = _paper(desk, work, asked, lines)
    return desk.page("print/register.html", RegisterPaper(paper, lines[:MOST]))


@pages.get("/print/supervision")
def print_supervision(place: Annotated[Place, Query()], desk: AtDesk) -> Response:
    desk.only_for(*READERS)
    with desk.look() as work:
        lines = deadline_list(
            desk.engine,
            work,
            desk.actor,
            desk.campaign.key,
            tab="overdue",
            district=place.district or None,
            limit=MOST + 1,
        ).lines
        paper = _paper(desk, work, [_name(desk, work, place.district)] if place.district else [], lines)
    told = tuple((line, LEVEL_WORDS[line.level] if line.level else None) for line in lines[:MOST])
    return desk.page("print/supervision.html", SupervisionPaper(paper, told))


@pages.get("/print/district")
def print_district(place: Annotated[Place, Query()], desk: AtDesk) -> Response:
    """The monthly sheet, of the present month where none is named."""
    desk.only_for(*READERS)
    month = month_of(place.month) or desk.today.replace(day=1)
    with desk.look() as work:
        found = overview(desk.engine, work, desk.actor, desk.campaign, area=place.district or None, events=0)
        flow = definitions.latest(work, ENTERPRISE)[1]
        months = by_month(desk.engine, work, desk.actor, desk.campaign, area=place.district or None)
        due = _due(desk, work, place.district)
        paper = _paper(desk, work, [], due["overdue"])
    sheet = DistrictPaper(
        paper=paper,
        place=found.here.name,
        month=month,
        found=found,
        figures=found.total,
        reached=_reached(months, month, {one.name: one.label for one in flow.milestones}),
        overdue=due["overdue"][:MOST],
        coming=(due["this_week"] + due["next_week"])[:MOST],
    )
    return desk.page("print/district.html", sheet)


@pages.get("/print/letters/{mail_id}")
def print_letter(mail_id: int, desk: AtDesk) -> Response:
    """A letter, such as a circular, as an official paper."""
    desk.only_for(*READERS)
    with desk.look() as work:
        found = letter_file(work, desk.actor, mail_id)
    mail = found.mail
    sheet = LetterPaper(
        mail.subject, found.parts.text, mail.id, mail.sent_at or mail.created_at, mail.sent_at is not None
    )
    return desk.page("print/letter.html", sheet)


def _paper(desk: Desk, work: Work, asked: Sequence[object], lines: Sequence[object]) -> Paper:
    own = organisations.get(work, desk.actor.organisation_id) if desk.roles & DISTRICT else None
    office = own.full_name if own else desk.house.settings.bureau.name
    return Paper(office, desk.campaign.key, tuple(asked), work.now, len(lines) > MOST)


def _name(desk: Desk, work: Work, district: str) -> str:
    return find_district(work, desk.actor, district).name if district else ""


def _due(desk: Desk, work: Work, district: str) -> dict[str, tuple[DueLine, ...]]:
    key, district_or_none = desk.campaign.key, district or None
    return due_lines(desk.engine, work, desk.actor, key, district=district_or_none, limit=MOST + 1)


def _reached(
    months: Sequence[MonthFigures], month: date, labels: dict[str, Label]
) -> tuple[tuple[Label, int, int], ...]:
    """By milestone how many reached it in the month, and how many of them late."""
    found = [one for one in months if one.first == month]
    return tuple(
        (labels[name], n, one.late.get(name, 0)) for one in found for name, n in one.met.items() if name in labels
    )
