"""Asking for many rows at once without handing a database more parameters than it takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.database import Work

CHUNK: Final = 5_000
"""Values in one IN list; SQLite takes 32,766 parameters, PostgreSQL 65,535."""

WANTED: Final = "wanted"
"""Name of the expanding parameter that `rows_for` fills."""

T = TypeVar("T")


def chunks(values: Collection[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    held = list(values)
    for start in range(0, len(held), size):
        yield held[start : start + size]


def rows_for(work: Work, statement: Select[Any], values: Collection[Any]) -> Iterator[Row[Any]]:
    """Rows of a statement that asks for `column IN :wanted`, in chunks of values."""
    for some in chunks(values):
        yield from work.connection.execute(statement, {WANTED: some})


def insert_absent(work: Work, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once; those whose key exists already are left alone."""
    if not rows:
        return
    insert = sqlite.insert if work.on_sqlite else postgresql.insert
    work.connection.execute(insert(table).on_conflict_do_nothing(), [dict(row) for row in rows])


def overwrite(work: Work, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once; where a key exists the other columns are overwritten."""
    if not rows:
        return
    insert = sqlite.insert if work.on_sqlite else postgresql.insert
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    work.connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=changed), [dict(one) for one in rows]
    )
