"""Mails on their way: claimed under a lease, marked before their body leaves, settled under the lease's token."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, update

from engine.store.database import Work
from engine.store.mails import Mail, by_ids
from engine.store.schema import attempts, mails, recipients
from engine.store.types import Instant


def claim(work: Work, *, owner: str, lasting: timedelta, limit: int) -> tuple[Mail, ...]:
    """Lease ready mails, the most urgent first; a mail waits for the one before it in its conversation."""
    earlier = mails.alias("earlier")
    waits = exists().where(
        earlier.c.thread_key == mails.c.thread_key, earlier.c.id < mails.c.id, earlier.c.state.in_(("ready", "leased"))
    )
    wanted = (
        select(mails.c.id)
        .where(mails.c.state == "ready", mails.c.not_before <= work.now, ~waits)
        .order_by(mails.c.priority, mails.c.not_before, mails.c.id)
        .limit(limit)
    )
    statement = wanted if work.on_sqlite else wanted.with_for_update(skip_locked=True, of=mails)
    ids = list(work.connection.execute(statement).scalars())
    leased = {
        "state": "leased",
        "lease_owner": owner,
        "lease_token": mails.c.lease_token + 1,
        "lease_until": work.now + lasting,
        "first_try_at": func.coalesce(mails.c.first_try_at, _instant(work.now)),
    }
    if ids:
        work.connection.execute(update(mails).where(mails.c.id.in_(ids)).values(leased))
    claimed = by_ids(work, ids)
    return tuple(claimed[key] for key in ids)


def begin_body(work: Work, mail: Mail, lasting: timedelta) -> bool:
    """Mark that the body is about to leave; False when the lease is gone, and then it must not."""
    marked = {"body_token": mail.lease_token, "lease_until": work.now + lasting}
    changed = work.connection.execute(update(mails).where(_held(mail), mails.c.lease_until > work.now).values(marked))
    return changed.rowcount == 1


def renew(work: Work, owner: str, until: datetime) -> None:
    """Prolong what an owner still holds; nobody's lease becomes shorter."""
    where = (mails.c.state == "leased", mails.c.lease_owner == owner, mails.c.lease_until < until)
    work.connection.execute(update(mails).where(*where).values(lease_until=until))


def move(work: Work, mail: Mail, target: str, **columns: Any) -> bool:
    """Change a mail's state from the one it was read in, under its token where it is leased; False when it changed."""
    where = _held(mail) if mail.state == "leased" else and_(mails.c.id == mail.id, mails.c.state == mail.state)
    free = {} if target == "leased" else {"lease_owner": None, "lease_until": None}
    return work.connection.execute(update(mails).where(where).values(state=target, **free, **columns)).rowcount == 1


def settle_receiver(
    work: Work,
    mail_id: int,
    address: str,
    *,
    state: str,
    code: int | None = None,
    enhanced: str | None = None,
    text: str | None = None,
) -> None:
    """What became of a mail for one recipient."""
    where = (recipients.c.mail_id == mail_id, recipients.c.address == address)
    values = {"state": state, "code": code, "enhanced": enhanced, "text": text, "at": work.now}
    work.connection.execute(update(recipients).where(*where).values(**values))


def record_attempt(work: Work, mail: Mail, row: Mapping[str, Any]) -> None:
    """Add to the attempts of a mail; they are never changed."""
    made = {"mail_id": mail.id, "token": mail.lease_token, "ended_at": work.now, **row}
    work.connection.execute(attempts.insert(), made)


def lapsed(work: Work, *, left_by: str | None = None) -> tuple[Mail, ...]:
    """Leased mails whose worker has been silent for too long, and those a process of the same name left behind."""
    silent = mails.c.lease_until <= work.now
    return _ids(
        work, mails.c.state == "leased", silent if left_by is None else or_(silent, mails.c.lease_owner == left_by)
    )


def outlived(work: Work) -> tuple[Mail, ...]:
    """Mails not yet sent that are of no use any more."""
    return _ids(work, mails.c.state.in_(("ready", "held")), mails.c.expires_at <= work.now)


def ready(work: Work, letters: Collection[str] | None = None) -> tuple[Mail, ...]:
    """Ready mails, of these letters only."""
    return _ids(work, mails.c.state == "ready", *([mails.c.letter.in_(letters)] if letters is not None else []))


def held(work: Work, reason: str, letters: Collection[str] | None = None) -> tuple[Mail, ...]:
    """Mails held for a reason, of these letters only."""
    chosen = [mails.c.letter.in_(letters)] if letters is not None else []
    return _ids(work, mails.c.state == "held", mails.c.reason == reason, *chosen)


def doubted_once(work: Work, until: datetime, *, held: Collection[str]) -> tuple[Mail, ...]:
    """Mails in doubt for the first time and since before `until`, but for the letters that are held then."""
    doubts = (
        select(attempts.c.mail_id)
        .where(attempts.c.action == "doubt")
        .group_by(attempts.c.mail_id)
        .having(and_(func.count() == 1, func.max(attempts.c.ended_at) <= _instant(until)))
    )
    return _ids(work, mails.c.state == "doubt", mails.c.letter.not_in(held), mails.c.id.in_(doubts))


def backlog(work: Work) -> tuple[int, datetime | None]:
    """How many mails could leave now, and since when the oldest waits."""
    where = or_(mails.c.state == "leased", and_(mails.c.state == "ready", mails.c.not_before <= work.now))
    row = work.connection.execute(select(func.count(), func.min(mails.c.not_before)).where(where)).one()
    return int(row[0]), row[1]


def _held(mail: Mail) -> ColumnElement[bool]:
    return and_(mails.c.id == mail.id, mails.c.state == "leased", mails.c.lease_token == mail.lease_token)


def _ids(work: Work, *where: ColumnElement[bool]) -> tuple[Mail, ...]:
    ids = list(work.connection.execute(select(mails.c.id).where(*where).order_by(mails.c.id)).scalars())
    return tuple(by_ids(work, ids).values())


def _instant(moment: datetime) -> ColumnElement[Any]:
    return literal(moment, Instant())
