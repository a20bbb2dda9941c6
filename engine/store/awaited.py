"""Deadlines that districts are awaited for, in the order of their days, and how many there are by what is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, tuple_

from engine.model import Deadline
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.deadlines import by_ids
from engine.store.schema import cases, deadlines, due_tally
from engine.store.sought import merged, unordered

Milestone = tuple[str, str]
"""A flow and one of its milestones."""

Place = tuple[date, int]
"""The day a deadline is awaited on and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """Deadlines of a campaign in an area with a day in a span. `milestones` are all that may be found; `narrowed` says
    that there are others. `states` keep to cases that stand in one of them, `topic` to what is sorted under it; where
    that is `rare`, its cases are read first.
    """

    campaign: str
    area: Area
    milestones: tuple[Milestone, ...]
    narrowed: bool = False
    since: date | None = None
    until: date | None = None
    states: tuple[str, ...] = ()
    topic: str | None = None
    rare: bool = False


def page(work: Work, awaiting: Awaiting, after: Place | None, limit: int) -> list[Deadline]:
    """Those with the first days."""
    places = numbers(work, awaiting, after, limit)
    found = {one.id: one for one in by_ids(work, places)}
    return [found[key] for key in places]


def numbers(work: Work, awaiting: Awaiting, after: Place | None, limit: int) -> list[int]:
    """The same by their numbers."""
    return [row.id for row in work.connection.execute(_ordered(awaiting, after, limit))]


def cases_of(work: Work, awaiting: Awaiting, after: Place | None, limit: int) -> list[tuple[Place, int]]:
    """The same by their cases: each with its place."""
    rows = work.connection.execute(_ordered(awaiting, after, limit))
    return [((row.awaited_on, row.id), row.case_id) for row in rows]


def count(work: Work, awaiting: Awaiting) -> int:
    """How many, by what is counted; states are left out."""
    where = [*_counted(awaiting), due_tally.c.n != 0]
    statement = select(func.coalesce(func.sum(due_tally.c.n), 0)).where(*where)
    return int(work.connection.execute(statement).scalar_one())


def by_day(work: Work, awaiting: Awaiting) -> Counter[tuple[str, str, date]]:
    """How many by flow, milestone and day."""
    keys = (due_tally.c.flow, due_tally.c.milestone, due_tally.c.due_on)
    rows = work.connection.execute(
        select(*keys, func.sum(due_tally.c.n)).where(*_counted(awaiting), due_tally.c.n != 0).group_by(*keys)
    )
    return Counter({(row[0], row[1], row[2]): int(row[3]) for row in rows})


def by_district(work: Work, campaign: str, area: Area, *, until: date) -> list[tuple[int, date, int]]:
    """District, day and how many, up to a day; over all flows and milestones."""
    keys = (due_tally.c.district_id, due_tally.c.due_on)
    where = (due_tally.c.campaign == campaign, due_tally.c.n != 0, due_tally.c.due_on <= until)
    statement = select(*keys, func.sum(due_tally.c.n)).where(*where, area.holds(due_tally.c.district_id))
    return [(row[0], row[1], int(row[2])) for row in work.connection.execute(statement.group_by(*keys))]


def _counted(awaiting: Awaiting) -> list[ColumnElement[bool]]:
    where = [due_tally.c.campaign == awaiting.campaign, awaiting.area.holds(due_tally.c.district_id)]
    if awaiting.narrowed:
        where.append(tuple_(due_tally.c.flow, due_tally.c.milestone).in_(awaiting.milestones))
    return [*where, *_within(due_tally.c.due_on, awaiting)]


def _ordered(awaiting: Awaiting, after: Place | None, limit: int) -> Select[Any] | CompoundSelect[Any]:
    """One strand a milestone over the whole house; in some districts, their own few in the order of days."""
    return merged(_strands(awaiting, after), ("awaited_on", "id"), limit)


def _strands(awaiting: Awaiting, after: Place | None) -> Sequence[Select[Any]]:
    wanted = _wanted(awaiting, after)
    if awaiting.area.whole and not awaiting.rare:
        return [
            wanted.where(deadlines.c.flow == flow, deadlines.c.milestone == milestone)
            for flow, milestone in awaiting.milestones
        ]
    district = deadlines.c.district_id
    placed = wanted.where(awaiting.area.holds(unordered(district) if awaiting.rare else district))
    if awaiting.narrowed:
        flow, milestone = unordered(deadlines.c.flow), unordered(deadlines.c.milestone)
        placed = placed.where(tuple_(flow, milestone).in_(awaiting.milestones))
    return [placed]


def _wanted(awaiting: Awaiting, after: Place | None) -> Select[Any]:
    days: ColumnElement[Any] = unordered(deadlines.c.awaited_on) if awaiting.rare else deadlines.c.awaited_on
    campaign: ColumnElement[Any] = unordered(deadlines.c.campaign) if awaiting.rare else deadlines.c.campaign
    where = [campaign == awaiting.campaign, days.is_not(None), *_within(days, awaiting)]
    if after is not None:
        where.append(tuple_(days, deadlines.c.id) > after)
    statement = select(days.label("awaited_on"), deadlines.c.id.label("id"), deadlines.c.case_id.label("case_id"))
    if awaiting.states or awaiting.topic is not None:
        statement = statement.join(cases, cases.c.id == deadlines.c.case_id)
    if awaiting.states:
        where.append(cases.c.state.in_(awaiting.states))
    if awaiting.topic is not None:
        where += _sorted_under(awaiting)
    return statement.where(*where)


def _sorted_under(awaiting: Awaiting) -> list[ColumnElement[bool]]:
    """Where the topic is not rare, deadlines are read in the order of their days, and the topic only looked at."""
    if not awaiting.rare:
        return [unordered(cases.c.topic) == awaiting.topic]
    flows = {flow for flow, _ in awaiting.milestones}
    return [cases.c.campaign == awaiting.campaign, cases.c.flow.in_(flows), cases.c.topic == awaiting.topic]


def _within(days: Any, awaiting: Awaiting) -> list[ColumnElement[bool]]:
    bounds = [] if awaiting.since is None else [days >= awaiting.since]
    return bounds if awaiting.until is None else [*bounds, days <= awaiting.until]
