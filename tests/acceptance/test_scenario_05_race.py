"""Scenario 5: twenty clients in four processes take one step at once; one does, nineteen learn who it was."""

from datetime import timedelta

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, let_go
from acceptance.following import as_person, case_of, history, said, take

from engine.judging import Command
from engine.proposals import propose

pytestmark = pytest.mark.acceptance(5)


def race(field: toy.Field, url: str, order: Command, logins: list[str], deed: str = "advance") -> list[tuple[str, ...]]:
    """Four processes with five clients each, let go together; what the twenty were answered."""
    now = field.clock.now()
    return let_go(*(Child(deeds.race, url, now, logins=logins, order=order, deed=deed) for _ in range(4)))


def test_of_twenty_at_once_one_sends_back_and_nineteen_learn_who_it_was(field: toy.Field, database_url: str) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    seen = case_of(field, case.id)
    names = {"city": "市局经办", "city2": "市局经办二", "institute": "研究院"}
    order = Command(case_id=case.id, step="return_planting", version=seen.version, reason="样例：土质不合要求")

    answers = race(field, database_url, order, ["city", "city2", "institute", "city", "city2"])

    (winner,) = (one for one in answers if one[0] == "done")
    lost = [one for one in answers if one[0] == "changed"]
    assert lost == [("changed", names[winner[1]], "named")] * 19
    assert [entry.kind for entry in history(field, case.id)] == ["open", "step", "send_back"]
    assert [notice.letter for notice in said(field, case.id)] == ["sent_back"]
    assert case_of(field, case.id).version == seen.version + 1


def test_of_twenty_who_confirm_at_once_one_does(field: toy.Field, database_url: str) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    field.clock.advance(timedelta(days=1))
    as_person(field, "east", propose, Command(case_id=case.id, step="show"))
    order = Command(case_id=case.id, step="show", version=case_of(field, case.id).version)

    answers = race(field, database_url, order, ["city", "city2", "city", "city2", "city"], "confirm")

    assert sorted(one[0] for one in answers) == ["changed"] * 19 + ["done"]
    assert [entry.kind for entry in history(field, case.id)] == ["open", "step", "step", "propose", "step"]
