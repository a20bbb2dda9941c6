"""The overview: where a campaign stands now, summed up by the parts of the house, with what waits and what was done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from console.events import Event, events_of
from console.finding import find_district
from console.paging import CAP, Count
from engine.access import Actor, scopes
from engine.core import Engine
from engine.duedays import last_soon
from engine.figures import TENTH, Light, along_of, goal_of, light_of, percent
from engine.flow import Flow, Label
from engine.model import Campaign, Organisation
from engine.store import areas, definitions, organisations, overviews, proposed
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.numbers import ask
from engine.store.organisations import DISTRICT_KINDS
from engine.terms import Terms, terms_of
from notifications.weeks import Week
from workflows.benchmarking.kind import ENTERPRISE

EVENTS: Final = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """A part of the house: a district, or everything below an organisation.

    `at` and `reached` count by state those at it, and at it or beyond; `workdays` is what reaching the goal took on
    average; `red` and `yellow` are districts; `below` says that it has parts of its own to look into.
    """

    organisation: Organisation
    districts: int
    quota: int
    at: Mapping[str, int]
    reached: Mapping[str, int]
    done: int
    rate: Decimal | None
    overdue: int
    due_this_week: int
    red: int
    yellow: int
    light: Light
    workdays: Decimal | None
    below: bool


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`above` is the way from the top of what one sees to `here`; `total` sums up the rows, which are its parts."""

    campaign: str
    as_of: datetime
    states: tuple[str, ...]
    labels: Mapping[str, Label]
    goal: str
    along: tuple[str, ...]
    above: tuple[Organisation, ...]
    here: Organisation
    total: Figures
    rows: tuple[Figures, ...]
    waiting: int
    claims: Count
    asked: Count
    events: tuple[Event, ...]
    week_ends: date
    provisional: bool


def overview(
    engine: Engine, work: Work, actor: Actor, campaign: Campaign, *, area: str | None = None, events: int = EVENTS
) -> OverviewPage:
    """The parts of an organisation, or of the highest one that the actor sees whole, as they stand now."""
    here = find_district(work, actor, area) if area else _highest(work, actor)
    seen = areas.area(work, scopes(actor), here.path)
    sums = _Sums(engine, work, terms_of(campaign), seen, here)
    parts = sums.parts(areas.children(work, here)) or (sums.whole(here),)
    today = engine.today(work)
    waiting, claims, asked = ask(
        work,
        [
            proposed.number(campaign.key, seen),
            overviews.claims(campaign.key, seen, CAP),
            overviews.asked(campaign.key, seen, CAP),
        ],
    )
    return OverviewPage(
        campaign=campaign.key,
        as_of=work.now,
        states=sums.flow.line,
        labels={name: sums.flow.state_by_name[name].label for name in sums.flow.line},
        goal=sums.goal,
        along=along_of(sums.flow, sums.terms, sums.goal),
        above=_above(work, actor, here),
        here=here,
        total=sums.whole(here),
        rows=parts,
        waiting=waiting,
        claims=Count.up_to_cap(claims),
        asked=Count.up_to_cap(asked),
        events=events_of(work, overviews.last_entries(work, campaign.key, seen, events)) if events else (),
        week_ends=sums.week_ends,
        provisional=engine.workdays(work).is_provisional(today),
    )


def _highest(work: Work, actor: Actor) -> Organisation:
    """The organisation whose matters the actor sees; of several the one above them all."""
    paths = [path for path in scopes(actor) if path != "/"]
    shared: Sequence[str] = paths[0].strip("/").split("/") if paths else ()
    for path in paths:
        parts = path.strip("/").split("/")
        shared = [one for one, other in zip(shared, parts, strict=False) if one == other]
    return organisations.get(work, int(shared[-1])) if shared else areas.tops(work)[0]


def _above(work: Work, actor: Actor, here: Organisation) -> tuple[Organisation, ...]:
    """The organisations on the way down to one, from the first that the actor sees whole."""
    found = organisations.by_ids(work, [int(part) for part in here.path.strip("/").split("/")[:-1]])
    seen = [one for one in found if any(one.path.startswith(path) for path in scopes(actor))]
    return tuple(sorted(seen, key=lambda one: len(one.path)))


class _Sums:
    """What is counted by district, added up for parts of the house."""

    def __init__(self, engine: Engine, work: Work, terms: Terms, area: Area, here: Organisation) -> None:
        today = engine.today(work)
        monday = Week.of(today).monday
        self.week_ends = monday + timedelta(days=6)
        self.terms, self._here = terms, here
        self.flow: Flow = definitions.latest(work, ENTERPRISE)[1]
        self.goal = goal_of(self.flow, terms, monday)
        soon = last_soon(today, engine.workdays(work))
        self._districts = overviews.districts(work, DISTRICT_KINDS, area, today)
        self._cases = overviews.cases_by_state(work, terms.key, ENTERPRISE, area, self.flow.line)
        self._due = overviews.due(work, terms.key, area, today=today, soon=soon, week_ends=self.week_ends)
        self._made_good = overviews.made_good(work, terms.key, area, monday, today)
        self._took = self._took_by_part(work, area)

    def parts(self, children: Sequence[Organisation]) -> tuple[Figures, ...]:
        """A row for each child with districts below it or that is one itself."""
        depth = len(self._here.path)
        members: dict[int, list[int]] = {}
        for place, row in enumerate(self._districts):
            child = row.path[depth:].partition("/")[0]
            if child:
                members.setdefault(int(child), []).append(place)
        return tuple(self._figures(one, members[one.id]) for one in children if one.id in members)

    def whole(self, here: Organisation) -> Figures:
        return self._figures(here, range(len(self._districts)))

    def _figures(self, organisation: Organisation, members: Sequence[int]) -> Figures:
        rows = [self._districts[place] for place in members]
        ids = [row.id for row in rows]
        at = self._add(self._cases, ids, len(self.flow.line))
        reached = {state: sum(at[place:]) for place, state in enumerate(self.flow.line)}
        late, _, week = self._add(self._due, ids, 3)
        red, yellow = self._lights(ids)
        quota = sum(self.terms.quotas.get(row.code, 0) for row in rows)
        made_good = not self._made_good.isdisjoint(ids)
        soon = any(self._due.get(key, (0, 0, 0))[1] for key in ids)
        return Figures(
            organisation=organisation,
            districts=len(ids),
            quota=quota,
            at=dict(zip(self.flow.line, at, strict=True)),
            reached=reached,
            done=reached[self.goal],
            rate=percent(reached[self.goal], quota),
            overdue=late,
            due_this_week=week,
            red=red,
            yellow=yellow,
            light=light_of(is_late=late > 0, is_soon=soon, is_made_good=made_good),
            workdays=self._mean(organisation, ids),
            below=ids != [organisation.id] and organisation.id != self._here.id,
        )

    def _lights(self, ids: Sequence[int]) -> tuple[int, int]:
        """How many districts are overdue, and how many others have something due soon or have made something good."""
        lights: Counter[str] = Counter()
        for key in ids:
            late, soon, _ = self._due.get(key, (0, 0, 0))
            lights["red" if late else "yellow" if soon or key in self._made_good else "green"] += 1
        return lights["red"], lights["yellow"]

    def _took_by_part(self, work: Work, area: Area) -> dict[int, Sequence[int]]:
        """For the parts of the top by region, as it is counted; for others by district."""
        named = [one.name for one in self.flow.milestones if one.reached == self.goal]
        if not named:
            return {}
        if area.whole:
            return overviews.took_by_region(work, self.terms.key, ENTERPRISE, named[0])
        return overviews.took_by_district(work, self.terms.key, ENTERPRISE, named[0], area)

    def _mean(self, organisation: Organisation, ids: Sequence[int]) -> Decimal | None:
        wanted = dict.fromkeys(self._took if organisation.id == self._here.id else [organisation.id, *ids])
        n, workdays = self._add(self._took, list(wanted), 2)
        return (Decimal(workdays) / Decimal(n)).quantize(TENTH, ROUND_HALF_UP) if n else None

    @staticmethod
    def _add(sums: Mapping[int, Sequence[int]], ids: Sequence[int], width: int) -> tuple[int, ...]:
        found = [sums[key] for key in ids if key in sums]
        return tuple(int(sum(column)) for column in zip(*found, strict=True)) if found else (0,) * width
