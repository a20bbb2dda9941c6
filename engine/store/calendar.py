"""The override table of working days."""

import json
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, Text, cast, null, select, type_coerce, union_all

from engine.store import settings
from engine.store.database import Work, upsert
from engine.store.schema import calendar_days
from engine.store.schema import settings as kept
from engine.workdays import Workdays

_WORKDAYS: Final = "workdays"
PUBLISHED: Final = "published_years"
"""The setting that names the years whose notice coordinators have entered whole."""
_KNOWN: Final = union_all(
    select(calendar_days.c.day, calendar_days.c.works, cast(null(), Text).label("value")),
    select(null(), null(), type_coerce(kept.c.value, Text)).where(kept.c.name == PUBLISHED),
)
"""Days and years in one statement: every step asks for them."""


def workdays(work: Work) -> Workdays:
    """The published table with the overrides over it; read once in a transaction."""
    if _WORKDAYS not in work.memo:
        rows = work.connection.execute(_KNOWN).all()
        entered = tuple(sorted((row.day, row.works) for row in rows if row.day is not None))
        published = next((row.value for row in rows if row.value is not None), "[]")
        work.memo[_WORKDAYS] = _with(entered, tuple(json.loads(published)))
    found: Workdays = work.memo[_WORKDAYS]
    return found


def days(work: Work) -> tuple[Row[Any], ...]:
    return tuple(work.connection.execute(select(calendar_days).order_by(calendar_days.c.day)))


def put(work: Work, day: date, *, works: bool, source: str, person_id: int) -> None:
    row = {"day": day, "works": works, "source": source, "person_id": person_id, "recorded_at": work.now}
    upsert(work, calendar_days, row)
    work.memo.pop(_WORKDAYS, None)


def complete(work: Work, year: int) -> None:
    """A year's notice has been entered whole: from now on its working days are no longer provisional."""
    settings.write(work, PUBLISHED, sorted({*complete_years(work), year}))
    work.memo.pop(_WORKDAYS, None)


def complete_years(work: Work) -> tuple[int, ...]:
    """Years whose notice has been entered whole."""
    return tuple(settings.read(work, PUBLISHED, []))


@lru_cache(maxsize=16)
def _with(overrides: tuple[tuple[date, bool], ...], published: tuple[int, ...]) -> Workdays:
    return Workdays(dict(overrides), published=published)
