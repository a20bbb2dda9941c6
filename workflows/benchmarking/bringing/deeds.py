"""What the rows of a list come to: new records, changed ones, the same, and those that are refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from engine.access import Actor
from engine.core import Engine
from engine.flow import Flow
from engine.model import Case
from engine.store.database import Work
from workflows.benchmarking.bringing.matching import Denial, Place
from workflows.benchmarking.recording.changes import Change, plain
from workflows.benchmarking.roster.forms import Form

Told = Mapping[str, object]
"""What a record says, by the fields of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A row as it would be recorded: the change that is journaled for these cases, and what is written under `key`.

    `was` and `now` tell the record before and after by the fields of the form; `was` is empty where there was none.
    """

    place: Place
    change: Change
    key: int
    record: Any
    was: Told
    now: Told
    cases: tuple[Case, ...] = ()
    changes: bool = True
    note: str = ""

    @property
    def fresh(self) -> bool:
        """Whether there was nothing before."""
        return not any(value not in (None, "", (), {}) for value in self.was.values())

    def as_json(self) -> dict[str, object]:
        """Where it stands and what it says; of a change only what differs."""
        answer: dict[str, object] = {"row": self.place.row.row, "case": self.place.case.id}
        answer["enterprise"] = self.place.case.subject_name
        if self.place.product is not None:
            answer["product"] = self.place.product.name
        differing = [name for name, value in self.now.items() if self.was.get(name) != value]
        answer["now"] = plain({name: self.now[name] for name in differing})
        if not self.fresh:
            answer["was"] = plain({name: self.was.get(name) for name in differing})
        return answer | ({"note": self.note} if self.note else {})


@dataclass(frozen=True, slots=True)
class Situation:
    """Where and by whom a list is brought in."""

    engine: Engine
    work: Work
    actor: Actor
    today: date
    flows: Mapping[int, Flow]
    reason: str | None = None


class Recorder(Protocol):
    """How one kind of list becomes records, set-wise: a kind is an object of such methods in the table of kinds."""

    @property
    def form(self) -> Form: ...

    @property
    def roles(self) -> Sequence[str]: ...

    @property
    def of_products(self) -> bool:
        """Whether a row is about a product, or about the enterprise."""

    def judge(self, situation: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        """What each row would record beside what is on record, or why it may not."""

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        """Write the rows of these deeds; their changes are in the journal."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list would change; `left` are its rows that were not taken, with the reasons."""

    new: tuple[Deed, ...] = ()
    changed: tuple[Deed, ...] = ()
    same: int = 0
    left: tuple[Mapping[str, object], ...] = field(default_factory=tuple)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Everything that is to be recorded, in the order of the list."""
        return tuple(sorted((*self.new, *self.changed), key=lambda one: one.place.number))

    def as_json(self) -> dict[str, object]:
        return {
            "new": [one.as_json() for one in self.new],
            "changed": [one.as_json() for one in self.changed],
            "unchanged": self.same,
            "left": [dict(one) for one in self.left],
        }
