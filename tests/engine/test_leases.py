"""Leases: one worker at a time does a job, and who lost it writes nothing more."""

from datetime import timedelta

import pytest

from engine.clock import FixedClock
from engine.errors import LeaseLost
from engine.store import leases
from engine.store.database import Database
from engine.store.leases import Lease

LASTING = timedelta(seconds=90)


def take(database: Database, clock: FixedClock, owner: str, name: str = "sweep") -> Lease | None:
    with database.work(clock.now()) as work:
        return leases.take(work, name, owner, LASTING)


def check(database: Database, clock: FixedClock, lease: Lease) -> None:
    with database.work(clock.now()) as work:
        leases.check(work, lease, LASTING)


def test_who_comes_first_has_the_job_until_the_time_is_over(database: Database, clock: FixedClock) -> None:
    first = take(database, clock, "one")

    assert first == Lease("sweep", "one", 1)
    assert take(database, clock, "two") is None
    clock.advance(LASTING - timedelta(microseconds=1))
    assert take(database, clock, "two") is None
    clock.advance(timedelta(microseconds=1))
    assert take(database, clock, "two") == Lease("sweep", "two", 2)


def test_each_job_has_its_own_lease(database: Database, clock: FixedClock) -> None:
    take(database, clock, "one")

    assert take(database, clock, "two", "plan") == Lease("plan", "two", 1)


def test_the_owner_renews_under_the_same_fence_as_often_as_wanted(database: Database, clock: FixedClock) -> None:
    lease = take(database, clock, "one")
    for _ in range(3):
        clock.advance(LASTING / 2)
        assert take(database, clock, "one") == lease

    assert take(database, clock, "two") is None


def test_a_chunk_prolongs_the_lease(database: Database, clock: FixedClock) -> None:
    lease = take(database, clock, "one")
    assert lease is not None
    clock.advance(LASTING / 2)
    check(database, clock, lease)
    clock.advance(LASTING * 3 / 4)

    assert take(database, clock, "two") is None


def test_who_was_taken_over_is_refused_also_after_the_other_has_gone(database: Database, clock: FixedClock) -> None:
    lost = take(database, clock, "one")
    assert lost is not None
    clock.advance(LASTING)
    second = take(database, clock, "two")

    with pytest.raises(LeaseLost):
        check(database, clock, lost)
    clock.advance(LASTING)
    again = take(database, clock, "one")
    with pytest.raises(LeaseLost):
        check(database, clock, lost)

    assert second is not None
    assert again is not None
    assert (second.fence, again.fence) == (2, 3)


def test_a_lease_that_ran_out_but_that_nobody_took_is_still_good(database: Database, clock: FixedClock) -> None:
    lease = take(database, clock, "one")
    assert lease is not None
    clock.advance(LASTING * 10)

    check(database, clock, lease)

    assert take(database, clock, "two") is None


def test_what_is_given_back_is_free_at_once_and_only_its_holder_gives_it_back(
    database: Database, clock: FixedClock
) -> None:
    lease = take(database, clock, "one")
    assert lease is not None
    with database.work(clock.now()) as work:
        leases.give_back(work, Lease("sweep", "two", 7))
    assert take(database, clock, "two") is None

    with database.work(clock.now()) as work:
        leases.give_back(work, lease)

    assert take(database, clock, "two") == Lease("sweep", "two", 2)


def test_a_refused_chunk_has_written_nothing(database: Database, clock: FixedClock) -> None:
    lost = take(database, clock, "one")
    assert lost is not None
    clock.advance(LASTING)
    take(database, clock, "two")

    def chunk() -> None:
        with database.work(clock.now()) as work:
            leases.beat(work, "written before the check")
            leases.check(work, lost, LASTING)

    with pytest.raises(LeaseLost):
        chunk()

    with database.look(clock.now()) as work:
        assert leases.beats(work) == ()


def test_a_lease_from_a_clock_that_ran_a_day_ahead_holds_nobody_up(database: Database, clock: FixedClock) -> None:
    clock.advance(timedelta(days=1))
    take(database, clock, "one")

    clock.advance(timedelta(days=-1))

    assert take(database, clock, "two") == Lease("sweep", "two", 2)


def test_a_heartbeat_tells_when_a_job_last_went_well_and_why_it_does_not(database: Database, clock: FixedClock) -> None:
    with database.work(clock.now()) as work:
        leases.beat(work, "sweep")
    well = clock.now()
    failed = clock.advance(timedelta(minutes=1))
    with database.work(failed) as work:
        leases.fail(work, "sweep", "OSError: 样例")

    with database.look(clock.now()) as work:
        (row,) = leases.beats(work)
    assert (row.last_ok_at, row.last_failed_at, row.failure) == (well, failed, "OSError: 样例")

    clock.advance(timedelta(minutes=1))
    with database.work(clock.now()) as work:
        leases.beat(work, "sweep")
        (row,) = leases.beats(work)
    assert (row.last_ok_at, row.last_failed_at, row.failure) == (clock.now(), failed, None)
