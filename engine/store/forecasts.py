"""Forecasts: what they are made from, and the newest one of each district and milestone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, select

from engine.history import MOVING
from engine.model import Recorded
from engine.store.areas import Area
from engine.store.database import Work, upsert
from engine.store.journal import recorded
from engine.store.schema import cases, due_tally, forecasts, journal

CHUNK: Final = 500
_UNDOING: Final = ("correct", "reinstate")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What was forecast for a district on a day; days are None where they lie beyond what can be said."""

    campaign: str
    flow: str
    milestone: str
    district_id: int
    made_on: date
    cases: int
    due_on: date | None
    early_on: date | None
    middle_on: date | None
    late_on: date | None
    late_percent: int | None
    thin: tuple[str, ...]


def histories(work: Work, campaign: str, flow: str, *, most: int) -> Iterator[tuple[int, Sequence[Recorded]]]:
    """District and moving entries of cases, oldest entry first: all cases, or `most` spread evenly over all of them."""
    whole = _count(work, campaign, flow)
    step = -(-whole // most) if whole else 1
    found = work.connection.execute(
        select(cases.c.id, cases.c.district_id)
        .where(cases.c.campaign == campaign, cases.c.flow == flow, cases.c.id % step == 0, ~cases.c.claimed)
        .order_by(cases.c.id)
    ).all()
    for start in range(0, len(found), CHUNK):
        places = {row.id: row.district_id for row in found[start : start + CHUNK]}
        entries: dict[int, list[Recorded]] = defaultdict(list)
        rows = work.connection.execute(
            select(journal)
            .where(journal.c.case_id.in_(places), journal.c.kind.in_((*MOVING, *_UNDOING)))
            .order_by(journal.c.case_id, journal.c.seq)
        )
        for row in rows:
            entries[row.case_id].append(recorded(row))
        yield from ((places[case_id], history) for case_id, history in entries.items())


def standing(
    work: Work, campaign: str, flow: str, district_ids: Collection[int]
) -> dict[int, dict[tuple[str, date], int]]:
    """How many cases of each district stand in which state since which day; claimed ones are nobody's yet."""
    counted: dict[int, dict[tuple[str, date], int]] = defaultdict(dict)
    keys = (cases.c.district_id, cases.c.state, cases.c.entered_on)
    rows = work.connection.execute(
        select(*keys, func.count().label("n"))
        .where(cases.c.campaign == campaign, cases.c.flow == flow, cases.c.district_id.in_(district_ids))
        .where(~cases.c.claimed)
        .group_by(*keys)
    )
    for row in rows:
        counted[row.district_id][row.state, row.entered_on] = row.n
    return counted


def last_days(work: Work, campaign: str, flow: str, district_ids: Collection[int]) -> dict[tuple[int, str], date]:
    """The last day on which something is due of each district and milestone."""
    rows = work.connection.execute(
        select(due_tally.c.district_id, due_tally.c.milestone, func.max(due_tally.c.due_on).label("due_on"))
        .where(due_tally.c.campaign == campaign, due_tally.c.flow == flow, due_tally.c.n > 0)
        .where(due_tally.c.district_id.in_(district_ids))
        .group_by(due_tally.c.district_id, due_tally.c.milestone)
    )
    return {(row.district_id, row.milestone): row.due_on for row in rows}


def put(work: Work, made: Sequence[Outlook]) -> None:
    """Let these be the newest."""
    for one in made:
        upsert(work, forecasts, asdict(one) | {"thin": list(one.thin)})


def made_for(work: Work, campaign: str, flow: str, day: date) -> frozenset[int]:
    """Districts that have their forecast of a day."""
    rows = work.connection.execute(
        select(forecasts.c.district_id)
        .where(forecasts.c.campaign == campaign, forecasts.c.flow == flow, forecasts.c.made_on == day)
        .distinct()
    )
    return frozenset(rows.scalars())


def of_milestone(work: Work, campaign: str, flow: str, milestone: str, *, area: Area, most: int) -> tuple[Outlook, ...]:
    """The newest forecasts of an area's districts that have something open, those with the latest end first."""
    rows = work.connection.execute(
        select(forecasts)
        .where(
            forecasts.c.campaign == campaign,
            forecasts.c.flow == flow,
            forecasts.c.milestone == milestone,
            area.holds(forecasts.c.district_id),
            forecasts.c.cases > 0,
        )
        .order_by(forecasts.c.late_percent.desc(), forecasts.c.middle_on.desc(), forecasts.c.district_id)
        .limit(most)
    )
    return tuple(_outlook(row) for row in rows)


def _outlook(row: Row[Any]) -> Outlook:
    values = {field.name: getattr(row, field.name) for field in fields(Outlook)}
    return Outlook(**values | {"thin": tuple(row.thin)})


def _count(work: Work, campaign: str, flow: str) -> int:
    statement = select(func.max(cases.c.id) - func.min(cases.c.id) + 1).where(
        cases.c.campaign == campaign, cases.c.flow == flow
    )
    return int(work.connection.execute(statement).scalar_one() or 0)
