"""Statements that add to rows or make them, alike on both databases."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.database import Work


def add_up(work: Work, table: Table, rows: Sequence[Mapping[str, Any]], *columns: str) -> None:
    """Add `columns` of each row to the row with the same key, or insert it."""
    if not rows:
        return
    work.connection.execute(_adding(table, columns, work.on_sqlite), [dict(row) for row in rows])


@lru_cache(maxsize=32)
def _adding(table: Table, columns: tuple[str, ...], on_sqlite: bool) -> Any:
    statement = (sqlite.insert if on_sqlite else postgresql.insert)(table)
    keys = [key.name for key in table.primary_key]
    summed = {name: table.c[name] + statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=keys, set_=summed)
