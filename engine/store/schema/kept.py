"""Tables of figures that people keep under a month."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

kept_reports = Table(
    "kept_reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("organisation_id", Id, ForeignKey("organisations.id"), nullable=False),
    Column("month", Date, nullable=False),
    Column("name", String(20), nullable=False),
    Column("query", String(200), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("kept_at", Instant, nullable=False),
    UniqueConstraint("organisation_id", "campaign", "month", "name", "query", "number", name="uq_kept_reports_version"),
    Index("ix_kept_reports_campaign", "campaign", "id"),
    Index("ix_kept_reports_place", "campaign", "organisation_id", "id"),
)
"""Which table was kept, of which part of the house, by whom; its figures are a file by their content. `month` is its
first day, `query` what else was asked for, `number` counts how often the same was kept. Rows are only added."""
