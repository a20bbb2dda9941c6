"""Names of workers: the same after a restart, never the same for two that run at once on one machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from socket import gethostname
from tempfile import gettempdir
from typing import Final

from engine.errors import Refused
from engine.store import backup
from engine.words import tr

MOST: Final = 64
"""Workers of one house on one machine; far more than anybody needs."""


@contextmanager
def worker_slot(url: str) -> Iterator[str]:
    """The name of the first place that no running worker of this machine has taken; it is free again when we end.

    What a killed worker left behind is taken up at once by the next one of the same name, so the name must come back
    after a restart; and the system lets go of a lock whatever ends the process.
    """
    for number in range(1, MOST + 1):
        lock = _lock(_file(url, number))
        if lock is not None:
            try:
                yield f"{gethostname()[:50]}:{number}"
            finally:
                os.close(lock)
            return
    raise Refused(tr("{n} workers run on this machine already.", n=MOST))


def _lock(file: Path) -> int | None:
    """An open file that nobody else holds; None where somebody does, or where it belongs to somebody else."""
    try:
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _file(url: str, number: int) -> Path:
    """One file for each house and place, in the folder for what does not outlive the machine's run."""
    own = backup.file_of(url)
    house = str(own.resolve()) if own else backup.spoken(url)
    folder = os.environ.get("XDG_RUNTIME_DIR") or gettempdir()
    return Path(folder) / f"lingpao-{sha256(house.encode()).hexdigest()[:16]}-{number}.lock"
