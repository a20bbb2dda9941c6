"""Doing something to a case once: seen, unchanged since it was looked at, and with no second effect when sent twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from engine.access import Actor
from engine.acting import check_version, seen
from engine.store import keys
from engine.store.database import Work
from engine.store.types import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks for: which deed on which case, as they saw it, with which values."""

    case_id: int
    deed: str
    version: int | None
    key: str | None
    values: Mapping[str, object] = field(default_factory=dict)

    def own_key(self, actor: Actor) -> str | None:
        """A key of just this request: the same form with other words in it is another request."""
        if self.key is None:
            return None
        return sha256(canonical([self.key, self._told(actor)]).encode()).hexdigest()

    def _told(self, actor: Actor) -> list[object]:
        values = {name: str(value) for name, value in self.values.items()}
        return [self.deed, actor.person_id, self.case_id, self.version, values]


def once(work: Work, actor: Actor, request: Request, do: Callable[[], object]) -> None:
    """Do it, unless it was done under the same key; a case that changed meanwhile is refused."""
    case = seen(work, actor, request.case_id)
    key = request.own_key(actor)
    if key is not None and keys.answer_of(work, key, request.deed) is not None:
        return
    check_version(work, case, request.version)
    do()
    if key is not None:
        keys.keep(work, key, request.deed, {"result": "done"})
