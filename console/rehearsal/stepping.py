"""Stepping through a campaign day by day: the worker's own jobs each morning, what people do, the afternoon's mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from console.bootstrap import FORECAST, House
from console.rehearsal.play import Play
from engine.clock import at_morning

MORNING, OFFICE, EVENING = "08:30", "10:00", "17:00"
"""When alerts go out, when people work, and when the mail of the day's work goes out."""


@dataclass(frozen=True, slots=True)
class Stepper:
    """A house on a rehearsal database, and the script that is played in it, if any."""

    house: House
    play: Play | None = None

    def run(self, since: date, until: date, *, each_day: Callable[[date], None] | None = None) -> None:
        """Live through every day from the first to the last."""
        for day in days(since, until):
            self.live(day)
            if each_day:
                each_day(day)
        self.look_ahead()

    def live(self, day: date) -> None:
        """One day: jobs at 08:30, people at 10:00 of a working day, jobs again at 17:00."""
        self.do_jobs(day, MORNING)
        with self.house.engine.look() as work:
            working = self.house.engine.workdays(work).is_workday(day)
        office = at_morning(day, OFFICE, self.house.engine.zone)
        if not (working and self.play) or office < self.house.engine.clock.now():
            return
        self.house.set_clock(office)
        self.play.day(day)
        self.do_jobs(day, EVENING)

    def do_jobs(self, day: date, time: str) -> None:
        """The jobs of a moment; one that lay before the rehearsal began has been lived through already."""
        moment = at_morning(day, time, self.house.engine.zone)
        if moment < self.house.engine.clock.now():
            return
        self.house.set_clock(moment)
        for job in self.house.jobs:
            while job.name != FORECAST and job.run_once():
                pass

    def look_ahead(self) -> None:
        """The forecasts of where the clock stands; those of days lived through in between nobody would read."""
        for job in self.house.jobs:
            while job.name == FORECAST and job.run_once():
                pass


def days(since: date, until: date) -> Iterator[date]:
    day = since
    while day <= until:
        yield day
        day += timedelta(days=1)
