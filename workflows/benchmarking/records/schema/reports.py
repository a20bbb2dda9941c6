"""Tables of half-yearly reports: the paper that was handed in, and the form as it was filled in, version by version."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

report_forms = Table(
    "report_forms",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("file_sha", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("version", Integer),
    Column("recorded_at", Instant, nullable=False),
)
"""The paper that counts for a report; `version` is that of the form it was printed from, if it was filled in here."""

report_versions = Table(
    "report_versions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reported_on", Date),
    Column("note", Text),
    Column("person_id", Id, nullable=False),
    Column("saved_at", Instant, nullable=False),
    UniqueConstraint("case_id", "number"),
    CheckConstraint("state IN ('draft', 'saved', 'submitted')", name="state"),
)
"""A form of Annex 3 as it stood. The newest may be a draft, which is overwritten as it is typed; others are frozen."""

report_sheets = Table(
    "report_sheets",
    metadata,
    Column("version_id", Id, ForeignKey("report_versions.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("industry", String(60), nullable=False),
    Column("typed", Json, nullable=False),
    Column("computed", Json, nullable=False),
    Column("differences", Json, nullable=False),
)
"""The form of one industry: what was typed, what the records said at that moment, and where the two differ."""
