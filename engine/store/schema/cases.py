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


def _index_where(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows that meet a condition; truth is 1 where a database knows no other."""
    on_sqlite = "claimed = 1" if where == "claimed" else where
    return Index(name, *columns, sqlite_where=text(on_sqlite), postgresql_where=text(where))


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
    Column("returned_at", Instant),
    Column("next_due_on", Date),
    Column("next_milestone", String(60)),
    Column("topic", String(20)),
    UniqueConstraint("subject_key", "campaign", "flow", "district_id"),
    Index("ix_cases_place", "campaign", "flow", "district_id", "state", "next_due_on", "id"),
    Index("ix_cases_number", "campaign", "flow", "state", "id"),
    Index("ix_cases_due", "campaign", "flow", "state", "next_due_on", "id"),
    Index("ix_cases_topic", "campaign", "flow", "topic", "state", "id"),
    Index("ix_cases_topic_due", "campaign", "flow", "topic", "state", "next_due_on", "id"),
    Index("ix_cases_name", "campaign", "flow", "subject_name", "id"),
    _index_where("ix_cases_proposed", "campaign", "proposed_at", "id", where="proposed_step IS NOT NULL"),
    _index_where("ix_cases_proposed_place", "campaign", "district_id", where="proposed_step IS NOT NULL"),
    _index_where("ix_cases_claimed", "campaign", "district_id", "id", where="claimed"),
    _index_where("ix_cases_returned", "campaign", "district_id", "returned_at", where="returned_at IS NOT NULL"),
)
"""A subject on its way through a flow. `version` rises with each write; `claimed` cases wait for the bureau to decide
which district they belong to and count in no quota; `journal_seq` and `journal_hash` are the head of its chain.
`returned_at` says since when it lies with its district after having been sent back or not confirmed, `next_due_on` and
`next_milestone` the first day that the district is awaited for. `topic` is what its kind sorts subjects by besides the
district, such as a branch of industry; none for a flow whose subjects are not sorted."""

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
    Column("recorded_at", Instant, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("case_id", "seq"),
    Index("ix_journal_place", "campaign", "district_id", "id"),
    Index("ix_journal_campaign", "campaign", "recorded_at", "id"),
)
"""What happened, for ever; case 0 is the house itself (people, calendar, campaign, switches). Triggers refuse
UPDATE and DELETE. `data` holds evidence, cause and what else the kind of entry needs."""

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
    Column("awaited_on", Date),
    Column("achieved_on", Date),
    Column("took", Integer),
    UniqueConstraint("case_id", "milestone", "ordinal"),
    CheckConstraint("state IN ('open', 'met', 'waived', 'cancelled')", name="state"),
    _index_where(
        "ix_deadlines_awaited", "campaign", "flow", "milestone", "awaited_on", "id", where="awaited_on IS NOT NULL"
    ),
    _index_where(
        "ix_deadlines_awaited_place", "campaign", "district_id", "awaited_on", "id", where="awaited_on IS NOT NULL"
    ),
    _index_where(
        "ix_deadlines_achieved",
        *("campaign", "flow", "milestone", "district_id", "achieved_on", "took"),
        where="achieved_on IS NOT NULL",
    ),
    _index_where("ix_deadlines_late", "campaign", "met_on", "district_id", where="verdict = 'late'"),
)
"""A case's milestone and its day. `speaks_from` is when its present generation began: rungs planned before it do not
apply. `ordinal` counts rework rounds, 0 otherwise; `due_on` NULL has no day; a `verdict` stays once given.
`awaited_on` is the day under which it is counted as open: that of a deadline which the district is awaited for, because
it is neither closed, paused, claimed by others nor covered by a waiting proposal. `achieved_on` and `took` (workdays
since the case was opened) are what a met one is counted by."""

deadline_changes = Table(
    "deadline_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("deadline_id", Id, ForeignKey("deadlines.id"), nullable=False, index=True),
    Column("campaign", String(40), nullable=False),
    Column("district_id", Id, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("from_on", Date),
    Column("to_on", Date),
    Column("person_id", Id, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cause", String(40)),
    Column("status", String(20), nullable=False),
    Column("decided_by", Id),
    Column("recorded_at", Instant, nullable=False, index=True),
    Column("recorded_on", Date, nullable=False),
    _index_where("ix_deadline_changes_asked", "campaign", "id", where="status = 'asked'"),
    _index_where(
        "ix_deadline_changes_extended", "campaign", "district_id", "id", where="kind = 'extend' AND status = 'done'"
    ),
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
