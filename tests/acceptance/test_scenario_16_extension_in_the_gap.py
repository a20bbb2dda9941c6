"""Scenario 16: a sweep and an extension at the same moment: no alert of the old day after the new one stands."""

from datetime import date

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, raised
from acceptance.following import as_person, mornings, rungs, said, standing, told
from sqlalchemy import text

from engine.clock import at_morning
from engine.extensions import extend
from engine.store.database import Database

pytestmark = pytest.mark.acceptance(16)

NEW_DAY = date(2020, 6, 19)


def overdue(field: toy.Field) -> tuple[int, int]:
    """A case whose first chase is due this morning, and the deadline it is about."""
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 6, 5))
    field.at(at_morning(date(2020, 6, 8)))
    return case.id, standing(field, case.id)["planted"].id


def alerts(field: toy.Field, case_id: int) -> list[tuple[str, str]]:
    return [one for one in told(field, case_id, "planted") if one[1] in {"reminder", "chase"}]


def wait_until_somebody_waits(database: Database) -> None:
    """Until a transaction waits for another one; only a server tells, a file makes them wait at their beginning."""
    if database.path is not None:
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(waiting).scalar_one():
            pass


def test_an_extension_on_its_way_leaves_the_sweep_nothing_of_the_old_day(field: toy.Field, database_url: str) -> None:
    case_id, key = overdue(field)
    city = field.actor("city")

    with field.engine.work(city) as work:
        extend(field.engine, work, city, key, to_on=NEW_DAY, reason="样例：疫情影响")
        sweeper = Child(deeds.sweep_until_killed, database_url, field.clock.now(), dies_after=None, limit=10)
    with raised(sweeper):
        assert sweeper.hear_all() == [0]

    mornings(field, date(2020, 6, 9), date(2020, 6, 22))
    assert alerts(field, case_id)[3:] == [
        ("2020-06-12", "reminder"),
        ("2020-06-18", "reminder"),
        ("2020-06-22", "chase"),
    ]


@pytest.mark.parametrize("stop_at", ["FROM due", "INSERT INTO notices"])
def test_an_extension_that_finds_a_sweep_under_way_waits_for_it_and_starts_anew(
    field: toy.Field, database_url: str, stop_at: str
) -> None:
    case_id, key = overdue(field)
    now = field.clock.now()

    sweeper = Child(deeds.sweep_with_a_stop, database_url, now, stop_at=stop_at)
    assert sweeper.hear() == "stopped"
    asking = Child(deeds.give_another_day, database_url, now, deadline_id=key, to_on=NEW_DAY)
    with raised(sweeper, asking):
        assert asking.hear() == "asking"
        wait_until_somebody_waits(field.engine.database)
        sweeper.tell("go on")
        assert sweeper.hear() == 1
        assert asking.hear() == 2

    mornings(field, date(2020, 6, 9), date(2020, 6, 22))
    assert alerts(field, case_id)[3:] == [
        ("2020-06-08", "chase"),
        ("2020-06-12", "reminder"),
        ("2020-06-18", "reminder"),
        ("2020-06-22", "chase"),
    ]
    assert [one for one in rungs(field, key) if one[0] == 1 and one[1] == "chase"] == [(1, "chase", 1, "fired")]
    # what the sweep had said of the old day can be told by its generation and is not composed any more
    assert [one.facts["generation"] for one in said(field, case_id) if one.kind == "chase"] == [1, 2]


def test_the_new_day_has_its_own_ladder_from_the_extension_on(field: toy.Field) -> None:
    case_id, key = overdue(field)

    extended = as_person(field, "city", extend, key, to_on=NEW_DAY, reason="样例：疫情影响")
    mornings(field, date(2020, 6, 8), date(2020, 6, 22))

    assert (extended.due_on, extended.original_on, extended.generation) == (NEW_DAY, date(2020, 6, 5), 2)
    assert alerts(field, case_id)[3:] == [
        ("2020-06-12", "reminder"),
        ("2020-06-18", "reminder"),
        ("2020-06-22", "chase"),
    ]
    # ten working days before the new day lie before the extension: that reminder does not apply to it
    assert rungs(field, key)[3:] == [
        (2, "chase", 1, "fired"),
        (2, "reminder_1", 1, "fired"),
        (2, "reminder_10", 1, "not_applicable"),
        (2, "reminder_5", 1, "fired"),
    ]
