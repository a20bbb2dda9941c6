"""Cases sought by a page: what is asked for, and the narrow statements that find them by an index, page by page.

A page asks for numbers first, from one strand for each state, each of them a stretch of an index in the order wanted;
the rows themselves are read by number. Where an index gives no order, what is asked for bounds how much is sorted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, CompoundSelect, Select, and_, func, or_, select, tuple_, union_all

from engine.model import Case
from engine.store.areas import Area
from engine.store.cases import as_case
from engine.store.database import Work
from engine.store.numbers import Number, ask_one, up_to
from engine.store.schema import cases, proposal_tally, tally

FEW: Final = 5_000
"""Up to so many cases are sorted by a key that has no index with their states or days."""

Place = tuple[Any, int]
"""Where a case stands in an order: its key there and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Cases of a flow in an area; `states` are all that may be found, never none.

    Days bound the first day the district is awaited for; `undated` finds those without one too. `returned` keeps those
    that were given back, or all others. `ids` are cases found by their words. `topic` keeps what is sorted under it;
    where that is said to be `rare`, its cases are read from their index and sorted.
    """

    campaign: str
    flow: str
    area: Area
    states: tuple[str, ...]
    every_state: bool = True
    due_from: date | None = None
    due_until: date | None = None
    undated: bool = True
    proposed: bool = False
    claimed: bool = False
    returned: bool | None = None
    ids: tuple[int, ...] | None = None
    topic: str | None = None
    rare: bool = False

    @property
    def dated(self) -> bool:
        return self.due_from is not None or self.due_until is not None

    @property
    def few(self) -> bool:
        """Whether an index of its own, over few rows, finds them."""
        return self.rare or self._fewer

    @property
    def by_topic(self) -> bool:
        """Whether it is the index of topics that finds them, because nothing else narrows what is asked for more."""
        return self.topic is not None and not self._fewer and (self.rare or self.area.whole)

    @property
    def _fewer(self) -> bool:
        return self.proposed or self.claimed or bool(self.returned) or self.ids is not None


def by_ids(work: Work, ids: Sequence[int]) -> list[Case]:
    """Cases in the order of their numbers given."""
    rows = work.connection.execute(select(cases).where(cases.c.id.in_(ids)))
    found = {row.id: as_case(row) for row in rows}
    return [found[key] for key in ids if key in found]


def by_number(work: Work, asked: Sequence[Sought], after: int | None, limit: int) -> list[Place]:
    place = None if after is None else (after, after)
    return _run(work, [strand for one in asked for strand in _strands(one, cases.c.id, place)], limit)


def by_name(work: Work, asked: Sequence[Sought], after: Place | None, limit: int) -> list[Place]:
    strands: list[Select[Any]] = []
    for one in asked:
        bounded = one.dated or not one.every_state or one.topic is not None
        many = not bounded or count_to(work, one, FEW) > FEW
        in_order = one.area.whole and not one.few and many
        strands += [_by_its_name(one, after)] if in_order else _strands(one, cases.c.subject_name, after, sorts=True)
    return _run(work, strands, limit)


def by_state(work: Work, asked: Sequence[Sought], after: Place | None, limit: int) -> list[Place]:
    """Flow by flow and state by state in the order of the line, by number in each; keys are places in that order."""
    every = [(one, state) for one in asked for state in one.states]
    found: list[Place] = []
    for place, (one, state) in enumerate(every):
        if len(found) < limit and (after is None or place >= after[0]):
            begin = after[1] if after is not None and place == after[0] else None
            only = replace(one, states=(state,))
            found += [(place, number) for _, number in by_number(work, [only], begin, limit - len(found))]
    return found


def by_due(work: Work, asked: Sequence[Sought], after: Place | None, limit: int) -> list[Place]:
    """By the first day the district is awaited for; those without one come behind, by number."""
    beyond = after is not None and after[0] is None
    found = [] if beyond else _dated(work, asked, after, limit)
    if len(found) < limit:
        begin = after[1] if beyond and after is not None else 0
        found += _undated(work, asked, begin, limit - len(found))
    return found


def _dated(work: Work, asked: Sequence[Sought], after: Place | None, limit: int) -> list[Place]:
    dated = [replace(one, undated=False) for one in asked]
    return _run(work, [strand for one in dated for strand in dated_strands(one, after)], limit)


def _undated(work: Work, asked: Sequence[Sought], begin: int, limit: int) -> list[Place]:
    behind = [replace(one, due_from=None) for one in asked if one.undated and one.due_until is None]
    return _run(work, [strand for one in behind for strand in undated_strands(one, begin)], limit)


def dated_strands(one: Sought, after: Place | None) -> list[Select[Any]]:
    """Of the cases that are awaited on some day."""
    column = cases.c.next_due_on
    return _strands(one, column, after, more=(column.is_not(None),), sorts=not _has_days_in_order(one))


def undated_strands(one: Sought, begin: int) -> list[Select[Any]]:
    """Of those that are not; where districts have to be put together, no index over all is to be taken."""
    in_order = _has_days_in_order(one)
    column = cases.c.next_due_on if in_order else unordered(cases.c.next_due_on)
    number = cases.c.id if in_order else unordered(cases.c.id)
    return _strands(one, cases.c.next_due_on, None, more=(column.is_(None), number > begin), sorts=not in_order)


def _has_days_in_order(one: Sought) -> bool:
    """Whether an index has the days of what is asked for in order: of all districts or of a single one."""
    return not one.few and (one.area.whole or len(one.area.ids or ()) == 1)


def of_districts(work: Work, sought: Sought, districts: Sequence[int], begin: int, limit: int) -> list[Place]:
    """Cases of some districts, by district number and number; those of the first one only from `begin`."""
    apart = replace(sought, area=Area(tuple(districts)))
    where = [*_where(apart), _in_area(apart), _in_states(apart)]
    where.append(or_(cases.c.district_id != districts[0], cases.c.id > begin))
    keys = [unordered(cases.c.district_id), unordered(cases.c.id)]
    statement = select(cases.c.district_id, cases.c.id).where(*where).order_by(*keys).limit(limit)
    return [(row.district_id, row.id) for row in work.connection.execute(statement)]


def by_districts(work: Work, sought: Sought) -> dict[int, int]:
    """How many cases each district has, where what is asked for is few."""
    where = [*_where(sought), _in_states(sought), _in_area(sought)]
    district = unordered(cases.c.district_id)
    statement = select(district, func.count()).where(*where).group_by(district)
    return {row[0]: int(row[1]) for row in work.connection.execute(statement)}


def is_rare(work: Work, asked: Sought) -> bool:
    """Whether so few cases are sorted under a topic in the whole house that they can be sorted in any order."""
    return count_to(work, asked, FEW) <= FEW


def count(work: Work, sought: Sought) -> int | None:
    """How many there are, when something is kept that knows it."""
    if sought.dated or sought.claimed or sought.returned is not None or sought.ids is not None or sought.topic:
        return None
    if sought.proposed:
        return _proposed(work, sought) if sought.every_state else None
    where = (tally.c.campaign == sought.campaign, tally.c.flow == sought.flow, sought.area.holds(tally.c.district_id))
    kept = work.connection.execute(
        select(func.coalesce(func.sum(tally.c.n), 0)).where(*where, tally.c.state.in_(sought.states))
    ).scalar_one()
    return int(kept) + count_to(work, replace(sought, claimed=True), FEW)


def number_to(sought: Sought, most: int) -> Number:
    """How many there are, counted no further than one more than `most`."""
    where = [*_where(sought), _in_states(sought), _in_area(sought)]
    return up_to(select(cases.c.id).where(*where), most)


def count_to(work: Work, sought: Sought, most: int) -> int:
    return ask_one(work, number_to(sought, most))


def _proposed(work: Work, sought: Sought) -> int:
    table = proposal_tally
    where = (table.c.campaign == sought.campaign, table.c.flow == sought.flow, sought.area.holds(table.c.district_id))
    return int(work.connection.execute(select(func.coalesce(func.sum(table.c.n), 0)).where(*where)).scalar_one())


def _strands(
    one: Sought,
    column: Column[Any],
    after: Place | None,
    *,
    more: Sequence[ColumnElement[bool]] = (),
    sorts: bool | None = None,
) -> list[Select[Any]]:
    """One strand a state where an index has the order, else one that sorts what it finds."""
    sorts = one.few or (not one.area.whole if sorts is None else sorts)
    key: ColumnElement[Any] = unordered(column) if sorts else column
    number: ColumnElement[Any] = unordered(cases.c.id) if sorts else cases.c.id
    where = [*_where(one), *more, _in_area(one)]
    if after is not None:
        where.append(tuple_(key, number) > after)
    wanted = select(key.label("key"), cases.c.id.label("id")).where(*where)
    return [wanted.where(_in_states(one))] if sorts else [wanted.where(cases.c.state == state) for state in one.states]


def _by_its_name(sought: Sought, after: Place | None) -> Select[Any]:
    """In the order of names, passing over what is in other states or has other days."""
    where = _where(replace(sought, topic=None))
    if sought.topic is not None:
        where.append(unordered(cases.c.topic) == sought.topic)
    if not sought.every_state:
        where.append(unordered(cases.c.state).in_(sought.states))
    if after is not None:
        where.append(tuple_(cases.c.subject_name, cases.c.id) > after)
    return select(cases.c.subject_name.label("key"), cases.c.id.label("id")).where(*where)


def _run(work: Work, strands: Sequence[Select[Any]], limit: int) -> list[Place]:
    if not strands:
        return []
    return [(row.key, row.id) for row in work.connection.execute(merged(strands, ("key", "id"), limit))]


def merged(strands: Sequence[Select[Any]], order: Sequence[str], limit: int) -> Select[Any] | CompoundSelect[Any]:
    """The first of several strands together.

    Each ends by itself with as many as are asked for: PostgreSQL would otherwise read all of them to their ends.
    """
    first = [strand.order_by(*order).limit(limit) for strand in strands]
    if len(first) == 1:
        return first[0]
    return union_all(*(select(one.subquery()) for one in first)).order_by(*order).limit(limit)


def _in_states(sought: Sought) -> ColumnElement[bool]:
    column = unordered(cases.c.state) if sought.few else cases.c.state
    return column.in_(sought.states)


def _in_area(sought: Sought) -> ColumnElement[bool]:
    column = cases.c.district_id
    return sought.area.holds(unordered(column) if sought.by_topic else column)


def _where(sought: Sought) -> list[ColumnElement[bool]]:
    """Where an index of its own finds few rows, what others are about is only looked at."""
    campaign = unordered(cases.c.campaign) if sought.ids is not None else cases.c.campaign
    flow = unordered(cases.c.flow) if sought.few and not sought.by_topic else cases.c.flow
    where: list[ColumnElement[bool]] = [campaign == sought.campaign, flow == sought.flow]
    if sought.proposed:
        where.append(cases.c.proposed_step.is_not(None))
    if sought.claimed:
        where.append(cases.c.claimed)
    if sought.returned is not None:
        where.append(cases.c.returned_at.is_not(None) if sought.returned else cases.c.returned_at.is_(None))
    if sought.ids is not None:
        where.append(cases.c.id.in_(sought.ids))
    if sought.dated:
        where.append(_within(sought))
    return [*where, *_under(sought)]


def _under(sought: Sought) -> list[ColumnElement[bool]]:
    """What is sorted under the topic asked for."""
    if sought.topic is None:
        return []
    return [(cases.c.topic if sought.by_topic else unordered(cases.c.topic)) == sought.topic]


def _within(sought: Sought) -> ColumnElement[bool]:
    column = cases.c.next_due_on
    bounds = [column >= sought.due_from] if sought.due_from is not None else []
    if sought.due_until is not None:
        bounds.append(column <= sought.due_until)
    inside = and_(*bounds)
    return or_(inside, column.is_(None)) if sought.undated and sought.due_until is None else inside


def unordered(column: Column[Any]) -> ColumnElement[Any]:
    """The column's value, where no index is to be taken for its order: what is asked for is narrower than that."""
    return func.coalesce(column, column, type_=column.type)
