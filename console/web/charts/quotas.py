"""Bars of districts: how many reached the goal, how many take part, and a mark where the quota lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.web.charts.scales import Mark, Numbers

WIDTH: Final = 900
LABEL: Final = 92
FIGURES: Final = 150
STEP: Final = 26
HEIGHT: Final = 16
AXIS: Final = 22


@dataclass(frozen=True, slots=True)
class District:
    """A district's numbers, and the address of its rows."""

    name: str
    taking_part: int
    done: int
    quota: int
    href: str


@dataclass(frozen=True, slots=True)
class DistrictBar:
    """A district in its place; `mark` is where its quota lies, None when it has none."""

    district: District
    y: int
    taking_part: float
    done: float
    mark: float | None


@dataclass(frozen=True, slots=True)
class Quotas:
    width: int
    height: int
    left: int
    thickness: int
    ends: float
    drawn: tuple[DistrictBar, ...]
    axis: tuple[Mark, ...]


def quotas(rows: Sequence[District]) -> Quotas:
    """All on one scale, so that a large district looks large."""
    most = max((max(row.taking_part, row.quota) for row in rows), default=0)
    scale = Numbers.up_to(max(most, 1), LABEL, WIDTH - LABEL - FIGURES)
    drawn = tuple(
        DistrictBar(
            district=row,
            y=place * STEP,
            taking_part=round(scale.at(row.taking_part) - LABEL, 1),
            done=round(scale.at(row.done) - LABEL, 1),
            mark=scale.at(row.quota) if row.quota else None,
        )
        for place, row in enumerate(rows)
    )
    ends = len(rows) * STEP
    return Quotas(WIDTH, ends + AXIS, LABEL, HEIGHT, ends, drawn, scale.marks())
