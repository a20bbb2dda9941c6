"""What follows from a case and its deadlines: which the district is awaited for, which were met, and their counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from engine.core import Engine
from engine.duedays import Verdict, verdict
from engine.model import Case, Deadline
from engine.schedule import speaking_of
from engine.store import cases, counts, deadlines, organisations
from engine.store.counts import MetSum
from engine.store.database import Work

NOTHING: Final[Mapping[int, Mapping[str, Any]]] = MappingProxyType({})
WRITTEN: Final = ("state", "met_on", "verdict", "awaited_on", "achieved_on", "took")
"""Columns of deadlines that are written here."""


def derive(
    engine: Engine, work: Work, held: Mapping[int, Case], closing: Mapping[int, Mapping[str, Any]] = NOTHING
) -> dict[int, Case]:
    """Write deadlines that close, with what is kept beside all deadlines of these cases, and count what has changed.

    Everything is derived from the rows, and what was counted before is known by the rows themselves: however often it
    is called, and whatever has changed, the counts stay those of a recount. Answers the cases with the first day that
    their districts are awaited for; who moves them writes it.
    """
    standing = deadlines.of_cases(work, held)
    before = [one for key in held for one in standing.get(key, ())]
    closed = [replace(one, **closing[one.id]) if one.id in closing else one for one in before]
    after = {one.id: one for one in stood(engine, work, closed, held)}
    changed = [(one, after[one.id]) for one in before if after[one.id] != one]
    deadlines.change(work, [_columns(new) for _, new in changed])
    counts.count_due(work, _due(changed))
    counts.count_met(work, _met(work, changed))
    return {key: _with_next(case, [after[one.id] for one in standing.get(key, ())]) for key, case in held.items()}


def settle(engine: Engine, work: Work, held: Mapping[int, Case]) -> dict[int, Case]:
    """The same for cases that nothing else is written of."""
    after = derive(engine, work, held)
    cases.put_next(work, [case for key, case in after.items() if case != held[key]])
    return after


def stood(engine: Engine, work: Work, found: Sequence[Deadline], held: Mapping[int, Case]) -> Iterator[Deadline]:
    """The deadlines with what is kept beside them as it must be."""
    speaking = speaking_of(work, found, held)
    for one in found:
        achieved_on = one.met_on if one.state == "met" else None
        took = one.took if achieved_on == one.achieved_on else None
        if took is None and achieved_on is not None:
            took = max(0, engine.workdays(work).between(held[one.case_id].opened_on, achieved_on))
        awaited_on = one.due_on if one.id in speaking else None
        yield replace(one, awaited_on=awaited_on, achieved_on=achieved_on, took=took)


def first_awaited(found: Sequence[Deadline]) -> Deadline | None:
    """The deadline with the first day that a district is awaited for."""
    dated = [(one.awaited_on, one.id, one) for one in found if one.awaited_on is not None]
    return min(dated)[2] if dated else None


def _with_next(case: Case, standing: Sequence[Deadline]) -> Case:
    first = first_awaited(standing)
    day, milestone = (first.awaited_on, first.milestone) if first else (None, None)
    return replace(case, next_due_on=day, next_milestone=milestone)


def _columns(one: Deadline) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", *WRITTEN)}


def _due(changed: Sequence[tuple[Deadline, Deadline]]) -> Counter[counts.DuePlace]:
    sums: Counter[counts.DuePlace] = Counter()
    for pair in changed:
        for one, n in zip(pair, (-1, 1), strict=True):
            if one.awaited_on is not None:
                sums[(one.campaign, one.flow, one.district_id, one.milestone, one.awaited_on)] += n
    return sums


def _met(work: Work, changed: Sequence[tuple[Deadline, Deadline]]) -> dict[counts.MetPlace, MetSum]:
    counted = [(one, n) for pair in changed for one, n in zip(pair, (-1, 1), strict=True) if one.achieved_on]
    regions = organisations.regions(work, {one.district_id for one, _ in counted})
    sums: dict[counts.MetPlace, MetSum] = {}
    for one, n in counted:
        if one.achieved_on is None:
            continue
        place = (one.campaign, one.flow, one.milestone, regions[one.district_id], one.achieved_on)
        late = verdict(one.due_on, one.achieved_on) is Verdict.LATE
        sums.setdefault(place, MetSum()).add(n, late=late, workdays=one.took or 0)
    return sums
