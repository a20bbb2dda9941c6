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
from engine.store.schema import cases, proposal_tally, tally

FEW: Final = 5_000
"""Up to so many cases are sorted by a key that has no index with their states or days."""

Place = tuple[Any, int]
"""Where a case stands in an order: its key there and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Cases of a flow in an area; `states` are all that may be found, never none.

    Days bound the first day the district is awaited for; `undated` finds those without one too. `returned` keeps those
    that were given back, or all others. `ids` are cases found by their words.
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

    @property
    def dated(self) -> bool:
        return self.due_from is not None or self.due_until is not None

    @property
    def few(self) -> bool:
        """Whether an index of its own, over few rows, finds them."""
        return self.proposed or self.claimed or bool(self.returned) or self.ids is not None


def by_ids(work: Work, ids: Sequence[int]) -> list[Case]:
    """Cases in the order of their numbers given."""
    rows = work.connection.execute(select(cases).where(cases.c.id.in_(ids)))
    found = {row.id: as_case(row) for row in rows}
    return [found[key] for key in ids if key in found]


def by_number(work: Work, sought: Sought, after: int | None, limit: int) -> list[Place]:
    place = None if after is None else (after, after)
    return _places(work, sought, cases.c.id, place, limit, natural=sought.area.whole)


def by_name(work: Work, sought: Sought, after: Place | None, limit: int) -> list[Place]:
    bounded = sought.dated or not sought.every_state
    many = not bounded or count_to(work, sought, FEW) > FEW
    if sought.area.whole and not sought.few and many:
        return _run(work, [_by_its_name(sought, after)], limit)
    return _places(work, sought, cases.c.subject_name, after, limit, natural=False)


def by_entry(work: Work, sought: Sought, after: Place | None, limit: int) -> list[Place]:
    """The longest in its state first."""
    return _places(work, sought, cases.c.entered_on, after, limit, natural=sought.area.whole)


def by_due(work: Work, sought: Sought, after: Place | None, limit: int) -> list[Place]:
    """By the first day the district is awaited for; those without one come behind, by number."""
    natural = sought.area.whole or len(sought.area.ids or ()) == 1
    column = cases.c.next_due_on
    found: list[Place] = []
    if after is None or after[0] is not None:
        dated = replace(sought, undated=False)
        found = _places(work, dated, column, after, limit, natural=natural, more=(column.is_not(None),))
    if sought.undated and sought.due_until is None and len(found) < limit:
        begin = after[1] if after is not None and after[0] is None else 0
        more = (column.is_(None), cases.c.id > begin)
        undated = replace(sought, due_from=None)
        found += _places(work, undated, column, None, limit - len(found), natural=natural, more=more)
    return found


def of_districts(work: Work, sought: Sought, districts: Sequence[int], begin: int, limit: int) -> list[Place]:
    """Cases of some districts, by district number and number; those of the first one only from `begin`."""
    where = [*_where(sought), cases.c.district_id.in_(districts), cases.c.state.in_(sought.states)]
    where.append(or_(cases.c.district_id != districts[0], cases.c.id > begin))
    keys = [_unordered(cases.c.district_id), _unordered(cases.c.id)]
    statement = select(cases.c.district_id, cases.c.id).where(*where).order_by(*keys).limit(limit)
    return [(row.district_id, row.id) for row in work.connection.execute(statement)]


def count(work: Work, sought: Sought) -> int | None:
    """How many there are, when something is kept that knows it."""
    if sought.dated or sought.claimed or sought.returned is not None or sought.ids is not None:
        return None
    if sought.proposed:
        return _proposed(work, sought) if sought.every_state else None
    where = (tally.c.campaign == sought.campaign, tally.c.flow == sought.flow, sought.area.holds(tally.c.district_id))
    kept = work.connection.execute(
        select(func.coalesce(func.sum(tally.c.n), 0)).where(*where, tally.c.state.in_(sought.states))
    ).scalar_one()
    return int(kept) + count_to(work, replace(sought, claimed=True), FEW)


def count_to(work: Work, sought: Sought, most: int) -> int:
    """How many there are, counted no further than one more than `most`."""
    where = [*_where(sought), cases.c.state.in_(sought.states), sought.area.holds(cases.c.district_id)]
    some = select(cases.c.id).where(*where).limit(most + 1).subquery()
    return int(work.connection.execute(select(func.count()).select_from(some)).scalar_one())


def _proposed(work: Work, sought: Sought) -> int:
    table = proposal_tally
    where = (table.c.campaign == sought.campaign, table.c.flow == sought.flow, sought.area.holds(table.c.district_id))
    return int(work.connection.execute(select(func.coalesce(func.sum(table.c.n), 0)).where(*where)).scalar_one())


def _places(
    work: Work,
    sought: Sought,
    column: Column[Any],
    after: Place | None,
    limit: int,
    *,
    natural: bool,
    more: Sequence[ColumnElement[bool]] = (),
) -> list[Place]:
    """One strand a state where an index has the order, else one statement that sorts what it finds."""
    in_order = natural and not sought.few
    key: ColumnElement[Any] = column if in_order else _unordered(column)
    number: ColumnElement[Any] = cases.c.id if in_order else _unordered(cases.c.id)
    where = [*_where(sought), *more, sought.area.holds(cases.c.district_id)]
    if after is not None:
        where.append(tuple_(key, number) > after)
    wanted = select(key.label("key"), cases.c.id.label("id")).where(*where)
    if not in_order:
        return _run(work, [wanted.where(cases.c.state.in_(sought.states))], limit)
    return _run(work, [wanted.where(cases.c.state == state) for state in sought.states], limit)


def _by_its_name(sought: Sought, after: Place | None) -> Select[Any]:
    """In the order of names, passing over what is in other states or has other days."""
    where = _where(sought)
    if not sought.every_state:
        where.append(_unordered(cases.c.state).in_(sought.states))
    if after is not None:
        where.append(tuple_(cases.c.subject_name, cases.c.id) > after)
    return select(cases.c.subject_name.label("key"), cases.c.id.label("id")).where(*where)


def _run(work: Work, strands: Sequence[Select[Any]], limit: int) -> list[Place]:
    statement: Select[Any] | CompoundSelect[Any] = union_all(*strands) if len(strands) > 1 else strands[0]
    rows = work.connection.execute(statement.order_by("key", "id").limit(limit))
    return [(row.key, row.id) for row in rows]


def _where(sought: Sought) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [cases.c.campaign == sought.campaign, cases.c.flow == sought.flow]
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
    return where


def _within(sought: Sought) -> ColumnElement[bool]:
    column = cases.c.next_due_on
    bounds = [column >= sought.due_from] if sought.due_from is not None else []
    if sought.due_until is not None:
        bounds.append(column <= sought.due_until)
    inside = and_(*bounds)
    return or_(inside, column.is_(None)) if sought.undated and sought.due_until is None else inside


def _unordered(column: Column[Any]) -> ColumnElement[Any]:
    """The column's value, where no index is to be taken for its order: what is asked for is narrower than that."""
    return func.coalesce(column, column, type_=column.type)
