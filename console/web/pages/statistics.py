"""Statistics: a table by district, industry or month, each figure with the way to its rows; to keep and to print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.monthly import LATEST, reports_kept
from console.paging import Page
from console.register import Line
from console.statistics import (
    TABLES,
    Behind,
    Chosen,
    Figures,
    Head,
    Named,
    Statistics,
    Value,
    month_of,
    rows_behind,
    statistics,
)
from console.web.asked import Asked
from console.web.attempt import NOTHING, Attempt
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import BUREAU, DISTRICT
from console.web.pages.cases import districts_of
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.store.kept import Kept
from engine.words import Sentence
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

READERS: Final = BUREAU | DISTRICT


class Filters(Asked):
    """Which table, of which district, which state alone, from which month to which."""

    table: str = "district"
    district: str = ""
    state: str = ""
    since: str = ""
    until: str = ""

    @property
    def are_set(self) -> bool:
        return bool(self.query.keys() - {"sort", "table"})

    @property
    def chosen(self) -> Chosen:
        return Chosen(
            table=self.table,
            district=self.district or None,
            state=self.state or None,
            since=month_of(self.since),
            until=month_of(self.until),
        )


class Asking(Asked):
    """The figure whose rows are wanted."""

    table: str = ""
    key: str = ""
    what: str = ""
    late: bool = False
    district: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the address of its rows; empty where there are none to show."""

    value: Value
    rate: bool
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    name: Named
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The table with its filters; `at_top` are the sums, each the way to its rows."""

    filters: Filters
    tables: tuple[tuple[str, Sentence], ...]
    districts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    found: Statistics
    rows: tuple[Row, ...]
    total: Row | None
    office: str
    kept: tuple[Kept, ...] = ()
    month: str = ""
    attempt: Attempt = NOTHING

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query

    @property
    def names(self) -> Mapping[str, Sentence]:
        return dict(self.tables)

    @property
    def at_top(self) -> tuple[tuple[Head, Cell], ...]:
        sums = self.total or (self.rows[0] if self.rows else None)
        return tuple(zip(self.found.heads, sums.cells, strict=True))[:MOST] if sums else ()

    @property
    def as_of(self) -> datetime:
        return self.found.as_of


@dataclass(frozen=True, slots=True)
class RowsPage:
    """The cases behind a figure."""

    asked: Asking
    lines: Page[Line]

    @property
    def query(self) -> Mapping[str, object]:
        return self.asked.query


MOST: Final = 8
"""Sums that stand above the table."""


@pages.get("/statistics")
def show_statistics(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return index_page(desk, filters)


def index_page(desk: Desk, filters: Filters, attempt: Attempt = NOTHING) -> Response:
    """The table with what was kept lately; a month that was refused shows it again."""
    page = statistics_page(desk, filters)
    with desk.look() as work:
        kept = reports_kept(work, desk.actor, desk.campaign, limit=LATEST).lines
    month = filters.until or f"{desk.today:%Y-%m}"
    return desk.page("statistics/index.html", replace(page, kept=kept, month=month, attempt=attempt))


@pages.get("/statistics/rows")
def show_rows(asked: Annotated[Asking, Query()], desk: AtDesk) -> Response:
    """The cases that a figure counts."""
    desk.only_for(*READERS)
    behind = Behind(table=asked.table, key=asked.key, what=asked.what, late=asked.late, district=asked.district or None)
    with desk.look() as work:
        found = rows_behind(desk.engine, work, desk.actor, desk.campaign, behind, after=asked.after or None)
    return desk.page("statistics/rows.html", RowsPage(asked, found))


@pages.get("/print/statistics")
def print_statistics(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return desk.page("print/statistics.html", statistics_page(desk, filters))


def statistics_page(desk: Desk, filters: Filters) -> StatisticsPage:
    desk.only_for(*READERS)
    with desk.look() as work:
        found = statistics(desk.engine, work, desk.actor, desk.campaign, filters.chosen)
        districts = districts_of(desk, work, filters.district)
        states = _states(desk, work, filters.state)
        office = organisations.get(work, desk.actor.organisation_id).full_name
    within = {"district": filters.district}
    return StatisticsPage(
        filters=filters,
        tables=tuple(TABLES.items()),
        districts=districts,
        states=states,
        found=found,
        rows=tuple(row_of(found, line, within) for line in found.lines),
        total=row_of(found, found.total, within) if found.total else None,
        office=office,
    )


def _states(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    flow = definitions.latest(work, ENTERPRISE)[1]
    return tuple(Choice(one, desk.word(flow.state_by_name[one].label), one == chosen) for one in flow.line)


def row_of(found: Statistics, line: Figures, within: Mapping[str, str]) -> Row:
    return Row(line.name, tuple(_cells(found, line, within)))


def _cells(found: Statistics, line: Figures, within: Mapping[str, str]) -> Iterator[Cell]:
    for head, value in zip(found.heads, line.values, strict=True):
        yield Cell(value, head.rate, _address(found.table, head, line.key, within) if value else "")


def _address(table: str, head: Head, key: str, within: Mapping[str, str]) -> str:
    """Where the rows of a figure are shown: in the register, but those of months have a list of their own."""
    of_figure = {"table": table, "key": key, "what": head.key, **within}
    here = {"district": (key if table == "district" else "") or within["district"]}
    industry = {"industry": key if table == "industry" else ""}
    places: Mapping[str, tuple[str, dict[str, str]]] = {
        "reached": ("/cases", {"reached": head.key, **here, **industry}),
        "overdue": ("/deadlines", {"tab": "overdue", **here}),
        "rows": ("/statistics/rows", of_figure),
        "late": ("/statistics/rows", {**of_figure, "late": "1"}),
    }
    path, values = places.get(head.what, ("", {}))
    return f"{path}?{urlencode({name: value for name, value in values.items() if value})}" if path else ""
