"""The worker: the heartbeat of a house, until it is told to stop."""

import logging
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import desk_of
from console.cli.frame import command, option, verbs
from console.cli.refusals import REFUSED
from engine.errors import Refused
from engine.words import tr

if TYPE_CHECKING:
    from console.bootstrap import House
    from engine.heartbeat import Heartbeat

app = verbs()

log = logging.getLogger("lingpao.worker")


@command(
    app,
    "worker",
    tr(
        "Do what is due, again and again: deadlines, letters, digests. Several may run at once. Stops gracefully on"
        " SIGTERM or Ctrl-C: what has begun is finished."
    ),
)
def worker(
    ctx: typer.Context,
    *,
    once: Annotated[bool, option("--once", does=tr("Do what is due now, once, and end; as from a timer."))] = False,
) -> None:
    """Beat."""
    from console.slots import worker_slot

    desk = desk_of(ctx)
    house = desk.house
    if house.rehearsal and not once:
        raise Refused(tr("The clock of a rehearsal stands still; use `lingpao rehearse`, or --at TIME with --once."))
    log_to_stderr()
    if house.relay is None and not house.rehearsal:
        desk.paper.warn(
            tr("No mail will leave: the relay's settings contradict each other; `lingpao doctor` says how.")
        )
    if house.rehearsal:
        _beat(house, once=once)
    else:
        with worker_slot(desk.url) as name:
            _beat(replace(house, owner=name), once=once)
    failed = _failures(house)
    desk.paper.answer({"jobs": [job.name for job in house.jobs], "failed": failed})
    if once and failed:
        raise typer.Exit(REFUSED)


def _beat(house: "House", *, once: bool) -> None:
    from engine.heartbeat import Heartbeat

    heartbeat = Heartbeat(house.engine, house.jobs, owner=house.owner)
    if once:
        heartbeat.beat_once()
    else:
        _until_stopped(house, heartbeat)
    give_back(house)


def _until_stopped(house: "House", heartbeat: "Heartbeat") -> None:
    def stop(number: int, _: FrameType | None) -> None:
        log.info("stopping on %s", signal.Signals(number).name)
        heartbeat.stop()
        if house.relay is not None:
            house.dispatcher.stop()

    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, stop)
    log.info("%s at work on %s", house.owner, house.database.url.render_as_string(hide_password=True))
    heartbeat.beat_once()
    heartbeat.run()
    log.info("stopped")


def give_back(house: "House") -> None:
    """Let another worker, or a restore, begin at once."""
    from engine.store import leases

    with house.engine.work() as work:
        for job in house.jobs:
            leases.take(work, job.name, house.owner, timedelta(0))


def _failures(house: "House") -> list[dict[str, str]]:
    from engine.store import leases

    names = {job.name for job in house.jobs}
    with house.engine.look() as work:
        return [
            {"job": row.job, "failure": row.failure} for row in leases.beats(work) if row.failure and row.job in names
        ]


def log_to_stderr() -> None:
    """Say what is done, where the service manager keeps it."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
