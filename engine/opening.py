"""The deadlines a case opens with: all milestones of its flow at once, each with its day."""

from datetime import date, datetime
from typing import Any

from engine.duedays import AfterWorkdays, OnDay, Yearly, due_on, occurrences, settle
from engine.flow import Flow, Milestone
from engine.model import Case
from engine.terms import Terms
from engine.workdays import Workdays


def deadlines_of(flow: Flow, case: Case, *, terms: Terms, workdays: Workdays, now: datetime) -> list[dict[str, Any]]:
    """Rows of the deadlines that a case opens with; a late joiner has at least the newcomers' workdays."""
    return [
        {
            "case_id": case.id,
            "milestone": milestone.name,
            "ordinal": 0,
            "campaign": case.campaign,
            "flow": flow.name,
            "district_id": case.district_id,
            "ladder": milestone.ladder,
            "original_on": nominal,
            "due_on": current,
            "opened_at": now,
            "speaks_from": now,
            "generation": 1,
            "state": "open",
        }
        for milestone in flow.milestones
        for since in [case.opened_on if milestone.due.after == flow.initial else None]
        for nominal, current in [due_days(terms, milestone, case, workdays, since=since)]
    ]


def due_days(
    terms: Terms, milestone: Milestone, case: Case, workdays: Workdays, *, since: date | None
) -> tuple[date | None, date | None]:
    """The day as the plan names it, and the day that holds for this case (rolled, not before a newcomer's time).

    `since` is the day on which the case came into the state that a rule in working days counts from, None before that.
    """
    if milestone.due.kind == "yearly":
        return _day_of_period(terms, milestone, period_of(case), workdays)
    if milestone.due.kind == "workdays":
        rule = AfterWorkdays(milestone.due.workdays)
        day = due_on(rule, entered_on=since, workdays=workdays) if since else None
        return day, day
    nominal = terms.days.get(milestone.name) if milestone.due.kind == "day" else None
    if nominal is None:
        return None, None
    current = settle(nominal, OnDay(nominal, terms.roll, terms.due_inclusive), workdays)
    if _joins_late(case, nominal):
        current = max(current, workdays.after(case.opened_on, terms.newcomer_workdays))
    return nominal, current


def _day_of_period(
    terms: Terms, milestone: Milestone, period: str, workdays: Workdays
) -> tuple[date | None, date | None]:
    rule = Yearly(milestone.due.days, roll=terms.roll, inclusive=terms.due_inclusive)
    year = int(period[:4])
    every = occurrences(rule, first=date(year, 1, 1), last=date(year + 1, 12, 31), workdays=workdays)
    found = next(one for one in every if one.period == period)
    return found.nominal_on, found.due_on


def period_of(case: Case) -> str:
    """The period in the subject key of a case that is for one, such as "report:2020H1"."""
    return case.subject_key.rpartition(":")[2]


def _joins_late(case: Case, nominal: date) -> bool:
    """A late list keeps the plan's day; what replaces another, or comes after the day, has its own time."""
    return case.replaces_id is not None or nominal < case.opened_on
