"""The journal: rows are only ever added, each linked to the one before it in its case."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select

from engine.chain import GENESIS, Link, link_hash
from engine.model import Entry, Recorded
from engine.store.database import Work
from engine.store.schema import journal

HOUSE = 0
"""The case number of the chain that belongs to no case: people, calendar, campaigns, switches."""
_CHAIN_OF_THE_HOUSE: Final = 5_464_641
"""The number under which a server lets one transaction at a time add to it."""


def append(work: Work, entries: Sequence[tuple[Link, Entry]]) -> list[str]:
    """Add rows at their places and answer their hashes; a place already taken is an integrity error."""
    hashes = [link_hash(link, entry, work.now) for link, entry in entries]
    rows = [_values(work, link, entry, own) for (link, entry), own in zip(entries, hashes, strict=True)]
    if rows:
        work.connection.execute(journal.insert(), rows)
    return hashes


def append_house(work: Work, entry: Entry) -> None:
    """Add to the house's own chain, one after the other; there is no row of a case that could be held for it."""
    if work.holds:
        work.connection.execute(select(func.pg_advisory_xact_lock(_CHAIN_OF_THE_HOUSE)))
    row = work.connection.execute(
        select(journal.c.seq, journal.c.hash).where(journal.c.case_id == HOUSE).order_by(journal.c.seq.desc()).limit(1)
    ).one_or_none()
    link = Link(HOUSE, row.seq + 1, row.hash) if row else Link(HOUSE, 1, GENESIS)
    append(work, [(link, entry)])


def of_case(work: Work, case_id: int) -> tuple[Recorded, ...]:
    """A case's whole history, oldest first."""
    rows = work.connection.execute(select(journal).where(journal.c.case_id == case_id).order_by(journal.c.seq))
    return tuple(recorded(row) for row in rows)


def last_of(work: Work, case_id: int, kind: str | None = None) -> Recorded | None:
    """The newest entry about a case, or the newest of a kind."""
    statement = select(journal).where(journal.c.case_id == case_id)
    if kind is not None:
        statement = statement.where(journal.c.kind == kind)
    row = work.connection.execute(statement.order_by(journal.c.seq.desc()).limit(1)).one_or_none()
    return recorded(row) if row else None


def latest(work: Work, limit: int) -> tuple[Recorded, ...]:
    rows = work.connection.execute(select(journal).order_by(journal.c.id.desc()).limit(limit))
    return tuple(recorded(row) for row in rows)


def first_moment(work: Work) -> datetime | None:
    """When the first of all rows was recorded."""
    statement = select(journal.c.recorded_at).order_by(journal.c.id).limit(1)
    return work.connection.execute(statement).scalar_one_or_none()


def of_house(work: Work) -> Iterator[Recorded]:
    """The house's own chain, oldest first."""
    statement = select(journal).where(journal.c.case_id == HOUSE).order_by(journal.c.seq)
    for row in work.connection.execute(statement.execution_options(yield_per=2_000)):
        yield recorded(row)


def done_in_batch(work: Work, batch: str, case_ids: Sequence[int]) -> set[int]:
    """Cases that already have an entry of this batch, for a run that goes on where it stopped."""
    rows = work.connection.execute(
        select(journal.c.case_id).where(journal.c.batch == batch, journal.c.case_id.in_(case_ids))
    )
    return set(rows.scalars())


def _values(work: Work, link: Link, entry: Entry, own: str) -> dict[str, Any]:
    return {
        "case_id": link.case_id,
        "seq": link.seq,
        "kind": entry.kind,
        "step": entry.step,
        "source": entry.source,
        "target": entry.target,
        "campaign": entry.campaign,
        "flow": entry.flow,
        "district_id": entry.district_id,
        "definition_id": entry.definition_id,
        "person_id": entry.person_id,
        "role": entry.role,
        "on_behalf_of": entry.on_behalf_of,
        "reason": entry.reason,
        "data": dict(entry.data),
        "batch": entry.batch,
        "recorded_at": work.now,
        "effective_on": entry.effective_on,
        "prev_hash": link.prev_hash,
        "hash": own,
    }


def recorded(row: Row[Any]) -> Recorded:
    return Recorded(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
