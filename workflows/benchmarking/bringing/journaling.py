"""Journaling the changes of a whole list: in rounds, each of which takes at most one change of every case."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from engine.access import Capacity
from engine.acting import entry_of
from engine.model import Case
from engine.moves import Move, write
from workflows.benchmarking.bringing.deeds import Deed, Situation
from workflows.benchmarking.recording.changes import Change, plain
from workflows.benchmarking.records.sets import chunks

BATCH: Final = 1_000
"""Cases written in one go."""


def journal(situation: Situation, deeds: Sequence[Deed], acting: Capacity, *, import_id: int) -> dict[int, Case]:
    """Tell every change in the journal of each case it is about, as a single recording would; the cases afterwards."""
    waiting: dict[int, deque[Change]] = {}
    standing: dict[int, Case] = {}
    for deed in deeds:
        for case in deed.cases:
            standing[case.id] = case
            waiting.setdefault(case.id, deque()).append(deed.change)
    while waiting:
        moves = [
            _move(situation, standing[key], changes.popleft(), acting, import_id) for key, changes in waiting.items()
        ]
        for some in chunks(moves, BATCH):
            standing |= write(situation.engine, situation.work, some)
        waiting = {key: changes for key, changes in waiting.items() if changes}
    return standing


def _move(situation: Situation, case: Case, change: Change, acting: Capacity, import_id: int) -> Move:
    told: Mapping[str, Any] = {"what": change.what, "before": plain(change.before), "after": plain(change.after)}
    more = {"product": change.product} if change.product else {}
    data = {**told, **more, "import": import_id}
    entry = entry_of(case, situation.actor, acting, kind="record", on=situation.today, data=data)
    return Move(case, situation.flows[case.definition_id], replace(entry, reason=situation.reason))
