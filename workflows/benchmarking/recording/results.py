"""Recording trainings, test reports, results on the platform, and the paper of a half-yearly report."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from engine.access import Actor, sees
from engine.core import Engine
from engine.errors import Hidden, Refused
from engine.model import Case
from engine.store import cases, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.evidence import KeptFile, Upload, keep_file
from workflows.benchmarking.model import LabReport, PlatformRecord, ReportForm
from workflows.benchmarking.plausible import entry_faults, tidy_report
from workflows.benchmarking.recording.changes import TESTERS, Change, ProductName, Writing, need
from workflows.benchmarking.recording.platform import checked_record
from workflows.benchmarking.recording.refusals import refuse_if_any
from workflows.benchmarking.records import reports, results, trainings


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    topic: str
    held_on: date


def record_training(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_ids: Collection[int],
    training: TrainingHeld,
    *,
    notice: Upload | None = None,
    attendance: Upload | None = None,
    reason: str | None = None,
) -> tuple[Case, ...]:
    """Record a training for the enterprises it reached; it needs its notice or its list of attendance."""
    if notice is None and attendance is None:
        raise Refused(tr("A training needs its notice or its list of attendance."))
    writing = Writing(engine, work, actor, reason)
    opened = [writing.open(case_id) for case_id in case_ids]
    writing.not_in_future(training.held_on, tr("the training"))
    papers = {name: _kept(work, one) for name, one in (("notice", notice), ("attendance", attendance))}
    fields = {
        "topic": need(training.topic, tr("the topic of the training")),
        "held_on": training.held_on,
        **{f"{name}_sha": _sha(kept) for name, kept in papers.items()},
    }
    known = trainings.of_cases(work, case_ids)
    done = []
    for case in opened:
        owned = fields | {"campaign": case.campaign, "district_id": case.district_id}
        key = trainings.same(work, owned) or trainings.add(work, owned)
        attended = any(one.id == key for one in known.get(case.id, ()))
        change = Change(what="training", before=fields if attended else None, after=fields, slot="training_record")
        done.append(writing.keep(case, change))
        trainings.attend(work, key, [case.id])
        for name, kept in papers.items():
            writing.keep_version(f"training_{name}", key, kept)
    return tuple(done)


def record_district_training(
    engine: Engine,
    work: Work,
    actor: Actor,
    training: TrainingHeld,
    *,
    campaign: str,
    district_id: int,
    notice: Upload | None = None,
    attendance: Upload | None = None,
) -> tuple[Case, ...]:
    """Record a training for all enterprises of a district that take part now; one that joins later was not there."""
    if not sees(actor, organisations.paths(work, [district_id]).get(district_id, "")):
        raise Hidden(f"district {district_id}")
    taking_part = [
        case.id
        for case in cases.of_campaign(work, campaign, "enterprise", district_id=district_id)
        if case.resume_state is None and not case.claimed
    ]
    if not taking_part:
        raise Refused(tr("No enterprise of the district takes part yet."))
    return record_training(engine, work, actor, taking_part, training, notice=notice, attendance=attendance)


def record_test_report(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    report: LabReport,
    *,
    product: ProductName = None,
    file: Upload | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record a product's test report with its conclusion; a retest takes the place of the report before.

    Everything that makes a report implausible is refused at once; its file may follow, until then it proves nothing.
    """
    writing = Writing(engine, work, actor, reason)
    case, found = writing.about(case_id, product, version)
    tidy = tidy_report(report)
    refuse_if_any(entry_faults(tidy, nominated_on=case.opened_on, today=engine.today(work)))
    before = results.lab_report(work, found.id)
    kept = _kept(work, file)
    after = _with_file(tidy, before, kept)
    change = Change(
        what="test_report", before=before, after=after, slot="test_report", product=found.name, roles=TESTERS
    )

    def write() -> None:
        results.keep_lab_report(work, found.id, after)
        writing.keep_version("test_report", found.id, kept)

    return writing.put(case, change, write)


def record_result(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    record: PlatformRecord,
    *,
    product: ProductName = None,
    screenshot: Upload | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record that a product's result stands on the national platform."""
    writing = Writing(engine, work, actor, reason)
    case, found = writing.about(case_id, product, version)
    before = results.platform_record(work, found.id)
    after, kept = checked_record(writing, record, before, screenshot)
    change = Change(what="result", before=before, after=after, slot="result_record", product=found.name)

    def write() -> None:
        results.keep_platform_record(work, found.id, after)
        writing.keep_version("result", found.id, kept)

    return writing.put(case, change, write)


def record_report_form(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    *,
    file: Upload,
    received_on: date,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record the form of a half-yearly report as it arrived, or a signed scan of the one that was filled in here."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    writing.not_in_future(received_on, tr("the report"))
    return keep_report_paper(writing, case, keep_file(work, file), received_on)


def keep_report_paper(
    writing: Writing, case: Case, kept: KeptFile, received_on: date, *, filled_in: int | None = None
) -> Case:
    """Let a paper count for a report; `filled_in` is the version of the form that it was printed from."""
    work = writing.work
    before = reports.papers_of(work, [case.id]).get(case.id)
    number = filled_in or (before.version if before else None)
    after = ReportForm(kept.sha256, kept.name, received_on, number)
    change = Change(what="report_form", before=before, after=after, slot="report_form")

    def write() -> None:
        reports.keep_paper(work, case.id, after)
        writing.keep_version("report_form", case.id, kept)

    return writing.put(case, change, write)


def _kept(work: Work, file: Upload | None) -> KeptFile | None:
    return keep_file(work, file) if file else None


def _sha(kept: KeptFile | None) -> str | None:
    return kept.sha256 if kept else None


def _with_file(report: LabReport, before: LabReport | None, kept: KeptFile | None) -> LabReport:
    """The report with the file that came with it, else with the one on record for the same report."""
    if kept:
        return replace(report, file_sha=kept.sha256, file_name=kept.name)
    if before and before.report_no == report.report_no:
        return replace(report, file_sha=before.file_sha, file_name=before.file_name)
    return replace(report, file_sha=None, file_name=None)
