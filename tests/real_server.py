"""A console on a real server, on a port of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from browsers import Web

from console.web.patience import Patient

ENDED = 60


@contextmanager
def on_a_port(web: Web, *, graceful: int | None = None) -> Iterator[int]:
    """The port; `graceful` are the seconds it leaves to open answers when it ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        web.app, http=Patient, ws="none", log_config=None, lifespan="off", timeout_graceful_shutdown=graceful
    )
    server = uvicorn.Server(config)
    running = Thread(target=server.run, kwargs={"sockets": [listening]})
    running.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    running.join(ENDED)
    listening.close()
