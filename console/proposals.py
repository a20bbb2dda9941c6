"""Proposals that wait for confirmation: who proposed what when, and for how many working days it has waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from console.finding import find_district
from console.paging import PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor, scopes
from engine.clock import local_day
from engine.core import Engine
from engine.flow import Label
from engine.model import Case
from engine.store import areas, definitions, organisations, people, proposed
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.numbers import Number
from engine.store.types import to_micros


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that somebody proposed; `on` is the day it counts from, `workdays` how long it has waited."""

    case: Case
    district: str
    step: Label
    by: str
    at: datetime
    on: date
    workdays: int


def proposals(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    district: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[Proposal]:
    """What waits in the districts the actor sees, the oldest first."""
    area = _area(work, actor, district)
    place = place_of(after, int, int)
    found = proposed.waiting(work, campaign, area, after=(place[0], place[1]) if place else None, limit=limit + 1)
    some, more = cut(found, limit)
    last = some[-1] if more else None
    going_on = cursor(to_micros(last.proposed_at), last.id) if last and last.proposed_at else None
    return Page(told(engine, work, some), going_on, Count(proposed.count(work, campaign, area)))


def waiting_proposals(work: Work, actor: Actor, campaign: str) -> Number:
    """How many wait; cheap."""
    return proposed.number(campaign, _area(work, actor, None))


def next_proposal(work: Work, actor: Actor, campaign: str, *, but: int = 0) -> Case | None:
    """The one that has waited longest, leaving out one case."""
    found = proposed.waiting(work, campaign, _area(work, actor, None), after=None, limit=2)
    return next((one for one in found if one.id != but), None)


def told(engine: Engine, work: Work, held: Sequence[Case]) -> tuple[Proposal, ...]:
    """The proposals of these cases; those with none are left out."""
    names = people.names(work, {one.proposed_by for one in held if one.proposed_by is not None})
    places = organisations.names(work, {one.district_id for one in held})
    today, workdays = engine.today(work), engine.workdays(work)
    found = []
    for case in held:
        if case.proposed_step is None or case.proposed_at is None:
            continue
        flow = definitions.flow_of(work, case.definition_id)
        since = local_day(case.proposed_at, engine.zone)
        found.append(
            Proposal(
                case=case,
                district=places[case.district_id],
                step=flow.step_by_name[case.proposed_step].label,
                by=names.get(case.proposed_by or 0, ""),
                at=case.proposed_at,
                on=case.proposed_on or since,
                workdays=workdays.between(since, today),
            )
        )
    return tuple(found)


def _area(work: Work, actor: Actor, district: str | None) -> Area:
    within = find_district(work, actor, district).path if district else "/"
    return areas.area(work, scopes(actor), within)
