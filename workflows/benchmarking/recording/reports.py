"""The half-yearly form filled in here: drafted with what the records know, saved by itself, kept, handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.access import Actor
from engine.acting import capacity_for
from engine.briefing import Paper
from engine.core import Engine
from engine.errors import CaseChanged, Refused
from engine.kinds import Reason
from engine.model import Case
from engine.opening import period_of
from engine.store import blobs, cases, organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.annex3 import BY_KEY, COUNTED, FIELDS, share, span_of
from workflows.benchmarking.annex3checks import Findings, check_sheets, differences, filled_up, totals
from workflows.benchmarking.annex3values import read_value
from workflows.benchmarking.annexes.annex3 import AnnexFacts, write_annex_3
from workflows.benchmarking.evidence import KeptFile
from workflows.benchmarking.model import ReportSheet, ReportVersion, VersionState
from workflows.benchmarking.obligations import REPORT, period_label
from workflows.benchmarking.recording.changes import DISTRICT, Change, Writing
from workflows.benchmarking.recording.refusals import refuse_if_any
from workflows.benchmarking.recording.results import keep_report_paper
from workflows.benchmarking.records import reports
from workflows.benchmarking.records.reportfigures import figures_of

Entries = Mapping[str, Mapping[str, Any]]
"""What was typed, by industry and field; the industry "" is the only form there is, a new name is a new form."""


def draft_report(engine: Engine, work: Work, actor: Actor, case_id: int) -> ReportVersion:
    """The draft of a report, begun with what the records know or with the version before it."""
    return _draft(Writing(engine, work, actor), _open(engine, work, actor, case_id))


def fill_report(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    entries: Entries,
    *,
    revision: int | None = None,
    without: Sequence[str] = (),
) -> ReportVersion:
    """Write into the draft, which keeps faulty values too; `without` takes forms away, `revision` is the one seen."""
    writing = Writing(engine, work, actor)
    case = _open(engine, work, actor, case_id)
    draft = _draft(writing, case)
    if revision is not None and revision != draft.revision:
        who = people.names(work, [draft.person_id]).get(draft.person_id, "")
        told = tr("{name} was written over meanwhile by {who}. Please look again.", name=case.subject_name, who=who)
        raise CaseChanged(told, state=draft.state, version=draft.revision, changed_by=who)
    sheets = _merged(draft.sheets, entries, without, figures(engine, work, case))
    reports.write(work, draft, sheets, {"person_id": actor.person_id})
    return _again(work, case, draft)


def save_report(
    engine: Engine, work: Work, actor: Actor, case_id: int, *, note: str | None = None
) -> tuple[Case, ReportVersion]:
    """Keep the draft as a version for good; what is typed next begins another one."""
    writing = Writing(engine, work, actor)
    case = _open(engine, work, actor, case_id)
    draft = _draft(writing, case)
    return _freeze(writing, case, draft, "saved", note=note, reported_on=None)


def submit_report(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    *,
    reported_on: date,
    reason: str | None = None,
    version: int | None = None,
) -> tuple[Case, ReportVersion]:
    """Check everything, freeze the version and print it: from now on this paper counts for the report.

    What was handed in already is corrected by a further version, with the reason.
    """
    writing = Writing(engine, work, actor, reason)
    case = _open(engine, work, actor, case_id, version=version)
    draft = _draft(writing, case)
    reports.write_sheets(work, draft.id, _merged(draft.sheets, {}, (), figures(engine, work, case)))
    draft = _again(work, case, draft)
    findings = check_report(engine, work, case, draft)
    refuse_if_any([*findings.errors, *_wrong_day(reported_on, engine.today(work))])
    case, done = _freeze(writing, case, draft, "submitted", note=reason, reported_on=reported_on)
    paper = print_report(work, case, done)
    digest = blobs.keep(work, paper.content, paper.media_type)
    kept = KeptFile(digest, paper.name, paper.media_type, len(paper.content))
    return keep_report_paper(writing, case, kept, reported_on, filled_in=done.number), done


def check_report(engine: Engine, work: Work, case: Case, found: ReportVersion) -> Findings:
    """What keeps a version from being handed in, and what is odd about it."""
    checked = check_sheets(found.sheets, _before(work, case))
    hints = list(checked.hints)
    forms = {one.industry for one in found.sheets}
    for industry in figures(engine, work, case):
        if industry not in forms:
            name = industry or tr("enterprises without an industry")
            told = tr("The records know of {industry} too, but there is no form for it.", industry=name)
            hints.append(Reason("FORM_MISSING", told, industry))
    ends_on = span_of(period_of(case)).ends_on
    if engine.today(work) <= ends_on:
        told = tr("The period runs until {day}; the figures may still change.", day=ends_on)
        hints.append(Reason("PERIOD_RUNS", told, "period"))
    return replace(checked, hints=tuple(hints))


def figures(engine: Engine, work: Work, case: Case) -> dict[str, dict[str, Any]]:
    """What the records know, by industry, with the shares worked out."""
    span = span_of(period_of(case))
    cutoff = datetime.combine(span.ends_on + timedelta(days=1), time(), engine.zone)
    found = figures_of(work, case, begins_on=span.begins_on, ends_on=span.ends_on, cutoff=cutoff)
    for values in found.values():
        for field in FIELDS:
            if field.of and field.source == "records":
                worked = share(values[field.of[0]], values[field.of[1]])
                values[field.key] = None if worked is None else str(worked)
    return found


def print_report(work: Work, case: Case, found: ReportVersion) -> Paper:
    """A version as Annex 3 on paper; a draft says that it is one."""
    return write_annex_3(annex_facts(work, case, found))


def annex_facts(work: Work, case: Case, found: ReportVersion) -> AnnexFacts:
    """What the paper says, wherever it is printed."""
    return AnnexFacts(
        unit=organisations.get(work, case.district_id).full_name,
        period=period_label(period_of(case)),
        reported_on=found.reported_on,
        final=found.state == "submitted",
        sheets=[one.typed for one in found.sheets],
        sums=totals(found.sheets),
    )


def _open(engine: Engine, work: Work, actor: Actor, case_id: int, *, version: int | None = None) -> Case:
    """The report, if the actor may see it and answers for it."""
    case = Writing(engine, work, actor).open(case_id, version)
    if not case.subject_key.startswith(REPORT):
        raise Refused(tr("{name} is no half-yearly report.", name=case.subject_name))
    capacity_for(work, actor, case, DISTRICT)
    return case


def _draft(writing: Writing, case: Case) -> ReportVersion:
    """The draft that stands, else a new one on top of the newest version."""
    work = writing.work
    newest = reports.version(work, case.id)
    if newest is not None and newest.state == "draft":
        return newest
    known = figures(writing.engine, work, case)
    begun = [_begun(industry, values) for industry, values in (known or {"": {}}).items()]
    sheets = _merged(newest.sheets, {}, (), known) if newest else begun
    number = newest.number + 1 if newest else 1
    return reports.begin(work, case.id, number, sheets, person_id=writing.actor.person_id)


def _again(work: Work, case: Case, draft: ReportVersion) -> ReportVersion:
    return reports.version(work, case.id, draft.number) or draft


def _begun(industry: str, known: Mapping[str, Any]) -> ReportSheet:
    """A form with everything that the records know, and the sentences that their figures make."""
    typed = {key: known.get(key) for key, field in BY_KEY.items() if field.source == "records" and key in known}
    typed["industry_name"] = industry or None
    if count := known.get("comparison_report_count"):
        typed["comparison_report_status"] = f"已形成检测报告{count}份。"
    if candidates := known.get("leader_candidate_count"):
        listed = f"，{known['listed_count']}个产品入榜" if known.get("listed_count") else ""
        typed["top_runner_status"] = f"{candidates}家企业成为企业标准“领跑者”候选{listed}。"
    return ReportSheet(industry, typed, dict(known), differences(typed, known))


def _merged(
    sheets: Sequence[ReportSheet], entries: Entries, without: Sequence[str], known: Mapping[str, Mapping[str, Any]]
) -> list[ReportSheet]:
    """The forms with what was typed; a figure that nobody touched follows the records."""
    kept = [one for one in sheets if not {one.industry, one.typed.get("industry_name")} & set(without)]
    typed = _addressed(kept, entries)
    fresh = [_begun(name, known.get(name, {})) for name in typed if name not in {one.industry for one in kept}]
    return [_written(one, typed.get(one.industry, {}), known.get(one.industry, {})) for one in [*kept, *fresh]]


def _addressed(sheets: Sequence[ReportSheet], entries: Entries) -> dict[str, Mapping[str, Any]]:
    """What was typed by the form it is meant for: by the industry's name, or without one where there is one form."""
    names = {str(one.typed.get("industry_name") or one.industry): one.industry for one in sheets}
    found: dict[str, Mapping[str, Any]] = {}
    for wanted, values in entries.items():
        if not wanted and len(sheets) > 1 and "" not in names.values():
            told = tr("There are several forms: {names}. Say which industry.", names=tuple(names))
            raise Refused(told)
        industry = sheets[0].industry if not wanted and len(sheets) == 1 else names.get(wanted, wanted)
        found[industry] = {**found.get(industry, {}), **values}
    refuse_if_any(
        Reason("UNKNOWN_FIELD", tr("There is no field {name} on the form.", name=key), key)
        for values in entries.values()
        for key in values
        if key not in BY_KEY
    )
    return found


def _written(sheet: ReportSheet, given: Mapping[str, Any], known: Mapping[str, Any]) -> ReportSheet:
    untouched = {
        key: known[key]
        for key in (*COUNTED, *_RATES)
        if key in known and sheet.typed.get(key) == sheet.computed.get(key) and key in sheet.computed
    }
    typed = {**sheet.typed, **untouched}
    for key, raw in given.items():
        typed[key] = read_value(BY_KEY[key], raw).value
    stale = [field.key for field in FIELDS if field.of and field.key not in given and set(field.of) & set(given)]
    typed = filled_up({key: None if key in stale else value for key, value in typed.items()})
    return ReportSheet(sheet.industry, typed, dict(known), differences(typed, known))


_RATES = tuple(field.key for field in FIELDS if field.of and field.source == "records")


def _freeze(
    writing: Writing,
    case: Case,
    draft: ReportVersion,
    state: VersionState,
    *,
    note: str | None,
    reported_on: date | None,
) -> tuple[Case, ReportVersion]:
    work = writing.work
    reports.freeze(work, draft.id, state, note=note, reported_on=reported_on, person_id=writing.actor.person_id)
    after = {
        "number": draft.number,
        "state": state,
        "industries": [one.typed.get("industry_name") for one in draft.sheets],
        "differences": {one.industry: dict(one.differences) for one in draft.sheets if one.differences},
    }
    case = writing.keep(case, Change(what="report_version", before=None, after=after))
    return case, _again(work, case, draft)


def _before(work: Work, case: Case) -> dict[str, Mapping[str, Any]]:
    """What the district handed in for the period before, by industry."""
    own = span_of(period_of(case)).ends_on
    earlier = [
        one
        for one in cases.of_campaign(work, case.campaign, case.flow, district_id=case.district_id)
        if one.subject_key.startswith(REPORT) and span_of(period_of(one)).ends_on < own
    ]
    for one in sorted(earlier, key=lambda found: span_of(period_of(found)).ends_on, reverse=True):
        found = reports.submitted(work, one.id)
        if found is not None:
            return {sheet.industry: sheet.typed for sheet in found.sheets}
    return {}


def _wrong_day(reported_on: date, today: date) -> list[Reason]:
    if reported_on <= today:
        return []
    told = tr("{what}: the day {day} has not come yet.", what=tr("the report"), day=reported_on)
    return [Reason("REPORTED_IN_FUTURE", told, "reported_on")]
