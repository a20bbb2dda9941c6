"""The terms of campaigns as last applied."""

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Row, Text, select, type_coerce

from engine.errors import NotFound
from engine.model import Campaign
from engine.store.database import Work, upsert
from engine.store.schema import campaigns
from engine.words import tr

_EVERY: Final = "campaigns"
_SELECT = select(
    campaigns.c.key,
    campaigns.c.kind,
    type_coerce(campaigns.c.body, Text).label("text"),
    campaigns.c.version,
    campaigns.c.applied_at,
).order_by(campaigns.c.key)
"""The body comes as its text, so that it is parsed once and not with every look."""


def get(work: Work, key: str) -> Campaign:
    """The campaign, out of all of them: there are few, and a page that shows one shows the others to choose from."""
    for one in every(work):
        if one.key == key:
            return one
    raise NotFound(tr("There is no campaign {key!r}; `lingpao campaign apply` brings it in.", key=key))


def hold(work: Work, key: str) -> Campaign:
    """The campaign as it stands; until the transaction ends nobody else holds it or changes its terms."""
    if work.holds:
        # cases of it may be opened all the same: a reference to it does not wait for this
        work.connection.execute(select(campaigns.c.key).where(campaigns.c.key == key).with_for_update(key_share=True))
    work.memo.pop(_EVERY, None)
    return get(work, key)


def every(work: Work) -> tuple[Campaign, ...]:
    """All campaigns by their keys; read once in a transaction."""
    if _EVERY not in work.memo:
        work.memo[_EVERY] = tuple(_campaign(row) for row in work.connection.execute(_SELECT))
    known: tuple[Campaign, ...] = work.memo[_EVERY]
    return known


def keep(work: Work, *, key: str, kind: str, body: Mapping[str, Any], version: int) -> Campaign:
    """Store new terms over the old ones; the journal of the house remembers what they were."""
    row = {"key": key, "kind": kind, "body": dict(body), "version": version, "applied_at": work.now}
    upsert(work, campaigns, row)
    work.memo.pop(_EVERY, None)
    return Campaign(key, kind, body, version, work.now)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(text))


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(row.key, row.kind, _parsed(row.text), row.version, row.applied_at)
