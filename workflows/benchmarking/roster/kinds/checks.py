"""What is checked in the rows and between the rows of the campaign's other lists."""

from datetime import date

from workflows.benchmarking.roster.drafts import Draft, RosterDraft
from workflows.benchmarking.roster.forms import ListCheck, RowCheck


def is_named(row: Draft) -> None:
    """A row names its enterprise, by name or by credit code; a faulty code has been said already."""
    name, code = "enterprise_name", "credit_code"
    refused = any(fault.name in {name, code} for fault in row.errors)
    if not refused and row.values.get(name) is None and row.values.get(code) is None:
        row.error(name, "ENTERPRISE_NAME_MISSING")


def says_any(*names: str, code: str) -> RowCheck:
    """A check that a row fills at least one of these fields; `code` is the fault where it fills none."""

    def check(row: Draft) -> None:
        refused = {fault.name for fault in row.errors}
        if refused.isdisjoint(names) and all(row.values.get(name) in (None, ()) for name in names):
            row.error(names[0], code)

    return check


def has_come(name: str) -> ListCheck:
    """A check that the days of this field do not lie in the future."""

    def check(roster: RosterDraft) -> None:
        for row in roster.rows:
            day = row.values.get(name)
            if isinstance(day, date) and day > roster.expectation.today:
                row.error(name, "DAY_IN_FUTURE", day.isoformat())

    return check


def once(name: str, *, code: str) -> ListCheck:
    """A check that no two rows are about the same subject; `name` is the field that is pointed at."""

    def check(roster: RosterDraft) -> None:
        for rows in roster.subjects().values():
            for row in rows[1:]:
                place = "" if row.place == rows[0].place else rows[0].place.spoken()
                said = f"与{place}第{rows[0].row + 1}行相同"
                row.error(name, code, said, duplicate_of_row=rows[0].row + 1)

    return check
