"""The clockwork: fixed jobs, each "do what the tables say is due". APScheduler beats, the tables hold the truth."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import monotonic
from engine.core import Engine
from engine.errors import LeaseLost
from engine.store import leases

log = logging.getLogger("lingpao.heartbeat")
SILENCE: Final = timedelta(seconds=20)
"""How long no job may begin before the scheduler is taken for dead and built anew; never less than four beats."""


@dataclass(frozen=True, slots=True)
class Job:
    """`run_once` does what is due and answers whether more is waiting; it may be called by several workers at once."""

    name: str
    every: timedelta
    run_once: Callable[[], bool]
    lease: timedelta = timedelta(seconds=90)


class Heartbeat:
    """Runs jobs until stopped. A job is skipped while another worker holds its lease; a failing job is tried again."""

    def __init__(self, engine: Engine, jobs: Sequence[Job], *, owner: str, silence: timedelta = SILENCE) -> None:
        self._engine = engine
        self._jobs = jobs
        self._owner = owner
        self._stopping = False
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._shortest = min(job.every for job in jobs)
        self._silence = max(silence, 4 * self._shortest).total_seconds()
        self._scheduler = self._build()
        # skipped beats are expected when a job takes longer than its interval; they are no news
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def run(self) -> None:
        """Beat until `stop` is called; watches its own scheduler, which can die while it says that it runs."""
        self._scheduler.start()
        while self._rested():
            if monotonic() - self._last_beat > self._silence:
                log.error("the scheduler is silent; building it anew")
                self._scheduler.shutdown(wait=False)
                self._scheduler = self._build()
                self._scheduler.start()
        self._scheduler.shutdown(wait=True)

    def stop(self) -> None:
        """Begin nothing new; what has begun is finished. May be called from a signal handler, so it takes no lock."""
        self._stopping = True
        self._woken.put(None)

    def _rested(self) -> bool:
        """Wait for the shortest interval of a job; False at once when it is time to stop."""
        if not self._stopping:
            with suppress(Empty):
                self._woken.get(timeout=self._shortest.total_seconds())
        return not self._stopping

    def beat_once(self) -> None:
        """Every job once, in order; what `run` does all the time."""
        for job in self._jobs:
            self._beat(job)

    def _build(self) -> BackgroundScheduler:
        # a new one has as long to begin as one that has just beaten
        self._last_beat = monotonic()
        scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(self._jobs) + 1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for job in self._jobs:
            scheduler.add_job(self._beat, "interval", seconds=job.every.total_seconds(), args=[job], id=job.name)
        return scheduler

    def _beat(self, job: Job) -> None:
        self._last_beat = monotonic()
        if self._stopping:
            return
        try:
            self._do(job)
        except LeaseLost:
            log.warning("%s was taken over by another worker", job.name)
        except Exception as failure:
            # a job that fails must not end the others; the next beat tries it again
            log.exception("%s failed", job.name)
            try:
                self._record_failure(job, failure)
            except Exception:
                # whatever failed may be the database itself
                log.exception("the failure of %s could not be recorded", job.name)

    def _do(self, job: Job) -> None:
        with self._engine.work() as work:
            lease = leases.take(work, job.name, self._owner, job.lease)
        if lease is None:
            return
        while job.run_once() and not self._stopping:
            with self._engine.work() as work:
                leases.check(work, lease, job.lease)
        with self._engine.work() as work:
            leases.beat(work, job.name)

    def _record_failure(self, job: Job, failure: Exception) -> None:
        with self._engine.work() as work:
            leases.fail(work, job.name, f"{type(failure).__name__}: {failure}"[:500])
