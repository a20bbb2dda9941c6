"""How long cases stay in each state: the middle half as a box, the rest as a line, the median as a stroke."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Final

from console.web.charts.scales import Mark, Numbers
from engine.flow import Label

WIDTH: Final = 900
LABEL: Final = 132
FIGURES: Final = 130
STEP: Final = 34
HEIGHT: Final = 18
AXIS: Final = 22


@dataclass(frozen=True, slots=True)
class Spread:
    """Working days: the shortest, the quarter, the middle, the three quarters, the longest; of `n` stays."""

    n: int
    least: int
    quarter: float
    middle: float
    three_quarters: float
    most: int


@dataclass(frozen=True, slots=True)
class Box:
    label: Label
    y: int
    spread: Spread | None
    ends: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stays:
    width: int
    height: int
    left: int
    thickness: int
    ends: float
    boxes: tuple[Box, ...]
    axis: tuple[Mark, ...]


def spread_of(days: Sequence[int]) -> Spread | None:
    """None where there is nothing yet."""
    if not days:
        return None
    if len(days) == 1:
        return Spread(1, days[0], days[0], days[0], days[0], days[0])
    quarter, middle, three_quarters = quantiles(days, n=4, method="inclusive")
    return Spread(len(days), min(days), round(quarter, 1), round(middle, 1), round(three_quarters, 1), max(days))


def stays(by_state: Mapping[str, Sequence[int]], labels: Mapping[str, Label]) -> Stays:
    """A row for each state that is named, in its order."""
    spreads = {state: spread_of(by_state.get(state, ())) for state in labels}
    most = max((found.most for found in spreads.values() if found), default=1)
    scale = Numbers.up_to(max(most, 1), LABEL, WIDTH - LABEL - FIGURES)
    boxes = tuple(
        Box(labels[state], place * STEP, found, _ends(scale, found))
        for place, (state, found) in enumerate(spreads.items())
    )
    ends = len(boxes) * STEP
    return Stays(WIDTH, ends + AXIS, LABEL, HEIGHT, ends, boxes, scale.marks())


def _ends(scale: Numbers, found: Spread | None) -> tuple[float, float, float, float, float]:
    if found is None:
        return (LABEL,) * 5
    places = (found.least, found.quarter, found.middle, found.three_quarters, found.most)
    first, second, third, fourth, fifth = (scale.at(place) for place in places)
    return first, second, third, fourth, fifth
