"""Deciding steps against the database: one command or thousands, for real, as a dry run, or to explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.access import Actor, sees
from engine.acting import seen
from engine.core import Engine
from engine.decide import Allowed, Denied, Question, decide
from engine.flow import Flow, Step
from engine.kinds import Facts, Guard, Reason
from engine.model import Case, Deadline
from engine.store import cases, deadlines, definitions, organisations
from engine.store.database import Work
from engine.words import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A step to take. `version` is the version the person saw; `key` makes a repetition harmless."""

    case_id: int
    step: str
    version: int | None = None
    reason: str | None = None
    on: date | None = None
    key: str | None = None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A command as decided, with what the decision looked at."""

    decision: Allowed | Denied
    case: Case | None = None
    flow: Flow | None = None
    facts: Facts | None = None
    deadlines: tuple[Deadline, ...] = ()


def judge_many(engine: Engine, work: Work, actor: Actor, commands: Sequence[Command]) -> list[Judged]:
    """Decide every command without writing anything; also the dry run."""
    held = cases.lock(work, [command.case_id for command in commands])
    paths = organisations.paths(work, {case.district_id for case in held.values()})
    visible = {key: case for key, case in held.items() if sees(actor, paths[case.district_id])}
    facts = facts_of(engine, work, list(visible.values()))
    standing = deadlines.of_cases(work, list(visible))
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in visible.values()}}
    today = engine.today(work)
    judged: list[Judged] = []
    for command in commands:
        case = visible.get(command.case_id)
        if case is None:
            judged.append(Judged(Denied((_hidden(),))))
            continue
        flow = flows[case.definition_id]
        question = Question(
            flow=flow,
            case=case,
            facts=facts[case.id],
            actor=actor,
            path=paths[case.district_id],
            step=command.step,
            today=today,
            on=command.on or today,
            reason=command.reason,
        )
        decision = _outdated(case, command) or decide(question, engine.kind_of(work, case.campaign).guards)
        judged.append(Judged(decision, case, flow, facts[case.id], tuple(standing[case.id])))
    return judged


@dataclass(frozen=True, slots=True)
class Option:
    """A step that starts from the case's state, and why it may not be taken now (empty: it may)."""

    step: Step
    reasons: tuple[Reason, ...]


def explain(engine: Engine, work: Work, actor: Actor, case_id: int) -> tuple[Option, ...]:
    """Every step from the case's state, each with every reason why it may not be taken now."""
    case = seen(work, actor, case_id)
    return options_of(engine, work, actor, case, facts_of(engine, work, [case])[case.id])


def options_of(engine: Engine, work: Work, actor: Actor, case: Case, facts: Facts) -> tuple[Option, ...]:
    """The same for a case that is seen, with its facts."""
    return options_many(engine, work, actor, [case], {case.id: facts})[case.id]


def options_many(
    engine: Engine, work: Work, actor: Actor, held: Sequence[Case], facts: Mapping[int, Facts]
) -> dict[int, tuple[Option, ...]]:
    """The same for several cases that are seen, by their numbers."""
    paths = organisations.paths(work, {case.district_id for case in held})
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held}}
    guards = {key: engine.kind_of(work, key).guards for key in {case.campaign for case in held}}
    today = engine.today(work)
    return {
        case.id: tuple(
            Option(step, _against(question, guards[case.campaign]))
            for step in flows[case.definition_id].steps_from(case.state)
            for question in [
                Question(
                    flow=flows[case.definition_id],
                    case=case,
                    facts=facts[case.id],
                    actor=actor,
                    path=paths[case.district_id],
                    step=step.name,
                    today=today,
                    on=today,
                    intent="propose" if step.confirm else "advance",
                    reason="…" if step.reason else None,
                )
            ]
        )
        for case in held
    }


def _against(question: Question, guards: Mapping[str, Guard]) -> tuple[Reason, ...]:
    decision = decide(question, guards)
    return decision.reasons if isinstance(decision, Denied) else ()


def facts_of(engine: Engine, work: Work, held: Sequence[Case]) -> dict[int, Facts]:
    """Facts by case id, asked of each campaign's kind once."""
    found: dict[int, Facts] = {}
    for campaign in {case.campaign for case in held}:
        of_campaign = [case for case in held if case.campaign == campaign]
        found |= engine.kind_of(work, campaign).facts(work, of_campaign)
    return found


def _outdated(case: Case, command: Command) -> Denied | None:
    if command.version is None or command.version == case.version:
        return None
    return Denied((Reason("CASE_CHANGED", tr("The case was changed meanwhile; please look again.")),))


def _hidden() -> Reason:
    return Reason("NOT_FOUND", tr("There is nothing under that number or name that you may see."))
