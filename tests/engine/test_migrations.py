"""Migrations: what they make is what the program expects, on both databases, and only forward."""

from collections.abc import Iterator
from typing import Any

import postgres
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from engine.errors import SchemaOutdated
from engine.store import migrate
from engine.store.database import Database
from engine.store.schema import metadata
from engine.store.schema.search import INDEX
from workflows.benchmarking import MIGRATIONS, records


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}", durable=False)
        yield database
        database.close()
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"empty_{request.node.name.split('[')[0][-40:]}"
    database = Database(postgres.make_database(server, name))
    yield database
    database.close()
    postgres.drop_database(server, name)


def test_the_migrated_database_is_the_one_the_program_expects(database: Database) -> None:
    assert records.__name__  # its tables hang on the same metadata
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_object": _is_no_part_of_the_search_index}
        context = MigrationContext.configure(connection, opts=opts)
        differences = compare_metadata(context, metadata)

    assert differences == []


def _is_no_part_of_the_search_index(_: object, name: str | None, *__: object) -> bool:
    """It is made in each database's own way, and SQLite keeps it in tables of its own."""
    return not (name or "").startswith(INDEX)


def test_partial_indexes_and_checks_are_there_too(database: Database) -> None:
    """Conditions of indexes and checks are not among what is compared above."""
    found = inspect(database.engine)
    with database.engine.connect() as connection:
        on_sqlite = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'"
        on_postgresql = "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%WHERE%'"
        partial = set(connection.execute(text(on_sqlite if database.path else on_postgresql)).scalars())

    wanted = {
        str(index.name)
        for table in metadata.sorted_tables
        for index in table.indexes
        if index.dialect_options["sqlite"].get("where") is not None
    }
    assert partial >= wanted
    assert {"ix_mails_ready", "ix_notices_waiting", "ix_deadlines_awaited"} <= wanted
    assert [check["name"] for check in found.get_check_constraints("deadlines")] == ["ck_deadlines_state"]


def test_what_stands_in_a_database_of_today_is_what_the_files_of_the_revisions_say(empty: Database) -> None:
    """So that a start need not ask the tool that migrates; what the files do not say plainly, it is asked about."""
    migrate.upgrade(empty, [MIGRATIONS])

    assert migrate._recorded(empty) == migrate._last_of([MIGRATIONS])
    assert migrate._last_of([]) < migrate._last_of([MIGRATIONS])


def test_an_empty_database_is_brought_to_the_present_once_and_again_without_effect(empty: Database) -> None:
    with pytest.raises(SchemaOutdated, match="data migrate"):
        migrate.require_current(empty, [MIGRATIONS])

    migrate.upgrade(empty, [MIGRATIONS])
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty, [MIGRATIONS])

    migrate.require_current(empty, [MIGRATIONS])
    assert migrate.missing(empty, [MIGRATIONS]) == frozenset()
    assert set(inspect(empty.engine).get_table_names()) == tables
    assert tables >= {table.name for table in metadata.sorted_tables}


def test_the_engine_stands_without_any_kind_and_a_kind_is_added_later(empty: Database) -> None:
    migrate.upgrade(empty, [])
    migrate.require_current(empty, [])
    engine_only = set(inspect(empty.engine).get_table_names())

    assert migrate.missing(empty, [MIGRATIONS])
    migrate.upgrade(empty, [MIGRATIONS])

    migrate.require_current(empty, [MIGRATIONS])
    assert set(inspect(empty.engine).get_table_names()) > engine_only


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999_later')"))

    with pytest.raises(SchemaOutdated, match="newer"):
        migrate.require_current(database, [MIGRATIONS])
