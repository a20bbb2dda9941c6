"""When the cases of a district will have reached a milestone, at the pace seen so far: a band, drawn by lot, seeded.

A stay in a state ends with a chance that depends on how many working days it has lasted (the Nelson-Aalen estimate,
which also learns from stays that have not ended). A district goes through all states slower or faster than the whole by
one factor, drawn towards one as long as little of it has been seen (a gamma frailty). A forecast plays the open cases
forward many times, each time with another factor and another luck, and reads the band off the sorted outcomes.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, log
from random import Random
from typing import Final

RUNS: Final = 400
LEAST: Final = 8
"""Stays that must have ended in each state on the way before anything is said."""

HORIZON: Final = 500
"""Working days, some two years; what has not come by then is beyond what can be said."""

CAUTION: Final = 6.0
"""How many stays of its own outweigh the pace of the whole in a district's factor."""

BAND: Final = (0.1, 0.5, 0.9)
LIKELY: Final = 0.5
"""From this share of late outcomes on, a milestone is called likely late."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a case was in a state, in working days; `then` is the next state, None while it is still there."""

    state: str
    district: int
    workdays: int
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases that stand in a state since a number of working days."""

    state: str
    workdays: int
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the cases are going: the states that count as arrived, those in which a case has left the campaign,
    and how many working days are left to the due day (negative once it has passed)."""

    arrived: Collection[str]
    left: Collection[str]
    due_in: int | None = None


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


@dataclass(frozen=True, slots=True)
class _Leaving:
    """How a state is left: the summed chance by working day, its slope beyond the last one seen, and where to."""

    summed: Sequence[float]
    slope: float
    ended: int
    targets: Sequence[str]
    shares: Sequence[float]

    def upto(self, workday: int) -> float:
        """The summed chance of having left by the end of a working day of the stay; -1 is before the first."""
        if workday < 0:
            return 0.0
        last = len(self.summed) - 1
        return self.summed[min(workday, last)] + self.slope * max(workday - last, 0)

    def day(self, workday: int, luck: float) -> int:
        """The working day of the stay on which it ends, when it has outlasted `workday`."""
        wanted = self.upto(workday) + luck
        place = bisect_left(self.summed, wanted, lo=min(workday + 1, len(self.summed)))
        if place < len(self.summed):
            return place
        last = len(self.summed) - 1
        return max(workday + 1, last + ceil((wanted - self.summed[last]) / self.slope))


class Pace:
    """What the stays of a campaign say about its states and its districts."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        by_state: dict[str, list[Stay]] = defaultdict(list)
        for stay in stays:
            by_state[stay.state].append(stay)
        self._leaving = {state: _leaving(found) for state, found in by_state.items()}
        self._seen, self._expected = Counter[int](), defaultdict[int, float](float)
        for state, found in by_state.items():
            for stay in found:
                self._seen[stay.district] += stay.then is not None
                self._expected[stay.district] += self._leaving[state].upto(stay.workdays)

    def forecast(
        self, district: int, standing: Sequence[Standing], goal: Goal, *, seed: str, runs: int = RUNS
    ) -> Forecast:
        """The band for the open cases of a district; the same seed gives the same band."""
        open_ones = [one for one in standing if one.state not in goal.arrived and one.state not in goal.left]
        cases = sum(one.cases for one in open_ones)
        if not cases:
            return Forecast(0, 0, 0, 0, 0.0)
        if thin := self._thin(open_ones, goal):
            return Forecast(cases, thin=thin)
        lot = Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
        ends = sorted(self._play(district, open_ones, goal, lot) for _ in range(runs))
        early, middle, late_end = (_within(ends[min(int(share * runs), runs - 1)]) for share in BAND)
        late = None if goal.due_in is None else sum(end > goal.due_in for end in ends) / runs
        return Forecast(cases, early, middle, late_end, late)

    def factor(self, district: int) -> float:
        """How fast a district goes beside the whole: two is twice as fast."""
        return (CAUTION + self._seen[district]) / (CAUTION + self._expected[district])

    def _thin(self, standing: Iterable[Standing], goal: Goal) -> tuple[str, ...]:
        """States on the way of which too few stays have ended."""
        todo, met = [one.state for one in standing], dict[str, None]()
        while todo:
            state = todo.pop()
            if state in met or state in goal.arrived or state in goal.left:
                continue
            met[state] = None
            todo += self._leaving[state].targets if state in self._leaving else ()
        return tuple(state for state in met if state not in self._leaving or self._leaving[state].ended < LEAST)

    def _play(self, district: int, standing: Iterable[Standing], goal: Goal, lot: Random) -> int:
        """The working day on which the last case arrives, this once."""
        own = lot.gammavariate(CAUTION + self._seen[district], 1 / (CAUTION + self._expected[district]))
        # the pace of each state is itself known only as well as the number of stays allows
        pace = {
            state: own * lot.gammavariate(found.ended, 1 / found.ended)
            for state, found in self._leaving.items()
            if found.ended
        }
        return max(self._arrival(one, pace, goal, lot) for one in standing for _ in range(one.cases))

    def _arrival(self, one: Standing, pace: Mapping[str, float], goal: Goal, lot: Random) -> int:
        state, waited, day = one.state, one.workdays, 0
        while state not in goal.arrived and state not in goal.left and day <= HORIZON:
            leaving = self._leaving[state]
            # ln is that of a number above zero, for random() never gives one
            ends = leaving.day(waited, -log(1 - lot.random()) / pace[state])
            day += ends - max(waited, 0)
            state, waited = lot.choices(leaving.targets, cum_weights=leaving.shares)[0], -1
        return day


def _leaving(stays: Sequence[Stay]) -> _Leaving:
    ended = Counter(stay.workdays for stay in stays if stay.then is not None)
    gone = Counter(stay.workdays for stay in stays)
    present = len(stays)
    chances = []
    for workday in range(max(gone) + 1):
        left = ended[workday]
        # that all who were there left shows no certainty, so one more is thought of who stayed
        chances.append(-log(1 - left / (present + (left == present))))
        present -= gone[workday]
    summed = tuple(accumulate(chances))
    targets = Counter(stay.then for stay in stays if stay.then is not None)
    return _Leaving(
        summed=summed,
        slope=_slope(stays),
        ended=ended.total(),
        targets=tuple(targets),
        shares=tuple(accumulate(targets.values())),
    )


def _slope(stays: Sequence[Stay]) -> float:
    """The chance of leaving on a working day late in a stay: that of the longer half of them, drawn towards that of
    all as long as little of it has been seen."""
    half = sorted(stay.workdays for stay in stays)[len(stays) // 2]
    long_ones = [stay for stay in stays if stay.workdays >= half]
    ended, waited = _experience(stays, 0)
    ended_late, waited_late = _experience(long_ones, half)
    return (ended_late + 1) / (waited_late + waited / max(ended, 1))


def _experience(stays: Iterable[Stay], since: int) -> tuple[int, int]:
    """How many stays ended, and the working days all of them were at risk of ending from a working day on."""
    found = [(stay.then is not None, stay.workdays - since + 1) for stay in stays]
    return sum(ended for ended, _ in found), sum(days for _, days in found)


def _within(workdays: int) -> int | None:
    return workdays if workdays <= HORIZON else None
