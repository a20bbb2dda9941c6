"""What somebody does to a database who has its password and no scruples: no triggers, no checks of references."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import text

from engine.clock import FixedClock
from engine.core import Engine
from engine.store.database import Work
from engine.store.schema.triggers import APPEND_ONLY, statements


class House(Protocol):
    """Whatever a test has put up: an engine on a database, and its clock."""

    engine: Engine
    clock: FixedClock


@contextmanager
def without_references(field: House) -> Iterator[Work]:
    """A writing transaction in which nothing has to refer to something that is there."""
    database = field.engine.database
    with database.engine.connect() as connection:
        if database.path is None:
            with connection.begin():
                # ordinary triggers, which also check the references, do not fire for a replica
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                yield Work(connection, field.clock.now())
            return
        file = connection.connection.dbapi_connection
        file.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield Work(connection, field.clock.now())
        file.execute("PRAGMA foreign_keys=ON")


@contextmanager
def behind_its_back(field: House) -> Iterator[Work]:
    """The same, with the triggers gone that keep the journal."""
    with without_references(field) as work:
        if work.on_sqlite:
            for table in APPEND_ONLY:
                for verb in ("update", "delete"):
                    work.connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_keeps_{verb}"))
        yield work
        # whoever is that thorough puts them back
        for statement in statements("sqlite") if work.on_sqlite else ():
            work.connection.execute(text(statement))


def spoil(field: House, *statements: str) -> None:
    with behind_its_back(field) as work:
        for statement in statements:
            assert work.connection.execute(text(statement)).rowcount > 0, statement
