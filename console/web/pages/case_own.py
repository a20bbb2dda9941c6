"""What the page of a list or a report shows in the place of products: how full it is, which form was handed in."""

from dataclasses import dataclass

from console.caseslots import EVIDENCE, Paper, SlotLine, completed_line
from console.caseview import CaseView
from console.web.desk import Desk
from console.web.menu import addresses
from engine.flow import Label
from engine.opening import period_of
from engine.roles import REPORTERS
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.facts import ListFacts, ReportFacts
from workflows.benchmarking.model import VERSION_STATES, ReportForm, ReportVersion
from workflows.benchmarking.records import reports


@dataclass(frozen=True, slots=True)
class Leading:
    """Where the work itself is done."""

    href: str
    label: Sentence


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """The record of a case that is not about an enterprise, with its versions and the pages where it is worked on."""

    title: Sentence
    told: tuple[object, ...]
    line: SlotLine | None
    versions: tuple[tuple[ReportVersion, Label], ...]
    leading: tuple[Leading, ...]


def own_record(desk: Desk, work: Work, view: CaseView) -> OwnRecord | None:
    """What there is to show of a list or a report."""
    if isinstance(view.facts, ListFacts):
        return _list(desk, view, view.facts)
    return _report(desk, work, view, view.facts) if isinstance(view.facts, ReportFacts) else None


def _list(desk: Desk, view: CaseView, facts: ListFacts) -> OwnRecord:
    lacking = max(0, facts.quota - facts.counted)
    told = (
        tr("{counted} of {quota} enterprises are on the list.", counted=facts.counted, quota=facts.quota),
        *((tr("{n} more are to be nominated.", n=lacking),) if lacking else ()),
    )
    district = view.place.code
    leading = [Leading(f"/cases?district={district}", tr("The enterprises of the list"))]
    if "/nominate" in addresses(desk) and view.may(desk.actor, REPORTERS):
        leading.append(Leading("/nominate", tr("Hand in or complete the list")))
    return OwnRecord(tr("The list"), told, None, (), tuple(leading))


def _report(desk: Desk, work: Work, view: CaseView, facts: ReportFacts) -> OwnRecord:
    form = facts.form
    line = SlotLine(
        EVIDENCE["report_form"],
        (tr("{name}, received on {day}", name=form.file_name, day=form.received_on),) if form else (),
        _paper(form) if form else (),
        missing=form is None,
    )
    versions = tuple((one, VERSION_STATES[one.state]) for one in reports.versions_of(work, view.case.id))
    form_page = f"/reports/{view.case.id}" if "/reports/{case_id}" in addresses(desk) else "/reports"
    leading = (Leading(form_page, tr("Open the form of the report")),) if "/reports" in addresses(desk) else ()
    return OwnRecord(
        tr("Report for {period}", period=period_of(view.case)),
        (),
        completed_line(view, desk.actor, line),
        versions,
        leading,
    )


def _paper(form: ReportForm) -> tuple[Paper, ...]:
    return (Paper(form.file_sha, tr("the form")),)
