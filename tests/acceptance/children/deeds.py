"""What the child processes do: each opens the database by itself, as a worker or a web process would."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from threading import Barrier, Thread
from typing import Any

import toy
import toypost
from acceptance.children.points import Point, die, die_at
from sqlalchemy import event

from engine import bulk, planner, reproject
from engine.bulk import Batch
from engine.cases import advance
from engine.clock import FixedClock
from engine.errors import CaseChanged, Hidden, KeyReused, LeaseLost
from engine.extensions import extend
from engine.judging import Command
from engine.kinds import Obligation
from engine.proposals import confirm, propose
from engine.store import leases
from engine.store.database import Database
from engine.sweep import CHUNK, sweep
from notifications.digest import plan_digests
from notifications.dispatch import Dispatcher
from notifications.smtp import Relay

DEEDS = {"advance": advance, "propose": propose, "confirm": confirm}


def field_at(url: str, now: datetime) -> toy.Field:
    return toy.reopen(Database(url), FixedClock(now))


def take_and_die(
    pipe: Connection, url: str, now: datetime, *, login: str, deed: str, order: Command, at: Point
) -> None:
    """Take a step and be killed at a point of its transaction."""
    field = field_at(url, now)
    actor = field.actor(login)
    die_at(field.engine.database, at)
    with field.engine.work(actor) as work:
        DEEDS[deed](field.engine, work, actor, order)
    if at.where == "after commit":
        die()
    pipe.send("the point was never reached")


def race(pipe: Connection, url: str, now: datetime, *, logins: Sequence[str], order: Command, deed: str) -> None:
    """Several clients of one process take the same step the moment they are let go; tells what each was answered."""
    field = field_at(url, now)
    start = Barrier(len(logins) + 1)
    answers: list[tuple[str, ...]] = []

    def client(login: str) -> None:
        actor = field.actor(login)
        start.wait()
        try:
            with field.engine.work(actor) as work:
                answer = DEEDS[deed](field.engine, work, actor, order)
            answers.append(("done", login, str(answer)))
        except CaseChanged as lost:
            answers.append(("changed", lost.changed_by, lost.state))
        except KeyReused:
            answers.append(("reused", login))
        except Hidden:
            answers.append(("hidden", login))

    clients = [Thread(target=client, args=(login,)) for login in logins]
    for one in clients:
        one.start()
    pipe.send("ready")
    pipe.recv()
    start.wait()
    for one in clients:
        one.join()
    pipe.send(answers)


def run_bulk_and_die(
    pipe: Connection, url: str, now: datetime, *, login: str, batch: Batch, after: int, facts: dict[str, toy.Garden]
) -> None:
    """Run a bulk and be killed in the middle of the chunk that follows so many cases."""
    field = field_at(url, now)
    field.kind.facts_by_subject.update(facts)

    def progress(done: int) -> None:
        pipe.send(done)
        if done == after:
            die_at(field.engine.database, Point("statement", 2))

    bulk.run(field.engine, field.actor(login), batch, progress=progress)
    pipe.send("was not killed")


def work_out_anew_and_die(pipe: Connection, url: str, now: datetime, *, point: int) -> None:
    """Re-project and be killed at a writing statement of the second chunk."""
    field = field_at(url, now)

    def progress(moved: int) -> None:
        pipe.send(moved)
        die_at(field.engine.database, Point("statement", point))

    reproject.run(field.engine, progress=progress)
    pipe.send("was not killed")


def hold_a_lease(pipe: Connection, url: str, now: datetime, *, lasting: timedelta) -> None:
    """Take the sweep's lease, and write a chunk under it once told to."""
    field = field_at(url, now)
    with field.engine.work() as work:
        lease = leases.take(work, "sweep", "frozen", lasting)
    assert lease is not None
    pipe.send(lease.fence)
    pipe.recv()
    try:
        pipe.send(sweep(field.engine, lease=lease).fired)
    except LeaseLost as lost:
        pipe.send(lost.code)


def sweep_until_killed(pipe: Connection, url: str, now: datetime, *, dies_after: int | None, limit: int) -> None:
    """Sweep chunk after chunk; where told so, die behind that writing statement, whichever chunk it is in."""
    field = field_at(url, now)
    if dies_after is not None:
        die_at(field.engine.database, Point("statement", dies_after))
    more = True
    while more:
        swept = sweep(field.engine, limit=limit)
        more = swept.more
        pipe.send(swept.fired)


def sweep_with_a_stop(pipe: Connection, url: str, now: datetime, *, stop_at: str, limit: int = CHUNK) -> None:
    """Sweep once, and stand still behind the first statement that begins so until told to go on."""
    field = field_at(url, now)
    stopped = False

    def stop(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal stopped
        if not stopped and stop_at in statement:
            stopped = True
            pipe.send("stopped")
            pipe.recv()

    event.listen(field.engine.database.engine, "after_cursor_execute", stop)
    pipe.send(sweep(field.engine, limit=limit).fired)


def give_another_day(pipe: Connection, url: str, now: datetime, *, deadline_id: int, to_on: Any) -> None:
    """Extend a deadline; tells when it has begun and when it is done."""
    field = field_at(url, now)
    city = field.actor("city")
    pipe.send("asking")
    with field.engine.work(city) as work:
        extended = extend(field.engine, work, city, deadline_id, to_on=to_on, reason="样例：延期")
    pipe.send(extended.generation)


def dispatch(pipe: Connection, url: str, now: datetime, *, port: int) -> None:
    """Send what is ready, as a worker of its own."""
    field = field_at(url, now)
    post = toypost.post_of(field, relay=Relay.on_loopback(port))
    pipe.send(Dispatcher(post, f"child {os.getpid()}").run_once())


@dataclass
class Owing(toy.Gardens):
    """Gardens of which every district owes one by itself from 18 May on."""

    letter: str | None = None

    def obligations(self, *_: object) -> tuple[Obligation, ...]:
        return (Obligation("garden", "own", "的花园", date(2020, 5, 18), self.letter),)


def owing(field: toy.Field, letter: str | None = None) -> toy.Field:
    """The same field, with what the districts owe."""
    kind = Owing(letter=letter)
    return toy.Field(replace(field.engine, kinds={"gardens": kind}), kind, field.clock)


def open_what_is_owed(pipe: Connection, url: str, now: datetime) -> None:
    """Plan the moment it is let go, as one of several workers."""
    field = owing(field_at(url, now))
    pipe.send("ready")
    pipe.recv()
    pipe.send([planner.plan(field.engine)])


def report_the_week(pipe: Connection, url: str, now: datetime, *, dies_after: int | None = None) -> None:
    """Plan and send digests the moment it is let go, as one of several workers."""
    field = field_at(url, now)
    if dies_after is not None:
        die_at(field.engine.database, Point("statement", dies_after))
    post = toypost.post_of(field)
    pipe.send("ready")
    pipe.recv()
    planner.plan(field.engine)
    with field.engine.work() as work:
        made = plan_digests(post, work)
    pipe.send([made])
