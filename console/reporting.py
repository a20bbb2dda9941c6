"""Half-yearly reports as a person asks for them: found by district and period, told whole, with what is to be done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from console.finding import find_campaign, find_district
from engine.access import Actor
from engine.cases import Answer, Done, advance
from engine.core import Engine
from engine.errors import NotFound, Refused
from engine.judging import Command
from engine.model import Case
from engine.opening import period_of
from engine.proposals import propose
from engine.store import cases, organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.annex3 import BY_KEY, FIELDS
from workflows.benchmarking.annex3checks import Findings
from workflows.benchmarking.model import VERSION_STATES, ReportSheet, ReportVersion
from workflows.benchmarking.recording import submit_report
from workflows.benchmarking.records import reports

FLOW, HAND_IN = "progress_report", "hand_in"


def find_report(
    engine: Engine, work: Work, actor: Actor, *, campaign: str | None, district: str | None, period: str | None
) -> Case:
    """The one report that is meant: of one's own district and that period, else the one still owed."""
    key = find_campaign(engine, work, campaign).key
    own = organisations.get(work, actor.organisation_id)
    place = find_district(work, actor, district) if district else own
    found = [
        one for one in cases.of_campaign(work, key, FLOW, district_id=place.id) if period in (None, period_of(one))
    ]
    if not found:
        raise NotFound(tr("{district} has no such report; `lingpao report list` shows them.", district=place.name))
    owed = [one for one in found if one.state == "due"] if len(found) > 1 else found
    if len(owed) == 1:
        return owed[0]
    periods = tuple(period_of(one) for one in found)
    raise Refused(tr("There are several reports: {periods}. Say which with --period.", periods=periods))


def step_or_ask(engine: Engine, work: Work, actor: Actor, case_id: int, *, on: date, reason: str | None) -> Answer:
    """Hand the report in; what counts from an earlier day is proposed, for somebody else to confirm."""
    asked = Command(case_id=case_id, step=HAND_IN, on=on, reason=reason)
    return (propose if on < engine.today(work) else advance)(engine, work, actor, asked)


def submit_and_step(engine: Engine, work: Work, actor: Actor, case_id: int, *, on: date, reason: str | None) -> Answer:
    """Freeze the form as handed in and take the step with it; what was handed in already is only corrected."""
    after, _ = submit_report(engine, work, actor, case_id, reported_on=on, reason=reason, version=None)
    if after.state != "due" or after.proposed_step is not None:
        return Done(after.id, HAND_IN, after.state, after.version)
    return step_or_ask(engine, work, actor, after.id, on=on, reason=reason)


def version_told(work: Work, found: ReportVersion) -> dict[str, Any]:
    """A version as a document, its forms by industry."""
    return _head(work, found) | {
        "forms": {one.industry: dict(one.typed) for one in found.sheets},
        "computed": {one.industry: dict(one.computed) for one in found.sheets},
        "differences": {one.industry: dict(one.differences) for one in found.sheets if one.differences},
    }


def versions_told(work: Work, case: Case) -> list[dict[str, Any]]:
    return [_head(work, one) for one in reports.versions_of(work, case.id)]


def findings_told(found: Findings) -> dict[str, Any]:
    return {
        kind: [{"code": one.code, "sentence": one.sentence, "part": one.part} for one in reasons]
        for kind, reasons in (("errors", found.errors), ("hints", found.hints))
    }


def rows_of(sheet: ReportSheet) -> list[tuple[str, object, object, object]]:
    """Each field of a form: its label, what is typed, what the records say, and their figure for the period alone."""
    within: Mapping[str, Any] = sheet.computed.get("within", {})
    return [
        (
            f"{field.label}（{field.unit}）" if field.unit else field.label,
            sheet.typed.get(field.key),
            sheet.computed.get(field.key),
            within.get(field.key),
        )
        for field in FIELDS
    ]


def fields_told() -> list[dict[str, Any]]:
    """The table of fields, for whoever builds a form."""
    return [
        {
            "key": one.key,
            "label": one.label,
            "kind": one.kind,
            "unit": one.unit,
            "source": one.source,
            "required": one.required,
            "of": list(one.of) if one.of else None,
        }
        for one in FIELDS
    ]


def key_of(name: str) -> str:
    """The field of a key or of a label as the form prints it."""
    found = BY_KEY.get(name) or next((one for one in FIELDS if one.label == name), None)
    return found.key if found else name


def _head(work: Work, found: ReportVersion) -> dict[str, Any]:
    return {
        "number": found.number,
        "state": found.state,
        "state_label": VERSION_STATES[found.state],
        "revision": found.revision,
        "reported_on": found.reported_on,
        "note": found.note,
        "by": people.names(work, [found.person_id]).get(found.person_id, ""),
        "saved_at": found.saved_at,
    }
