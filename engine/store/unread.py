"""Letters that a person was sent and has not read yet."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select, update

from engine.store.database import Work
from engine.store.mails import Mail, as_mail
from engine.store.schema import mails, recipients


def unread(work: Work, person_id: int, *, limit: int) -> tuple[Mail, ...]:
    """The newest first; what has not left yet is not there to be read."""
    statement = select(mails).join(recipients, recipients.c.mail_id == mails.c.id)
    rows = work.connection.execute(statement.where(*_waiting(person_id)).order_by(mails.c.id.desc()).limit(limit))
    return tuple(as_mail(row) for row in rows)


def count_unread(work: Work, person_id: int, *, most: int) -> int:
    """How many there are, counted no further than `most`."""
    statement = select(mails.c.id).join(recipients, recipients.c.mail_id == mails.c.id)
    some = statement.where(*_waiting(person_id)).limit(most).subquery()
    return int(work.connection.execute(select(func.count()).select_from(some)).scalar_one())


def mark_read(work: Work, person_id: int, mail_ids: Collection[int] | None = None) -> int:
    """Note that letters were read, all of them where none is named; answers how many had not been."""
    sent = select(mails.c.id).where(mails.c.sent_at.is_not(None))
    where = [recipients.c.person_id == person_id, recipients.c.read_at.is_(None), recipients.c.mail_id.in_(sent)]
    if mail_ids is not None:
        where.append(recipients.c.mail_id.in_(mail_ids))
    return int(work.connection.execute(update(recipients).where(*where).values(read_at=work.now)).rowcount)


def _waiting(person_id: int) -> tuple[ColumnElement[bool], ...]:
    mine = recipients.c.person_id == person_id
    return mine, recipients.c.read_at.is_(None), mails.c.sent_at.is_not(None)
