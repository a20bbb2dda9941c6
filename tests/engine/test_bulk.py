"""One step for many cases: results in order, chunk by chunk, each case judged for itself."""

from collections.abc import Iterator
from datetime import date

import pytest
import toy
from acceptance.following import case_of, history, standing, take
from acceptance.grounds import open_gardens

from engine import audit, bulk
from engine.bulk import Batch, Result
from engine.clock import FixedClock
from engine.errors import CaseChanged
from engine.store import cases, journal
from engine.store.database import Database

CHUNKS = 2 * bulk.CHUNK + 50


@pytest.fixture
def field(database: Database, clock: FixedClock) -> Iterator[toy.Field]:
    field = toy.prepare(database, clock)
    yield field
    assert audit.verify(field.engine) == []


def run(field: toy.Field, ids: list[int], step: str = "plant", login: str = "east", **more: object) -> list[Result]:
    batch = Batch(
        name=str(more.pop("name", "spring")),
        step=step,
        versions=dict.fromkeys(ids),
        reason="样例理由",
    )
    return bulk.run(field.engine, field.actor(login), batch, **more)


def test_every_case_takes_the_step_with_an_entry_that_names_the_batch(field: toy.Field) -> None:
    ids = open_gardens(field, 5)

    results = run(field, ids)

    assert [(one.case_id, one.outcome) for one in results] == [(case_id, "done") for case_id in ids]
    for case_id in ids:
        entry = history(field, case_id)[-1]
        assert (entry.step, entry.batch, entry.reason, entry.seq) == ("plant", "spring", "样例理由", 2)
        assert standing(field, case_id)["planted"].verdict == "on_time"


def test_results_come_in_the_order_asked_for_whatever_the_chunks(field: toy.Field) -> None:
    ids = list(reversed(open_gardens(field, CHUNKS)))
    told: list[int] = []

    results = run(field, ids, progress=told.append)

    assert [one.case_id for one in results] == ids
    assert told == [bulk.CHUNK, 2 * bulk.CHUNK, CHUNKS]
    with field.engine.look() as work:
        assert cases.counts(work, "gardens-2020", "garden") == {(case_of(field, ids[0]).district_id, "planted"): CHUNKS}


def test_nothing_to_do_is_done(field: toy.Field) -> None:
    assert run(field, []) == []


def test_a_step_that_needs_confirming_or_does_not_exist_is_refused_for_each(field: toy.Field) -> None:
    ids = open_gardens(field, 2)

    for step, code in (("show", "NEEDS_CONFIRMATION"), ("fly", "UNKNOWN_STEP")):
        for one in run(field, ids, step):
            assert one.outcome == "denied"
            assert code in [reason.code for reason in one.reasons]


def test_each_case_follows_its_own_state(field: toy.Field) -> None:
    first, second, third = open_gardens(field, 3)
    take(field, "east", second, "plant")
    take(field, "east", third, "withdraw", reason="样例")

    results = run(field, [first, second, third], "water")

    assert [(one.outcome, [reason.code for reason in one.reasons]) for one in results] == [
        ("denied", ["WRONG_STATE"]),
        ("done", []),
        ("denied", ["WRONG_STATE"]),
    ]


def test_letters_and_rework_come_with_a_bulk_step_as_with_a_single_one(field: toy.Field) -> None:
    ids = open_gardens(field, 3)
    run(field, ids)

    results = run(field, ids, "return_planting", login="institute", name="returns")

    assert [one.outcome for one in results] == ["done"] * 3
    for case_id in ids:
        assert standing(field, case_id)["rework:planted"].due_on == date(2020, 5, 20)
        assert case_of(field, case_id).round == 1


def test_a_batch_under_another_name_goes_on_its_own(field: toy.Field) -> None:
    ids = open_gardens(field, 2)
    run(field, ids)

    assert [one.outcome for one in run(field, ids)] == ["done_before"] * 2
    assert [one.outcome for one in run(field, ids, name="again")] == ["denied"] * 2
    assert [one.outcome for one in run(field, ids, "water", name="water")] == ["done"] * 2


def test_a_result_reads_as_json_with_every_reason(field: toy.Field) -> None:
    (case_id,) = open_gardens(field, 1)
    field.kind.facts_by_subject["g0"] = toy.Garden(lacking={"photo": ("",)})

    (result,) = run(field, [case_id], login="city")

    told = result.as_json()
    assert (told["case"], told["result"]) == (case_id, "denied")
    assert [reason["code"] for reason in told["reasons"]] == ["ROLE_MISSING", "EVIDENCE_MISSING"]


def test_a_dry_run_leaves_no_trace_not_even_of_reaching_for_others_cases(field: toy.Field) -> None:
    ids = [field.open(district="west").id, *open_gardens(field, 2)]
    with field.engine.look() as work:
        before = journal.latest(work, 1)

    results = run(field, ids, dry_run=True)

    assert [one.outcome for one in results] == ["denied", "possible", "possible"]
    with field.engine.look() as work:
        assert journal.latest(work, 1) == before


def test_a_single_hand_meanwhile_learns_that_the_batch_was_faster(field: toy.Field) -> None:
    (case_id,) = open_gardens(field, 1)
    seen = case_of(field, case_id).version
    run(field, [case_id])

    with pytest.raises(CaseChanged) as refusal:
        take(field, "east2", case_id, "plant", version=seen)

    assert refusal.value.changed_by == "东区经办"
