"""Writing moves: cases, journal, deadlines, due rows, tally and notices change together, for one case or thousands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from engine.access import SYSTEM, Capacity
from engine.acting import entry_of
from engine.chain import Link
from engine.core import Engine
from engine.duedays import AfterWorkdays, due_on
from engine.effects import REWORK, Effects
from engine.flow import Flow, Step
from engine.model import Case, Deadline, Entry, Notice
from engine.redating import Moved, run_clocks
from engine.schedule import refresh
from engine.standing import derive
from engine.store import cases, counts, deadlines, definitions, journal, notices
from engine.store.database import Work

NO_PROPOSAL: Final[Mapping[str, Any]] = MappingProxyType(
    {"proposed_step": None, "proposed_by": None, "proposed_at": None, "proposed_on": None, "returned_at": None}
)

GIVING_BACK: Final = ("send_back", "return")
"""Entries after which a case lies with its district again."""


@dataclass(frozen=True, slots=True)
class Move:
    """One case's change: the journal entry that tells it, the columns that change, and what follows from it."""

    case: Case
    flow: Flow
    entry: Entry
    columns: Mapping[str, Any] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)
    rework_workdays: int = 0
    letters: tuple[str, ...] = ()


def write(engine: Engine, work: Work, moves: Sequence[Move]) -> dict[int, Case]:
    """Write all moves and answer the cases as they stand afterwards, by id."""
    opened = _open_rework(engine, work, moves)
    told = [_told(move, opened.get(move.case.id, ())) for move in moves]
    hashes = journal.append(work, [(_next_link(move.case), move.entry) for move in told])
    after = {move.case.id: _after(work, move, own) for move, own in zip(told, hashes, strict=True)}
    after = derive(engine, work, after, _closing(told))
    for group in _by_columns(told):
        cases.move(work, [_row(move, after[move.case.id]) for move in group])
    deadlines.set_due(work, dict.fromkeys(_closing(told)))
    cases.count_moves(work, _tally(told, after))
    counts.count_proposals(work, _proposals(told, after))
    notices.post(work, [notice for move in told for notice in _notices(engine, work, move)])
    refresh(engine, work, [one.id for found in opened.values() for one in found])
    return after | _run_clocks(engine, work, told, after)


def tell_moved(engine: Engine, work: Work, held: Mapping[int, Case], moved: Moved, reason: str) -> dict[int, Case]:
    """One journal entry a case, naming every deadline that got another day; answers these cases afterwards."""
    by_case: dict[int, list[dict[str, Any]]] = {}
    for one, day in moved:
        told = {"deadline": one.id, "milestone": one.milestone, "from": _iso(one.due_on), "to": _iso(day)}
        by_case.setdefault(one.case_id, []).append(told)
    moves = [_recalculated(engine, work, held[key], days, reason) for key, days in by_case.items()]
    return write(engine, work, moves) if moves else {}


def _recalculated(engine: Engine, work: Work, case: Case, days: list[dict[str, Any]], reason: str) -> Move:
    data = {"what": "recalculated", "moved": days}
    acting = Capacity("system", None)
    entry = entry_of(case, SYSTEM, acting, kind="deadline", on=engine.today(work), data=data)
    return Move(case, definitions.flow_of(work, case.definition_id), replace(entry, reason=reason))


def _run_clocks(engine: Engine, work: Work, moves: Sequence[Move], after: Mapping[int, Case]) -> dict[int, Case]:
    """Days that count from a state run from now on, and the journal says which."""
    told: dict[int, Case] = {}
    for move in moves:
        if "state" in move.columns:
            case, reason = after[move.case.id], move.entry.step or move.entry.kind
            told |= tell_moved(
                engine, work, {case.id: case}, run_clocks(engine, work, move.flow, case, reason=reason), reason
            )
    return told


def _open_rework(engine: Engine, work: Work, moves: Sequence[Move]) -> dict[int, tuple[Deadline, ...]]:
    """Open the deadlines by which sent-back cases must be where they were; answers them by case."""
    sent_back = [move for move in moves if move.effects.rework_for is not None]
    if not sent_back:
        return {}
    ids = [move.case.id for move in sent_back]
    before = deadlines.of_cases(work, ids)
    # a round that was undone has left its number behind, so numbers are counted and not taken from the round
    numbers = {key: 1 + max((one.ordinal for one in before[key]), default=0) for key in ids}
    deadlines.add(work, [_rework_row(engine, work, move, numbers[move.case.id]) for move in sent_back])
    found = deadlines.of_cases(work, ids)
    return {key: tuple(one for one in found[key] if one.ordinal == numbers[key]) for key in ids}


def _rework_row(engine: Engine, work: Work, move: Move, ordinal: int) -> dict[str, Any]:
    days = max(move.rework_workdays, engine.terms(work, move.case.campaign).rework_workdays)
    day = due_on(AfterWorkdays(days), entered_on=engine.today(work), workdays=engine.workdays(work))
    return {
        "case_id": move.case.id,
        "milestone": f"{REWORK}{move.effects.rework_for}",
        "ordinal": ordinal,
        "campaign": move.case.campaign,
        "flow": move.case.flow,
        "district_id": move.case.district_id,
        "ladder": "default",
        "original_on": day,
        "due_on": day,
        "opened_at": work.now,
        "speaks_from": work.now,
        "generation": 1,
        "state": "open",
    }


def _told(move: Move, opened: tuple[Deadline, ...]) -> Move:
    """The move with its effects on deadlines told in the entry: a correction undoes them, an audit repeats them."""
    effects = {
        "met": [key for key, _ in move.effects.met],
        "cancelled": list(move.effects.cancelled),
        "opened": [one.id for one in opened],
        "rework_on": _iso(opened[0].due_on) if opened else None,
    }
    kept = {name: told for name, told in effects.items() if told}
    return replace(move, entry=replace(move.entry, data={**move.entry.data, **kept})) if kept else move


def _next_link(case: Case) -> Link:
    return Link(case.id, case.journal_seq + 1, case.journal_hash)


def _after(work: Work, move: Move, own_hash: str) -> Case:
    changed: dict[str, Any] = dict(move.columns)
    if "state" in changed:
        changed = {"entered_at": work.now, "entered_on": move.entry.effective_on, **changed}
    if move.entry.kind in GIVING_BACK:
        changed["returned_at"] = work.now
    return replace(
        move.case,
        **changed,
        version=move.case.version + 1,
        journal_seq=move.case.journal_seq + 1,
        journal_hash=own_hash,
    )


def _by_columns(moves: Sequence[Move]) -> list[list[Move]]:
    """Moves that change the same columns go into one statement."""
    groups: dict[tuple[str, ...], list[Move]] = {}
    for move in moves:
        groups.setdefault(tuple(sorted(move.columns)), []).append(move)
    return list(groups.values())


def _row(move: Move, after: Case) -> dict[str, Any]:
    names = {*move.columns, "version", "journal_seq", "journal_hash", "next_due_on", "next_milestone"}
    if "state" in move.columns:
        names |= {"entered_at", "entered_on"}
    return {"id": after.id, "was": move.case.version, **{name: getattr(after, name) for name in sorted(names)}}


def _closing(moves: Sequence[Move]) -> dict[int, dict[str, Any]]:
    """The columns of deadlines that are met or cancelled."""
    closing: dict[int, dict[str, Any]] = {}
    for move in moves:
        for key, verdict in move.effects.met:
            closing[key] = {"state": "met", "met_on": move.entry.effective_on, "verdict": verdict}
        closing |= {key: {"state": "cancelled"} for key in move.effects.cancelled}
    return closing


def _tally(moves: Sequence[Move], after: Mapping[int, Case]) -> Counter[cases.Place]:
    sums: Counter[cases.Place] = Counter()
    for move in moves:
        for case, n in ((move.case, -1), (after[move.case.id], 1)):
            if not case.claimed:
                sums[place_of(case)] += n
    return sums


def _proposals(moves: Sequence[Move], after: Mapping[int, Case]) -> Counter[counts.ProposalPlace]:
    sums: Counter[counts.ProposalPlace] = Counter()
    for move in moves:
        for case, n in ((move.case, -1), (after[move.case.id], 1)):
            if case.proposed_step is not None:
                sums[(case.campaign, case.flow, case.district_id, case.proposed_step)] += n
    return sums


def place_of(case: Case) -> cases.Place:
    """What the tally counts a case by."""
    return case.campaign, case.flow, case.district_id, case.state


def _notices(engine: Engine, work: Work, move: Move) -> list[Notice]:
    step: Step | None = move.flow.step_by_name.get(move.entry.step or "")
    facts = {"step": dict(step.label) if step else {}, "reason": move.entry.reason, "subject": move.case.subject_name}
    return [
        Notice(
            dedup_key=f"{letter}:{move.case.id}:{move.case.journal_seq + 1}",
            kind=letter,
            letter=letter,
            campaign=move.case.campaign,
            district_id=move.case.district_id,
            case_id=move.case.id,
            morning_on=engine.today(work),
            release_at=work.now,
            facts=facts,
        )
        for letter in move.letters
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
