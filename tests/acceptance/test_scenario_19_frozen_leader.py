"""Scenario 19: a worker frozen beyond its lease is refused when it wakes up; two at once never say the same."""

from datetime import date, timedelta
from itertools import chain

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child, raised
from acceptance.following import said
from acceptance.grounds import open_gardens

from engine.clock import at_morning
from engine.store import deadlines, leases
from engine.sweep import sweep

pytestmark = pytest.mark.acceptance(19)

LASTING = timedelta(seconds=90)
GARDENS = 40


@pytest.fixture
def due(field: toy.Field) -> list[int]:
    """Gardens whose first reminder is due this morning."""
    ids = open_gardens(field, GARDENS)
    field.at(at_morning(date(2020, 5, 22)))
    return ids


def said_once(field: toy.Field, ids: list[int]) -> bool:
    """Whether each case has one notice and one rung on record."""
    with field.engine.look() as work:
        keys = [one.id for ones in deadlines.of_cases(work, ids).values() for one in ones]
        fires = list(chain.from_iterable(deadlines.fires(work, keys).values()))
    notices = [len(said(field, case_id)) for case_id in ids]
    return notices == [1] * len(ids) and len(fires) == len(ids)


def test_who_wakes_up_after_somebody_took_over_writes_nothing(
    field: toy.Field, database_url: str, due: list[int]
) -> None:
    frozen = Child(deeds.hold_a_lease, database_url, field.clock.now(), lasting=LASTING)
    with raised(frozen):
        assert frozen.hear() == 1
        frozen.freeze()
        frozen.tell("sweep")
        with field.engine.work() as work:
            assert leases.take(work, "sweep", "other", LASTING) is None

        field.clock.advance(LASTING + timedelta(seconds=1))
        with field.engine.work() as work:
            lease = leases.take(work, "sweep", "other", LASTING)
        assert lease is not None
        assert lease.fence == 2
        half = sweep(field.engine, lease=lease, limit=GARDENS // 2)
        frozen.thaw()
        assert frozen.hear() == "LEASE_LOST"
        assert frozen.end() == 0

    assert (half.fired, half.more) == (GARDENS // 2, True)
    assert sweep(field.engine, lease=lease).fired == GARDENS // 2
    assert said_once(field, due)


def test_a_lease_that_has_only_run_out_still_holds_until_somebody_takes_it(
    field: toy.Field, database_url: str, due: list[int]
) -> None:
    frozen = Child(deeds.hold_a_lease, database_url, field.clock.now(), lasting=LASTING)
    with raised(frozen):
        assert frozen.hear() == 1
        frozen.freeze()
        field.clock.advance(LASTING * 2)
        frozen.thaw()
        frozen.tell("sweep")
        assert frozen.hear() == GARDENS

    assert said_once(field, due)


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_sweeps_at_once_share_the_work_and_neither_waits(
    field: toy.Field, database_url: str, due: list[int]
) -> None:
    first = Child(deeds.sweep_with_a_stop, database_url, field.clock.now(), stop_at="INSERT INTO notices", limit=15)
    with raised(first):
        assert first.hear() == "stopped"
        first.freeze()
        assert sweep(field.engine).fired == GARDENS - 15
        first.thaw()
        first.tell("go on")
        assert first.hear() == 15

    assert said_once(field, due)
