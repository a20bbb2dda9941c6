"""Annex 2 as a spreadsheet in the plan's layout, with rows filled in."""

from collections.abc import Sequence
from datetime import date

from engine.briefing import Paper
from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.template import MEDIA_TYPE, Sender, template


def annex_2(*, year: int, city: str, unit: str, reported_on: date, rows: Sequence[Sequence[str]]) -> Paper:
    """The list of a reporting unit; each row has the six columns behind the number."""
    sender = Sender(city=city, year=year, unit=unit, reported_on=reported_on)
    numbered: list[tuple[Scalar, ...]] = [(number, *row) for number, row in enumerate(rows, start=1)]
    return Paper(f"附件2-{unit}.xlsx", MEDIA_TYPE, template(ANNEX_2, sender, on=reported_on, rows=numbered))
