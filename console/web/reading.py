"""What a request reads: one snapshot from its first look to its answer, so that nothing is read twice."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from fastapi import Request

from engine.store.database import Database, Work


class Reading:
    """The reading transaction of a request; one look within another is the same one.

    While it lasts, the next look goes on where the last one was; else each look ends with its block.
    """

    def __init__(self, database: Database, *, lasting: bool) -> None:
        self._database = database
        self._lasting = lasting
        self._open = ExitStack()
        self._work: Work | None = None
        self._inside = False

    @contextmanager
    def look(self, now: datetime) -> Iterator[Work]:
        if self._work is None:
            self._work = self._open.enter_context(self._database.look(now))
        if self._inside:
            yield self._work
            return
        self._inside, sound = True, False
        try:
            yield self._work
            sound = True
        finally:
            self._inside = False
            if not (sound and self._lasting):
                self.end()

    def end(self) -> None:
        """See what was written since with the next look; also before writing, so that nobody holds two connections."""
        if not self._inside:
            self._work = None
            self._open.close()

    def close(self) -> None:
        """The answer is made; whatever looks afterwards looks for itself."""
        self._lasting = False
        self.end()


def reading_of(request: Request) -> Reading:
    """The one of this request; where nobody has begun it, each look is on its own."""
    if not hasattr(request.state, "reading"):
        request.state.reading = Reading(request.app.state.serving.house.database, lasting=False)
    found: Reading = request.state.reading
    return found
