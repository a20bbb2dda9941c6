"""Horizontal bars, one below the other, as the funnel of the states has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.flow import Label

WIDTH: Final = 900
LABEL: Final = 132
FIGURES: Final = 120
STEP: Final = 29
HEIGHT: Final = 22
LIGHTEST: Final = 0.45


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name, and the address of what it counts."""

    label: Label
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar in its place; `share` is in percent of the longest."""

    bar: Bar
    y: int
    width: float
    opacity: float
    share: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture: its size, where bars begin, and the bars."""

    width: int
    height: int
    left: int
    thickness: int
    drawn: tuple[Drawn, ...]


def bars(rows: Sequence[Bar]) -> Bars:
    """The first colour is the darkest; nothing is as long as the longest."""
    most = max((row.n for row in rows), default=0) or 1
    room = WIDTH - LABEL - FIGURES
    fading = (1 - LIGHTEST) / max(len(rows) - 1, 1)
    drawn = tuple(
        Drawn(row, place * STEP, round(row.n / most * room, 1), round(1 - place * fading, 2), round(row.n * 100 / most))
        for place, row in enumerate(rows)
    )
    return Bars(WIDTH, max(len(rows), 1) * STEP, LABEL, HEIGHT, drawn)
