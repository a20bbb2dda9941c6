"""Open event streams: a few for each person, some for each thread in all, and their looks in a lane of their own."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from console.web.rates import TooMany

EACH: Final = 6
"""Open windows of one person that keep themselves up to date; the one that was opened first gives way."""
THREADS: Final = 40
"""So many requests are worked at side by side, as the server has it."""
MOST: Final = 12 * THREADS
"""Streams in all; a stream holds a connection of the network, but no thread, so there may be more of them."""
LOOKERS: Final = 2
"""Threads that look for all streams; pages never wait for them."""
PAUSE: Final = 5.0
"""Seconds between two looks of a stream."""
SPACE: Final = 0.05
"""Seconds from the look of one stream to that of the next: where many are open, each looks less often."""
LATER: Final = 30
"""Seconds after which somebody may ask again for whom there was no room."""

Seen = TypeVar("Seen")


class Place:
    """The place of one stream, which can be taken from it."""

    def __init__(self, person_id: int) -> None:
        self.person_id = person_id
        self._lost = asyncio.Event()

    def lose(self) -> None:
        self._lost.set()

    async def is_lost_within(self, seconds: float) -> bool:
        """Wait so long, or until somebody else has the place."""
        try:
            async with asyncio.timeout(seconds):
                return await self._lost.wait()
        except TimeoutError:
            return False


class Streams:
    """Who looks on at the moment. Each process counts for itself; all of it happens on the server's own thread."""

    def __init__(self) -> None:
        self._open: list[Place] = []
        self._lane = ThreadPoolExecutor(LOOKERS, "looks")

    def check_room(self) -> None:
        if len(self._open) >= MOST:
            raise TooMany(LATER)

    @contextmanager
    def place(self, person_id: int) -> Iterator[Place]:
        """A place as long as the block lasts; who has too many loses the one taken first."""
        own = [one for one in self._open if one.person_id == person_id]
        for one in own[: max(0, len(own) + 1 - EACH)]:
            self._open.remove(one)
            one.lose()
        taken = Place(person_id)
        self._open.append(taken)
        try:
            yield taken
        finally:
            if taken in self._open:
                self._open.remove(taken)

    @property
    def pause(self) -> float:
        """Seconds from one look of a stream to its next."""
        return max(PAUSE, SPACE * len(self._open))

    async def see(self, look: Callable[[], Seen]) -> Seen:
        """What a look finds; the others wait their turn."""
        return await asyncio.get_running_loop().run_in_executor(self._lane, look)

    def __len__(self) -> int:
        return len(self._open)
