"""The tree of organisations, in the official order of the plan's Annex 1."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Text, bindparam, or_, select, type_coerce, update

from engine.errors import NotFound
from engine.model import Organisation
from engine.store import search
from engine.store.database import Work, insert_id
from engine.store.schema import organisations
from engine.store.search import Entry
from engine.store.types import canonical
from engine.words import tr

DISTRICT_KINDS = ("district", "zone")
_KEPT: Final = "organisations"


def remembered(work: Work) -> dict[Any, Any]:
    """What was read of the tree in this transaction; forgotten when something is changed in it."""
    known: dict[Any, Any] = work.memo.setdefault(_KEPT, {})
    return known


def get(work: Work, organisation_id: int) -> Organisation:
    known = remembered(work)
    if organisation_id not in known:
        row = work.connection.execute(select(organisations).where(organisations.c.id == organisation_id)).one_or_none()
        if row is None:
            raise NotFound(tr("There is no organisation with the number {number}.", number=organisation_id))
        keep(work, dict(row._mapping))  # noqa: SLF001 - the public name of a row's columns
    found: Organisation = known[organisation_id]
    return found


def keep(work: Work, columns: Mapping[str, Any]) -> None:
    """Remember an organisation that was read along with something else."""
    remembered(work)[columns["id"]] = _organisation(columns)


def by_code(work: Work, code: str) -> Organisation:
    row = work.connection.execute(select(organisations).where(organisations.c.code == code)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no organisation {code!r}.", code=code))
    return as_organisation(row)


def by_ids(work: Work, ids: Collection[int]) -> tuple[Organisation, ...]:
    """In order of their numbers; each read once in a transaction."""
    known = remembered(work)
    if absent := set(ids) - known.keys():
        for row in work.connection.execute(select(organisations).where(organisations.c.id.in_(absent))):
            known[row.id] = as_organisation(row)
    return tuple(known[key] for key in sorted(set(ids)) if key in known)


def named(work: Work, name: str) -> Organisation:
    """By code, name, full name or alias; what a person types."""
    known = remembered(work)
    if ("named", name) not in known:
        known["named", name] = _named(work, name)
    found: Organisation = known["named", name]
    return found


def _named(work: Work, name: str) -> Organisation:
    table = organisations
    own = or_(table.c.code == name, table.c.name == name, table.c.full_name == name)
    other = type_coerce(table.c.aliases, Text).contains(canonical(name), autoescape=True)
    for called in (own, other):
        found = work.connection.execute(select(table).where(called).order_by(table.c.position, table.c.id).limit(1))
        if (row := found.one_or_none()) is not None:
            return as_organisation(row)
    raise NotFound(tr("There is no organisation {code!r}.", code=name))


def every(work: Work) -> tuple[Organisation, ...]:
    rows = work.connection.execute(select(organisations).order_by(organisations.c.position, organisations.c.id))
    return tuple(as_organisation(row) for row in rows)


def districts(work: Work, on: date) -> tuple[Organisation, ...]:
    """The district-level units that exist on a day, in official order."""
    table = organisations
    rows = work.connection.execute(
        select(table)
        .where(
            table.c.kind.in_(DISTRICT_KINDS),
            or_(table.c.valid_from.is_(None), table.c.valid_from <= on),
            or_(table.c.valid_to.is_(None), table.c.valid_to >= on),
        )
        .order_by(table.c.position, table.c.id)
    )
    return tuple(as_organisation(row) for row in rows)


_PATHS: Final = select(organisations.c.id, organisations.c.path).where(
    organisations.c.id.in_(bindparam("ids", expanding=True))
)


def paths(work: Work, ids: Collection[int]) -> dict[int, str]:
    """Paths by organisation; remembered within a transaction, for an organisation keeps its place."""
    known: dict[int, str] = work.memo.setdefault("paths", {})
    known |= {key: kept[key].path for kept in [remembered(work)] for key in ids if key in kept}
    if absent := set(ids) - known.keys():
        known |= {row.id: row.path for row in work.connection.execute(_PATHS, {"ids": list(absent)})}
    return {key: known[key] for key in set(ids) if key in known}


def in_order(work: Work) -> tuple[tuple[int, int], ...]:
    """Position and number of every organisation, in official order; read once in a transaction."""
    known = remembered(work)
    if "order" not in known:
        keys = (organisations.c.position, organisations.c.id)
        known["order"] = tuple((row.position, row.id) for row in work.connection.execute(select(*keys).order_by(*keys)))
    found: tuple[tuple[int, int], ...] = known["order"]
    return found


def names(work: Work, ids: Collection[int]) -> dict[int, str]:
    """Names by organisation."""
    return {one.id: one.name for one in by_ids(work, ids)}


def regions(work: Work, ids: Collection[int]) -> dict[int, int]:
    """The region of each organisation: the one just below the top that it belongs to, the top itself for the top."""
    found = {key: path.strip("/").split("/") for key, path in paths(work, ids).items()}
    return {key: int(parts[min(1, len(parts) - 1)]) for key, parts in found.items()}


def add(
    work: Work,
    *,
    code: str,
    name: str,
    full_name: str,
    kind: str,
    parent: Organisation | None,
    position: int,
    aliases: Sequence[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Organisation:
    row = {
        "code": code,
        "name": name,
        "full_name": full_name,
        "kind": kind,
        "parent_id": parent.id if parent else None,
        "path": "",
        "position": position,
        "aliases": list(aliases),
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    new_id = insert_id(work, organisations, row)
    work.memo.pop(_KEPT, None)
    path = f"{parent.path if parent else '/'}{new_id}/"
    work.connection.execute(update(organisations).where(organisations.c.id == new_id).values(path=path))
    other = (code, full_name, *aliases)
    search.enter(
        work, [Entry(kind="organisation", ref_id=new_id, path=path, title=name, detail=full_name, words=other)]
    )
    return get(work, new_id)


def change(work: Work, organisation_id: int, fields: Mapping[str, Any]) -> None:
    """Write names, kind, place in the order, aliases and days; where it stands in the tree never changes."""
    values = {name: list(one) if isinstance(one, tuple) else one for name, one in fields.items()}
    work.connection.execute(update(organisations).where(organisations.c.id == organisation_id).values(**values))
    work.memo.pop(_KEPT, None)


def as_organisation(row: Row[Any]) -> Organisation:
    return _organisation(dict(row._mapping))  # noqa: SLF001 - the public name of a row's columns


def _organisation(columns: Mapping[str, Any]) -> Organisation:
    return Organisation(**{**columns, "aliases": tuple(columns["aliases"])})
