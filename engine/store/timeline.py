"""What left the house and what the ladder said, day by day, for rehearsals, audits and `mail why`."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.store.database import Work
from engine.store.schema import mails, notices, organisations, recipients

Section = tuple[int, str, str | None, int]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One mail: what it said to whom. `sections` are (place in the official order, district, milestone, cases)."""

    mail_id: int
    letter: str
    state: str
    subject: str
    created_at: datetime
    sent_at: datetime | None
    to: tuple[str, ...]
    cc: tuple[str, ...]
    sections: tuple[Section, ...]


def dispatches(work: Work) -> tuple[Dispatch, ...]:
    """All mails in the order they were composed."""
    rows = work.connection.execute(select(mails).order_by(mails.c.created_at, mails.c.id)).all()
    people = _people(work)
    said = _sections(work)
    return tuple(
        Dispatch(
            mail_id=row.id,
            letter=row.letter,
            state=row.state,
            subject=row.subject,
            created_at=row.created_at,
            sent_at=row.sent_at,
            to=tuple(people[row.id, "to"]),
            cc=tuple(people[row.id, "cc"]),
            sections=tuple(said[row.id]),
        )
        for row in rows
    )


def _people(work: Work) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in work.connection.execute(select(recipients).order_by(recipients.c.mail_id, recipients.c.address)):
        found[row.mail_id, row.field].append(row.name)
    return found


def _sections(work: Work) -> dict[int, list[Section]]:
    found: dict[int, list[Section]] = defaultdict(list)
    rows = work.connection.execute(
        select(
            notices.c.mail_id,
            organisations.c.position,
            organisations.c.name,
            notices.c.milestone,
            func.count().label("n"),
        )
        .join(organisations, organisations.c.id == notices.c.district_id)
        .where(notices.c.mail_id.is_not(None))
        .group_by(notices.c.mail_id, organisations.c.position, organisations.c.name, notices.c.milestone)
        .order_by(notices.c.mail_id, organisations.c.position, notices.c.milestone)
    )
    for row in rows:
        found[row.mail_id].append((row.position, row.name, row.milestone, row.n))
    return found
