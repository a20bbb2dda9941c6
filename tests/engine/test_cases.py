"""Cases taking steps: the conformance suite of the store and the use cases on it, on every database."""

from datetime import date

import pytest
import toy

from engine import audit
from engine.cases import Done, advance
from engine.clock import FixedClock
from engine.decide import Denied
from engine.errors import CaseChanged, Hidden, KeyReused
from engine.judging import Command, explain
from engine.leaving import correct, reinstate
from engine.proposals import confirm, propose, return_proposal
from engine.store import cases, deadlines, journal
from engine.store.database import Database


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def take(field: toy.Field, login: str, case_id: int, step: str, **more: object) -> Done | Denied:
    actor = field.actor(login)
    with field.engine.work(actor) as work:
        return advance(field.engine, work, actor, Command(case_id=case_id, step=step, **more))


def codes(answer: Done | Denied) -> list[str]:
    assert isinstance(answer, Denied)
    return [reason.code for reason in answer.reasons]


def test_a_case_opens_with_all_its_milestones_and_one_entry(field: toy.Field) -> None:
    case = field.open()

    with field.engine.look() as work:
        standing = deadlines.of_cases(work, [case.id])[case.id]
        history = journal.of_case(work, case.id)
    assert [(one.milestone, one.due_on, one.state) for one in standing] == [
        ("planted", date(2020, 6, 5), "open"),
        ("watered", date(2020, 6, 30), "open"),
        ("shown", None, "open"),
    ]
    assert [(entry.seq, entry.kind, entry.target) for entry in history] == [(1, "open", "named")]
    assert audit.verify(field.engine) == []


def test_a_step_moves_the_case_meets_its_milestone_and_leaves_the_chain_whole(field: toy.Field) -> None:
    case = field.open()

    answer = take(field, "east", case.id, "plant")

    assert isinstance(answer, Done)
    assert (answer.state, answer.version) == ("planted", case.version + 1)
    with field.engine.look() as work:
        met = deadlines.of_cases(work, [case.id])[case.id][0]
    assert (met.state, met.verdict, met.met_on) == ("met", "on_time", date(2020, 5, 15))
    assert audit.verify(field.engine) == []


def test_every_reason_why_not_is_told_at_once_and_nothing_changes(field: toy.Field) -> None:
    case = field.open()
    field.kind.facts_by_subject["g1"] = toy.Garden(lacking={"photo": ("",)}, frost=True)

    answer = take(field, "city", case.id, "plant", on=date(2020, 6, 1))

    assert codes(answer) == ["ROLE_MISSING", "DATE_IN_FUTURE", "EVIDENCE_MISSING"]
    with field.engine.look() as work:
        assert cases.get(work, case.id) == case


def test_the_second_of_two_hands_learns_who_was_first(field: toy.Field) -> None:
    case = field.open()
    take(field, "east2", case.id, "plant", version=case.version)

    with pytest.raises(CaseChanged) as refusal:
        take(field, "east", case.id, "plant", version=case.version)

    assert (refusal.value.changed_by, refusal.value.state) == ("东区经办二", "planted")


def test_the_same_request_twice_has_one_effect_and_one_answer(field: toy.Field) -> None:
    case = field.open()

    first = take(field, "east", case.id, "plant", key="k1")
    again = take(field, "east", case.id, "plant", key="k1")

    assert first == again
    with field.engine.look() as work:
        assert len(journal.of_case(work, case.id)) == 2
    with pytest.raises(KeyReused):
        take(field, "east", case.id, "water", key="k1")


def test_another_districts_case_does_not_exist_and_the_attempt_is_on_record(field: toy.Field) -> None:
    case = field.open()

    with pytest.raises(Hidden):
        take(field, "west", case.id, "plant")

    with field.engine.look() as work:
        last = journal.last_of(work, journal.HOUSE)
    assert last is not None
    assert last.data == {"refused": f"case {case.id}", "code": "NOT_FOUND"}


def test_a_proposal_is_confirmed_by_the_level_above_and_counts_from_its_day(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    east, city = field.actor("east"), field.actor("city")

    assert codes(take(field, "east", case.id, "show")) == ["NEEDS_CONFIRMATION"]
    with field.engine.work(east) as work:
        propose(field.engine, work, east, Command(case_id=case.id, step="show"))
    with field.engine.work(east) as work:
        refused = confirm(field.engine, work, east, Command(case_id=case.id, step="show"))
    field.clock.set(field.clock.now().replace(day=20))
    with field.engine.work(city) as work:
        done = confirm(field.engine, work, city, Command(case_id=case.id, step="show"))

    assert codes(refused) == ["ROLE_MISSING", "SAME_PERSON"]
    assert isinstance(done, Done)
    with field.engine.look() as work:
        shown = cases.get(work, case.id)
    assert (shown.state, shown.entered_on, shown.proposed_step) == ("shown", date(2020, 5, 15), None)
    assert audit.verify(field.engine) == []


def test_a_returned_proposal_leaves_the_case_where_it_was_and_tells_the_district(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    east, city = field.actor("east"), field.actor("city")
    with field.engine.work(east) as work:
        propose(field.engine, work, east, Command(case_id=case.id, step="show"))

    with field.engine.work(city) as work:
        return_proposal(field.engine, work, city, Command(case_id=case.id, step="show", reason="照片不清楚"))

    with field.engine.look() as work:
        assert cases.get(work, case.id).proposed_step is None
    assert audit.verify(field.engine) == []


def test_the_fourth_return_asks_for_the_coordinator(field: toy.Field) -> None:
    case = field.open()
    for _ in range(3):
        take(field, "east", case.id, "plant")
        assert isinstance(take(field, "institute", case.id, "return_planting", reason="土质不合要求"), Done)
    take(field, "east", case.id, "plant")

    assert codes(take(field, "institute", case.id, "return_planting", reason="仍不合要求")) == ["ROUND_LIMIT"]
    assert isinstance(take(field, "city", case.id, "return_planting", reason="仍不合要求"), Done)
    with field.engine.look() as work:
        rework = [one for one in deadlines.of_cases(work, [case.id])[case.id] if one.ordinal]
        assert cases.get(work, case.id).round == 4
    assert [one.state for one in rework] == ["met", "met", "met", "open"]
    assert audit.verify(field.engine) == []


def test_a_withdrawn_case_can_be_reinstated_with_the_days_it_had(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "withdraw", reason="停产")
    city = field.actor("city")

    with field.engine.work(city) as work:
        back = reinstate(field.engine, work, city, case.id, reason="恢复生产")
        standing = deadlines.of_cases(work, [case.id])[case.id]

    assert back.state == "named"
    assert [one.state for one in standing] == ["open", "open", "open"]
    assert audit.verify(field.engine) == []


def test_a_mistaken_step_is_undone_by_a_further_entry(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    city = field.actor("city")

    with field.engine.work(city) as work:
        restored = correct(field.engine, work, city, case.id, reason="误操作")
        standing = deadlines.of_cases(work, [case.id])[case.id]
        history = journal.of_case(work, case.id)

    assert restored.state == "named"
    assert (standing[0].state, standing[0].due_on, standing[0].met_on) == ("open", date(2020, 6, 5), None)
    assert [entry.kind for entry in history] == ["open", "step", "correct"]
    assert audit.verify(field.engine) == []


def test_what_a_case_may_do_is_explained_with_every_reason(field: toy.Field) -> None:
    case = field.open()
    field.kind.facts_by_subject["g1"] = toy.Garden(lacking={"photo": ("",)})
    east = field.actor("east")

    with field.engine.work(east) as work:
        options = explain(field.engine, work, east, case.id)

    told = {option.step.name: [reason.code for reason in option.reasons] for option in options}
    assert told == {"plant": ["EVIDENCE_MISSING"], "withdraw": []}
