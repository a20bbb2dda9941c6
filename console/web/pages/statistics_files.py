"""Statistics as files: a sheet with title, who made it and when, and a plain text for other programs."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Final, Protocol

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.accounts import audit
from console.statistics import TABLES, Named, Statistics
from console.web.desk import AtDesk, Desk
from console.web.downloads import CSV, XLSX, attachment
from console.web.pages.statistics import Filters, Row, statistics_page
from engine.cells import as_cell
from engine.errors import NotFound
from engine.terms import terms_of
from engine.words import Sentence, say, tr
from workflows.benchmarking.annexes.listing import Column, write_list

pages = APIRouter()


class Tabled(Protocol):
    """A page with a table on it."""

    @property
    def found(self) -> Statistics: ...
    @property
    def rows(self) -> tuple[Row, ...]: ...
    @property
    def total(self) -> Row | None: ...
    @property
    def office(self) -> str: ...


BOM: Final = "\ufeff"
"""Without it, spreadsheet programs take the text for one in the encoding of the machine."""

NAME_WIDTH: Final = 28
FIGURE_WIDTH: Final = 12


@pages.get("/statistics/file/{form}")
def keep_statistics(form: str, filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    """The table as it stands, as a file; who took it out of the house is written down."""
    if form not in FORMS:
        raise NotFound
    page = statistics_page(desk, filters)
    about = f"statistics {filters.table} {form}"
    return hand_out(desk, form, page, about=about, title=title_of(desk, page.found), at=desk.now)


def hand_out(desk: Desk, form: str, page: Tabled, *, about: str, title: str, at: datetime) -> Response:
    """A table as a file of one of the forms; `about` is what is written down of it."""
    with desk.work() as work:
        audit.disclose(desk.accounts, work, desk.actor, "export", about, rows=len(page.rows), caller=desk.caller)
    return FORMS[form](desk, page, title, at)


def _sheet(desk: Desk, page: Tabled, title: str, at: datetime) -> Response:
    columns = [Column(_text(desk, page.found.first), NAME_WIDTH)]
    unit = desk.say(tr("enterprises"))
    units = {"overdue": desk.say(tr("dates"))}
    columns += [
        Column(
            _text(desk, head.label), FIGURE_WIDTH, "%" if head.rate else units.get(head.what, unit if head.what else "")
        )
        for head in page.found.heads
    ]
    rows = [[_text(desk, row.name), *(cell.value for cell in row.cells)] for row in _lines(page)]
    paper = write_list(
        title,
        columns,
        rows,
        bureau=page.office,
        made_at=at.astimezone(desk.engine.zone),
    )
    return attachment(paper.name, paper.content, XLSX)


def _plain(desk: Desk, page: Tabled, title: str, at: datetime) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_text(desk, page.found.first), *(_text(desk, head.label) for head in page.found.heads)])
    for row in _lines(page):
        values = ["" if cell.value is None else cell.value for cell in row.cells]
        writer.writerow([as_cell(_text(desk, row.name)), *values])
    name = f"{title}（{at.astimezone(desk.engine.zone):%Y%m%d}）.csv"
    return attachment(name, f"{BOM}{text.getvalue()}".encode(), CSV)


FORMS: Final[dict[str, Callable[[Desk, Tabled, str, datetime], Response]]] = {"xlsx": _sheet, "csv": _plain}


def title_of(desk: Desk, found: Statistics) -> str:
    short = terms_of(desk.campaign).short
    return desk.say(tr("Statistics of {campaign}: {table}", campaign=short, table=TABLES[found.table]))


def _lines(page: Tabled) -> Iterator[Row]:
    """The lines, and the sums as the last one."""
    yield from page.rows
    if page.total:
        yield Row(tr("Total"), page.total.cells)


def _text(desk: Desk, name: Named) -> str:
    return name if isinstance(name, str) else say(Sentence("{name}", {"name": name}), desk.locale)
