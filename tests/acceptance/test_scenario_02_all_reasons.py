"""Scenario 2: whoever may not take a step learns every reason at once, asked or tried, and nothing has changed."""

from datetime import date

import pytest
import toy
from acceptance.following import as_person, case_of, codes, history, take

from engine.decide import Denied
from engine.flowload import parse_flow
from engine.judging import explain
from engine.setup import register_flows
from engine.words import say

pytestmark = pytest.mark.acceptance(2)


@pytest.fixture
def careful(field: toy.Field) -> toy.Field:
    """Gardens whose planting asks for a photo and for a thaw."""
    text = toy.GARDEN.replace("version: 1", "version: 2").replace(
        "slots: [photo]}", "slots: [photo], guards: [no_frost]}"
    )
    with field.engine.work() as work:
        register_flows(work, (parse_flow(text),))
    field.kind.facts_by_subject["g1"] = toy.Garden(lacking={"photo": ("",)}, frost=True)
    return field


def test_explaining_and_trying_give_the_same_three_reasons(careful: toy.Field) -> None:
    case = careful.open()

    options = as_person(careful, "city", explain, case.id)
    answer = take(careful, "city", case.id, "plant")

    told = next(option.reasons for option in options if option.step.name == "plant")
    assert isinstance(answer, Denied)
    assert answer.reasons == told
    assert codes(answer) == ["ROLE_MISSING", "EVIDENCE_MISSING", "FROST"]


def test_each_reason_is_said_in_the_language_of_its_reader(careful: toy.Field) -> None:
    case = careful.open()

    answer = take(careful, "city", case.id, "plant")

    assert isinstance(answer, Denied)
    role, evidence, _ = answer.reasons
    assert ("区县（市）局经办" in say(role.sentence, "zh_CN"), "district coordinator" in say(role.sentence, "en")) == (
        True,
    ) * 2
    assert ("照片" in say(evidence.sentence, "zh_CN"), "Photo" in say(evidence.sentence, "en")) == (True, True)


def test_a_refused_step_changes_nothing(careful: toy.Field) -> None:
    case = careful.open()
    before = history(careful, case.id)

    assert codes(take(careful, "city", case.id, "plant", on=date(2020, 6, 1), key="k")) == [
        "ROLE_MISSING",
        "DATE_IN_FUTURE",
        "EVIDENCE_MISSING",
        "FROST",
    ]

    assert case_of(careful, case.id) == case
    assert history(careful, case.id) == before


def test_a_refusal_is_no_answer_to_keep_so_the_key_serves_again_once_the_reasons_are_gone(careful: toy.Field) -> None:
    case = careful.open()

    refused = take(careful, "east", case.id, "plant", key="k")
    careful.kind.facts_by_subject["g1"] = toy.Garden()
    taken = take(careful, "east", case.id, "plant", key="k")

    assert isinstance(refused, Denied)
    assert not isinstance(taken, Denied)
