"""Deciding to which district an enterprise belongs that two districts have named."""

from collections.abc import Collection
from dataclasses import replace

from engine import leaving
from engine.access import Actor
from engine.acting import capacity_for, entry_of, seen
from engine.cases import Done, advance
from engine.core import Engine
from engine.effects import effects_of
from engine.errors import Refused
from engine.judging import Command
from engine.model import Case
from engine.moves import Move, write
from engine.roles import SUPERVISORS
from engine.store import cases, deadlines, definitions, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.enrolment.task import move_list
from workflows.benchmarking.records.nominations import takes_part


def hold_claim(work: Work, case_ids: Collection[int]) -> None:
    """Hold cases that are claimed together with all of the same enterprises, before any of them alone."""
    leaving.hold_campaigns(work, case_ids)
    rivals = {
        one.id
        for case in cases.by_ids(work, case_ids)
        for one in cases.by_subject(work, case.campaign, case.flow, case.subject_key)
    }
    leaving.hold(work, rivals)


def decide_claim(engine: Engine, work: Work, actor: Actor, case_id: int, *, grant: bool, reason: str) -> Case:
    """Give the enterprise to the district that claims it (the other one withdraws), or leave it where it is.

    Answers the case of the district that has the enterprise from now on.
    """
    hold_claim(work, (case_id,))
    case = seen(work, actor, case_id)
    if not case.claimed or not takes_part(case):
        raise Refused(tr("{name} is claimed by nobody else.", name=case.subject_name))
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    others = [
        other
        for other in cases.by_subject(work, case.campaign, case.flow, case.subject_key)
        if other.id != case.id and takes_part(other)
    ]
    if grant:
        for other in others:
            _give_up(engine, work, actor, other, reason)
        decided = leaving.decide_claim(engine, work, actor, case_id, reason=reason)
        _complete_list(engine, work, actor, decided)
        return decided
    _end_claim(engine, work, actor, case, reason)
    return cases.get(work, next((other.id for other in others if not other.claimed), case.id))


def _complete_list(engine: Engine, work: Work, actor: Actor, case: Case) -> None:
    """With the enterprise the district may have reached its quota; where its list has not come yet, nothing moves."""
    district = organisations.get(work, case.district_id)
    move_list(engine, work, actor, campaign=case.campaign, district=district, on=engine.today(work))


def _give_up(engine: Engine, work: Work, actor: Actor, case: Case, reason: str) -> None:
    if case.claimed:
        _end_claim(engine, work, actor, case, reason)
        return
    step = _withdrawal(work, case)
    answer = advance(engine, work, actor, Command(case_id=case.id, step=step, reason=reason))
    if not isinstance(answer, Done):
        raise Refused(answer.reasons[0].sentence)


def _end_claim(engine: Engine, work: Work, actor: Actor, case: Case, reason: str) -> None:
    """A claim that is not granted ends as withdrawn; it has never counted anywhere, and never will."""
    flow = definitions.flow_of(work, case.definition_id)
    step = flow.step_by_name[_withdrawal(work, case)]
    today = engine.today(work)
    acting = capacity_for(work, actor, case, SUPERVISORS)
    entry = replace(
        entry_of(case, actor, acting, kind="withdraw", on=today, data={"what": "claim_refused"}),
        step=step.name,
        target=step.target,
        reason=reason,
    )
    standing = deadlines.of_cases(work, [case.id])[case.id]
    effects = effects_of(flow, step, case.state, standing, today)
    write(engine, work, [Move(case, flow, entry, {"state": step.target, "resume_state": case.state}, effects)])


def _withdrawal(work: Work, case: Case) -> str:
    flow = definitions.flow_of(work, case.definition_id)
    return next(step.name for step in flow.steps if step.kind == "withdraw")
