"""Tables of accounts: passwords and second factors, sessions, links, tokens, what slows guessing, who signed in."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

accounts = Table(
    "accounts",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("password_hash", Text),
    Column("password_set_at", Instant),
    Column("factor_secret", Text),
    Column("factor_since", Instant),
    Column("factor_counter", BigInteger),
    Column("offered_secret", Text),
    Column("last_at", Instant),
    Column("last_address", String(45)),
)
"""How a person signs in. `factor_counter` is the time step of the last code used; `offered_secret` is one that has
been shown but not confirmed. Secrets stand here sealed, passwords as hashes."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("method", String(20), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("only", Text),
    Column("address", String(45), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_reason", String(40)),
    Index("ix_sessions_person", "person_id", "id"),
)
"""A browser that is signed in. `stage` is open, or what is still asked for: factor, enrolment; `only` is the single
page that it may open; `confirmed_at` is when the person last proved who they are."""

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("purpose", String(20), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("target", Text),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    Column("mail_id", Id, ForeignKey("mails.id")),
    Index("ix_links_person", "person_id", "id"),
)
"""Links in mails: of one purpose, for one person, good once."""

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("hint", String(12), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("scope", String(10), nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_address", String(45)),
    Column("revoked_at", Instant),
    Index("ix_api_tokens_person", "person_id", "id"),
)

throttles = Table(
    "throttles",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("until", Instant),
    Index("ix_throttles_last_at", "last_at"),
)
"""How often guessing at an account or from an address has failed, and until when it has to wait."""

oidc_requests = Table(
    "oidc_requests",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("session_id", Id),
    Column("kept", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_oidc_requests_expires_at", "expires_at"),
)
"""Sign-ins that were sent to the identity provider and have not come back; with a session, somebody who is signed in
shows there who they are once more. `kept` is what they had typed.
"""

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("outcome", String(20), nullable=False),
    Column("method", String(20), nullable=False),
    Column("detail", String(60)),
    Column("session_id", Id),
    Column("address", String(45), nullable=False),
    Column("agent", String(200), nullable=False),
    Index("ix_sign_ins_person", "person_id", "id"),
)
"""Who signed in, failed to, had to wait, or left; rows are only added. What was typed as an unknown login is not kept,
for it may be a password."""

disclosures = Table(
    "disclosures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", String(200), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("address", String(45), nullable=False),
    Index("ix_disclosures_person", "person_id", "id"),
)
"""Exports taken out of the house and masked values that somebody made visible; rows are only added."""
