"""The files of a case: evidence about its products, trainings and report, or the lists of a task; every version."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy import case as when

from engine.model import Case
from engine.store.database import Work, insert_id
from engine.store.schema import blobs, journal
from workflows.benchmarking.records.imports import NOMINATIONS
from workflows.benchmarking.records.schema import (
    evidence_files,
    imports,
    plan_products,
    plans,
    platform_plans,
    platform_results,
    products,
    publication_entries,
    publication_members,
    publications,
    report_forms,
    test_reports,
    training_cases,
    trainings,
)
from workflows.benchmarking.records.sets import WANTED, rows_for


class Kept(Protocol):
    """A file that was taken."""

    @property
    def sha256(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A version of a file of a case: which evidence it is, about which product, and who brought it when.

    `number` counts the versions of one piece of evidence from 1; `counts` says that a record rests on this one;
    `replaced_by` is the number of the version that took its place.
    """

    what: str
    product: str
    name: str
    sha256: str
    number: int
    size: int
    media_type: str
    person_id: int
    recorded_at: datetime | None
    counts: bool
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a file is about, with the product through which the case has it and the hash that counts."""

    what: str
    about: int
    product: str
    counts: str | None


def keep_version(work: Work, what: str, about: int, kept: Kept, *, person_id: int) -> None:
    """Note a file as the newest version of this evidence; the same bytes once more are no new version."""
    same = (evidence_files.c.what == what, evidence_files.c.about == about)
    last = work.connection.execute(
        select(evidence_files.c.seq, evidence_files.c.sha256)
        .where(*same)
        .order_by(evidence_files.c.seq.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.sha256 == kept.sha256:
        return
    row = {
        "what": what,
        "about": about,
        "seq": last.seq + 1 if last else 1,
        "sha256": kept.sha256,
        "name": kept.name,
        "media_type": kept.media_type,
        "size": kept.size,
        "person_id": person_id,
        "recorded_at": work.now,
    }
    insert_id(work, evidence_files, row)


def of_case(work: Work, case: Case) -> tuple[CaseFile, ...]:
    """The files of a case that count, each as often as it serves."""
    return tuple(one for one in versions_of_case(work, case) if one.counts)


def versions_of_case(work: Work, case: Case) -> tuple[CaseFile, ...]:
    """All files that a case ever had, each piece of evidence with its versions from the oldest to the newest."""
    owners = [*_owners(work, case), *_earlier_plans(work, case)]
    held: dict[tuple[str, int], list[Any]] = {}
    wanted = select(evidence_files).where(evidence_files.c.about.in_(bindparam(WANTED, expanding=True)))
    for row in rows_for(work, wanted.order_by(evidence_files.c.seq), {one.about for one in owners}):
        held.setdefault((row.what, row.about), []).append(row)
    found = [version for one in owners for version in _versions(one, held.get((one.what, one.about), ()))]
    return (*found, *(_lists(work, case) if case.flow == "nomination_list" else ()))


def _versions(owner: _Owner, rows: Collection[Any]) -> Iterator[CaseFile]:
    """The newest version with the hash that the record bears is the one that counts."""
    last = len(rows)
    counting = max((row.seq for row in rows if row.sha256 == owner.counts), default=0)
    for row in rows:
        yield CaseFile(
            owner.what,
            owner.product,
            row.name,
            row.sha256,
            row.seq,
            row.size,
            row.media_type,
            row.person_id,
            row.recorded_at,
            counts=row.seq == counting,
            replaced_by=row.seq + 1 if row.seq < last else None,
        )


def _owners(work: Work, case: Case) -> list[_Owner]:
    rows = work.connection.execute(union_all(*_about_products(case.id), *_about_the_case(case.id)))
    return [_Owner(row[0], row[1], row[2], row[3]) for row in rows]


def _about_products(case_id: int) -> list[Select[Any]]:
    of_plan = plan_products.join(plans, plans.c.id == plan_products.c.plan_id)
    upload = plan_products.join(platform_plans, platform_plans.c.plan_id == plan_products.c.plan_id)
    return [
        _owned("plan", of_plan, plans.c.id, plans.c.file_sha, case_id),
        _owned("platform_plan", upload, platform_plans.c.plan_id, platform_plans.c.screenshot_sha, case_id),
        _owned("test_report", test_reports, test_reports.c.product_id, test_reports.c.file_sha, case_id),
        _published(case_id),
        _owned("result", platform_results, platform_results.c.product_id, platform_results.c.screenshot_sha, case_id),
    ]


def _owned(
    what: str, holder: FromClause, about: ColumnElement[int], sha: ColumnElement[Any], case_id: int
) -> Select[Any]:
    product_id = next(column for column in holder.c if column.name == "product_id")
    return (
        select(literal(what), about, products.c.name, sha)
        .select_from(products.join(holder, product_id == products.c.id))
        .where(products.c.case_id == case_id)
    )


def _published(case_id: int) -> Select[Any]:
    """Every public list that names or named a product; the file of the one that counts, counts."""
    entered = and_(
        publication_entries.c.product_id == publication_members.c.product_id,
        publication_entries.c.publication_id == publication_members.c.publication_id,
    )
    counting = when((publication_entries.c.product_id.is_not(None), publications.c.file_sha))
    return (
        select(literal("publication"), publications.c.id, products.c.name, counting)
        .select_from(
            publication_members.join(products, products.c.id == publication_members.c.product_id)
            .join(publications, publications.c.id == publication_members.c.publication_id)
            .outerjoin(publication_entries, entered)
        )
        .where(products.c.case_id == case_id)
    )


def _about_the_case(case_id: int) -> list[Select[Any]]:
    held = [
        select(literal(what), trainings.c.id, literal(""), column)
        .select_from(trainings.join(training_cases, training_cases.c.training_id == trainings.c.id))
        .where(training_cases.c.case_id == case_id)
        for what, column in (
            ("training_notice", trainings.c.notice_sha),
            ("training_attendance", trainings.c.attendance_sha),
        )
    ]
    form = select(literal("report_form"), report_forms.c.case_id, literal(""), report_forms.c.file_sha)
    return [*held, form.where(report_forms.c.case_id == case_id)]


_LINK: Final = '"what":"plan_link"'
"""What the journal writes when another plan serves a product."""


def _earlier_plans(work: Work, case: Case) -> Iterator[_Owner]:
    """Plans that served the products before another one did; their files are still there, and count no more."""
    links = (
        select(journal.c.data)
        .where(journal.c.case_id == case.id, type_coerce(journal.c.data, Text).contains(_LINK, autoescape=True))
        .order_by(journal.c.seq)
    )
    linked: dict[tuple[int, str], None] = {}
    now: dict[str, int] = {}
    for told in work.connection.execute(links).scalars():
        product = str(told.get("product", ""))
        if told["before"]:
            linked[told["before"], product] = None
        now[product] = told["after"]
    for plan_id, product in linked:
        if now.get(product) != plan_id:
            yield _Owner("plan", plan_id, product, None)
            yield _Owner("platform_plan", plan_id, product, None)


def _lists(work: Work, case: Case) -> Iterator[CaseFile]:
    """What a district sent as its list; those that were taken count."""
    rows = work.connection.execute(
        select(imports, blobs.c.size, blobs.c.media_type)
        .select_from(imports.outerjoin(blobs, blobs.c.sha256 == imports.c.file_sha))
        .where(imports.c.campaign == case.campaign, imports.c.district_id == case.district_id)
        .where(imports.c.form == NOMINATIONS)
        .order_by(imports.c.id)
    ).all()
    for number, row in enumerate(rows, start=1):
        yield CaseFile(
            "list",
            "",
            row.file_name,
            row.file_sha,
            number,
            row.size or 0,
            row.media_type or "",
            row.person_id,
            row.recorded_at,
            counts=row.status == "taken",
        )
