"""The history of a case with its letters, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.history import Entry, history
from console.paging import Page
from console.web.asked import Asked
from console.web.desk import AtDesk
from console.web.menu import addresses
from console.web.pages.case_head import HISTORY, CaseHead, head_of, seen_at

pages = APIRouter()


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some of the history; letters lead to their page where there is one."""

    head: CaseHead
    lines: Page[Entry]
    query: Mapping[str, object]
    is_first: bool
    leads: bool


@pages.get("/cases/{case_id}/history")
def show_history(case_id: int, asked: Annotated[Asked, Query()], desk: AtDesk) -> Response:
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        lines = history(desk.engine, work, desk.actor, case_id, after=asked.after or None)
        head = head_of(view, HISTORY)
    page = HistoryPage(head, lines, asked.query, not asked.after, "/letters/{mail_id}" in addresses(desk))
    return desk.page("cases/history.html", page)
