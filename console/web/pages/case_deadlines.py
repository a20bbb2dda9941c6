"""What the forms under a case's deadlines do: ask for an extension, grant it, extend, pause, resume, waive, answer."""

from fastapi import APIRouter
from starlette.responses import Response

from console.casedeadlines import DEEDS, change_deadline, decide_asked
from console.web.acts import Dated, Decided, Reasoned
from console.web.attempt import AsTyped
from console.web.desk import AtDesk
from console.web.pages.case import again
from console.web.pages.case_head import do_once
from engine.errors import NotFound

pages = APIRouter()


@pages.post("/cases/{case_id}/deadlines/{deadline_id}/{deed}")
def change(case_id: int, deadline_id: int, deed: str, typed: AsTyped, desk: AtDesk) -> Response:
    """Ask for an extension, grant one, pause, resume, waive, or answer."""
    if deed not in DEEDS:
        raise NotFound
    desk.if_refused(typed, again(desk, case_id, f"{deed}-{deadline_id}"))
    form: Reasoned = typed.read(Dated if DEEDS[deed].day else Reasoned)
    on = form.on if isinstance(form, Dated) else None
    return do_once(
        desk,
        form.request(case_id, f"{deed} {deadline_id}"),
        lambda work: change_deadline(
            desk.engine, work, desk.actor, (case_id, deadline_id), deed, reason=form.reason, on=on
        ),
        back="deadlines",
    )


@pages.post("/cases/{case_id}/extensions/{change_id}")
def decide(case_id: int, change_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Grant or refuse an extension that was asked for."""
    desk.if_refused(typed, again(desk, case_id, f"extension-{change_id}"))
    form = typed.read(Decided)
    granted = form.verdict == "yes"
    return do_once(
        desk,
        form.request(case_id, f"extension {change_id}"),
        lambda work: decide_asked(
            desk.engine, work, desk.actor, (case_id, change_id), granted=granted, reason=form.reason
        ),
        back="deadlines",
    )
