"""Tables of notices and mails."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

WATCHED_STATES = ("draft", "held", "partial", "doubt", "dead")
WATCHED = f"state IN ({', '.join(repr(state) for state in WATCHED_STATES)})"
"""States in which a mail waits for somebody to look at it."""

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedup_key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("letter", String(40), nullable=False),
    Column("campaign", String(40), nullable=False),
    Column("district_id", Id, ForeignKey("organisations.id"), nullable=False),
    Column("case_id", Id, ForeignKey("cases.id")),
    Column("deadline_id", Id, ForeignKey("deadlines.id")),
    Column("milestone", String(40)),
    Column("morning_on", Date, nullable=False),
    Column("release_at", Instant, nullable=False),
    Column("facts", Json, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("mail_id", Id, ForeignKey("mails.id")),
    Column("created_at", Instant, nullable=False),
    Index(
        "ix_notices_waiting",
        "release_at",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_notices_case", "case_id"),
)
"""What should be said to a district's people; becomes part of one mail per recipient, level and morning."""

mails = Table(
    "mails",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedup_key", String(160), nullable=False, unique=True),
    Column("letter", String(40), nullable=False),
    Column("campaign", String(40)),
    Column("district_id", Id),
    Column("locale", String(10), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("thread_key", String(120), nullable=False),
    Column("lane", String(320)),
    Column("refs", Text),
    Column("subject", Text, nullable=False),
    Column("mail_from", String(254), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("template_version", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_owner", String(60)),
    Column("lease_token", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("body_token", Integer),
    Column("last_stage", String(12)),
    Column("last_code", Integer),
    Column("last_enhanced", String(12)),
    Column("last_text", Text),
    Column("last_class", String(1)),
    Column("relay_ref", Text),
    Column("resend_of", Id, ForeignKey("mails.id")),
    Column("resend_no", Integer, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("first_try_at", Instant),
    Column("sent_at", Instant),
    Index(
        "ix_mails_ready",
        "priority",
        "not_before",
        "id",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
    Index(
        "ix_mails_leased",
        "lease_until",
        sqlite_where=text("state = 'leased'"),
        postgresql_where=text("state = 'leased'"),
    ),
    Index("ix_mails_thread", "thread_key", "id"),
    Index("ix_mails_letter", "letter", "id"),
    Index("ix_mails_district", "district_id", "id"),
    Index(
        "ix_mails_watched",
        "state",
        "id",
        sqlite_where=text(WATCHED),
        postgresql_where=text(WATCHED),
    ),
    Index(
        "ix_mails_resent",
        "resend_of",
        sqlite_where=text("resend_of IS NOT NULL"),
        postgresql_where=text("resend_of IS NOT NULL"),
    ),
)
"""One envelope with frozen bytes; `lane` is the relay with the domain it leaves for, `refs` the mails it answers.

States: draft, ready, leased, sent, partial, doubt, dead, held, expired, ended."""

mail_bodies = Table(
    "mail_bodies",
    metadata,
    Column("mail_id", Id, ForeignKey("mails.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

recipients = Table(
    "recipients",
    metadata,
    Column("mail_id", Id, ForeignKey("mails.id"), primary_key=True),
    Column("address", String(254), primary_key=True),
    Column("field", String(3), nullable=False),
    Column("name", String(60), nullable=False),
    Column("person_id", Id),
    Column("state", String(12), nullable=False),
    Column("code", Integer),
    Column("enhanced", String(12)),
    Column("text", Text),
    Column("at", Instant),
    Column("read_at", Instant),
    Index(
        "ix_recipients_unread",
        "person_id",
        "mail_id",
        sqlite_where=text("read_at IS NULL"),
        postgresql_where=text("read_at IS NULL"),
    ),
)
"""Whom a mail is for; `read_at` is when a person of the house has read it on its page or said so."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("mail_id", Id, ForeignKey("mails.id"), nullable=False, index=True),
    Column("token", Integer, nullable=False),
    Column("worker", String(60), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("stage", String(12), nullable=False),
    Column("code", Integer),
    Column("enhanced", String(12)),
    Column("text", Text),
    Column("reply_class", String(1)),
    Column("action", String(20), nullable=False),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("address", String(254), primary_key=True),
    Column("mail_id", Id, ForeignKey("mails.id"), nullable=False),
    Column("code", Integer),
    Column("enhanced", String(12)),
    Column("text", Text),
    Column("since_at", Instant, nullable=False),
    Column("lifted_at", Instant),
    Column("lifted_by", Id),
)
"""Addresses, in small letters, that a relay refused for good; not written to again until a person lifts it."""
