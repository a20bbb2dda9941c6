"""Scenario 6: a request whose answer was lost is answered again, also after a restart, and has no second effect."""

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, let_go
from acceptance.following import as_person, case_of, codes, history, take

from engine.cases import Done
from engine.errors import KeyReused
from engine.judging import Command
from engine.proposals import confirm, propose
from engine.store.database import Database

pytestmark = pytest.mark.acceptance(6)


def test_the_same_request_again_has_the_same_answer_and_no_second_effect(field: toy.Field) -> None:
    case = field.open()

    first = take(field, "east", case.id, "plant", key="lost")
    again = take(field, "east", case.id, "plant", key="lost")

    assert isinstance(first, Done)
    assert again == first
    assert len(history(field, case.id)) == 2


def test_after_a_restart_and_further_steps_the_answer_is_still_the_first_one(
    field: toy.Field, database_url: str
) -> None:
    case = field.open()
    first = take(field, "east", case.id, "plant", key="lost")
    take(field, "east", case.id, "water")

    restarted = toy.reopen(Database(database_url), field.clock)
    again = take(restarted, "east", case.id, "plant", key="lost")
    restarted.engine.database.close()

    assert again == first
    assert case_of(field, case.id).state == "watered"


def test_a_key_with_another_body_is_refused_whatever_differs(field: toy.Field) -> None:
    case, other = field.open("g1"), field.open("g2")
    take(field, "east", case.id, "plant", key="used")

    for login, case_id, step, more in [
        ("east", other.id, "plant", {}),
        ("east", case.id, "water", {}),
        ("east2", case.id, "plant", {}),
        ("east", case.id, "plant", {"reason": "另一个理由"}),
    ]:
        with pytest.raises(KeyReused):
            take(field, login, case_id, step, key="used", **more)

    assert [len(history(field, one.id)) for one in (case, other)] == [2, 1]


def test_proposing_and_confirming_again_under_their_keys_answer_the_same(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")

    asked = [as_person(field, "east", propose, Command(case_id=case.id, step="show", key="ask")) for _ in range(2)]
    given = [as_person(field, "city", confirm, Command(case_id=case.id, step="show", key="give")) for _ in range(2)]

    assert [isinstance(answer, Done) for answer in (*asked, *given)] == [True] * 4
    assert (asked[0], given[0]) == (asked[1], given[1])
    assert [entry.kind for entry in history(field, case.id)] == ["open", "step", "step", "propose", "step"]
    with pytest.raises(KeyReused):
        as_person(field, "east", propose, Command(case_id=case.id, step="show", key="give"))


def test_a_request_sent_twice_at_once_is_answered_twice_alike(field: toy.Field, database_url: str) -> None:
    case = field.open()
    order = Command(case_id=case.id, step="plant", key="double")
    now = field.clock.now()

    clients = [Child(deeds.race, database_url, now, logins=["east"] * 5, order=order, deed="advance") for _ in range(2)]
    answers = set(let_go(*clients))

    assert answers == {("done", "east", str(Done(case.id, "plant", "planted", 2)))}
    assert len(history(field, case.id)) == 2


def test_one_key_for_two_cases_at_once_serves_one_of_them(field: toy.Field, database_url: str) -> None:
    first, second = field.open("g1"), field.open("g2")
    now = field.clock.now()
    orders = [Command(case_id=case.id, step="plant", key="shared") for case in (first, second)]

    clients = [Child(deeds.race, database_url, now, logins=["east"], order=order, deed="advance") for order in orders]
    answers = sorted(answer[0] for answer in let_go(*clients))

    assert answers == ["done", "reused"]
    assert sorted(len(history(field, case.id)) for case in (first, second)) == [1, 2]


def test_a_key_does_not_open_what_the_actor_may_not_see(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant", key="east's")

    with pytest.raises(KeyReused):
        take(field, "city", case.id, "plant", key="east's")
    assert codes(take(field, "city", case.id, "water", key="city's")) == ["ROLE_MISSING"]
