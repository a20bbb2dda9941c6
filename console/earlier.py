"""The other cases of an enterprise: of other campaigns and, for who sees them, of other districts."""

from dataclasses import dataclass
from datetime import date

from engine.access import Actor, sees
from engine.flow import Label
from engine.model import Case
from engine.store import campaigns, definitions, organisations
from engine.store.database import Work
from engine.terms import terms_of
from workflows.benchmarking.records import products
from workflows.benchmarking.records.nominations import enterprise_id_of, of_everywhere


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case of the same enterprise and how far it came."""

    case: Case
    campaign: str
    district: str
    state: Label
    since: date
    products: tuple[str, ...]


def earlier_cases(work: Work, actor: Actor, case: Case) -> tuple[Earlier, ...]:
    """As far as the actor sees them, the latest first."""
    number = enterprise_id_of(case)
    held = [one for one in of_everywhere(work, [number])[number] if one.id != case.id]
    paths = organisations.paths(work, {one.district_id for one in held})
    seen = [one for one in held if sees(actor, paths[one.district_id])]
    if not seen:
        return ()
    names = organisations.names(work, {one.district_id for one in seen})
    titles = {one.key: terms_of(one).title for one in campaigns.every(work)}
    made = products.of_cases(work, [one.id for one in seen])
    return tuple(
        Earlier(
            case=one,
            campaign=titles.get(one.campaign, one.campaign),
            district=names[one.district_id],
            state=definitions.flow_of(work, one.definition_id).state_by_name[one.state].label,
            since=one.entered_on,
            products=tuple(product.name for product in made.get(one.id, ()) if product.active),
        )
        for one in reversed(seen)
    )
