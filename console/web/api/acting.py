"""What can be done through the interface: steps, proposals, deadlines, evidence; guarded as everywhere."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from starlette.responses import Response

from console.web.api.once import AtOnce
from console.web.api.reading import NUMBER, CaseNumber
from console.web.api.shapes import (
    Answered,
    Document,
    ExtensionAsked,
    ExtensionDecided,
    StepAsked,
    StepTaken,
    Stopped,
    problems,
)
from console.web.desk import Desk
from engine import extensions
from engine.access import capacity
from engine.cases import advance
from engine.deadlinechange import case_of
from engine.decide import Denied
from engine.judging import Command
from engine.model import Deadline
from engine.proposals import confirm, propose, return_proposal
from engine.roles import SUPERVISORS
from engine.store import organisations
from engine.store.database import Work

router = APIRouter(tags=["acting"], responses=problems(400, 409, 412))

DeadlineNumber = Annotated[
    int, Path(ge=1, le=NUMBER, description="The number of a deadline, as its case's file has it.")
]
DOING: Final = {"advance": advance, "propose": propose, "confirm": confirm, "return": return_proposal}
CLOCK: Final[Mapping[str, Callable[..., Deadline]]] = {
    "pause": extensions.pause,
    "resume": extensions.resume,
    "waive": extensions.waive,
}


@router.post("/cases/{case_id}/steps/{step}", response_model=StepTaken)
def take_step(
    case_id: CaseNumber, step: Annotated[str, Path(max_length=40)], asked: StepAsked, once: AtOnce
) -> Response:
    """Take a step, propose it, confirm or return what was proposed; every reason against it is told at once."""
    desk = once.desk
    command = Command(case_id=case_id, step=step, version=asked.version, reason=asked.reason, on=asked.on)

    def do(work: Work) -> Any:
        answer = DOING[asked.do](desk.engine, work, desk.actor, command)
        if isinstance(answer, Denied):
            return answer
        return {"result": "done"} | {name: getattr(answer, name) for name in ("case_id", "step", "state", "version")}

    return once.do(asked, do, case_id=case_id)


@router.post("/deadlines/{deadline_id}/extension", response_model=Document)
def extend(deadline_id: DeadlineNumber, asked: ExtensionAsked, once: AtOnce) -> Response:
    """Ask for another day, or give it where this caller may."""
    desk = once.desk
    case_id, gives = _of_deadline(desk, deadline_id)
    told: dict[str, Any] = {"to_on": asked.to_on, "reason": asked.reason}

    def do(work: Work) -> Any:
        if gives:
            found = extensions.extend(desk.engine, work, desk.actor, deadline_id, **told)
            return {"granted": True, "deadline": found}
        number = extensions.ask_extension(desk.engine, work, desk.actor, deadline_id, **told)
        return {"granted": None, "request": number}

    return once.do(asked, do, case_id=case_id)


@router.post("/extensions/{request_id}", response_model=Document)
def decide(
    request_id: Annotated[int, Path(ge=1, le=NUMBER, description="The number under which it was asked for.")],
    asked: ExtensionDecided,
    once: AtOnce,
) -> Response:
    """Grant or refuse another day that was asked for."""
    desk = once.desk
    told: dict[str, Any] = {"granted": asked.granted, "reason": asked.reason}
    with desk.look() as work:
        case_id = extensions.case_asked_about(work, desk.actor, request_id).id
    return once.do(
        asked,
        lambda work: {
            "granted": asked.granted,
            "deadline": extensions.decide_extension(desk.engine, work, desk.actor, request_id, **told),
        },
        case_id=case_id,
    )


@router.post("/deadlines/{deadline_id}/reply", response_model=Document)
def reply(deadline_id: DeadlineNumber, asked: Answered, once: AtOnce) -> Response:
    """Answer what was said about being late."""
    desk = once.desk
    case_id, _ = _of_deadline(desk, deadline_id)
    told: dict[str, Any] = {"promised_on": asked.promised_on, "reason": asked.reason}
    return once.do(
        asked,
        lambda work: {"deadline": extensions.reply(desk.engine, work, desk.actor, deadline_id, **told)},
        case_id=case_id,
    )


@router.post("/deadlines/{deadline_id}/clock", response_model=Document)
def stop(deadline_id: DeadlineNumber, asked: Stopped, once: AtOnce) -> Response:
    """Let the clock of a deadline stand still, run on, or let the deadline go."""
    desk = once.desk
    case_id, _ = _of_deadline(desk, deadline_id)
    return once.do(
        asked,
        lambda work: {"deadline": CLOCK[asked.do](desk.engine, work, desk.actor, deadline_id, reason=asked.reason)},
        case_id=case_id,
    )


def _of_deadline(desk: Desk, deadline_id: int) -> tuple[int, bool]:
    """The case of a deadline, and whether this caller gives days there."""
    with desk.look() as work:
        case = case_of(work, desk.actor, deadline_id)
        path = organisations.get(work, case.district_id).path
        return case.id, capacity(desk.actor, path, SUPERVISORS) is not None
