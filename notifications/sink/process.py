"""A sink beside this process, for as long as it is needed."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.words import tr
from notifications.errors import SinkFailed

SECONDS_TO_END = 10


class SinkProcess:
    """`with SinkProcess(folder) as sink:` starts it; leaving the block ends it. It never outlives this process."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder = folder
        self.port = port
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "notifications.sink", str(self.folder), "--port", str(self.port)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        first_line = self._process.stdout.readline() if self._process.stdout else ""
        if not first_line:
            self._end()
            raise SinkFailed(tr("The mail sink for the folder {folder} did not start.", folder=str(self.folder)))
        self.port = int(json.loads(first_line)["port"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failed: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def files(self) -> tuple[Path, ...]:
        """The mails taken so far, in the order of their dates."""
        return tuple(sorted(self.folder.glob("*.eml")))

    @property
    def count(self) -> int:
        return len(self.files)

    def _end(self) -> None:
        if self._process is None:
            return
        with self._process as process:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
        self._process = None
