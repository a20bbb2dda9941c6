"""Lists that were brought in: kept for ever, with what each of them did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, func, or_, select

from engine.errors import NotFound
from engine.store.database import Work, insert_id
from engine.store.schema import blobs, organisations
from engine.words import tr
from workflows.benchmarking.model import Import
from workflows.benchmarking.records.schema import imports

_SIZED: Final = select(imports, blobs.c.size).outerjoin(blobs, blobs.c.sha256 == imports.c.file_sha)

NOMINATIONS: Final = "annex2"
"""The kind of list that names who takes part; only such a list is evidence of a district's task."""


def add(work: Work, fields: Mapping[str, Any]) -> int:
    return insert_id(work, imports, {**fields, "recorded_at": work.now})


def get(work: Work, import_id: int) -> Import:
    row = work.connection.execute(select(imports).where(imports.c.id == import_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no import with the number {number}.", number=import_id))
    return _import(row)


def of_district(work: Work, campaign: str, district_id: int) -> tuple[Import, ...]:
    """Everything a district brought in, taken or refused, oldest first."""
    where = (imports.c.campaign == campaign, imports.c.district_id == district_id)
    return tuple(_import(row) for row in work.connection.execute(select(imports).where(*where).order_by(imports.c.id)))


def of_campaign(work: Work, campaign: str) -> tuple[tuple[Import, int], ...]:
    """Everything that was brought in for a campaign with the size of its file, the newest first."""
    rows = work.connection.execute(_SIZED.where(imports.c.campaign == campaign).order_by(imports.c.id.desc()))
    return tuple(_sized(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Sought:
    """Imports of organisations whose path begins with one of `areas`; of one person only, if one is named."""

    campaign: str
    areas: tuple[str, ...]
    person_id: int | None = None

    def narrow(self, wanted: Select[Any]) -> Select[Any]:
        """The same, asked only of these."""
        wanted = wanted.join(organisations, organisations.c.id == imports.c.district_id).where(
            imports.c.campaign == self.campaign,
            or_(*(organisations.c.path.startswith(area, autoescape=True) for area in self.areas)),
        )
        return wanted if self.person_id is None else wanted.where(imports.c.person_id == self.person_id)


def newest(work: Work, sought: Sought, *, before: int | None, limit: int) -> tuple[tuple[Import, int], ...]:
    """The newest first with the sizes of their files, from behind `before` on."""
    wanted = sought.narrow(_SIZED).order_by(imports.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(imports.c.id < before)
    return tuple(_sized(row) for row in work.connection.execute(wanted))


def count(work: Work, sought: Sought, *, most: int) -> int:
    """How many there are, counted no further than `most`."""
    wanted = sought.narrow(select(imports.c.id).select_from(imports)).limit(most)
    return int(work.connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one())


def find(work: Work, import_id: int) -> tuple[Import, int] | None:
    """An import with the size of its file, or None."""
    row = work.connection.execute(_SIZED.where(imports.c.id == import_id)).one_or_none()
    return None if row is None else _sized(row)


def taken(work: Work, campaign: str, district_id: int, file_sha: str, *, form: str) -> Import | None:
    """The import that took this very file as a list of this kind, if one did."""
    row = work.connection.execute(
        select(imports)
        .where(
            imports.c.campaign == campaign,
            imports.c.district_id == district_id,
            imports.c.form == form,
            imports.c.file_sha == file_sha,
            imports.c.status == "taken",
        )
        .order_by(imports.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _import(row)


def _sized(row: Row[Any]) -> tuple[Import, int]:
    fields = dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
    size = fields.pop("size") or 0
    return Import(**fields), size


def _import(row: Row[Any]) -> Import:
    return Import(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
