"""All tables of the engine. Times are instants in UTC, days are dates; nothing is deleted except `due` rows."""

from engine.store.schema.base import metadata
from engine.store.schema.cases import cases, deadline_changes, deadlines, due, journal, rung_fires, tally
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
from engine.store.schema.mail import attempts, mail_bodies, mails, notices, recipients
from engine.store.schema.people import deputies, organisations, people, roles

__all__ = [
    "anchors",
    "attempts",
    "blobs",
    "calendar_days",
    "campaigns",
    "cases",
    "deadline_changes",
    "deadlines",
    "definitions",
    "deputies",
    "due",
    "heartbeats",
    "journal",
    "leases",
    "mail_bodies",
    "mails",
    "metadata",
    "notices",
    "organisations",
    "people",
    "periods",
    "recipients",
    "request_keys",
    "roles",
    "rung_fires",
    "settings",
    "tally",
]
