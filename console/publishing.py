"""Publication batches as a person asks for them: found by number, told whole, with the sentence that is agreed to."""

from collections.abc import Sequence
from typing import Any

from engine.access import Actor, scopes, sees
from engine.core import Engine
from engine.store import campaigns, organisations, people
from engine.store.database import Work
from engine.terms import terms_of
from engine.words import Sentence, tr
from workflows.benchmarking.model import BATCH_STATES, Batch
from workflows.benchmarking.records import publications


def find_batch(work: Work, actor: Actor, campaign: str, number: int) -> Batch:
    """The batch of that number, if it exists for this actor."""
    found = publications.by_number(work, campaign, number)
    if found is None or not sees(actor, organisations.paths(work, [found.organisation_id])[found.organisation_id]):
        raise publications.unknown(number)
    return found


def batches_told(
    work: Work, actor: Actor, campaign: str, *, states: Sequence[str] = (), recorded: bool = False
) -> list[dict[str, Any]]:
    """The batches that the actor may see, in order; with `recorded` also the lists that were made elsewhere."""
    found = publications.of_campaign(work, campaign, scopes=scopes(actor) or ["-"], states=states, batches=not recorded)
    counts = publications.counts_of(work, [one.id for one in found])
    return [told(work, one, counts[one.id]) for one in found]


def told(work: Work, batch: Batch, counts: tuple[int, int] | None = None) -> dict[str, Any]:
    """A batch as a document."""
    year = terms_of(campaigns.get(work, batch.campaign)).year
    enterprises, products = counts or publications.counts_of(work, [batch.id])[batch.id]
    names = people.names(work, {one for one in (batch.made_by, batch.proposed_by, batch.confirmed_by) if one})
    return {
        "id": batch.id,
        "number": batch.number,
        "label": batch.label(year),
        "document_no": batch.document_no,
        "title": batch.title,
        "organisation": organisations.get(work, batch.organisation_id).name,
        "state": batch.state,
        "state_label": BATCH_STATES[batch.state],
        "starts_on": batch.starts_on,
        "ends_on": batch.ends_on,
        "published_on": batch.published_on,
        "url": batch.url,
        "file": batch.file_sha,
        "enterprises": enterprises,
        "products": products,
        "made_by": names.get(batch.made_by, ""),
        "proposed_by": names.get(batch.proposed_by or 0),
        "proposed_at": batch.proposed_at,
        "confirmed_by": names.get(batch.confirmed_by or 0),
        "confirmed_at": batch.confirmed_at,
        "reason": batch.reason,
        "version": batch.version,
    }


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
