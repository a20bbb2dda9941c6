"""Weeks from Monday to Sunday, and the morning on which each is reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from engine.agenda import Span
from engine.clock import at_morning
from engine.errors import Refused
from engine.words import tr
from engine.workdays import Workdays

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LENGTH: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, known by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        """The week a day lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, key: str) -> Self:
        """From a key such as 2020-W24."""
        year, _, number = key.partition("-W")
        try:
            return cls(date.fromisocalendar(int(year), int(number), 1))
        except ValueError:
            raise Refused(tr("{key} is not a week such as 2020-W24.", key=key)) from None

    @property
    def key(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def next(self) -> "Week":
        return Week(self.monday + LENGTH)

    def until(self, last: "Week") -> Iterator["Week"]:
        """This week and those after it, up to and including the last."""
        week = self
        while week <= last:
            yield week
            week = week.next

    def number_since(self, first: "Week") -> int:
        """The running number of this week when the first is 1."""
        return (self.monday - first.monday) // LENGTH + 1

    def span(self, zone: ZoneInfo, now: datetime) -> Span:
        """The week and its cut-off, Sunday 24:00; for a week that still runs, the present instant."""
        return Span(self.monday, self.sunday, min(at_morning(self.next.monday, "00:00", zone), now))

    def reported_at(self, weekday: str, at: str, *, workdays: Workdays, zone: ZoneInfo) -> datetime:
        """When the finished week is reported: on that day of the next one, on a day off the next working day."""
        day = self.next.monday + timedelta(days=DAYS.index(weekday))
        return at_morning(workdays.on_or_after(day), at, zone)
