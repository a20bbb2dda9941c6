"""Holding what stands above a list against what the campaign expects: year, reporting unit and date, quota."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from workflows.benchmarking.dates import read_date
from workflows.benchmarking.roster.districts import Resolved, names_nobody, resolve_district
from workflows.benchmarking.roster.drafts import RosterDraft
from workflows.benchmarking.roster.faults import Spotted
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.preamble import Preamble, read_preamble, read_unit
from workflows.benchmarking.roster.quotas import Quota
from workflows.benchmarking.roster.report import Heading
from workflows.benchmarking.roster.rowkinds import HEADING, SIGNATURE
from workflows.benchmarking.roster.rows import Ignored
from workflows.benchmarking.roster.sheets import Place, Scalar
from workflows.benchmarking.roster.texts import plain_text


def read_heading(header: Header, form: Form, roster: RosterDraft) -> Heading:
    """The heading, with its faults said to `roster`; also settles whose list it is and its quota."""
    found = read_preamble(header, form.title_word)
    _check_year(found, roster)
    day = _check_date(found, form, roster)
    unit = _check_unit(found, day, form, roster)
    roster.district = roster.expectation.district or (unit.code if unit else None)
    name = unit.name if unit else None
    return Heading(found.title, found.year, found.unit, roster.district, name, day, header)


def check_what_follows(headers: Sequence[Header], ignored: Sequence[Ignored], roster: RosterDraft) -> None:
    """Lists of two units that were put under one another are not the list of the first."""
    expectation = roster.expectation
    for place, row, lines in _later_lines(headers, ignored):
        said = read_unit(lines)
        unit = (
            resolve_district(said, expectation.districts, city=expectation.city, on=expectation.today) if said else None
        )
        if unit is not None and roster.district not in (None, unit.code):
            roster.error("reporting_unit", "REPORTING_UNITS_SEVERAL", f"“{said}”", Spotted(place, row))


def _later_lines(
    headers: Sequence[Header], ignored: Sequence[Ignored]
) -> Iterator[tuple[Place, int | None, Sequence[Sequence[Scalar]]]]:
    """What stands between the entries of one sheet, and between the tables of one letter."""
    sheets = {header.sheet.place: header.sheet for header in headers}
    for one in ignored:
        if one.why in (SIGNATURE, HEADING):
            yield one.place, one.row + 1, [sheets[one.place].rows[one.row]]
    for before, header in pairwise(headers):
        # The lines above a table go back to the beginning of the letter, rows of the tables before it too.
        begins = len(before.sheet.above) + len(before.sheet.rows)
        yield header.sheet.place, None, header.sheet.above[begins:]


def check_formulas_above(heading: Heading, header: Header, roster: RosterDraft) -> None:
    """A date or a unit that is a formula without a value looks filled in to whoever opens the file."""
    if heading.unit is not None and heading.reporting_date is not None:
        return
    place = header.sheet.place
    for row, column in sorted(header.sheet.marks.unvalued):
        if row < header.rows[0]:
            roster.warn(None, "FORMULA_WITHOUT_VALUE", at=Spotted(place, row + 1, column, place.cell(row, column)))


def _check_year(found: Preamble, roster: RosterDraft) -> None:
    expected = roster.expectation.campaign_year
    if found.year is not None and found.year != expected:
        roster.error("campaign_year", "YEAR_MISMATCH", f"标题写的是 {found.year} 年，本次是 {expected} 年")


def _check_unit(found: Preamble, day: date | None, form: Form, roster: RosterDraft) -> Resolved | None:
    expectation = roster.expectation
    said = found.unit
    if said is None or names_nobody(said):
        if not form.nominating:
            return None
        name = _name_of(expectation.district, roster)
        if name is None:
            roster.error("reporting_unit", "REPORTING_UNIT_MISSING")
        else:
            roster.warn("reporting_unit", "REPORTING_UNIT_MISSING", f"，已按报送单位“{name}”处理")
        return None
    if not expectation.districts:
        return None
    unit = resolve_district(said, expectation.districts, city=expectation.city, on=day or expectation.today)
    if unit is None:
        roster.error("reporting_unit", "REPORTING_UNIT_UNKNOWN", said)
        return None
    if unit.former:
        roster.warn("reporting_unit", "REPORTING_UNIT_FORMER_NAME", said)
    if expectation.district is not None and unit.code != expectation.district:
        sender = _name_of(expectation.district, roster)
        roster.error("reporting_unit", "REPORTING_UNIT_MISMATCH", f"名单写的是“{said}”，报送的是“{sender}”")
    return unit


def _name_of(code: str | None, roster: RosterDraft) -> str | None:
    names = (district.name for district in roster.expectation.districts if district.code == code)
    return next(names, code)


def _check_date(found: Preamble, form: Form, roster: RosterDraft) -> date | None:
    expectation = roster.expectation
    read = read_date(found.dated)
    if read.day is None:
        if read.state == "missing":
            if form.nominating:
                roster.warn("reporting_date", "REPORTING_DATE_MISSING")
        elif read.state == "incomplete":
            roster.warn("reporting_date", "REPORTING_DATE_INCOMPLETE", plain_text(found.dated))
        else:
            roster.error("reporting_date", "REPORTING_DATE_INVALID", plain_text(found.dated))
        return None
    if read.day > expectation.today:
        roster.error("reporting_date", "REPORTING_DATE_IN_FUTURE", read.day.isoformat())
    elif form.nominating and expectation.due_on is not None and read.day > expectation.due_on:
        said = f"{read.day.isoformat()}，截止日为 {expectation.due_on.isoformat()}"
        roster.warn("reporting_date", "REPORTED_LATE", said)
    return read.day


def check_quota(roster: RosterDraft) -> None:
    """Distinct enterprises of the file, whether or not their rows have other errors."""
    expectation = roster.expectation
    asked = expectation.quota
    if asked is None and roster.district is not None:
        asked = expectation.quotas.get(roster.district)
    subjects = roster.subjects()
    accepted = sum(1 for rows in subjects.values() if any(not row.errors for row in rows))
    roster.quota = quota = Quota(asked, expectation.quota_mode, len(subjects), accepted)
    said = f"任务数 {asked} 家，名单 {quota.submitted} 家"
    if quota.result == "exceeded":
        (roster.error if quota.mode == "cap" else roster.warn)("quota", "QUOTA_EXCEEDED", said)
    elif quota.result == "not_met":
        roster.warn("quota", "QUOTA_NOT_MET", said)
