"""Scenario 10: what is sent back keeps its verdicts, gets a day for rework, and is not sent back for ever."""

from datetime import date

import pytest
import toy
from acceptance.following import as_person, case_of, codes, history, mornings, said, standing, take, told

from engine.cases import Done
from engine.clock import at_morning
from engine.leaving import correct
from engine.store import deadlines

pytestmark = pytest.mark.acceptance(10)

REWORK = "rework:planted"


def send_back(field: toy.Field, case_id: int, login: str = "institute") -> object:
    return take(field, login, case_id, "return_planting", reason="样例：照片不清楚")


def test_the_verdict_stays_and_a_deadline_for_rework_opens_at_least_three_working_days_on(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    # a Thursday, two working days before the Dragon Boat holiday of 25 and 26 June; the 28th is worked
    field.at(at_morning(date(2020, 6, 23), "10:00"))

    assert isinstance(send_back(field, case.id), Done)

    after = case_of(field, case.id)
    assert (after.state, after.round) == ("named", 1)
    now = standing(field, case.id)
    assert (now["planted"].state, now["planted"].verdict) == ("met", "on_time")
    assert (now["watered"].state, now["watered"].due_on) == ("open", date(2020, 6, 30))
    assert (now[REWORK].state, now[REWORK].due_on) == ("open", date(2020, 6, 29))
    assert [notice.letter for notice in said(field, case.id)] == ["sent_back"]
    assert history(field, case.id)[-1].reason == "样例：照片不清楚"


def test_rework_in_time_meets_its_own_deadline_and_none_twice(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    send_back(field, case.id)
    field.at(at_morning(date(2020, 5, 20), "10:00"))

    take(field, "east", case.id, "plant")

    now = standing(field, case.id)
    assert (now[REWORK].state, now[REWORK].verdict, now[REWORK].met_on) == ("met", "on_time", date(2020, 5, 20))
    assert now["planted"].met_on == date(2020, 5, 15)


def test_rework_that_does_not_come_is_chased_like_any_deadline(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    send_back(field, case.id)

    mornings(field, date(2020, 5, 15), date(2020, 5, 22))

    # due on the third working day, Wednesday the 20th; its reminders of ten and five days lie before its opening
    assert told(field, case.id, REWORK) == [("2020-05-19", "reminder"), ("2020-05-21", "chase")]


def test_a_return_without_a_reason_is_refused(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")

    assert codes(take(field, "institute", case.id, "return_planting")) == ["REASON_MISSING"]
    assert codes(take(field, "institute", case.id, "return_planting", reason="  ")) == ["REASON_MISSING"]


def test_the_fourth_return_asks_for_the_coordinator(field: toy.Field) -> None:
    case = field.open()
    for _ in range(3):
        take(field, "east", case.id, "plant")
        send_back(field, case.id)
    take(field, "east", case.id, "plant")

    assert codes(send_back(field, case.id)) == ["ROUND_LIMIT"]
    assert isinstance(send_back(field, case.id, "city"), Done)
    assert case_of(field, case.id).round == 4


def test_a_return_made_by_mistake_can_be_undone_and_made_again(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")

    for _ in range(2):
        send_back(field, case.id)
        as_person(field, "city", correct, case.id, reason="样例：退错了企业")
        assert (case_of(field, case.id).state, case_of(field, case.id).round) == ("planted", 0)
    send_back(field, case.id)

    with field.engine.look() as work:
        rework = [one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == REWORK]
    assert [one.state for one in rework] == ["cancelled", "cancelled", "open"]
    assert case_of(field, case.id).round == 1
