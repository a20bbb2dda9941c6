"""What every page of a case has in common: its head with the tabs, and how a deed is done and led back from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from console.caseview import CaseView, case_view
from console.once import Request, once
from console.web.attempt import Attempt
from console.web.desk import Desk
from engine.duedays import days_late, light
from engine.flow import Label
from engine.store import cases
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE

OVERVIEW, ENTERPRISE_TAB, FILES, HISTORY = "", "enterprise", "files", "history"
TABS: Final = (
    (OVERVIEW, tr("Progress and evidence")),
    (ENTERPRISE_TAB, tr("About the enterprise")),
    (FILES, tr("Files")),
    (HISTORY, tr("History and letters")),
)
"""The pages of a case, by the end of their address; the one about the enterprise is for cases of enterprises."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the case."""

    path: str
    label: Sentence
    current: bool


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands on top of every page of a case; `version` goes into its forms, `due_on` is the first day for which
    its district is awaited.
    """

    id: int
    version: int
    subject: str
    district: str
    state: Label
    flow: Label
    light: str
    late: int
    due_on: date | None
    tabs: tuple[Tab, ...]
    is_enterprise: bool


def head_of(view: CaseView, tab: str) -> CaseHead:
    case = view.case
    due_on = case.next_due_on
    late = max(0, days_late(due_on, view.today, view.workdays))
    is_enterprise = case.flow == ENTERPRISE
    shown = [one for one in TABS if is_enterprise or one[0] != ENTERPRISE_TAB]
    return CaseHead(
        id=case.id,
        version=case.version,
        subject=case.subject_name,
        district=view.place.name,
        state=view.state,
        flow=view.flow.label,
        light=str(light(due_on, view.today, view.workdays)),
        late=late,
        due_on=due_on,
        tabs=tuple(Tab(_address(case.id, name), label, name == tab) for name, label in shown),
        is_enterprise=is_enterprise,
    )


def seen_at(desk: Desk, work: Work, case_id: int) -> CaseView:
    return case_view(desk.engine, work, desk.actor, case_id)


def do_once(desk: Desk, request: Request, do: Callable[[Work], object], *, back: str = "") -> Response:
    """Do it in one transaction, and lead back to the case, which then says what was done or that nothing changed."""
    with desk.work() as work:
        once(work, desk.actor, request, lambda: do(work))
        changed = cases.get(work, request.case_id).version != request.version
    return led_back(desk, request.case_id, changed=changed, anchor=back)


def led_back(desk: Desk, case_id: int, *, changed: bool = True, tab: str = OVERVIEW, anchor: str = "") -> Response:
    told = urlencode({"told": "done" if changed else "same"})
    return desk.back(f"{_address(case_id, tab)}?{told}{f'#{anchor}' if anchor else ''}")


Show = Callable[[Attempt], Response]


def _address(case_id: int, tab: str) -> str:
    return f"/cases/{case_id}/{tab}" if tab else f"/cases/{case_id}"
