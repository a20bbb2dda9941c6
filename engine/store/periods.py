"""Periods of schedules: a row for each, done, skipped with a reason, or failed; its key keeps it single."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select, update

from engine.store.database import Work, insert_new
from engine.store.schema import periods


def claim(work: Work, *, schedule: str, scope: str, period: str, status: str, reason: str | None = None) -> bool:
    """Make the row of a period; False when it is there already."""
    row = {
        "schedule": schedule,
        "scope": scope,
        "period": period,
        "status": status,
        "reason": reason,
        "planned_at": work.now,
    }
    return insert_new(work, periods, [row]) == 1


def settle(
    work: Work,
    *,
    schedule: str,
    scope: str,
    period: str,
    status: str,
    reason: str | None = None,
    facts: Mapping[str, Any] | None = None,
    mail_id: int | None = None,
) -> None:
    """Say how a period ended; the reason of an earlier failure goes once it is done."""
    table = periods
    changed = {"status": status, "done_at": work.now, "facts": dict(facts) if facts else None, "mail_id": mail_id}
    if reason or status == "done":
        changed["reason"] = reason
    work.connection.execute(
        update(table)
        .where(table.c.schedule == schedule, table.c.scope == scope, table.c.period == period)
        .values(**changed)
    )


def get(work: Work, *, schedule: str, scope: str, period: str) -> Row[Any] | None:
    table = periods
    return work.connection.execute(
        select(table).where(table.c.schedule == schedule, table.c.scope == scope, table.c.period == period)
    ).one_or_none()


def of(work: Work, schedule: str, scope: str) -> tuple[Row[Any], ...]:
    table = periods
    rows = work.connection.execute(
        select(table).where(table.c.schedule == schedule, table.c.scope == scope).order_by(table.c.period)
    )
    return tuple(rows)


def done(work: Work, schedule: str) -> tuple[Row[Any], ...]:
    """Everything of a schedule that was done, with what was kept of it."""
    table = periods
    statement = select(table).where(table.c.schedule == schedule, table.c.status == "done")
    return tuple(work.connection.execute(statement.order_by(table.c.scope, table.c.period)))


def by_schedule(work: Work) -> dict[tuple[str, str], list[str]]:
    """Names of the periods on record by (schedule, scope)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in work.connection.execute(select(periods.c.schedule, periods.c.scope, periods.c.period)):
        found[(row.schedule, row.scope)].append(row.period)
    return found
