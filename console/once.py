"""Doing something to a case once: seen, unchanged since it was looked at, and with no second effect when sent twice."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from engine import leaving
from engine.access import Actor
from engine.acting import check_version, seen
from engine.store import keys
from engine.store.database import Work
from engine.store.types import canonical
from workflows.benchmarking.enrolment import hold_claim

APART: Final[Mapping[str, Callable[[Work, Collection[int]], None]]] = {
    "reinstate": leaving.hold,
    "correct": leaving.hold,
    "replace": leaving.hold,
    "claim": hold_claim,
}
"""Deeds about who has a place, and what they hold before their case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks for: which deed on which case, as they saw it, with which values."""

    case_id: int
    deed: str
    version: int | None
    key: str | None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def touched(self) -> tuple[int, ...]:
        """The case, and the one that it is exchanged with."""
        other = self.values.get("to")
        return (self.case_id, other) if isinstance(other, int) else (self.case_id,)

    def own_key(self, actor: Actor) -> str | None:
        """A key of just this request: the same form with other words in it is another request."""
        if self.key is None:
            return None
        return sha256(canonical([self.key, self._told(actor)]).encode()).hexdigest()

    def _told(self, actor: Actor) -> list[object]:
        values = {name: str(value) for name, value in self.values.items()}
        return [self.deed, actor.person_id, self.case_id, self.version, values]


def hold(work: Work, deed: str, case_ids: Collection[int]) -> None:
    """Hold what a deed touches beside its case, in the one order that everybody keeps to."""
    if deed in APART:
        APART[deed](work, case_ids)


def once(work: Work, actor: Actor, request: Request, do: Callable[[], object]) -> None:
    """Do it, unless it was done under the same key; a case that changed meanwhile is refused."""
    hold(work, request.deed, request.touched)
    case = seen(work, actor, request.case_id)
    key = request.own_key(actor)
    if key is not None and keys.answer_of(work, key, request.deed) is not None:
        return
    check_version(work, case, request.version)
    do()
    if key is not None:
        keys.keep(work, key, request.deed, {"result": "done"})
