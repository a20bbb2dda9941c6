"""Recording results: trainings, test reports, publications, platform records, the half-yearly form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from engine.access import Actor, sees
from engine.core import Engine
from engine.errors import Hidden, Refused
from engine.model import Case
from engine.store import cases, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.evidence import KeptFile, Upload, keep_file
from workflows.benchmarking.model import (
    CONCLUSIONS,
    LabReport,
    PlatformRecord,
    Product,
    ReportForm,
)
from workflows.benchmarking.recording.changes import (
    TESTERS,
    Change,
    ProductName,
    Writing,
    need,
    product_of,
    web_address,
)
from workflows.benchmarking.recording.platform import checked_record
from workflows.benchmarking.records import products, results, trainings

SAMPLINGS: Final = ("sampled", "submitted")


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    topic: str
    held_on: date


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A public list of enterprises and products."""

    title: str
    url: str
    published_on: date


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
    fields = {
        "topic": need(training.topic, tr("the topic of the training")),
        "held_on": training.held_on,
        "notice_sha": _sha(writing, notice),
        "attendance_sha": _sha(writing, attendance),
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

    Whether laboratory, numbers and day are plausible is asked when the step is taken; until then they may be missing.
    """
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    found = product_of(work, case, product)
    _check_choice(report.conclusion, tuple(CONCLUSIONS))
    _check_choice(report.sampling, SAMPLINGS)
    before = results.lab_report(work, found.id)
    after = _with_file(report, before, keep_file(work, file) if file else None)
    change = Change(
        what="test_report", before=before, after=after, slot="test_report", product=found.name, roles=TESTERS
    )
    done = writing.keep(case, change)
    if done is not case:
        results.keep_lab_report(work, found.id, after)
    return done


def record_publication(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_ids: Collection[int],
    notice: PublicNotice,
    *,
    named: Collection[ProductName] = (),
    file: Upload | None = None,
    reason: str | None = None,
) -> tuple[Case, ...]:
    """Record that a public list names the products of these enterprises; all active ones where none are named."""
    writing = Writing(engine, work, actor, reason)
    opened = [writing.open(case_id) for case_id in case_ids]
    writing.not_in_future(notice.published_on, tr("the publication"))
    url = web_address(notice.url)
    if url is None:
        raise Refused(tr("The public list needs its web address."))
    fields = {
        "title": need(notice.title, tr("the title of the public list")),
        "url": url,
        "published_on": notice.published_on,
        "file_sha": _sha(writing, file),
    }
    done = []
    for case in opened:
        owned = fields | {"campaign": case.campaign, "district_id": case.district_id}
        key = results.same_publication(work, owned) or results.add_publication(work, owned)
        listed = tuple(product_of(work, case, one) for one in named) or products.active_of(work, case.id)
        done.append(_enter(writing, case, key, listed, fields))
    return tuple(done)


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
    case = writing.open(case_id, version)
    found = product_of(work, case, product)
    before = results.platform_record(work, found.id)
    after = checked_record(writing, record, before, screenshot)
    change = Change(what="result", before=before, after=after, slot="result_record", product=found.name)
    done = writing.keep(case, change)
    if done is not case:
        results.keep_platform_record(work, found.id, after)
    return done


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
    """Record the filled-in form of a half-yearly report."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    writing.not_in_future(received_on, tr("the report"))
    kept = keep_file(work, file)
    before = results.report_forms_of(work, [case.id]).get(case.id)
    after = ReportForm(kept.sha256, kept.name, received_on)
    done = writing.keep(case, Change(what="report_form", before=before, after=after, slot="report_form"))
    if done is not case:
        results.keep_report_form(work, case.id, after)
    return done


def _enter(
    writing: Writing, case: Case, publication_id: int, listed: Sequence[Product], fields: dict[str, object]
) -> Case:
    ids = [product.id for product in listed]
    known = results.publications_of(writing.work, ids)
    for product in listed:
        before = {name: getattr(known[product.id], name) for name in fields} if product.id in known else None
        change = Change(
            what="publication", before=before, after=fields, slot="publication_notice", product=product.name
        )
        case = writing.keep(case, change)
    results.enter_in_publication(writing.work, publication_id, ids)
    return case


def _with_file(report: LabReport, before: LabReport | None, kept: KeptFile | None) -> LabReport:
    """The report with the file that came with it, else with the one on record for the same report."""
    tidy = replace(
        report,
        laboratory=report.laboratory.strip(),
        cma_no=report.cma_no.strip(),
        report_no=report.report_no.strip(),
    )
    if kept:
        return replace(tidy, file_sha=kept.sha256, file_name=kept.name)
    if before and before.report_no == tidy.report_no:
        return replace(tidy, file_sha=before.file_sha, file_name=before.file_name)
    return replace(tidy, file_sha=None, file_name=None)


def _sha(writing: Writing, file: Upload | None) -> str | None:
    return keep_file(writing.work, file).sha256 if file else None


def _check_choice(given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise Refused(tr("{given} is not one of {known}.", given=given, known=known))
