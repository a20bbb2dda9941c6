"""The tables of evidence files: each version that ever came in, by what it is about; and what was received so far."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

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

received_files = Table(
    "received_files",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
)
"""Files that came with a form which was refused for something else; only who sent them gets at them, for a while."""
