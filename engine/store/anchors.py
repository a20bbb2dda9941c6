"""The root of each day over all journal rows: an anchor that the digest carries out of the database."""

from datetime import date, datetime
from typing import Final, cast

from sqlalchemy import func, select, text

from engine.chain import GENESIS, root_hash
from engine.store.database import Work, insert_new
from engine.store.schema import anchors, journal

_BEHIND_ALL: Final = 2**62


def anchor(work: Work, day: date, *, until: datetime) -> str:
    """Fix the root of the rows recorded before `until`, the end of the day; a day already fixed stays as it is.

    A root covers rows in the order of their numbers, up to the first one of the next day: a row that was recorded
    before midnight and numbered behind that one belongs to the next root.
    """
    kept = root_of(work, day)
    if kept is not None:
        return kept
    if work.holds:
        # rows get their numbers before they are to be seen: wait until all that have one are there
        work.connection.execute(text("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE"))
    last = work.connection.execute(select(anchors).order_by(anchors.c.day.desc()).limit(1)).one_or_none()
    after, previous = (last.last_id, last.root) if last else (0, GENESIS)
    rows = work.connection.execute(
        select(journal.c.id, journal.c.hash)
        .where(journal.c.id > after, journal.c.id < _first_of_the_next(work, after, until))
        .order_by(journal.c.id)
    ).all()
    root = root_hash(previous, [row.hash for row in rows])
    row = {"day": day, "last_id": rows[-1].id if rows else after, "entries": len(rows), "root": root}
    insert_new(work, anchors, [row])
    return root


def _first_of_the_next(work: Work, after: int, until: datetime) -> int:
    found = work.connection.execute(
        select(func.min(journal.c.id)).where(journal.c.id > after, journal.c.recorded_at >= until)
    ).scalar_one()
    return _BEHIND_ALL if found is None else int(found)


def root_of(work: Work, day: date) -> str | None:
    return work.connection.execute(select(anchors.c.root).where(anchors.c.day == day)).scalar_one_or_none()


def broken_day(work: Work) -> date | None:
    """The first day whose root no longer follows from the rows it was made of."""
    after, previous = 0, GENESIS
    for kept in work.connection.execute(select(anchors).order_by(anchors.c.day)).all():
        rows = work.connection.execute(
            select(journal.c.hash).where(journal.c.id > after, journal.c.id <= kept.last_id).order_by(journal.c.id)
        ).scalars()
        hashes = list(rows)
        if len(hashes) != kept.entries or root_hash(previous, hashes) != kept.root:
            return cast("date", kept.day)
        after, previous = kept.last_id, kept.root
    return None


def days(work: Work) -> tuple[date, ...]:
    """The days that have a root, in order."""
    return tuple(work.connection.execute(select(anchors.c.day).order_by(anchors.c.day)).scalars())


def last_day(work: Work) -> date | None:
    return cast("date | None", work.connection.execute(select(func.max(anchors.c.day))).scalar_one())
