"""Facts about this database: whether it is a rehearsal, its stored clock, the switches of the mail."""

from typing import Any, Final

from sqlalchemy import select

from engine.store.database import Work, insert_new, upsert
from engine.store.schema import settings

_KEPT: Final = "settings"


def read(work: Work, name: str, default: Any = None) -> Any:
    """The setting; all of them are read once in a transaction, for there are few."""
    if _KEPT not in work.memo:
        rows = work.connection.execute(select(settings.c.name, settings.c.value))
        work.memo[_KEPT] = {row.name: row.value for row in rows}
    value = work.memo[_KEPT].get(name)
    return default if value is None else value


def write(work: Work, name: str, value: Any) -> None:
    work.memo.pop(_KEPT, None)
    upsert(work, settings, {"name": name, "value": value})


def hold(work: Work, name: str, default: Any) -> Any:
    """Read a setting that is to be changed: nobody else can until the transaction ends. It is made when missing."""
    work.memo.pop(_KEPT, None)
    insert_new(work, settings, [{"name": name, "value": default}])
    statement = select(settings.c.value).where(settings.c.name == name)
    return work.connection.execute(statement.with_for_update() if work.holds else statement).scalar_one()
