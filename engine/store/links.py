"""Links of one purpose for one person, found by the hash of their token and used up by one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from engine.store.database import Work, insert_id
from engine.store.schema import links


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands; good until it is used, revoked or out of time."""

    id: int
    purpose: str
    person_id: int
    target: str | None
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    mail_id: int | None


def add(work: Work, token_hash: str, row: dict[str, Any]) -> int:
    return insert_id(work, links, {"token_hash": token_hash, **row})


def note_mail(work: Work, link_id: int, mail_id: int) -> None:
    work.connection.execute(update(links).where(links.c.id == link_id).values(mail_id=mail_id))


def by_hash(work: Work, token_hash: str) -> Link | None:
    row = work.connection.execute(select(links).where(links.c.token_hash == token_hash)).one_or_none()
    return _link(row) if row else None


def use(work: Work, token_hash: str, purpose: str, at: datetime) -> Link | None:
    """Use a link up; None when it is not good, or somebody was faster."""
    where = (links.c.token_hash == token_hash, links.c.purpose == purpose, *_good(at))
    used = update(links).where(*where).values(used_at=at).returning(links)
    row = work.connection.execute(used).one_or_none()
    return _link(row) if row else None


def revoke(work: Work, person_id: int, at: datetime, *, purpose: str | None = None) -> int:
    """Take back links of a person that are still good; answers how many."""
    where = [links.c.person_id == person_id, *_good(at)]
    if purpose is not None:
        where.append(links.c.purpose == purpose)
    return work.connection.execute(update(links).where(*where).values(revoked_at=at)).rowcount


def revoke_all(work: Work, person_id: int, at: datetime) -> int:
    """Take back whatever of a person has been neither used nor taken back, out of time or not."""
    where = (links.c.person_id == person_id, links.c.used_at.is_(None), links.c.revoked_at.is_(None))
    return work.connection.execute(update(links).where(*where).values(revoked_at=at)).rowcount


def of_person(work: Work, person_id: int, *, limit: int = 100) -> tuple[Link, ...]:
    """The newest first."""
    rows = work.connection.execute(
        select(links).where(links.c.person_id == person_id).order_by(links.c.id.desc()).limit(limit)
    )
    return tuple(_link(row) for row in rows)


def _good(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return links.c.used_at.is_(None), links.c.revoked_at.is_(None), links.c.expires_at > at


def _link(row: Row[Any]) -> Link:
    return Link(**{name: row._mapping[name] for name in Link.__slots__})  # noqa: SLF001 - the public name of columns
