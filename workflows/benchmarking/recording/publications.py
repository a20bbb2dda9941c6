"""Recording a public list that came out: in one go where it was made elsewhere, and as the end of a batch."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.kinds import Reason
from engine.model import Case
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.evidence import Upload, keep_file
from workflows.benchmarking.model import Product
from workflows.benchmarking.recording.changes import Change, ProductName, Writing, need, product_of, web_address
from workflows.benchmarking.recording.refusals import refuse_if_any
from workflows.benchmarking.records import products, publications


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A public list of enterprises and products."""

    title: str
    url: str
    published_on: date


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
    """Record that a public list names the products of these enterprises; all active ones where none are named.

    The list was made and made public elsewhere: it becomes a list without a number that is published from the start.
    What it proves is confirmed by the second person who confirms the step.
    """
    writing = Writing(engine, work, actor, reason)
    opened = [writing.open(case_id) for case_id in case_ids]
    kept = keep_file(work, file) if file else None
    fields = {**_told(writing, notice), "file_sha": kept.sha256 if kept else None}
    listed = [_meant(work, case, named) for case in opened]
    refuse_if_any(_waiting(work, [one for some in listed for one in some]))
    done = []
    for case, some in zip(opened, listed, strict=True):
        owned = {"campaign": case.campaign, "organisation_id": case.district_id, "state": "published", **fields}
        key = publications.same_list(work, owned) or publications.add(work, {**owned, "made_by": actor.person_id})
        writing.keep_version("publication", key, kept)
        done.append(enter_list(writing, case, key, some, fields))
    return tuple(done)


def _told(writing: Writing, notice: PublicNotice) -> dict[str, Any]:
    writing.not_in_future(notice.published_on, tr("the publication"))
    url = web_address(notice.url)
    if url is None:
        raise Refused(tr("The public list needs its web address."))
    title = need(notice.title, tr("the title of the public list"))
    return {"title": title, "url": url, "published_on": notice.published_on}


def _meant(work: Work, case: Case, named: Collection[ProductName]) -> tuple[Product, ...]:
    return tuple(product_of(work, case, one) for one in named) or products.active_of(work, case.id)


def enter_list(
    writing: Writing, case: Case, publication_id: int, listed: Sequence[Product], fields: Mapping[str, Any]
) -> Case:
    """From now on this list counts for the products of a case; one that named them before counts no more."""
    work = writing.work
    ids = [product.id for product in listed]
    known = publications.of_products(work, ids)
    for product in listed:
        before = {name: getattr(known[product.id], name) for name in fields} if product.id in known else None
        change = Change(
            what="publication", before=before, after=fields, slot="publication_notice", product=product.name
        )
        case = writing.keep(case, change)
        if product.id in known and known[product.id].id != publication_id:
            earlier = publications.get(work, known[product.id].id)
            publications.leave(work, earlier, [product.id], writing.reason or str(fields["title"]))
    members = dict.fromkeys(ids, case.id)
    publications.join(work, publication_id, members, person_id=writing.actor.person_id)
    publications.enter(work, publication_id, ids)
    return case


def _waiting(work: Work, listed: Sequence[Product]) -> list[Reason]:
    """Products that a batch not yet published holds; they come out with it."""
    held = publications.active_lists(work, [product.id for product in listed])
    return [
        Reason(
            "IN_A_BATCH",
            tr(
                "{product} is on the batch “{title}”, not published yet; publish the batch or take it off there.",
                product=product.name,
                title=held[product.id].title,
            ),
            product.name,
        )
        for product in listed
        if product.id in held and held[product.id].state != "published"
    ]
