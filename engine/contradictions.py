"""Rows that say something else than the journal: every case and its deadlines against what its entries come to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any, Final

from engine.broken import Broken
from engine.core import Engine
from engine.effects import REWORK
from engine.flow import Flow
from engine.model import Case, Deadline, Recorded
from engine.replay import Story, replay
from engine.schedule import DEFAULT
from engine.store import campaigns, cases, deadlines, definitions, invariants
from engine.store.database import Work
from engine.words import Sentence, tr

CHUNK: Final = 500
CASE_WORDS: Final[Mapping[str, Sentence]] = {
    "state": tr("the state"),
    "district_id": tr("the district"),
    "campaign": tr("the campaign"),
    "flow": tr("the flow"),
    "definition_id": tr("the definition"),
    "subject_key": tr("the subject's key"),
    "subject_name": tr("the subject's name"),
    "version": tr("the version"),
    "claimed": tr("whether it is claimed"),
    "round": tr("the round"),
    "opened_on": tr("the day of opening"),
    "entered_at": tr("the moment of entering the state"),
    "entered_on": tr("the day of entering the state"),
    "resume_state": tr("the state it left"),
    "replaces_id": tr("whose place it took"),
    "replaced_by_id": tr("who took its place"),
    "proposed_step": tr("the proposed step"),
    "proposed_by": tr("who proposed it"),
    "proposed_at": tr("the moment of the proposal"),
    "proposed_on": tr("the day of the proposal"),
}
DEADLINE_WORDS: Final[Mapping[str, Sentence]] = {
    "milestone": tr("the milestone"),
    "ordinal": tr("the round"),
    "campaign": tr("the campaign"),
    "flow": tr("the flow"),
    "district_id": tr("the district"),
    "ladder": tr("the ladder"),
    "original_on": tr("the original day"),
    "due_on": tr("the due day"),
    "opened_at": tr("the moment of opening"),
    "speaks_from": tr("the moment it speaks from"),
    "generation": tr("the generation"),
    "state": tr("the state"),
    "met_on": tr("the day it was met"),
    "verdict": tr("the verdict"),
    "paused_on": tr("the day of pausing"),
    "promised_on": tr("the promised day"),
}


def contradicted(_: Engine, work: Work) -> Iterator[Broken]:
    """I1 and I3: each case, its deadlines and their ledger are what the entries of its journal come to."""
    histories = ((key, list(rows)) for key, rows in groupby(invariants.histories(work), lambda one: one.case_id))
    while chunk := dict(islice(histories, CHUNK)):
        yield from _compare(work, chunk)


def _compare(work: Work, chunk: Mapping[int, Sequence[Recorded]]) -> Iterator[Broken]:
    held = cases.lock(work, list(chunk))
    standing = deadlines.of_cases(work, list(chunk))
    rows = deadlines.changes_of(work, [one.id for found in standing.values() for one in found])
    ledgers: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        told = (row.kind, row.from_on, row.to_on, row.person_id, row.reason, row.status, row.decided_by)
        ledgers.setdefault(row.deadline_id, []).append(told)
    for case_id, history in chunk.items():
        case, own = held.get(case_id), standing[case_id]
        if case is None:
            yield Broken("I12", tr("Case {case} has a journal, but is not there any more.", case=case_id))
            continue
        if history[0].kind != "open":
            continue  # its beginning was cut off, which the chain tells
        story = replay(history, {one.milestone: one.id for one in own if one.ordinal == 0})
        yield from _case(case, story)
        yield from _deadlines(work, case, own, story)
        yield from _ledgers(own, story, ledgers)


def _case(case: Case, story: Story) -> Iterator[Broken]:
    for name, word in CASE_WORDS.items():
        kept, told = getattr(case, name), story.columns[name]
        if kept != told:
            yield Broken(
                "I1",
                tr(
                    "Case {case}: {what} is “{kept}”, but its journal says “{told}”.",
                    case=case.id,
                    what=word,
                    kept=_said(kept),
                    told=_said(told),
                ),
            )


def _deadlines(work: Work, case: Case, own: Sequence[Deadline], story: Story) -> Iterator[Broken]:
    for one in own:
        told = story.deadlines.get(one.id)
        if told is None:
            yield Broken("I3", tr("Deadline {deadline}: the journal of its case does not know it.", deadline=one.id))
            continue
        wanted = {**told, "ladder": _ladder(work, case, one)}
        for name, word in DEADLINE_WORDS.items():
            if getattr(one, name) != wanted[name] and wanted[name] is not _UNKNOWN:
                yield _otherwise(one, word, getattr(one, name), wanted[name])
    for number in sorted(story.deadlines.keys() - {one.id for one in own}):
        sentence = tr("Deadline {deadline} of case {case} is not there any more.", deadline=number, case=case.id)
        yield Broken("I12", sentence)


def _otherwise(one: Deadline, word: Sentence, kept: object, told: object) -> Broken:
    sentence = tr(
        "Deadline {deadline} ({milestone} of case {case}): {what} is “{kept}”, but the journal says “{told}”.",
        deadline=one.id,
        milestone=one.milestone,
        case=one.case_id,
        what=word,
        kept=_said(kept),
        told=_said(told),
    )
    return Broken("I3", sentence)


_UNKNOWN: Final = object()
"""What cannot be said of a deadline whose definition or milestone there is not."""


def _ladder(work: Work, case: Case, one: Deadline) -> object:
    if one.milestone.startswith(REWORK):
        return DEFAULT
    flow = _flow(work, case.definition_id)
    milestone = flow.milestone_by_name.get(one.milestone) if flow else None
    return milestone.ladder if milestone else _UNKNOWN


def _flow(work: Work, definition_id: int) -> Flow | None:
    return definitions.flow_of(work, definition_id) if definition_id in _stored(work) else None


def _stored(work: Work) -> frozenset[int]:
    if "definitions" not in work.memo:
        work.memo["definitions"] = definitions.ids(work)
    found: frozenset[int] = work.memo["definitions"]
    return found


def _ledgers(
    own: Sequence[Deadline], story: Story, ledgers: Mapping[int, Sequence[tuple[Any, ...]]]
) -> Iterator[Broken]:
    told: dict[int, list[tuple[Any, ...]]] = {}
    for number, *row in story.ledger:
        told.setdefault(number, []).append(tuple(row))
    for one in own:
        if sorted(ledgers.get(one.id, ()), key=repr) != sorted(told.get(one.id, ()), key=repr):
            sentence = tr(
                "Deadline {deadline} ({milestone} of case {case}): its ledger is not what the journal says.",
                deadline=one.id,
                milestone=one.milestone,
                case=one.case_id,
            )
            yield Broken("I3", sentence)


def misrecorded(engine: Engine, work: Work) -> Iterator[Broken]:
    """I1: what a campaign's kind keeps about its cases is what the journal said of it last."""
    kinds = {one.key: engine.kinds.get(one.kind) for one in campaigns.every(work)}
    for name in sorted({kind.name for kind in kinds.values() if kind}):
        own = {key for key, kind in kinds.items() if kind and kind.name == name}
        entries = (one for one in invariants.recordings(work, ("open", "record")) if one.campaign in own)
        for found in engine.kinds[name].contradictions(work, entries):
            sentence = tr("Case {case}: {what}", case=found.case_id, what=found.sentence) if found.case_id else None
            yield Broken("I1", sentence or found.sentence)


def _said(value: object) -> object:
    if isinstance(value, date):
        return value
    return "–" if value is None else str(value)
