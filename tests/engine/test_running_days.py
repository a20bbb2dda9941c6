"""Deadlines of so many working days after a state: they run from the day the case comes there, and not before."""

from collections.abc import Iterator
from datetime import date

import pytest
import toy
from acceptance.following import as_person, mornings, standing, take, told

from engine import audit, reproject
from engine.clock import FixedClock, at_morning
from engine.extensions import extend
from engine.flowload import parse_flow
from engine.judging import Command
from engine.leaving import correct, reinstate
from engine.proposals import confirm, propose
from engine.setup import register_flows
from engine.store import deadlines
from engine.store.database import Database

TEXT = toy.GARDEN.replace("version: 1", "version: 2").replace(
    "reached: watered, due: day", "reached: watered, due: {after: planted, workdays: 10}"
)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> Iterator[toy.Field]:
    """Gardens that are to be watered ten working days after they were planted."""
    field = toy.prepare(database, clock)
    with field.engine.work() as work:
        register_flows(work, (parse_flow(TEXT),))
    yield field
    assert audit.verify(field.engine) == []


def watering(field: toy.Field, case_id: int) -> tuple[date | None, date | None, int]:
    one = standing(field, case_id)["watered"]
    return one.original_on, one.due_on, one.generation


def plant(field: toy.Field, case_id: int, day: date = date(2020, 5, 20)) -> None:
    field.at(at_morning(day, "10:00"))
    take(field, "east", case_id, "plant")


def test_the_day_is_not_known_before_the_state_is_reached_and_counts_from_then_on(field: toy.Field) -> None:
    case = field.open()
    assert watering(field, case.id) == (None, None, 1)

    plant(field, case.id)

    assert watering(field, case.id) == (date(2020, 6, 3), date(2020, 6, 3), 2)
    with field.engine.look() as work:
        (row,) = deadlines.changes_of(work, [standing(field, case.id)["watered"].id])
    assert (row.kind, row.from_on, row.to_on, row.reason, row.cause) == (
        "recalculated",
        None,
        date(2020, 6, 3),
        "plant",
        "state",
    )


def test_its_ladder_speaks_from_that_day_on(field: toy.Field) -> None:
    case = field.open()
    plant(field, case.id)

    mornings(field, date(2020, 5, 21), date(2020, 6, 4))

    assert told(field, case.id, "watered") == [
        ("2020-05-27", "reminder"),
        ("2020-06-02", "reminder"),
        ("2020-06-04", "chase"),
    ]


def test_a_step_that_counts_from_an_earlier_day_lets_the_day_run_from_there(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 5, 25), "10:00"))
    order = Command(case_id=case.id, step="plant", on=date(2020, 5, 20))
    as_person(field, "east", propose, order)
    assert watering(field, case.id)[1] is None

    as_person(field, "city", confirm, order)

    assert watering(field, case.id)[1] == date(2020, 6, 3)


def test_an_undone_step_stops_the_day_and_the_next_one_lets_it_run_anew(field: toy.Field) -> None:
    case = field.open()
    plant(field, case.id)
    mornings(field, date(2020, 5, 21), date(2020, 5, 27))
    field.at(at_morning(date(2020, 5, 28), "10:00"))

    as_person(field, "city", correct, case.id, reason="样例：误操作")
    assert watering(field, case.id) == (None, None, 3)
    mornings(field, date(2020, 5, 29), date(2020, 6, 5))
    plant(field, case.id, date(2020, 6, 8))

    assert watering(field, case.id) == (date(2020, 6, 22), date(2020, 6, 22), 4)
    mornings(field, date(2020, 6, 9), date(2020, 6, 23))
    assert told(field, case.id, "watered") == [
        ("2020-05-27", "reminder"),
        ("2020-06-15", "reminder"),
        ("2020-06-19", "reminder"),
        ("2020-06-23", "chase"),
    ]


def test_who_is_sent_back_keeps_the_day_that_runs(field: toy.Field) -> None:
    case = field.open()
    plant(field, case.id)
    field.at(at_morning(date(2020, 5, 22), "10:00"))

    take(field, "institute", case.id, "return_planting", reason="样例")
    plant(field, case.id, date(2020, 5, 26))

    assert watering(field, case.id) == (date(2020, 6, 3), date(2020, 6, 3), 2)


def test_who_leaves_and_comes_back_has_the_day_that_ran(field: toy.Field) -> None:
    case = field.open()
    plant(field, case.id)
    field.at(at_morning(date(2020, 5, 26), "10:00"))
    take(field, "east", case.id, "withdraw", reason="样例")

    field.at(at_morning(date(2020, 5, 29), "10:00"))
    as_person(field, "city", reinstate, case.id, reason="样例")

    assert watering(field, case.id) == (date(2020, 6, 3), date(2020, 6, 3), 2)


def test_a_new_holiday_moves_the_days_that_run_over_it_and_none_set_by_hand(field: toy.Field) -> None:
    by_rule, by_hand, waiting = (field.open(name).id for name in ("rule", "hand", "waiting"))
    for case_id in (by_rule, by_hand):
        plant(field, case_id)
    key = standing(field, by_hand)["watered"].id
    as_person(field, "city", extend, key, to_on=date(2020, 6, 5), reason="样例")

    with field.engine.work() as work:
        toy.enter_day(field.engine, work, date(2020, 5, 29), works=False)
        reproject.ask(work, "gardens-2020", "样例通知")
    reproject.run(field.engine)

    days = [watering(field, case_id)[1] for case_id in (by_rule, by_hand, waiting)]
    assert days == [date(2020, 6, 4), date(2020, 6, 5), None]
