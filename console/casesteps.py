"""The steps of a case for somebody: those to take, those of others, what waits for confirmation, what can be undone."""

from dataclasses import dataclass
from datetime import date, datetime

from console.caseview import CaseView
from console.register import Wanted, register
from engine.access import Actor
from engine.acting import seen
from engine.cases import Answer, advance
from engine.core import Engine
from engine.flow import Label
from engine.history import holding
from engine.judging import Command, Option, options_of
from engine.kinds import Reason
from engine.leaving import UNDOABLE
from engine.model import Case
from engine.proposals import explain_proposal, propose
from engine.roles import SUPERVISORS
from engine.store import definitions
from engine.store.database import Work

ROLE: str = "ROLE_MISSING"
MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits; `reasons` say why one may not confirm it, `is_confirmer` whether it is one's to decide."""

    step: str
    label: Label
    by: str
    at: datetime
    on: date
    workdays: int
    reasons: tuple[Reason, ...]
    is_confirmer: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """What may be done to a case: own steps, steps that take other roles, and what only a supervising role does."""

    own: tuple[Option, ...]
    others: tuple[Option, ...]
    waiting: Waiting | None
    reinstates: bool
    corrects: Label | None
    decides_claim: bool
    replaces: tuple[Case, ...] | None


def steps_of(engine: Engine, work: Work, actor: Actor, view: CaseView) -> Steps:
    options = options_of(engine, work, actor, view.case, view.facts)
    own = tuple(one for one in options if not _takes_another(one))
    supervises = view.may(actor, SUPERVISORS)
    left = view.case.resume_state is not None
    return Steps(
        own=own,
        others=tuple(one for one in options if one not in own),
        waiting=waiting_of(engine, work, actor, view),
        reinstates=supervises and left,
        corrects=_last_step(view) if supervises else None,
        decides_claim=supervises and view.case.claimed and not left,
        replaces=_candidates(engine, work, actor, view) if left and view.case.replaced_by_id is None else None,
    )


def take(engine: Engine, work: Work, actor: Actor, command: Command) -> Answer:
    """Take a step, or propose it where it needs a second person or is to count from an earlier day."""
    case = seen(work, actor, command.case_id)
    step = definitions.flow_of(work, case.definition_id).step_by_name.get(command.step)
    earlier = command.on is not None and command.on < engine.today(work)
    proposed = step is not None and (bool(step.confirm) or (earlier and step.kind == "step"))
    return (propose if proposed else advance)(engine, work, actor, command)


def _takes_another(option: Option) -> bool:
    return any(reason.code == ROLE for reason in option.reasons)


def waiting_of(engine: Engine, work: Work, actor: Actor, view: CaseView) -> Waiting | None:
    """The proposal that waits, if one does."""
    case = view.case
    if case.proposed_step is None or case.proposed_at is None:
        return None
    since = case.proposed_at.astimezone(engine.zone).date()
    step = view.flow.step_by_name[case.proposed_step]
    is_confirmer = view.may(actor, step.confirm or SUPERVISORS)
    return Waiting(
        step=step.name,
        label=step.label,
        by=view.names.get(case.proposed_by or 0, ""),
        at=case.proposed_at,
        on=case.proposed_on or since,
        workdays=view.workdays.between(since, view.today),
        reasons=explain_proposal(engine, work, actor, case, view.facts) if is_confirmer else (),
        is_confirmer=is_confirmer,
    )


def _last_step(view: CaseView) -> Label | None:
    """What a correction would undo."""
    if view.case.replaced_by_id is not None:
        return None
    standing = holding(view.entries, UNDOABLE)
    step = view.flow.step_by_name.get(standing[-1].step or "") if standing else None
    return step.label if step else None


def _candidates(engine: Engine, work: Work, actor: Actor, view: CaseView) -> tuple[Case, ...] | None:
    """Enterprises of the district that could take the place of one that has left; None where one may not say so."""
    leaving = next((step for step in view.flow.steps if step.kind == "withdraw"), None)
    if leaving is None or not view.may(actor, leaving.roles):
        return None
    wanted = Wanted(
        campaign=view.case.campaign,
        flow=view.case.flow,
        district=view.place.code,
        states=view.flow.line[:2],
        sort="name",
        limit=MOST_CANDIDATES,
    )
    lines = register(engine, work, actor, wanted).lines
    return tuple(one.case for one in lines if one.case.replaces_id is None)
