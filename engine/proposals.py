"""Steps that need a second person: proposed below, confirmed or returned by the level above."""

from dataclasses import replace
from datetime import date

from engine.access import Actor, Party
from engine.acting import capacity_for, entry_of
from engine.cases import Answer, Done, once, step_move
from engine.core import Engine
from engine.decide import Denied, Intent, Question, decide
from engine.effects import covered
from engine.errors import Refused
from engine.flow import Flow
from engine.judging import Command, Judged, facts_of
from engine.kinds import Facts, Reason
from engine.model import Case, Notice
from engine.moves import NO_PROPOSAL, Move, write
from engine.roles import SUPERVISORS
from engine.schedule import refresh
from engine.store import deadlines, definitions, journal, notices, organisations, people
from engine.store.database import Work
from engine.words import tr


def propose(engine: Engine, work: Work, actor: Actor, command: Command) -> Answer:
    """Ask the level above to confirm a step; from now on the district is not chased for what it reaches."""
    return once(work, actor, command, "propose", lambda case: _propose(engine, work, actor, command, case=case))


def confirm(engine: Engine, work: Work, actor: Actor, command: Command) -> Answer:
    """Take the proposed step; it counts from the day of the proposal, not from today."""
    return once(work, actor, command, "confirm", lambda case: _confirm(engine, work, actor, command, case=case))


def return_proposal(engine: Engine, work: Work, actor: Actor, command: Command) -> Answer:
    """Refuse a proposal with a reason; the deadlines it held run on."""
    return once(work, actor, command, "return", lambda case: _return(engine, work, actor, command, case=case))


def explain_proposal(engine: Engine, work: Work, actor: Actor, case: Case, facts: Facts) -> tuple[Reason, ...]:
    """Every reason why the actor may not confirm what waits for a case that is seen; none when they may."""
    on = case.proposed_on or engine.today(work)
    command = Command(case_id=case.id, step=case.proposed_step or "")
    question = _question(engine, work, actor, command, case=case, facts=facts, intent="confirm", on=on)
    decision = decide(question, engine.kind_of(work, case.campaign).guards)
    return decision.reasons if isinstance(decision, Denied) else ()


def _propose(engine: Engine, work: Work, actor: Actor, command: Command, *, case: Case) -> Answer:
    today = engine.today(work)
    on = command.on or today
    judged = _judge(engine, work, actor, command, case=case, intent="propose", on=on)
    decision = judged.decision
    if isinstance(decision, Denied):
        return decision
    if not decision.step.confirm:
        return Denied((_needless(decision.step.label),))
    evidence = dict(judged.facts.digest()) if judged.facts else {}
    entry = replace(
        entry_of(case, actor, decision.acting, kind="propose", on=on, data={"evidence": evidence}),
        step=command.step,
        reason=command.reason,
    )
    columns = {
        "proposed_step": command.step,
        "proposed_by": actor.person_id,
        "proposed_at": work.now,
        "proposed_on": on,
        "returned_at": None,
    }
    flow = definitions.flow_of(work, case.definition_id)
    after = write(engine, work, [Move(case, flow, entry, columns)])[case.id]
    _hold(work, flow, after, decision.target)
    return Done(case.id, command.step, after.state, after.version)


def _confirm(engine: Engine, work: Work, actor: Actor, command: Command, *, case: Case) -> Answer:
    on = case.proposed_on or engine.today(work)
    judged = _judge(engine, work, actor, command, case=case, intent="confirm", on=on)
    if isinstance(judged.decision, Denied):
        return judged.decision
    move = step_move(actor, command, judged, on=on)
    proposer = _proposer(work, case)
    data = {
        **move.entry.data,
        "proposed_by": case.proposed_by,
        "proposers": sorted(proposer.people) if proposer else [],
    }
    after = write(engine, work, [replace(move, entry=replace(move.entry, data=data))])[case.id]
    return Done(case.id, command.step, after.state, after.version)


def _return(engine: Engine, work: Work, actor: Actor, command: Command, *, case: Case) -> Answer:
    flow = definitions.flow_of(work, case.definition_id)
    if case.proposed_step is None:
        raise Refused(tr("Nothing has been proposed for {name}.", name=case.subject_name))
    if command.step and command.step != case.proposed_step:
        # the proposal that was looked at is gone, another one waits
        known = flow.step_by_name.get(command.step)
        raise Refused(tr("“{step}” has not been proposed.", step=known.label if known else command.step))
    if not (command.reason or "").strip():
        raise Refused(tr("A return needs a reason; please write it down."))
    step = flow.step_by_name[case.proposed_step]
    acting = capacity_for(work, actor, case, _confirmers(flow, step.name))
    today = engine.today(work)
    entry = replace(
        entry_of(case, actor, acting, kind="return", on=today, data={}), step=step.name, reason=command.reason
    )
    after = write(engine, work, [Move(case, flow, entry, NO_PROPOSAL)])[case.id]
    notices.post(work, [_returned(engine, work, after, step.label, command.reason or "")])
    refresh(engine, work, [deadline.id for deadline in deadlines.of_cases(work, [case.id])[case.id]])
    return Done(case.id, step.name, after.state, after.version)


def _judge(
    engine: Engine, work: Work, actor: Actor, command: Command, *, case: Case, intent: Intent, on: date
) -> Judged:
    facts = facts_of(engine, work, [case])[case.id]
    question = _question(engine, work, actor, command, case=case, facts=facts, intent=intent, on=on)
    decision = decide(question, engine.kind_of(work, case.campaign).guards)
    standing = tuple(deadlines.of_cases(work, [case.id])[case.id])
    return Judged(decision, case, definitions.flow_of(work, case.definition_id), facts, standing)


def _question(
    engine: Engine,
    work: Work,
    actor: Actor,
    command: Command,
    *,
    case: Case,
    facts: Facts,
    intent: Intent,
    on: date,
) -> Question:
    today = engine.today(work)
    return Question(
        flow=_confirmable(definitions.flow_of(work, case.definition_id), command.step, late=on < today),
        case=case,
        facts=facts,
        actor=actor,
        path=organisations.paths(work, [case.district_id])[case.district_id],
        step=command.step,
        today=today,
        on=on,
        intent=intent,
        reason=command.reason,
        proposer=_proposer(work, case) if intent == "confirm" else None,
    )


def _confirmable(flow: Flow, step: str, *, late: bool) -> Flow:
    """A step that counts from an earlier day needs confirming even where the flow asks for none."""
    found = flow.step_by_name.get(step)
    if found is None or found.confirm or not late:
        return flow
    confirmed = replace(found, confirm=_confirmers(flow, step))
    return replace(flow, steps=tuple(confirmed if one.name == step else one for one in flow.steps))


def _confirmers(flow: Flow, step: str) -> tuple[str, ...]:
    return flow.step_by_name[step].confirm or SUPERVISORS


def _proposer(work: Work, case: Case) -> Party | None:
    """Who proposed what waits, and for whom."""
    if case.proposed_by is None:
        return None
    entry = journal.last_of(work, case.id, "propose")
    behalf = {entry.on_behalf_of} if entry and entry.on_behalf_of else set()
    return Party(frozenset({case.proposed_by, *behalf}), people.get(work, case.proposed_by).organisation_id)


def _needless(label: object) -> Reason:
    return Reason("NOTHING_TO_CONFIRM", tr("“{step}” needs no second person; take it directly.", step=label))


def _hold(work: Work, flow: Flow, case: Case, target: str) -> None:
    """Take the deadlines that the proposal would meet out of the sweep's sight."""
    standing = [one for one in deadlines.of_cases(work, [case.id])[case.id] if one.state == "open"]
    deadlines.set_due(work, {one.id: None for one in covered(flow, target, standing)})


def _returned(engine: Engine, work: Work, case: Case, label: object, reason: str) -> Notice:
    return Notice(
        dedup_key=f"proposal_returned:{case.id}:{case.journal_seq}",
        kind="proposal_returned",
        letter="proposal_returned",
        campaign=case.campaign,
        district_id=case.district_id,
        case_id=case.id,
        morning_on=engine.today(work),
        release_at=work.now,
        facts={"step": label, "reason": reason, "subject": case.subject_name},
    )
