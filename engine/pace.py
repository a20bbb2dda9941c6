"""How fast cases go, seen in two ways: by how long a stay in a state has lasted, and by how near its due day is.

The first view is the Nelson-Aalen estimate of each state, which also learns from stays that have not ended. The second
looks at all states together and at nothing but the working days left: bureaus work towards due days, and what has not
been seen of a state's long stays can be told by how the due days before were kept. Which of the two holds is not
known, so a forecast asks both. A district has one factor beside the whole, drawn towards one as long as little of it
has been seen (a gamma frailty).
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, log
from typing import Final, Protocol

CAUTION: Final = 6.0
"""How many ended stays of its own outweigh the common pace in a district's factor."""

HORIZON: Final = 500
"""Working days, some two years; what has not come by then is beyond what can be said."""

_STRETCHES: Final = (-20, -10, -3, 0, 1, 3, 6, 11, 21)
"""Where a new stretch begins, in working days left to the due day; 0 is the day itself."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a case was in a state, in working days; `then` is the next state, None while it is still there.

    `due_in` is how many working days it had, on entering, until the day on which leaving the state is due.
    """

    state: str
    district: int
    workdays: int
    then: str | None = None
    due_in: int | None = None


@dataclass(frozen=True, slots=True)
class Exits:
    """How many stays in a state have ended, and where they led to; `shares` are summed."""

    ended: int
    targets: Sequence[str]
    shares: Sequence[int]


class View(Protocol):
    """A way to see the chance that a stay ends on a working day of it."""

    def chance(self, state: str, day: int, due_in: int | None) -> float: ...


@dataclass(frozen=True, slots=True)
class Course:
    """The summed chance of having left a state by the end of each working day to come, and its growth after that."""

    summed: Sequence[float]
    later: float

    def end(self, luck: float) -> int:
        """The working day ahead on which the stay ends, for a luck drawn from the exponential distribution."""
        place = bisect_left(self.summed, luck)
        if place < len(self.summed):
            return place
        return len(self.summed) - 1 + ceil((luck - self.summed[-1]) / self.later)


class Sight:
    """One view with what it says of each district."""

    def __init__(self, view: View, stays: Iterable[Stay]) -> None:
        self._view = view
        self._courses: dict[tuple[str, int, int | None], Course] = {}
        self._seen, self._expected = Counter[int](), defaultdict[int, float](float)
        for stay in stays:
            self._seen[stay.district] += stay.then is not None
            self._expected[stay.district] += self._summed(stay)[stay.workdays]

    def experience(self, district: int) -> tuple[float, float]:
        """Stays of a district that ended, and how many would have at the common pace; both with the caution added."""
        return CAUTION + self._seen[district], CAUTION + self._expected[district]

    def course(self, state: str, waited: int, due_in: int | None) -> Course:
        """The days ahead of a case that has been in a state for `waited` working days; -1 when it enters today."""
        key = (state, waited, due_in)
        if key not in self._courses:
            self._courses[key] = self._course(state, waited, due_in)
        return self._courses[key]

    def _course(self, state: str, waited: int, due_in: int | None) -> Course:
        entered = None if due_in is None else due_in + max(waited, 0)
        days = range(waited + 1, max(waited, 0) + HORIZON + 1)
        summed = accumulate(self._view.chance(state, day, entered) for day in days)
        whole = (0.0,) * (waited >= 0) + tuple(summed)
        return Course(whole, self._view.chance(state, days.stop, entered))

    def _summed(self, stay: Stay) -> Sequence[float]:
        """The summed chance over the days of a stay."""
        return self.course(stay.state, -1, stay.due_in).summed


class Pace:
    """What the stays of a campaign say about its states, its due days and its districts."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        seen = list(stays)
        by_state: dict[str, list[Stay]] = defaultdict(list)
        for stay in seen:
            by_state[stay.state].append(stay)
        self.exits = {state: _exits(found) for state, found in by_state.items()}
        by_length = ByLength(by_state)
        self.sights = [Sight(by_length, seen)]
        if any(stay.due_in is not None for stay in seen):
            self.sights.append(Sight(ByDueDay(by_state, by_length), seen))


class ByLength:
    """By state and length of stay."""

    def __init__(self, by_state: dict[str, list[Stay]]) -> None:
        self._chances = {state: _chances(found) for state, found in by_state.items()}
        self._later = {state: _later(found) for state, found in by_state.items()}

    def chance(self, state: str, day: int, due_in: int | None) -> float:  # noqa: ARG002 - the due day is another view
        known = self._chances[state]
        return known[day] if day < len(known) else self._later[state]


class ByDueDay:
    """By the working days left to the due day, all states together; a state without one goes by its length."""

    def __init__(self, by_state: dict[str, list[Stay]], otherwise: View) -> None:
        self._otherwise = otherwise
        ended, days = Counter[int](), Counter[int]()
        for stay in (one for found in by_state.values() for one in found if one.due_in is not None):
            days.update(_stretches(stay))
            ended[_stretch(stay.due_in or 0, stay.workdays)] += stay.then is not None
        common = max(ended.total(), 1) / max(days.total(), 1)
        # a stretch of which little has been seen is drawn towards the whole
        self._chances = [(ended[place] + 1) / (days[place] + 1 / common) for place in range(len(_STRETCHES) + 1)]

    def chance(self, state: str, day: int, due_in: int | None) -> float:
        if due_in is None:
            return self._otherwise.chance(state, day, None)
        return self._chances[_stretch(due_in, day)]


def _stretch(due_in: int, day: int) -> int:
    """The stretch before or after the due day in which a working day of a stay lies."""
    return bisect_right(_STRETCHES, due_in - day)


def _stretches(stay: Stay) -> Iterator[int]:
    return (_stretch(stay.due_in or 0, day) for day in range(stay.workdays + 1))


def _exits(stays: Sequence[Stay]) -> Exits:
    targets = Counter(stay.then for stay in stays if stay.then is not None)
    return Exits(targets.total(), tuple(targets), tuple(accumulate(targets.values())))


def _chances(stays: Sequence[Stay]) -> list[float]:
    """The chance of each working day of a stay, among those that have come so far."""
    ended = Counter(stay.workdays for stay in stays if stay.then is not None)
    gone = Counter(stay.workdays for stay in stays)
    present, chances = len(stays), []
    for day in range(max(gone) + 1):
        left = ended[day]
        # that all who were there left shows no certainty, so one more is thought of who stayed
        chances.append(-log(1 - left / (present + (left == present))))
        present -= gone[day]
    return chances


def _later(stays: Sequence[Stay]) -> float:
    """The chance on a day beyond all seen: that of the longer half, drawn towards that of all while that is little."""
    half = sorted(stay.workdays for stay in stays)[len(stays) // 2]
    ended, days = _ended_and_days(stays, 0)
    ended_late, days_late = _ended_and_days([stay for stay in stays if stay.workdays >= half], half)
    return (ended_late + 1) / (days_late + days / max(ended, 1))


def _ended_and_days(stays: Iterable[Stay], since: int) -> tuple[int, int]:
    found = [(stay.then is not None, stay.workdays - since + 1) for stay in stays]
    return sum(ended for ended, _ in found), sum(days for _, days in found)
