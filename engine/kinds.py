"""What the engine asks of a campaign kind: guards, facts and the standing of a district; implemented in workflows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from engine.flow import Flow
from engine.model import Case, Recorded
from engine.words import Sentence

if TYPE_CHECKING:
    from engine.store.database import Work
    from engine.terms import Terms
    from engine.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not possible: a stable code, a sentence with the remedy, and the part (product) it concerns."""

    code: str
    sentence: Sentence
    part: str = ""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "sentence": str(self.sentence), "part": self.part}


class Facts(Protocol):
    """What is on record for one case when a step is decided; values only, nothing is loaded lazily."""

    def missing(self, slot: str) -> Sequence[str]:
        """Names of the active parts that lack the evidence of `slot`; ("",) when the case itself lacks it."""

    def digest(self) -> Mapping[str, object]:
        """What goes into the journal as the evidence that a step rested on (numbers, hashes, dates)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a guard may look at. `on` is the day from which the step is to count, `today` the day of the command."""

    case: Case
    facts: Facts
    today: date
    on: date


Guard = Callable[[Situation], Reason | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a district stands with one milestone at a moment; the figures of mails, screens and papers.

    Counts are enterprises (or cases, where the flow has one a district); `done` have reached the milestone,
    `open_names` are those that have not, in the order of the list, `target` is the quota.
    """

    target: int
    done: int
    open_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A record that is not what the journal said of it last; of no one case where it belongs to several."""

    case_id: int | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Obligation:
    """A case that every district of a campaign has by itself from a day on: its list, a half-yearly report."""

    flow: str
    subject_key: str
    subject_name: str
    opens_on: date
    letter: str | None = None
    """The letter that tells the district that it has begun, if any."""


class Kind(Protocol):
    """A kind of campaign: its flows, what they may ask, and where its facts come from."""

    name: str
    flows: Mapping[str, Flow]
    guards: Mapping[str, Guard]
    slots: Collection[str]

    def facts(self, work: "Work", cases: Sequence[Case]) -> Mapping[int, Facts]:
        """Facts by case id, loaded set-based for all cases at once."""

    def obligations(self, terms: "Terms", today: date, workdays: "Workdays") -> Sequence[Obligation]:
        """What every district owes that has opened by `today`."""

    def parts_of(self, work: "Work", case_id: int) -> Sequence[str]:
        """Names of the active parts (products) of a case, in order."""

    def subject_keys(self, work: "Work", case: Case) -> Collection[str]:
        """All keys under which cases may stand that have the same subject as this one; its own is among them."""

    def contradictions(self, work: "Work", entries: Iterable[Recorded]) -> Iterator[Contradiction]:
        """Records that somebody changed unseen: they differ from what the entries about them said last.

        `entries` are those of opening and recording of all cases of the kind, in the order of recording.
        """
