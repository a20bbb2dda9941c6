"""Named write points of a transaction: counted in one process, and where another one dies."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import event

from engine.store.database import Database

WRITING = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a transaction: behind its n-th writing statement (0: before the first), or beside its COMMIT."""

    where: Literal["statement", "before commit", "after commit"]
    number: int = 0

    def __str__(self) -> str:
        return f"after write {self.number}" if self.where == "statement" else self.where


def every_point(writes: int) -> list[Point]:
    """All points of a transaction with so many writing statements."""
    between = [Point("statement", number) for number in range(writes + 1)]
    return [*between, Point("before commit"), Point("after commit")]


def count_writes(database: Database, deed: Callable[[], object]) -> int:
    """How many writing statements something takes."""
    counted: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.lstrip().startswith(WRITING):
            counted.append(statement)

    event.listen(database.engine, "after_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(database.engine, "after_cursor_execute", note)
    return len(counted)


def die_at(database: Database, point: Point) -> None:
    """Kill this process as soon as it comes to the point; "after commit" is the caller's to call `die`."""
    done = 0

    def before(_: Any, __: Any, statement: str, *___: Any) -> None:
        if point.number == 0 and statement.lstrip().startswith(WRITING):
            die()

    def after(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal done
        done += statement.lstrip().startswith(WRITING)
        if done == point.number > 0:
            die()

    if point.where == "statement":
        event.listen(database.engine, "before_cursor_execute", before)
        event.listen(database.engine, "after_cursor_execute", after)
    elif point.where == "before commit":
        event.listen(database.engine, "commit", lambda _: die())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
