"""Whether a step may be taken: its target, or every reason why not. Pure; the same answer serves all entries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.access import Actor, Capacity, Party, capacity
from engine.flow import Flow, Step
from engine.kinds import Facts, Guard, Reason, Situation
from engine.machine import legal
from engine.model import Case
from engine.roles import labels
from engine.words import tr

Intent = Literal["advance", "propose", "confirm"]


@dataclass(frozen=True, slots=True)
class Question:
    """A step somebody wants to take: on which case, as whom, from which day, with which reason.

    `path` is the path of the case's district; `proposer` is who proposed, when the intent is to confirm.
    """

    flow: Flow
    case: Case
    facts: Facts
    actor: Actor
    path: str
    step: str
    today: date
    on: date
    intent: Intent = "advance"
    reason: str | None = None
    proposer: Party | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    step: Step
    target: str
    acting: Capacity


@dataclass(frozen=True, slots=True)
class Denied:
    reasons: tuple[Reason, ...]


def decide(question: Question, guards: Mapping[str, Guard]) -> Allowed | Denied:
    """Every reason is collected; the guards are asked only where the step starts from the case's state."""
    step = question.flow.step_by_name.get(question.step)
    if step is None:
        return Denied((_unknown(question),))
    target = legal(question.flow, question.case.state, step.name)
    acting = capacity(question.actor, question.path, step.roles if question.intent != "confirm" else step.confirm)
    reasons = [*_standing(question, step, target), *_authority(question, step, acting), *_time(question, step)]
    if target is not None:
        reasons += _evidence(question, step)
        reasons += _guarded(question, step, guards)
    if reasons or target is None or acting is None:
        return Denied(tuple(reasons))
    return Allowed(step, target, acting)


def _unknown(question: Question) -> Reason:
    names = tuple(tr("{label} ({name})", label=step.label, name=step.name) for step in question.flow.steps)
    return Reason(
        "UNKNOWN_STEP",
        tr("There is no step {step}; the flow has {names}.", step=question.step, names=names),
    )


def _standing(question: Question, step: Step, target: str | None) -> Iterator[Reason]:
    case = question.case
    if target is None:
        yield Reason(
            "WRONG_STATE",
            tr(
                "“{step}” cannot be taken from “{state}”.",
                step=step.label,
                state=question.flow.state_by_name[case.state].label,
            ),
        )
    if case.claimed:
        yield Reason("CLAIM_PENDING", tr("Another list names this enterprise too; the bureau decides first."))
    if case.proposed_step and question.intent != "confirm":
        label = question.flow.step_by_name[case.proposed_step].label
        yield Reason("PROPOSAL_WAITING", tr("“{step}” has been proposed and waits for confirmation.", step=label))
    if question.intent == "confirm" and case.proposed_step != step.name:
        yield Reason("NOTHING_PROPOSED", tr("“{step}” has not been proposed.", step=step.label))
    if step.reason and not (question.reason or "").strip() and question.intent != "confirm":
        yield Reason("REASON_MISSING", tr("“{step}” needs a reason; please write it down.", step=step.label))


def _authority(question: Question, step: Step, acting: Capacity | None) -> Iterator[Reason]:
    if acting is None:
        roles = step.confirm if question.intent == "confirm" else step.roles
        yield Reason("ROLE_MISSING", tr("This takes one of the roles {roles} for this district.", roles=labels(roles)))
    elif step.limit is not None and question.case.round >= step.limit and acting.role not in step.beyond:
        yield Reason(
            "ROUND_LIMIT",
            tr(
                "It was sent back {n} times already; only {roles} may do so once more.",
                n=question.case.round,
                roles=labels(step.beyond),
            ),
        )
    if question.proposer and question.intent == "confirm":
        yield from _second_person(question.actor, question.proposer)


def _second_person(actor: Actor, proposer: Party) -> Iterator[Reason]:
    if actor.identities & proposer.people:
        yield Reason("SAME_PERSON", tr("Who proposed it cannot confirm it, nor can anybody standing in for them."))
    elif actor.organisation_id == proposer.organisation_id:
        yield Reason("SAME_OFFICE", tr("It was proposed in your own office; the level above confirms it."))


def _time(question: Question, step: Step) -> Iterator[Reason]:
    if question.on > question.today:
        yield Reason("DATE_IN_FUTURE", tr("The day {on} has not come yet.", on=question.on))
    if question.on < question.case.entered_on:
        yield Reason(
            "DATE_BEFORE_STATE",
            tr(
                "The day {on} lies before {entered}, the day of the step before.",
                on=question.on,
                entered=question.case.entered_on,
            ),
        )
    if question.intent == "advance" and (step.confirm or question.on < question.today):
        yield Reason("NEEDS_CONFIRMATION", tr("This needs a second person: propose it, and the level above confirms."))


def _evidence(question: Question, step: Step) -> Iterator[Reason]:
    for name in step.slots:
        slot = question.flow.slot_by_name[name]
        for part in question.facts.missing(name):
            sentence = (
                tr("“{slot}” is missing for {part}.", slot=slot.label, part=part)
                if part
                else tr("“{slot}” is missing.", slot=slot.label)
            )
            yield Reason("EVIDENCE_MISSING", sentence, part)


def _guarded(question: Question, step: Step, guards: Mapping[str, Guard]) -> Iterator[Reason]:
    situation = Situation(question.case, question.facts, question.today, question.on)
    for name in step.guards:
        reason = guards[name](situation)
        if reason is not None:
            yield reason
