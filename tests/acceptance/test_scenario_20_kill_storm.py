"""Scenario 20: three workers, killed again and again at any point; in the end every rung has fired exactly once."""

import signal
from collections import Counter
from datetime import date
from multiprocessing.connection import wait
from random import Random

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child
from acceptance.grounds import open_gardens
from sqlalchemy import select

from engine.clock import at_morning
from engine.store import deadlines
from engine.store.schema import notices, rung_fires

pytestmark = pytest.mark.acceptance(20)

GARDENS = 2_000
KILLS = 40
LIMIT = 50


def drain(field: toy.Field, url: str) -> Counter[str]:
    """Keep three workers alive until nothing is due; how they ended."""
    random = Random(20)  # noqa: S311 - where workers die is to be the same in each run
    ends: Counter[str] = Counter()
    workers: dict[Child, bool] = {}
    while backlog(field) or workers:
        while backlog(field) and len(workers) < 3:
            dies = ends["killed"] < KILLS
            by_itself = random.random() < 0.7
            after = random.randrange(1, 10) if dies and by_itself else None
            orders = {"dies_after": after, "limit": LIMIT}
            workers[Child(deeds.sweep_until_killed, url, field.clock.now(), **orders)] = dies and not by_itself
        told = wait([worker.ear for worker in workers])
        for worker in [one for one in workers if one.ear in told]:
            if worker.hear() is not None:
                if workers[worker]:
                    worker.kill()
                continue
            ends["killed" if worker.end() == -signal.SIGKILL else "done"] += 1
            del workers[worker]
    return ends


def backlog(field: toy.Field) -> int:
    with field.engine.look() as work:
        return deadlines.backlog(work, work.now)[0]


def test_whatever_dies_when_each_rung_fires_once_and_is_said_once(field: toy.Field, database_url: str) -> None:
    open_gardens(field, GARDENS)
    field.at(at_morning(date(2020, 5, 22)))
    assert backlog(field) == GARDENS

    ends = drain(field, database_url)

    assert ends["killed"] >= KILLS // 2
    with field.engine.look() as work:
        fires = work.connection.execute(select(rung_fires)).all()
        posted = work.connection.execute(select(notices.c.id, notices.c.deadline_id)).all()
    assert len(fires) == len({fire.deadline_id for fire in fires}) == GARDENS
    assert {(fire.notice_id, fire.deadline_id) for fire in fires} == {(one.id, one.deadline_id) for one in posted}
