"""The audit: whatever is changed behind the engine's back, or breaks a promise, is found and named."""

from dataclasses import replace
from datetime import date

import pytest
import toy
from acceptance.tampering import spoil
from sqlalchemy import text

from engine import audit
from engine.access import Capacity
from engine.acting import entry_of
from engine.cases import advance
from engine.clock import FixedClock, at_morning
from engine.judging import Command
from engine.moves import Move, write
from engine.store import cases, deadlines, definitions, periods
from engine.store.database import Database
from engine.sweep import sweep_all


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    """Two gardens, one of them planted, and a morning on which something was said."""
    field = toy.prepare(database, clock)
    field.open("g1")
    field.open("g2")
    plant(field, 1)
    field.at(at_morning(date(2020, 5, 22)))
    sweep_all(field.engine)
    return field


def plant(field: toy.Field, case_id: int) -> None:
    east = field.actor("east")
    with field.engine.work(east) as work:
        advance(field.engine, work, east, Command(case_id=case_id, step="plant"))


def found(field: toy.Field) -> list[tuple[str, str]]:
    return [(one.code, str(one.sentence)) for one in audit.verify(field.engine)]


def codes(field: toy.Field) -> set[str]:
    return {code for code, _ in found(field)}


def test_an_untouched_database_keeps_every_promise(field: toy.Field) -> None:
    names: list[str] = []

    assert audit.verify(field.engine, progress=names.append) == []
    assert names == list(audit.CHECKS)


OF_TWO = "(SELECT id FROM deadlines WHERE case_id = 2 AND milestone = 'planted')"
DEADLINE = "UPDATE deadlines SET state = '{}' WHERE case_id = {} AND milestone = '{}'"
SPOILS = {
    "a deadline that was reached is open": ("I3", DEADLINE.format("open", 1, "planted")),
    "a deadline that was not reached is cancelled": ("I3", DEADLINE.format("cancelled", 2, "shown")),
    "a deadline is missing": ("I3", "DELETE FROM deadlines WHERE case_id = 2 AND milestone = 'shown'"),
    "a state without an entry": ("I1", "UPDATE cases SET state = 'watered' WHERE id = 1"),
    "a tally too high": ("I10", "UPDATE tally SET n = n + 1 WHERE state = 'named'"),
    "a tally nobody counted": (
        "I10",
        "INSERT INTO tally (campaign, flow, district_id, state, n) VALUES ('gardens-2020', 'garden', 2, 'shown', 3)",
    ),
    "a look never taken": ("I5", f"DELETE FROM due WHERE deadline_id = {OF_TWO}"),  # noqa: S608
    "a look put off": ("I5", f"UPDATE due SET next_at = next_at + 86400000000 WHERE deadline_id = {OF_TWO}"),  # noqa: S608
    "a closed deadline still waits": (
        "I5",
        "INSERT INTO due SELECT 1, id FROM deadlines WHERE case_id = 1 AND milestone = 'planted'",
    ),
    "a rung without its notice": ("I4", "UPDATE rung_fires SET notice_id = NULL WHERE outcome = 'fired'"),
    "a rung of a generation to come": ("I4", "UPDATE rung_fires SET generation = 2"),
    "a notice in no mail": ("I6", "UPDATE notices SET state = 'composed'"),
}
STRANGERS = {
    "a case of another flow's definition": "UPDATE definitions SET flow = 'meadow'",
    "a case of no definition": "UPDATE cases SET definition_id = 99 WHERE id = 2",
    "a case in a state there is not": "UPDATE cases SET state = 'flying' WHERE id = 2",
}


@pytest.mark.parametrize("what", SPOILS)
def test_what_contradicts_a_promise_is_found(field: toy.Field, what: str) -> None:
    code, statement = SPOILS[what]

    spoil(field, statement)

    assert code in codes(field)


@pytest.mark.parametrize("what", STRANGERS)
def test_a_case_that_follows_no_stored_definition_is_found(field: toy.Field, what: str) -> None:
    spoil(field, STRANGERS[what])

    assert "I9" in codes(field)


def test_a_deadline_of_a_milestone_or_a_ladder_there_is_not_is_no_reason_to_stop(field: toy.Field) -> None:
    spoil(field, "UPDATE deadlines SET milestone = 'flown' WHERE case_id = 2 AND milestone = 'shown'")
    assert codes(field) == {"I3"}

    spoil(field, "UPDATE deadlines SET ladder = 'endless' WHERE case_id = 2")
    field.at(at_morning(date(2020, 5, 29)))
    assert sweep_all(field.engine) == 1
    assert codes(field) == {"I3"}


def test_a_mail_marked_sent_that_nobodys_server_took_is_found(field: toy.Field) -> None:
    columns = {
        "dedup_key": "'k'", "letter": "'reminder'", "locale": "'zh_CN'", "priority": "1", "state": "'sent'",
        "not_before": "0", "message_id": "'m'", "thread_key": "'t'", "subject": "'s'", "mail_from": "'f'", "size": "1",
        "sha256": "'0'", "template_version": "'0'", "attempts": "1", "lease_token": "1", "resend_no": "0",
        "created_at": "0",
    }  # fmt: skip
    spoil(field, f"INSERT INTO mails ({', '.join(columns)}) VALUES ({', '.join(columns.values())})")  # noqa: S608

    assert codes(field) == {"I6"}


def test_one_effect_under_two_request_keys_is_found(field: toy.Field) -> None:
    keys = "INSERT INTO request_keys (key, request, answer, created_at) VALUES ('{}', 'r', '[1]', 0)"
    spoil(field, keys.format("one"), keys.format("two"))

    assert codes(field) == {"I2"}


def test_a_week_without_a_digest_is_found_and_other_periods_are_left_alone(field: toy.Field) -> None:
    with field.engine.work() as work:
        for period in ("2020-W52", "2020-W53", "2021-W02"):
            periods.claim(work, schedule="digest", scope="city", period=period, status="done")
        periods.claim(work, schedule="report", scope="city", period="2020H1", status="done")

    assert [(code, "2021-W01" in sentence) for code, sentence in found(field)] == [("I7", True)]


def test_a_step_confirmed_by_who_proposed_it_is_found_also_through_a_deputy(field: toy.Field) -> None:
    city, east = field.actor("city"), field.actor("east")
    for case_id, behalf in ((1, None), (2, east.person_id)):
        with field.engine.work() as work:
            case = cases.get(work, case_id)
            flow = definitions.flow_of(work, case.definition_id)
            proposed_by = behalf or city.person_id
            entry = entry_of(
                case,
                city,
                Capacity("municipal_coordinator", behalf),
                kind="step",
                on=date(2020, 5, 22),
                data={"proposed_by": proposed_by},
            )
            write(field.engine, work, [Move(case, flow, replace(entry, step="show"))])

    assert [code for code, _ in found(field)] == ["I11", "I11"]


def test_a_look_sees_one_moment_whatever_is_written_meanwhile(field: toy.Field) -> None:
    with field.engine.look() as work:
        before = len(cases.of_campaign(work, "gardens-2020"))
        field.open("g3")
        assert len(cases.of_campaign(work, "gardens-2020")) == before
        assert list(audit.CHECKS["tally"](field.engine, work)) == []


def test_an_audit_holds_nobody_up(field: toy.Field) -> None:
    with field.engine.look() as work:
        for check in audit.CHECKS.values():
            assert list(check(field.engine, work)) == []
        with field.engine.work() as other:
            if not other.on_sqlite:
                other.connection.execute(text("SET LOCAL lock_timeout = '1s'"))
            east = field.actor("east")
            advance(field.engine, other, east, Command(case_id=2, step="plant"))

    assert audit.verify(field.engine) == []


def test_nothing_waits_for_a_look_that_no_ladder_asks_for(field: toy.Field) -> None:
    with field.engine.look() as work:
        waiting = deadlines.all_due(work)
        shown = [one.id for one in deadlines.open_of(work, "gardens-2020", milestone="shown")]

    assert shown
    assert not waiting.keys() & set(shown)
