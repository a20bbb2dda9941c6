"""A list that was sent and not yet taken: what is wrong with it, what it would change; take it, or leave it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from console.listdesk import Checked, FaultLine, became_of, check_list, drop_lists, kept_list, marked_list
from console.lists import Reading, read_list, take_in
from console.listwords import said
from console.web.attempt import NOTHING, AsTyped, Attempt
from console.web.desk import AtDesk, Desk
from console.web.downloads import XLSX, attachment
from console.web.pages.nominate import ROLES, ListTerms, arrival_of
from engine.errors import NotFound
from engine.words import Sentence, tr
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.standards import Reference, official

pages = APIRouter()

SHOWN: Final = 200
"""Rows of a table of this page; the marked sheet has all of them."""

WHY: Final = {
    "blank": tr("an empty row"),
    "total": tr("a total"),
    "notes": tr("a note"),
    "signature": tr("a signature"),
    "heading": tr("a heading"),
    "repeated_header": tr("the header once more"),
}
QUOTAS: Final = {
    "met": (tr("as many as are asked for"), "green"),
    "exceeded": (tr("more than are asked for"), "yellow"),
    "not_met": (tr("fewer than are asked for"), "yellow"),
}

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
AtTerms = Annotated[ListTerms, Query()]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What the check found, with everything that is needed to take the list."""

    digest: str
    terms: ListTerms
    checked: Checked
    facts: tuple[tuple[Sentence, object], ...]
    quota: tuple[Sentence, str] | None
    lines: tuple[FaultLine, ...]
    more_faults: int
    ignored: tuple[tuple[int, Sentence, str], ...]
    read: tuple[tuple[int, tuple[str, ...]], ...]
    heads: tuple[str, ...]
    good: int
    bad: int
    contact: tuple[tuple[str, str], ...]
    attempt: Attempt

    @property
    def address(self) -> str:
        return f"/nominate/checked/{self.digest}"

    @property
    def may_take(self) -> bool:
        report = self.checked.report
        return report.clean and bool(report.rows) and self.checked.refusal is None and self.checked.reading.recognised

    @property
    def may_take_good(self) -> bool:
        checked = self.checked
        fine = not checked.report.file_errors and checked.refusal is None and checked.reading.recognised
        return fine and self.bad > 0 and self.good > 0


@pages.get("/nominate/checked/{digest}")
def show_checked(digest: Digest, terms: AtTerms, desk: AtDesk) -> Response:
    return _taken_already(desk, digest) or check_page(desk, digest, terms)


def _taken_already(desk: Desk, digest: str) -> Response | None:
    """Whoever comes back to a check by the back button is led to what became of the list."""
    desk.only_for(*ROLES)
    with desk.look() as work:
        number = became_of(work, desk.actor, desk.campaign.key, digest)
    return None if number is None else desk.back(f"/nominate/imports/{number}?told=same")


def check_page(desk: Desk, digest: str, terms: ListTerms, attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*ROLES)
    with desk.look() as work:
        arrival = arrival_of(desk, work, terms, *kept_list(work, desk.actor, digest))
        checked = check_list(desk.engine, work, arrival)
        contact = _contact(desk, terms) if terms.also else ()
    return desk.page("nominate/checked.html", _page(digest, terms, checked, contact, attempt))


def _page(
    digest: str, terms: ListTerms, checked: Checked, contact: tuple[tuple[str, str], ...], attempt: Attempt
) -> CheckPage:
    report = checked.report
    # a list that only adds to the one before says nothing about the quota
    lines = [one for one in checked.lines if not (terms.supplementary and one.fault.code == "QUOTA_NOT_MET")]
    good, quota = len(report.good_rows()), report.quota
    columns = [one for one in report.form.columns if not one.counting]
    return CheckPage(
        digest=digest,
        terms=terms,
        checked=checked,
        facts=_facts(report, terms),
        quota=QUOTAS.get(quota.result or "") if quota and not terms.supplementary else None,
        lines=tuple(lines[:SHOWN]),
        more_faults=max(0, len(lines) - SHOWN),
        ignored=tuple((one.row + 1, WHY.get(one.why, tr("no entry")), one.text) for one in report.ignored[:SHOWN]),
        read=tuple(
            (row.row, tuple(_spoken(row.values.get(one.field)) for one in columns)) for row in report.rows[:SHOWN]
        ),
        heads=tuple(one.label for one in columns),
        good=good,
        bad=len(report.rows) - good,
        contact=contact,
        attempt=attempt,
    )


@pages.post("/nominate/checked/{digest}/take")
def take(digest: Digest, typed: AsTyped, desk: AtDesk) -> Response:
    """Take all of it, or the rows without faults; what became of it stands on the page of the import."""
    if before := _taken_already(desk, digest):
        return before
    terms = typed.read(ListTerms)
    desk.if_refused(typed, lambda attempt: check_page(desk, digest, terms, attempt))
    reading = _reading(desk, digest, terms, good_rows=typed.one("rows") == "good")
    _, outcome = take_in(desk.engine, reading)
    address = f"/nominate/imports/{outcome.import_id}"
    if outcome.earlier is not None:
        address += "?told=same"
    elif terms.also and outcome.status == "taken":
        address += f"?also={_take_contact(desk, terms)}"
    with desk.work() as work:
        drop_lists(work, desk.actor, [digest, *([terms.also] if terms.also else [])])
    return desk.back(address)


@pages.post("/nominate/checked/{digest}/cancel")
def cancel(digest: Digest, typed: AsTyped, desk: AtDesk) -> Response:
    """Nothing was taken; what was sent is forgotten at once."""
    desk.only_for(*ROLES)
    terms = typed.read(ListTerms)
    with desk.work() as work:
        drop_lists(work, desk.actor, [digest, *([terms.also] if terms.also else [])])
    return desk.back("/nominate")


@pages.get("/nominate/checked/{digest}/marked")
def marked(digest: Digest, terms: AtTerms, desk: AtDesk) -> Response:
    """The sender's own workbook with every fault at its place."""
    desk.only_for(*ROLES)
    with desk.look() as work:
        arrival = arrival_of(desk, work, terms, *kept_list(work, desk.actor, digest))
        checked = check_list(desk.engine, work, arrival)
    found = marked_list(checked.reading, checked.report)
    if found is None:
        raise NotFound
    return attachment(found.filename, found.content, XLSX)


def _reading(desk: Desk, digest: str, terms: ListTerms, *, good_rows: bool = False) -> Reading:
    with desk.look() as work:
        arrival = arrival_of(desk, work, terms, *kept_list(work, desk.actor, digest))
    return read_list(desk.engine, replace(arrival, good_rows=good_rows))


def _take_contact(desk: Desk, terms: ListTerms) -> int:
    """The contact that was typed with a single nomination comes in as a list of its own, right behind it."""
    _, outcome = take_in(desk.engine, _contact_reading(desk, terms))
    return outcome.import_id


def _contact_reading(desk: Desk, terms: ListTerms) -> Reading:
    return _reading(desk, terms.also, ListTerms(form="contacts", district=terms.district))


def _contact(desk: Desk, terms: ListTerms) -> tuple[tuple[str, str], ...]:
    """What else was typed with a single nomination."""
    report = _contact_reading(desk, terms).report
    given = report.rows[0].values if report.rows else {}
    spoken: Callable[[str], str] = lambda name: _spoken(given.get(name))  # noqa: E731
    return tuple((one.label, spoken(one.field)) for one in report.form.columns if not one.counting)


def _facts(report: Report, terms: ListTerms) -> tuple[tuple[Sentence, object], ...]:
    heading, quota = report.heading, report.quota
    told = tr("{n} rows, {bad} with errors", n=len(report.rows), bad=len(report.rows) - len(report.good_rows()))
    counted = tr("{n} enterprises for {quota}", n=quota.submitted, quota=quota.quota) if quota and quota.quota else None
    return (
        (tr("File"), report.file),
        (tr("Kind of list"), report.form.name if heading.table else None),
        (tr("Title"), heading.title),
        (tr("District"), heading.district_name or heading.unit),
        (tr("Reported on"), heading.reporting_date),
        (tr("Rows"), told),
        (tr("Passed over"), len(report.ignored) or None),
        (tr("Quota"), None if terms.supplementary else counted),
    )


def _spoken(value: object) -> str:
    """A value as it was read."""
    if isinstance(value, tuple) and value and isinstance(value[0], Reference):
        return "；".join(_standard(one) for one in value)
    return said(value)


def _standard(one: Reference) -> str:
    number = official(one.number) if one.number else one.token
    return number + (f"《{one.title}》" if one.title else "")
