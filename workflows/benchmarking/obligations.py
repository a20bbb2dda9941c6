"""What every district owes by itself: its list from the first day on, a report for each half-year."""

from datetime import date
from typing import Final

from engine.duedays import Occurrence, Yearly, occurrences
from engine.kinds import Obligation
from engine.terms import Terms
from engine.workdays import Workdays

LIST: Final = "list"
REPORT: Final = "report:"


def obligations(terms: Terms, today: date, workdays: Workdays) -> tuple[Obligation, ...]:
    """The list of Annex 2, and the reports of section 2 (5) of the plan whose time has begun by `today`."""
    roster = Obligation("nomination_list", LIST, "企业名单", terms.opens)
    return (roster, *(one for one in _reports(terms, today, workdays) if one.opens_on <= today))


def report_days(terms: Terms, last: date, workdays: Workdays) -> tuple[Occurrence, ...]:
    """The reports that are due up to a day, each with its period."""
    rule = Yearly(terms.report_days, roll=terms.roll, inclusive=terms.due_inclusive)
    found = occurrences(rule, first=terms.opens, last=last, workdays=workdays)
    return tuple(one for one in found if _order(one.period) >= _order(terms.first_report))


def _reports(terms: Terms, today: date, workdays: Workdays) -> list[Obligation]:
    return [
        Obligation(
            "progress_report",
            f"{REPORT}{one.period}",
            f"{period_label(one.period)}进展情况报表",
            workdays.before(one.nominal_on, terms.report_opens_before),
            "report_due",
        )
        for one in report_days(terms, date(today.year + 1, 12, 31), workdays)
    ]


def period_label(period: str) -> str:
    """2020 is 2020年度, 2020H1 is 2020年上半年."""
    return f"{period[:4]}年上半年" if period.endswith("H1") else f"{period}年度"


def _order(period: str) -> tuple[int, bool]:
    """A half-year comes before the whole year that ends after it."""
    return int(period[:4]), not period.endswith("H1")
