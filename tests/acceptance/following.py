"""Words the scenarios share: take a step as somebody, let mornings come, read what was said and what is on record."""

from datetime import date, timedelta
from typing import Any

import toy

from engine.access import Actor
from engine.cases import Answer, Done, advance
from engine.clock import at_morning
from engine.decide import Denied
from engine.judging import Command
from engine.model import Case, Deadline, Notice, Recorded
from engine.proposals import confirm, propose
from engine.store import cases, deadlines, journal, notices
from engine.sweep import sweep_all


def take(field: toy.Field, login: str, case_id: int, step: str, **more: Any) -> Answer:
    actor = field.actor(login)
    with field.engine.work(actor) as work:
        return advance(field.engine, work, actor, Command(case_id=case_id, step=step, **more))


def ask_and_confirm(field: toy.Field, below: str, above: str, case_id: int, step: str) -> Answer:
    """Propose as one person and confirm as another."""
    proposer, confirmer = field.actor(below), field.actor(above)
    with field.engine.work(proposer) as work:
        proposed = propose(field.engine, work, proposer, Command(case_id=case_id, step=step))
    assert isinstance(proposed, Done), proposed
    with field.engine.work(confirmer) as work:
        return confirm(field.engine, work, confirmer, Command(case_id=case_id, step=step))


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, Denied), answer
    return [reason.code for reason in answer.reasons]


def case_of(field: toy.Field, case_id: int) -> Case:
    with field.engine.look() as work:
        return cases.get(work, case_id)


def history(field: toy.Field, case_id: int) -> tuple[Recorded, ...]:
    with field.engine.look() as work:
        return journal.of_case(work, case_id)


def standing(field: toy.Field, case_id: int) -> dict[str, Deadline]:
    """The deadlines of a case by milestone; of several rounds the last."""
    with field.engine.look() as work:
        return {one.milestone: one for one in deadlines.of_cases(work, [case_id])[case_id]}


def said(field: toy.Field, case_id: int) -> list[Notice]:
    with field.engine.look() as work:
        return list(notices.of_case(work, case_id))


def told(field: toy.Field, case_id: int, milestone: str) -> list[tuple[str, str]]:
    """Day and kind of what was said about a milestone of a case."""
    return [(one.morning_on.isoformat(), one.kind) for one in said(field, case_id) if one.milestone == milestone]


def rungs(field: toy.Field, deadline_id: int) -> list[tuple[int, str, int, str]]:
    """Generation, rung, ordinal and outcome of everything on record of a deadline."""
    with field.engine.look() as work:
        rows = deadlines.fires(work, [deadline_id])[deadline_id]
    return sorted((row.generation, row.rung, row.ordinal, row.outcome) for row in rows)


def mornings(field: toy.Field, first: date, last: date) -> None:
    """Let a worker sweep every morning from the first day to the last."""
    day = first
    while day <= last:
        field.at(at_morning(day))
        sweep_all(field.engine)
        day += timedelta(days=1)


def as_person(field: toy.Field, login: str, deed: Any, *arguments: Any, **more: Any) -> Any:
    """Do something of the engine's in a transaction of its own, as somebody."""
    actor: Actor = field.actor(login)
    with field.engine.work(actor) as work:
        return deed(field.engine, work, actor, *arguments, **more)
