"""The form of a half-yearly report: begun from the records, kept by itself, checked, handed in, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.casesteps import steps_of
from console.caseview import CaseView
from console.reporting import submit_and_step, versions_told
from console.web.acts import Act, Tried
from console.web.attempt import NOTHING, AsTyped, Attempt, Form, FormRefused, Typed
from console.web.desk import AtDesk, Desk
from console.web.pages.case_acts import step_acts
from console.web.pages.case_head import OVERVIEW, CaseHead, head_of, seen_at
from console.web.pages.reports import SEEN_BY, report_at
from console.web.pages.reports_sheet import FOLLOWING, WAS, Sheet, checked, entries_of, placed, sheets_of
from engine.errors import Hidden, Refused
from engine.opening import period_of
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.annex3checks import Findings
from workflows.benchmarking.model import VERSION_STATES, ReportVersion
from workflows.benchmarking.obligations import period_label
from workflows.benchmarking.recording import check_report, draft_report, fill_report, save_report
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.records import reports

pages = APIRouter()

EMPTY = Findings((), ())
TOLD: Mapping[str, Sentence] = {
    "saved": tr("The draft is kept."),
    "kept": tr("This version is kept for good; what you type next begins another one."),
    "handed-in": tr("The report is handed in."),
    "proposed": tr("The report is proposed for the day you said; the level above confirms it."),
    "corrected": tr("The corrected report is handed in; the earlier version stays on record."),
    "checked": tr("Nothing keeps the report from being handed in."),
}


class Draft(Form):
    """What goes with the fields: the draft they were read from, and what is to be done with them."""

    revision: int
    deed: str = "save"
    without: str = ""
    new_industry: str = Field(default="", max_length=60)
    note: str = Field(default="", max_length=500)
    reason: str = Field(default="", max_length=500)
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with a version of its form; `is_open` while the form can be typed into."""

    head: CaseHead
    period: str
    version: ReportVersion | None
    state: Mapping[str, str]
    versions: tuple[Mapping[str, object], ...]
    sheets: tuple[Sheet, ...]
    hints: tuple[Sentence, ...]
    is_open: bool
    may_begin: bool
    corrects: bool
    acts: tuple[Act, ...]
    waiting: bool
    today: date
    told: Sentence | None
    attempt: Attempt
    tried: Tried

    @property
    def was(self) -> Mapping[str, str]:
        """What stands in the fields that follow by themselves, to know later which of them somebody touched."""
        boxes = [box for sheet in self.sheets for box in sheet.boxes if box.follows]
        return {WAS + box.name: self.attempt.value(WAS + box.name, box.value) for box in boxes}


@dataclass(frozen=True, slots=True)
class SavedPart:
    """What a saving by itself answers: the new state of the draft, or why it was not kept."""

    version: ReportVersion
    was: Mapping[str, str]


@pages.get("/reports/{case_id}")
def show_report(case_id: int, desk: AtDesk, number: int | None = None, told: str = "", check: bool = False) -> Response:
    return report_page(desk, case_id, number=number, told=TOLD.get(told), check=check)


def report_page(
    desk: Desk,
    case_id: int,
    attempt: Attempt = NOTHING,
    *,
    number: int | None = None,
    told: Sentence | None = None,
    check: bool = False,
) -> Response:
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        case = report_at(desk, work, case_id)
        view = seen_at(desk, work, case_id)
        version = reports.version(work, case.id, number)
        if number is not None and version is None:
            raise Hidden(f"version {number} of report {case_id}")
        findings = check_report(desk.engine, work, case, version) if version else EMPTY
        is_open = version is not None and version.state == "draft" and view.may(desk.actor, DISTRICT)
        if check and version:
            attempt, told = checked(findings), None if findings.errors else TOLD["checked"]
        page = _page(desk, work, view, version, findings, is_open=is_open, told=told, attempt=attempt)
    return desk.page("reports/report.html", page)


def _page(
    desk: Desk,
    work: Work,
    view: CaseView,
    version: ReportVersion | None,
    findings: Findings,
    *,
    is_open: bool,
    told: Sentence | None,
    attempt: Attempt,
) -> ReportPage:
    steps = steps_of(desk.engine, work, desk.actor, view)
    sheets = sheets_of(version, findings) if version else ()
    fields = {box.name for sheet in sheets for box in sheet.boxes}
    versions = tuple(reversed(versions_told(work, view.case)))
    newest = version is None or version.number == versions[0]["number"]
    return ReportPage(
        head=head_of(view, OVERVIEW),
        period=period_label(period_of(view.case)),
        version=version,
        state=VERSION_STATES[version.state] if version else {},
        versions=versions,
        sheets=sheets,
        hints=tuple(one.sentence for one in findings.hints if one.part not in fields),
        is_open=is_open,
        may_begin=newest and not is_open and view.may(desk.actor, DISTRICT),
        corrects=view.case.state != "due",
        acts=tuple(one for one in step_acts(view, steps) if not one.name.endswith("hand_in")),
        waiting=steps.waiting is not None,
        today=desk.today,
        told=told,
        attempt=placed(attempt, version),
        tried=Tried(),
    )


@pages.post("/reports/{case_id}/draft")
def begin(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Begin the form, or its correction, with what the records know."""
    desk.if_refused(typed, lambda attempt: report_page(desk, case_id, attempt))
    with desk.work() as work:
        report_at(desk, work, case_id)
        draft_report(desk.engine, work, desk.actor, case_id)
    return desk.back(f"/reports/{case_id}")


@pages.post("/reports/{case_id}/save")
def save(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Keep what was typed, and do what the button says."""
    desk.if_refused(typed, lambda attempt: report_page(desk, case_id, attempt))
    sent = typed.read(Draft)
    with desk.work() as work:
        report_at(desk, work, case_id)
        _fill(desk, work, case_id, typed, sent)
        told = _go_on(desk, work, case_id, sent)
    return desk.back(f"/reports/{case_id}?{'check=1' if told == 'check' else f'told={told}'}")


@pages.post("/reports/{case_id}/autosave")
def save_by_itself(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Keep what was typed so far; the page goes on with the new state of the draft."""
    desk.if_refused(typed, lambda attempt: desk.page("reports/_unsaved.html", attempt))
    sent = typed.read(Draft)
    with desk.work() as work:
        report_at(desk, work, case_id)
        version = _fill(desk, work, case_id, typed, sent)
    names = [f"{sheet.industry}:{key}" for sheet in version.sheets for key in FOLLOWING]
    was = {WAS + name: typed.one(name).replace("\r\n", "\n") for name in names if name in typed.values}
    return desk.page("reports/_saved.html", SavedPart(version, was))


def _fill(desk: Desk, work: Work, case_id: int, typed: Typed, sent: Draft) -> ReportVersion:
    version = reports.version(work, case_id)
    if version is None or version.state != "draft":
        raise Refused(tr("There is no draft of this report; please begin one."))
    entries = entries_of(version, typed.values)
    without = [sent.without] if sent.without else []
    for name in without:
        entries.pop(name, None)
    if sent.deed == "add":
        if not sent.new_industry:
            raise FormRefused({"new_industry": tr("Please name the industry.")})
        entries.setdefault(sent.new_industry, {})
    return fill_report(desk.engine, work, desk.actor, case_id, entries, revision=sent.revision, without=without)


def _go_on(desk: Desk, work: Work, case_id: int, sent: Draft) -> str:
    """What the button says, and what is told of it."""
    if sent.deed == "check":
        return "check"
    if sent.deed == "keep":
        save_report(desk.engine, work, desk.actor, case_id, note=sent.note or None)
        return "kept"
    if sent.deed != "hand_in":
        return "saved"
    on = sent.reported_on or desk.today
    corrects = report_at(desk, work, case_id).state != "due"
    answer = submit_and_step(desk.engine, work, desk.actor, case_id, on=on, reason=sent.reason or None)
    desk.unless_denied(answer)
    return "corrected" if corrects else "proposed" if on < desk.today else "handed-in"
