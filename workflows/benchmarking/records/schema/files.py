"""The table of evidence files: each version that ever came in, by what it is about."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

evidence_files = Table(
    "evidence_files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", String(24), nullable=False),
    Column("about", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("what", "about", "seq"),
)
"""`about` is the number of the plan, training, product, public list or case; the highest `seq` is the newest."""
