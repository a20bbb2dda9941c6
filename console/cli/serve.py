"""`serve`: the web console, by itself or together with the worker in one process."""

import gc
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Final

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import command, option, verbs
from console.cli.worker import give_back, log_to_stderr
from engine.errors import Refused
from engine.words import tr

if TYPE_CHECKING:
    from console.bootstrap import House

app = verbs()

log = logging.getLogger("lingpao.serve")

WEB: Final = "console.web.server"
"""Named, not imported: a command that needs no web does not wait for it."""
DEMO: Final = Path("demo") / "october.db"
MAILS: Final = "mails-of-the-console"
"""Beside the database of a rehearsal."""


@command(
    app,
    "serve",
    tr(
        "Serve the web console, with the worker in the same process. On a rehearsal there is no worker: its clock"
        " stands still until somebody lets a day pass. Stops gracefully on SIGTERM or Ctrl-C."
    ),
)
def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str | None, option("--host", metavar="ADDRESS", does=tr("Address to listen at."))] = None,
    port: Annotated[int | None, option("--port", metavar="NUMBER", does=tr("Port; 0 takes a free one."))] = None,
    web_only: Annotated[bool, option("--web-only", does=tr("Leave the worker to `lingpao worker`."))] = False,
    demo: Annotated[
        bool, option("--demo", does=tr("Open the data of `make demo`, and let a visitor choose whom to be."))
    ] = False,
) -> None:
    """Serve until told to stop."""
    desk = desk_of(ctx)
    if demo:
        _open_demo(desk)
    with _nothing_swept():
        house = desk.house
        serve_app: Callable[..., None] = import_module(WEB).serve
    if demo and not house.rehearsal:
        raise Refused(tr("--demo is for a rehearsal only; this database is the real one."))
    log_to_stderr()
    web = desk.settings.web
    with _around(desk, house, web_only=web_only) as working:
        serve_app(
            working,
            host=host or web.host,
            port=web.port if port is None else port,
            demo=demo,
            config=desk.config,
            told=lambda address: _announce(desk, address),
        )
    desk.paper.answer({"stopped": True})


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """While modules come in nothing becomes garbage; looking for it takes a fifth of the start, and later it is known
    that what came in stays.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _announce(desk: Desk, address: str) -> None:
    """At once, also where a service manager or another program listens instead of a terminal."""
    desk.paper.say(tr("The console is at {address}", address=address))
    sys.stdout.flush()


def _open_demo(desk: Desk) -> None:
    """The data of the demonstration, unless another database is named."""
    if desk.call.database is None:
        if not DEMO.is_file():
            raise Refused(tr("There is no {file}; `make demo` makes it.", file=str(DEMO)))
        desk.url = f"sqlite:///{DEMO}"


@contextmanager
def _around(desk: Desk, house: "House", *, web_only: bool) -> Iterator["House"]:
    """What runs beside the web: the sink of a rehearsal, or the worker."""
    with ExitStack() as beside:
        if house.rehearsal:
            yield beside.enter_context(_sunk(desk, house))
        elif web_only:
            yield house
        else:
            from console.slots import worker_slot

            yield beside.enter_context(_at_work(replace(house, owner=beside.enter_context(worker_slot(desk.url)))))


@contextmanager
def _sunk(desk: Desk, house: "House") -> Iterator["House"]:
    """A rehearsal whose mail goes into a folder beside its database."""
    from console.bootstrap import at_sink
    from notifications.sink import SinkProcess

    folder = Path(house.database.path).parent if house.database.path else Path(desk.settings.rehearsal.folder)
    with SinkProcess(folder / MAILS) as sink:
        yield at_sink(house, sink.port)


@contextmanager
def _at_work(house: "House") -> Iterator["House"]:
    """The house with its heart beating until the web has stopped."""
    from engine.heartbeat import Heartbeat

    heartbeat = Heartbeat(house.engine, house.jobs, owner=house.owner)

    def beat() -> None:
        heartbeat.beat_once()
        heartbeat.run()

    beating = Thread(target=beat, name="heartbeat")
    beating.start()
    log.info("%s at work on %s", house.owner, house.database.url.render_as_string(hide_password=True))
    try:
        yield house
    finally:
        heartbeat.stop()
        if house.relay is not None:
            house.dispatcher.stop()
        beating.join()
        give_back(house)
        log.info("stopped")
