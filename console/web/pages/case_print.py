"""The sheet of a case for paper: where it stands, facts, products with their evidence, days, history; on one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from console import history
from console.casedeadlines import DeadlineView, deadline_views
from console.caseslots import ProductView, SlotLine, product_views, training_lines
from console.caseview import Stage, stages
from console.web.desk import AtDesk
from console.web.pages.case import Fact, facts_of_case
from console.web.pages.case_days import told_of
from console.web.pages.case_head import OVERVIEW, CaseHead, head_of, seen_at
from console.web.pages.case_own import OwnRecord, own_record
from engine.words import Sentence

pages = APIRouter()

MOST: Final = 12
"""Rows of the history that fit on the sheet; the newest, and how many there are in all stands below."""


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case on paper, as of a moment."""

    head: CaseHead
    as_of: datetime
    stages: tuple[Stage, ...]
    facts: tuple[Fact, ...]
    products: tuple[ProductView, ...]
    trainings: tuple[SlotLine, ...]
    own: OwnRecord | None
    deadlines: tuple[tuple[DeadlineView, Sentence | str], ...]
    entries: tuple[history.Entry, ...]
    entries_in_all: int
    bureau: str


@pages.get("/print/cases/{case_id}")
def print_case(case_id: int, desk: AtDesk) -> Response:
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        head = head_of(view, OVERVIEW)
        entries = history.told(desk.engine, view.flow, view.entries, view.names)
        sheet = CaseSheet(
            head=head,
            as_of=work.now,
            stages=tuple(stages(view)),
            facts=tuple(facts_of_case(work, view)),
            products=product_views(work, desk.actor, view) if head.is_enterprise else (),
            trainings=training_lines(desk.actor, view) if head.is_enterprise else (),
            own=None if head.is_enterprise else own_record(desk, work, view),
            deadlines=tuple((one, told_of(one)) for one in deadline_views(work, desk.actor, view)),
            entries=entries[:MOST],
            entries_in_all=len(entries),
            bureau=desk.house.settings.bureau.name,
        )
    return desk.page("print/case.html", sheet)
