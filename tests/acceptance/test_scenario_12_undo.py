"""Scenario 12: a step made by mistake is undone by a further entry; days, time used and letters are put right."""

from datetime import date, timedelta

import pytest
import toy
from acceptance.following import (
    as_person,
    ask_and_confirm,
    case_of,
    codes,
    history,
    mornings,
    rungs,
    said,
    standing,
    take,
    told,
)
from acceptance.mailroom import send

from engine.cases import Done
from engine.clock import at_morning
from engine.errors import CaseChanged, NotAllowed, Refused
from engine.judging import Command
from engine.leaving import correct, reinstate, replace
from engine.proposals import propose

pytestmark = pytest.mark.acceptance(12)


def test_a_confirmed_step_undone_ten_minutes_later_leaves_a_compensating_entry(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    ask_and_confirm(field, "east", "city", case.id, "show")
    field.clock.advance(timedelta(minutes=10))

    as_person(field, "city", correct, case.id, reason="样例：点错了企业")

    last = history(field, case.id)[-1]
    assert (last.kind, last.step, last.source, last.target) == ("correct", "show", "shown", "watered")
    assert (last.reason, last.data["undoes"]) == ("样例：点错了企业", 5)
    assert case_of(field, case.id).state == "watered"
    assert (standing(field, case.id)["shown"].state, standing(field, case.id)["shown"].verdict) == ("open", None)


def test_only_the_level_above_undoes_and_says_why(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")

    with pytest.raises(NotAllowed):
        as_person(field, "east", correct, case.id, reason="样例")
    with pytest.raises(Refused, match="reason"):
        as_person(field, "city", correct, case.id, reason=" ")


def test_the_deadline_stands_again_with_its_day_and_what_was_said_is_not_said_again(field: toy.Field) -> None:
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 5, 22))
    take(field, "east", case.id, "plant")
    mornings(field, date(2020, 5, 23), date(2020, 5, 26))

    field.at(at_morning(date(2020, 5, 26), "10:00"))
    as_person(field, "city", correct, case.id, reason="样例：误操作")
    mornings(field, date(2020, 5, 27), date(2020, 6, 8))

    planted = standing(field, case.id)["planted"]
    assert (planted.due_on, planted.generation, planted.met_on) == (date(2020, 6, 5), 1, None)
    assert told(field, case.id, "planted") == [
        ("2020-05-22", "reminder"),
        ("2020-05-29", "reminder"),
        ("2020-06-04", "reminder"),
        ("2020-06-08", "chase"),
    ]


def test_alerts_that_would_have_come_meanwhile_are_said_as_one(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    mornings(field, date(2020, 5, 18), date(2020, 6, 1))

    as_person(field, "city", correct, case.id, reason="样例：误操作")
    mornings(field, date(2020, 6, 2), date(2020, 6, 3))

    assert told(field, case.id, "planted") == [("2020-06-02", "reminder")]
    assert rungs(field, standing(field, case.id)["planted"].id) == [
        (1, "reminder_10", 1, "collapsed"),
        (1, "reminder_5", 1, "fired"),
    ]


def test_letters_not_sent_are_withdrawn_and_sent_ones_are_corrected(field: toy.Field) -> None:
    unsent, sent = field.open("unsent"), field.open("sent")
    for case in (unsent, sent):
        take(field, "east", case.id, "plant")
        take(field, "institute", case.id, "return_planting", reason="样例：不清楚")
    send(field, said(field, sent.id))

    for case in (unsent, sent):
        as_person(field, "city", correct, case.id, reason="样例：退错了企业")

    assert [(one.letter, one.state) for one in said(field, unsent.id)] == [("sent_back", "cancelled")]
    assert [(one.letter, one.state) for one in said(field, sent.id)] == [
        ("sent_back", "composed"),
        ("correction", "waiting"),
    ]
    assert said(field, sent.id)[1].facts["reason"] == "样例：退错了企业"


def test_after_an_undoing_the_step_can_be_proposed_for_the_day_it_was_really_done(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 5, 20), "10:00"))
    take(field, "east", case.id, "plant")
    field.at(at_morning(date(2020, 5, 25), "10:00"))
    as_person(field, "city", correct, case.id, reason="样例：日期有误")

    assert case_of(field, case.id).entered_on == date(2020, 5, 15)
    answer = as_person(field, "east", propose, Command(case_id=case.id, step="plant", on=date(2020, 5, 18)))
    assert isinstance(answer, Done)


def test_what_a_proposal_held_is_chased_again_when_the_step_under_it_is_undone(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    field.at(at_morning(date(2020, 6, 16), "10:00"))
    # counted from the day before, so that it needs confirming and holds the deadline meanwhile
    as_person(field, "east", propose, Command(case_id=case.id, step="water", on=date(2020, 6, 15)))

    as_person(field, "city", correct, case.id, reason="样例：误操作")
    mornings(field, date(2020, 6, 17), date(2020, 6, 17))

    assert case_of(field, case.id).proposed_step is None
    assert [kind for _, kind in told(field, case.id, "watered")] == ["reminder"]


def test_steps_are_undone_one_after_the_other_down_to_the_first(field: toy.Field) -> None:
    case = field.open()
    before = standing(field, case.id)
    take(field, "east", case.id, "plant")
    take(field, "institute", case.id, "return_planting", reason="样例")
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")

    states = [as_person(field, "city", correct, case.id, reason="样例").state for _ in range(4)]

    assert states == ["planted", "named", "planted", "named"]
    assert case_of(field, case.id).round == 0
    now = standing(field, case.id)
    assert {name: now[name] for name in before} == before
    assert now["rework:planted"].state == "cancelled"
    with pytest.raises(Refused, match="no step"):
        as_person(field, "city", correct, case.id, reason="样例")


def test_undoing_what_somebody_has_changed_meanwhile_is_refused(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    seen = case_of(field, case.id).version
    take(field, "east", case.id, "water")

    with pytest.raises(CaseChanged, match="changed meanwhile"):
        as_person(field, "city", correct, case.id, reason="样例", version=seen)
    assert codes(take(field, "east", case.id, "plant")) == ["WRONG_STATE"]


def test_right_after_a_reinstatement_the_reinstatement_is_what_is_undone(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "withdraw", reason="样例：误操作")
    as_person(field, "city", reinstate, case.id, reason="样例：恢复")

    undone = as_person(field, "city", correct, case.id, reason="样例：更正")

    assert (undone.state, undone.resume_state) == ("withdrawn", "planted")
    assert {one.state for one in standing(field, case.id).values()} == {"met", "cancelled"}
    again = as_person(field, "city", correct, case.id, reason="样例：退出也是误操作")
    assert (again.state, again.resume_state, standing(field, case.id)["watered"].state) == ("planted", None, "open")
    assert as_person(field, "city", correct, case.id, reason="样例：栽种").state == "named"


def test_who_had_taken_the_place_of_one_reinstated_by_mistake_has_it_again(field: toy.Field) -> None:
    leaving, joining = field.open("g1"), field.open("g2")
    take(field, "east", leaving.id, "withdraw", reason="样例")
    as_person(field, "east", replace, leaving_id=leaving.id, joining_id=joining.id, reason="样例")
    take(field, "east", joining.id, "withdraw", reason="样例")
    as_person(field, "city", reinstate, leaving.id, reason="样例")

    undone = as_person(field, "city", correct, leaving.id, reason="样例")

    assert (undone.state, undone.replaced_by_id) == ("withdrawn", joining.id)
    assert case_of(field, joining.id).replaces_id == leaving.id
