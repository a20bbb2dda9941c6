"""Sessions of people who are signed in, found by the hash of their token; ended ones stay on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, select, update

from engine.model import Person
from engine.store import organisations
from engine.store.database import Work, insert_id
from engine.store.schema import organisations as offices
from engine.store.schema import people, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, or has been."""

    id: int
    person_id: int
    method: str
    stage: str
    only: str | None
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    confirmed_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    ended_reason: str | None


_PERSON: Final = tuple(Person.__slots__)
_OFFICE: Final = tuple(column.name for column in offices.columns)
_BEHIND: Final = (
    select(
        *(sessions.c[name] for name in Session.__slots__),
        *(people.c[name].label(f"their_{name}") for name in _PERSON),
        *(offices.c[name].label(f"office_{name}") for name in _OFFICE),
    )
    .join(people, people.c.id == sessions.c.person_id)
    .join(offices, offices.c.id == people.c.organisation_id)
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A session and whose it is."""

    session: Session
    person: Person


def behind(work: Work, token_hash: str) -> Behind | None:
    """Both in one statement, for every request asks; and the person's office, which stands on every page."""
    row = work.connection.execute(_BEHIND.where(sessions.c.token_hash == token_hash)).one_or_none()
    if row is None:
        return None
    organisations.keep(work, {name: row._mapping[f"office_{name}"] for name in _OFFICE})  # noqa: SLF001
    return Behind(_session(row), Person(**{name: row._mapping[f"their_{name}"] for name in _PERSON}))  # noqa: SLF001


def add(work: Work, *, token_hash: str, row: dict[str, Any]) -> Session:
    new_id = insert_id(work, sessions, {"token_hash": token_hash, **row})
    return _session(work.connection.execute(select(sessions).where(sessions.c.id == new_id)).one())


def by_hash(work: Work, token_hash: str) -> Session | None:
    row = work.connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).one_or_none()
    return _session(row) if row else None


def of_person(work: Work, person_id: int, *, limit: int = 100) -> tuple[Session, ...]:
    """The newest first, ended ones too."""
    rows = work.connection.execute(
        select(sessions).where(sessions.c.person_id == person_id).order_by(sessions.c.id.desc()).limit(limit)
    )
    return tuple(_session(row) for row in rows)


def change(work: Work, session_id: int, **columns: Any) -> bool:
    """Change a session that has not ended; False when it has."""
    where = (sessions.c.id == session_id, sessions.c.ended_at.is_(None))
    return work.connection.execute(update(sessions).where(*where).values(**columns)).rowcount == 1


def end(
    work: Work, at: datetime, reason: str, *, person_id: int, session_id: int | None = None, but: int | None = None
) -> tuple[int, ...]:
    """End one session of a person or all of them, `but` one; answers the numbers of those that were still open."""
    where: list[ColumnElement[bool]] = [sessions.c.person_id == person_id, sessions.c.ended_at.is_(None)]
    if session_id is not None:
        where.append(sessions.c.id == session_id)
    if but is not None:
        where.append(sessions.c.id != but)
    ended = update(sessions).where(*where).values(ended_at=at, ended_reason=reason).returning(sessions.c.id)
    return tuple(sorted(work.connection.execute(ended).scalars()))


def _session(row: Row[Any]) -> Session:
    return Session(**{name: row._mapping[name] for name in Session.__slots__})  # noqa: SLF001
