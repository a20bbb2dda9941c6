"""What the forms of a case's page do: take, propose, confirm, return, send back, withdraw, replace, reinstate, undo."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from console.casesteps import take
from console.web.acts import Chosen, Decided, Looked, Reasoned, Returned, Said, Sent
from console.web.attempt import AsTyped
from console.web.desk import AtDesk, Desk
from console.web.pages.case import again
from console.web.pages.case_head import do_once, led_back
from engine import leaving, proposals
from engine.judging import Command
from workflows.benchmarking.enrolment.claims import decide_claim

pages = APIRouter()


@pages.post("/cases/{case_id}/steps/{step}")
def take_step(case_id: int, step: str, typed: AsTyped, desk: AtDesk) -> Response:
    """Any step of the flow: taken, or proposed where it needs a second person."""
    desk.if_refused(typed, again(desk, case_id, f"step-{step}"))
    form = typed.read(Said)
    command = command_of(desk, case_id, step, form, reason=form.reason, on=form.on)
    with desk.work() as work:
        answer = take(desk.engine, work, desk.actor, command)
    desk.unless_denied(answer)
    return led_back(desk, case_id)


@pages.post("/cases/{case_id}/confirm")
def confirm(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Confirm the proposal that was looked at."""
    desk.if_refused(typed, again(desk, case_id, "confirm"))
    form = typed.read(Looked)
    with desk.work() as work:
        answer = proposals.confirm(desk.engine, work, desk.actor, command_of(desk, case_id, form.step, form))
    desk.unless_denied(answer)
    return led_back(desk, case_id)


@pages.post("/cases/{case_id}/return")
def return_proposal(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Return the proposal that was looked at, with a reason."""
    desk.if_refused(typed, again(desk, case_id, "return"))
    form = typed.read(Returned)
    command = command_of(desk, case_id, form.step, form, reason=form.reason)
    with desk.work() as work:
        answer = proposals.return_proposal(desk.engine, work, desk.actor, command)
    desk.unless_denied(answer)
    return led_back(desk, case_id)


@pages.post("/cases/{case_id}/reinstate")
def reinstate(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, again(desk, case_id, "reinstate"))
    form = typed.read(Reasoned)
    return do_once(
        desk,
        form.request(case_id, "reinstate"),
        lambda work: leaving.reinstate(desk.engine, work, desk.actor, case_id, reason=form.reason),
    )


@pages.post("/cases/{case_id}/correct")
def correct(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, again(desk, case_id, "correct"))
    form = typed.read(Reasoned)
    return do_once(
        desk,
        form.request(case_id, "correct"),
        lambda work: leaving.correct(desk.engine, work, desk.actor, case_id, reason=form.reason),
    )


@pages.post("/cases/{case_id}/replace")
def replace(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Name the enterprise that takes the place of one that has left."""
    desk.if_refused(typed, again(desk, case_id, "replace"))
    form = typed.read(Chosen)
    return do_once(
        desk,
        form.request(case_id, "replace"),
        lambda work: leaving.replace(
            desk.engine, work, desk.actor, leaving_id=case_id, joining_id=form.to, reason=form.reason
        ),
    )


@pages.post("/cases/{case_id}/claim")
def claim(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Decide to which of two districts an enterprise belongs."""
    desk.if_refused(typed, again(desk, case_id, "claim"))
    form = typed.read(Decided)
    granted = form.verdict == "yes"
    return do_once(
        desk,
        form.request(case_id, "claim"),
        lambda work: decide_claim(desk.engine, work, desk.actor, case_id, grant=granted, reason=form.reason),
    )


def command_of(desk: Desk, case_id: int, step: str, form: Sent, *, reason: str = "", on: date | None = None) -> Command:
    """What the form asks the engine for, under a key of just this request."""
    key = form.own_key(desk.actor, case_id, f"step {step}")
    return Command(case_id=case_id, step=step, version=form.version, reason=reason or None, on=on, key=key)
