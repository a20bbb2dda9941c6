"""Deeds on a page: what one may do, what follows from it, what it asks for; and the forms they come back as."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Protocol

from pydantic import Field

from console.once import Request
from console.web.attempt import NOTHING, Attempt, Form
from console.web.frames import Choice
from engine.access import Actor
from engine.flow import Label
from engine.words import Sentence

LONGEST: Final = 500
SHORTEST: Final = 4
"""Characters of a reason that says anything."""

Reason = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST)]


class Sent(Form):
    """What every form on a case carries: the version it was made for, and a key that makes a second click harmless."""

    version: int
    key: str = Field(min_length=1, max_length=64)

    def request(self, case_id: int, deed: str, more: Mapping[str, object] | None = None) -> Request:
        """What is asked for, as it is done once."""
        values = {**self.model_dump(exclude={"version", "key"}), **(more or {})}
        return Request(case_id=case_id, deed=deed, version=self.version, key=self.key, values=values)

    def own_key(self, actor: Actor, case_id: int, deed: str) -> str | None:
        """The key under which the engine keeps its answer to just this request."""
        return self.request(case_id, deed).own_key(actor)


class Said(Sent):
    """A step: perhaps with a reason, perhaps from an earlier day."""

    reason: str = Field(default="", max_length=LONGEST)
    on: date | None = None


class Reasoned(Sent):
    reason: Reason


class Looked(Sent):
    """An answer to the proposal that was looked at, and to no other."""

    step: str


class Returned(Looked):
    reason: Reason


class Dated(Reasoned):
    on: date


class Chosen(Reasoned):
    to: int


class Decided(Reasoned):
    verdict: str = Field(pattern="^(yes|no)$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A button of a deed that can be answered in more than one way."""

    value: str
    label: Sentence
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A deed as the page offers it; with `reasons` it may not be done now. `say` and `day` are "", "may" or "must"."""

    name: str
    action: str
    label: Label | Sentence
    consequence: Sentence | None = None
    reasons: tuple[Sentence, ...] = ()
    say: str = ""
    say_hint: Sentence | None = None
    day: str = ""
    day_label: Sentence | None = None
    day_hint: Sentence | None = None
    choices: tuple[Choice, ...] = ()
    choice_label: Sentence | None = None
    verdicts: tuple[Verdict, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    main: bool = False


class Offered(Protocol):
    """A deed as any page offers it."""

    @property
    def name(self) -> str: ...

    @property
    def reasons(self) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Tried:
    """Which form of a page was sent last, and what became of it; the page's other forms are as new."""

    name: str = ""
    attempt: Attempt = NOTHING

    def at(self, name: str) -> Attempt:
        return self.attempt if name == self.name else NOTHING

    def beside(self, offered: Iterable[Offered]) -> Attempt:
        """What was refused and belongs to no form that is still offered, as when somebody was faster."""
        return NOTHING if self.name in {one.name for one in offered if not one.reasons} else self.attempt
