"""Views that people keep: the filters of a list under a name, for oneself alone."""

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

views = Table(
    "views",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("page", String(40), nullable=False),
    Column("name", String(40), nullable=False),
    Column("query", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("removed_at", Instant),
    UniqueConstraint("person_id", "page", "name"),
)
"""`query` is the address behind the page; one that was removed may be kept again under its name."""
