"""All tables of the engine; instants in UTC, days as dates. Deleted are only `due`, `throttles`, `oidc_requests`."""

from engine.store.schema.accounts import (
    accounts,
    api_tokens,
    disclosures,
    links,
    oidc_requests,
    recovery_codes,
    sessions,
    sign_ins,
    throttles,
)
from engine.store.schema.base import metadata
from engine.store.schema.cases import cases, deadline_changes, deadlines, due, journal, rung_fires
from engine.store.schema.counts import due_tally, met_tally, proposal_tally, tally
from engine.store.schema.forecasts import forecasts
from engine.store.schema.house import (
    anchors,
    blobs,
    calendar_days,
    campaigns,
    definitions,
    heartbeats,
    leases,
    periods,
    request_keys,
    settings,
)
from engine.store.schema.kept import kept_reports
from engine.store.schema.mail import attempts, mail_bodies, mails, notices, recipients, suppressions
from engine.store.schema.people import deputies, organisations, people, roles
from engine.store.schema.search import search_entries
from engine.store.schema.views import views

__all__ = [
    "accounts",
    "anchors",
    "api_tokens",
    "attempts",
    "blobs",
    "calendar_days",
    "campaigns",
    "cases",
    "deadline_changes",
    "deadlines",
    "definitions",
    "deputies",
    "disclosures",
    "due",
    "due_tally",
    "forecasts",
    "heartbeats",
    "journal",
    "kept_reports",
    "leases",
    "links",
    "mail_bodies",
    "mails",
    "met_tally",
    "metadata",
    "notices",
    "oidc_requests",
    "organisations",
    "people",
    "periods",
    "proposal_tally",
    "recipients",
    "recovery_codes",
    "request_keys",
    "roles",
    "rung_fires",
    "search_entries",
    "sessions",
    "settings",
    "sign_ins",
    "suppressions",
    "tally",
    "throttles",
    "views",
]
