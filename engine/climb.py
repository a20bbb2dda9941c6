"""One deadline on its ladder: which rung comes next and when, from what is on record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from engine.clock import local_day
from engine.rungs import Ladder, Level, Rung
from engine.workdays import Workdays

_DAY: Final = timedelta(days=1)


class Outcome(StrEnum):
    FIRED = "fired"
    COLLAPSED = "collapsed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Planned:
    """One alert of a ladder: the day it is planned on, its rung, and which time of a repeated rung it is."""

    on: date
    rung: str
    ordinal: int
    level: Level
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Fire:
    """What is on record of one alert; `sent_on` is the day on which it really left the house, if it did."""

    rung: str
    ordinal: int
    outcome: Outcome | str
    planned_on: date
    fired_at: datetime
    sent_on: date | None = None


class Climb:
    """What is on record of a deadline, what a look adds to it, and what follows for the rungs still to come."""

    __slots__ = ("_coming", "_due_on", "_first", "_records", "_rungs", "_since", "_workdays", "spoke_on")

    def __init__(self, ladder: Ladder, due_on: date, *, since: date, workdays: Workdays) -> None:
        self._rungs = {rung.name: rung for rung in ladder.rungs}
        self._due_on = due_on
        self._since = since
        self._workdays = workdays
        self._first = {rung.name: nominal_day(rung, due_on, workdays) for rung in ladder.rungs}
        self._records: dict[str, _Record] = {}
        self._coming: dict[str, _Coming | None] = {}
        self.spoke_on: frozenset[date] = frozenset()

    def remember(self, fires: Sequence[Fire], zone: ZoneInfo) -> None:
        """Take over what is on record; an alert that collapsed was said by the one that went out in the same look."""
        said = {fire.fired_at: fire for fire in fires if fire.outcome == Outcome.FIRED}
        days = {instant: local_day(instant, zone) for instant in said}
        for fire in fires:
            by = said.get(fire.fired_at) if fire.outcome != Outcome.NOT_APPLICABLE else None
            day, sent_on = (days[by.fired_at], by.sent_on) if by else (None, None)
            self._note(fire.rung, fire.ordinal, day, sent_on)
        self.spoke_on = frozenset(days.values())

    def set_aside(self) -> tuple[Planned, ...]:
        """Take out what can never apply: planned before the opening, or waiting for a rung that will never be sent."""
        aside = []
        for rung in self._rungs.values():
            coming = self._next(rung)
            if coming and self._never_applies(coming):
                last = self._last_before_opening(coming)
                self._note(rung.name, last.ordinal)
                aside.append(last.planned())
        return tuple(aside)

    def choose(self, today: date) -> tuple[Planned | None, tuple[Planned, ...]]:
        """The one alert to send today and those that collapse; both are then on record."""
        missed = [one for rung in self._rungs.values() for one in self._missed(rung, today)]
        # a reminder is of no use any more once the day has passed
        useful = [one for one in missed if self._is_useful(one, today)]
        fire = _most_serious(useful)
        collapsed = [one for one in missed if not self._is_useful(one, today) or _gives_way(one, fire)]
        for one in collapsed:
            self._note(one.rung, one.ordinal, today if fire else None)
        if fire:
            self._note(fire.rung, fire.ordinal, today)
        return fire, tuple(sorted(collapsed, key=lambda one: (one.on, one.level.rank)))

    def next_day(self) -> date | None:
        """The first day on which something may be to do."""
        coming = [self._next(rung) for rung in self._rungs.values()]
        return min([one.look_on for one in coming if one and one.look_on], default=None)

    def _missed(self, rung: Rung, today: date) -> Iterator[Planned]:
        """All times of a rung that should have gone out by today and may."""
        coming = self._next(rung)
        while coming and coming.allowed_on and coming.allowed_on <= today:
            yield coming.planned()
            coming = self._time(rung, coming.ordinal + 1)

    def _next(self, rung: Rung) -> "_Coming | None":
        """The next time of a rung; None when there is none any more."""
        if rung.name not in self._coming:
            record = self._records.get(rung.name)
            self._coming[rung.name] = self._time(rung, record.last + 1 if record else 1)
        return self._coming[rung.name]

    def _time(self, rung: Rung, ordinal: int) -> "_Coming | None":
        on = self._first[rung.name]
        if ordinal > 1:
            if rung.every is None or self._waits_for_nothing(rung):
                return None
            on = self._workdays.after(on, rung.every * (ordinal - 1))
            if on > self._last_day(rung):
                return None
        if rung.after is None:
            return _Coming(rung, ordinal, on, on, on)
        return _Coming(rung, ordinal, on, *self._waiting(rung.after, on))

    def _waiting(self, after: tuple[str, int], on: date) -> tuple[date | None, date | None]:
        """From when on to look whether an alert may go out, and from when on it may; None while nobody can know.

        The first goes by the day the other rung spoke, not by its sending, so that a mail sent moves no stored moment.
        """
        waited_for, pause = after
        record = self._records.get(waited_for)
        if record is None or record.spoke_on is None:
            return None, None
        look_on = max(on, self._workdays.after(record.spoke_on, pause))
        return look_on, max(on, self._workdays.after(record.sent_on, pause)) if record.sent_on else None

    def _last_day(self, rung: Rung) -> date:
        """Until when a rung is repeated: a reminder until the due day, others until the rung that ends them stands."""
        last = self._due_on if rung.level == Level.REMINDER else date.max
        if rung.until is None:
            return last
        record = self._records.get(rung.until)
        if record:
            return date.min if record.spoke_on else last
        ending = self._rungs[rung.until]
        stands_on: date | None = self._first[rung.until]
        if ending.after is not None:
            _, stands_on = self._waiting(ending.after, self._first[rung.until])
        elif self._first[rung.until] < self._since:
            stands_on = None
        return min(last, stands_on - _DAY) if stands_on else last

    def _never_applies(self, coming: "_Coming") -> bool:
        after = coming.rung.after
        return self._is_over(after[0]) if after else coming.on < self._since

    def _is_useful(self, one: Planned, today: date) -> bool:
        return one.level != Level.REMINDER or today <= self._due_on

    def _is_over(self, name: str) -> bool:
        """Whether a rung has never spoken and never will; what may still be sent elsewhere does not decide it."""
        record = self._records.get(name)
        if record is None or record.spoke_on:
            return False
        rung = self._rungs[name]
        if rung.until and rung.until not in self._records and self._rungs[rung.until].after:
            return False
        return self._next(rung) is None

    def _waits_for_nothing(self, rung: Rung) -> bool:
        """Whether a rung was set aside because the one it waits for will never be sent."""
        record = self._records.get(rung.name)
        return rung.after is not None and record is not None and record.spoke_on is None

    def _last_before_opening(self, coming: "_Coming") -> "_Coming":
        """The last time of a repeated rung before the opening; it speaks for the earlier ones."""
        if coming.rung.every is None:
            return coming
        last = min(self._since - _DAY, self._last_day(coming.rung))
        more = max(self._workdays.between(coming.on, last), 0) // coming.rung.every
        return self._time(coming.rung, coming.ordinal + more) or coming

    def _note(self, name: str, ordinal: int, spoke_on: date | None = None, sent_on: date | None = None) -> None:
        record = self._records.setdefault(name, _Record())
        record.last = max(record.last, ordinal)
        record.spoke_on = _earlier(record.spoke_on, spoke_on)
        record.sent_on = _earlier(record.sent_on, sent_on)
        # what is on record of one rung decides when others come
        self._coming.clear()


class _Coming(NamedTuple):
    """A time of a rung still to come: the day it is planned on, looked at from, allowed from (None: not known)."""

    rung: Rung
    ordinal: int
    on: date
    look_on: date | None
    allowed_on: date | None

    def planned(self) -> Planned:
        return Planned(self.on, self.rung.name, self.ordinal, self.rung.level, self.rung.draft)


class _Record:
    """What became of a rung: its last ordinal, the first day it spoke and the first on which that was sent."""

    __slots__ = ("last", "sent_on", "spoke_on")

    def __init__(self) -> None:
        self.last = 0
        self.spoke_on: date | None = None
        self.sent_on: date | None = None


def nominal_day(rung: Rung, due_on: date, workdays: Workdays) -> date:
    """The day of a rung's first time; on a due day that is a day off, `at` 0 means the last working day before it."""
    return workdays.shift(due_on, rung.at) if rung.at else workdays.on_or_before(due_on)


def _most_serious(useful: Sequence[Planned]) -> Planned | None:
    """Of equally serious alerts the latest; a draft reaches nobody, so it waits for a morning without a letter."""
    letters = [one for one in useful if not one.draft] or useful
    ranked = [(one.level.rank, one.on, place) for place, one in enumerate(letters)]
    return letters[max(ranked)[-1]] if letters else None


def _gives_way(one: Planned, fire: Planned | None) -> bool:
    """Whether an alert is said by the one that goes out; a draft as serious as it stays to be written."""
    if fire is None or one == fire:
        return False
    return one.level.rank < fire.level.rank or (one.level == fire.level and one.draft == fire.draft)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
