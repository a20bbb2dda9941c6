"""When the cases of a district will have reached a milestone, at the pace seen so far: a band, drawn by lot, seeded.

A forecast plays the open cases forward many times, in turns by each view of the pace, each time with another factor of
the district, another pace of each state within what is known of it, and another luck of each case; the band is read off
the sorted outcomes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import erfc, log, sqrt
from random import Random
from typing import Final

from engine.pace import HORIZON, Pace, Sight

RUNS: Final = 400
LEAST: Final = 8
"""Stays that must have ended in each state on the way before anything is said."""

BAND: Final = (0.1, 0.5, 0.9)
LIKELY: Final = 0.5
"""From this share of late outcomes on, a milestone is called likely late."""

TOGETHER: Final = sqrt(0.4)
"""How much of their luck the cases of a district share: coordinators take steps for several enterprises at once."""
_ALONE: Final = sqrt(1 - TOGETHER**2)
_ROOT_HALF: Final = sqrt(0.5)
_TINY: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases that stand in a state since a number of working days."""

    state: str
    workdays: int
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the cases are going: the states that count as arrived, and those in which a case has left the campaign.

    `due_in` is how many working days are left to the due day of the milestone (negative once it has passed),
    `leave_in` the same for leaving each state.
    """

    arrived: Collection[str]
    left: Collection[str]
    due_in: int | None = None
    leave_in: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Working days from today until the last of the open cases has arrived; None lies beyond the horizon.

    `late` is the share of outcomes after the due day. `thin` names states of which too little has been seen; then
    nothing else is said.
    """

    cases: int
    early: int | None = None
    middle: int | None = None
    late_end: int | None = None
    late: float | None = None
    thin: tuple[str, ...] = ()

    @property
    def likely_late(self) -> bool:
        return self.late is not None and self.late >= LIKELY


def forecast(
    pace: Pace, district: int, standing: Sequence[Standing], goal: Goal, *, seed: str, runs: int = RUNS
) -> Forecast:
    """The band for the open cases of a district; the same seed gives the same band."""
    open_ones = [one for one in standing if one.state not in goal.arrived and one.state not in goal.left]
    cases = sum(one.cases for one in open_ones)
    if not cases:
        return Forecast(0, 0, 0, 0, 0.0)
    if thin := _thin(pace, open_ones, goal):
        return Forecast(cases, thin=thin)
    lot = Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
    ends = sorted(_play(pace, run, open_ones, goal, district=district, lot=lot) for run in range(runs))
    early, middle, late_end = (_within(ends[min(int(share * runs), runs - 1)]) for share in BAND)
    late = None if goal.due_in is None else sum(end > goal.due_in for end in ends) / runs
    return Forecast(cases, early, middle, late_end, late)


def _thin(pace: Pace, standing: Iterable[Standing], goal: Goal) -> tuple[str, ...]:
    """States on the way of which too few stays have ended."""
    todo, met = [one.state for one in standing], dict[str, None]()
    while todo:
        state = todo.pop()
        if state in met or state in goal.arrived or state in goal.left:
            continue
        met[state] = None
        todo += pace.exits[state].targets if state in pace.exits else ()
    return tuple(state for state in met if state not in pace.exits or pace.exits[state].ended < LEAST)


def _play(pace: Pace, run: int, standing: Iterable[Standing], goal: Goal, *, district: int, lot: Random) -> int:
    """The working day on which the last case arrives, this once."""
    sight = pace.sights[run % len(pace.sights)]
    seen, expected = sight.experience(district)
    own = lot.gammavariate(seen, 1 / expected)
    # the pace of each state is itself known only as well as the number of stays allows
    speeds = {
        state: own * lot.gammavariate(found.ended, 1 / found.ended)
        for state, found in pace.exits.items()
        if found.ended
    }
    together = {state: lot.gauss() for state in speeds}
    game = _Game(pace, sight, speeds, together, goal, lot)
    return max(game.arrival(one) for one in standing for _ in range(one.cases))


@dataclass(frozen=True, slots=True)
class _Game:
    """One way in which it may go."""

    pace: Pace
    sight: Sight
    speeds: Mapping[str, float]
    together: Mapping[str, float]
    goal: Goal
    lot: Random

    def arrival(self, one: Standing) -> int:
        """The working day on which a case arrives or leaves."""
        goal, lot = self.goal, self.lot
        state, waited, day = one.state, one.workdays, 0
        while state not in goal.arrived and state not in goal.left and day <= HORIZON:
            leave_in = goal.leave_in.get(state)
            course = self.sight.course(state, waited, None if leave_in is None else leave_in - day)
            day += course.end(self._luck(state) / self.speeds[state])
            exits = self.pace.exits[state]
            state, waited = lot.choices(exits.targets, cum_weights=exits.shares)[0], -1
        return day

    def _luck(self, state: str) -> float:
        """Exponential by itself, but cases of one district that leave the same state share a part of it."""
        normal = TOGETHER * self.together[state] + _ALONE * self.lot.gauss()
        return -log(max(erfc(normal * _ROOT_HALF) / 2, _TINY))


def _within(workdays: int) -> int | None:
    return workdays if workdays <= HORIZON else None
