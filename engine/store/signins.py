"""Who signed in, failed or left, and what was taken out of the house: rows that are only ever added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from engine.store.database import Work
from engine.store.schema import disclosures, sign_ins


@dataclass(frozen=True, slots=True)
class SignIn:
    """Something that happened at the door."""

    id: int
    at: datetime
    person_id: int | None
    outcome: str
    method: str
    detail: str | None
    session_id: int | None
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What somebody took out or made visible, and how many rows that were."""

    id: int
    at: datetime
    person_id: int
    kind: str
    about: str
    rows: int
    address: str


def add(work: Work, row: dict[str, Any]) -> None:
    work.connection.execute(sign_ins.insert(), row)


def disclose(work: Work, row: dict[str, Any]) -> None:
    work.connection.execute(disclosures.insert(), row)


def listed(
    work: Work,
    *,
    person_ids: Collection[int] | None = None,
    outcomes: Collection[str] = (),
    before: int | None = None,
    limit: int = 100,
) -> tuple[SignIn, ...]:
    """The newest first; `before` goes on where a list ended."""
    where = _where(sign_ins, person_ids, before)
    if outcomes:
        where.append(sign_ins.c.outcome.in_(outcomes))
    rows = work.connection.execute(select(sign_ins).where(*where).order_by(sign_ins.c.id.desc()).limit(limit))
    return tuple(SignIn(**row._mapping) for row in rows)  # noqa: SLF001 - the public name of a row's columns


def disclosed(
    work: Work, *, person_ids: Collection[int] | None = None, before: int | None = None, limit: int = 100
) -> tuple[Disclosure, ...]:
    """The newest first."""
    where = _where(disclosures, person_ids, before)
    rows = work.connection.execute(select(disclosures).where(*where).order_by(disclosures.c.id.desc()).limit(limit))
    return tuple(Disclosure(**row._mapping) for row in rows)  # noqa: SLF001


def _where(table: Table, person_ids: Collection[int] | None, before: int | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if person_ids is not None:
        where.append(table.c.person_id.in_(person_ids))
    if before is not None:
        where.append(table.c.id < before)
    return where
