"""How people sign in: the hash of the password, the second factor, recovery codes; read and written by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from engine.model import Person
from engine.store.database import Work, insert_new
from engine.store.schema import accounts, people, recovery_codes


@dataclass(frozen=True, slots=True)
class Account:
    """What a person signs in with; somebody who never did has nothing of it."""

    person_id: int
    password_hash: str | None = None
    password_set_at: datetime | None = None
    factor_secret: str | None = None
    factor_since: datetime | None = None
    factor_counter: int | None = None
    offered_secret: str | None = None
    last_at: datetime | None = None
    last_address: str | None = None


def get(work: Work, person_id: int) -> Account:
    row = work.connection.execute(select(accounts).where(accounts.c.person_id == person_id)).one_or_none()
    return Account(**row._mapping) if row else Account(person_id)  # noqa: SLF001 - the public name of a row's columns


def change(work: Work, person_id: int, **columns: Any) -> None:
    """Change an account, made when missing."""
    insert_new(work, accounts, [{"person_id": person_id}])
    work.connection.execute(update(accounts).where(accounts.c.person_id == person_id).values(**columns))


def use_counter(work: Work, person_id: int, counter: int) -> bool:
    """Note the time step of a code; False when this one or a later one has been used before."""
    earlier = or_(accounts.c.factor_counter.is_(None), accounts.c.factor_counter < counter)
    where = (accounts.c.person_id == person_id, earlier)
    return work.connection.execute(update(accounts).where(*where).values(factor_counter=counter)).rowcount == 1


def with_login(work: Work, login: str) -> Person | None:
    row = work.connection.execute(select(people).where(people.c.login == login)).one_or_none()
    return Person(**row._mapping) if row else None  # noqa: SLF001


def reached_by(work: Work, login_or_email: str) -> tuple[Person, ...]:
    """Active people of this login or mail address; an address may be shared by several."""
    named = or_(people.c.login == login_or_email, func.lower(people.c.email) == login_or_email)
    rows = work.connection.execute(select(people).where(named, people.c.active).order_by(people.c.id).limit(5))
    return tuple(Person(**row._mapping) for row in rows)  # noqa: SLF001


def replace_codes(work: Work, person_id: int, hashes: Sequence[str], at: datetime) -> None:
    """Give recovery codes anew; the old ones end."""
    revoke_codes(work, person_id, at)
    rows = [{"person_id": person_id, "code_hash": one, "made_at": at} for one in hashes]
    if rows:
        work.connection.execute(recovery_codes.insert(), rows)


def revoke_codes(work: Work, person_id: int, at: datetime) -> None:
    where = (recovery_codes.c.person_id == person_id, recovery_codes.c.revoked_at.is_(None))
    work.connection.execute(update(recovery_codes).where(*where).values(revoked_at=at))


def use_code(work: Work, person_id: int, code_hash: str, at: datetime) -> bool:
    """Use a recovery code up; False when there is none such or it has been used."""
    where = (
        recovery_codes.c.person_id == person_id,
        recovery_codes.c.code_hash == code_hash,
        recovery_codes.c.used_at.is_(None),
        recovery_codes.c.revoked_at.is_(None),
    )
    return work.connection.execute(update(recovery_codes).where(*where).values(used_at=at)).rowcount == 1


def codes_left(work: Work, person_id: int) -> int:
    where = (
        recovery_codes.c.person_id == person_id,
        recovery_codes.c.used_at.is_(None),
        recovery_codes.c.revoked_at.is_(None),
    )
    return int(work.connection.execute(select(func.count()).select_from(recovery_codes).where(*where)).scalar_one())
