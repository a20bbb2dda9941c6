"""The heartbeat: one worker at a time does a job, a failing one ends no other, a dead scheduler is replaced."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import toy

from engine.clock import FixedClock, at_morning
from engine.heartbeat import Heartbeat, Job
from engine.store import leases
from engine.store.database import Database
from engine.sweep import sweep

SECOND = timedelta(seconds=1)
LONGEST = 60
"""Seconds until something that should have happened is given up; nothing waits that long when all is well."""


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def job(name: str, run_once: Callable[[], bool], every: timedelta = SECOND) -> Job:
    return Job(name, every, run_once)


def beats(field: toy.Field) -> dict[str, tuple[datetime | None, str | None]]:
    with field.engine.look() as work:
        return {row.job: (row.last_ok_at, row.failure) for row in leases.beats(work)}


class Counting:
    """Work that tells how often it was done; it has more to do `more` times."""

    def __init__(self, more: int = 0) -> None:
        self.done = 0
        self.more = more

    def __call__(self) -> bool:
        self.done += 1
        return self.done <= self.more


def test_every_job_is_done_and_its_beat_is_on_record(field: toy.Field) -> None:
    one, two = Counting(), Counting(more=3)

    Heartbeat(field.engine, [job("one", one), job("two", two)], owner="a").beat_once()

    # what has more waiting is done at once until nothing is left
    assert (one.done, two.done) == (1, 4)
    assert beats(field) == {"one": (field.clock.now(), None), "two": (field.clock.now(), None)}


def test_a_failing_job_ends_no_other_and_is_tried_again(field: toy.Field, caplog: pytest.LogCaptureFixture) -> None:
    after = Counting()
    tries = Counting()

    def fails_once() -> bool:
        if tries() or tries.done > 1:
            return False
        raise OSError("样例故障")

    heartbeat = Heartbeat(field.engine, [job("weak", fails_once), job("after", after)], owner="a")
    heartbeat.beat_once()
    first = beats(field)
    heartbeat.beat_once()

    assert first == {"weak": (None, "OSError: 样例故障"), "after": (field.clock.now(), None)}
    assert (tries.done, after.done) == (2, 2)
    assert beats(field)["weak"] == (field.clock.now(), None)
    assert "weak failed" in caplog.text


def test_the_backlog_stands_beside_a_failure_too(field: toy.Field) -> None:
    field.open()
    field.at(at_morning(date(2020, 5, 22)))

    def fails() -> bool:
        raise OSError("样例故障")

    Heartbeat(field.engine, [job("sweep", fails)], owner="a").beat_once()

    with field.engine.look() as work:
        (row,) = leases.beats(work)
    assert (row.backlog, row.oldest_at) == (1, at_morning(date(2020, 5, 22)))


def test_a_job_is_left_alone_while_another_worker_has_it(field: toy.Field) -> None:
    mine, theirs = Counting(), Counting()
    first = Heartbeat(field.engine, [job("sweep", theirs)], owner="b")
    second = Heartbeat(field.engine, [job("sweep", mine), job("own", mine)], owner="a")

    first.beat_once()
    second.beat_once()
    assert (theirs.done, mine.done) == (1, 1)

    field.clock.advance(Job("sweep", SECOND, mine).lease)
    second.beat_once()
    first.beat_once()
    assert (theirs.done, mine.done) == (1, 3)


def test_who_is_taken_over_in_the_midst_of_its_chunks_stops_and_calls_it_no_failure(field: toy.Field) -> None:
    chunks = 0

    def long() -> bool:
        nonlocal chunks
        chunks += 1
        if chunks == 2:
            field.clock.advance(timedelta(minutes=5))
            with field.engine.work() as work:
                assert leases.take(work, "long", "other", timedelta(seconds=90)) is not None
        return True

    Heartbeat(field.engine, [job("long", long)], owner="a").beat_once()

    assert chunks == 2
    assert beats(field) == {}


def test_a_database_that_is_gone_for_one_beat_is_there_again_at_the_next(
    sqlite_database: Database, clock: FixedClock
) -> None:
    field = toy.prepare(sqlite_database, clock)
    work, other = Counting(), Counting()
    heartbeat = Heartbeat(field.engine, [job("one", work), job("two", other)], owner="a")
    path = sqlite_database.path
    assert path is not None

    with moved_away(sqlite_database, path):
        heartbeat.beat_once()
    assert (work.done, other.done) == (0, 0)
    heartbeat.beat_once()

    assert (work.done, other.done) == (1, 1)


@contextmanager
def moved_away(database: Database, path: str) -> Iterator[None]:
    """A database whose folder is no folder for a while."""
    folder = Path(path).parent
    away = folder.with_name(f"{folder.name}-away")
    database.engine.dispose()
    folder.rename(away)
    folder.touch()
    yield
    folder.unlink()
    away.rename(folder)


@contextmanager
def running(heartbeat: Heartbeat) -> Iterator[None]:
    thread = Thread(target=heartbeat.run)
    thread.start()
    try:
        yield
    finally:
        heartbeat.stop()
        thread.join(LONGEST)
        assert not thread.is_alive()


def test_it_beats_by_itself_and_stops_when_it_is_told(field: toy.Field) -> None:
    happened = Event()
    heartbeat = Heartbeat(field.engine, [job("quick", _setting(happened), SECOND / 20)], owner="a")

    with running(heartbeat):
        assert happened.wait(LONGEST)

    happened.clear()
    heartbeat.beat_once()
    assert not happened.is_set()


def test_what_has_begun_is_finished_before_it_stops(field: toy.Field) -> None:
    begun, may_end, ended = Event(), Event(), Event()

    def long() -> bool:
        begun.set()
        may_end.wait(LONGEST)
        ended.set()
        return True

    heartbeat = Heartbeat(field.engine, [job("long", long, SECOND / 20)], owner="a")
    with running(heartbeat):
        assert begun.wait(LONGEST)
        heartbeat.stop()
        assert not ended.is_set()
        may_end.set()

    assert ended.is_set()
    assert beats(field)["long"] == (field.clock.now(), None)


def test_a_scheduler_that_has_died_while_it_says_that_it_runs_is_built_anew(
    field: toy.Field, caplog: pytest.LogCaptureFixture
) -> None:
    happened = Event()
    heartbeat = Heartbeat(field.engine, [job("quick", _setting(happened), SECOND / 50)], owner="a", silence=SECOND / 10)

    with caplog.at_level(logging.ERROR), running(heartbeat):
        assert happened.wait(LONGEST)
        dead = heartbeat._scheduler
        dead.pause()
        # what was on its way when it died may still come
        for _ in range(10):
            happened.clear()
            assert happened.wait(LONGEST)

    assert heartbeat._scheduler is not dead
    assert "silent" in caplog.text


def test_missed_beats_come_to_the_same_as_one(field: toy.Field) -> None:
    field.open()
    field.at(datetime(2020, 6, 11, 2, 0, tzinfo=UTC))
    heartbeat = Heartbeat(field.engine, [job("sweep", lambda: sweep(field.engine).more)], owner="a")

    for _ in range(3):
        heartbeat.beat_once()

    with field.engine.look() as work:
        (row,) = leases.beats(work)
    assert (row.backlog, row.failure) == (0, None)


def _setting(event: Event) -> Callable[[], bool]:
    def done() -> bool:
        event.set()
        return False

    return done
