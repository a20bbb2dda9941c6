"""Due days: rules that give them, and what a day means for somebody who looks at it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from engine.workdays import Workdays

SOON: Final = 5
"""Working days before a due day from which its light is yellow."""


class Roll(StrEnum):
    """Where a due day goes that falls on a day off."""

    NONE = "none"
    PREVIOUS = "previous"
    NEXT = "next"


class Verdict(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class OnDay:
    """By a day of the calendar; without `inclusive`, "by 5 June" ends on 4 June."""

    day: date
    roll: Roll | str = Roll.NONE
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Yearly:
    """By the same days of each year, each closing a period that is named by a pattern of {year} and {previous}.

    Without patterns, a day of the first half closes the year before and a day of the second half the first half-year.
    """

    days: tuple[tuple[int, int], ...] = ((1, 5), (7, 5))
    periods: tuple[str, ...] = ()
    roll: Roll | str = Roll.NONE
    inclusive: bool = True

    def __post_init__(self) -> None:
        for month, day in self.days:
            date(2001, month, day)  # no leap year: every day of the rule must exist in every year
        if not self.days or list(self.days) != sorted(set(self.days)):
            raise ValueError("a yearly rule needs at least one day, in the order of the year and each once")
        patterns = self.periods or tuple(_pattern(month) for month, _ in self.days)
        try:
            names = {pattern.format(year=2020, previous=2019) for pattern in patterns}
        except (KeyError, IndexError) as unknown:
            raise ValueError(f"a period is named by {{year}} and {{previous}}, not by {unknown}") from unknown
        if not len(names) == len(patterns) == len(self.days):
            raise ValueError("each day of a yearly rule needs a period of its own")
        object.__setattr__(self, "periods", patterns)


@dataclass(frozen=True, slots=True)
class AfterWorkdays:
    """Within so many working days of entering a state."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a deadline needs at least one working day, not {self.count}")


@dataclass(frozen=True, slots=True)
class NoDate:
    """Some day, without a date."""


Rule = OnDay | Yearly | AfterWorkdays | NoDate


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due day of a yearly rule: the period it closes, the day as the rule names it, and the day that holds."""

    period: str
    nominal_on: date
    due_on: date


def due_on(rule: Rule, *, entered_on: date, workdays: Workdays) -> date | None:
    """The last day that is still in time; of a yearly rule, the first one not before `entered_on`."""
    match rule:
        case OnDay():
            return settle(rule.day, rule, workdays)
        case Yearly():
            return next_occurrence(rule, on=entered_on, workdays=workdays).due_on
        case AfterWorkdays():
            return workdays.after(entered_on, rule.count)
        case NoDate():
            return None


def next_occurrence(rule: Yearly, *, on: date, workdays: Workdays) -> Occurrence:
    """The first occurrence whose due day is not before `on`."""
    # a roll never moves a day by more than a holiday is long, so the year before and the year after suffice
    return occurrences(rule, first=on, last=date(on.year + 1, 12, 31), workdays=workdays)[0]


def occurrences(rule: Yearly, *, first: date, last: date, workdays: Workdays) -> tuple[Occurrence, ...]:
    """All occurrences with a due day from `first` to `last`, in order."""
    nominal = (
        (date(year, month, day), pattern)
        for year in range(first.year - 1, last.year + 2)
        for (month, day), pattern in zip(rule.days, rule.periods, strict=True)
    )
    every = (
        Occurrence(pattern.format(year=day.year, previous=day.year - 1), day, settle(day, rule, workdays))
        for day, pattern in nominal
    )
    return tuple(one for one in every if first <= one.due_on <= last)


def settle(nominal: date, rule: OnDay | Yearly, workdays: Workdays) -> date:
    """The day that holds for a day as the plan names it: first the sense of "by", then the roll."""
    return roll_day(nominal if rule.inclusive else nominal - timedelta(days=1), rule.roll, workdays)


def roll_day(day: date, roll: Roll | str, workdays: Workdays) -> date:
    """Where a day goes under a roll; a working day stays."""
    match Roll(roll):
        case Roll.NONE:
            return day
        case Roll.PREVIOUS:
            return workdays.on_or_before(day)
        case Roll.NEXT:
            return workdays.on_or_after(day)


def is_overdue(due: date | None, today: date) -> bool:
    """Overdue begins with the day after the due day, be it a day off."""
    return due is not None and today > due


def days_late(due: date | None, today: date, workdays: Workdays) -> int:
    """Working days since the due day; 0 up to the due day and on days off right behind it."""
    return workdays.between(due, today) if due is not None and today > due else 0


def last_soon(today: date, workdays: Workdays, *, soon: int = SOON) -> date:
    """The last day on which something that is still open falls due soon."""
    return workdays.shift(today, soon)


def light(due: date | None, today: date, workdays: Workdays, *, met_on: date | None = None, soon: int = SOON) -> Light:
    """Red: overdue and open. Yellow: made good late, or open and due soon. Green: everything else."""
    if due is None:
        return Light.GREEN
    if met_on is not None:
        return Light.GREEN if verdict(due, met_on) == Verdict.ON_TIME else Light.YELLOW
    if today > due:
        return Light.RED
    return Light.YELLOW if today >= workdays.shift(due, -soon) else Light.GREEN


def verdict(due: date | None, met_on: date) -> Verdict:
    """How a milestone was met; what has no day is never late."""
    return Verdict.LATE if due is not None and met_on > due else Verdict.ON_TIME


def extended_by(due: date, count: int, workdays: Workdays) -> date:
    """The due day after an extension by so many working days."""
    return workdays.after(due, count)


def paused_to(due: date, paused_on: date, resumed_on: date, workdays: Workdays) -> date:
    """The due day after a pause: as many working days are left when it is resumed as were left when it was paused."""
    if resumed_on < paused_on:
        raise ValueError("a pause cannot end before it begins")
    return workdays.shift(due, workdays.between(paused_on, resumed_on))


def rework_due_on(due: date | None, sent_back_on: date, workdays: Workdays, *, at_least: int = 3) -> date:
    """By when a case sent back must come again: by its due day, but never within less than these working days."""
    least = workdays.after(sent_back_on, at_least)
    return least if due is None else max(due, least)


def _pattern(month: int) -> str:
    return "{previous}" if month <= 6 else "{year}H1"  # noqa: PLR2004
