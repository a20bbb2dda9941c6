"""Monthly reports that were kept: the table as it stood, to look at, to print and to take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from console.monthly import Report, keep_report, report_kept, reports_kept
from console.paging import Page
from console.statistics import TABLES, Statistics, month_of
from console.web.asked import Asked
from console.web.attempt import AsTyped, Form, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.pages.statistics import READERS, Filters, Row, index_page, row_of
from console.web.pages.statistics_files import FORMS, hand_out
from engine.errors import NotFound
from engine.store import organisations
from engine.store.kept import Kept
from engine.words import Sentence, tr

pages = APIRouter()

NUMBER: Final = 2**31 - 1
KeptNumber = Annotated[int, Path(ge=1, le=NUMBER)]


class Keeping(Form):
    """The month under which the shown table is kept."""

    month: str = Field(pattern=r"^\d{4}-\d{2}$")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A report with its rows; what was kept leads nowhere, for figures have moved on since."""

    report: Report
    rows: tuple[Row, ...]
    total: Row | None
    office: str

    @property
    def found(self) -> Statistics:
        return self.report.found

    @property
    def as_of(self) -> datetime:
        return self.report.found.as_of


@dataclass(frozen=True, slots=True)
class KeptList:
    """What was kept of the parts of the house that this person sees."""

    asked: Asked
    lines: Page[Kept]
    tables: Mapping[str, Sentence]


@pages.post("/statistics/keep")
def keep(typed: AsTyped, desk: AtDesk) -> Response:
    """Keep the shown table under a month."""
    desk.only_for(*READERS)
    filters = Filters.model_validate(
        {name: typed.one(name) for name in ("table", "district", "state", "since", "until")}
    )
    desk.if_refused(typed, lambda attempt: index_page(desk, filters, attempt))
    month = month_of(typed.read(Keeping).month)
    if month is None:
        raise FormRefused({"month": tr("Please write a month such as 2020-10.")})
    with desk.work() as work:
        kept = keep_report(desk.engine, work, desk.actor, desk.campaign, filters.chosen, month=month)
    return desk.back(f"/statistics/kept/{kept.id}")


@pages.get("/statistics/kept")
def show_all(asked: Annotated[Asked, Query()], desk: AtDesk) -> Response:
    desk.only_for(*READERS)
    with desk.look() as work:
        lines = reports_kept(work, desk.actor, desk.campaign, after=asked.after or None)
    return desk.page("statistics/kept.html", KeptList(asked, lines, TABLES))


@pages.get("/statistics/kept/{kept_id}")
def show_one(kept_id: KeptNumber, desk: AtDesk) -> Response:
    return desk.page("statistics/report.html", _page(desk, kept_id))


@pages.get("/print/statistics/kept/{kept_id}")
def print_one(kept_id: KeptNumber, desk: AtDesk) -> Response:
    return desk.page("print/kept.html", _page(desk, kept_id))


@pages.get("/statistics/kept/{kept_id}/file/{form}")
def file_of(kept_id: KeptNumber, form: str, desk: AtDesk) -> Response:
    """The report as a file, with the moment at which it was kept; who took it along is written down."""
    if form not in FORMS:
        raise NotFound
    page = _page(desk, kept_id)
    kept = page.report.kept
    title = desk.say(
        tr(
            "Monthly report {month} of {campaign}: {table}, {place}, version {n}",
            month=kept.of_month,
            campaign=kept.campaign,
            table=page.report.table,
            place=kept.place,
            n=kept.number,
        )
    )
    return hand_out(desk, form, page, about=f"monthly report {kept_id} {form}", title=title, at=kept.kept_at)


def _page(desk: Desk, kept_id: int) -> KeptPage:
    desk.only_for(*READERS)
    with desk.look() as work:
        report = report_kept(work, desk.actor, kept_id)
        office = organisations.get(work, int(report.kept.path.strip("/").split("/")[-1])).full_name
    found = report.found
    within = {"district": ""}
    return KeptPage(
        report=report,
        rows=tuple(row_of(found, line, within) for line in found.lines),
        total=row_of(found, found.total, within) if found.total else None,
        office=office,
    )
