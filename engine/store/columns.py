"""Statements of the board: one for all columns, each a stretch of an index that ends with the last card shown."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from engine.store.database import Work
from engine.store.schema import cases, tally
from engine.store.sought import Sought, dated_strands, undated_strands, unordered


def standing(work: Work, asked: Sought) -> Counter[str]:
    """How many cases stand in each state, claimed ones too."""
    where = (tally.c.campaign == asked.campaign, tally.c.flow == asked.flow, asked.area.holds(tally.c.district_id))
    kept = select(tally.c.state, func.sum(tally.c.n)).where(*where).group_by(tally.c.state)
    found: Counter[str] = Counter({row[0]: int(row[1]) for row in work.connection.execute(kept)})
    # the few that are claimed have an index of their own
    flow, state = unordered(cases.c.flow), unordered(cases.c.state)
    mine = (cases.c.campaign == asked.campaign, flow == asked.flow, asked.area.holds(cases.c.district_id))
    claimed = select(state, func.count()).where(*mine, cases.c.claimed).group_by(state)
    return found + Counter({row[0]: int(row[1]) for row in work.connection.execute(claimed)})


def late(work: Work, asked: Sought, yesterday: date, most: int) -> dict[str, int]:
    """How many cases of each state were awaited by a day that is over, counted no further than one beyond `most`."""
    some = [_in_state(asked, state).where(cases.c.next_due_on <= yesterday).limit(most + 1) for state in asked.states]
    numbers = [
        select(func.count()).select_from(one.subquery()).scalar_subquery().label(f"n{place}")
        for place, one in enumerate(some)
    ]
    row = work.connection.execute(select(*numbers)).one()
    return dict(zip(asked.states, map(int, row), strict=True))


def firsts(work: Work, asked: Sought, cards: int) -> dict[str, list[int]]:
    """The first cases of each state by the day that is awaited; those without one come behind."""
    strands = []
    for state in asked.states:
        one = replace(asked, states=(state,))
        for place, (strand,) in enumerate((dated_strands(one, None), undated_strands(one, 0))):
            first = strand.add_columns(literal(state).label("state"), literal(place).label("place"))
            strands.append(select(first.order_by("key", "id").limit(cards).subquery()))
    found: dict[str, list[int]] = {state: [] for state in asked.states}
    rows = work.connection.execute(union_all(*strands))
    for row in sorted(rows, key=lambda row: (row.place, row.key or date.max, row.id)):
        found[row.state].append(row.id)
    return {state: ids[:cards] for state, ids in found.items()}


def _in_state(asked: Sought, state: str) -> Select[Any]:
    where = (cases.c.campaign == asked.campaign, cases.c.flow == asked.flow, cases.c.state == state)
    return select(cases.c.id, cases.c.next_due_on).where(*where, asked.area.holds(cases.c.district_id))
