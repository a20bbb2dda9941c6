"""Cases as they are found by words: their subjects, and what their kind knows besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from engine.core import Engine
from engine.model import Case
from engine.store import organisations, search
from engine.store.database import Work
from engine.store.search import Entry


@dataclass(frozen=True, slots=True)
class Words:
    """What a case is found by besides its subject; `detail` is shown beside it."""

    detail: str = ""
    words: tuple[str, ...] = ()


@runtime_checkable
class Findable(Protocol):
    """A kind whose cases are found by more than their subject."""

    def words(self, work: Work, cases: Sequence[Case]) -> Mapping[int, Words]:
        """By case, loaded set-based for all cases at once."""


def enter_cases(engine: Engine, work: Work, opened: Sequence[Case]) -> None:
    """Let these cases be found by what they are called now."""
    paths = organisations.paths(work, {case.district_id for case in opened})
    known = _known(engine, work, opened)
    search.enter(work, [_entry(case, paths[case.district_id], known.get(case.id, Words())) for case in opened])


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
