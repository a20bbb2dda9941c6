"""Bands of a forecast: for each district from the early to the late day, with the middle, beside the due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from console.web.charts.scales import Days, Mark

WIDTH: Final = 900
LABEL: Final = 92
RIGHT: Final = 18
STEP: Final = 26
HEIGHT: Final = 14
AXIS: Final = 22


@dataclass(frozen=True, slots=True)
class Ahead:
    """A district's forecast; a late day that is not there lies beyond the picture."""

    name: str
    early_on: date
    middle_on: date | None
    late_on: date | None
    likely_late: bool
    href: str


@dataclass(frozen=True, slots=True)
class Band:
    ahead: Ahead
    y: int
    start: float
    middle: float | None
    end: float
    open: bool


@dataclass(frozen=True, slots=True)
class Bands:
    width: int
    height: int
    left: int
    thickness: int
    ends: float
    bands: tuple[Band, ...]
    due: float | None
    today: float
    axis: tuple[Mark, ...]


def bands(rows: Sequence[Ahead], *, today: date, due_on: date | None, until: date) -> Bands:
    """From today on; `until` is the last day shown, at least."""
    known = [day for row in rows for day in (row.middle_on, row.late_on) if day]
    last = max([until, *([due_on] if due_on else []), *known])
    scale = Days(today, last, LABEL, WIDTH - LABEL - RIGHT)
    drawn = tuple(
        Band(
            ahead=row,
            y=place * STEP,
            start=scale.at(row.early_on),
            middle=scale.at(row.middle_on) if row.middle_on else None,
            end=scale.at(row.late_on or last),
            open=row.late_on is None,
        )
        for place, row in enumerate(rows)
    )
    ends = len(rows) * STEP
    due = scale.at(due_on) if due_on and due_on >= today else None
    return Bands(WIDTH, ends + AXIS, LABEL, HEIGHT, ends, drawn, due, scale.at(today), scale.marks())
