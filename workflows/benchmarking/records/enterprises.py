"""Enterprises across all years, found by credit code or by any name they have or had; merged ones lead to the other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from engine.errors import NotFound
from engine.store.database import Work, insert_id
from engine.words import tr
from workflows.benchmarking.model import Enterprise, FormerName
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records.schema import enterprises, former_names
from workflows.benchmarking.records.sets import WANTED, insert_absent, rows_for


def add_missing(work: Work, names: Iterable[str]) -> dict[str, Enterprise]:
    """The enterprises of these names, by name key; those not known yet are added."""
    by_key = {name_key(name): name for name in names}
    found = by_names(work, by_key)
    absent = {key: name for key, name in by_key.items() if key not in found}
    insert_absent(work, enterprises, [_fresh(work, name) for name in absent.values()])
    # somebody else may have added one of them in between, so they are read back rather than assumed
    return found | by_names(work, absent)


def add(work: Work, name: str, *, credit_code: str | None = None) -> Enterprise:
    """One more enterprise, also beside another of the same name."""
    return get(work, insert_id(work, enterprises, _fresh(work, name) | {"credit_code": credit_code}))


def by_names(work: Work, keys: Collection[str]) -> dict[str, Enterprise]:
    """Enterprises by name key, present names before former ones; whoever was merged leads to the other.

    Of two with one name it is the one with a credit code, else the older; a former name that two had names neither.
    """
    statement = (
        select(enterprises)
        .where(enterprises.c.name_key.in_(bindparam(WANTED, expanding=True)))
        .order_by(
            enterprises.c.merged_into.is_not(None).desc(),
            enterprises.c.credit_code.is_(None).desc(),
            enterprises.c.id.desc(),
        )
    )
    found = {row.name_key: _enterprise(row) for row in rows_for(work, statement, keys)}
    once = _by_former_names(work, [key for key in keys if key not in found])
    return _resolved(work, found | once)


def by_ids(work: Work, ids: Collection[int]) -> dict[int, Enterprise]:
    """Enterprises as they stand for these numbers: whoever was merged leads to the other."""
    return _resolved(work, rows(work, ids))


def rows(work: Work, ids: Collection[int]) -> dict[int, Enterprise]:
    """The rows of these numbers themselves, merged ones too."""
    statement = select(enterprises).where(enterprises.c.id.in_(bindparam(WANTED, expanding=True)))
    return {row.id: _enterprise(row) for row in rows_for(work, statement, ids)}


def hold(work: Work, ids: Collection[int]) -> dict[int, Enterprise]:
    """The rows themselves, held until the transaction ends."""
    statement = select(enterprises).where(enterprises.c.id.in_(list(ids))).order_by(enterprises.c.id)
    held = work.connection.execute(statement.with_for_update() if work.holds else statement)
    return {row.id: _enterprise(row) for row in held}


def every(work: Work) -> tuple[Enterprise, ...]:
    """All rows, oldest first."""
    return tuple(_enterprise(row) for row in work.connection.execute(select(enterprises).order_by(enterprises.c.id)))


def merged_into(work: Work, *ids: int) -> tuple[Enterprise, ...]:
    """Everybody who leads to one of these, over several steps too."""
    found: list[Enterprise] = []
    ahead = list(ids)
    merged = enterprises.c.merged_into.in_(bindparam(WANTED, expanding=True))
    while ahead:
        some = [_enterprise(row) for row in rows_for(work, select(enterprises).where(merged), ahead)]
        some.sort(key=lambda one: one.id)
        found += some
        ahead = [one.id for one in some]
    return tuple(found)


def get(work: Work, enterprise_id: int) -> Enterprise:
    found = by_ids(work, [enterprise_id])
    if not found:
        raise NotFound(tr("There is no enterprise with the number {number}.", number=enterprise_id))
    return found[enterprise_id]


def by_credit_code(work: Work, code: str) -> Enterprise | None:
    row = work.connection.execute(select(enterprises).where(enterprises.c.credit_code == code)).one_or_none()
    return _resolved(work, {0: _enterprise(row)})[0] if row else None


def change(work: Work, enterprise_id: int, fields: Mapping[str, Any]) -> None:
    """Write columns; the version rises, so that whoever looked before is refused."""
    values = {**fields, "version": enterprises.c.version + 1}
    work.connection.execute(update(enterprises).where(enterprises.c.id == enterprise_id).values(**values))


def names_before(work: Work, ids: Collection[int]) -> dict[int, tuple[FormerName, ...]]:
    """Former names by enterprise, the latest first."""
    statement = (
        select(former_names)
        .where(former_names.c.enterprise_id.in_(bindparam(WANTED, expanding=True)))
        .order_by(former_names.c.until_on.desc(), former_names.c.name_key)
    )
    found: dict[int, list[FormerName]] = defaultdict(list)
    for row in rows_for(work, statement, ids):
        found[row.enterprise_id].append(FormerName(**row._mapping))  # noqa: SLF001 - the public name of a row's columns
    return {key: tuple(names) for key, names in found.items()}


def keep_name(work: Work, enterprise_id: int, name: str, until_on: date) -> None:
    """Remember what an enterprise was called."""
    row = {"enterprise_id": enterprise_id, "name_key": name_key(name), "name": name, "until_on": until_on}
    insert_absent(work, former_names, [row])


def _by_former_names(work: Work, keys: Collection[str]) -> dict[str, Enterprise]:
    statement = (
        select(former_names.c.name_key.label("asked"), enterprises)
        .join(enterprises, enterprises.c.id == former_names.c.enterprise_id)
        .where(former_names.c.name_key.in_(bindparam(WANTED, expanding=True)))
    )
    bearers: dict[str, list[Enterprise]] = defaultdict(list)
    for row in rows_for(work, statement, keys):
        fields = dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
        bearers[fields.pop("asked")].append(_from(fields))
    return {key: held[0] for key, held in bearers.items() if len(held) == 1}


def _resolved(work: Work, found: Mapping[Any, Enterprise]) -> dict[Any, Enterprise]:
    """Each under the same key, as the one that stands for it."""
    standing = dict(found)
    while ahead := {one.merged_into for one in standing.values() if one.merged_into is not None}:
        others = rows(work, ahead)
        standing = {key: others.get(one.merged_into or 0, one) for key, one in standing.items()}
    return standing


def _fresh(work: Work, name: str) -> dict[str, Any]:
    return {"name": name, "name_key": name_key(name), "honours": [], "contact": {}, "version": 1} | {
        "created_at": work.now
    }


def _enterprise(row: Row[Any]) -> Enterprise:
    return _from(dict(row._mapping))  # noqa: SLF001 - the public name of a row's columns


def _from(fields: Mapping[str, Any]) -> Enterprise:
    return Enterprise(**{**fields, "honours": tuple(fields["honours"])})
