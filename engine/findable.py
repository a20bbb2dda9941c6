"""Cases as they are found: by their subjects, by words that their kind knows, and by what it sorts them under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from engine.core import Engine
from engine.model import Case
from engine.store import cases, organisations, search
from engine.store.database import Work
from engine.store.search import Entry


@dataclass(frozen=True, slots=True)
class Words:
    """What a case is found by besides its subject; `detail` is shown beside it, `topic` is what it is sorted under."""

    detail: str = ""
    words: tuple[str, ...] = ()
    topic: str | None = None


@runtime_checkable
class Findable(Protocol):
    """A kind whose cases are found by more than their subject."""

    def words(self, work: Work, cases: Sequence[Case]) -> Mapping[int, Words]:
        """By case, loaded set-based for all cases at once."""


def enter_cases(engine: Engine, work: Work, opened: Sequence[Case]) -> list[Case]:
    """Let these cases be found by what they are called, and sorted under, now; answers them as they stand then."""
    paths = organisations.paths(work, {case.district_id for case in opened})
    found = _known(engine, work, opened)
    known = {case.id: found.get(case.id, Words()) for case in opened}
    search.enter(work, [_entry(case, paths[case.district_id], known[case.id]) for case in opened])
    cases.put_topics(work, {case.id: known[case.id].topic for case in opened if known[case.id].topic != case.topic})
    return [replace(case, topic=known[case.id].topic) for case in opened]


def _known(engine: Engine, work: Work, opened: Sequence[Case]) -> dict[int, Words]:
    found: dict[int, Words] = {}
    for campaign in {case.campaign for case in opened}:
        kind = engine.kind_of(work, campaign)
        if isinstance(kind, Findable):
            found |= kind.words(work, [case for case in opened if case.campaign == campaign])
    return found


def _entry(case: Case, path: str, known: Words) -> Entry:
    return Entry(
        kind="case",
        ref_id=case.id,
        path=path,
        title=case.subject_name,
        detail=known.detail,
        words=known.words,
        campaign=case.campaign,
        flow=case.flow,
    )
