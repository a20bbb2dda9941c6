"""Where everything stands: the figures as the digest has them, what waits for people, how worker and mail do."""

from datetime import timedelta
from typing import Any, Final

from engine.access import Actor, scopes, sees
from engine.agenda import Span
from engine.core import Engine
from engine.figures import Overview, Row, overview
from engine.model import Campaign
from engine.store import areas, leases, mails, notices, organisations, overviews, proposed, settings
from engine.store.database import Work
from engine.store.numbers import ask
from engine.terms import terms_of
from notifications.weeks import Week
from workflows.benchmarking.kind import ENTERPRISE

EVERY: Final = 1_000_000


def figures_now(engine: Engine, work: Work, campaign: Campaign) -> Overview:
    """The overview of the week so far, at this moment."""
    week = Week.of(engine.today(work))
    # what was recorded at this very instant counts too: the clock of a rehearsal stands still
    span = Span(week.monday, engine.today(work), work.now + timedelta(microseconds=1))
    return overview(engine, work, campaign.key, flow=ENTERPRISE, span=span)


def situation(engine: Engine, work: Work, actor: Actor, campaign: Campaign) -> dict[str, Any]:
    """What the actor may see of it, as a document."""
    found = figures_now(engine, work, campaign)
    paths = organisations.paths(work, [row.district_id for row in found.rows])
    seen = {key for key, path in paths.items() if sees(actor, path)}
    within = areas.area(work, scopes(actor))
    terms = terms_of(campaign)
    proposals, claims, extensions = ask(
        work,
        [
            proposed.number(campaign.key, within),
            overviews.claims(campaign.key, within, EVERY),
            overviews.asked(campaign.key, within, EVERY),
        ],
    )
    return {
        "campaign": {"key": campaign.key, "title": terms.title, "opens": terms.opens, "closes": terms.closes},
        "states": {name: found.labels[name] for name in found.states},
        "goal": found.goal,
        "districts": [_district(row) for row in found.rows if row.district_id in seen],
        "total": _district(found.total) if len(seen) == len(found.rows) else None,
        "proposals": proposals,
        "claims": claims,
        "extensions_asked": extensions,
        "provisional": found.provisional,
    }


def _district(row: Row) -> dict[str, Any]:
    return {
        "district": row.name,
        "quota": row.quota,
        "reached": dict(row.reached),
        "rate": row.rate,
        "overdue": row.overdue,
        "waiting": row.waiting,
        "light": row.light.label,
    }


def machinery(work: Work) -> dict[str, Any]:
    """How jobs and mail do."""
    return {
        "jobs": [
            {
                "job": row.job,
                "last_ok_at": row.last_ok_at,
                "last_failed_at": row.last_failed_at,
                "failure": row.failure,
                "backlog": row.backlog,
            }
            for row in leases.beats(work)
        ],
        "notices": dict(notices.counts(work)),
        "mails": mails.counts(work),
        "mail_stopped": list(settings.read(work, "mail_stopped", ())),
    }
