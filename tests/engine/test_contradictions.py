"""Hand edits: whatever rows say that the journal does not is found, named, and said in the reader's language."""

import json
from datetime import date

import pytest
import toy
from acceptance.following import as_person, ask_and_confirm, standing, take
from acceptance.tampering import behind_its_back, spoil, without_references
from sqlalchemy import text

from engine import audit, planner, reproject
from engine.access import SYSTEM
from engine.clock import FixedClock, at_morning
from engine.extensions import ask_extension, decide_extension, extend, pause, reply, resume, waive
from engine.leaving import correct
from engine.setup import apply_campaign
from engine.store import anchors, leases, periods
from engine.store.database import Database
from engine.sweep import sweep_all
from engine.words import say


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    """Three gardens: one met late after an extension, one sent back, one with a reply; a few days with their roots."""
    field = toy.prepare(database, clock)
    for name in ("g1", "g2", "g3"):
        field.open(name)
    extended = standing(field, 1)["planted"].id
    as_person(field, "city", extend, extended, to_on=date(2020, 6, 8), reason="样例：下雨")
    take(field, "east", 2, "plant")
    take(field, "city", 2, "return_planting", reason="样例：太密")
    field.at(at_morning(date(2020, 5, 22)))
    sweep_all(field.engine)
    as_person(field, "east", reply, standing(field, 3)["planted"].id, promised_on=date(2020, 5, 29), reason="样例")
    field.at(at_morning(date(2020, 6, 10), "10:00"))
    take(field, "east", 1, "plant")
    planner.plan(field.engine)
    return field


def found(field: toy.Field, locale: str = "en") -> list[str]:
    return [f"{one.code} {say(one.sentence, locale)}" for one in audit.verify(field.engine)]


def test_an_untouched_database_says_what_its_journal_says(field: toy.Field) -> None:
    assert found(field) == []


def test_everything_a_person_may_do_to_a_deadline_can_be_told_again(field: toy.Field) -> None:
    planting, watering = standing(field, 3)["planted"].id, standing(field, 3)["watered"].id
    change = as_person(field, "east", ask_extension, planting, to_on=date(2020, 6, 20), reason="样例：一")
    as_person(field, "city", decide_extension, change, granted=False, reason="样例：不必")
    change = as_person(field, "east", ask_extension, planting, to_on=date(2020, 6, 22), reason="样例：二")
    as_person(field, "city", decide_extension, change, granted=True, reason="样例：可以")
    as_person(field, "city", pause, watering, reason="样例：停")
    field.at(at_morning(date(2020, 6, 17), "10:00"))
    as_person(field, "city", resume, watering, reason="样例：走")
    as_person(field, "city", waive, planting, reason="样例：免")
    take(field, "east", 1, "water")
    ask_and_confirm(field, "east", "city", 1, "show")
    as_person(field, "city", correct, 1, reason="样例：更正")

    assert found(field) == []


PLANTING = "UPDATE deadlines SET {} WHERE case_id = 1 AND milestone = 'planted'"
EDITS = {
    "the verdict": (PLANTING.format("verdict = 'on_time'"), "verdict"),
    "the day it was met": (
        PLANTING.format("met_on = '2020-06-05'"),
        "the day it was met",
    ),
    "the due day": (
        PLANTING.format("due_on = '2020-06-30'"),
        "the due day",
    ),
    "the original day": (
        PLANTING.format("original_on = '2020-06-30'"),
        "the original day",
    ),
    "the promised day": ("UPDATE deadlines SET promised_on = NULL WHERE promised_on IS NOT NULL", "the promised day"),
    "a generation": (PLANTING.format("generation = 5"), "generation"),
    "the district": ("UPDATE cases SET district_id = district_id + 1 WHERE id = 1", "the district"),
    "the name": ("UPDATE cases SET subject_name = '样例' WHERE id = 1", "the subject's name"),
    "whether it is claimed": ("UPDATE cases SET claimed = true WHERE id = 1", "whether it is claimed"),
    "the round": ("UPDATE cases SET round = 0 WHERE id = 2", "the round"),
    "the day of the state": (
        "UPDATE cases SET entered_on = '2020-05-16' WHERE id = 2",
        "the day of entering the state",
    ),
    "a proposal": ("UPDATE cases SET proposed_step = 'show' WHERE id = 1", "the proposed step"),
    "a reason in the ledger": ("UPDATE deadline_changes SET reason = '样例：改写'", "ledger"),
    "a row of the ledger": ("DELETE FROM deadline_changes", "ledger"),
    "a case": ("DELETE FROM cases WHERE id = 3", "Case 3 has a journal"),
    "a deadline": ("DELETE FROM deadlines WHERE case_id = 1 AND milestone = 'planted'", "planted is missing"),
    "a deadline slipped in": (
        (
            "INSERT INTO deadlines (case_id, milestone, ordinal, campaign, flow, district_id, ladder, opened_at,"
            " speaks_from, generation, state)"
            " SELECT case_id, milestone, 7, campaign, flow, district_id, ladder, opened_at, speaks_from, 1, 'waived'"
            " FROM deadlines WHERE id = 1"
        ),
        "does not know it",
    ),
    "a role": ("UPDATE roles SET to_on = '2020-05-01' WHERE role = 'institute'", "institute"),
    "a role given": (
        (
            "INSERT INTO roles (person_id, role, organisation_id, from_on)"
            " SELECT person_id, 'municipal_coordinator', 1, from_on FROM roles WHERE role = 'institute'"
        ),
        "municipal coordinator",
    ),
    "a deputy": (
        (
            "INSERT INTO deputies (person_id, deputy_id, from_on, to_on, reason)"
            " VALUES (1, 2, '2020-05-01', '2020-12-31', '样例')"
        ),
        "east2 stands in for east",
    ),
    "an account": ("UPDATE people SET active = false WHERE login = 'west'", "The account west"),
    "a unit": ("UPDATE organisations SET path = '/' WHERE code = 'west'", "The unit west"),
    "the terms": ("UPDATE campaigns SET version = 2", "terms of the campaign gardens-2020"),
    "a holiday": (
        (
            "INSERT INTO calendar_days (day, works, source, person_id, recorded_at)"
            " VALUES ('2020-06-09', false, '样例', 0, 0)"
        ),
        "2020-06-09",
    ),
    "the last root": ("DELETE FROM anchors WHERE day = '2020-06-09'", "2020-06-09"),
    "a root between": ("DELETE FROM anchors WHERE day = '2020-05-20'", "2020-05-20"),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_was_edited_by_hand_is_found_and_named_in_both_languages(field: toy.Field, what: str) -> None:
    statement, named = EDITS[what]
    if what == "the last root":
        beat(field)

    spoil(field, statement)

    assert any(named in sentence for sentence in found(field)), found(field)
    assert found(field, "zh_CN") != found(field)
    assert [one for one in found(field, "zh_CN") if not any("\u4e00" <= sign <= "\u9fff" for sign in one)] == []


def beat(field: toy.Field) -> None:
    """The planner's heart has beaten today, so that yesterday's root must be there."""
    with field.engine.work() as work:
        leases.beat(work, "plan")


def test_terms_edited_under_their_version_are_found(field: toy.Field) -> None:
    with without_references(field) as work:
        body = work.connection.execute(text("SELECT body FROM campaigns")).scalar_one()
        edited = (body if isinstance(body, str) else json.dumps(body)).replace("2020-06-30", "2020-07-30")
        work.connection.execute(text("UPDATE campaigns SET body = :body"), {"body": edited})

    assert any("terms of the campaign" in sentence for sentence in found(field))


def test_a_trigger_that_is_gone_or_switched_off_is_found(field: toy.Field) -> None:
    with field.engine.database.engine.begin() as connection:
        if field.engine.database.path is None:
            connection.execute(text("ALTER TABLE journal DISABLE TRIGGER journal_keeps"))
        else:
            connection.execute(text("DROP TRIGGER journal_keeps_update"))

    assert [sentence for sentence in found(field) if "journal_keeps" in sentence]


def test_the_same_days_worked_out_by_terms_and_undone_steps_can_be_told_again(field: toy.Field) -> None:
    body = toy.terms_body(milestones={"planted": "2020-06-12", "watered": "2020-07-03"})
    with field.engine.work() as work:
        apply_campaign(field.engine, work, SYSTEM, key="gardens-2020", kind="gardens", body=body)
    reproject.run(field.engine)
    as_person(field, "city", correct, 2, reason="样例：更正")

    assert found(field) == []


def test_every_root_missing_is_found_by_the_digest_that_printed_one(field: toy.Field) -> None:
    with field.engine.work() as work:
        root = anchors.root_of(work, date(2020, 6, 7))
        named = {"schedule": "digest", "scope": "gardens-2020", "period": "2020-W23"}
        periods.claim(work, **named, status="done")
        periods.settle(work, **named, status="done", facts={"root": root})
    assert found(field) == []

    with behind_its_back(field) as work:
        work.connection.execute(text("DELETE FROM anchors"))

    assert any("2020-W23" in sentence for sentence in found(field))
