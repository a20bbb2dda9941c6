"""How standard numbers that were typed into a form are read, number by number."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.benchmarking.standards import official, scan, sentence


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was read, and what is remarked about it; without a number only the remarks count."""

    number: str
    title: str
    remarks: tuple[str, ...]
    wrong: bool


Readings = Mapping[str, tuple[Number, ...]]
"""By the field in which they were typed."""


def readings(cells: Mapping[str, str], year: int) -> Readings:
    """Every number of each cell; a cell with nothing in it has none."""
    return {name: _read(cell, year) for name, cell in cells.items() if cell.strip()}


def _read(cell: str, year: int) -> tuple[Number, ...]:
    found = scan(cell, year=year)
    numbers = [
        Number(
            official(one.number) if one.number else one.token,
            one.title or "",
            tuple(sentence(code) for code in (*one.errors, *one.flags)),
            bool(one.errors),
        )
        for one in found.references
    ]
    return (*numbers, *(Number("", "", (sentence(code),), wrong=True) for code in found.errors))
