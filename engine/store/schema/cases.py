"""Tables of cases, their journal and their deadlines."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("flow", String(40), nullable=False),
    Column("definition_id", Id, ForeignKey("definitions.id"), nullable=False),
    Column("district_id", Id, ForeignKey("organisations.id"), nullable=False),
    Column("subject_key", String(80), nullable=False),
    Column("subject_name", String(200), nullable=False),
    Column("state", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("claimed", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("entered_on", Date, nullable=False),
    Column("resume_state", String(40)),
    Column("replaces_id", Id, ForeignKey("cases.id")),
    Column("replaced_by_id", Id, ForeignKey("cases.id")),
    Column("proposed_step", String(40)),
    Column("proposed_by", Id, ForeignKey("people.id")),
    Column("proposed_at", Instant),
    Column("proposed_on", Date),
    Column("journal_seq", Integer, nullable=False),
    Column("journal_hash", String(64), nullable=False),
    UniqueConstraint("campaign", "flow", "district_id", "subject_key"),
    Index("ix_cases_campaign_flow_district_state", "campaign", "flow", "district_id", "state"),
    Index(
        "ix_cases_proposed",
        "campaign",
        "proposed_at",
        sqlite_where=text("proposed_step IS NOT NULL"),
        postgresql_where=text("proposed_step IS NOT NULL"),
    ),
)
"""A subject on its way through a flow. `version` rises with each write; `claimed` cases wait for the bureau to decide
which district they belong to and count in no quota; `journal_seq` and `journal_hash` are the head of its chain."""

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("step", String(40)),
    Column("source", String(40)),
    Column("target", String(40)),
    Column("campaign", String(40)),
    Column("flow", String(40)),
    Column("district_id", Id),
    Column("definition_id", Id),
    Column("person_id", Id, nullable=False),
    Column("role", String(40), nullable=False),
    Column("on_behalf_of", Id),
    Column("reason", Text),
    Column("data", Json, nullable=False),
    Column("batch", String(40)),
    Column("recorded_at", Instant, nullable=False, index=True),
    Column("effective_on", Date, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("case_id", "seq"),
)
"""What happened, for ever; case 0 is the house itself (people, calendar, campaign, switches). Triggers refuse
UPDATE and DELETE. `data` holds evidence, cause and what else the kind of entry needs."""

tally = Table(
    "tally",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("district_id", Id, primary_key=True),
    Column("state", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Unclaimed cases by district and state, kept with each step; equals a recount."""

deadlines = Table(
    "deadlines",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("milestone", String(40), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("campaign", String(40), nullable=False),
    Column("flow", String(40), nullable=False),
    Column("district_id", Id, nullable=False),
    Column("ladder", String(40), nullable=False),
    Column("original_on", Date),
    Column("due_on", Date),
    Column("opened_at", Instant, nullable=False),
    Column("speaks_from", Instant, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("met_on", Date),
    Column("verdict", String(20)),
    Column("paused_on", Date),
    Column("promised_on", Date),
    UniqueConstraint("case_id", "milestone", "ordinal"),
    CheckConstraint("state IN ('open', 'met', 'waived', 'cancelled')", name="state"),
    Index(
        "ix_deadlines_open",
        "campaign",
        "district_id",
        "due_on",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
"""A case's milestone and its day. `speaks_from` is when its present generation began: rungs planned before it do not
apply. `ordinal` counts rework rounds, 0 otherwise; `due_on` NULL has no day; a `verdict` stays once given."""

deadline_changes = Table(
    "deadline_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("deadline_id", Id, ForeignKey("deadlines.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("from_on", Date),
    Column("to_on", Date),
    Column("person_id", Id, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cause", String(40)),
    Column("status", String(20), nullable=False),
    Column("decided_by", Id),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_on", Date, nullable=False),
)
"""The ledger of a deadline: extend, pause, resume, waive, reply, recalculated; an extension that is asked for waits as
`asked`."""

due = Table(
    "due",
    metadata,
    Column("next_at", Instant, primary_key=True),
    Column("deadline_id", Id, ForeignKey("deadlines.id"), primary_key=True, unique=True),
    sqlite_with_rowid=False,
)
"""One narrow row for each open deadline that still has a rung to come, clustered by the moment of its next look."""

rung_fires = Table(
    "rung_fires",
    metadata,
    Column("deadline_id", Id, ForeignKey("deadlines.id"), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("rung", String(40), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("planned_on", Date, nullable=False),
    Column("fired_at", Instant, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("notice_id", Id),
    sqlite_with_rowid=False,
)
"""Inserting the row is the claim: a rung fires once. `outcome` is fired, collapsed or not_applicable."""
