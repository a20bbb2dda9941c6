"""Cases by the division of their enterprise's industry: counted, and the cases behind a number, page by page."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import ColumnElement, String, and_, cast, func, select

from engine.store.areas import Area
from engine.store.database import Work
from engine.store.schema import cases
from workflows.benchmarking.records.nominations import FLOW, PREFIX
from workflows.benchmarking.records.schema import enterprises

UNKNOWN = "-"
"""Where an enterprise's industry is not recorded, or no finer than a section."""

_division: ColumnElement[str] = func.coalesce(func.substr(enterprises.c.industry_code, 1, 2), UNKNOWN)
_joined = cases.join(
    enterprises, and_(cases.c.subject_key == PREFIX + cast(enterprises.c.id, String), cases.c.flow == FLOW)
)


def counts(work: Work, campaign: str, area: Area) -> dict[str, Counter[str]]:
    """By division and state. This goes through the cases of the campaign: nothing is kept that knows it."""
    keys = (_division, cases.c.state)
    rows = work.connection.execute(
        select(*keys, func.count()).select_from(_joined).where(*_where(campaign, area)).group_by(*keys)
    )
    found: dict[str, Counter[str]] = {}
    for division, state, n in rows:
        found.setdefault(division, Counter())[state] += int(n)
    return found


def page(
    work: Work, campaign: str, area: Area, division: str, states: Collection[str], *, after: int, limit: int
) -> list[int]:
    """Numbers of cases of a division in some states, in the order of the numbers."""
    where = (*_where(campaign, area), _division == division, cases.c.state.in_(states), cases.c.id > after)
    statement = select(cases.c.id).select_from(_joined).where(*where).order_by(cases.c.id).limit(limit)
    return list(work.connection.execute(statement).scalars())


def _where(campaign: str, area: Area) -> tuple[ColumnElement[bool], ...]:
    return cases.c.campaign == campaign, cases.c.claimed.is_(False), area.holds(cases.c.district_id)
