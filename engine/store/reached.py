"""Cases that reached a milestone in a stretch of days, page by page: the rows behind a figure of a month."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from engine.store.areas import Area
from engine.store.database import Work
from engine.store.schema import deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What is asked for; `late` keeps those that reached it after its day."""

    campaign: str
    flow: str
    milestone: str
    area: Area
    since: date
    until: date
    late: bool = False


def page(work: Work, asked: Reached, after: int | None, limit: int) -> list[int]:
    """Numbers of cases, in the order of the numbers."""
    where = _where(asked)
    if after is not None:
        where.append(deadlines.c.case_id > after)
    statement = select(deadlines.c.case_id).where(*where).order_by(deadlines.c.case_id).limit(limit)
    return list(work.connection.execute(statement).scalars())


def count(work: Work, asked: Reached) -> int:
    return int(work.connection.execute(select(func.count()).where(*_where(asked))).scalar_one())


def _where(asked: Reached) -> list[ColumnElement[bool]]:
    found = [
        deadlines.c.campaign == asked.campaign,
        deadlines.c.flow == asked.flow,
        deadlines.c.milestone == asked.milestone,
        deadlines.c.achieved_on.is_not(None),
        deadlines.c.achieved_on.between(asked.since, asked.until),
        asked.area.holds(deadlines.c.district_id),
    ]
    return [*found, deadlines.c.achieved_on > deadlines.c.due_on] if asked.late else found
