"""A database and its transactions: one `work()` per intention; SQLite begins IMMEDIATE, PostgreSQL READ COMMITTED."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import EngineError
from engine.words import tr

READ_ONLY = "lingpao_read_only"

CONNECTIONS: Final = 20
"""So many at once; who wants one more waits for it."""
_KEPT: Final = 12
"""So many stay open while nobody needs them."""
_IN_MEMORY: Final = (None, "", ":memory:")
"""Databases that have one connection only."""

DRIVERS: Final = ("sqlite", "sqlite+pysqlite", "postgres", "postgresql", "postgresql+psycopg")
"""How an address may begin."""


class DatabaseAddressRefused(EngineError):
    """The address of the database cannot be used."""

    code: ClassVar[str] = "DATABASE_ADDRESS_REFUSED"


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction and the instant it happens at; `now` is the only time a statement may use.

    `memo` keeps what was read once and cannot change within it; whoever writes such a thing forgets it there.
    """

    connection: Connection
    now: datetime
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def on_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    @property
    def holds(self) -> bool:
        """Whether rows are to be held for others: a file is held whole, and who only reads holds nothing."""
        return not self.on_sqlite and not self.connection.get_execution_options().get(READ_ONLY)


class Database:
    """Where a house keeps what it knows; `durable` asks SQLite to survive a power cut, not only a killed process."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = _with_driver(read_address(url))
        self.engine = _create(self.url, durable=durable)

    @contextmanager
    def work(self, now: datetime) -> Iterator[Work]:
        """A writing transaction: committed when the block ends, undone when it raises."""
        with self.engine.begin() as connection:
            yield Work(connection, now)

    @contextmanager
    def look(self, now: datetime) -> Iterator[Work]:
        """A reading transaction: one snapshot, nothing is written."""
        options: dict[str, Any] = {READ_ONLY: True}
        if self.path is None:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin() as begun:
            yield Work(connection, now)
            begun.rollback()

    @property
    def path(self) -> str | None:
        """The file of an SQLite database, None on a server."""
        return self.url.database if self.url.get_backend_name() == "sqlite" else None

    def close(self) -> None:
        self.engine.dispose()


def read_address(text: str) -> URL:
    """The address of a database as somebody wrote it; refused where it is none that we can use."""
    try:
        found = make_url(text)
    except (ArgumentError, ValueError):
        found = None
    if found is None or found.drivername not in DRIVERS:
        # a password may stand before the @
        place = text.rpartition("@")[2]
        raise DatabaseAddressRefused(
            tr(
                "{place} is no address of a database that can be used here; write a file name, or"
                " postgresql://LOGIN@HOST/NAME.",
                place=place,
            )
        )
    return found


def insert_new(work: Work, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert what is not there yet and say how many rows were; a key that exists already is left alone."""
    if not rows:
        return 0
    values = [dict(row) for row in rows]
    if work.on_sqlite:
        return work.connection.execute(sqlite.insert(table).on_conflict_do_nothing(), values).rowcount
    # this driver keeps no count over many rows, so the server names the new ones
    first = next(iter(table.primary_key))
    statement = postgresql.insert(table).on_conflict_do_nothing().returning(first)
    return len(work.connection.execute(statement, values).all())


def insert_id(work: Work, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and give its new id."""
    key = work.connection.execute(table.insert(), row).inserted_primary_key
    return int(key[0]) if key else 0


def upsert(work: Work, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row or, where its key exists, overwrite the other columns."""
    insert = sqlite.insert if work.on_sqlite else postgresql.insert
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values(**row)
    changed = {name: statement.excluded[name] for name in row if name not in keys}
    work.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgresql", "postgres"} else url


def _create(url: URL, *, durable: bool) -> Engine:
    # values stand in no log: among them are telephones, hashes and whatever else somebody typed
    usual: dict[str, Any] = {"hide_parameters": True}
    if url.database not in _IN_MEMORY:
        usual |= {"pool_size": _KEPT, "max_overflow": CONNECTIONS - _KEPT}
    if url.get_backend_name() != "sqlite":
        return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, **usual)
    engine = create_engine(url, connect_args={"timeout": 30}, **usual)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # the driver must not begin transactions by itself, or a read-then-write one fails at once with "locked"
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
