"""The sink as a process: `python -m notifications.sink FOLDER`; it ends with its standard input or by SIGTERM."""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

from notifications.sink.conversation import Conversation
from notifications.sink.folder import MailFolder

LOOPBACK = "127.0.0.1"
SIZE_LIMIT = 50_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m notifications.sink", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the .eml files go")
    parser.add_argument("--port", type=int, default=0, help="0: any free port; it is told on the first line")
    parser.add_argument("--size-limit", type=int, default=SIZE_LIMIT, help="the largest mail in bytes")
    chosen = parser.parse_args(arguments)
    try:
        with closing(MailFolder(chosen.folder)) as folder:
            asyncio.run(serve(folder, chosen.port, chosen.size_limit))
    except OSError as failed:
        parser.error(str(failed))
    return 0


async def serve(folder: MailFolder, port: int, size_limit: int) -> None:
    """Take mail on loopback until told to stop; the first line of output is the port as JSON."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    present: set[Conversation] = set()
    server = await loop.create_server(lambda: Conversation(folder, size_limit, present), LOOPBACK, port)
    sys.stdout.write(json.dumps({"port": server.sockets[0].getsockname()[1]}) + "\n")
    sys.stdout.flush()
    Thread(target=_watch_input, args=(loop, stop), daemon=True).start()
    await stop.wait()
    server.close()
    for conversation in tuple(present):
        conversation.leave()
    await server.wait_closed()
    await asyncio.sleep(0)


def _watch_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The parent holds the other end: when it is gone, however it went, the input ends."""
    with suppress(OSError):
        while os.read(0, 4096):
            pass
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    sys.exit(main())
