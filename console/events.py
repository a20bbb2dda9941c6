"""What was done to cases, told in short: when, by whom, which step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.flow import Label
from engine.model import Recorded
from engine.store import cases, definitions, organisations, people
from engine.store.database import Work


@dataclass(frozen=True, slots=True)
class Event:
    """A journal entry; `label` is that of its step, None where it is another `kind`: then `about` names what."""

    case_id: int
    subject: str
    district: str
    at: datetime | None
    on: date
    who: str
    kind: str
    label: Label | None
    reason: str | None
    about: str | None
    product: str | None


def events_of(work: Work, entries: Sequence[Recorded]) -> tuple[Event, ...]:
    """In the order given."""
    held = cases.lock(work, sorted({one.case_id for one in entries})) if entries else {}
    places = organisations.names(work, {case.district_id for case in held.values()})
    names = people.names(work, {one.person_id for one in entries})
    return tuple(
        Event(
            case_id=one.case_id,
            subject=case.subject_name,
            district=places[case.district_id],
            at=one.recorded_at,
            on=one.effective_on,
            who=names.get(one.person_id, ""),
            kind=one.kind,
            label=step.label if step else None,
            reason=one.reason,
            about=one.data.get("what"),
            product=one.data.get("product"),
        )
        for one in entries
        if (case := held.get(one.case_id))
        for step in [definitions.flow_of(work, case.definition_id).step_by_name.get(one.step or "")]
    )
