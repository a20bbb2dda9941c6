"""Half-yearly reports through the interface: their versions read, the form filled in, kept, handed in, corrected."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from console.reporting import fields_told, findings_told, submit_and_step, version_told, versions_told
from console.web.api.desk import AtApi, tagged, told
from console.web.api.once import AtOnce, Once
from console.web.api.reading import NUMBER, CaseNumber
from console.web.api.shapes import Asked, Document, Nothing, problems
from console.web.desk import Desk
from console.web.pages.reports import SEEN_BY, report_at
from engine.errors import Hidden
from engine.model import Case
from engine.opening import period_of
from engine.store.database import Work
from workflows.benchmarking.model import ReportVersion
from workflows.benchmarking.recording import check_report, draft_report, fill_report, save_report
from workflows.benchmarking.records import reports

router = APIRouter(tags=["reports"])

CHANGING = problems(400, 409, 412)
Typed = str | int | float | None
VersionNumber = Annotated[int | None, Query(ge=1, le=NUMBER, description="Which version; the newest one.")]


class Filled(Asked):
    """What is typed into the draft: `forms` by industry and field; `revision` is the one of the draft that was read."""

    model_config = ConfigDict(allow_inf_nan=False)

    forms: dict[str, dict[str, Typed]] = Field(default={}, max_length=60)
    without: list[str] = Field(default=[], max_length=60, description="Industries whose forms are taken away.")
    revision: int | None = Field(default=None, ge=1, le=NUMBER)


class Kept(Asked):
    """A remark on the version that is kept for good."""

    note: str | None = Field(default=None, max_length=500)


class HandedIn(Asked):
    """The day of the report, today by default; an earlier one is proposed. A correction needs a reason."""

    reported_on: date | None = None
    reason: str | None = Field(default=None, min_length=2, max_length=500)


@router.get("/report-fields", response_model=list[Document], responses=problems())
def every_field(desk: AtApi) -> Response:
    """The fields of the form, in the order in which it is printed."""
    return told(desk, fields_told())


@router.get("/reports/{case_id}", response_model=Document, responses=problems())
def one_report(case_id: CaseNumber, desk: AtApi, number: VersionNumber = None) -> Response:
    """A version of a report with what keeps it from being handed in, and which versions there are."""
    with desk.look() as work:
        case = report_at(desk, work, case_id)
        version = reports.version(work, case_id, number)
        if number is not None and version is None:
            raise Hidden(f"version {number} of report {case_id}")
        return tagged(desk, _told(desk, work, case, version))


@router.post("/reports/{case_id}/draft", response_model=Document, responses=CHANGING)
def draft(case_id: CaseNumber, asked: Nothing, once: AtOnce) -> Response:
    """Begin the form, or its correction, with what the records know; a draft that stands is answered as it is."""
    desk = once.desk

    def do(work: Work) -> None:
        draft_report(desk.engine, work, desk.actor, case_id)

    return _write(once, case_id, asked, do)


@router.post("/reports/{case_id}/fill", response_model=Document, responses=CHANGING)
def fill(case_id: CaseNumber, asked: Filled, once: AtOnce) -> Response:
    """Write into the draft, which keeps faulty values too; refused where somebody wrote over it meanwhile."""
    desk = once.desk

    def do(work: Work) -> None:
        fill_report(desk.engine, work, desk.actor, case_id, asked.forms, revision=asked.revision, without=asked.without)

    return _write(once, case_id, asked, do)


@router.post("/reports/{case_id}/keep", response_model=Document, responses=CHANGING)
def keep(case_id: CaseNumber, asked: Kept, once: AtOnce) -> Response:
    """Keep the draft as a version for good; what is filled in next begins another one."""
    desk = once.desk

    def do(work: Work) -> None:
        save_report(desk.engine, work, desk.actor, case_id, note=asked.note or None)

    return _write(once, case_id, asked, do)


@router.post("/reports/{case_id}/hand-in", response_model=Document, responses=CHANGING)
def hand_in(case_id: CaseNumber, asked: HandedIn, once: AtOnce) -> Response:
    """Check the form, freeze it and hand it in; what was handed in already is corrected by a further version.

    Accepting and returning a report are steps of its case.
    """
    desk = once.desk

    def do(work: Work) -> None:
        on = asked.reported_on or desk.today
        answer = submit_and_step(desk.engine, work, desk.actor, case_id, on=on, reason=asked.reason)
        desk.unless_denied(answer)  # here, so that nothing is frozen of what was not handed in

    return _write(once, case_id, asked, do)


def _write(once: Once, case_id: int, asked: BaseModel, do: Callable[[Work], None]) -> Response:
    desk = once.desk

    def act(work: Work) -> dict[str, Any]:
        report_at(desk, work, case_id)
        do(work)
        return _newest(desk, work, case_id)

    desk.only_for(*SEEN_BY)
    return once.do(asked, act, read=lambda work: _newest(desk, work, case_id))


def _newest(desk: Desk, work: Work, case_id: int) -> dict[str, Any]:
    return _told(desk, work, report_at(desk, work, case_id), reports.version(work, case_id))


def _told(desk: Desk, work: Work, case: Case, version: ReportVersion | None) -> dict[str, Any]:
    findings = check_report(desk.engine, work, case, version) if version else None
    return {
        "case_id": case.id,
        "period": period_of(case),
        "state": case.state,
        "proposed": case.proposed_step,
        "case_version": case.version,
        "report": version_told(work, version) if version else None,
        "findings": findings_told(findings) if findings else None,
        "versions": versions_told(work, case),
    }
