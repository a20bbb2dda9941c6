"""A batch as its papers tell it, read from the records; the same facts for the notice, the sheet and the screen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.core import Engine
from engine.store import campaigns, organisations
from engine.store.database import Work
from engine.terms import terms_of
from workflows.benchmarking.annexes.publicity import ListedProduct, PublicityFacts
from workflows.benchmarking.model import Batch
from workflows.benchmarking.records import publications
from workflows.benchmarking.standards.printing import official


def publicity_facts(engine: Engine, work: Work, batch: Batch, on: date) -> PublicityFacts:
    """What the papers of a batch say on a day."""
    terms = terms_of(campaigns.get(work, batch.campaign))
    return PublicityFacts(
        label=batch.label(terms.year),
        title=batch.title,
        document_no=batch.document_no,
        office=organisations.get(work, batch.organisation_id).full_name,
        plan_title=terms.plan_title,
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        workdays=_workdays(engine, work, batch),
        on=batch.published_on or batch.starts_on or on,
        final=batch.state in {"confirmed", "published"},
        rows=[
            ListedProduct(one.district, one.subject, one.product, _told(one.implemented), _told(one.benchmarks))
            for one in publications.listed(work, batch.id)
        ],
    )


def _workdays(engine: Engine, work: Work, batch: Batch) -> int:
    """Working days of the publicity, its first and last day counted."""
    if batch.starts_on is None or batch.ends_on is None:
        return 0
    workdays = engine.workdays(work)
    days = (date.fromordinal(one) for one in range(batch.starts_on.toordinal(), batch.ends_on.toordinal() + 1))
    return sum(1 for day in days if workdays.is_workday(day))


def _told(standards: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Numbers with the long dash and their titles."""
    return tuple(official(one["number"]) + (f"《{one['title']}》" if one["title"] else "") for one in standards)
