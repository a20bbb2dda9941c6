"""How often guessing has failed, by account and by address: the counters, held while they are changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from engine.store.database import Work, insert_new
from engine.store.schema import throttles


@dataclass(frozen=True, slots=True)
class Throttle:
    """A counter as it stands; while `until` lies ahead nothing is tried."""

    subject: str
    failures: int
    last_at: datetime
    until: datetime | None


def hold(work: Work, subject: str, at: datetime) -> Throttle:
    """The counter, made when missing; nobody else changes it before the transaction ends."""
    insert_new(work, throttles, [{"subject": subject, "failures": 0, "last_at": at}])
    statement = select(throttles).where(throttles.c.subject == subject)
    row = work.connection.execute(statement.with_for_update() if work.holds else statement).one()
    return Throttle(**row._mapping)  # noqa: SLF001 - the public name of a row's columns


def write(work: Work, throttle: Throttle) -> None:
    values = {"failures": throttle.failures, "last_at": throttle.last_at, "until": throttle.until}
    work.connection.execute(update(throttles).where(throttles.c.subject == throttle.subject).values(**values))


def clear(work: Work, subject: str) -> None:
    work.connection.execute(delete(throttles).where(throttles.c.subject == subject))


def forget(work: Work, before: datetime) -> int:
    """Drop counters that have been quiet since before then; answers how many."""
    return work.connection.execute(delete(throttles).where(throttles.c.last_at < before)).rowcount
