"""Tables of figures by district, industry or month, and the cases behind each figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from console.finding import find_district
from console.overview import overview
from console.paging import PAGE, Count, Page, cursor, cut, place_of
from console.register import Line, lines_of
from console.series import by_month
from engine.access import Actor, scopes
from engine.core import Engine
from engine.errors import NotFound
from engine.flow import Flow, Label
from engine.model import Campaign
from engine.store import areas, definitions, reached, sought, topics
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.reached import Reached
from engine.words import Sentence, tr
from workflows.benchmarking import industries
from workflows.benchmarking.kind import ENTERPRISE

Named = Sentence | Label | str
Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column of figures. `rate` is in percent; `what` says which rows its figures count, empty where none."""

    key: str
    label: Named
    what: str = ""
    rate: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of a table: its key for addresses, its name, and a figure for each head."""

    key: str
    name: Named
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A table; `total` sums up what can be summed up."""

    table: str
    first: Named
    heads: tuple[Head, ...]
    lines: tuple[Figures, ...]
    total: Figures | None
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which table: of which part of the house, which state alone, which months."""

    table: str = "district"
    district: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, month: date) -> bool:
        """Whether a month, by its first day, is among those chosen."""
        return (self.since is None or month >= self.since) and (self.until is None or month <= self.until)


UNNAMED: Final = tr("industry not recorded")
_TO: Final = ":"
"""Between the first and the last month of a stretch."""

TABLES: Final[Mapping[str, Sentence]] = {
    "district": tr("By district"),
    "industry": tr("By industry"),
    "month": tr("By month"),
}


def statistics(engine: Engine, work: Work, actor: Actor, campaign: Campaign, chosen: Chosen) -> Statistics:
    """The table that was chosen, with what the actor may see."""
    if chosen.table not in _BUILDERS:
        raise NotFound(tr("There is no table {name}; there are {known}.", name=chosen.table, known=tuple(TABLES)))
    return _BUILDERS[chosen.table](engine, work, actor, campaign, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A figure of the months whose rows are wanted: the key of its line, and the milestone it counts."""

    table: str
    key: str
    what: str
    late: bool = False
    district: str | None = None


def rows_behind(
    engine: Engine, work: Work, actor: Actor, campaign: Campaign, behind: Behind, *, after: str | None = None
) -> Page[Line]:
    """A page of the cases that a figure counts."""
    area = _area(work, actor, behind.district)
    flow = definitions.latest(work, ENTERPRISE)[1]
    place = place_of(after, int)
    number = place[0] if place else 0
    if behind.table != "month" or behind.what not in flow.milestone_by_name:
        raise NotFound(tr("There is no figure of this kind."))
    found, n = _of_month(work, campaign, area, behind, number)
    shown, more = cut(found, PAGE)
    lines = lines_of(engine, work, sought.by_ids(work, shown)) if shown else []
    return Page(tuple(lines), cursor(shown[-1]) if more else None, Count(n))


def _of_month(work: Work, campaign: Campaign, area: Area, behind: Behind, after: int) -> tuple[list[int], int]:
    first, _, last = behind.key.partition(_TO)
    since, until = month_of(first), month_of(last or first)
    if since is None or until is None:
        raise NotFound(tr("There is no figure of this kind."))
    asked = Reached(
        campaign=campaign.key,
        flow=ENTERPRISE,
        milestone=behind.what,
        area=area,
        since=since,
        until=last_of(until),
        late=behind.late,
    )
    return reached.page(work, asked, after, PAGE + 1), reached.count(work, asked)


def month_of(text: str) -> date | None:
    """The first day of a month written as 2020-10; None where it is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _by_district(engine: Engine, work: Work, actor: Actor, campaign: Campaign, chosen: Chosen) -> Statistics:
    found = overview(engine, work, actor, campaign, area=chosen.district)
    states = _states(found.states, chosen.state)
    heads = (
        Head("quota", tr("Quota")),
        *(Head(state, found.labels[state], "reached") for state in states),
        Head("rate", tr("Rate"), rate=True),
        Head("overdue", tr("Overdue"), "overdue"),
        Head("workdays", tr("Mean workdays")),
    )
    rows = [(row.organisation.code, row.organisation.name, row) for row in found.rows]
    lines = [
        Figures(code, name, (row.quota, *(row.reached[state] for state in states), row.rate, row.overdue, row.workdays))
        for code, name, row in [*rows, ("", "", found.total)]
    ]
    total = lines[-1] if len(rows) > 1 else None
    return Statistics("district", tr("District"), heads, tuple(lines[:-1]), total, found.as_of)


def _by_industry(_: Engine, work: Work, actor: Actor, campaign: Campaign, chosen: Chosen) -> Statistics:
    flow = definitions.latest(work, ENTERPRISE)[1]
    counted = topics.counts(work, campaign.key, ENTERPRISE, _area(work, actor, chosen.district))
    states = _states(flow.line, chosen.state)
    heads = tuple(Head(state, flow.state_by_name[state].label, "reached") for state in states)
    lines = [
        Figures(
            code,
            industry_name(code),
            tuple(sum(counted[code][one] for one in _from(flow, state)) for state in states),
        )
        for code in sorted(counted, key=lambda code: (code == industries.UNKNOWN, code))
    ]
    lines = [line for line in lines if any(line.values)]
    return Statistics("industry", tr("Industry"), heads, tuple(lines), _summed(lines, ""), work.now)


def industry_name(code: str) -> Sentence | str:
    """What cases are listed under, in words."""
    known = industries.every().get(code)
    return known.label if known else UNNAMED


def _by_month(engine: Engine, work: Work, actor: Actor, campaign: Campaign, chosen: Chosen) -> Statistics:
    flow = definitions.latest(work, ENTERPRISE)[1]
    months = [one for one in by_month(engine, work, actor, campaign, area=chosen.district) if chosen.holds(one.first)]
    names = [one.name for one in flow.milestones if chosen.state in (None, one.reached)]
    seen = [name for name in names if any(name in one.met for one in months)] or names
    lines = [
        Figures(
            f"{one.first:%Y-%m}",
            f"{one.first:%Y-%m}",
            tuple(n for name in seen for n in (one.met.get(name, 0), one.late.get(name, 0))),
        )
        for one in months
    ]
    stretch = f"{months[0].first:%Y-%m}{_TO}{months[-1].first:%Y-%m}" if months else ""
    return Statistics("month", tr("Month"), _month_heads(flow, seen), tuple(lines), _summed(lines, stretch), work.now)


def _month_heads(flow: Flow, milestones: Sequence[str]) -> tuple[Head, ...]:
    """Two columns for each milestone: how many met it, and how many of these late."""
    labels = {one.name: one.label for one in flow.milestones}
    return tuple(
        head
        for name in milestones
        for head in (
            Head(name, labels[name], "rows"),
            Head(name, tr("of these late: {milestone}", milestone=labels[name]), "late"),
        )
    )


def _summed(lines: Sequence[Figures], key: str) -> Figures | None:
    if not lines[1:]:
        return None
    sums = (sum(value or 0 for value in column) for column in zip(*(line.values for line in lines), strict=True))
    return Figures(key, "", tuple(sums))


def _states(line: Sequence[str], state: str | None) -> tuple[str, ...]:
    return (state,) if state in line and state is not None else tuple(line)


def _from(flow: Flow, state: str) -> tuple[str, ...]:
    """The state and those beyond it."""
    return tuple(flow.line[flow.rank[state] :])


def _area(work: Work, actor: Actor, district: str | None) -> Area:
    return areas.area(work, scopes(actor), find_district(work, actor, district).path if district else "/")


_BUILDERS: Final[Mapping[str, Callable[[Engine, Work, Actor, Campaign, Chosen], Statistics]]] = {
    "district": _by_district,
    "industry": _by_industry,
    "month": _by_month,
}
