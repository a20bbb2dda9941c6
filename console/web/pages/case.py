"""The page of a case: where it stands on the line, what may be done, what is there and missing, its days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console import history
from console.casedeadlines import deadline_views
from console.caseslots import ProductView, SlotLine, product_views, training_lines
from console.casesteps import Steps, Waiting, steps_of
from console.caseview import CaseView, Stage, stages
from console.web.acts import Act, Tried
from console.web.attempt import Attempt
from console.web.desk import AtDesk, Desk
from console.web.filters import grouped
from console.web.pages.case_acts import bureau_acts, other_acts, step_acts, waiting_acts
from console.web.pages.case_days import DeadlineRow, deadline_rows
from console.web.pages.case_head import OVERVIEW, CaseHead, head_of, seen_at
from console.web.pages.case_own import OwnRecord, own_record
from engine.model import Case
from engine.store import cases
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking import industries
from workflows.benchmarking.details import masked
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.recording.products import takes_products
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of

pages = APIRouter()

Fact = tuple[Sentence, object]
LATEST: Final = 6
"""Rows of the history shown beside the rest; all of them have a page of their own."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case as its page shows it; `told` is what was just done, "done", "same" or nothing."""

    head: CaseHead
    case: Case
    stages: tuple[Stage, ...]
    facts: tuple[Fact, ...]
    waiting: Waiting | None
    answers: tuple[Act, ...]
    acts: tuple[Act, ...]
    others: tuple[Act, ...]
    bureau: tuple[Act, ...]
    deadlines: tuple[DeadlineRow, ...]
    products: tuple[ProductView, ...]
    trainings: tuple[SlotLine, ...]
    own: OwnRecord | None
    kin: tuple[tuple[Sentence, Case], ...]
    latest: tuple[history.Entry, ...]
    may_change: bool
    may_add: bool
    told: str
    tried: Tried

    @property
    def above(self) -> Attempt:
        """What was refused and belongs to no form that still stands on the page."""
        days = tuple(act for row in self.deadlines for act in row.acts)
        return self.tried.beside((*self.answers, *self.acts, *self.bureau, *self.others, *days))

    @property
    def kept(self) -> tuple[str, ...]:
        """What was typed into a form that is there no more."""
        return tuple(value for name in ("reason", "on") for value in self.above.values(name) if value)


@pages.get("/cases/{case_id}")
def show_case(case_id: int, desk: AtDesk, told: Annotated[str, Query()] = "") -> Response:
    return case_page(desk, case_id, told=told)


def case_page(desk: Desk, case_id: int, tried: Tried | Attempt | None = None, *, told: str = "") -> Response:
    """The page; a form that was refused shows it again with what was typed."""
    if isinstance(tried, Attempt):
        tried = Tried("", tried)
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        page = _page(desk, work, view, tried or Tried(), told)
    return desk.page("cases/case.html", page)


def again(desk: Desk, case_id: int, name: str) -> Callable[[Attempt], Response]:
    """How the page is shown again after one of its forms was refused."""
    return lambda attempt: case_page(desk, case_id, Tried(name, attempt))


def _page(desk: Desk, work: Work, view: CaseView, tried: Tried, told: str) -> CasePage:
    steps = steps_of(desk.engine, work, desk.actor, view)
    head, case = head_of(view, OVERVIEW), view.case
    left = case.resume_state is not None
    may = head.is_enterprise and not left and view.may(desk.actor, DISTRICT)
    return CasePage(
        head=head,
        case=case,
        stages=tuple(stages(view)),
        facts=tuple(facts_of_case(work, view)),
        waiting=steps.waiting,
        answers=tuple(waiting_acts(view, steps.waiting)) if steps.waiting else (),
        acts=_acts(view, steps),
        others=other_acts(view, steps),
        bureau=tuple(bureau_acts(view, steps)),
        deadlines=deadline_rows(case.id, deadline_views(work, desk.actor, view), closed=left),
        products=product_views(work, desk.actor, view) if head.is_enterprise else (),
        trainings=training_lines(desk.actor, view) if head.is_enterprise else (),
        own=None if head.is_enterprise else own_record(desk, work, view),
        kin=tuple(_kin(work, case)),
        latest=history.told(desk.engine, view.flow, view.entries, view.names)[:LATEST],
        may_change=may,
        may_add=may and takes_products(view.flow, case),
        told=told if told in {"done", "same"} else "",
        tried=tried,
    )


def _acts(view: CaseView, steps: Steps) -> tuple[Act, ...]:
    """While a proposal waits, every other step only says so; it is said once, above."""
    return () if view.case.proposed_step else step_acts(view, steps)


def facts_of_case(work: Work, view: CaseView) -> Iterator[Fact]:
    case = view.case
    yield tr("District"), view.place.full_name
    yield tr("State"), tr("{state} since {day}", state=view.state, day=case.entered_on)
    yield tr("Opened"), case.opened_on
    if case.round:
        yield tr("Sent back"), tr("{n} times", n=case.round)
    if view.flow.name == "enterprise":
        yield from enterprise_facts(enterprises.get(work, enterprise_id_of(case)))


def enterprise_facts(known: Enterprise) -> Iterator[Fact]:
    """What is known of an enterprise, its contact so far that one knows whether there is one."""
    yield tr("Credit code"), grouped(known.credit_code)
    yield tr("Industry"), industries.label(known.industry_code)
    yield tr("Cluster"), known.cluster
    yield tr("Above designated size"), SIZES[known.above_designated_size]
    yield tr("Honours"), known.honours
    yield tr("Contact"), tuple(masked(known.contact).values())


SIZES: Final = {True: tr("yes"), False: tr("no"), None: ""}


def _kin(work: Work, case: Case) -> Iterator[tuple[Sentence, Case]]:
    """The enterprise whose place this one took, and the one that took its place."""
    if case.replaces_id is not None:
        yield tr("Takes the place of"), cases.get(work, case.replaces_id)
    if case.replaced_by_id is not None:
        yield tr("Its place was taken by"), cases.get(work, case.replaced_by_id)
