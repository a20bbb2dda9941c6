"""Real processes for the crash tests: forked from a clean server, spoken to over a pipe, killed without warning."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

LONGEST = 60
"""Seconds after which a child that says nothing is taken for stuck; no test waits that long when all is well."""

_CONTEXT = multiprocessing.get_context("forkserver")


@cache
def _start_server() -> None:
    """Start the server that children are forked from, with everything imported that they need."""
    _CONTEXT.set_forkserver_preload(
        [
            "__main__",
            "acceptance.children.deeds",
            *("engine.audit", "engine.flowload", "engine.flowshape", "engine.setup", "jsonschema", "transitions"),
            *("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "yaml"),
        ]
    )
    # the server takes over the environment, not the import path
    with patch.dict(os.environ, PYTHONPATH=str(Path(__file__).parents[2])):
        ensure_running()


class Child:
    """A process and the pipe to it."""

    def __init__(self, deed: Callable[..., None], /, *arguments: Any, **orders: Any) -> None:
        _start_server()
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process: BaseProcess = _CONTEXT.Process(
            target=deed, args=(theirs, *arguments), kwargs=orders, daemon=True
        )
        self._process.start()
        theirs.close()

    def tell(self, word: Any) -> None:
        self._pipe.send(word)

    def hear(self) -> Any:
        """The next thing it says; None when it is gone without a further word."""
        if not self._pipe.poll(LONGEST):
            raise AssertionError("the child says nothing")
        try:
            return self._pipe.recv()
        except EOFError:
            return None

    def hear_all(self) -> list[Any]:
        """Everything it says until it is gone."""
        return list(iter(self.hear, None))

    @property
    def ear(self) -> Connection:
        """The pipe, to wait for several children at once."""
        return self._pipe

    def kill(self) -> None:
        """End it at once, wherever it stands."""
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it where it stands, and wait until it has stopped."""
        self._signal(signal.SIGSTOP)
        while self._state() != "T":
            os.sched_yield()

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def end(self) -> int | None:
        """Wait until it is gone; how it ended: 0, or the signal as a negative number."""
        self._process.join(LONGEST)
        return self._process.exitcode

    def _signal(self, number: int) -> None:
        if self._process.pid is not None and self._process.is_alive():
            # it may have ended by itself since it was asked
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def _state(self) -> str:
        with open(f"/proc/{self._process.pid}/stat", encoding="ascii") as stream:  # noqa: PTH123
            return stream.read().rpartition(")")[2].split()[0]


def let_go(*children: Child) -> list[Any]:
    """Wait until all are ready, let them go at once, and gather their answers."""
    with raised(*children):
        if [child.hear() for child in children] != ["ready"] * len(children):
            raise AssertionError("a child did not get ready")
        for child in children:
            child.tell("go")
        return [answer for child in children for answer in child.hear()]


@contextmanager
def raised(*children: Child) -> Iterator[tuple[Child, ...]]:
    """Children that are gone for certain when the block ends."""
    try:
        yield children
    finally:
        for child in children:
            child.kill()
            child.end()
