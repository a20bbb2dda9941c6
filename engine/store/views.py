"""Views that people keep."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update

from engine.errors import NotFound
from engine.store.database import Work, insert_new
from engine.store.schema import views


@dataclass(frozen=True, slots=True)
class View:
    """The filters of a page under a name."""

    id: int
    name: str
    query: str


def of_person(work: Work, person_id: int, page: str) -> tuple[View, ...]:
    """In the order in which they were kept first."""
    statement = select(views.c.id, views.c.name, views.c.query).where(*_standing(person_id, page)).order_by(views.c.id)
    return tuple(View(row.id, row.name, row.query) for row in work.connection.execute(statement))


def keep(work: Work, person_id: int, page: str, *, name: str, query: str) -> None:
    """Under a name that is kept already the new filters take the place of the old."""
    row = {"person_id": person_id, "page": page, "name": name, "query": query, "made_at": work.now}
    if insert_new(work, views, [row]):
        return
    where = (views.c.person_id == person_id, views.c.page == page, views.c.name == name)
    work.connection.execute(update(views).where(*where).values(query=query, made_at=work.now, removed_at=None))


def remove(work: Work, person_id: int, view_id: int) -> str:
    """Answers the page it was kept for; one of somebody else does not exist."""
    where = (views.c.id == view_id, views.c.person_id == person_id, views.c.removed_at.is_(None))
    page = work.connection.execute(select(views.c.page).where(*where)).scalar_one_or_none()
    if page is None:
        raise NotFound
    work.connection.execute(update(views).where(*where).values(removed_at=work.now))
    return str(page)


def _standing(person_id: int, page: str) -> tuple[ColumnElement[bool], ...]:
    return views.c.person_id == person_id, views.c.page == page, views.c.removed_at.is_(None)
