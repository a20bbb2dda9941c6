"""Bringing a database to the schema of this program: forward only, one branch for the engine and one for each kind."""

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, column, inspect, select, table

from engine.errors import SchemaOutdated
from engine.store.database import Database
from engine.words import tr

if TYPE_CHECKING:
    from alembic.config import Config

ENGINE_VERSIONS = Path(str(files("engine.store") / "migrations" / "versions"))
_VERSIONS: Final = table("alembic_version", column("version_num"))
_TOLD: Final = re.compile(r"""^(revision|down_revision|depends_on) = ["'](\w+)["']$""", re.MULTILINE)


def upgrade(database: Database, kinds: Sequence[Path]) -> None:
    """Run every revision that the database lacks, in one transaction; `kinds` are the folders of their branches."""
    from alembic import command

    with database.engine.begin() as connection:
        command.upgrade(_config(connection, kinds), "heads")


def missing(database: Database, kinds: Sequence[Path]) -> frozenset[str]:
    """Heads of this program that the database has not reached."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

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
    if _recorded(database) != _last_of(kinds) and missing(database, kinds):
        raise SchemaOutdated(
            tr("The database is not at the version of this program; run `lingpao data migrate` (after a backup).")
        )


def _recorded(database: Database) -> frozenset[str]:
    """The revisions that stand in the database; as a rule they are the last ones, and nothing more has to be asked."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table(_VERSIONS.name):
            return frozenset()
        return frozenset(connection.execute(select(_VERSIONS.c.version_num)).scalars())


def _last_of(kinds: Sequence[Path]) -> frozenset[str]:
    """The revisions that no other one follows or rests on, by the heads of their files."""
    told = [
        _TOLD.findall(file.read_text("utf-8")) for folder in (ENGINE_VERSIONS, *kinds) for file in folder.glob("*.py")
    ]
    before = {value for lines in told for name, value in lines if name != "revision"}
    return frozenset(value for lines in told for name, value in lines if name == "revision") - before


def _config(connection: Connection, kinds: Sequence[Path]) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("engine.store") / "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(path) for path in (ENGINE_VERSIONS, *kinds)))
    config.attributes["connection"] = connection
    return config
