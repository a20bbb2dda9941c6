"""Numbers asked for together: each a statement of its own, all of them answered by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from engine.store.database import Work


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be asked for."""

    statement: Select[Any]


def up_to(rows: Select[Any], most: int) -> Number:
    """How many rows there are, counted no further than one more than `most`."""
    return Number(select(func.count()).select_from(rows.limit(most + 1).subquery()))


def ask(work: Work, wanted: Sequence[Number]) -> list[int]:
    """The numbers in the order in which they are wanted."""
    if not wanted:
        return []
    columns = [one.statement.scalar_subquery() for one in wanted]
    return [int(n) for n in work.connection.execute(select(*columns)).one()]


def ask_one(work: Work, wanted: Number) -> int:
    return int(work.connection.execute(wanted.statement).scalar_one())
