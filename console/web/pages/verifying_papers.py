"""What lies on the desk where a proposal is checked: its papers, its points, and what was said in the rounds before."""

from dataclasses import dataclass
from typing import Final

from console.casepapers import files_told
from console.caseslots import ProductView, product_views
from console.casesteps import Waiting, waiting_of
from console.caseview import CaseView
from console.history import Entry, told
from console.web.desk import Desk
from console.web.pages.case_files import FileRow, file_row
from engine.flow import Label
from engine.store.database import Work
from workflows.benchmarking.checklist import Point, points_of
from workflows.benchmarking.kind import ENTERPRISE

PAPERS: Final = {
    "plan_file": ("plan",),
    "platform_record": ("platform_plan",),
    "training_record": ("training_notice", "training_attendance"),
    "test_report": ("test_report",),
    "publication_notice": ("publication",),
    "result_record": ("result",),
    "report_form": ("report_form",),
    "list_file": ("list",),
}
"""The files of each place for evidence."""
ALWAYS: Final = ("test_report", "plan", "platform_plan")
"""Papers to look things up in, whatever is proposed."""
BACK: Final = frozenset({"return", "send_back"})


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A paper that can be laid on the desk."""

    label: Label
    product: str
    row: FileRow
    chosen: bool


@dataclass(frozen=True, slots=True)
class Checking:
    """A proposal to be checked; `paper` is the one that lies open, none where nothing was received."""

    waiting: Waiting
    points: tuple[Point, ...]
    papers: tuple[PaperChoice, ...]
    paper: PaperChoice | None
    products: tuple[ProductView, ...]
    slots: frozenset[str]
    rounds: tuple[Entry, ...]


def checking_of(desk: Desk, work: Work, view: CaseView, wanted: str) -> Checking | None:
    """None where nothing is proposed."""
    waiting = waiting_of(desk.engine, work, desk.actor, view)
    if waiting is None:
        return None
    step = view.flow.step_by_name[waiting.step]
    papers = _papers(work, view, step.slots, wanted)
    entries = told(desk.engine, view.flow, [one for one in view.entries if one.kind in BACK], view.names)
    return Checking(
        waiting=waiting,
        points=points_of(view.flow, step),
        papers=papers,
        paper=next((one for one in papers if one.chosen), None),
        products=product_views(work, desk.actor, view) if view.case.flow == ENTERPRISE else (),
        slots=frozenset(step.slots),
        rounds=entries,
    )


def _papers(work: Work, view: CaseView, slots: tuple[str, ...], wanted: str) -> tuple[PaperChoice, ...]:
    """Those of the step first, then what one looks things up in; the wanted one is chosen, else the first."""
    own = [what for slot in slots for what in PAPERS.get(slot, ())]
    order = [*own, *(what for what in ALWAYS if what not in own)]
    found = [one for one in files_told(work, view.case) if one["counts"] and one["what"] in order]
    found.sort(key=lambda one: order.index(one["what"]))
    known = {one["sha256"] for one in found}
    chosen = wanted if wanted in known else next((one["sha256"] for one in found), "")
    return tuple(PaperChoice(one["label"], one["product"], file_row(one), one["sha256"] == chosen) for one in found)
