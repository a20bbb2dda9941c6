"""Deadlines, their ledger, the rungs that fired, and the narrow `due` table that the sweep reads."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import Row, Update, and_, bindparam, delete, func, select, update

from engine.errors import NotFound
from engine.model import Deadline
from engine.store.database import Work, insert_id, insert_new
from engine.store.schema import cases, deadline_changes, deadlines, due, mails, notices, rung_fires
from engine.words import tr

FireRow = Row[Any]


_READ: Final = "deadlines of cases"
_OF_CASES: Final = (
    select(deadlines).where(deadlines.c.case_id.in_(bindparam("ids", expanding=True))).order_by(deadlines.c.id)
)
_NOT_DUE: Final = delete(due).where(due.c.deadline_id.in_(bindparam("ids", expanding=True)))


def add(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        work.memo.pop(_READ, None)
        work.connection.execute(deadlines.insert(), [dict(row) for row in rows])


def get(work: Work, deadline_id: int) -> Deadline:
    row = work.connection.execute(select(deadlines).where(deadlines.c.id == deadline_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no deadline with the number {number}.", number=deadline_id))
    return _deadline(row)


def of_cases(work: Work, case_ids: Collection[int]) -> dict[int, list[Deadline]]:
    """All deadlines by case, in the order they were opened.

    Where the whole file is held, nobody else can change them, and what was read once in a transaction stays known
    until they are written.
    """
    found: dict[int, list[Deadline]] = defaultdict(list)
    known: dict[int, list[Deadline]] = work.memo.setdefault(_READ, {}) if work.on_sqlite else {}
    for key in known.keys() & set(case_ids):
        found[key] = known[key]
    if absent := [key for key in case_ids if key not in known]:
        for row in work.connection.execute(_OF_CASES, {"ids": absent}):
            found[row.case_id].append(_deadline(row))
        known |= {key: found[key] for key in absent}
    return found


def by_ids(work: Work, ids: Collection[int]) -> tuple[Deadline, ...]:
    rows = work.connection.execute(select(deadlines).where(deadlines.c.id.in_(ids)).order_by(deadlines.c.id))
    return tuple(_deadline(row) for row in rows)


def open_of(
    work: Work, campaign: str, *, milestone: str | None = None, after: int = 0, limit: int = 1_000_000_000
) -> tuple[Deadline, ...]:
    """Open deadlines of a campaign in order of their numbers, from behind `after`; for jobs that go on in chunks."""
    wanted = [deadlines.c.campaign == campaign, deadlines.c.state == "open", deadlines.c.id > after]
    if milestone is not None:
        wanted.append(deadlines.c.milestone == milestone)
    rows = work.connection.execute(select(deadlines).where(and_(*wanted)).order_by(deadlines.c.id).limit(limit))
    return tuple(_deadline(row) for row in rows)


def change(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write changed deadlines; each row names `id` and the new values of the same columns."""
    if not rows:
        return
    work.memo.pop(_READ, None)
    statement = _changing(tuple(name for name in rows[0] if name != "id"))
    work.connection.execute(statement, [{f"b_{name}": value for name, value in row.items()} for row in rows])


@lru_cache(maxsize=32)
def _changing(names: tuple[str, ...]) -> Update:
    where = deadlines.c.id == bindparam("b_id")
    return update(deadlines).where(where).values({name: bindparam(f"b_{name}") for name in names})


def set_due(work: Work, moments: Mapping[int, datetime | None]) -> None:
    """Give each deadline the moment of its next look, or none."""
    if not moments:
        return
    work.connection.execute(_NOT_DUE, {"ids": list(moments)})
    rows = [{"deadline_id": key, "next_at": moment} for key, moment in moments.items() if moment is not None]
    if rows:
        work.connection.execute(due.insert(), rows)


def due_now(work: Work, limit: int) -> tuple[int, ...]:
    """Deadlines whose look has come, the longest waiting first, with their cases held.

    A case that somebody works on is left for later. Cases are held before `due` rows are written, as every step does
    it; the other way round, a sweep and a step would wait for each other.
    """
    statement = select(due.c.deadline_id).where(due.c.next_at <= work.now).order_by(due.c.next_at, due.c.deadline_id)
    if not work.on_sqlite:
        joined = statement.join(deadlines, deadlines.c.id == due.c.deadline_id)
        statement = joined.join(cases, cases.c.id == deadlines.c.case_id).with_for_update(of=cases, skip_locked=True)
    return tuple(work.connection.execute(statement.limit(limit)).scalars())


def backlog(work: Work, moment: datetime) -> tuple[int, datetime | None]:
    """How many looks were due by a moment, and since when the oldest waits."""
    row = work.connection.execute(select(func.count(), func.min(due.c.next_at)).where(due.c.next_at <= moment)).one()
    return int(row[0]), row[1]


def next_moment(work: Work) -> datetime | None:
    return cast("datetime | None", work.connection.execute(select(func.min(due.c.next_at))).scalar_one())


def all_due(work: Work) -> dict[int, datetime]:
    return {row.deadline_id: row.next_at for row in work.connection.execute(select(due))}


def fires(work: Work, ids: Collection[int]) -> dict[int, list[FireRow]]:
    """Fired, collapsed and inapplicable rungs by deadline, of all generations, with the instant the mail went out."""
    found: dict[int, list[FireRow]] = defaultdict(list)
    rows = work.connection.execute(
        select(rung_fires, mails.c.sent_at)
        .outerjoin(notices, notices.c.id == rung_fires.c.notice_id)
        .outerjoin(mails, mails.c.id == notices.c.mail_id)
        .where(rung_fires.c.deadline_id.in_(ids))
        .order_by(rung_fires.c.fired_at, rung_fires.c.rung, rung_fires.c.ordinal)
    )
    for row in rows:
        found[row.deadline_id].append(row)
    return found


def claim_rungs(work: Work, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert fires that are not there yet; the answer counts the new ones."""
    return insert_new(work, rung_fires, rows)


def enter_change(
    work: Work,
    deadline: Deadline,
    *,
    kind: str,
    to_on: date | None,
    person_id: int,
    reason: str,
    on: date,
    cause: str | None = None,
    status: str = "done",
) -> int:
    """Add a row to a deadline's ledger."""
    row = {
        "deadline_id": deadline.id,
        "campaign": deadline.campaign,
        "district_id": deadline.district_id,
        "kind": kind,
        "from_on": deadline.due_on,
        "to_on": to_on,
        "person_id": person_id,
        "reason": reason,
        "cause": cause,
        "status": status,
        "recorded_at": work.now,
        "recorded_on": on,
    }
    return insert_id(work, deadline_changes, row)


def changes_of(work: Work, deadline_ids: Collection[int]) -> tuple[Row[Any], ...]:
    rows = work.connection.execute(
        select(deadline_changes).where(deadline_changes.c.deadline_id.in_(deadline_ids)).order_by(deadline_changes.c.id)
    )
    return tuple(rows)


def get_change(work: Work, change_id: int) -> Row[Any]:
    row = work.connection.execute(select(deadline_changes).where(deadline_changes.c.id == change_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no entry {number} in the ledger of deadlines.", number=change_id))
    return row


def decide_change(work: Work, change_id: int, *, status: str, person_id: int) -> None:
    work.connection.execute(
        update(deadline_changes).where(deadline_changes.c.id == change_id).values(status=status, decided_by=person_id)
    )


def late_by_district(work: Work, campaign: str) -> dict[tuple[int, str], int]:
    """Deadlines met late, by (district, flow)."""
    rows = work.connection.execute(
        select(deadlines.c.district_id, deadlines.c.flow, func.count().label("n"))
        .where(deadlines.c.campaign == campaign, deadlines.c.verdict == "late")
        .group_by(deadlines.c.district_id, deadlines.c.flow)
    )
    return {(row.district_id, row.flow): row.n for row in rows}


def asked(work: Work, campaign: str) -> tuple[Row[Any], ...]:
    """Extensions that wait for an answer, with their case; what has been met meanwhile needs none."""
    rows = work.connection.execute(
        select(deadline_changes, deadlines.c.case_id, deadlines.c.milestone, cases.c.subject_name)
        .join(deadlines, deadlines.c.id == deadline_changes.c.deadline_id)
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(deadline_changes.c.status == "asked", deadlines.c.state == "open", deadlines.c.campaign == campaign)
        .order_by(deadline_changes.c.id)
    )
    return tuple(rows)


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
