"""Deadlines for people who chase: what is overdue, due this week and next, or was extended; and a month by its days."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from console.finding import find_district
from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor, scopes
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import days_late
from engine.errors import NotFound
from engine.flow import Label
from engine.model import Case, Deadline
from engine.store import areas, awaited, calendar, deadlines, definitions, organisations, sought, tasks
from engine.store.areas import Area
from engine.store.awaited import Awaiting
from engine.store.database import Work
from engine.store.numbers import ask_one
from engine.words import tr
from notifications.weeks import Week

TABS: Final = ("overdue", "this_week", "next_week", "extended")
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueLine:
    """A deadline with its case; `level` is what the ladder said last, `answered` that the district replied since."""

    deadline: Deadline
    case: Case
    district: str
    label: Label
    due_on: date | None
    late: int
    level: str | None
    answered: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many deadlines of a milestone fall on a day."""

    flow: str
    milestone: str
    label: Label
    n: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month: whether it is worked, what the calendar calls it, what falls due."""

    on: date
    works: bool
    note: str | None
    due: tuple[DueCount, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Whole weeks from Monday on around a month; `provisional` says that the year's arrangement is not known yet."""

    year: int
    month: int
    days: tuple[Day, ...]
    provisional: bool


def deadline_list(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    tab: str,
    on: date | None = None,
    district: str | None = None,
    milestone: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[DueLine]:
    """A page of a tab: the first days first; of those that were extended the latest first. `on` is one day instead."""
    if tab not in TABS:
        raise NotFound(tr("There is no tab {name}; there are {known}.", name=tab, known=TABS))
    area = _area(work, actor, district)
    if tab == "extended" and on is None:
        return _extended(engine, work, campaign, area, milestone=milestone, after=after, limit=limit)
    asked = _asked(work, campaign, area, (on, on) if on else _span(engine, work, tab), milestone)
    place = place_of(after, date, int)
    found, more = cut(awaited.page(work, asked, (place[0], place[1]) if place else None, limit + 1), limit)
    lines = _lines(engine, work, found, {})
    behind = cursor(found[-1].awaited_on, found[-1].id) if more else None
    return Page(tuple(lines), behind, Count(awaited.count(work, asked)))


def due_lines(
    engine: Engine, work: Work, actor: Actor, campaign: str, *, district: str | None = None, limit: int = PAGE
) -> dict[str, tuple[DueLine, ...]]:
    """The first lines of each tab that is a span of days, read together."""
    area = _area(work, actor, district)
    spans = {tab: _asked(work, campaign, area, _span(engine, work, tab), None) for tab in TABS if tab != "extended"}
    found = {tab: awaited.numbers(work, asked, None, limit) for tab, asked in spans.items()}
    held = {one.id: one for one in deadlines.by_ids(work, [key for some in found.values() for key in some])}
    lines = iter(_lines(engine, work, [held[key] for some in found.values() for key in some], {}))
    return {tab: tuple(islice(lines, len(some))) for tab, some in found.items()}


def tabs(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    district: str | None = None,
    milestone: str | None = None,
) -> dict[str, Count]:
    """The numbers on the tabs, for the rows that these filters leave."""
    area = _area(work, actor, district)
    spans = {tab: _span(engine, work, tab) for tab in TABS if tab != "extended"}
    last = max(until for _, until in spans.values())
    by_day: Counter[date] = Counter()
    for (_, _, day), n in awaited.by_day(work, _asked(work, campaign, area, (None, last), milestone)).items():
        by_day[day] += n
    counts = {
        tab: Count(sum(n for day, n in by_day.items() if (since is None or since <= day) and day <= until))
        for tab, (since, until) in spans.items()
    }
    extended = tasks.number_extended(campaign, area, CAP, milestone=milestone)
    return counts | {"extended": Count.up_to_cap(ask_one(work, extended))}


def month(engine: Engine, work: Work, actor: Actor, campaign: str, *, on: date, district: str | None = None) -> Month:
    """The month of a day as a calendar shows it."""
    first = Week.of(on.replace(day=1)).monday
    last = Week.of(on.replace(day=monthrange(on.year, on.month)[1])).monday + 6 * _DAY
    asked = _asked(work, campaign, _area(work, actor, district), (first, last), None)
    due: dict[date, list[DueCount]] = {}
    along = {one: place for place, one in enumerate(asked.milestones)}
    found = awaited.by_day(work, asked)
    for flow, milestone, day in sorted(found, key=lambda one: along[one[0], one[1]]):
        label = milestone_label(definitions.holding(work, flow, milestone), milestone)
        due.setdefault(day, []).append(DueCount(flow, milestone, label, found[flow, milestone, day]))
    workdays = engine.workdays(work)
    notes = {row.day: row.source for row in calendar.days(work)}
    every = [first + place * _DAY for place in range((last - first).days + 1)]
    days = [
        Day(day, workdays.is_workday(day), workdays.name_of(day) or notes.get(day), tuple(due.get(day, ())))
        for day in every
    ]
    return Month(on.year, on.month, tuple(days), workdays.is_provisional(on))


def _area(work: Work, actor: Actor, district: str | None) -> Area:
    return areas.area(work, scopes(actor), find_district(work, actor, district).path if district else "/")


def _span(engine: Engine, work: Work, tab: str) -> tuple[date | None, date]:
    """The days of a tab; what of this week is over is overdue."""
    today = engine.today(work)
    sunday = Week.of(today).monday + _WEEK - _DAY
    spans = {
        "overdue": (None, today - _DAY),
        "this_week": (today, sunday),
        "next_week": (sunday + _DAY, sunday + _WEEK),
    }
    return spans[tab]


def _asked(work: Work, campaign: str, area: Area, span: tuple[date | None, date], milestone: str | None) -> Awaiting:
    return Awaiting(
        campaign=campaign,
        area=area,
        milestones=_milestones(work, milestone),
        narrowed=milestone is not None,
        since=span[0],
        until=span[1],
    )


def _milestones(work: Work, name: str | None) -> tuple[awaited.Milestone, ...]:
    """Those of that name, or all, each with its flow."""
    known = [(flow, one) for flow in definitions.names(work) for one in definitions.milestones_of(work, flow)]
    wanted = tuple(one for one in known if name in (None, one[1]))
    if not wanted:
        names = tuple(dict.fromkeys(one for _, one in known))
        raise NotFound(tr("There is no milestone {name}; there are {known}.", name=name or "", known=names))
    return wanted


def _extended(
    engine: Engine, work: Work, campaign: str, area: Area, *, milestone: str | None, after: str | None, limit: int
) -> Page[DueLine]:
    place = place_of(after, int)
    _milestones(work, milestone)
    before = place[0] if place else None
    rows, more = cut(tasks.extended(work, campaign, area, before, limit + 1, milestone=milestone), limit)
    by_id = {one.id: one for one in deadlines.by_ids(work, {row.deadline_id for row in rows})}
    reasons = {row.deadline_id: row.reason for row in reversed(rows)}
    found = [by_id[key] for key in dict.fromkeys(row.deadline_id for row in rows)]
    lines = _lines(engine, work, found, reasons)
    count = Count.up_to_cap(ask_one(work, tasks.number_extended(campaign, area, CAP, milestone=milestone)))
    return Page(tuple(lines), cursor(rows[-1].id) if more else None, count)


def _lines(engine: Engine, work: Work, found: Sequence[Deadline], reasons: Mapping[int, str]) -> list[DueLine]:
    held = {case.id: case for case in sought.by_ids(work, list(dict.fromkeys(one.case_id for one in found)))}
    names = organisations.names(work, {one.district_id for one in found})
    said = tasks.said(work, [one.id for one in found])
    answers = tasks.answered(work, list(said))
    today, workdays = engine.today(work), engine.workdays(work)
    return [
        DueLine(
            deadline=one,
            case=held[one.case_id],
            district=names[one.district_id],
            label=milestone_label(definitions.flow_of(work, held[one.case_id].definition_id), one.milestone),
            due_on=one.due_on,
            late=max(0, days_late(one.due_on, today, workdays)),
            level=said[one.id][0] if one.id in said else None,
            answered=one.id in answers and answers[one.id] >= said[one.id][1],
            reason=reasons.get(one.id),
        )
        for one in found
    ]
