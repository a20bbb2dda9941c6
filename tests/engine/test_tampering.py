"""The journal: whoever edits, cuts or rewrites it behind the engine's back is found out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import toy
from acceptance.tampering import behind_its_back, spoil, without_references
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engine import audit, planner
from engine.cases import advance
from engine.chain import Link, link_hash
from engine.clock import FixedClock, at_morning, local_day
from engine.judging import Command
from engine.store import anchors, journal
from engine.store.database import Database
from engine.store.schema.triggers import APPEND_ONLY
from engine.sweep import sweep_all
from engine.words import say


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


@pytest.mark.parametrize(
    "change",
    ["reason = 'x'", "person_id = person_id + 1", "effective_on = '2020-05-14'", "target = 'named'", "data = '{}'"],
)
def test_an_edited_row_of_the_journal_is_found_and_named(field: toy.Field, change: str) -> None:
    spoil(field, f"UPDATE journal SET {change} WHERE case_id = 1 AND seq = 2")  # noqa: S608

    code, sentence = found(field)[0]
    assert (code, "1" in sentence, "2" in sentence) == ("I8", True, True)


def test_a_row_cut_out_of_the_middle_and_one_slipped_in_are_found(field: toy.Field) -> None:
    plant(field, 2)
    spoil(field, "DELETE FROM journal WHERE case_id = 2 AND seq = 1")
    assert codes(field) == {"I8"}

    spoil(
        field,
        "INSERT INTO journal (case_id, seq, kind, person_id, role, data, recorded_at, effective_on, prev_hash, hash)"
        " SELECT case_id, 3, 'step', person_id, role, data, recorded_at, effective_on, hash, 'f' FROM journal"
        " WHERE case_id = 1 AND seq = 2",
    )
    assert {"1", "2"} == {sentence.split("case ")[1][0] for _, sentence in found_in_english(field)}


def found_in_english(field: toy.Field) -> list[tuple[str, str]]:
    return [(one.code, say(one.sentence, "en")) for one in audit.verify(field.engine) if one.code == "I8"]


def test_a_tail_that_was_cut_off_is_found(field: toy.Field) -> None:
    spoil(field, "DELETE FROM journal WHERE case_id = 1 AND seq = 2")

    assert "I8" in codes(field)


def test_a_tail_cut_off_with_the_case_put_back_is_found_by_the_root_of_the_day(field: toy.Field) -> None:
    next_day(field)
    with field.engine.look() as work:
        opened, cut = journal.of_case(work, 1)
    assert cut.recorded_at is not None
    day = local_day(cut.recorded_at)
    spoil(
        field,
        "DELETE FROM journal WHERE case_id = 1 AND seq = 2",
        f"UPDATE cases SET state = 'named', journal_seq = 1, journal_hash = '{opened.hash}' WHERE id = 1",  # noqa: S608
        "UPDATE deadlines SET state = 'open', met_on = NULL, verdict = NULL WHERE case_id = 1",
        "UPDATE tally SET n = 2 WHERE state = 'named'",
        "UPDATE tally SET n = 0 WHERE state = 'planted'",
    )

    with field.engine.look() as work:
        assert list(audit.CHECKS["chains"](field.engine, work)) == []
    assert [day.isoformat() in sentence for _, sentence in found_in_english(field)] == [True]


def test_a_chain_worked_out_anew_is_found_by_the_root_of_the_day(field: toy.Field) -> None:
    next_day(field)

    recompute(field, 1, lambda entry: replace(entry, reason="样例：改写"))

    with field.engine.look() as work:
        assert list(audit.CHECKS["chains"](field.engine, work)) == []
        assert list(audit.CHECKS["heads"](field.engine, work)) == []
    assert [code for code, _ in found(field)] == ["I8"]


def test_the_root_that_was_printed_tells_when_the_roots_were_worked_out_anew_too(field: toy.Field) -> None:
    day = next_day(field)
    with field.engine.look() as work:
        printed = anchors.root_of(work, day)

    recompute(field, 1, lambda entry: replace(entry, reason="样例：改写"))
    spoil(field, "DELETE FROM anchors")
    next_day(field, again=True)

    assert audit.verify(field.engine) == []
    with field.engine.look() as work:
        assert anchors.root_of(work, day) != printed


def next_day(field: toy.Field, *, again: bool = False) -> date:
    """Let the day end and its root be fixed."""
    if not again:
        field.clock.advance(timedelta(days=1))
    planner.plan(field.engine)
    return local_day(field.clock.now()) - timedelta(days=1)


def recompute(field: toy.Field, case_id: int, change: Callable[[Any], Any]) -> None:
    """Rewrite a case's rows with hashes that follow from each other again, and its head."""
    with field.engine.look() as work:
        rows = journal.of_case(work, case_id)
    with behind_its_back(field) as work:
        previous = rows[0].prev_hash
        for row in rows:
            changed = change(row)
            own = link_hash(Link(case_id, row.seq, previous), changed, row.recorded_at)
            values = {"reason": changed.reason, "prev": previous, "own": own, "id": row.id}
            work.connection.execute(
                text("UPDATE journal SET reason = :reason, prev_hash = :prev, hash = :own WHERE id = :id"), values
            )
            previous = own
        head = {"own": previous, "id": case_id}
        work.connection.execute(text("UPDATE cases SET journal_hash = :own WHERE id = :id"), head)


def test_a_step_written_behind_midnight_but_begun_before_it_does_not_break_the_roots(field: toy.Field) -> None:
    midnight = at_morning(date(2020, 5, 23), "00:00")
    field.at(midnight + timedelta(seconds=1))
    plant(field, 2)
    # this one took its time from the clock before midnight, and waited for the other to finish
    field.at(midnight - timedelta(seconds=1))
    field.open("g3")

    for days in (0, 1, 2):
        field.at(midnight + timedelta(days=days, minutes=5))
        planner.plan(field.engine)
        assert audit.verify(field.engine) == []


def test_every_day_has_one_root_also_those_on_which_nobody_worked(field: toy.Field) -> None:
    field.at(datetime(2020, 5, 30, 1, 0, tzinfo=UTC))
    planner.plan(field.engine)
    field.at(datetime(2020, 6, 3, 1, 0, tzinfo=UTC))
    planner.plan(field.engine)
    planner.plan(field.engine)

    with field.engine.look() as work:
        roots = [anchors.root_of(work, date(2020, 5, 29) + timedelta(days=number)) for number in range(5)]
    assert None not in roots
    assert len(set(roots)) == 5


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE FROM", "TRUNCATE"])
def test_the_database_itself_refuses_to_change_or_delete_what_is_only_ever_added(
    field: toy.Field, table: str, verb: str
) -> None:
    next_day(field)
    with without_references(field) as work:
        for row in ROWS:
            work.connection.execute(text(row))
    if verb == "TRUNCATE" and field.engine.database.path is not None:
        verb = "DELETE FROM"  # the only way to empty a table of a file
    key = "day" if table == "anchors" else "id"
    statement = f"{verb} {table}" + (f" SET {key} = {key}" if verb == "UPDATE" else "")
    before = rows_of(field, table)

    with pytest.raises(DatabaseError, match=r"append-only|cannot truncate"), field.engine.work() as work:
        work.connection.execute(text(statement))

    assert rows_of(field, table) == before > 0


ROWS = (
    "INSERT INTO attempts (mail_id, token, worker, started_at, ended_at, stage, action) VALUES (1,1,'w',0,0,'x','')",
    "INSERT INTO sign_ins (at, outcome, method, address, agent) VALUES (0, 'wrong', 'password', '', '')",
    "INSERT INTO disclosures (at, person_id, kind, about, rows, address) VALUES (0, 1, 'export', 'register', 1, '')",
    (
        "INSERT INTO kept_reports (campaign, organisation_id, month, name, query, number, sha256, person_id, kept_at)"
        " VALUES ('gardens-2020', 1, '2020-06-01', 'month', '', 1, '', 1, 0)"
    ),
)
"""One of each table that the days above leave empty."""


def rows_of(field: toy.Field, table: str) -> int:
    with field.engine.look() as work:
        return int(work.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608
