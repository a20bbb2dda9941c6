"""Facts about this database: whether it is a rehearsal, its stored clock, the switches of the mail."""

from typing import Any

from sqlalchemy import select

from engine.store.database import Work, insert_new, upsert
from engine.store.schema import settings


def read(work: Work, name: str, default: Any = None) -> Any:
    value = work.connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar_one_or_none()
    return default if value is None else value


def write(work: Work, name: str, value: Any) -> None:
    upsert(work, settings, {"name": name, "value": value})


def hold(work: Work, name: str, default: Any) -> Any:
    """Read a setting that is to be changed: nobody else can until the transaction ends. It is made when missing."""
    insert_new(work, settings, [{"name": name, "value": default}])
    statement = select(settings.c.value).where(settings.c.name == name)
    return work.connection.execute(statement.with_for_update() if work.holds else statement).scalar_one()
