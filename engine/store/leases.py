"""Leases and heartbeats: who does a job just now, and when it last went well."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, or_, select, update

from engine.errors import LeaseLost
from engine.store import deadlines
from engine.store.database import Work, insert_new, upsert
from engine.store.schema import heartbeats, leases

LONGEST: Final = timedelta(hours=1)
"""No lease lasts longer."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job held for a while; `fence` rises with every change of hands and is checked by each chunk."""

    name: str
    owner: str
    fence: int


def take(work: Work, name: str, owner: str, lasting: timedelta) -> Lease | None:
    """Take or renew a lease; None while another owner's has not run out."""
    insert_new(work, leases, [{"name": name, "owner": owner, "fence": 0, "expires_at": work.now}])
    held = work.connection.execute(select(leases).where(leases.c.name == name)).one()
    fence = held.fence if held.owner == owner and held.fence else held.fence + 1
    changed = work.connection.execute(
        update(leases)
        .where(
            leases.c.name == name,
            leases.c.fence == held.fence,
            # a moment further off than any lease lasts comes from a clock that ran ahead
            or_(leases.c.owner == owner, leases.c.expires_at <= work.now, leases.c.expires_at > work.now + LONGEST),
        )
        .values(owner=owner, fence=fence, expires_at=work.now + lasting)
    )
    return Lease(name, owner, fence) if changed.rowcount == 1 else None


def check(work: Work, lease: Lease, lasting: timedelta) -> None:
    """Prolong the lease inside a chunk's own transaction; refuse the chunk when somebody else has taken over."""
    changed = work.connection.execute(
        update(leases)
        .where(leases.c.name == lease.name, leases.c.owner == lease.owner, leases.c.fence == lease.fence)
        .values(expires_at=work.now + lasting)
    )
    if changed.rowcount != 1:
        raise LeaseLost


def give_back(work: Work, lease: Lease) -> None:
    work.connection.execute(
        update(leases).where(leases.c.name == lease.name, leases.c.fence == lease.fence).values(expires_at=work.now)
    )


def beat(work: Work, job: str) -> None:
    """A job went well; how many looks at deadlines were still waiting afterwards, and since when."""
    backlog, oldest_at = deadlines.backlog(work, work.now)
    row = {"job": job, "last_ok_at": work.now, "failure": None, "backlog": backlog, "oldest_at": oldest_at}
    upsert(work, heartbeats, row)


def fail(work: Work, job: str, failure: str) -> None:
    """A job failed; since when it last went well stays on record."""
    backlog, oldest_at = deadlines.backlog(work, work.now)
    row = {"job": job, "last_failed_at": work.now, "failure": failure, "backlog": backlog, "oldest_at": oldest_at}
    upsert(work, heartbeats, row)


def last_beat(work: Work, job: str) -> datetime | None:
    """When a job last went well."""
    statement = select(heartbeats.c.last_ok_at).where(heartbeats.c.job == job)
    return work.connection.execute(statement).scalar_one_or_none()


def beats(work: Work) -> tuple[Row[Any], ...]:
    """The heartbeat of each job, for doctor and status."""
    return tuple(work.connection.execute(select(heartbeats).order_by(heartbeats.c.job)))
