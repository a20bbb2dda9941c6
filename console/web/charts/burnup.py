"""What was reached day by day, beside the line that leads straight to the due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from console.web.charts.scales import Days, Mark, Numbers, points

WIDTH: Final = 900
HEIGHT: Final = 300
LEFT: Final = 44
RIGHT: Final = 16
TOP: Final = 14
FLOOR: Final = 262


@dataclass(frozen=True, slots=True)
class Reached:
    """How many had reached a milestone by the end of each day; the plan leads to `goal` on `due_on`."""

    days: Sequence[date]
    counts: Sequence[int]
    opens: date
    closes: date
    due_on: date | None
    goal: int


@dataclass(frozen=True, slots=True)
class Line:
    """Places of what was reached and of the plan, with marks; `due` and `today` are places on the axis of days."""

    width: int
    height: int
    left: int
    right: int
    top: int
    floor: int
    reached: str
    plan: str
    due: float | None
    today: float | None
    last: int
    planned: int | None
    days: tuple[Mark, ...]
    numbers: tuple[Mark, ...]


def burn_up(found: Reached) -> Line:
    """The plan begins at nought on the day of opening; what was reached ends with the last day counted."""
    scale = Days(found.opens, found.closes, LEFT, WIDTH - LEFT - RIGHT)
    most = max([found.goal, *found.counts, 1])
    upwards = Numbers.up_to(most, 0, FLOOR - TOP)
    counts = list(found.counts)
    xs = [scale.at(day) for day in found.days]
    today = found.days[-1] if found.days else None
    return Line(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        floor=FLOOR,
        reached=points(xs, [FLOOR - upwards.at(count) for count in counts]),
        plan=_plan(found, scale, upwards),
        due=scale.at(found.due_on) if found.due_on else None,
        today=scale.at(today) if today else None,
        last=counts[-1] if counts else 0,
        planned=planned(found, today) if today else None,
        days=scale.marks(),
        numbers=tuple(Mark(FLOOR - mark.at, mark.text) for mark in upwards.marks()),
    )


def planned(found: Reached, day: date) -> int | None:
    """How many the plan's line has on a day, rounded down; None when the milestone has no day."""
    if found.due_on is None:
        return None
    whole = max((found.due_on - found.opens).days, 1)
    return min(found.goal, found.goal * max((day - found.opens).days, 0) // whole)


def _plan(found: Reached, scale: Days, upwards: Numbers) -> str:
    if found.due_on is None:
        return ""
    return points(
        [scale.at(found.opens), scale.at(found.due_on), scale.at(found.closes)],
        [FLOOR, FLOOR - upwards.at(found.goal), FLOOR - upwards.at(found.goal)],
    )
