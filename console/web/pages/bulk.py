"""Many cases at once: ticked in the register or all that fit its filters; a dry run first, then a result for each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from console.bulk import ADVANCE, EXTEND, MOST, Many, Result, Run, Target, carry_out, rehearse
from console.paging import Count
from console.register import every_line, register
from console.web.acts import LONGEST, SHORTEST
from console.web.attempt import NOTHING, AsTyped, Attempt, Form, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.pages import cases as registers
from console.web.pages.bulk_sheets import OUTCOMES, register_sheet
from console.web.pages.cases import EXPORT, deeds_of, wanted_of
from engine.errors import EngineError, NotFound, Refused
from engine.flow import Flow, Step
from engine.store import definitions
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()


class Wish(registers.Filters):
    """What is to be done to which cases; `case` are ticked ones, `whole` takes all that fit the filters."""

    deed: str = ""
    case: tuple[str, ...] = ()
    whole: bool = False
    step: str = ""
    on: date | None = None
    reason: str = ""
    go: bool = False

    @property
    def filters(self) -> Mapping[str, object]:
        """The filters of the register alone."""
        return {name: value for name, value in self.query.items() if name in registers.Filters.model_fields}


class Order(Form):
    """What was rehearsed and is now to be carried out."""

    name: str = Field(min_length=8, max_length=40)
    deed: str
    step: str = ""
    on: date | None = None
    reason: str = Field(default="", max_length=LONGEST)
    target: tuple[str, ...] = Field(default=(), max_length=MOST)


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The deed with what it needs to be told; after the dry run with a result for each case."""

    wish: Wish
    label: Sentence
    targets: tuple[Target, ...]
    steps: tuple[Choice, ...]
    with_day: bool
    rehearsed: Run | None
    going: tuple[Target, ...]
    attempt: Attempt

    def light(self, one: Result) -> tuple[str, Sentence]:
        return OUTCOMES[one.result]


@pages.get("/bulk")
def prepare(wish: Annotated[Wish, Query()], desk: AtDesk) -> Response:
    """Say what is to be done, and see what would come of it; nothing is written. An export needs no more."""
    if wish.deed == EXPORT:
        ticked = None if wish.whole else frozenset(_target(one).case_id for one in wish.case)
        return register_sheet(desk, wish, ticked)
    return bulk_page(desk, wish)


@pages.post("/bulk")
def run(typed: AsTyped, desk: AtDesk) -> Response:
    """Carry out what was rehearsed; sent again it changes nothing."""
    desk.if_refused(typed, lambda attempt: bulk_page(desk, _again(attempt), attempt))
    form = typed.read(Order)
    if form.deed not in deeds_of(desk):
        raise NotFound
    targets = tuple(_target(one) for one in form.target)
    if not targets:
        raise Refused(tr("There is no case that this can be done for."))
    many = Many(name=form.name, deed=form.deed, targets=targets, step=form.step, on=form.on, reason=form.reason)
    carry_out(desk.engine, desk.actor, many)
    return desk.back(f"/bulk/{form.name}")


def bulk_page(desk: Desk, wish: Wish, attempt: Attempt = NOTHING) -> Response:
    label = deeds_of(desk).get(wish.deed)
    if label is None:
        raise NotFound
    with desk.look() as work:
        flow = definitions.latest(work, ENTERPRISE)[1]
        targets = _targets(desk, work, wish, flow)
    tried = attempt if attempt is not NOTHING or not wish.go else _lacking(wish, flow, targets)
    rehearsed = None
    if wish.go and tried is NOTHING:
        rehearsed = rehearse(desk.engine, desk.actor, _many(wish, targets))
    page = BulkPage(
        wish=wish,
        label=label,
        targets=targets,
        steps=_steps(desk, flow, wish.step) if wish.deed == ADVANCE else (),
        with_day=wish.deed == EXTEND,
        rehearsed=rehearsed,
        going=tuple(_going(targets, rehearsed)) if rehearsed else (),
        attempt=tried,
    )
    return desk.page("bulk/prepare.html", page, status=200 if tried is NOTHING else 422)


def _again(attempt: Attempt) -> Wish:
    """The wish that was carried out when it was refused."""
    day = () if "on" in attempt.faults else ("on",)
    typed = {name: attempt.value(name) for name in ("deed", "step", "reason", *day)}
    return Wish.model_validate({**typed, "case": attempt.values("target")})


def _many(wish: Wish, targets: tuple[Target, ...]) -> Many:
    return Many(name="rehearsal", deed=wish.deed, targets=targets, step=wish.step, on=wish.on, reason=wish.reason)


def _going(targets: tuple[Target, ...], run: Run) -> list[Target]:
    """Those for which it would go well; the others are left out of what is carried out."""
    return [one for one, result in zip(targets, run.results, strict=True) if result.result == "possible"]


def _targets(desk: Desk, work: Work, wish: Wish, flow: Flow) -> tuple[Target, ...]:
    if not wish.whole:
        return tuple(dict.fromkeys(_target(one) for one in wish.case))
    wanted = wanted_of(desk, wish.model_copy(update={"after": ""}), flow)
    count: Count = register(desk.engine, work, desk.actor, wanted).count
    if count.n > MOST or count.capped:
        raise Refused(
            tr("{n} cases fit these filters; at most {most} can be dealt with at once.", n=str(count), most=MOST)
        )
    lines = every_line(desk.engine, work, desk.actor, wanted)
    return tuple(Target(line.case.id, line.case.version) for line in lines)


def _target(text: str) -> Target:
    """A case with the version that was seen, and perhaps the deadline that is meant: 12.3 or 12.3.40."""
    found = TARGET.fullmatch(text)
    if found is None:
        raise NotFound
    return Target(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)


TARGET: Final = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,9})(?:\.([1-9][0-9]{0,17}))?")


def _steps(desk: Desk, flow: Flow, chosen: str) -> tuple[Choice, ...]:
    """Steps that somebody of these roles takes; withdrawing is done one by one."""
    mine = [one for one in flow.steps if one.kind != "withdraw" and any(role in desk.roles for role in one.roles)]
    return tuple(Choice(one.name, desk.word(one.label), one.name == chosen) for one in mine)


def _lacking(wish: Wish, flow: Flow, targets: tuple[Target, ...]) -> Attempt:
    """What has to be filled in before anything can be tried."""
    faults = dict(_faults(wish, flow.step_by_name.get(wish.step)))
    refusal: EngineError | None = FormRefused(faults) if faults else None
    if not targets:
        refusal = Refused(tr("Nothing is ticked; go back to the register and tick cases, or take all that fit."))
    typed = {"step": (wish.step,), "reason": (wish.reason,), "on": (str(wish.on or ""),)}
    return Attempt(typed, faults, refusal) if refusal else NOTHING


def _faults(wish: Wish, step: Step | None) -> Iterator[tuple[str, Sentence]]:
    asks_reason = step.reason if step else wish.deed != ADVANCE
    if wish.deed == ADVANCE and step is None:
        yield "step", tr("Please choose a step.")
    if wish.deed == EXTEND and wish.on is None:
        yield "on", tr("Please say the new day.")
    if asks_reason and len(wish.reason) < SHORTEST:
        yield "reason", tr("Please write at least {n} characters.", n=SHORTEST)
