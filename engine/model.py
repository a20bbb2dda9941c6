"""The engine's nouns as frozen rows: what the store reads and the rules reason about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

EntryKind = Literal[
    "open",
    "step",
    "propose",
    "return",
    "correct",
    "replace",
    "reinstate",
    "withdraw",
    "send_back",
    "record",
    "deadline",
    "reply",
    "house",
]


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    campaign: str
    flow: str
    definition_id: int
    district_id: int
    subject_key: str
    subject_name: str
    state: str
    version: int
    claimed: bool
    round: int
    opened_on: date
    entered_at: datetime
    entered_on: date
    resume_state: str | None
    replaces_id: int | None
    replaced_by_id: int | None
    proposed_step: str | None
    proposed_by: int | None
    proposed_at: datetime | None
    proposed_on: date | None
    journal_seq: int
    journal_hash: str
    returned_at: datetime | None = None
    next_due_on: date | None = None
    next_milestone: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal row before it has its place in the chain."""

    kind: EntryKind
    person_id: int
    role: str
    effective_on: date
    on_behalf_of: int | None = None
    step: str | None = None
    source: str | None = None
    target: str | None = None
    campaign: str | None = None
    flow: str | None = None
    district_id: int | None = None
    definition_id: int | None = None
    reason: str | None = None
    batch: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded(Entry):
    """A journal row as it stands; `seq` counts from 1 within its case without holes."""

    id: int = 0
    case_id: int = 0
    seq: int = 0
    recorded_at: datetime | None = None
    prev_hash: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    id: int
    case_id: int
    milestone: str
    ordinal: int
    campaign: str
    flow: str
    district_id: int
    ladder: str
    original_on: date | None
    due_on: date | None
    opened_at: datetime
    speaks_from: datetime
    generation: int
    state: str
    met_on: date | None
    verdict: str | None
    paused_on: date | None
    promised_on: date | None
    awaited_on: date | None = None
    achieved_on: date | None = None
    took: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    id: int
    code: str
    name: str
    full_name: str
    kind: str
    parent_id: int | None
    path: str
    position: int
    aliases: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    login: str
    name: str
    organisation_id: int
    email: str | None
    phone: str | None
    locale: str
    active: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said to a district's people. `dedup_key` makes a second insert a no-op."""

    dedup_key: str
    kind: str
    """The level or occasion: reminder, chase, supervision, circular, or the name of an occasional letter."""
    letter: str
    campaign: str
    district_id: int
    morning_on: date
    release_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    case_id: int | None = None
    deadline_id: int | None = None
    milestone: str | None = None
    id: int = 0
    state: str = "waiting"
    reason: str | None = None
    mail_id: int | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign's settings as last applied; `body` is the JSON form of its configuration section."""

    key: str
    kind: str
    body: Mapping[str, Any]
    version: int
    applied_at: datetime
