"""Tokens of the interface, and sign-ins on their way to an identity provider: both found by the hash of a secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from engine.store.database import Work, insert_id
from engine.store.schema import api_tokens, oidc_requests


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a program signs in with; `hint` are its first characters, so that people can tell tokens apart."""

    id: int
    hint: str
    person_id: int
    name: str
    scope: str
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_address: str | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OidcRequest:
    """A sign-in that was sent to the identity provider."""

    state_hash: str
    browser_hash: str
    nonce: str
    verifier: str
    redirect_uri: str
    target: str
    expires_at: datetime
    session_id: int | None = None
    kept: str = ""


def add(work: Work, token_hash: str, row: dict[str, Any]) -> ApiToken:
    return get(work, insert_id(work, api_tokens, {"token_hash": token_hash, **row}))


def get(work: Work, token_id: int) -> ApiToken:
    return _token(work.connection.execute(select(api_tokens).where(api_tokens.c.id == token_id)).one())


def find(work: Work, token_id: int) -> ApiToken | None:
    row = work.connection.execute(select(api_tokens).where(api_tokens.c.id == token_id)).one_or_none()
    return _token(row) if row else None


def by_hash(work: Work, token_hash: str) -> ApiToken | None:
    row = work.connection.execute(select(api_tokens).where(api_tokens.c.token_hash == token_hash)).one_or_none()
    return _token(row) if row else None


def of_person(work: Work, person_id: int) -> tuple[ApiToken, ...]:
    """The newest first, ended ones too."""
    rows = work.connection.execute(
        select(api_tokens).where(api_tokens.c.person_id == person_id).order_by(api_tokens.c.id.desc()).limit(200)
    )
    return tuple(_token(row) for row in rows)


def touch(work: Work, token_id: int, at: datetime, address: str) -> None:
    work.connection.execute(
        update(api_tokens).where(api_tokens.c.id == token_id).values(used_at=at, used_address=address)
    )


def revoke(work: Work, token_id: int, at: datetime) -> bool:
    where = (api_tokens.c.id == token_id, api_tokens.c.revoked_at.is_(None))
    return work.connection.execute(update(api_tokens).where(*where).values(revoked_at=at)).rowcount == 1


def revoke_all(work: Work, person_id: int, at: datetime) -> int:
    where = (api_tokens.c.person_id == person_id, api_tokens.c.revoked_at.is_(None))
    return work.connection.execute(update(api_tokens).where(*where).values(revoked_at=at)).rowcount


def send_off(work: Work, request: OidcRequest) -> None:
    row = {name: getattr(request, name) for name in OidcRequest.__slots__}
    work.connection.execute(oidc_requests.insert(), row)


def on_the_way(work: Work, state_hash: str) -> OidcRequest | None:
    """The request of a state, left as it is."""
    row = work.connection.execute(select(oidc_requests).where(oidc_requests.c.state_hash == state_hash)).one_or_none()
    return OidcRequest(**row._mapping) if row else None  # noqa: SLF001 - the public name of a row's columns


def take_back(work: Work, state_hash: str) -> OidcRequest | None:
    """The request of a state, once: whoever comes second finds nothing."""
    taken = delete(oidc_requests).where(oidc_requests.c.state_hash == state_hash).returning(oidc_requests)
    row = work.connection.execute(taken).one_or_none()
    return OidcRequest(**row._mapping) if row else None  # noqa: SLF001 - the public name of a row's columns


def forget_requests(work: Work, before: datetime) -> int:
    """Drop requests that never came back."""
    return work.connection.execute(delete(oidc_requests).where(oidc_requests.c.expires_at < before)).rowcount


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(**{name: row._mapping[name] for name in ApiToken.__slots__})  # noqa: SLF001
