"""Cases with a proposal that waits for the level above, the longest waiting first, by an index of their own."""

from datetime import datetime

from sqlalchemy import func, select, tuple_

from engine.model import Case
from engine.store.areas import Area
from engine.store.cases import as_case
from engine.store.database import Work
from engine.store.numbers import Number, ask_one
from engine.store.schema import cases, proposal_tally
from engine.store.types import from_micros

Place = tuple[int, int]
"""When it was proposed, in microseconds, and the case."""


def waiting(work: Work, campaign: str, area: Area, *, after: Place | None, limit: int) -> tuple[Case, ...]:
    where = [cases.c.campaign == campaign, cases.c.proposed_step.is_not(None), area.holds(cases.c.district_id)]
    if after is not None:
        where.append(tuple_(cases.c.proposed_at, cases.c.id) > (_moment(after), after[1]))
    statement = select(cases).where(*where).order_by(cases.c.proposed_at, cases.c.id).limit(limit)
    return tuple(as_case(row) for row in work.connection.execute(statement))


def number(campaign: str, area: Area) -> Number:
    """How many wait, from what is counted with each write."""
    table = proposal_tally
    where = (table.c.campaign == campaign, area.holds(table.c.district_id))
    return Number(select(func.coalesce(func.sum(table.c.n), 0)).where(*where))


def count(work: Work, campaign: str, area: Area) -> int:
    return ask_one(work, number(campaign, area))


def _moment(place: Place) -> datetime:
    return from_micros(place[0])
