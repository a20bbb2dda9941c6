"""Figures for charts: what was reached day by day and month by month, and how long cases stay in each state."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import Final

from console.finding import find_district
from engine.access import Actor, scopes
from engine.core import Engine
from engine.errors import NotFound
from engine.figures import TENTH
from engine.flow import Flow, Label
from engine.history import holding
from engine.model import Campaign, Recorded
from engine.store import areas, definitions, overviews, series
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.organisations import DISTRICT_KINDS
from engine.terms import terms_of
from engine.words import tr
from engine.workdays import Workdays
from workflows.benchmarking.kind import ENTERPRISE

SAMPLE: Final = 250
"""Cases whose histories are read for a picture; more would draw the same one."""


@dataclass(frozen=True, slots=True)
class BurnUp:
    """How many had met a milestone by the end of each day; `plan_on` is its day, `target` how many take part."""

    milestone: str
    label: Label
    days: tuple[date, ...]
    met: tuple[int, ...]
    plan_on: date | None
    target: int
    quota: int


@dataclass(frozen=True, slots=True)
class InState:
    """How many cases stand in a state."""

    state: str
    n: int


@dataclass(frozen=True, slots=True)
class Stays:
    """Working days that cases stayed in states they have left, of so many cases; `whole` says that these are all."""

    by_state: Mapping[str, tuple[int, ...]]
    standing: tuple[InState, ...]
    sampled: int
    whole: bool


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What was met in a month: by milestone how many, how many of these late, and the mean of the working days."""

    first: date
    met: Mapping[str, int]
    late: Mapping[str, int]
    workdays: Mapping[str, Decimal]


def burn_up(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: Campaign,
    milestone: str,
    *,
    flow: str = ENTERPRISE,
    area: str | None = None,
) -> BurnUp:
    """From the day the campaign opened, or the first that something was met on, up to today."""
    definition = definitions.latest(work, flow)[1]
    if milestone not in definition.milestone_by_name:
        known = tuple(definition.milestone_by_name)
        raise NotFound(tr("There is no milestone {name}; there are {known}.", name=milestone, known=known))
    terms, here = terms_of(campaign), _area(work, actor, area)
    met = series.met_by_day(work, campaign.key, flow, milestone, here)
    today = engine.today(work)
    first = min([terms.opens, *met])
    last = max([today, *met]) if today >= first else max([first, *met])
    days = tuple(first + timedelta(days=place) for place in range((last - first).days + 1))
    standing = series.standing(work, campaign.key, flow, here)
    districts = overviews.districts(work, DISTRICT_KINDS, here, today)
    return BurnUp(
        milestone=milestone,
        label=definition.milestone_by_name[milestone].label,
        days=days,
        met=tuple(accumulate(met[day] for day in days)),
        plan_on=terms.days.get(milestone),
        target=sum(standing[state] for state in definition.line),
        quota=sum(terms.quotas.get(row.code, 0) for row in districts),
    )


def stays(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: Campaign,
    *,
    flow: str = ENTERPRISE,
    area: str | None = None,
    sample: int = SAMPLE,
) -> Stays:
    """How long cases stayed in each state of the line, from the histories of some of them."""
    definition, here = definitions.latest(work, flow)[1], _area(work, actor, area)
    standing = series.standing(work, campaign.key, flow, here)
    some = series.some_cases(work, campaign.key, flow, here, most=sample, of=sum(standing.values()))
    found: dict[str, list[int]] = defaultdict(list)
    workdays = engine.workdays(work)
    for history in series.histories(work, some).values():
        for state, days in _left(definition, history, workdays):
            found[state].append(days)
    return Stays(
        by_state={state: tuple(sorted(found[state])) for state in definition.line if state in found},
        standing=tuple(InState(state.name, standing[state.name]) for state in definition.states),
        sampled=len(some),
        whole=len(some) >= sum(standing.values()),
    )


def by_month(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: Campaign,
    *,
    flow: str = ENTERPRISE,
    area: str | None = None,
) -> tuple[MonthFigures, ...]:
    """Month by month from the campaign's first to the present one, months in which nothing was met too."""
    here, milestones = _area(work, actor, area), [one.name for one in definitions.latest(work, flow)[1].milestones]
    if here.of_regions:
        rows = series.sums_by_day(work, campaign.key, flow, here)
    else:
        rows = series.sums_of_area(work, campaign.key, flow, milestones, here)
    met: dict[date, Counter[str]] = defaultdict(Counter)
    late: dict[date, Counter[str]] = defaultdict(Counter)
    took: dict[date, Counter[str]] = defaultdict(Counter)
    for milestone, day, n, of_these_late, workdays in rows:
        first = day.replace(day=1)
        met[first][milestone] += n
        late[first][milestone] += of_these_late
        took[first][milestone] += workdays
    return tuple(
        MonthFigures(first, dict(+met[first]), dict(+late[first]), _means(met[first], took[first]))
        for first in _months(min([terms_of(campaign).opens, *met]), max([engine.today(work), *met]))
    )


def _area(work: Work, actor: Actor, name: str | None) -> Area:
    return areas.area(work, scopes(actor), find_district(work, actor, name).path if name else "/")


def _left(flow: Flow, history: list[Recorded], workdays: Workdays) -> Iterator[tuple[str, int]]:
    """States of the line that a case has left, with the working days it stayed."""
    places = [(entry.target or flow.initial, entry.effective_on) for entry in holding(history)]
    for (state, since), (after, until) in pairwise(places):
        if state in flow.line and after != state:
            yield state, max(0, workdays.between(since, until))


def _means(met: Counter[str], took: Counter[str]) -> dict[str, Decimal]:
    means = {name: Decimal(took[name]) / Decimal(n) for name, n in met.items() if n}
    return {name: mean.quantize(TENTH, ROUND_HALF_UP) for name, mean in means.items()}


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
