"""Mails as they were frozen: envelope, bytes, recipients, attempts; found again for people and for the next letter."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, func, literal_column, select

from engine.errors import NotFound
from engine.store import organisations, search
from engine.store.database import Work, insert_new
from engine.store.schema import attempts, mail_bodies, mails, recipients
from engine.store.schema.mail import WATCHED, WATCHED_STATES
from engine.store.search import Entry
from engine.words import tr

NEVER_LEFT: Final = ("draft", "ended", "expired")
"""States of mails that nobody got and nobody will; they are no part of a conversation."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One envelope; its bytes stand apart, so that a change of state rewrites little."""

    id: int
    dedup_key: str
    letter: str
    campaign: str | None
    district_id: int | None
    locale: str
    priority: int
    state: str
    reason: str | None
    not_before: datetime
    expires_at: datetime | None
    message_id: str
    thread_key: str
    lane: str | None
    refs: str | None
    subject: str
    mail_from: str
    size: int
    sha256: str
    template_version: str
    attempts: int
    lease_owner: str | None
    lease_token: int
    lease_until: datetime | None
    body_token: int | None
    last_stage: str | None
    last_code: int | None
    last_enhanced: str | None
    last_text: str | None
    last_class: str | None
    relay_ref: str | None
    resend_of: int | None
    resend_no: int
    created_by: int | None
    created_at: datetime
    first_try_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a mail is for; `field` is to, cc or bcc, `state` open, accepted, refused, doubt or given up."""

    mail_id: int
    address: str
    field: str
    name: str
    person_id: int | None
    state: str
    code: int | None
    enhanced: str | None
    text: str | None
    at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at sending: who, when, how far it came, what was answered, and what was made of it."""

    id: int
    mail_id: int
    token: int
    worker: str
    started_at: datetime
    ended_at: datetime
    stage: str
    code: int | None
    enhanced: str | None
    text: str | None
    reply_class: str | None
    action: str


def add(work: Work, row: Mapping[str, Any], content: bytes, receivers: Sequence[Mapping[str, Any]]) -> int | None:
    """Store a mail with its bytes and recipients; None when there is one with that key already."""
    if not insert_new(work, mails, [{**row, "created_at": work.now}]):
        return None
    mail_id = int(work.connection.execute(select(mails.c.id).where(mails.c.dedup_key == row["dedup_key"])).scalar_one())
    work.connection.execute(mail_bodies.insert(), {"mail_id": mail_id, "content": content})
    rows = [{"mail_id": mail_id, "state": "open", **receiver} for receiver in receivers]
    work.connection.execute(recipients.insert(), rows)
    _enter(work, mail_id, row)
    return mail_id


def _enter(work: Work, mail_id: int, row: Mapping[str, Any]) -> None:
    """Let it be found by its subject; one to no district by those alone who see everything."""
    district_id = row.get("district_id")
    path = organisations.paths(work, [district_id])[district_id] if district_id else "/"
    entry = Entry(kind="mail", ref_id=mail_id, path=path, title=row["subject"], campaign=row.get("campaign"))
    search.enter(work, [entry])


def get(work: Work, mail_id: int) -> Mail:
    found = _found(work, mails.c.id == mail_id)
    if not found:
        raise NotFound(tr("There is no mail with the number {number}.", number=mail_id))
    return found[0]


def listed(
    work: Work,
    *,
    states: Collection[str] = (),
    letter: str | None = None,
    campaign: str | None = None,
    districts: Collection[int] | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Mail, ...]:
    """Mails, the newest first; `districts` keeps to mails of these alone, `before` goes on where a list ended."""
    where = _wanted(states, letter, campaign, districts)
    if before is not None:
        where.append(mails.c.id < before)
    rows = work.connection.execute(select(mails).where(*where).order_by(mails.c.id.desc()).limit(limit))
    return tuple(as_mail(row) for row in rows)


def count_to(
    work: Work,
    most: int,
    *,
    states: Collection[str] = (),
    letter: str | None = None,
    campaign: str | None = None,
    districts: Collection[int] | None = None,
) -> int:
    """How many there are of what `listed` lists, counted no further than one more than `most`."""
    some = select(mails.c.id).where(*_wanted(states, letter, campaign, districts)).limit(most + 1).subquery()
    return int(work.connection.execute(select(func.count()).select_from(some)).scalar_one())


def _wanted(
    states: Collection[str], letter: str | None, campaign: str | None, districts: Collection[int] | None
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if states:
        where.append(mails.c.state.in_(states))
    if states and set(states) <= set(WATCHED_STATES):
        # said in the words of the index, so that the few that wait for somebody are found by it
        where.append(literal_column(WATCHED))
    if letter is not None:
        where.append(mails.c.letter == letter)
    if campaign is not None:
        where.append(mails.c.campaign == campaign)
    if districts is not None:
        where.append(mails.c.district_id.in_(districts))
    return where


def with_key(work: Work, prefix: str) -> tuple[Mail, ...]:
    """Mails whose key begins so, the oldest first."""
    return _found(work, mails.c.dedup_key.startswith(prefix, autoescape=True))


def in_thread(work: Work, thread_key: str) -> tuple[Mail, ...]:
    """The conversation so far, the oldest first, without what nobody got."""
    return _found(work, mails.c.thread_key == thread_key, mails.c.state.not_in(NEVER_LEFT))


def resends_of(work: Work, mail_id: int) -> tuple[Mail, ...]:
    return _found(work, mails.c.resend_of == mail_id)


def by_ids(work: Work, ids: Collection[int]) -> dict[int, Mail]:
    return {mail.id: mail for mail in _found(work, mails.c.id.in_(set(ids)))}


def body(work: Work, mail_id: int) -> bytes:
    """The exact bytes of a mail."""
    return bytes(
        work.connection.execute(select(mail_bodies.c.content).where(mail_bodies.c.mail_id == mail_id)).scalar_one()
    )


def receivers(work: Work, mail_ids: Collection[int]) -> dict[int, tuple[Recipient, ...]]:
    """Recipients by mail: To, then Cc, then those whom nobody sees."""
    found: dict[int, list[Recipient]] = defaultdict(list)
    rows = work.connection.execute(
        select(recipients).where(recipients.c.mail_id.in_(set(mail_ids))).order_by(recipients.c.address)
    )
    for row in rows:
        found[row.mail_id].append(Recipient(**row._mapping))  # noqa: SLF001 - the public name of a row's columns
    order = ("to", "cc", "bcc")
    return {key: tuple(sorted(of_mail, key=lambda one: order.index(one.field))) for key, of_mail in found.items()}


def attempts_of(work: Work, mail_id: int) -> tuple[Attempt, ...]:
    """What was tried, in order."""
    rows = work.connection.execute(select(attempts).where(attempts.c.mail_id == mail_id).order_by(attempts.c.id))
    return tuple(Attempt(**row._mapping) for row in rows)  # noqa: SLF001 - the public name of a row's columns


def counts(work: Work) -> dict[str, int]:
    """How many mails stand in each state."""
    rows = work.connection.execute(select(mails.c.state, func.count()).group_by(mails.c.state))
    return {row[0]: row[1] for row in rows}


def _found(work: Work, *where: ColumnElement[bool]) -> tuple[Mail, ...]:
    return tuple(as_mail(row) for row in work.connection.execute(select(mails).where(*where).order_by(mails.c.id)))


def as_mail(row: Row[Any]) -> Mail:
    return Mail(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
