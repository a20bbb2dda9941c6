"""Request keys: the answer to a request is kept under its key, so that asking again has no second effect."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from engine.errors import KeyReused
from engine.store.database import Work, insert_new
from engine.store.schema import request_keys
from engine.store.types import canonical
from engine.words import tr


def answer_of(work: Work, key: str, request: object) -> dict[str, Any] | None:
    """The answer already given under this key; the key with another request is refused.

    Whoever asks first has the key until the transaction ends: the same request beside it waits for that answer.
    """
    if work.holds:
        work.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    row = work.connection.execute(select(request_keys).where(request_keys.c.key == key)).one_or_none()
    if row is None:
        return None
    if row.request != fingerprint(request):
        raise _reused(key)
    return dict(row.answer)


def keep(work: Work, key: str, request: object, answer: Mapping[str, Any]) -> None:
    row = {"key": key, "request": fingerprint(request), "answer": dict(answer), "created_at": work.now}
    if not insert_new(work, request_keys, [row]):
        # another request was given the same key in the meantime; this one is undone
        raise _reused(key)


def fingerprint(request: object) -> str:
    return sha256(canonical(request).encode()).hexdigest()


def _reused(key: str) -> KeyReused:
    return KeyReused(tr("The request key {key!r} was already used for another request.", key=key))
