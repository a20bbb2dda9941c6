"""Who may stand on a public list: verified, of this district, on no other list; every reason why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.access import Actor, sees
from engine.errors import NotFound
from engine.kinds import Reason
from engine.model import Case
from engine.store import cases, definitions, organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.model import Batch, Product
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.changes import ProductName
from workflows.benchmarking.records import products, publications

FLOW = "enterprise"
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Pick:
    """An enterprise for a list, with the products that are meant; all active ones where none are named."""

    case_id: int
    named: tuple[ProductName, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could stand on a list now, and how many enterprises are still on the way there."""

    ready: tuple[tuple[Case, tuple[Product, ...]], ...]
    on_the_way: int


def candidates(work: Work, actor: Actor, campaign: str, organisation_id: int) -> Candidates:
    """Verified enterprises of an organisation with the products that are on no list yet."""
    path = organisations.paths(work, [organisation_id])[organisation_id]
    found = [one for one in cases.of_campaign(work, campaign, FLOW, scopes=[path]) if _takes_part(work, actor, one)]
    ready = [case for case in found if case.state == VERIFIED]
    held = products.of_cases(work, [case.id for case in ready])
    busy = publications.active_lists(work, [one.id for some in held.values() for one in some])
    free = [
        (case, tuple(one for one in held[case.id] if one.active and one.id not in busy))
        for case in ready
        if case.proposed_step is None
    ]
    return Candidates(
        tuple((case, some) for case, some in free if some),
        sum(1 for case in found if _rank(work, case) < _rank(work, case, VERIFIED)),
    )


def picked(
    work: Work, actor: Actor, batch: Batch, picks: Sequence[Pick]
) -> tuple[dict[int, tuple[Case, Product]], list[Reason]]:
    """The products that are meant, by number, and everything that keeps some of them off the list."""
    chosen: dict[int, tuple[Case, Product]] = {}
    refused: list[Reason] = []
    # held in one order, so that nobody waits in a ring
    held = cases.lock(work, sorted({pick.case_id for pick in picks}))
    for pick in picks:
        case = held.get(pick.case_id)
        if case is None or not sees(actor, organisations.paths(work, [case.district_id])[case.district_id]):
            told = NotFound().sentence
            refused.append(Reason("NOT_FOUND", tr("{name}: {told}", name=pick.case_id, told=told), str(pick.case_id)))
            continue
        active = products.active_of(work, case.id)
        named = [_named(active, one) for one in pick.named]
        refused += [
            _reason("NO_SUCH_PRODUCT", case, None, tr("it has no active product {product}", product=wanted))
            for wanted, product in zip(pick.named, named, strict=True)
            if product is None
        ]
        for product in [one for one in named if one] if pick.named else active:
            chosen[product.id] = (case, product)
    return chosen, [*refused, *why_not(work, batch, chosen)]


def listed_of(
    work: Work, on_it: Mapping[int, tuple[Case, Product]], picks: Sequence[Pick]
) -> tuple[list[int], list[Reason]]:
    """Which members of a list are meant; all of an enterprise where no products are named."""
    meant: list[int] = []
    refused: list[Reason] = []
    for pick in picks:
        own = [product for case, product in on_it.values() if case.id == pick.case_id]
        named = [_named(own, one) for one in pick.named] if pick.named else list(own)
        meant += [one.id for one in named if one]
        if not own or None in named:
            name = cases.get(work, pick.case_id).subject_name
            refused.append(Reason("NOT_ON_IT", tr("{name}: it does not stand on this batch", name=name), name))
    return list(dict.fromkeys(meant)), refused


def why_not(work: Work, batch: Batch, chosen: Mapping[int, tuple[Case, Product]]) -> Iterator[Reason]:
    """Every reason against these members, one after the other."""
    held = publications.active_lists(work, list(chosen), but=batch.id)
    place = organisations.get(work, batch.organisation_id)
    for case, product in chosen.values():
        district = organisations.get(work, case.district_id)
        if case.campaign != batch.campaign or case.flow != FLOW:
            yield _reason("OTHER_CAMPAIGN", case, product, tr("it takes no part in this campaign"))
        if not district.path.startswith(place.path):
            yield _reason("OTHER_DISTRICT", case, product, tr("it is not of {district}", district=place.name))
        if case.resume_state is not None:
            yield _reason("WITHDRAWN", case, product, tr("it has withdrawn"))
        elif case.state != VERIFIED:
            label = definitions.flow_of(work, case.definition_id).state_by_name[case.state].label
            told = tr("it is in “{state}”; only what has just been verified is listed", state=label)
            yield _reason("NOT_VERIFIED", case, product, told)
        if case.claimed:
            yield _reason("CLAIM_PENDING", case, product, tr("another district names it too; the bureau decides first"))
        if not product.active:
            yield _reason("PRODUCT_DROPPED", case, product, tr("the product takes part no more"))
        if product.id in held:
            yield _reason("IN_A_BATCH", case, product, _on_other(held[product.id]))


def _on_other(batch: Batch) -> Sentence:
    if batch.number is None:
        return tr("it stands on the public list “{title}” already", title=batch.title)
    return tr("it stands on batch {number} “{title}” already", number=batch.number, title=batch.title)


def _reason(code: str, case: Case, product: Product | None, told: Sentence) -> Reason:
    name = f"{case.subject_name} {product.name}" if product else case.subject_name
    return Reason(code, tr("{name}: {told}", name=name, told=told), name)


def _named(active: Sequence[Product], wanted: ProductName) -> Product | None:
    key = name_key(wanted) if isinstance(wanted, str) else None
    return next((one for one in active if one.id == wanted or one.name_key == key), None)


def _takes_part(work: Work, actor: Actor, case: Case) -> bool:
    path = organisations.paths(work, [case.district_id])[case.district_id]
    return case.resume_state is None and not case.claimed and sees(actor, path)


def _rank(work: Work, case: Case, state: str | None = None) -> int:
    return definitions.flow_of(work, case.definition_id).rank[state or case.state]
