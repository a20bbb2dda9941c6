"""Tables of figures as they stood when somebody kept them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from engine.errors import NotFound
from engine.store.areas import Area
from engine.store.database import Work, insert_id
from engine.store.schema import kept_reports, organisations, people


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that was kept; `path` and `place` are the part of the house whose figures it has."""

    id: int
    campaign: str
    month: date
    name: str
    query: str
    number: int
    sha256: str
    kept_at: datetime
    person: str
    place: str
    path: str

    @property
    def of_month(self) -> str:
        """Such as 2020-10."""
        return f"{self.month:%Y-%m}"


SAME: Final = ("campaign", "organisation_id", "month", "name", "query")
"""What makes one the next version of another."""
_COLUMNS: Final = ("id", "campaign", "month", "name", "query", "number", "sha256", "kept_at")


def add(work: Work, row: Mapping[str, Any]) -> int:
    """One more, as the version after the last; who adds holds the campaign."""
    where = [kept_reports.c[name] == row[name] for name in SAME]
    last = work.connection.execute(select(func.max(kept_reports.c.number)).where(*where)).scalar_one()
    return insert_id(work, kept_reports, {**row, "number": (last or 0) + 1, "kept_at": work.now})


def get(work: Work, kept_id: int) -> Kept:
    row = work.connection.execute(_wanted().where(kept_reports.c.id == kept_id)).one_or_none()
    if row is None:
        raise NotFound
    return _kept(row)


def page(work: Work, campaign: str, area: Area, before: int | None, limit: int) -> list[Kept]:
    """Those of an area, the latest first."""
    statement = _wanted().where(kept_reports.c.campaign == campaign, area.holds(kept_reports.c.organisation_id))
    if before is not None:
        statement = statement.where(kept_reports.c.id < before)
    return [_kept(row) for row in work.connection.execute(statement.order_by(kept_reports.c.id.desc()).limit(limit))]


def count_to(work: Work, campaign: str, area: Area, most: int) -> int:
    """How many there are, counted no further than one more than `most`."""
    where = (kept_reports.c.campaign == campaign, area.holds(kept_reports.c.organisation_id))
    some = select(kept_reports.c.id).where(*where).limit(most + 1).subquery()
    return int(work.connection.execute(select(func.count()).select_from(some)).scalar_one())


def _wanted() -> Select[Any]:
    beside = (people.c.name.label("person"), organisations.c.name.label("place"), organisations.c.path)
    return (
        select(*(kept_reports.c[name] for name in _COLUMNS), *beside)
        .join(people, people.c.id == kept_reports.c.person_id)
        .join(organisations, organisations.c.id == kept_reports.c.organisation_id)
    )


def _kept(row: Row[Any]) -> Kept:
    return Kept(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
