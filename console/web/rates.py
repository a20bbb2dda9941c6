"""How often somebody may ask: counted in memory over a running minute, by address and by account."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from engine.clock import monotonic

MINUTE: Final = 60.0
MOST_KEYS: Final = 20_000
"""Callers remembered; when there are more, those that have been quiet are forgotten."""


class TooMany(Exception):
    """Somebody asks too often; `wait` seconds from now it goes on."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass
class Rates:
    """The callers of the last minute. Each process counts for itself."""

    _asked: dict[str, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def count(self, key: str, most: int) -> None:
        """Note a request; refused when the caller has used up the minute."""
        now = monotonic()
        with self._lock:
            if len(self._asked) > MOST_KEYS:
                self._forget(now)
            asked = self._asked.setdefault(key, deque())
            while asked and asked[0] <= now - MINUTE:
                asked.popleft()
            if len(asked) >= most:
                raise TooMany(max(1, round(asked[0] + MINUTE - now)))
            asked.append(now)

    def _forget(self, now: float) -> None:
        quiet = [key for key, asked in self._asked.items() if not asked or asked[-1] <= now - MINUTE]
        for key in quiet:
            del self._asked[key]
