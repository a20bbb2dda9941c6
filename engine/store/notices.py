"""Notices: what should be said to a district's people, from the moment it is due until it stands in a mail."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, func, select, update

from engine.model import Notice
from engine.store.database import Work, insert_new
from engine.store.schema import notices

CHUNK: Final = 500
"""Keys in one statement; databases bound the number of parameters."""


def post(work: Work, posted: Sequence[Notice]) -> int:
    """Add notices and say how many were new; one whose `dedup_key` is there already is left as it is."""
    return insert_new(work, notices, [_values(work, notice) for notice in posted])


def ids_of(work: Work, dedup_keys: Sequence[str]) -> dict[str, int]:
    """The number of each notice by its key."""
    found: dict[str, int] = {}
    for start in range(0, len(dedup_keys), CHUNK):
        keys = dedup_keys[start : start + CHUNK]
        rows = work.connection.execute(select(notices.c.dedup_key, notices.c.id).where(notices.c.dedup_key.in_(keys)))
        found |= {row.dedup_key: row.id for row in rows}
    return found


def waiting(work: Work, now: datetime) -> tuple[Notice, ...]:
    """Notices that may be said by now, in the order they were posted."""
    return _found(work, notices.c.state == "waiting", notices.c.release_at <= now)


def of_case(work: Work, case_id: int) -> tuple[Notice, ...]:
    return _found(work, notices.c.case_id == case_id)


def of_mail(work: Work, mail_id: int) -> tuple[Notice, ...]:
    return _found(work, notices.c.mail_id == mail_id)


def troubled(work: Work) -> tuple[Notice, ...]:
    """Notices that could not be said, or to nobody of the district: failed, or with a reason though not ended."""
    return _found(work, notices.c.reason.is_not(None), notices.c.state.in_(("waiting", "failed", "composed")))


def settle(
    work: Work, ids: Collection[int], *, state: str, reason: str | None = None, mail_id: int | None = None
) -> int:
    """End notices that wait; one that does not wait any more is left alone. Answers how many were ended."""
    changed = 0
    for part in _parts(ids):
        where = (notices.c.id.in_(part), notices.c.state == "waiting")
        values = {"state": state, "reason": reason, "mail_id": mail_id}
        changed += work.connection.execute(update(notices).where(*where).values(**values)).rowcount
    return changed


def note(work: Work, ids: Collection[int], reason: str) -> None:
    """Write beside waiting notices why they could not be said yet."""
    for part in _parts(ids):
        where = (notices.c.id.in_(part), notices.c.state == "waiting")
        work.connection.execute(update(notices).where(*where).values(reason=reason))


def postpone(work: Work, ids: Collection[int], *, morning_on: date, release_at: datetime) -> None:
    """Let waiting notices wait for another morning."""
    for part in _parts(ids):
        where = (notices.c.id.in_(part), notices.c.state == "waiting")
        values = {"morning_on": morning_on, "release_at": release_at}
        work.connection.execute(update(notices).where(*where).values(**values))


def wait_again(work: Work, mail_id: int) -> None:
    """Notices of a mail that never left wait once more, to be composed anew."""
    where = (notices.c.mail_id == mail_id, notices.c.state == "composed")
    work.connection.execute(update(notices).where(*where).values(state="waiting", reason=None, mail_id=None))


def cancel(work: Work, case_id: int, *, reason: str, since: datetime | None = None) -> int:
    """Withdraw what is still to be said about a case (posted at or after `since`); answers how much that was."""
    where: list[ColumnElement[bool]] = [notices.c.case_id == case_id, notices.c.state == "waiting"]
    if since is not None:
        where.append(notices.c.created_at >= since)
    return work.connection.execute(update(notices).where(*where).values(state="cancelled", reason=reason)).rowcount


def counts(work: Work) -> Mapping[str, int]:
    """How many notices stand in each state."""
    rows = work.connection.execute(select(notices.c.state, func.count()).group_by(notices.c.state))
    return {row[0]: row[1] for row in rows}


def _found(work: Work, *where: ColumnElement[bool]) -> tuple[Notice, ...]:
    rows = work.connection.execute(select(notices).where(*where).order_by(notices.c.id))
    return tuple(_notice(row) for row in rows)


def _parts(ids: Collection[int]) -> list[list[int]]:
    ordered = sorted(ids)
    return [ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK)]


def _values(work: Work, notice: Notice) -> dict[str, Any]:
    row = {field.name: getattr(notice, field.name) for field in fields(notice) if field.name != "id"}
    return {**row, "facts": dict(notice.facts), "created_at": work.now}


def _notice(row: Row[Any]) -> Notice:
    return Notice(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
