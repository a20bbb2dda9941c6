"""From numbers and days to places in a picture, with marks that people can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_NICE: Final = (1, 2, 5)
_MOST_MONTHS: Final = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with what is written there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """From nought to `top`, over `room` pixels that begin at `start`."""

    top: int
    start: float
    room: float

    @classmethod
    def up_to(cls, most: float, start: float, room: float, marks: int = 5) -> "Numbers":
        """A scale that ends on a round number at or above `most`."""
        step = nice_step(most / marks)
        return cls(max(step, -(-int(most) // step) * step), start, room)

    def at(self, number: float) -> float:
        return round(self.start + number / self.top * self.room, 1)

    def marks(self, most: int = 5) -> tuple[Mark, ...]:
        step = nice_step(self.top / most)
        return tuple(Mark(self.at(number), str(number)) for number in range(0, self.top + 1, step))


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, over `room` pixels that begin at `start`."""

    first: date
    last: date
    start: float
    room: float

    def at(self, day: date) -> float:
        """The place of a day; days outside lie on the edge."""
        whole = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / whole, 0), 1)
        return round(self.start + share * self.room, 1)

    def marks(self) -> tuple[Mark, ...]:
        """The firsts of months, or of every second, third … when there are many."""
        firsts = _firsts(self.first, self.last)
        every = max(-(-len(firsts) // _MOST_MONTHS), 1)
        return tuple(Mark(self.at(day), day.isoformat()[:7]) for day in firsts[::every])


def nice_step(rough: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is no smaller."""
    power = 1
    while True:
        for nice in _NICE:
            if nice * power >= rough:
                return nice * power
        power *= 10


def points(xs: Sequence[float], ys: Sequence[float]) -> str:
    """A line through places, as SVG writes it."""
    return " ".join(f"{x:g},{y:g}" for x, y in zip(xs, ys, strict=True))


def _firsts(first: date, last: date) -> Sequence[date]:
    found, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found
