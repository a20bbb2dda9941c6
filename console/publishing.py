"""Publication batches as a person asks for them: found by number, told whole, with the sentence that is agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from console.register import Wanted, count_of, register
from engine.access import Actor, scopes, sees
from engine.core import Engine
from engine.model import Case, Organisation
from engine.store import campaigns, definitions, organisations, people
from engine.store.database import Work
from engine.store.numbers import Number, ask_one
from engine.terms import terms_of
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE
from workflows.benchmarking.model import BATCH_STATES, Batch, Product
from workflows.benchmarking.recording.batchmembers import VERIFIED
from workflows.benchmarking.records import products, publications


def find_batch(work: Work, actor: Actor, campaign: str, number: int) -> Batch:
    """The batch of that number, if it exists for this actor."""
    found = publications.by_number(work, campaign, number)
    if found is None or not sees(actor, organisations.paths(work, [found.organisation_id])[found.organisation_id]):
        raise publications.unknown(number)
    return found


def batch_at(work: Work, actor: Actor, batch_id: int) -> Batch:
    """The batch with that id, or the list that was only recorded, if it exists for this actor."""
    found = publications.get(work, batch_id)
    if not sees(actor, organisations.paths(work, [found.organisation_id])[found.organisation_id]):
        raise publications.unknown(batch_id)
    return found


def batches_told(
    work: Work, actor: Actor, campaign: str, *, states: Sequence[str] = (), recorded: bool = False
) -> list[dict[str, Any]]:
    """The batches that the actor may see, in order; with `recorded` also the lists that were made elsewhere."""
    areas = scopes(actor) or ["-"]
    return _every_told(
        work, publications.of_campaign(work, campaign, scopes=areas, states=states, batches=not recorded)
    )


def batch_page(
    work: Work, actor: Actor, campaign: str, *, states: Sequence[str] = (), after: str | None = None, limit: int = PAGE
) -> Page[dict[str, Any]]:
    """A page of the batches that the actor may see and of lists that were made elsewhere, the newest first."""
    place = place_of(after, int)
    sought = publications.Sought(campaign, tuple(scopes(actor) or ["-"]), tuple(states))
    found, more = cut(publications.newest(work, sought, before=place[0] if place else None, limit=limit + 1), limit)
    count = Count.up_to_cap(ask_one(work, publications.number(sought, most=CAP)))
    return Page(tuple(_every_told(work, found)), cursor(found[-1].id) if more else None, count)


def waiting_batches(actor: Actor, campaign: str) -> Number:
    """How many wait for a second person; cheap."""
    sought = publications.Sought(campaign, tuple(scopes(actor) or ["-"]), ("proposed",))
    return publications.number(sought, most=CAP)


def told(work: Work, batch: Batch) -> dict[str, Any]:
    """A batch as a document."""
    return _every_told(work, [batch])[0]


def _every_told(work: Work, found: Sequence[Batch]) -> list[dict[str, Any]]:
    counts = publications.counts_of(work, [one.id for one in found])
    known = {name for one in found for name in (one.made_by, one.proposed_by, one.confirmed_by) if name}
    names = people.names(work, known)
    places = organisations.names(work, {one.organisation_id for one in found})
    years = {key: terms_of(campaigns.get(work, key)).year for key in {one.campaign for one in found}}
    return [
        {
            "id": batch.id,
            "number": batch.number,
            "label": batch.label(years[batch.campaign]),
            "document_no": batch.document_no,
            "title": batch.title,
            "organisation": places[batch.organisation_id],
            "state": batch.state,
            "state_label": BATCH_STATES[batch.state],
            "starts_on": batch.starts_on,
            "ends_on": batch.ends_on,
            "published_on": batch.published_on,
            "url": batch.url,
            "file": batch.file_sha,
            "enterprises": counts[batch.id][0],
            "products": counts[batch.id][1],
            "made_by": names.get(batch.made_by, ""),
            "proposed_by": names[batch.proposed_by] if batch.proposed_by else None,
            "proposed_at": batch.proposed_at,
            "confirmed_by": names[batch.confirmed_by] if batch.confirmed_by else None,
            "confirmed_at": batch.confirmed_at,
            "reason": batch.reason,
            "version": batch.version,
        }
        for batch in found
    ]


@dataclass(frozen=True, slots=True)
class Ready:
    """A verified enterprise with the products that stand on no list yet."""

    case: Case
    district: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of those who could stand on a list now, and how many enterprises are still on the way there."""

    ready: Page[Ready]
    on_the_way: Count


def candidates_of(
    engine: Engine, work: Work, actor: Actor, campaign: str, place: Organisation, *, after: str | None = None
) -> Candidates:
    """Who could be put on a batch of this organisation."""
    wanted = Wanted(
        campaign=campaign, flow=ENTERPRISE, district=place.code, states=(VERIFIED,), sort="district", after=after
    )
    page = register(engine, work, actor, wanted)
    lines = [one for one in page if one.case.proposed_step is None and not one.case.claimed]
    held = products.of_cases(work, [one.case.id for one in lines])
    busy = publications.active_lists(work, [one.id for some in held.values() for one in some])
    free = [(one, tuple(p for p in held[one.case.id] if p.active and p.id not in busy)) for one in lines]
    ready = tuple(Ready(one.case, one.district, some) for one, some in free if some)
    line = definitions.latest(work, ENTERPRISE)[1].line
    before = replace(wanted, states=line[: line.index(VERIFIED)], after=None)
    return Candidates(Page(ready, page.after, page.count), count_of(engine, work, actor, before))


def members_told(work: Work, batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "case": one.member.case_id,
            "district": one.district,
            "subject": one.subject,
            "product": one.product,
            "implemented_standards": list(one.implemented),
            "benchmark_standards": list(one.benchmarks),
        }
        for one in publications.listed(work, batch.id)
    ]


def whats_agreed(engine: Engine, work: Work, batch: Batch) -> Sentence:
    """What somebody confirms, said once more before they do."""
    found = told(work, batch)
    day = batch.starts_on or engine.today(work)
    return tr(
        "Confirm {label} “{title}”: {enterprises} enterprises, {products} products, public from {day}?"
        " From that day on it cannot be withdrawn.",
        label=found["label"],
        title=batch.title,
        enterprises=found["enterprises"],
        products=found["products"],
        day=day,
    )
