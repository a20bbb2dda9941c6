"""The table of lists of every kind that were brought in, and what each of them did."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, String, Table

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("district_id", Id, ForeignKey("organisations.id"), nullable=False),
    Column("form", String(20), nullable=False),
    Column("file_sha", String(64), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("supplementary", Boolean, nullable=False),
    Column("status", String(10), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("did", Json, nullable=False),
    CheckConstraint("status IN ('taken', 'refused')", name="status"),
    Index("ix_imports_list", "campaign", "district_id", "file_sha"),
)
"""Who brought which file when, and what became of it: numbers, names, rows left out, faults."""
