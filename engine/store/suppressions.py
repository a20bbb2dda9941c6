"""Addresses that a relay refused for good: not written to again until a person lifts it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from engine.store.database import Work, upsert
from engine.store.schema import suppressions


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address, the mail that was refused, and what the relay said."""

    address: str
    mail_id: int
    code: int | None
    enhanced: str | None
    text: str | None
    since_at: datetime


def standing(work: Work) -> tuple[Suppression, ...]:
    """All that stand, the newest first."""
    names = ("address", "mail_id", "code", "enhanced", "text", "since_at")
    statement = select(*(suppressions.c[name] for name in names)).where(suppressions.c.lifted_at.is_(None))
    rows = work.connection.execute(statement.order_by(suppressions.c.since_at.desc(), suppressions.c.address))
    return tuple(Suppression(**row._mapping) for row in rows)  # noqa: SLF001 - the public name of a row's columns


def count(work: Work) -> int:
    statement = select(func.count()).where(suppressions.c.lifted_at.is_(None))
    return int(work.connection.execute(statement).scalar_one())


def among(work: Work, addresses: Collection[str]) -> frozenset[str]:
    """Those of the addresses that are not to be written to."""
    small = {address.casefold(): address for address in addresses}
    statement = select(suppressions.c.address).where(
        suppressions.c.address.in_(list(small)), suppressions.c.lifted_at.is_(None)
    )
    return frozenset(small[found] for found in work.connection.execute(statement).scalars()) if small else frozenset()


def enter(work: Work, address: str, *, mail_id: int, code: int | None, enhanced: str | None, text: str | None) -> None:
    """Write to this address no more; one that was lifted before stands again."""
    row = {
        "address": address.casefold(),
        "mail_id": mail_id,
        "code": code,
        "enhanced": enhanced,
        "text": text,
        "since_at": work.now,
        "lifted_at": None,
        "lifted_by": None,
    }
    upsert(work, suppressions, row)


def lift(work: Work, address: str, *, person_id: int | None) -> bool:
    """Let it be written to again; False where nothing stands against it."""
    where = (suppressions.c.address == address.casefold(), suppressions.c.lifted_at.is_(None))
    changed = update(suppressions).where(*where).values(lifted_at=work.now, lifted_by=person_id)
    return work.connection.execute(changed).rowcount == 1
