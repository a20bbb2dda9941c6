"""The deadlines a case opens with: all milestones of its flow at once, each with its day."""

from datetime import date
from typing import Any

from engine.core import Engine
from engine.duedays import Yearly, roll_day
from engine.flow import Flow, Milestone
from engine.model import Case
from engine.store.database import Work
from engine.terms import Terms
from engine.workdays import Workdays


def deadlines_of(engine: Engine, work: Work, flow: Flow, case: Case) -> list[dict[str, Any]]:
    """Rows of the deadlines that a case opens with; a late joiner has at least the newcomers' workdays."""
    terms = engine.terms(work, case.campaign)
    workdays = engine.workdays(work)
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
            "opened_at": work.now,
            "generation": 1,
            "state": "open",
        }
        for milestone in flow.milestones
        for nominal, current in [due_days(terms, milestone, case, workdays)]
    ]


def due_days(terms: Terms, milestone: Milestone, case: Case, workdays: Workdays) -> tuple[date | None, date | None]:
    """The day as the plan names it, and the day that holds for this case (rolled, not before a newcomer's time)."""
    nominal = nominal_day(terms, milestone, case)
    if nominal is None:
        return None, None
    current = roll_day(nominal, terms.roll, workdays)
    if not terms.due_inclusive:
        current = workdays.on_or_before(date.fromordinal(current.toordinal() - 1))
    if milestone.due.kind == "day" and _joins_late(case, nominal):
        current = max(current, workdays.after(case.opened_on, terms.newcomer_workdays))
    return nominal, current


def nominal_day(terms: Terms, milestone: Milestone, case: Case) -> date | None:
    """The day of the plan: from the campaign's settings, or of the period that the case is for."""
    if milestone.due.kind == "yearly":
        return Yearly(milestone.due.days).due_day(period_of(case))
    if milestone.due.kind == "day":
        return terms.days.get(milestone.name)
    return None


def period_of(case: Case) -> str:
    """The period in the subject key of a case that is for one, such as "report:2020H1"."""
    return case.subject_key.rpartition(":")[2]


def _joins_late(case: Case, nominal: date) -> bool:
    """A late list keeps the plan's day; what replaces another, or comes after the day, has its own time."""
    return case.replaces_id is not None or nominal < case.opened_on
