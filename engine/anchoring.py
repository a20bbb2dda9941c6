"""The roots of finished days: fixed without a gap, and asked for again by the audit."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from engine.chain import GENESIS
from engine.clock import at_morning, local_day
from engine.core import Engine
from engine.store import anchors, journal, leases, periods
from engine.store.database import Work

PLANNER: Final = "plan"
"""The job that fixes roots, under the name by which its heartbeat is kept."""
DAY: Final = timedelta(days=1)
LONGEST_PLAN: Final = timedelta(hours=1)
"""A heart may beat after midnight for a plan that began before it."""


def anchor_days(engine: Engine, work: Work) -> None:
    """Fix the roots of all days that have ended, from that of the first entry on; those fixed stay as they are."""
    last, first = anchors.last_day(work), journal.first_moment(work)
    if first is None:
        return
    day = local_day(first, engine.zone) if last is None else last + DAY
    while day < engine.today(work):
        anchors.anchor(work, day, until=at_morning(day + DAY, "00:00", engine.zone))
        day += DAY


def missing_days(engine: Engine, work: Work) -> Iterator[date]:
    """Days without a root, from that of the first entry to the last that was fixed or should have been."""
    kept, first = anchors.days(work), journal.first_moment(work)
    seen = leases.last_beat(work, PLANNER)
    should = local_day(seen - LONGEST_PLAN, engine.zone) - DAY if seen else None
    last = max((day for day in (kept[-1] if kept else None, should) if day), default=None)
    if first is None or last is None:
        return
    day, there = local_day(first, engine.zone), frozenset(kept)
    while day <= last:
        if day not in there:
            yield day
        day += DAY


def printed_roots(work: Work) -> Iterator[tuple[str, date, str]]:
    """Digests that were sent: the week, its Sunday, and the root that stood in it."""
    for row in periods.done(work, "digest"):
        root = (row.facts or {}).get("root", "")
        if len(root) == len(GENESIS):
            year, number = row.period.split("-W")
            yield row.period, date.fromisocalendar(int(year), int(number), 7), root
