"""What needs a second person: proposals, confirmations and returns; extensions that are asked for and decided."""

from datetime import date
from typing import Any

import pytest
import toy
from acceptance.following import (
    as_person,
    ask_and_confirm,
    case_of,
    codes,
    history,
    mornings,
    said,
    standing,
    take,
    told,
)

from engine import audit
from engine.cases import Answer, Done
from engine.clock import FixedClock, at_morning
from engine.errors import CaseChanged, NotAllowed, Refused
from engine.extensions import ask_extension, decide_extension, extend, reply, waive
from engine.judging import Command
from engine.proposals import confirm, propose, return_proposal
from engine.store import deadlines
from engine.store.database import Database


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def watered(field: toy.Field) -> int:
    """A case that is ready to be shown."""
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    return case.id


def ask(field: toy.Field, case_id: int, step: str = "show", **more: Any) -> Answer:
    answer: Answer = as_person(field, "east", propose, Command(case_id=case_id, step=step, **more))
    return answer


def give(field: toy.Field, case_id: int, step: str = "show", **more: Any) -> Answer:
    answer: Answer = as_person(field, "city", confirm, Command(case_id=case_id, step=step, **more))
    return answer


def turn_down(field: toy.Field, case_id: int, step: str = "show", login: str = "city", **more: Any) -> Answer:
    order = Command(case_id=case_id, step=step, reason="样例：不清楚", **more)
    answer: Answer = as_person(field, login, return_proposal, order)
    return answer


def test_a_proposal_stands_on_the_case_with_its_evidence_until_it_is_decided(field: toy.Field) -> None:
    case_id = watered(field)

    answer = ask(field, case_id)

    case = case_of(field, case_id)
    assert answer == Done(case_id, "show", "watered", case.version)
    assert (case.proposed_step, case.proposed_on) == ("show", date(2020, 5, 15))
    assert (case.proposed_by, case.proposed_at) == (field.actor("east").person_id, field.clock.now())
    assert history(field, case_id)[-1].data == {"evidence": {"frost": False}}


def test_while_a_proposal_waits_nothing_else_is_done(field: toy.Field) -> None:
    case_id = watered(field)
    ask(field, case_id)

    for step in ("show", "withdraw"):
        assert "PROPOSAL_WAITING" in codes(take(field, "east", case_id, step, reason="样例"))
    assert codes(ask(field, case_id)) == ["PROPOSAL_WAITING"]


def test_what_lacks_its_evidence_cannot_be_proposed_and_what_lost_it_cannot_be_confirmed(field: toy.Field) -> None:
    case = field.open()
    field.kind.facts_by_subject["g1"] = toy.Garden(lacking={"photo": ("",)})
    field.at(at_morning(date(2020, 5, 18), "10:00"))
    yesterday = date(2020, 5, 17)

    assert codes(ask(field, case.id, "plant", on=yesterday)) == ["EVIDENCE_MISSING"]
    field.kind.facts_by_subject["g1"] = toy.Garden()
    assert isinstance(ask(field, case.id, "plant", on=yesterday), Done)
    field.kind.facts_by_subject["g1"] = toy.Garden(lacking={"photo": ("",)})
    assert codes(give(field, case.id, "plant")) == ["EVIDENCE_MISSING"]


def test_a_step_that_one_person_may_take_is_proposed_only_for_an_earlier_day(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 5, 20), "10:00"))

    assert codes(ask(field, case.id, "plant")) == ["NOTHING_TO_CONFIRM"]
    assert codes(take(field, "east", case.id, "plant", on=date(2020, 5, 19))) == ["NEEDS_CONFIRMATION"]
    assert codes(ask(field, case.id, "plant", on=date(2020, 5, 14))) == ["DATE_BEFORE_STATE"]
    assert codes(ask(field, case.id, "plant", on=date(2020, 5, 21))) == ["DATE_IN_FUTURE"]
    assert isinstance(ask(field, case.id, "plant", on=date(2020, 5, 19)), Done)
    assert isinstance(give(field, case.id, "plant"), Done)


def test_lateness_goes_by_the_day_of_the_proposal_not_by_the_bureaus(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 6, 8), "10:00"))
    ask(field, case.id, "plant", on=date(2020, 6, 5))
    field.at(at_morning(date(2020, 6, 30), "10:00"))
    give(field, case.id, "plant")

    planted = standing(field, case.id)["planted"]
    assert (planted.verdict, planted.met_on) == ("on_time", date(2020, 6, 5))
    entry = history(field, case.id)[-1]
    assert (entry.effective_on, entry.recorded_at) == (date(2020, 6, 5), field.clock.now())


def test_a_confirmation_tells_who_had_proposed(field: toy.Field) -> None:
    case_id = watered(field)

    ask_and_confirm(field, "east", "city", case_id, "show")

    entry = history(field, case_id)[-1]
    assert (entry.person_id, entry.data["proposed_by"]) == (
        field.actor("city").person_id,
        field.actor("east").person_id,
    )


def test_what_nobody_proposed_is_neither_confirmed_nor_returned(field: toy.Field) -> None:
    case_id = watered(field)

    assert codes(give(field, case_id)) == ["NOTHING_PROPOSED"]
    with pytest.raises(Refused, match="Nothing has been proposed"):
        turn_down(field, case_id)


def test_a_return_meant_for_another_proposal_returns_none(field: toy.Field) -> None:
    case_id = watered(field)
    ask(field, case_id)

    with pytest.raises(Refused, match="has not been proposed"):
        turn_down(field, case_id, "plant")

    assert case_of(field, case_id).proposed_step == "show"
    assert codes(give(field, case_id, "plant"))[0] == "WRONG_STATE"


def test_only_the_level_above_returns_and_with_a_reason(field: toy.Field) -> None:
    case_id = watered(field)
    ask(field, case_id)

    with pytest.raises(NotAllowed):
        turn_down(field, case_id, login="east2")
    with pytest.raises(Refused, match="reason"):
        as_person(field, "city", return_proposal, Command(case_id=case_id, step="show", reason=" "))
    with pytest.raises(CaseChanged, match="东区经办"):
        turn_down(field, case_id, version=case_of(field, case_id).version - 1)


def test_a_returned_proposal_tells_the_district_why_and_can_be_made_again(field: toy.Field) -> None:
    case_id = watered(field)
    ask(field, case_id)

    turn_down(field, case_id)
    again = ask(field, case_id)

    (letter,) = said(field, case_id)
    assert (letter.letter, letter.facts["reason"]) == ("proposal_returned", "样例：不清楚")
    assert isinstance(again, Done)
    assert [entry.kind for entry in history(field, case_id)][-3:] == ["propose", "return", "propose"]
    assert audit.verify(field.engine) == []


def test_two_proposals_returned_are_two_letters(field: toy.Field) -> None:
    case_id = watered(field)
    for _ in range(2):
        ask(field, case_id)
        turn_down(field, case_id)

    assert [one.letter for one in said(field, case_id)] == ["proposal_returned"] * 2


def test_a_waiting_proposal_holds_only_what_it_would_meet(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 6, 4), "10:00"))
    ask(field, case.id, "plant", on=date(2020, 6, 3))

    mornings(field, date(2020, 6, 8), date(2020, 6, 16))

    assert told(field, case.id, "planted") == []
    assert [kind for _, kind in told(field, case.id, "watered")] == ["reminder"]


# extensions that districts ask for


def planted(field: toy.Field) -> tuple[int, int]:
    case = field.open()
    return case.id, standing(field, case.id)["planted"].id


def request(field: toy.Field, key: int, to_on: date = date(2020, 6, 12)) -> int:
    change: int = as_person(field, "east", ask_extension, key, to_on=to_on, reason="样例：设备未到")
    return change


def decide(field: toy.Field, change: int, *, granted: bool) -> Any:
    return as_person(field, "city", decide_extension, change, granted=granted, reason="样例：已研究")


def waiting(field: toy.Field) -> list[int]:
    with field.engine.look() as work:
        return [row.id for row in deadlines.asked(work, "gardens-2020")]


def test_an_extension_asked_for_changes_nothing_until_it_is_granted(field: toy.Field) -> None:
    case_id, key = planted(field)

    change = request(field, key)
    assert waiting(field) == [change]
    assert standing(field, case_id)["planted"].due_on == date(2020, 6, 5)
    granted = decide(field, change, granted=True)

    assert (granted.due_on, granted.generation, granted.original_on) == (date(2020, 6, 12), 2, date(2020, 6, 5))
    assert waiting(field) == []
    assert [one.letter for one in said(field, case_id)] == ["extension_granted"]
    with field.engine.look() as work:
        (row,) = deadlines.changes_of(work, [key])
    assert (row.kind, row.status, row.person_id, row.decided_by) == (
        "extend",
        "done",
        field.actor("east").person_id,
        field.actor("city").person_id,
    )
    assert audit.verify(field.engine) == []


def test_a_refused_extension_leaves_the_day_and_is_told(field: toy.Field) -> None:
    case_id, key = planted(field)

    refused = decide(field, request(field, key), granted=False)

    assert (refused.due_on, refused.generation) == (date(2020, 6, 5), 1)
    assert [one.letter for one in said(field, case_id)] == ["extension_refused"]
    assert isinstance(request(field, key), int)


def test_one_request_waits_at_a_time_and_is_decided_once(field: toy.Field) -> None:
    _, key = planted(field)
    change = request(field, key)

    with pytest.raises(Refused, match="waits for an answer"):
        request(field, key, date(2020, 6, 15))
    decide(field, change, granted=True)
    with pytest.raises(Refused, match="decided already"):
        decide(field, change, granted=False)


def test_a_request_overtaken_by_a_later_day_is_not_granted_backwards(field: toy.Field) -> None:
    case_id, key = planted(field)
    change = request(field, key, date(2020, 6, 12))
    as_person(field, "city", extend, key, to_on=date(2020, 6, 19), reason="样例")

    with pytest.raises(Refused, match="must lie after the present one, 2020-06-19"):
        decide(field, change, granted=True)

    assert standing(field, case_id)["planted"].due_on == date(2020, 6, 19)
    assert decide(field, change, granted=False).due_on == date(2020, 6, 19)


def test_a_request_for_a_day_that_has_passed_is_not_granted(field: toy.Field) -> None:
    _, key = planted(field)
    change = request(field, key, date(2020, 6, 12))
    field.at(at_morning(date(2020, 6, 15), "10:00"))

    with pytest.raises(Refused, match="lies in the past"):
        decide(field, change, granted=True)


def test_what_was_met_meanwhile_waits_for_no_answer(field: toy.Field) -> None:
    case_id, key = planted(field)
    change = request(field, key)
    take(field, "east", case_id, "plant")

    assert waiting(field) == []
    with pytest.raises(Refused, match="closed"):
        decide(field, change, granted=True)


@pytest.mark.parametrize("to_on", [date(2020, 6, 5), date(2020, 6, 4)])
def test_a_day_is_extended_only_to_a_later_one(field: toy.Field, to_on: date) -> None:
    _, key = planted(field)

    with pytest.raises(Refused, match="must lie after"):
        as_person(field, "city", extend, key, to_on=to_on, reason="样例")


def test_an_overdue_day_is_extended_only_into_the_future(field: toy.Field) -> None:
    _, key = planted(field)
    field.at(at_morning(date(2020, 6, 15), "10:00"))

    with pytest.raises(Refused, match="lies in the past"):
        as_person(field, "city", extend, key, to_on=date(2020, 6, 12), reason="样例")
    assert as_person(field, "city", extend, key, to_on=date(2020, 6, 15), reason="样例").due_on == date(2020, 6, 15)


def test_a_milestone_without_a_day_is_neither_extended_nor_asked_for(field: toy.Field) -> None:
    case = field.open()
    shown = standing(field, case.id)["shown"].id

    with pytest.raises(Refused, match="no day"):
        as_person(field, "city", extend, shown, to_on=date(2020, 6, 12), reason="样例")
    with pytest.raises(Refused, match="no day"):
        request(field, shown)


def test_an_answer_to_an_alert_leaves_the_day_and_stands_beside_it(field: toy.Field) -> None:
    case_id, key = planted(field)
    mornings(field, date(2020, 6, 8), date(2020, 6, 8))
    field.at(at_morning(date(2020, 6, 8), "10:00"))

    with pytest.raises(Refused, match="past"):
        as_person(field, "east", reply, key, promised_on=date(2020, 6, 5), reason="样例")
    answered = as_person(field, "east", reply, key, promised_on=date(2020, 6, 10), reason="样例：正在整改")
    mornings(field, date(2020, 6, 9), date(2020, 6, 11))

    assert (answered.due_on, answered.promised_on) == (date(2020, 6, 5), date(2020, 6, 10))
    # one alert for the three reminders before it, then the ladder goes on as if nothing had been said
    assert [kind for _, kind in told(field, case_id, "planted")] == ["chase", "chase"]


def test_waiving_is_for_the_level_above_and_closes_for_good(field: toy.Field) -> None:
    _, key = planted(field)

    with pytest.raises(NotAllowed):
        as_person(field, "east", waive, key, reason="样例")
    as_person(field, "city", waive, key, reason="样例：经研究免除")
    with pytest.raises(Refused, match="closed"):
        as_person(field, "city", extend, key, to_on=date(2020, 6, 19), reason="样例")
