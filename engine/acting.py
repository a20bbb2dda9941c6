"""Who acts on which case: sight, role, version, and how the journal tells it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from engine.access import Actor, Capacity, capacity, sees
from engine.errors import CaseChanged, Hidden, NotAllowed
from engine.model import Case, Entry, EntryKind
from engine.roles import labels
from engine.store import cases, definitions, journal, organisations, people
from engine.store.database import Work
from engine.words import tr


def sighted(work: Work, actor: Actor, case_id: int) -> Case:
    """The case as it stands, held by nobody, if it exists for this actor."""
    return _unless_hidden(work, actor, case_id, next(iter(cases.by_ids(work, [case_id])), None))


def seen(work: Work, actor: Actor, case_id: int) -> Case:
    """The case, held, if it exists for this actor; otherwise it does not exist, and the attempt is journaled."""
    return _unless_hidden(work, actor, case_id, cases.lock(work, [case_id]).get(case_id))


def _unless_hidden(work: Work, actor: Actor, case_id: int, case: Case | None) -> Case:
    if case is None or not sees(actor, organisations.paths(work, [case.district_id])[case.district_id]):
        raise Hidden(f"case {case_id}")
    return case


def check_version(work: Work, case: Case, expected: int | None) -> None:
    """Refuse when somebody changed the case since the person looked at it, and say who."""
    if expected is None or expected == case.version:
        return
    last = journal.last_of(work, case.id)
    who = people.names(work, [last.person_id])[last.person_id] if last else ""
    sentence = tr(
        "{name} was changed meanwhile by {who}; it is now in “{state}”. Please look again.",
        name=case.subject_name,
        who=who,
        state=definitions.flow_of(work, case.definition_id).state_by_name[case.state].label,
    )
    raise CaseChanged(sentence, state=case.state, version=case.version, changed_by=who)


def capacity_for(work: Work, actor: Actor, case: Case, roles: Collection[str]) -> Capacity:
    """In which role the actor may do this to the case, or a refusal."""
    acting = capacity(actor, organisations.paths(work, [case.district_id])[case.district_id], roles)
    if acting is None:
        raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=labels(roles)))
    return acting


def entry_of(
    case: Case,
    actor: Actor,
    acting: Capacity,
    *,
    kind: EntryKind,
    on: date,
    data: Mapping[str, Any],
) -> Entry:
    """A journal entry about a case, with who did it in which role; source and target are its present state."""
    return Entry(
        kind,
        actor.person_id,
        acting.role,
        on,
        on_behalf_of=acting.on_behalf_of,
        source=case.state,
        target=case.state,
        campaign=case.campaign,
        flow=case.flow,
        district_id=case.district_id,
        definition_id=case.definition_id,
        data=data,
    )
