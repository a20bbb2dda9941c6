"""Scenario 15: after a time without service one alert goes out, the missed are on record, and no start repeats it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import toy
from acceptance.following import mornings, rungs, said, standing, told

from engine.clock import at_morning
from engine.store.database import Database
from engine.sweep import sweep_all

pytestmark = pytest.mark.acceptance(15)

RUNGS = [
    {"name": "five_before", "level": "reminder", "at": -5},
    {"name": "the_day", "level": "reminder", "at": 0},
    {"name": "three_after", "level": "chase", "at": 3},
]


def test_three_missed_rungs_come_as_one_overdue_alert_and_a_second_start_says_nothing(
    prepare: Callable[..., toy.Field], database_url: str
) -> None:
    field = prepare(ladders={"default": {"send_at": "08:30", "rungs": RUNGS}})
    case = field.open()
    # six working days before 5 June to four working days after it
    mornings(field, date(2020, 5, 15), date(2020, 5, 28))
    field.at(at_morning(date(2020, 6, 11), "11:20"))

    restarted = toy.reopen(Database(database_url), field.clock)
    assert sweep_all(restarted.engine) == 1
    again = toy.reopen(Database(database_url), field.clock)
    assert sweep_all(again.engine) == 0
    for one in (restarted, again):
        one.engine.database.close()
    mornings(field, date(2020, 6, 12), date(2020, 6, 19))

    assert told(field, case.id, "planted") == [("2020-06-11", "chase")]
    assert rungs(field, standing(field, case.id)["planted"].id) == [
        (1, "five_before", 1, "collapsed"),
        (1, "the_day", 1, "collapsed"),
        (1, "three_after", 1, "fired"),
    ]


def test_a_service_that_comes_back_on_a_day_off_waits_for_the_next_working_morning(field: toy.Field) -> None:
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 5, 20))

    # Saturday 13 June, then Monday the 15th before and at half past eight; the watering is reminded of that day too
    for day, time, fired in [(13, "12:00", 0), (15, "08:29", 0), (15, "08:30", 2), (15, "08:31", 0)]:
        field.at(at_morning(date(2020, 6, day), time))
        assert sweep_all(field.engine) == fired

    assert told(field, case.id, "planted") == [("2020-06-15", "chase")]


def test_a_clock_that_jumps_a_day_ahead_and_back_says_nothing_twice(field: toy.Field) -> None:
    case = field.open()
    morning = at_morning(date(2020, 5, 22))

    for jump in (
        timedelta(0),
        timedelta(days=1),
        timedelta(hours=-1),
        timedelta(0),
        timedelta(days=-1),
        timedelta(hours=1),
    ):
        field.at(morning + jump)
        sweep_all(field.engine)
    mornings(field, date(2020, 5, 23), date(2020, 5, 28))

    assert told(field, case.id, "planted") == [("2020-05-22", "reminder")]
    assert len(said(field, case.id)) == 1
