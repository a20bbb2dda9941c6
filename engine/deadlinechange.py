"""What every change of a deadline by hand has in common: who may, one entry in the journal, the ladder, the letter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine.access import Actor, Capacity
from engine.acting import capacity_for, entry_of, seen
from engine.core import Engine
from engine.errors import Hidden, NotFound, Refused
from engine.model import Case, Deadline, Notice
from engine.moves import Move, write
from engine.schedule import refresh
from engine.store import deadlines, definitions, notices
from engine.store.database import Work
from engine.words import tr


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one deadline by one person: the columns that change and what the journal says besides."""

    case: Case
    deadline: Deadline
    actor: Actor
    acting: Capacity
    what: str
    reason: str
    columns: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)


def held(
    work: Work, actor: Actor, deadline_id: int, roles: Collection[str], reason: str
) -> tuple[Case, Deadline, Capacity]:
    case = case_of(work, actor, deadline_id)
    # read now that its case is held: until then somebody else may have changed it
    deadline = deadlines.get(work, deadline_id)
    acting = capacity_for(work, actor, case, roles)
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    if deadline.state != "open":
        raise Refused(tr("This deadline is closed; only an open one can be changed."))
    return case, deadline, acting


def case_of(work: Work, actor: Actor, deadline_id: int) -> Case:
    """The case of a deadline, held; one that is not there is refused like one that may not be seen: by its own number,
    not by that of its case.
    """
    try:
        return seen(work, actor, deadlines.get(work, deadline_id).case_id)
    except Hidden as hidden:
        raise Hidden(hidden.what, asked=deadline_id) from None
    except NotFound:
        raise Hidden(f"deadline {deadline_id}") from None


def write_change(engine: Engine, work: Work, change: Change, *, moved: bool = False) -> None:
    generation = change.deadline.generation + (1 if moved else 0)
    since = work.now if moved else change.deadline.speaks_from
    row = {"id": change.deadline.id, **change.columns, "generation": generation, "speaks_from": since}
    deadlines.change(work, [row])
    told = {name: _plain(value) for name, value in change.columns.items()}
    data = {"deadline": change.deadline.id, "milestone": change.deadline.milestone, "what": change.what}
    entry = replace(
        entry_of(
            change.case,
            change.actor,
            change.acting,
            kind="deadline",
            on=engine.today(work),
            data={**data, **told, **change.data},
        ),
        reason=change.reason,
    )
    flow = definitions.flow_of(work, change.case.definition_id)
    write(engine, work, [Move(change.case, flow, entry)])
    refresh(engine, work, [change.deadline.id])


def tell(engine: Engine, work: Work, case: Case, deadline: Deadline, *, letter: str, facts: Mapping[str, Any]) -> None:
    due = deadline.due_on.isoformat() if deadline.due_on else None
    notice = Notice(
        dedup_key=f"{letter}:{deadline.id}:{deadline.generation}:{case.version}",
        kind=letter,
        letter=letter,
        campaign=case.campaign,
        district_id=case.district_id,
        case_id=case.id,
        deadline_id=deadline.id,
        milestone=deadline.milestone,
        morning_on=engine.today(work),
        release_at=work.now,
        facts={"subject": case.subject_name, "due_on": due, **facts},
    )
    notices.post(work, [notice])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
