"""Scenario 8: a step for hundreds of cases gives each exactly one result; killed half-way it goes on where it stood."""

import signal

import pytest
from acceptance.children import deeds
from acceptance.children.nursery import Child
from acceptance.following import as_person, history
from acceptance.grounds import SPOILT, Grounds, counted

from engine import bulk
from engine.cases import record

pytestmark = pytest.mark.acceptance(8)


def test_each_case_has_one_result_also_those_changed_meanwhile(grounds: Grounds) -> None:
    late = grounds.good[-50:]

    def others_work_on(done: int) -> None:
        if done == bulk.CHUNK:
            for case_id in late:
                more = {"what": "note", "data": {}, "roles": ["district_coordinator"]}
                as_person(grounds.field, "east2", record, case_id, **more)

    results = grounds.run(progress=others_work_on)

    assert [one.case_id for one in results] == grounds.ids
    assert counted(results) == {
        ("done", ()): 490,
        ("conflict", ("CASE_CHANGED",)): 50 + 15,
        ("denied", ("EVIDENCE_MISSING",)): 15,
        ("denied", ("CLAIM_PENDING",)): 15,
        ("denied", ("NOT_FOUND",)): 15,
    }
    # those planted before were seen in a version they no longer have
    assert {one.case_id for one in results if one.outcome == "conflict"} == {*late, *grounds.spoilt[SPOILT[1]]}
    assert {one.case_id for one in results if one.outcome == "done"} == set(grounds.good) - set(late)


def test_killed_in_the_middle_of_a_chunk_it_resumes_without_repeating_or_skipping(
    grounds: Grounds, database_url: str
) -> None:
    field = grounds.field

    child = Child(
        deeds.run_bulk_and_die,
        database_url,
        field.clock.now(),
        login="east",
        batch=grounds.batch(),
        after=bulk.CHUNK,
        facts=field.kind.facts_by_subject,
    )
    assert child.hear_all() == [bulk.CHUNK]
    assert child.end() == -signal.SIGKILL
    results = grounds.run()

    first = [case_id for case_id in grounds.good if case_id in grounds.ids[: bulk.CHUNK]]
    assert {one.case_id for one in results if one.outcome == "done_before"} == set(first)
    assert {one.case_id for one in results if one.outcome == "done"} == set(grounds.good) - set(first)
    assert [len(history(field, case_id)) for case_id in grounds.good] == [2] * len(grounds.good)
    assert set(counted(grounds.run())) == {
        ("done_before", ()),
        ("denied", ("EVIDENCE_MISSING",)),
        ("conflict", ("CASE_CHANGED",)),
        ("denied", ("CLAIM_PENDING",)),
        ("denied", ("NOT_FOUND",)),
    }
