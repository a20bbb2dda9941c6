"""The planner: what every district owes is opened once, from its day on, and told to the district."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, let_go
from acceptance.following import mornings, rungs, standing

from engine import audit, planner
from engine.clock import FixedClock, at_morning
from engine.model import Case
from engine.store import cases, notices, organisations
from engine.store.database import Database

BEGINS = date(2020, 5, 18)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> Iterator[toy.Field]:
    field = deeds.owing(toy.prepare(database, clock), "report_due")
    yield field
    assert audit.verify(field.engine) == []


def plan(field: toy.Field, day: date, at: str = "10:00") -> int:
    field.at(at_morning(day, at))
    return planner.plan(field.engine)


def opened(field: toy.Field) -> tuple[Case, ...]:
    with field.engine.look() as work:
        return cases.of_campaign(work, "gardens-2020")


def test_what_is_owed_is_opened_for_every_district_from_its_day_on_and_once(field: toy.Field) -> None:
    assert plan(field, BEGINS) == 2
    assert plan(field, BEGINS) == 0
    assert plan(field, BEGINS + timedelta(days=1)) == 0

    assert [(case.subject_name, case.subject_key, case.opened_on) for case in opened(field)] == [
        ("东区的花园", "own", BEGINS),
        ("西区的花园", "own", BEGINS),
    ]


def test_after_downtime_it_still_counts_from_its_day_and_old_alerts_do_not_come(field: toy.Field) -> None:
    plan(field, date(2020, 6, 3))
    mornings(field, date(2020, 6, 4), date(2020, 6, 4))

    for case in opened(field):
        assert case.opened_on == BEGINS
        key = standing(field, case.id)["planted"].id
        assert [(rung, outcome) for _, rung, _, outcome in rungs(field, key)] == [
            ("reminder_1", "fired"),
            ("reminder_10", "not_applicable"),
            ("reminder_5", "not_applicable"),
        ]


@pytest.mark.parametrize(
    ("day", "at", "told_on"),
    [
        (date(2020, 5, 22), "00:05", date(2020, 5, 22)),
        (date(2020, 5, 22), "10:00", date(2020, 5, 22)),
        (date(2020, 5, 23), "10:00", date(2020, 5, 25)),
    ],
)
def test_each_district_is_told_on_a_working_day_and_not_before_the_hour_of_letters(
    field: toy.Field, day: date, at: str, told_on: date
) -> None:
    plan(field, day, at)

    told = []
    for case in opened(field):
        with field.engine.look() as work:
            (notice,) = notices.of_case(work, case.id)
            place = organisations.get(work, case.district_id).code
        told.append((place, notice.letter, notice.milestone, notice.morning_on, notice.facts["due_on"]))
        assert notice.release_at >= at_morning(told_on)
    assert told == [
        ("east", "report_due", "planted", told_on, "2020-06-05"),
        ("west", "report_due", "planted", told_on, "2020-06-05"),
    ]


def test_a_case_that_somebody_opened_by_hand_is_not_opened_again(field: toy.Field) -> None:
    field.open("own", "west")

    assert plan(field, BEGINS) == 1
    assert sorted(case.subject_key for case in opened(field)) == ["own", "own"]


@pytest.mark.parametrize("day", [date(2020, 5, 14), date(2021, 2, 1)])
def test_nothing_is_opened_before_a_campaign_begins_or_after_it_ends(field: toy.Field, day: date) -> None:
    assert plan(field, day) == 0


def test_of_four_planners_at_once_each_case_is_opened_by_one(field: toy.Field, database_url: str) -> None:
    field.at(at_morning(BEGINS, "10:00"))

    planners = [Child(deeds.open_what_is_owed, database_url, field.clock.now()) for _ in range(4)]
    opening = let_go(*planners)

    assert sorted(opening) == [0, 0, 0, 2]
    assert len(opened(field)) == 2
