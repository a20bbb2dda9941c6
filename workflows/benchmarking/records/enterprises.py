"""Enterprises: found by name or credit code across all years, added once, described later."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from engine.errors import NotFound
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records.schema import enterprises
from workflows.benchmarking.records.sets import WANTED, insert_absent, rows_for


def add_missing(work: Work, names: Iterable[str]) -> dict[str, Enterprise]:
    """The enterprises of these names, by name key; those not known yet are added."""
    by_key = {name_key(name): name for name in names}
    found = by_names(work, by_key)
    absent = {key: name for key, name in by_key.items() if key not in found}
    rows = [
        {"name": name, "name_key": key, "honours": [], "contact": {}, "created_at": work.now}
        for key, name in absent.items()
    ]
    insert_absent(work, enterprises, rows)
    # somebody else may have added one of them in between, so they are read back rather than assumed
    return found | by_names(work, absent)


def by_names(work: Work, keys: Collection[str]) -> dict[str, Enterprise]:
    """Enterprises by name key; of two with one name, the one with a credit code, else the older."""
    statement = (
        select(enterprises)
        .where(enterprises.c.name_key.in_(bindparam(WANTED, expanding=True)))
        .order_by(enterprises.c.credit_code.is_(None).desc(), enterprises.c.id.desc())
    )
    return {row.name_key: _enterprise(row) for row in rows_for(work, statement, keys)}


def by_ids(work: Work, ids: Collection[int]) -> dict[int, Enterprise]:
    statement = select(enterprises).where(enterprises.c.id.in_(bindparam(WANTED, expanding=True)))
    return {row.id: _enterprise(row) for row in rows_for(work, statement, ids)}


def get(work: Work, enterprise_id: int) -> Enterprise:
    found = by_ids(work, [enterprise_id])
    if not found:
        raise NotFound(tr("There is no enterprise with the number {number}.", number=enterprise_id))
    return found[enterprise_id]


def by_credit_code(work: Work, code: str) -> Enterprise | None:
    row = work.connection.execute(select(enterprises).where(enterprises.c.credit_code == code)).one_or_none()
    return _enterprise(row) if row else None


def change(work: Work, enterprise_id: int, fields: Mapping[str, Any]) -> None:
    work.connection.execute(update(enterprises).where(enterprises.c.id == enterprise_id).values(**fields))


def _enterprise(row: Row[Any]) -> Enterprise:
    fields = dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
    return Enterprise(**{**fields, "honours": tuple(fields["honours"])})
