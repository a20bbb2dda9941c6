"""Scenario 13: another district's case does not exist, by any entry; two people are two, also when one deputises."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, let_go
from acceptance.following import as_person, case_of, codes, history, standing, take
from acceptance.grounds import SPOILT, Grounds

from engine import extensions, leaving, proposals
from engine.cases import Done, advance, record
from engine.errors import EngineError, Hidden
from engine.judging import Command, explain
from engine.store import journal, people

pytestmark = pytest.mark.acceptance(13)

DAY = date(2020, 7, 1)
ENTRIES: dict[str, Callable[[toy.Field, str, int, int], Any]] = {
    "advance": lambda f, who, case, _: as_person(f, who, advance, Command(case_id=case, step="plant")),
    "advance, with the version": lambda f, who, case, _: as_person(
        f, who, advance, Command(case_id=case, step="plant", version=7)
    ),
    "withdraw": lambda f, who, case, _: as_person(
        f, who, advance, Command(case_id=case, step="withdraw", reason="样例")
    ),
    "an unknown step": lambda f, who, case, _: as_person(f, who, advance, Command(case_id=case, step="nonsense")),
    "explain": lambda f, who, case, _: as_person(f, who, explain, case),
    "propose": lambda f, who, case, _: as_person(f, who, proposals.propose, Command(case_id=case, step="show")),
    "confirm": lambda f, who, case, _: as_person(f, who, proposals.confirm, Command(case_id=case, step="show")),
    "return": lambda f, who, case, _: as_person(
        f, who, proposals.return_proposal, Command(case_id=case, step="show", reason="样例")
    ),
    "record": lambda f, who, case, _: as_person(
        f, who, record, case, what="note", data={}, roles=["district_coordinator"]
    ),
    "correct": lambda f, who, case, _: as_person(f, who, leaving.correct, case, reason="样例"),
    "reinstate": lambda f, who, case, _: as_person(f, who, leaving.reinstate, case, reason="样例"),
    "decide a claim": lambda f, who, case, _: as_person(f, who, leaving.decide_claim, case, reason="样例"),
    "replace": lambda f, who, case, _: as_person(
        f, who, leaving.replace, leaving_id=case, joining_id=case, reason="样例"
    ),
    "extend": lambda f, who, _, day: as_person(f, who, extensions.extend, day, to_on=DAY, reason="样例"),
    "ask for an extension": lambda f, who, _, day: as_person(
        f, who, extensions.ask_extension, day, to_on=DAY, reason="样例"
    ),
    "pause": lambda f, who, _, day: as_person(f, who, extensions.pause, day, reason="样例"),
    "resume": lambda f, who, _, day: as_person(f, who, extensions.resume, day, reason="样例"),
    "waive": lambda f, who, _, day: as_person(f, who, extensions.waive, day, reason="样例"),
    "reply": lambda f, who, _, day: as_person(f, who, extensions.reply, day, promised_on=DAY, reason="样例"),
}
NOWHERE = 9_999


def refused_attempts(field: toy.Field) -> list[tuple[int, str]]:
    with field.engine.look() as work:
        return [
            (entry.person_id, entry.data["refused"])
            for entry in journal.of_case(work, journal.HOUSE)
            if "refused" in entry.data
        ]


@pytest.mark.parametrize("entry", ENTRIES)
def test_another_districts_case_is_as_if_it_were_not_there_and_the_attempt_is_on_record(
    field: toy.Field, entry: str
) -> None:
    case = field.open(district="west")
    deadline = standing(field, case.id)["planted"].id
    before = history(field, case.id)

    with pytest.raises(EngineError) as foreign:
        ENTRIES[entry](field, "east", case.id, deadline)
    attempts = refused_attempts(field)
    with pytest.raises(EngineError) as missing:
        ENTRIES[entry](field, "east", NOWHERE, NOWHERE)

    assert isinstance(foreign.value, Hidden)
    # what is hidden and what is not there cannot be told apart: the same words about the number that was asked for
    assert type(foreign.value) is type(missing.value)
    assert foreign.value.sentence.pattern == missing.value.sentence.pattern
    assert foreign.value.sentence.values["number"] in {str(case.id), str(deadline)}
    assert missing.value.sentence.values["number"] == str(NOWHERE)
    assert attempts == [(field.actor("east").person_id, f"case {case.id}")]
    assert case_of(field, case.id) == case
    assert history(field, case.id) == before


def test_of_many_attempts_at_once_each_is_on_record_and_told_the_same(field: toy.Field, database_url: str) -> None:
    case = field.open(district="west")
    order = Command(case_id=case.id, step="plant")
    logins = ["east", "east2"] * 2

    answers = let_go(
        *(
            Child(deeds.race, database_url, field.clock.now(), logins=logins, order=order, deed="advance")
            for _ in range(3)
        )
    )

    assert sorted(answers) == [("hidden", "east")] * 6 + [("hidden", "east2")] * 6
    assert sorted(refused_attempts(field)) == sorted(
        (field.actor(login).person_id, f"case {case.id}") for _, login in answers
    )


def test_deciding_anothers_request_for_an_extension_is_like_deciding_none(field: toy.Field) -> None:
    case = field.open(district="west")
    deadline = standing(field, case.id)["planted"].id
    change = as_person(field, "west", extensions.ask_extension, deadline, to_on=DAY, reason="样例")

    refusals = []
    for asked in (change, NOWHERE):
        with pytest.raises(Hidden) as refusal:
            as_person(field, "east", extensions.decide_extension, asked, granted=True, reason="样例")
        assert refusal.value.sentence.values["number"] == str(asked)
        refusals.append(refusal.value.sentence.pattern)
    as_person(field, "city", extensions.decide_extension, change, granted=False, reason="样例")
    with pytest.raises(Hidden) as refusal:
        as_person(field, "east", extensions.decide_extension, change, granted=True, reason="样例")

    assert [*refusals, refusal.value.sentence.pattern] == [refusals[0]] * 3


def waiting(field: toy.Field) -> int:
    case = field.open()
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    as_person(field, "east", proposals.propose, Command(case_id=case.id, step="show"))
    return case.id


def stand_in(field: toy.Field, deputy: str, person: str) -> None:
    with field.engine.work() as work:
        people.appoint_deputy(
            work,
            person_id=people.by_login(work, person).id,
            deputy_id=people.by_login(work, deputy).id,
            from_on=date(2020, 5, 1),
            to_on=date(2020, 5, 31),
            reason="样例：出差",
        )
        days = {"from": "2020-05-01", "to": "2020-05-31"}
        toy.tell(field.engine, work, person=person, what="deputy", deputy=deputy, **days)


def confirm(field: toy.Field, login: str, case_id: int) -> Any:
    return as_person(field, login, proposals.confirm, Command(case_id=case_id, step="show"))


def test_who_proposed_does_not_confirm(field: toy.Field) -> None:
    case_id = waiting(field)

    assert codes(confirm(field, "east", case_id)) == ["ROLE_MISSING", "SAME_PERSON"]
    assert codes(confirm(field, "east2", case_id)) == ["ROLE_MISSING", "SAME_OFFICE"]
    assert isinstance(confirm(field, "city", case_id), Done)


def test_who_lent_a_role_confirms_what_the_deputy_proposed_in_their_own(field: toy.Field) -> None:
    stand_in(field, "east", "city")
    case_id = waiting(field)

    assert isinstance(confirm(field, "city", case_id), Done)


def test_what_was_proposed_for_somebody_they_do_not_confirm_themselves(field: toy.Field) -> None:
    """The institute's person proposes for the district's, who holds a role of the bureau as well."""
    case = field.open()
    stand_in(field, "institute", "east")
    take(field, "east", case.id, "plant")
    take(field, "east", case.id, "water")
    as_person(field, "institute", proposals.propose, Command(case_id=case.id, step="show"))
    stand_in(field, "east", "city")

    assert codes(confirm(field, "east", case.id)) == ["SAME_PERSON"]
    assert isinstance(confirm(field, "city", case.id), Done)


def test_who_proposed_does_not_confirm_in_somebody_elses_place_either(field: toy.Field) -> None:
    case_id = waiting(field)
    stand_in(field, "east", "city")

    assert codes(confirm(field, "east", case_id)) == ["SAME_PERSON"]


def test_a_colleague_of_the_proposer_does_not_confirm_in_somebody_elses_place(field: toy.Field) -> None:
    case_id = waiting(field)
    stand_in(field, "east2", "city")

    assert codes(confirm(field, "east2", case_id)) == ["SAME_OFFICE"]


def test_who_stands_in_for_the_proposer_does_not_confirm(field: toy.Field) -> None:
    case_id = waiting(field)
    stand_in(field, "city", "east")

    assert codes(confirm(field, "city", case_id)) == ["SAME_PERSON"]
    assert isinstance(confirm(field, "city2", case_id), Done)


def test_two_who_stand_in_for_a_third_are_two_all_the_same(field: toy.Field) -> None:
    stand_in(field, "east", "institute")
    stand_in(field, "city", "institute")
    case_id = waiting(field)

    assert isinstance(confirm(field, "city", case_id), Done)


def test_a_deputy_acts_in_the_role_that_was_lent_and_the_journal_says_for_whom(field: toy.Field) -> None:
    stand_in(field, "west", "east")
    case = field.open()

    take(field, "west", case.id, "plant")

    entry = history(field, case.id)[-1]
    assert (entry.person_id, entry.role) == (field.actor("west").person_id, "district_coordinator")
    assert entry.on_behalf_of == field.actor("east").person_id


def test_a_deputy_sees_nothing_any_more_when_the_time_is_over(field: toy.Field) -> None:
    stand_in(field, "west", "east")
    case = field.open()
    field.at(field.clock.now().replace(month=6, day=1))

    with pytest.raises(Hidden):
        take(field, "west", case.id, "plant")


def test_reaching_for_another_districts_cases_in_bulk_is_on_record(grounds: Grounds) -> None:
    results = grounds.run()

    hidden = [one.case_id for one in results if one.reasons and one.reasons[0].code == "NOT_FOUND"]
    assert hidden == grounds.spoilt[SPOILT[2]]
    with grounds.field.engine.look() as work:
        told = [entry.data for entry in journal.of_case(work, journal.HOUSE) if "refused" in entry.data]
    named = {name for entry in told for name in entry["refused"].split(", ")}
    assert named == {f"case {case_id}" for case_id in hidden}
