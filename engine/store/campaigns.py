"""The terms of campaigns as last applied."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from engine.errors import NotFound
from engine.model import Campaign
from engine.store.database import Work, upsert
from engine.store.schema import campaigns
from engine.words import tr


def get(work: Work, key: str) -> Campaign:
    row = work.connection.execute(select(campaigns).where(campaigns.c.key == key)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no campaign {key!r}; `lingpao campaign apply` brings it in.", key=key))
    return _campaign(row)


def every(work: Work) -> tuple[Campaign, ...]:
    return tuple(_campaign(row) for row in work.connection.execute(select(campaigns).order_by(campaigns.c.key)))


def keep(work: Work, *, key: str, kind: str, body: Mapping[str, Any], version: int) -> Campaign:
    """Store new terms over the old ones; the journal of the house remembers what they were."""
    row = {"key": key, "kind": kind, "body": dict(body), "version": version, "applied_at": work.now}
    upsert(work, campaigns, row)
    return Campaign(key, kind, body, version, work.now)


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
