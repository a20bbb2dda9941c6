"""What the forms of the to-do list do: confirm, return, decide, answer, ask; each goes on to the next line."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.casedeadlines import DEEDS, change_deadline, decide_asked
from console.once import once
from console.web.acts import Dated, Decided, Looked, Reasoned, Returned
from console.web.attempt import AsTyped
from console.web.desk import AtDesk
from console.web.pages.case_steps import command_of
from console.web.pages.tasks import Filters, again, go_on
from engine import proposals
from engine.errors import NotFound
from workflows.benchmarking.enrolment.claims import decide_claim

pages = APIRouter()


class Onward(Filters):
    """The list that a form stands on, and the line that comes next."""

    onward: str = ""


AtLine = Annotated[Onward, Query()]


@pages.post("/tasks/cases/{case_id}/confirm")
def confirm(case_id: int, typed: AsTyped, at: AtLine, desk: AtDesk) -> Response:
    """Confirm the proposal that was looked at."""
    desk.if_refused(typed, again(desk, at, "confirm"))
    form = typed.read(Looked)
    with desk.work() as work:
        answer = proposals.confirm(desk.engine, work, desk.actor, command_of(desk, case_id, form.step, form))
    desk.unless_denied(answer)
    return go_on(desk, at.onward, at, "confirmed")


@pages.post("/tasks/cases/{case_id}/return")
def return_proposal(case_id: int, typed: AsTyped, at: AtLine, desk: AtDesk) -> Response:
    """Return the proposal that was looked at, with a reason."""
    desk.if_refused(typed, again(desk, at, "return"))
    form = typed.read(Returned)
    command = command_of(desk, case_id, form.step, form, reason=form.reason)
    with desk.work() as work:
        answer = proposals.return_proposal(desk.engine, work, desk.actor, command)
    desk.unless_denied(answer)
    return go_on(desk, at.onward, at, "returned")


@pages.post("/tasks/cases/{case_id}/claim")
def claim(case_id: int, typed: AsTyped, at: AtLine, desk: AtDesk) -> Response:
    """Decide to which of two districts an enterprise belongs."""
    desk.if_refused(typed, again(desk, at, "claim"))
    form = typed.read(Decided)
    granted = form.verdict == "yes"

    with desk.work() as work:
        once(
            work,
            desk.actor,
            form.request(case_id, "claim"),
            lambda: decide_claim(desk.engine, work, desk.actor, case_id, grant=granted, reason=form.reason),
        )
    return go_on(desk, at.onward, at, "decided")


@pages.post("/tasks/cases/{case_id}/extensions/{change_id}")
def decide_extension(case_id: int, change_id: int, *, typed: AsTyped, at: AtLine, desk: AtDesk) -> Response:
    """Grant or refuse an extension that was asked for."""
    desk.if_refused(typed, again(desk, at, f"extension-{change_id}"))
    form = typed.read(Decided)
    place, granted = (case_id, change_id), form.verdict == "yes"
    with desk.work() as work:
        once(
            work,
            desk.actor,
            form.request(case_id, f"extension {change_id}"),
            lambda: decide_asked(desk.engine, work, desk.actor, place, granted=granted, reason=form.reason),
        )
    return go_on(desk, at.onward, at, "granted" if granted else "not_granted")


@pages.post("/tasks/cases/{case_id}/deadlines/{deadline_id}/{deed}")
def change(case_id: int, deadline_id: int, deed: str, *, typed: AsTyped, at: AtLine, desk: AtDesk) -> Response:
    """Answer why something is late, or ask for an extension; whatever may be done to a deadline is."""
    if deed not in DEEDS:
        raise NotFound
    desk.if_refused(typed, again(desk, at, f"{deed}-{deadline_id}"))
    form: Reasoned = typed.read(Dated if DEEDS[deed].day else Reasoned)
    on = form.on if isinstance(form, Dated) else None
    place = (case_id, deadline_id)
    with desk.work() as work:
        once(
            work,
            desk.actor,
            form.request(case_id, f"{deed} {deadline_id}"),
            lambda: change_deadline(desk.engine, work, desk.actor, place, deed, reason=form.reason, on=on),
        )
    return go_on(desk, at.onward, at, "answered" if deed == "reply" else "asked" if deed == "ask" else "done")
