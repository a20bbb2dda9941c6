"""Tables of public lists: batches on their way to publication, their members, and the list that counts."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

publications = Table(
    "publications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("organisation_id", Id, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("number", Integer),
    Column("prefix", String(40), nullable=False),
    Column("document_no", String(60)),
    Column("title", String(200), nullable=False),
    Column("url", String(500), nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("published_on", Date),
    Column("file_sha", String(64), ForeignKey("blobs.sha256")),
    Column("state", String(10), nullable=False),
    Column("made_by", Id, nullable=False),
    Column("proposed_by", Id),
    Column("proposed_at", Instant),
    Column("confirmed_by", Id),
    Column("confirmed_at", Instant),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("campaign", "number"),
    CheckConstraint("state IN ('draft', 'proposed', 'confirmed', 'published', 'withdrawn')", name="state"),
)
"""A public list of a district or of the whole city; one that was only heard of after it came out has no number."""

publication_members = Table(
    "publication_members",
    metadata,
    Column("publication_id", Id, ForeignKey("publications.id"), primary_key=True),
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True, index=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, index=True),
    Column("added_by", Id, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("left_reason", Text),
)
"""A product on a list; one that was taken off stays here with the reason."""

publication_entries = Table(
    "publication_entries",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("publication_id", Id, ForeignKey("publications.id"), nullable=False, index=True),
)
"""The public list that counts for a product."""
