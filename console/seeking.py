"""How the register finds its cases: what is asked for, the order, and the statements that answer it by an index."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from console.finding import find_district
from console.paging import CAP, PAGE, Count, cursor, place_of
from engine.access import Actor, scopes
from engine.core import Engine
from engine.duedays import last_soon
from engine.errors import NotFound
from engine.grams import terms_of
from engine.store import areas, awaited, definitions, officially, search, sought
from engine.store.areas import Area
from engine.store.awaited import Awaiting
from engine.store.database import Work
from engine.store.search import Question
from engine.store.sought import Sought
from engine.words import tr
from workflows.benchmarking.details import read_division

Asked = Sequence[Sought]
"""What is sought, flow by flow."""

Place = tuple[Any, ...]
Places = list[tuple[Place, int]]
"""Cases by number, each with its place in the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases: None, empty and False leave a thing open. `name` is part of a name or a credit code.

    `milestone` keeps those whose district is awaited for it, up to `due_until`, in the order of its days; without one,
    `due_until` is about the first day that the district is awaited for. `light` is red, yellow or green, `industry` a
    division of GB/T 4754 by code or name, or a dash for none.
    """

    campaign: str
    flow: str | None = None
    district: str | None = None
    states: Collection[str] = ()
    name: str | None = None
    overdue: bool = False
    light: str | None = None
    industry: str | None = None
    proposed: bool = False
    claimed: bool = False
    milestone: str | None = None
    due_until: date | None = None
    sort: str = "number"
    after: str | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class _Order:
    """What a place in the order is made of, and how cases are read in it."""

    parts: tuple[type, ...]
    read: Callable[[Work, Asked, Place | None, int], Places]


def _numbers(work: Work, asked: Asked, after: Place | None, limit: int) -> Places:
    return [((number,), number) for _, number in sought.by_number(work, asked, after[0] if after else None, limit)]


def _names(work: Work, asked: Asked, after: Place | None, limit: int) -> Places:
    return [(place, place[1]) for place in sought.by_name(work, asked, (after[0], after[1]) if after else None, limit)]


def _states(work: Work, asked: Asked, after: Place | None, limit: int) -> Places:
    return [(place, place[1]) for place in sought.by_state(work, asked, (after[0], after[1]) if after else None, limit)]


def _days(work: Work, asked: Asked, after: Place | None, limit: int) -> Places:
    return [(place, place[1]) for place in sought.by_due(work, asked, (after[0], after[1]) if after else None, limit)]


def _districts(work: Work, asked: Asked, after: Place | None, limit: int) -> Places:
    found = [place for one in asked for place in officially.in_order(work, one, after, limit)]
    return [(place, place[2]) for place in sorted(found)][:limit]


_DAYS: Final = _Order((date, int), _days)
SORTS: Final[Mapping[str, _Order]] = {
    "number": _Order((int,), _numbers),
    "name": _Order((str, int), _names),
    "state": _Order((int, int), _states),
    "due": _DAYS,
    "late": _DAYS,
    "district": _Order((int, int, int), _districts),
}
"""How the register can be ordered: districts in their official order, states in that of the line; the latest are those
with the first days.
"""


class Seeker:
    """One question to the register."""

    def __init__(self, engine: Engine, work: Work, actor: Actor, wanted: Wanted) -> None:
        if wanted.sort not in SORTS:
            raise NotFound(tr("There is no order {name}; there are {known}.", name=wanted.sort, known=tuple(SORTS)))
        self._engine, self._work, self._actor, self._wanted = engine, work, actor, wanted
        self._order = SORTS[wanted.sort]
        within = find_district(work, actor, wanted.district).path if wanted.district else "/"
        self._within = within
        self._area = areas.area(work, scopes(actor), within)

    def places(self) -> Places:
        """One case more than the page holds, to know whether there are others."""
        limit = self._wanted.limit + 1
        if self._wanted.milestone is not None:
            return self._awaited(limit)
        after = place_of(self._wanted.after, *self._order.parts)
        return self._order.read(self._work, self._asked, after, limit)

    def cursor(self, place: Place) -> str:
        return cursor(*place)

    def count(self) -> Count:
        """Exact where something is kept that knows it."""
        if self._wanted.milestone is not None and not self._wanted.states and self._topic is None:
            return Count(awaited.count(self._work, self._awaiting))
        if self._wanted.milestone is not None:
            return Count.up_to_cap(len(awaited.cases_of(self._work, self._awaiting, None, CAP + 1)))
        known = [sought.count(self._work, one) for one in self._asked]
        if all(n is not None for n in known):
            return Count(sum(n or 0 for n in known))
        return Count.up_to_cap(sum(sought.count_to(self._work, one, CAP) for one in self._asked))

    def _awaited(self, limit: int) -> Places:
        after = place_of(self._wanted.after, date, int)
        place = (after[0], after[1]) if after else None
        return list(awaited.cases_of(self._work, self._awaiting, place, limit))

    @property
    def _awaiting(self) -> Awaiting:
        milestone = self._wanted.milestone or ""
        return Awaiting(
            campaign=self._wanted.campaign,
            area=self._area,
            milestones=tuple((flow, milestone) for flow in self._flows),
            narrowed=True,
            until=self._bounds[1],
            states=self._states(None) if self._wanted.states else (),
            topic=self._topic,
            rare=self._topic is not None and all(self._is_rare(flow) for flow in self._flows),
        )

    @cached_property
    def _flows(self) -> tuple[str, ...]:
        return (self._wanted.flow,) if self._wanted.flow else definitions.names(self._work)

    @cached_property
    def _bounds(self) -> tuple[date | None, date | None]:
        """From when and until when the first awaited day lies."""
        wanted, today = self._wanted, self._engine.today(self._work)
        until = [wanted.due_until] if wanted.due_until else []
        since = None
        if wanted.overdue or wanted.light == "red":
            until.append(today - timedelta(days=1))
        elif wanted.light is not None:
            soon = last_soon(today, self._engine.workdays(self._work))
            since = today if wanted.light == "yellow" else soon + timedelta(days=1)
            until += [soon] if wanted.light == "yellow" else []
        return since, min(until, default=None)

    @cached_property
    def _asked(self) -> tuple[Sought, ...]:
        """One for each flow that has such states."""
        since, until = self._bounds
        every = Sought(
            campaign=self._wanted.campaign,
            flow="",
            area=self._area,
            states=(),
            due_from=since,
            due_until=until,
            undated=self._wanted.light != "yellow",
            proposed=self._wanted.proposed,
            claimed=self._wanted.claimed,
            every_state=not self._wanted.states,
            topic=self._topic,
        )
        asked = [
            replace(every, flow=flow, states=states, ids=self._named(flow), rare=self._is_rare(flow))
            for flow in self._flows
            if (states := self._states(flow))
        ]
        return tuple(asked)

    @cached_property
    def _topic(self) -> str | None:
        return read_division(self._wanted.industry) if self._wanted.industry else None

    def _is_rare(self, flow: str) -> bool:
        """Whether few cases of a flow are in the industry asked for, wherever they are."""
        if self._topic is None:
            return False
        every = Sought(
            campaign=self._wanted.campaign,
            flow=flow,
            area=areas.EVERYWHERE,
            states=definitions.states_of(self._work, flow),
            topic=self._topic,
        )
        return sought.is_rare(self._work, every)

    def _named(self, flow: str) -> tuple[int, ...] | None:
        """Cases found by their words, the latest first; of very many the latest alone."""
        if self._wanted.name is None or not self._wanted.name.strip():
            return None
        question = Question(
            terms=terms_of(self._wanted.name),
            paths=_paths(self._actor, self._area, self._within),
            kinds=("case",),
            campaign=self._wanted.campaign,
            flow=flow,
        )
        return tuple(search.numbers(self._work, question, CAP + 1)) if question.answerable else ()

    def _states(self, flow: str | None) -> tuple[str, ...]:
        """States of a flow, or of all, that were asked for by name or by label."""
        known = self._labels
        unknown = [text for text in self._wanted.states if text not in known]
        if unknown:
            names = tuple(dict.fromkeys(name for _, name in known.values()))
            raise NotFound(tr("There is no state {name}; there are {known}.", name=unknown[0], known=names))
        every = definitions.states_of(self._work, flow) if flow else tuple(name for _, name in known.values())
        asked = {name for text, (_, name) in known.items() if text in self._wanted.states}
        return tuple(dict.fromkeys(name for name in every if not asked or name in asked))

    @cached_property
    def _labels(self) -> dict[str, tuple[str, str]]:
        return {
            text: (flow, state.name)
            for flow in self._flows
            for state in definitions.latest(self._work, flow)[1].states
            for text in (state.name, *state.label.values())
        }


def _paths(actor: Actor, area: Area, within: str) -> Collection[str] | None:
    """The places below which words are looked for; None looks everywhere."""
    if area.whole:
        return None
    return {path if path.startswith(within) else within for path in scopes(actor) if _meet(path, within)}


def _meet(path: str, within: str) -> bool:
    return path.startswith(within) or within.startswith(path)
