"""Tables of organisations and people."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from engine.store.schema.base import Id, metadata
from engine.store.types import Json

_Path = String(200).with_variant(String(200, collation="C"), "postgresql")
"""Compared byte by byte, so that what lies below a path is one stretch of the index."""

organisations = Table(
    "organisations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("full_name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent_id", Id, ForeignKey("organisations.id")),
    Column("path", _Path, nullable=False),
    Column("position", Integer, nullable=False),
    Column("aliases", Json, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Index("ix_organisations_path", "path"),
    Index("ix_organisations_parent_id", "parent_id", "position", "id"),
)
"""The tree of organisations; `path` is "/1/5/": an ancestor's path is a prefix of its descendants'."""

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("login", String(60), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("organisation_id", Id, ForeignKey("organisations.id"), nullable=False),
    Column("email", String(254)),
    Column("phone", String(40)),
    Column("locale", String(10), nullable=False),
    Column("active", Boolean, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String(40), nullable=False),
    Column("organisation_id", Id, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
)
"""A role counts for the organisation and everything below it, from `from_on` to `to_on` inclusive."""

deputies = Table(
    "deputies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("deputy_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
)
