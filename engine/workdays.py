"""Working days: the week, the arrangements the State Council published, and what a coordinator entered over them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import Final

_WEEK: Final = 7
_WORKED: Final = 5
_NO_OVERRIDES: Final[Mapping[date, bool]] = MappingProxyType({})


class Workdays:
    """Counts in working days; immutable. Years nobody has published yet go by the week and are called provisional.

    `overrides` say of single days whether they are worked; `published` names years beyond the table whose notice a
    coordinator has entered whole, so that their other days are certain too.
    """

    __slots__ = ("_exceptions", "_overrides", "_ranks", "_shifts", "_starts", "_table", "_years")

    def __init__(
        self,
        overrides: Mapping[date, bool] = _NO_OVERRIDES,
        table: "Table | None" = None,
        *,
        published: Iterable[int] = (),
    ) -> None:
        self._table = table or read_table("china")
        self._overrides = dict(overrides)
        self._years = self._table.years | frozenset(published)
        settled = {**self._table.days, **self._overrides}
        self._exceptions = {day: works for day, works in settled.items() if works != _by_the_week(day)}
        # exceptions in order, how many working days each makes more than the week has, and the rank each ends up with
        days = sorted(self._exceptions)
        self._starts = [day.toordinal() for day in days]
        self._shifts = [0, *accumulate(1 if self._exceptions[day] else -1 for day in days)]
        self._ranks = [_week_rank(start) + shift for start, shift in zip(self._starts, self._shifts[1:], strict=True)]

    def is_workday(self, day: date) -> bool:
        works = self._exceptions.get(day)
        return _by_the_week(day) if works is None else works

    def shift(self, day: date, count: int) -> date:
        """The count-th working day after `day`, before it when negative; `day` itself for 0, even a day off."""
        if count == 0:
            return day
        start = day.toordinal()
        return self._day_at(self._rank(start) + count) if count > 0 else self._day_at(self._rank(start - 1) + count + 1)

    def after(self, day: date, count: int) -> date:
        """The count-th working day strictly after `day`."""
        return self.shift(day, _positive(count))

    def before(self, day: date, count: int) -> date:
        """The count-th working day strictly before `day`."""
        return self.shift(day, -_positive(count))

    def on_or_after(self, day: date) -> date:
        return day if self.is_workday(day) else self.shift(day, 1)

    def on_or_before(self, day: date) -> date:
        return day if self.is_workday(day) else self.shift(day, -1)

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative when `last` is the earlier."""
        return self._rank(last.toordinal()) - self._rank(first.toordinal())

    def is_provisional(self, day: date) -> bool:
        """Whether nobody has said yet if this day is worked, so that the week is all there is to go by."""
        return day.year not in self._years and day not in self._overrides

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` whose arrangements are not known."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self._years)

    def name_of(self, day: date) -> str | None:
        """The holiday this day belongs to, as a day off or as a day worked in exchange."""
        return None if day in self._overrides else self._table.names.get(day)

    def _rank(self, ordinal: int) -> int:
        """Working days since the beginning of the calendar, the given day included."""
        return _week_rank(ordinal) + self._shifts[bisect_right(self._starts, ordinal)]

    def _day_at(self, rank: int) -> date:
        """The day with this rank: by the week from the last exception before it, but not beyond the next one."""
        place = bisect_left(self._ranks, rank)
        weeks, days = divmod(rank - self._shifts[place] - 1, _WORKED)
        ordinal = weeks * _WEEK + days + 1
        if place < len(self._starts) and self._starts[place] < ordinal:
            ordinal = self._starts[place]
        return date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True)
class Table:
    """The published arrangements: whether a day is worked, its holiday, and the years they are complete for."""

    years: frozenset[int]
    days: Mapping[date, bool]
    names: Mapping[date, str]


@cache
def read_table(name: str) -> Table:
    """A table from `calendars/`, under its name without the ending."""
    return parse_table(files("engine").joinpath("calendars", f"{name}.txt").read_text(encoding="utf-8"))


def parse_table(text: str) -> Table:
    """Read a table: `years FIRST-LAST`, then `DAY rest|work HOLIDAY`, one a line; `#` begins a remark."""
    years: frozenset[int] = frozenset()
    days: dict[date, bool] = {}
    names: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split(maxsplit=2)
        if not words:
            continue
        try:
            if words[0] == "years":
                years |= _span(words[1])
            else:
                day = date.fromisoformat(words[0])
                days[_fresh(day, days, years)] = {"work": True, "rest": False}[words[1]]
                names[day] = words[2]
        except (ValueError, KeyError, IndexError) as fault:
            raise ValueError(f"line {number} of the table of working days: {line!r} ({fault})") from fault
    return Table(years, MappingProxyType(days), MappingProxyType(names))


def _span(text: str) -> frozenset[int]:
    first, _, last = text.partition("-")
    return frozenset(range(int(first), int(last or first) + 1))


def _fresh(day: date, days: Mapping[date, bool], years: frozenset[int]) -> date:
    if day in days:
        raise ValueError("this day stands here twice")
    if day.year not in years:
        raise ValueError("this day lies outside the years of the table")
    return day


def _by_the_week(day: date) -> bool:
    return day.weekday() < _WORKED


def _week_rank(ordinal: int) -> int:
    # day 1 of the calendar is a Monday
    weeks, days = divmod(ordinal, _WEEK)
    return weeks * _WORKED + min(days, _WORKED)


def _positive(count: int) -> int:
    if count < 1:
        raise ValueError(f"working days are counted from 1, not from {count}")
    return count
