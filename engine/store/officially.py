"""Cases in the official order of districts: a few districts at a time, those that have any."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import func, select

from engine.store import organisations, sought
from engine.store.database import Work
from engine.store.schema import cases, due_tally, tally
from engine.store.sought import Sought

MANY: Final = 500
"""Cases that are read and sorted in one go at most, unless one district has more."""

_SURE: Final = 2 * sought.FEW
"""Those that are found by their words or a rare topic are read in one go, for there are no more."""

Place = tuple[Any, ...]
"""The district's place in the official order, its number, and the case's."""


def in_order(work: Work, one: Sought, after: Place | None, limit: int) -> list[Place]:
    """Cases by district in official order, and by number within."""
    found: list[Place] = []
    for ranks in _some_districts(work, one, after):
        first = after[1] if after else 0
        begin = after[2] if after and next(iter(ranks)) == first else 0
        places = sought.of_districts(work, one, list(ranks), begin, _most(ranks, limit))
        found += sorted((ranks[district][0], district, number) for district, number in places)
        if len(found) >= limit:
            break
    return found[:limit]


def _most(ranks: dict[int, Place], limit: int) -> int:
    """Of one district the first cases are enough; of several all are needed, to put them in order."""
    return limit if len(ranks) == 1 else sum(n for _, n in ranks.values()) + limit


def _some_districts(work: Work, one: Sought, after: Place | None) -> Iterator[dict[int, Place]]:
    """Districts with their place and how many cases they have at most, as many as make a page."""
    some: dict[int, Place] = {}
    most = _SURE if _sure(one) else MANY
    for position, district, n in _occupied(work, one):
        if after is not None and (position, district) < (after[0], after[1]):
            continue
        if some and sum(held for _, held in some.values()) + n > most:
            yield some
            some = {}
        some[district] = (position, n)
    if some:
        yield some


def _occupied(work: Work, one: Sought) -> Sequence[tuple[int, int, int]]:
    """Position, district and how many cases there can be, in official order; claimed ones are counted apart."""
    counted = sought.by_districts(work, one) if _sure(one) else _counted(work, one)
    claimed = select(cases.c.district_id, func.count()).where(cases.c.campaign == one.campaign, cases.c.claimed)
    for district, n in work.connection.execute(claimed.group_by(cases.c.district_id)):
        counted[district] = counted.get(district, 0) + n
    wanted = counted.keys() if one.area.ids is None else counted.keys() & set(one.area.ids)
    return [(position, key, counted[key]) for position, key in organisations.in_order(work) if key in wanted]


def _sure(one: Sought) -> bool:
    return one.ids is not None or one.rare


def _counted(work: Work, one: Sought) -> dict[int, int]:
    """How many cases, or with days how many awaited deadlines, each district has."""
    dated = one.dated and not one.undated
    table = due_tally if dated else tally
    where = [table.c.campaign == one.campaign, table.c.flow == one.flow, one.area.holds(table.c.district_id)]
    if not dated:
        where.append(tally.c.state.in_(one.states))
    if dated and one.due_until is not None:
        where.append(due_tally.c.due_on <= one.due_until)
    if dated and one.due_from is not None:
        where.append(due_tally.c.due_on >= one.due_from)
    statement = select(table.c.district_id, func.sum(table.c.n)).where(*where, table.c.n > 0)
    return {row[0]: int(row[1]) for row in work.connection.execute(statement.group_by(table.c.district_id))}
