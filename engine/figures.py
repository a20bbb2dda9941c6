"""The figures of a campaign at a cut-off: the one source of screens, mails and papers for the same moment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any, Final

from engine.agenda import ANSWERS, Agenda, Matter, Overdue, Span, Upcoming, milestone_label
from engine.clock import local_day
from engine.core import Engine
from engine.cutoff import counts_at
from engine.flow import Flow, Label
from engine.model import Organisation
from engine.store import definitions
from engine.store.database import Work
from engine.terms import Terms

__all__ = ["Light", "Matter", "Overdue", "Overview", "Row", "Span", "Upcoming", "milestone_label", "overview"]

WEEK: Final = timedelta(days=7)
SOON: Final = 5
"""Workdays before a due day from which open cases turn the light yellow."""

TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Light:
    """A colour that is never shown without its word."""

    colour: str
    label: Label


NORMAL: Final = Light("green", MappingProxyType({"zh": "正常", "en": "on track"}))
DUE_SOON: Final = Light("yellow", MappingProxyType({"zh": "临期", "en": "due soon"}))
MADE_GOOD: Final = Light("yellow", MappingProxyType({"zh": "逾期补交", "en": "made good late"}))
LATE: Final = Light("red", MappingProxyType({"zh": "逾期", "en": "overdue"}))


@dataclass(frozen=True, slots=True)
class Row:
    """A district's figures, or those of all: `reached` counts by state those at it or beyond, `done` those at the goal.

    `rate` is `done` in percent of the quota, `change` its difference in points to a week ago; None is unknown.
    """

    district_id: int
    name: str
    quota: int
    reached: Mapping[str, int]
    done: int
    rate: Decimal | None
    rate_of_nominated: Decimal | None
    change: Decimal | None
    rank: int | None
    overdue: int
    light: Light
    waiting: int = 0
    """Cases that wait for the level above."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`states` are those of the line in order, `goal` is the one that the rates are about, `along` those before it
    that fall due on the same day; `matters` are what districts answered or asked for, `changes` what the level above
    did, `entries` how much was journaled in the span; `provisional` says that working days rest on a calendar year
    that has not been published yet.
    """

    campaign: str
    flow: str
    span: Span
    states: tuple[str, ...]
    labels: Mapping[str, Label]
    goal: str
    rows: tuple[Row, ...]
    total: Row
    overdue: tuple[Overdue, ...]
    upcoming: tuple[Upcoming, ...]
    matters: tuple[Matter, ...]
    changes: tuple[Matter, ...]
    entries: int
    provisional: bool
    along: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON: days and instants in ISO form, rates as text so that no digit is lost."""
        plain: dict[str, Any] = _plain(self)
        return plain


def overview(engine: Engine, work: Work, campaign: str, *, flow: str, span: Span) -> Overview:
    """Everything a leader asks about a campaign at the span's cut-off, rolled back from what stands now."""
    definition = definitions.latest(work, flow)[1]
    terms = engine.terms(work, campaign)
    agenda = Agenda(engine, work, campaign, span)
    goal = goal_of(definition, terms, span.since)
    matters = agenda.matters()
    rows = _rows(_Counts(engine, work, terms, definition, span), agenda, goal)
    return Overview(
        campaign=campaign,
        flow=flow,
        span=span,
        states=definition.line,
        labels={name: definition.state_by_name[name].label for name in definition.line},
        goal=goal,
        rows=rows[:-1],
        total=rows[-1],
        overdue=agenda.overdue(),
        upcoming=agenda.upcoming(),
        matters=tuple(one for one in matters if one.what in ANSWERS),
        changes=tuple(one for one in matters if one.what not in ANSWERS),
        entries=agenda.count_entries(),
        provisional=agenda.workdays.is_provisional(span.until),
        along=along_of(definition, terms, goal),
    )


def goal_of(flow: Flow, terms: Terms, since: date) -> str:
    """The state that counts in a period: of the milestones not due before it, those due first; at last the last.

    A day of another flow, such as the one for the lists, asks for the first state of this one.
    """
    own = {milestone.name: flow.rank[milestone.reached] for milestone in flow.milestones}
    dated = [(day, own.get(name, 0)) for name, day in terms.days.items() if day]
    coming = [(day, rank) for day, rank in dated if day >= since]
    first = min((day for day, _ in coming), default=None)
    ranks = [rank for day, rank in coming if day == first] or [rank for _, rank in dated]
    return flow.line[max(ranks, default=len(flow.line) - 1)]


def along_of(flow: Flow, terms: Terms, goal: str) -> tuple[str, ...]:
    """The states before the goal whose milestones fall due on the same day."""
    days = {milestone.reached: terms.days.get(milestone.name) for milestone in flow.milestones}
    return tuple(
        state
        for state in flow.line
        if days.get(goal) and days.get(state) == days[goal] and flow.rank[state] < flow.rank[goal]
    )


def percent(part: int, whole: int) -> Decimal | None:
    """One decimal, half up, above 100 where there is more than was asked for; of nothing it is unknown."""
    if whole == 0:
        return None
    return (Decimal(part * 100) / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def ranks_of(rates: Sequence[Decimal | None]) -> list[int | None]:
    """Equal rates share a rank, and the next one is as many places further (1, 2, 2, 4)."""
    known = [rate for rate in rates if rate is not None]
    return [None if rate is None else 1 + sum(other > rate for other in known) for rate in rates]


class _Counts:
    """Cases by district and state at the cut-off and a week before it."""

    def __init__(self, engine: Engine, work: Work, terms: Terms, flow: Flow, span: Span) -> None:
        self.flow = flow
        self.quotas = terms.quotas
        before = span.cutoff - WEEK
        self.now = counts_at(work, terms.key, flow.name, span.cutoff)
        begun = terms.opens < local_day(before, engine.zone)
        self.before = counts_at(work, terms.key, flow.name, before) if begun else None

    def reached(self, counts: Counter[tuple[int, str]], district_ids: Sequence[int]) -> dict[str, int]:
        """How many stand at each state of the line or beyond it."""
        line = self.flow.line
        at = [sum(counts[(key, state)] for key in district_ids) for state in line]
        return {state: sum(at[place:]) for place, state in enumerate(line)}


def _rows(counts: _Counts, agenda: Agenda, goal: str) -> tuple[Row, ...]:
    """A row for each district in official order, and behind them the one for all."""
    late, soon, made_good = agenda.late_by_district(), agenda.soon(SOON), agenda.made_good()
    waiting = agenda.waiting()
    every = [*((one.name, [one]) for one in agenda.districts), ("", list(agenda.districts))]
    rows = []
    for name, members in every:
        ids = [one.id for one in members]
        light = light_of(
            is_late=any(late[key] for key in ids),
            is_soon=not soon.isdisjoint(ids),
            is_made_good=not made_good.isdisjoint(ids),
        )
        row = _row(counts, members, goal, name=name, overdue=sum(late[key] for key in ids), light=light)
        rows.append(replace(row, waiting=sum(waiting[key] for key in ids)))
    places = [*ranks_of([row.rate for row in rows[:-1]]), None]
    return tuple(replace(row, rank=rank) for row, rank in zip(rows, places, strict=True))


def _row(counts: _Counts, members: Sequence[Organisation], goal: str, *, name: str, overdue: int, light: Light) -> Row:
    ids = [one.id for one in members]
    quota = sum(counts.quotas.get(one.code, 0) for one in members)
    reached = counts.reached(counts.now, ids)
    rate = percent(reached[goal], quota)
    before = percent(counts.reached(counts.before, ids)[goal], quota) if counts.before is not None else None
    return Row(
        district_id=ids[0] if name else 0,
        name=name,
        quota=quota,
        reached=reached,
        done=reached[goal],
        rate=rate,
        rate_of_nominated=percent(reached[goal], reached[counts.flow.initial]),
        change=None if rate is None or before is None else rate - before,
        rank=None,
        overdue=overdue,
        light=light,
    )


def light_of(*, is_late: bool, is_soon: bool, is_made_good: bool) -> Light:
    if is_late:
        return LATE
    if is_soon:
        return DUE_SOON
    return MADE_GOOD if is_made_good else NORMAL


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
