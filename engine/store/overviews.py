"""Sums for the overview, a row a district, and what was done last; from what is counted, never from the cases."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from engine.model import Recorded
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.journal import HOUSE, recorded
from engine.store.numbers import Number, up_to
from engine.store.schema import (
    cases,
    deadline_changes,
    deadlines,
    due_tally,
    journal,
    met_tally,
    organisations,
    tally,
)

Sums = dict[int, Sequence[int]]
"""Numbers by district; a server adds up to numbers of another kind, so whoever shows them makes them whole."""


def districts(work: Work, kinds: Collection[str], area: Area, on: date) -> Sequence[Any]:
    """Id, code and path of the districts that exist on a day; no more, for there may be thousands."""
    table = organisations
    valid = (func.coalesce(table.c.valid_from, on) <= on, func.coalesce(table.c.valid_to, on) >= on)
    statement = select(table.c.id, table.c.code, table.c.path).where(table.c.kind.in_(kinds), *valid)
    return work.connection.execute(statement.where(area.holds(table.c.id))).all()


def cases_by_state(work: Work, campaign: str, flow: str, area: Area, states: Sequence[str]) -> Sums:
    """How many unclaimed cases stand in each of the states."""
    numbers = [func.sum(case((tally.c.state == state, tally.c.n), else_=0)) for state in states]
    return _sums(work, tally, numbers, area, tally.c.campaign == campaign, tally.c.flow == flow)


def due(work: Work, campaign: str, area: Area, *, today: date, soon: date, week_ends: date) -> Sums:
    """How many awaited deadlines are overdue, fall due soon, and fall due until the week ends; over all flows."""
    day, n = due_tally.c.due_on, due_tally.c.n
    numbers = [
        func.sum(case((day < today, n), else_=0)),
        func.sum(case((day.between(today, soon), n), else_=0)),
        func.sum(case((day.between(today, week_ends), n), else_=0)),
    ]
    return _sums(work, due_tally, numbers, area, due_tally.c.campaign == campaign)


def claims(campaign: str, area: Area, most: int) -> Number:
    """Claimed cases that have not left, counted no further than one more than `most`."""
    where = (cases.c.campaign == campaign, cases.c.claimed, cases.c.resume_state.is_(None))
    return up_to(select(cases.c.id).where(*where, area.holds(cases.c.district_id)), most)


def asked(campaign: str, area: Area, most: int) -> Number:
    """Extensions that wait for an answer, counted no further than one more than `most`."""
    changes = deadline_changes
    statement = (
        select(changes.c.id)
        .join(deadlines, deadlines.c.id == changes.c.deadline_id)
        .where(changes.c.campaign == campaign, changes.c.status == "asked", deadlines.c.state == "open")
        .where(area.holds(changes.c.district_id))
    )
    return up_to(statement, most)


def made_good(work: Work, campaign: str, area: Area, since: date, until: date) -> frozenset[int]:
    """Districts that met a deadline late in a period."""
    where = (
        deadlines.c.campaign == campaign,
        deadlines.c.verdict == "late",
        deadlines.c.met_on.between(since, until),
        deadlines.c.state == "met",
    )
    rows = work.connection.execute(
        select(deadlines.c.district_id).where(*where, area.holds(deadlines.c.district_id)).distinct()
    )
    return frozenset(rows.scalars())


def took_by_region(work: Work, campaign: str, flow: str, milestone: str) -> Sums:
    """How many met a milestone and the working days they took, by region."""
    table = met_tally
    where = (table.c.campaign == campaign, table.c.flow == flow, table.c.milestone == milestone)
    key = table.c.region_id
    rows = work.connection.execute(
        select(key, func.sum(table.c.n), func.sum(table.c.workdays)).where(*where).group_by(key)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def took_by_district(work: Work, campaign: str, flow: str, milestone: str, area: Area) -> Sums:
    """The same by district, for some of them."""
    table = deadlines
    where = (
        table.c.campaign == campaign,
        table.c.flow == flow,
        table.c.milestone == milestone,
        table.c.achieved_on.is_not(None),
    )
    key = table.c.district_id
    statement = select(key, func.count(), func.sum(table.c.took)).where(*where, area.holds(key)).group_by(key)
    return {row[0]: (int(row[1]), int(row[2] or 0)) for row in work.connection.execute(statement)}


def last_entries(work: Work, campaign: str, area: Area, limit: int) -> tuple[Recorded, ...]:
    """What was journaled last about the cases of a campaign."""
    where: list[ColumnElement[bool]] = [journal.c.campaign == campaign, journal.c.case_id != HOUSE]
    order: Sequence[ColumnElement[Any]] = (journal.c.recorded_at.desc(), journal.c.id.desc())
    if area.ids is not None and len(area.ids) == 1:
        where.append(journal.c.district_id == area.ids[0])
        order = (journal.c.id.desc(),)
    elif not area.whole:
        # a part of the house has its share of what was done last, so this is looked through from the end
        where.append(func.coalesce(journal.c.district_id, 0).in_(area.ids or ()))
    rows = work.connection.execute(select(journal).where(*where).order_by(*order).limit(limit))
    return tuple(recorded(row) for row in rows)


def _sums(
    work: Work, table: Any, numbers: Sequence[ColumnElement[Any]], area: Area, *where: ColumnElement[bool]
) -> Sums:
    key = table.c.district_id
    statement = select(key, *numbers).where(*where, table.c.n != 0, area.holds(key)).group_by(key)
    return {row[0]: row[1:] for row in work.connection.execute(statement).all()}
