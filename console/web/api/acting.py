"""What can be done through the interface: steps, proposals, extensions, answers; guarded as everywhere."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from console.web.api.desk import AtApi, IdempotencyKey, told
from console.web.api.reading import NUMBER, CaseNumber
from console.web.api.shapes import (
    Answered,
    Document,
    ExtensionAsked,
    ExtensionDecided,
    StepAsked,
    StepTaken,
    problems,
)
from console.web.desk import Desk
from engine import extensions
from engine.access import capacity
from engine.cases import advance
from engine.judging import Command
from engine.proposals import confirm, propose, return_proposal
from engine.roles import SUPERVISORS
from engine.store import cases, deadlines, organisations

router = APIRouter(tags=["acting"], responses=problems(400, 409))

DeadlineNumber = Annotated[
    int, Path(ge=1, le=NUMBER, description="The number of a deadline, as its case's file has it.")
]
DOING = {"advance": advance, "propose": propose, "confirm": confirm, "return": return_proposal}


@router.post("/cases/{case_id}/steps/{step}", response_model=StepTaken)
def take_step(
    case_id: CaseNumber,
    step: Annotated[str, Path(max_length=40)],
    asked: StepAsked,
    desk: AtApi,
    key: IdempotencyKey = None,
) -> Response:
    """Take a step, propose it, confirm or return what was proposed; every reason against it is told at once."""
    command = Command(
        case_id=case_id, step=step, version=asked.version, reason=asked.reason, on=asked.on, key=_own(desk, key)
    )
    with desk.work() as work:
        answer = DOING[asked.do](desk.engine, work, desk.actor, command)
    desk.unless_denied(answer)
    return told(
        desk, {"result": "done"} | {name: getattr(answer, name) for name in ("case_id", "step", "state", "version")}
    )


@router.post("/deadlines/{deadline_id}/extension", response_model=Document)
def extend(deadline_id: DeadlineNumber, asked: ExtensionAsked, desk: AtApi) -> Response:
    """Ask for another day, or give it where this caller may."""
    gives = _supervises(desk, deadline_id)
    with desk.work() as work:
        if gives:
            found = extensions.extend(
                desk.engine, work, desk.actor, deadline_id, to_on=asked.to_on, reason=asked.reason
            )
            return told(desk, {"granted": True, "deadline": found})
        number = extensions.ask_extension(
            desk.engine, work, desk.actor, deadline_id, to_on=asked.to_on, reason=asked.reason
        )
        return told(desk, {"granted": None, "request": number})


@router.post("/extensions/{request_id}", response_model=Document)
def decide(
    request_id: Annotated[int, Path(ge=1, le=NUMBER, description="The number under which it was asked for.")],
    asked: ExtensionDecided,
    desk: AtApi,
) -> Response:
    """Grant or refuse another day that was asked for."""
    with desk.work() as work:
        found = extensions.decide_extension(
            desk.engine, work, desk.actor, request_id, granted=asked.granted, reason=asked.reason
        )
    return told(desk, {"granted": asked.granted, "deadline": found})


@router.post("/deadlines/{deadline_id}/reply", response_model=Document)
def reply(deadline_id: DeadlineNumber, asked: Answered, desk: AtApi) -> Response:
    """Answer what was said about being late."""
    with desk.work() as work:
        found = extensions.reply(
            desk.engine, work, desk.actor, deadline_id, promised_on=asked.promised_on, reason=asked.reason
        )
    return told(desk, {"deadline": found})


def _supervises(desk: Desk, deadline_id: int) -> bool:
    with desk.look() as work:
        case = cases.get(work, deadlines.get(work, deadline_id).case_id)
        return capacity(desk.actor, organisations.get(work, case.district_id).path, SUPERVISORS) is not None


def _own(desk: Desk, key: str | None) -> str | None:
    """A key of this caller: what others call their requests is their own matter."""
    return f"api:{desk.actor.person_id}:{key}" if key else None
