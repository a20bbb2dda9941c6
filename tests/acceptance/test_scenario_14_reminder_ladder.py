"""Scenario 14: across the National Day holiday, with the days worked in exchange for it, each rung comes once."""

from collections.abc import Callable
from datetime import date

import pytest
import toy
from acceptance.following import mornings, rungs, said, standing, take, told

from engine.clock import at_morning
from engine.store import organisations
from engine.sweep import sweep_all

pytestmark = pytest.mark.acceptance(14)

# In 2020 the holiday went from 1 to 8 October; Sunday 27 September and Saturday 10 October were worked for it.
RUNGS = [
    {"name": "five_before", "level": "reminder", "at": -5},
    {"name": "the_day", "level": "reminder", "at": 0},
    {"name": "three_after", "level": "chase", "at": 3},
]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # Friday 9 October, the first day back: 30, 29, 28, 27 and 25 September before it, 10, 12 and 13 October after
        ("2020-10-09", ["2020-09-25", "2020-10-09", "2020-10-13"]),
        # Monday 5 October, in the midst of the holiday: on the last working day before it
        ("2020-10-05", ["2020-09-25", "2020-09-30", "2020-10-12"]),
        # Sunday 27 September, a day that is worked
        ("2020-09-27", ["2020-09-21", "2020-09-27", "2020-09-30"]),
    ],
)
def test_each_rung_comes_once_on_its_working_morning_at_its_level(
    prepare: Callable[..., toy.Field], due: str, expected: list[str]
) -> None:
    ladder = {"send_at": "08:30", "rungs": RUNGS}
    field = prepare(milestones={"planted": due, "watered": None}, ladders={"default": ladder})
    case = field.open()

    mornings(field, date(2020, 9, 15), date(2020, 10, 20))

    assert told(field, case.id, "planted") == list(zip(expected, ["reminder", "reminder", "chase"], strict=True))
    assert [notice.release_at for notice in said(field, case.id)] == [
        at_morning(date.fromisoformat(day)) for day in expected
    ]
    assert rungs(field, standing(field, case.id)["planted"].id) == [
        (1, "five_before", 1, "fired"),
        (1, "the_day", 1, "fired"),
        (1, "three_after", 1, "fired"),
    ]


def test_every_alert_is_for_the_cases_own_district(field: toy.Field) -> None:
    ids = {district: field.open(f"of the {district}", district).id for district in ("east", "west")}

    mornings(field, date(2020, 5, 15), date(2020, 6, 8))

    with field.engine.look() as work:
        places = {district: organisations.by_code(work, district).id for district in ids}
    for district, case_id in ids.items():
        assert {notice.district_id for notice in said(field, case_id)} == {places[district]}
        assert len(said(field, case_id)) == 4


def test_nothing_goes_out_before_half_past_eight(field: toy.Field) -> None:
    case = field.open()

    field.at(at_morning(date(2020, 5, 22), "08:29"))
    early = sweep_all(field.engine)
    field.at(at_morning(date(2020, 5, 22), "08:30"))

    assert (early, sweep_all(field.engine)) == (0, 1)
    assert told(field, case.id, "planted") == [("2020-05-22", "reminder")]


def test_what_is_done_on_the_due_day_is_in_time_and_chased_never(field: toy.Field) -> None:
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 6, 5))
    field.at(at_morning(date(2020, 6, 5), "23:59"))

    take(field, "east", case.id, "plant")
    mornings(field, date(2020, 6, 6), date(2020, 6, 19))

    assert standing(field, case.id)["planted"].verdict == "on_time"
    assert {kind for _, kind in told(field, case.id, "planted")} == {"reminder"}
