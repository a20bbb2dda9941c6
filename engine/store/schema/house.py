"""Tables about the installation itself: definitions, campaigns, periods, keys, leases, calendar, bytes."""

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

settings = Table(
    "settings",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Json, nullable=False),
)
"""Facts about this database itself: kind (live or rehearsal), the stored clock, mail switches."""

definitions = Table(
    "definitions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("flow", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Json, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("flow", "version"),
)
"""Flow definitions as loaded; immutable, a running case is pinned to one."""

campaigns = Table(
    "campaigns",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("body", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("applied_at", Instant, nullable=False),
)
"""The campaign's settings as last applied from the configuration: dates, quotas, ladder."""

periods = Table(
    "periods",
    metadata,
    Column("schedule", String(40), primary_key=True),
    Column("scope", String(80), primary_key=True),
    Column("period", String(20), primary_key=True),
    Column("status", String(12), nullable=False),
    Column("reason", Text),
    Column("planned_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("facts", Json),
    Column("mail_id", Id),
)
"""One row for each period of a schedule: done, skipped with a reason, or failed; the digest's figures stay here."""

request_keys = Table(
    "request_keys",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("answer", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("fence", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("last_ok_at", Instant),
    Column("last_failed_at", Instant),
    Column("failure", Text),
    Column("backlog", Integer, nullable=False),
    Column("oldest_at", Instant),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""What coordinators entered from a notice of the State Council; it wins over the table that comes with the program."""

anchors = Table(
    "anchors",
    metadata,
    Column("day", Date, primary_key=True),
    Column("last_id", Id, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("root", String(64), nullable=False),
)
"""The day's root over all journal rows, printed in the digest as an anchor outside the database."""

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Bytes by content: bodies of mails, uploaded lists and evidence; stored once however often referred to."""
