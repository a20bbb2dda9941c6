"""Column types that refuse what must not be stored."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DataError
from sqlalchemy.types import TypeDecorator

UNSTORABLE: Final = (DataError,)
"""What a driver raises of a number or a text that the database cannot hold, such as one with a zero byte."""


class Instant(TypeDecorator[datetime]):
    """An instant as microseconds since 1970 UTC: sorts, compares and hashes the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_micros(int(value))


class Json(TypeDecorator[Any]):
    """A small document in canonical JSON text (sorted keys, no spaces), so that hashes over it are stable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any | None:  # noqa: ARG002
        return None if value is None else json.loads(value)


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_micros(value: datetime) -> int:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be stored")
    delta = value - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_micros(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
