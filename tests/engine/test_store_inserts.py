"""Inserting what is not there yet, alike on every database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from engine.store.database import Database, insert_new
from engine.store.schema import request_keys

NOW = datetime(2020, 6, 1, tzinfo=UTC)


def row(key: str) -> dict[str, object]:
    return {"key": key, "request": "x", "answer": {}, "created_at": NOW}


def test_only_the_rows_that_were_not_there_are_counted(database: Database) -> None:
    with database.work(NOW) as work:
        first = insert_new(work, request_keys, [row("a"), row("b")])
        again = insert_new(work, request_keys, [row("b"), row("c"), row("d"), row("a")])

    assert (first, again) == (2, 2)


def test_what_a_database_refuses_is_told_without_its_values(database: Database) -> None:
    twice = [row("13800000000")] * 2
    with pytest.raises(IntegrityError) as refused, database.work(NOW) as work:
        work.connection.execute(insert(request_keys), twice)

    assert "'request': 'x'" not in str(refused.value)
    assert "hidden" in str(refused.value)
