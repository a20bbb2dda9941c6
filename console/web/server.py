"""Serving the console: one uvicorn server, stopped by a signal, believing the headers of known proxies only."""

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from console.bootstrap import House
from console.web.app import create_app
from console.web.patience import Patient

GRACE: Final = 10
"""Seconds that a request under way is given when the server is told to stop."""


def serve(
    house: House, *, host: str, port: int, demo: bool, told: Callable[[str], None], config: Path | None = None
) -> None:
    """Answer until a signal comes; what has begun is finished. `told` gets the address once it answers."""
    proxies = house.settings.web.proxies
    asgi = uvicorn.Config(
        create_app(house, demo=demo, config=config),
        http=Patient,
        ws="none",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        # addresses can carry links of one use, and who looked at what is nobody's business here
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE,
    )
    listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    # head and body of a page leave apart; the second must not wait until the first is acknowledged
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    there = f"[{host}]" if ":" in host else host
    told(f"http://{there}:{listening.getsockname()[1]}/")
    # the server gives a signal back when it has stopped; ours must not end the process before the rest is put away
    before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        uvicorn.Server(asgi).run(sockets=[listening])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        listening.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """The server has stopped already."""
