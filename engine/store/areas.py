"""Areas: the districts that somebody sees, or those of a part of the tree, as statements ask for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from engine.model import Organisation
from engine.store.database import Work
from engine.store.organisations import DISTRICT_KINDS, as_organisation, remembered
from engine.store.schema import organisations


@dataclass(frozen=True, slots=True)
class Area:
    """Districts by number; None is every district there is, so that a statement need not name them.

    `regions` are the regions it is made of, where these are whole ones; what is counted by region is read by them.
    """

    ids: tuple[int, ...] | None
    regions: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        return self.ids is None

    @property
    def of_regions(self) -> bool:
        """Whether what is counted by region tells of it."""
        return self.whole or bool(self.regions)

    def holds_region(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return true() if self.whole else column.in_(self.regions)

    def holds(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a column names one of the districts."""
        if self.ids is None:
            return true()
        if not self.ids:
            return false()
        return column == self.ids[0] if len(self.ids) == 1 else column.in_(self.ids)


EVERYWHERE = Area(None)
NOWHERE = Area(())


def area(work: Work, paths: Collection[str], within: str = "/") -> Area:
    """What lies below one of the paths somebody sees and, if it is said, within a part of the tree.

    Read once in a transaction.
    """
    narrowed = {path if path.startswith(within) else within for path in paths if _meet(path, within)}
    if not narrowed:
        return NOWHERE
    if any(path == "/" or path in _tops(work) for path in narrowed):
        return EVERYWHERE
    known: dict[frozenset[str], Area] = remembered(work).setdefault("areas", {})
    kept = frozenset(narrowed)
    if kept not in known:
        rows = work.connection.execute(select(organisations.c.id).where(below(narrowed)).order_by(organisations.c.id))
        known[kept] = Area(tuple(rows.scalars()), _regions(narrowed))
    return known[kept]


def below(paths: Collection[str]) -> ColumnElement[bool]:
    """Organisations at these places of the tree or below them, found by the index of paths."""
    column = organisations.c.path
    # "0" is the character that follows "/", so this is everything that begins with the path
    return or_(*(and_(column >= path, column < f"{path[:-1]}0") for path in sorted(paths)))


def districts(work: Work, paths: Collection[str], on: date, most: int | None = None) -> tuple[Organisation, ...]:
    """The district-level units below one of the paths that exist on a day, in official order; no more than `most`."""
    if not paths:
        return ()
    table = organisations
    valid = (func.coalesce(table.c.valid_from, on) <= on, func.coalesce(table.c.valid_to, on) >= on)
    return _found(work, select(table).where(table.c.kind.in_(DISTRICT_KINDS), *valid, below(paths)).limit(most))


def children(work: Work, parent: Organisation) -> tuple[Organisation, ...]:
    """The organisations just below one, in official order."""
    return _found(work, select(organisations).where(organisations.c.parent_id == parent.id))


def tops(work: Work) -> tuple[Organisation, ...]:
    return _found(work, select(organisations).where(organisations.c.parent_id.is_(None)))


def _tops(work: Work) -> frozenset[str]:
    """The path of the top, when there is only one."""
    known = remembered(work)
    if "tops" not in known:
        found = tops(work)
        known["tops"] = frozenset(one.path for one in found) if len(found) == 1 else frozenset()
    paths: frozenset[str] = known["tops"]
    return paths


def _regions(paths: Collection[str]) -> tuple[int, ...]:
    """The regions that stand at these places, when nothing but regions does: just below the top."""
    below_top = [path.strip("/").split("/")[1:] for path in paths]
    return tuple(sorted(int(place[0]) for place in below_top)) if all(len(place) == 1 for place in below_top) else ()


def _meet(path: str, within: str) -> bool:
    return path.startswith(within) or within.startswith(path)


def _found(work: Work, statement: Select[Any]) -> tuple[Organisation, ...]:
    rows: Sequence[Any] = work.connection.execute(
        statement.order_by(organisations.c.position, organisations.c.id)
    ).all()
    return tuple(as_organisation(row) for row in rows)
