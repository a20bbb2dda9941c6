"""The ladder climbed: what is to be said about one open deadline at a moment, and when to look at it again."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from engine.climb import Climb, Fire, Outcome, Planned, nominal_day
from engine.clock import ZONE, at_morning, local_day
from engine.rungs import Ladder, Level, Rung, default_ladder, ladder_faults
from engine.workdays import Workdays

__all__ = [
    "Fire",
    "Ladder",
    "Level",
    "Look",
    "Outcome",
    "Planned",
    "Rung",
    "default_ladder",
    "first_day",
    "ladder_faults",
    "look",
    "moments",
    "next_at",
    "next_morning",
]


@dataclass(frozen=True, slots=True)
class Look:
    """What to do now and when to look again, given that this is done.

    A `not_applicable` alert of a repeated rung speaks for all earlier times of that rung too.
    """

    fire: Planned | None = None
    collapsed: tuple[Planned, ...] = ()
    not_applicable: tuple[Planned, ...] = ()
    next_at: datetime | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to do now."""
        return bool(self.fire or self.collapsed or self.not_applicable)


def look(
    ladder: Ladder,
    *,
    due_on: date,
    opened_at: datetime,
    now: datetime,
    fires: Sequence[Fire],
    workdays: Workdays,
    zone: ZoneInfo = ZONE,
) -> Look:
    """What one open deadline asks for at `now`, from what is on record of its present generation.

    Alerts go out on working days from `send_at` on, one a day. Of several missed ones the most serious that may be
    sent goes out and the milder ones collapse into it. A rung that must wait for another is postponed instead. What
    was planned before the deadline (or its generation) opened does not apply.
    """
    since = first_day(opened_at, ladder.send_at, zone)
    climb = Climb(ladder, due_on, since=since, workdays=workdays)
    if fires:
        climb.remember(fires, zone)
    not_applicable = climb.set_aside()
    today = local_day(now, zone)
    fire: Planned | None = None
    collapsed: tuple[Planned, ...] = ()
    speaking = now >= at_morning(today, ladder.send_at, zone) and workdays.is_workday(today)
    if speaking and today not in climb.spoke_on:
        fire, collapsed = climb.choose(today)
        if fire or collapsed:
            not_applicable += climb.set_aside()
    day = climb.next_day()
    if day is None:
        return Look(fire, collapsed, not_applicable)
    if day > today:
        morning = at_morning(workdays.on_or_after(day), ladder.send_at, zone)
    else:
        morning = next_morning(now, ladder.send_at, workdays=workdays, zone=zone)
    return Look(fire, collapsed, not_applicable, morning)


def next_at(
    ladder: Ladder,
    *,
    due_on: date,
    opened_at: datetime,
    now: datetime,
    fires: Sequence[Fire],
    workdays: Workdays,
    zone: ZoneInfo = ZONE,
) -> datetime | None:
    """When to look next at a deadline that is not looked at now: strictly after `now`, always on a working morning.

    It is the same for every `now` up to the moment it names, so that a checker can work it out again at any time.
    """
    found = look(ladder, due_on=due_on, opened_at=opened_at, now=now, fires=fires, workdays=workdays, zone=zone)
    return next_morning(now, ladder.send_at, workdays=workdays, zone=zone) if found else found.next_at


def next_morning(now: datetime, send_at: str, *, workdays: Workdays, zone: ZoneInfo = ZONE) -> datetime:
    """The first instant strictly after `now` at which alerts go out."""
    today = local_day(now, zone)
    if now < (morning := at_morning(today, send_at, zone)) and workdays.is_workday(today):
        return morning
    return at_morning(workdays.after(today, 1), send_at, zone)


def first_day(opened_at: datetime, send_at: str, zone: ZoneInfo = ZONE) -> date:
    """The first day whose alerts concern a deadline opened at that instant; all a ladder knows of the opening."""
    day = local_day(opened_at, zone)
    return day if opened_at <= at_morning(day, send_at, zone) else day + timedelta(days=1)


def moments(ladder: Ladder, due_on: date, workdays: Workdays) -> Iterator[Planned]:
    """The alerts in order, if all goes as planned; endless where a rung repeats without end."""
    first: dict[str, date] = {}
    for rung in ladder.rungs:
        first[rung.name] = nominal_day(rung, due_on, workdays)
        if rung.after is not None:
            waited_for, pause = rung.after
            first[rung.name] = max(first[rung.name], workdays.after(first[waited_for], pause))

    def times(rung: Rung) -> Iterator[Planned]:
        ends = first[rung.until] if rung.until else date.max
        ends = min(ends, due_on + timedelta(days=1)) if rung.level == Level.REMINDER else ends
        every = (
            Planned(
                workdays.shift(first[rung.name], (rung.every or 0) * time), rung.name, time + 1, rung.level, rung.draft
            )
            for time in ((0,) if rung.every is None else count())
        )
        return takewhile(lambda one: one.ordinal == 1 or one.on < ends, every)

    return heapq.merge(*map(times, ladder.rungs), key=lambda one: (one.on, one.level.rank))
