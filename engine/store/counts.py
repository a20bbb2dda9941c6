"""What is counted with each write: added to here, read by pages, counted afresh by an audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, select

from engine.store import organisations
from engine.store.database import Work
from engine.store.schema import cases, deadlines, due_tally, met_tally, proposal_tally
from engine.store.upserts import add_up

DuePlace = tuple[str, str, int, str, date]
"""Campaign, flow, district, milestone and day: what awaited deadlines are counted by."""

ProposalPlace = tuple[str, str, int, str]
"""Campaign, flow, district and step: what waiting proposals are counted by."""

MetPlace = tuple[str, str, str, int, date]
"""Campaign, flow, milestone, region and day: what met deadlines are counted by."""


Recount = dict[tuple[Any, ...], tuple[int, ...]]
"""Numbers by place."""


@dataclass(slots=True)
class MetSum:
    """How many were met, how many of them late, and the working days they took together."""

    n: int = 0
    late: int = 0
    workdays: int = 0

    def add(self, sign: int, *, late: bool, workdays: int) -> None:
        self.n += sign
        self.late += sign * late
        self.workdays += sign * workdays

    @property
    def numbers(self) -> tuple[int, int, int]:
        return self.n, self.late, self.workdays


def count_due(work: Work, sums: Mapping[DuePlace, int]) -> None:
    """Add to the count of awaited deadlines; zero sums are left out."""
    _add(work, due_tally, [(*place, n) for place, n in sorted(sums.items()) if n])


def count_proposals(work: Work, sums: Mapping[ProposalPlace, int]) -> None:
    """Add to the count of waiting proposals; zero sums are left out."""
    _add(work, proposal_tally, [(*place, n) for place, n in sorted(sums.items()) if n])


def count_met(work: Work, sums: Mapping[MetPlace, MetSum]) -> None:
    """Add to the count of met deadlines; zero sums are left out."""
    rows = [(*place, *found.numbers) for place, found in sorted(sums.items(), key=lambda pair: pair[0])]
    _add(work, met_tally, [row for row in rows if any(row[5:])])


def differences(work: Work) -> Iterator[tuple[str, tuple[Any, ...], tuple[int, ...], tuple[int, ...]]]:
    """Where a count is not what a recount finds: its table, the place, what is kept and what was counted."""
    recounts = {due_tally: _due(work), proposal_tally: _proposals(work), met_tally: _met(work)}
    for table, counted in recounts.items():
        kept = _kept(work, table)
        for place in sorted(kept.keys() | counted.keys()):
            none = (0,) * (len(table.columns) - len(place))
            if kept.get(place, none) != counted.get(place, none):
                yield table.name, place, kept.get(place, none), counted.get(place, none)


def _add(work: Work, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    summed = [column.name for column in table.columns if not column.primary_key]
    add_up(work, table, [dict(zip(names, row, strict=True)) for row in rows], *summed)


def _kept(work: Work, table: Table) -> Recount:
    keys = len(table.primary_key)
    found = {tuple(row[:keys]): tuple(row[keys:]) for row in work.connection.execute(select(table))}
    return {place: numbers for place, numbers in found.items() if any(numbers)}


def _due(work: Work) -> Recount:
    names = ("campaign", "flow", "district_id", "milestone", "awaited_on")
    return _recount(work, [deadlines.c[name] for name in names], func.count(), deadlines.c.awaited_on.is_not(None))


def _proposals(work: Work) -> Recount:
    names = ("campaign", "flow", "district_id", "proposed_step")
    return _recount(work, [cases.c[name] for name in names], func.count(), cases.c.proposed_step.is_not(None))


def _met(work: Work) -> Recount:
    """By district at first, then added up by region."""
    keys = [deadlines.c[name] for name in ("campaign", "flow", "milestone", "district_id", "met_on")]
    late = func.sum(case((deadlines.c.verdict == "late", 1), else_=0))
    numbers = (func.count(), late, func.sum(deadlines.c.took))
    found: Recount = {}
    for number in numbers:
        for place, (n,) in _recount(work, keys, number, deadlines.c.state == "met").items():
            found[place] = (*found.get(place, ()), n)
    regions = organisations.regions(work, {place[3] for place in found})
    sums: dict[tuple[Any, ...], MetSum] = {}
    for place, (n, lates, workdays) in found.items():
        summed = sums.setdefault((*place[:3], regions[place[3]], place[4]), MetSum())
        summed.n, summed.late, summed.workdays = summed.n + n, summed.late + lates, summed.workdays + workdays
    return {place: summed.numbers for place, summed in sums.items()}


def _recount(
    work: Work, keys: Sequence[ColumnElement[Any]], number: ColumnElement[Any], where: ColumnElement[bool]
) -> Recount:
    rows = work.connection.execute(select(*keys, number).where(where).group_by(*keys))
    return {tuple(row[:-1]): (int(row[-1] or 0),) for row in rows}
