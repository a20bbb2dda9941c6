"""The words a campaign is written in: states, steps, milestones and evidence of a flow, as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Label = Mapping[str, str]
"""A text by language key: "zh" always, "en" where given."""

StepKind = Literal["step", "send_back", "withdraw"]
DueKind = Literal["day", "yearly", "workdays", "none"]


@dataclass(frozen=True)
class State:
    name: str
    label: Label
    side: bool = False
    """Outside the line of progress, such as withdrawn; not counted by quotas and milestones."""


@dataclass(frozen=True)
class Slot:
    """A place for evidence that a step asks for; `each` = "part" asks it of every active part (product)."""

    name: str
    label: Label
    each: Literal["case", "part"] = "case"
    brought_by: str = ""


@dataclass(frozen=True)
class Step:
    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    kind: StepKind = "step"
    guards: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    """Roles of the level above, one of which must confirm (four-eyes); empty: nobody needs to."""
    reason: bool = False
    letters: tuple[str, ...] = ()
    rework: int | None = None
    """Workdays of the rework deadline that a send-back opens."""
    limit: int | None = None
    """Send-backs after which only the roles of `beyond` may send back once more."""
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    kind: DueKind
    days: tuple[tuple[int, int], ...] = ()
    """(month, day) pairs of a yearly rule."""
    after: str = ""
    """State whose entry starts a workdays rule."""
    workdays: int = 0


@dataclass(frozen=True)
class Milestone:
    name: str
    label: Label
    reached: str
    """The state that meets it; so does every later state of the line."""
    due: Due
    ladder: str = "default"


@dataclass(frozen=True)
class Flow:
    """A whole flow definition; equal texts compile to equal flows."""

    name: str
    version: int
    label: Label
    initial: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    milestones: tuple[Milestone, ...]
    slots: tuple[Slot, ...] = ()
    digest: str = ""
    """SHA-256 of the canonical form of the definition."""

    @cached_property
    def line(self) -> tuple[str, ...]:
        """Names of the states of progress, in order."""
        return tuple(state.name for state in self.states if not state.side)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Place of each state on the line; side states have -1."""
        return {state.name: -1 if state.side else self.line.index(state.name) for state in self.states}

    @cached_property
    def step_by_name(self) -> Mapping[str, Step]:
        return {step.name: step for step in self.steps}

    @cached_property
    def state_by_name(self) -> Mapping[str, State]:
        return {state.name: state for state in self.states}

    @cached_property
    def milestone_by_name(self) -> Mapping[str, Milestone]:
        return {milestone.name: milestone for milestone in self.milestones}

    @cached_property
    def slot_by_name(self) -> Mapping[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @cached_property
    def withdrawn(self) -> str | None:
        """The state a withdrawal leads to, if the flow has one."""
        return next((step.target for step in self.steps if step.kind == "withdraw"), None)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if state in step.sources)

    def has_reached(self, state: str, milestone: Milestone) -> bool:
        return self.rank[state] >= self.rank[milestone.reached] >= 0
