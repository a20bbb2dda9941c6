"""What stood at a past moment: the tally and the open deadlines of now, rolled back by what was journaled since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.effects import covered
from engine.flow import Flow
from engine.model import Deadline
from engine.store import cases, definitions, figures
from engine.store.database import Work
from engine.store.figures import Found

Due = tuple[int, str, str, date]
"""District, flow, milestone and day: what open deadlines are counted by."""


def counts_at(work: Work, campaign: str, flow: str, moment: datetime) -> Counter[tuple[int, str]]:
    """Unclaimed cases by district and state as they stood at the moment."""
    counted = Counter(cases.counts(work, campaign, flow))
    for row in figures.moves_since(work, campaign, flow, moment):
        if not row.claimed:
            counted[(row.district_id, row.state)] -= row.n
        if row.source is not None and not row.claimed and not row.decided:
            counted[(row.district_id, row.source)] += row.n
    return +counted


@dataclass(frozen=True, slots=True)
class Standing:
    """Deadlines that districts had open, by the day they had then; those met only afterwards; the days moved since.

    `proposed` are the cases that waited for the level above, by number: district, flow and step; `answered_since` the
    requests for an extension that were answered only afterwards; `closed_since` what was met, cancelled or waived then.
    """

    open: Mapping[Due, int]
    met_since: frozenset[int]
    moved: Mapping[int, date | None]
    proposed: Mapping[int, tuple[int, str, str]]
    answered_since: frozenset[int]
    closed_since: frozenset[int]


def standing_at(work: Work, campaign: str, moment: datetime) -> Standing:
    """How the deadlines of a campaign stood at the moment: what is counted now, less what has happened since.

    Not counted as open are those that waited for somebody else: claimed cases, paused deadlines, waiting proposals.
    """
    counted: Counter[Due] = Counter(
        {(row.district_id, row.flow, row.milestone, row.due_on): row.n for row in figures.awaited(work, campaign)}
    )
    since = _happened_since(work, campaign, moment)
    rows = figures.examined(work, campaign, moment)
    counted.subtract(_place(row, row.awaited_on) for row in rows if row.awaited_on is not None)
    for one in _examined_at(work, rows, since, moment):
        if one.due_on is not None:
            counted[_place(one, one.due_on)] += 1
    met, closed = _closed(since)
    proposed = figures.proposed_at(work, campaign, moment, since.proposals)
    return Standing(+counted, met, since.days, proposed, since.answered, closed)


def _closed(since: "_Since") -> tuple[frozenset[int], frozenset[int]]:
    """Deadlines met since the moment, and all that were closed."""
    told = [entry.data for entries in since.entries.values() for entry in entries]
    met = frozenset(key for data in told for key in data.get("met", ()))
    cancelled = frozenset(key for data in told for key in data.get("cancelled", ()))
    return met, met | cancelled | {data["deadline"] for data in told if data.get("what") == "waive"}


@dataclass(frozen=True, slots=True)
class _Since:
    """What has happened to examined cases since the moment."""

    entries: Mapping[int, Sequence[Found]]
    undone: Mapping[tuple[int, int], Any]
    proposals: Mapping[int, str | None]
    days: Mapping[int, date | None]
    answered: frozenset[int]


def _place(one: Deadline | Found, day: date) -> Due:
    return one.district_id, one.flow, one.milestone, day


def _examined_at(work: Work, rows: Sequence[Found], since: _Since, moment: datetime) -> list[Deadline]:
    """Deadlines of touched cases, as they stood, where the district had to act."""
    flows = {key: definitions.flow_of(work, key) for key in {row.definition_id for row in rows}}
    found = []
    for row in rows:
        deadline = _then(row, since) if row.opened_at < moment else None
        step = since.proposals.get(row.case_id)
        if deadline is not None and not (step and _covers(flows[row.definition_id], step, deadline)):
            found.append(deadline)
    return found


def _happened_since(work: Work, campaign: str, moment: datetime) -> _Since:
    entries: dict[int, list[Found]] = {}
    for entry in figures.entries_since(work, campaign, moment):
        entries.setdefault(entry.case_id, []).append(entry)
    told = [entry for of_case in entries.values() for entry in of_case]
    undoing = {(entry.case_id, entry.data["undoes"]) for entry in told if "undoes" in entry.data}
    answered = frozenset(
        entry.data["asked"] for entry in told if "asked" in entry.data and entry.data.get("what") != "ask"
    )
    return _Since(
        entries,
        figures.effects_of(work, undoing),
        figures.proposals_at(work, campaign, moment),
        figures.days_moved(work, campaign, moment, answered),
        answered,
    )


def _then(row: Found, since: _Since) -> Deadline | None:
    """The deadline as it stood, when it was open, running and nobody else's claim; otherwise None."""
    one = Deadline(**{name: row._mapping[name] for name in Deadline.__slots__})  # noqa: SLF001
    is_open, paused, claimed = one.state == "open", one.paused_on is not None, row.claimed
    for entry in reversed(since.entries.get(one.case_id, ())):
        is_open = _was_open(one, entry, since, is_open=is_open)
        if entry.kind == "deadline" and entry.data.get("deadline") == one.id:
            paused = {"pause": False, "resume": True}.get(entry.data["what"], paused)
        claimed = claimed or entry.data.get("what") == "claim_decided"
    if not is_open or paused or claimed:
        return None
    return replace(one, due_on=since.days.get(one.id, one.due_on))


def _was_open(one: Deadline, entry: Found, since: _Since, *, is_open: bool) -> bool:
    """Whether the deadline was open before this entry, given whether it was after it."""
    if one.id in (*entry.data.get("met", ()), *entry.data.get("cancelled", ())):
        return True
    if "undoes" in entry.data:
        undone = since.undone.get((entry.case_id, entry.data["undoes"]), {})
        if one.id in (*undone.get("met", ()), *undone.get("cancelled", ())):
            return False
    if entry.data.get("deadline") == one.id and entry.data.get("what") == "waive":
        return True
    return is_open


def _covers(flow: Flow, step: str, deadline: Deadline) -> bool:
    """Whether the step that was proposed would meet this deadline."""
    return bool(covered(flow, flow.step_by_name[step].target, [deadline]))
