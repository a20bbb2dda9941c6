"""Statements behind charts: what was met day by day and month by month, and the histories of a few cases."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select

from engine.history import MOVING
from engine.model import Recorded
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.journal import recorded
from engine.store.schema import cases, deadlines, journal, met_tally, tally
from engine.store.sought import unordered

_UNDOING: Final = ("correct", "reinstate")
CHUNK: Final = 500


def met_by_day(work: Work, campaign: str, flow: str, milestone: str, area: Area) -> Counter[date]:
    """How many met a milestone on each day: of whole regions as it is counted, of other districts from their own."""
    table: Any = met_tally if area.of_regions else deadlines
    day = met_tally.c.met_on if area.of_regions else deadlines.c.achieved_on
    number: ColumnElement[int] = func.sum(met_tally.c.n) if area.of_regions else func.count()
    where = [table.c.campaign == campaign, table.c.flow == flow, table.c.milestone == milestone]
    if area.of_regions:
        where.append(area.holds_region(met_tally.c.region_id))
    else:
        where += [area.holds(deadlines.c.district_id), day.is_not(None)]
    rows = work.connection.execute(select(day, number).where(*where).group_by(day))
    return Counter({row[0]: int(row[1]) for row in rows if row[1]})


def sums_by_day(work: Work, campaign: str, flow: str, area: Area) -> list[tuple[str, date, int, int, int]]:
    """Milestone, day, how many met it, how many of these late, and the working days they took; of whole regions."""
    table = met_tally
    sums = (func.sum(table.c.n), func.sum(table.c.late), func.sum(table.c.workdays))
    keys = (table.c.milestone, table.c.met_on)
    where = (table.c.campaign == campaign, table.c.flow == flow, area.holds_region(table.c.region_id))
    rows = work.connection.execute(select(*keys, *sums).where(*where).group_by(*keys))
    return [(row[0], row[1], int(row[2]), int(row[3]), int(row[4])) for row in rows]


def sums_of_area(
    work: Work, campaign: str, flow: str, milestones: Sequence[str], area: Area
) -> list[tuple[str, date, int, int, int]]:
    """The same of some districts; what was late is read from their deadlines."""
    table = deadlines
    late = func.sum(case((table.c.achieved_on > table.c.due_on, 1), else_=0))
    keys = (table.c.milestone, table.c.achieved_on)
    where = (
        table.c.campaign == campaign,
        table.c.flow == flow,
        table.c.milestone.in_(milestones),
        table.c.achieved_on.is_not(None),
        area.holds(table.c.district_id),
    )
    rows = work.connection.execute(
        select(*keys, func.count(), late, func.sum(table.c.took)).where(*where).group_by(*keys)
    )
    return [(row[0], row[1], int(row[2]), int(row[3]), int(row[4])) for row in rows]


def standing(work: Work, campaign: str, flow: str, area: Area) -> Counter[str]:
    """How many unclaimed cases stand in each state."""
    where = (tally.c.campaign == campaign, tally.c.flow == flow, area.holds(tally.c.district_id))
    rows = work.connection.execute(select(tally.c.state, func.sum(tally.c.n)).where(*where).group_by(tally.c.state))
    return Counter({row[0]: int(row[1]) for row in rows if row[1]})


def some_cases(work: Work, campaign: str, flow: str, area: Area, *, most: int, of: int) -> list[int]:
    """Numbers of cases spread evenly over all of them, about so many."""
    step = max(1, -(-of // most))
    mine = (cases.c.campaign == campaign, cases.c.flow == flow)
    if not area.whole:
        where = (*mine, area.holds(cases.c.district_id), cases.c.id % step == 0)
        return list(work.connection.execute(select(cases.c.id).where(*where).limit(2 * most)).scalars())
    first, last = _ends(work, campaign, flow)
    asked = list(range(first, last + 1, max(1, -(-(last - first + 1) // most)))) if last else []
    # by their numbers: an index of the campaign's cases would be read from its beginning to its end
    mine = (unordered(cases.c.campaign) == campaign, unordered(cases.c.flow) == flow)
    found: list[int] = []
    for start in range(0, len(asked), CHUNK):
        some = select(cases.c.id).where(cases.c.id.in_(asked[start : start + CHUNK]), *mine)
        found += work.connection.execute(some).scalars()
    return found


def _ends(work: Work, campaign: str, flow: str) -> tuple[int, int]:
    """The first and the last number of a flow's cases, one state after the other by their index."""
    states = select(tally.c.state).where(tally.c.campaign == campaign, tally.c.flow == flow).distinct()
    mine = (cases.c.campaign == campaign, cases.c.flow == flow)
    ends = [
        select(end).where(*mine, cases.c.state == state).scalar_subquery()
        for state in sorted(work.connection.execute(states).scalars())
        for end in (func.min(cases.c.id), func.max(cases.c.id))
    ]
    known = [end for end in work.connection.execute(select(*ends)).one() if end is not None] if ends else []
    return min(known, default=0), max(known, default=0)


def histories(work: Work, case_ids: Sequence[int]) -> dict[int, list[Recorded]]:
    """What moved these cases, and what was undone of it, the oldest entry first."""
    found: dict[int, list[Recorded]] = defaultdict(list)
    for start in range(0, len(case_ids), CHUNK):
        where = (journal.c.case_id.in_(case_ids[start : start + CHUNK]), journal.c.kind.in_((*MOVING, *_UNDOING)))
        statement = select(journal).where(*where).order_by(journal.c.case_id, journal.c.seq)
        for row in work.connection.execute(statement):
            found[row.case_id].append(recorded(row))
    return found
