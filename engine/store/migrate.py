"""Bringing a database to the schema of this program: forward only, one branch for the engine and one for each kind."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.errors import SchemaOutdated
from engine.store.database import Database
from engine.words import tr

ENGINE_VERSIONS = Path(str(files("engine.store") / "migrations" / "versions"))


def upgrade(database: Database, kinds: Sequence[Path]) -> None:
    """Run every revision that the database lacks, in one transaction; `kinds` are the folders of their branches."""
    with database.engine.begin() as connection:
        command.upgrade(_config(connection, kinds), "heads")


def missing(database: Database, kinds: Sequence[Path]) -> frozenset[str]:
    """Heads of this program that the database has not reached."""
    with database.engine.connect() as connection:
        reached = MigrationContext.configure(connection).get_current_heads()
        script = ScriptDirectory.from_config(_config(connection, kinds))
    if unknown := set(reached) - {one.revision for one in script.walk_revisions()}:
        raise SchemaOutdated(
            tr("The database is of a newer version of this program ({revisions}).", revisions=tuple(sorted(unknown)))
        )
    # a head that another one rests on is not written down by itself
    return frozenset(set(script.get_heads()) - {one.revision for one in script.get_all_current(reached)})


def require_current(database: Database, kinds: Sequence[Path]) -> None:
    """Refuse to work on a database of another version."""
    if missing(database, kinds):
        raise SchemaOutdated(
            tr("The database is not at the version of this program; run `lingpao data migrate` (after a backup).")
        )


def _config(connection: Connection, kinds: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("engine.store") / "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(path) for path in (ENGINE_VERSIONS, *kinds)))
    config.attributes["connection"] = connection
    return config
