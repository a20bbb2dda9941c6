"""Letting cases be about another subject than they were opened for, or about the same one under another name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.access import Actor, Capacity, capacity
from engine.acting import capacity_for, entry_of, seen
from engine.core import Engine
from engine.errors import NotAllowed
from engine.findable import enter_cases
from engine.model import Case, Organisation
from engine.moves import Move, write
from engine.roles import SUPERVISORS, labels
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.words import tr

SUBJECT = "subject"
"""What the journal of a case says of this."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about from now on."""

    case_id: int
    key: str
    name: str


def retarget(
    engine: Engine, work: Work, actor: Actor, subjects: Sequence[Subject], *, why: str, reason: str
) -> dict[int, Case]:
    """Write other subjects into cases, each told in its journal; those that have it already are left alone."""
    moves = [
        _move(engine, work, actor, case, subject, why=why, reason=reason)
        for subject in subjects
        for case in [seen(work, actor, subject.case_id)]
        if (case.subject_key, case.subject_name) != (subject.key, subject.name)
    ]
    after = write(engine, work, moves) if moves else {}
    return {case.id: case for case in enter_cases(engine, work, list(after.values()))}


def over_everybody(work: Work, actor: Actor) -> tuple[Capacity, Organisation]:
    """In which role the actor decides for all districts at once, and the organisation above them; else refused."""
    top = next(one for one in organisations.every(work) if one.parent_id is None)
    acting = capacity(actor, top.path, SUPERVISORS)
    if acting is None:
        raise NotAllowed(tr("This takes one of the roles {roles}.", roles=labels(SUPERVISORS)))
    return acting, top


def _move(engine: Engine, work: Work, actor: Actor, case: Case, subject: Subject, *, why: str, reason: str) -> Move:
    told = {
        "what": SUBJECT,
        "why": why,
        "key": subject.key,
        "subject": subject.name,
        "before": {"key": case.subject_key, "subject": case.subject_name},
    }
    acting = capacity_for(work, actor, case, SUPERVISORS)
    entry = entry_of(case, actor, acting, kind="record", on=engine.today(work), data=told)
    columns = {"subject_key": subject.key, "subject_name": subject.name}
    return Move(case, definitions.flow_of(work, case.definition_id), replace(entry, reason=reason), columns)
