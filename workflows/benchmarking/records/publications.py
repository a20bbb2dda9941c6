"""Public lists: batches with their members, and the list that counts for each product."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, or_, select, update

from engine.errors import NotFound
from engine.store import campaigns
from engine.store.database import Work, insert_id, upsert
from engine.store.numbers import Number, up_to
from engine.store.schema import cases, organisations
from engine.words import tr
from workflows.benchmarking.model import Batch, Member, Publication
from workflows.benchmarking.records.schema import products, publication_entries, publication_members, publications
from workflows.benchmarking.records.sets import WANTED, rows_for

ACTIVE: Final = ("draft", "proposed", "confirmed", "published")
"""States in which a list keeps its members from other lists."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of a list as a paper prints it."""

    member: Member
    district: str
    subject: str
    product: str
    implemented: tuple[Mapping[str, Any], ...]
    benchmarks: tuple[Mapping[str, Any], ...]


def add(work: Work, fields: Mapping[str, Any]) -> int:
    return insert_id(work, publications, {"version": 1, "prefix": "", **fields, "recorded_at": work.now})


def next_number(work: Work, campaign: str) -> int:
    """The number of the next batch of a campaign; the campaign is held meanwhile, so that nobody gets the same."""
    campaigns.hold(work, campaign)
    highest = select(func.max(publications.c.number)).where(publications.c.campaign == campaign)
    return int(work.connection.execute(highest).scalar() or 0) + 1


def last_prefix(work: Work, campaign: str) -> str:
    """What stood before the number of the batch before this one."""
    newest = (
        select(publications.c.prefix)
        .where(publications.c.campaign == campaign, publications.c.number.is_not(None))
        .order_by(publications.c.number.desc())
        .limit(1)
    )
    return str(work.connection.execute(newest).scalar() or "")


def get(work: Work, batch_id: int, *, hold: bool = False) -> Batch:
    """A list by its id; `hold` keeps others from changing it until the work is done."""
    wanted = select(publications).where(publications.c.id == batch_id)
    row = work.connection.execute(wanted.with_for_update() if hold and work.holds else wanted).one_or_none()
    if row is None:
        raise unknown(batch_id)
    return _batch(row)


def by_number(work: Work, campaign: str, number: int) -> Batch | None:
    where = (publications.c.campaign == campaign, publications.c.number == number)
    row = work.connection.execute(select(publications).where(*where)).one_or_none()
    return _batch(row) if row else None


def unknown(number: object) -> NotFound:
    return NotFound(tr("There is no publication batch {number} that you may see.", number=number))


def of_campaign(
    work: Work, campaign: str, *, scopes: Collection[str], states: Collection[str] = (), batches: bool = False
) -> tuple[Batch, ...]:
    """The lists of the organisations whose path begins with one of `scopes`, numbered ones first, in order."""
    wanted = (
        select(publications)
        .join(organisations, organisations.c.id == publications.c.organisation_id)
        .where(
            publications.c.campaign == campaign,
            or_(*(organisations.c.path.startswith(scope, autoescape=True) for scope in scopes)),
        )
        .order_by(publications.c.number.is_(None), publications.c.number, publications.c.id)
    )
    if states:
        wanted = wanted.where(publications.c.state.in_(list(states)))
    if batches:
        wanted = wanted.where(publications.c.number.is_not(None))
    return tuple(_batch(row) for row in work.connection.execute(wanted))


@dataclass(frozen=True, slots=True)
class Sought:
    """Lists of organisations whose path begins with one of `areas`, in one of `states` if any are named."""

    campaign: str
    areas: tuple[str, ...]
    states: tuple[str, ...] = ()

    def narrow(self, wanted: Select[Any]) -> Select[Any]:
        """The same, asked only of these."""
        wanted = wanted.join(organisations, organisations.c.id == publications.c.organisation_id).where(
            publications.c.campaign == self.campaign,
            or_(*(organisations.c.path.startswith(area, autoescape=True) for area in self.areas)),
        )
        return wanted.where(publications.c.state.in_(self.states)) if self.states else wanted


def newest(work: Work, sought: Sought, *, before: int | None, limit: int) -> tuple[Batch, ...]:
    """The newest first, from behind the list `before` on."""
    wanted = sought.narrow(select(publications)).order_by(publications.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(publications.c.id < before)
    return tuple(_batch(row) for row in work.connection.execute(wanted))


def number(sought: Sought, *, most: int) -> Number:
    """How many there are, counted no further than one more than `most`."""
    return up_to(sought.narrow(select(publications.c.id).select_from(publications)), most)


def change(work: Work, batch: Batch, fields: Mapping[str, Any]) -> Batch:
    """Write a list anew; its version rises."""
    values = {**fields, "version": batch.version + 1}
    work.connection.execute(update(publications).where(publications.c.id == batch.id).values(**values))
    return get(work, batch.id)


def same_list(work: Work, fields: Mapping[str, Any]) -> int | None:
    """A published list already on record with the same words, day, address and paper."""
    names = ("campaign", "organisation_id", "title", "url", "published_on", "file_sha", "state")
    where = (publications.c[name].is_not_distinct_from(fields[name]) for name in names)
    return work.connection.execute(select(publications.c.id).where(*where).limit(1)).scalar_one_or_none()


def members_of(work: Work, batch_id: int, *, left: bool = False) -> tuple[Member, ...]:
    """Who is on a list, in the order of the districts and their lists; with `left` also who was taken off."""
    wanted = (
        select(publication_members)
        .join(products, products.c.id == publication_members.c.product_id)
        .join(cases, cases.c.id == publication_members.c.case_id)
        .join(organisations, organisations.c.id == cases.c.district_id)
        .where(publication_members.c.publication_id == batch_id)
        .order_by(organisations.c.position, cases.c.id, products.c.seq)
    )
    if not left:
        wanted = wanted.where(publication_members.c.left_reason.is_(None))
    return tuple(_member(row) for row in work.connection.execute(wanted))


def counts_of(work: Work, batch_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many enterprises and how many products each list has."""
    enterprises = func.count(publication_members.c.case_id.distinct())
    wanted = (
        select(publication_members.c.publication_id, enterprises.label("enterprises"), func.count().label("products"))
        .where(
            publication_members.c.publication_id.in_(bindparam(WANTED, expanding=True)),
            publication_members.c.left_reason.is_(None),
        )
        .group_by(publication_members.c.publication_id)
    )
    found = {row.publication_id: (row.enterprises, row.products) for row in rows_for(work, wanted, batch_ids)}
    return {key: found.get(key, (0, 0)) for key in batch_ids}


def listed(work: Work, batch_id: int) -> tuple[Listed, ...]:
    """The members of a list with their names and standards."""
    wanted = (
        select(
            publication_members,
            organisations.c.name.label("district"),
            cases.c.subject_name,
            products.c.name.label("product"),
            products.c.implemented_standards,
            products.c.benchmark_standards,
        )
        .join(products, products.c.id == publication_members.c.product_id)
        .join(cases, cases.c.id == publication_members.c.case_id)
        .join(organisations, organisations.c.id == cases.c.district_id)
        .where(publication_members.c.publication_id == batch_id, publication_members.c.left_reason.is_(None))
        .order_by(organisations.c.position, cases.c.id, products.c.seq)
    )
    return tuple(
        Listed(
            _member(row),
            row.district,
            row.subject_name,
            row.product,
            tuple(row.implemented_standards),
            tuple(row.benchmark_standards),
        )
        for row in work.connection.execute(wanted)
    )


def active_lists(work: Work, product_ids: Collection[int], *, but: int | None = None) -> dict[int, Batch]:
    """The batch that holds each product: drafted, waiting, confirmed or published; `but` is left out."""
    wanted: Select[Any] = (
        select(publication_members.c.product_id, publications)
        .join(publications, publications.c.id == publication_members.c.publication_id)
        .where(
            publication_members.c.product_id.in_(bindparam(WANTED, expanding=True)),
            publication_members.c.left_reason.is_(None),
            publications.c.state.in_(ACTIVE),
            publications.c.id != (but or 0),
        )
        .order_by(publications.c.id)
    )
    return {row.product_id: _batch(row) for row in rows_for(work, wanted, product_ids)}


def join(work: Work, batch_id: int, members: Mapping[int, int], *, person_id: int) -> None:
    """Put products on a list, given with their cases; one that was taken off before comes back."""
    rows = [
        {
            "publication_id": batch_id,
            "product_id": product_id,
            "case_id": case_id,
            "added_by": person_id,
            "added_at": work.now,
            "left_reason": None,
        }
        for product_id, case_id in members.items()
    ]
    for row in rows:
        upsert(work, publication_members, row)


def leave(work: Work, batch: Batch, product_ids: Collection[int], reason: str) -> None:
    statement = (
        update(publication_members)
        .where(
            publication_members.c.publication_id == batch.id,
            publication_members.c.product_id.in_(list(product_ids)),
        )
        .values(left_reason=reason)
    )
    work.connection.execute(statement)


def enter(work: Work, batch_id: int, product_ids: Collection[int]) -> None:
    """From now on this list counts for the products."""
    for product_id in product_ids:
        upsert(work, publication_entries, {"product_id": product_id, "publication_id": batch_id})


def of_products(work: Work, product_ids: Collection[int]) -> dict[int, Publication]:
    """The public list that counts for each product."""
    wanted = (
        select(publication_entries.c.product_id, publications)
        .join(publications, publications.c.id == publication_entries.c.publication_id)
        .where(publication_entries.c.product_id.in_(bindparam(WANTED, expanding=True)))
    )
    return {
        row.product_id: Publication(**{name: row._mapping[name] for name in Publication.__slots__})  # noqa: SLF001
        for row in rows_for(work, wanted, product_ids)
    }


def _batch(row: Row[Any]) -> Batch:
    return Batch(**{name: row._mapping[name] for name in Batch.__slots__})  # noqa: SLF001


def _member(row: Row[Any]) -> Member:
    return Member(**{name: row._mapping[name] for name in Member.__slots__})  # noqa: SLF001
