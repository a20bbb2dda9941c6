"""A deadline followed through time by the ladder's own answers: the sweep and the post office of the ladder's tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from engine.clock import ZONE, at_morning, local_day
from engine.ladder import Fire, Ladder, Look, Outcome, look, next_at
from engine.workdays import Workdays


@dataclass
class Deadline:
    """One open deadline, its records, and whether its letters leave the house on the day they are written."""

    ladder: Ladder
    due_on: date
    opened_at: datetime
    workdays: Workdays
    posts: Callable[[date], bool] = lambda _: True
    fires: tuple[Fire, ...] = ()
    looks: list[tuple[datetime, Look]] = field(default_factory=list)

    def ask(self, now: datetime) -> Look:
        return look(
            self.ladder,
            due_on=self.due_on,
            opened_at=self.opened_at,
            now=now,
            fires=self.fires,
            workdays=self.workdays,
        )

    def next_at(self, now: datetime) -> datetime | None:
        return next_at(
            self.ladder,
            due_on=self.due_on,
            opened_at=self.opened_at,
            now=now,
            fires=self.fires,
            workdays=self.workdays,
        )

    def sweep(self, now: datetime) -> Look:
        """Look, put everything on record, and let what waits in the post office go out if it can."""
        found = self.ask(now)
        outcomes = [(Outcome.COLLAPSED, one) for one in found.collapsed]
        outcomes += [(Outcome.NOT_APPLICABLE, one) for one in found.not_applicable]
        outcomes += [(Outcome.FIRED, found.fire)] if found.fire else []
        self.fires += tuple(Fire(one.rung, one.ordinal, outcome, one.on, now) for outcome, one in outcomes)
        if found:
            self.looks.append((now, found))
        self.post(local_day(now))
        return found

    def post(self, day: date) -> None:
        if self.posts(day):
            self.fires = tuple(
                replace(one, sent_on=day) if one.outcome == Outcome.FIRED and one.sent_on is None else one
                for one in self.fires
            )

    def live(self, days: Iterable[date], at: str = "08:30") -> "Deadline":
        """Sweep once on each of these days."""
        for day in days:
            self.sweep(at_morning(day, at))
        return self

    def told(self) -> list[tuple[str, str, int]]:
        """What went out: day, rung, which time."""
        return [(local_day(now).isoformat(), one.fire.rung, one.fire.ordinal) for now, one in self.looks if one.fire]

    def keys(self, *outcomes: Outcome) -> list[tuple[str, int]]:
        """What is on record under these outcomes (all, when none is named)."""
        return sorted((one.rung, one.ordinal) for one in self.fires if not outcomes or one.outcome in outcomes)


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def at(day: str, time: str = "08:30") -> datetime:
    """An instant in Ningbo."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZONE)
