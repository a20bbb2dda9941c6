"""The table that searching reads, and the index over it that each database has in its own way."""

from typing import Final

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Id, metadata

search_entries = Table(
    "search_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("ref_id", Id, nullable=False),
    Column("campaign", String(40)),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("grams", Text, nullable=False),
    UniqueConstraint("kind", "ref_id"),
)
"""What can be found by its words: a case with its products, a person, a mail, an organisation.

`words` is what was cut into `grams`; among these stand also the kind, the campaign and every organisation above the
place it belongs to, so that what somebody may not see is not even looked at.
"""

INDEX: Final = "search_index"
_ON_SQLITE: Final = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5"
    "(grams, content='search_entries', content_rowid='id', detail='none', tokenize='ascii')"
)
_ON_POSTGRESQL: Final = (
    f"CREATE INDEX {INDEX} ON search_entries USING gin (string_to_array(grams, ' ')) WITH (fastupdate = off)"
)


def statement(dialect: str) -> str:
    """The DDL of the index over `grams`, a list of words with blanks between them."""
    return _ON_SQLITE if dialect == "sqlite" else _ON_POSTGRESQL
