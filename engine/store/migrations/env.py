"""Alembic's entry: runs the revisions of the engine and of each campaign kind on a connection it is given."""

from typing import Any

from alembic import context

from engine.store.schema import metadata

_include = context.config.attributes.get("include")


def _included(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    return _include is None or kind != "table" or _include(name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    include_object=_included,
)
with context.begin_transaction():
    context.run_migrations()
