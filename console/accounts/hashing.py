"""Passwords as argon2id hashes: made, compared in the same time for everybody, made anew when the cost has changed."""

from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from typing import Final
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash takes: memory, rounds over it, lanes side by side."""

    memory_kib: int
    rounds: int
    lanes: int


STRONG: Final = Cost(memory_kib=65_536, rounds=3, lanes=4)
"""The second recommended choice of RFC 9106, for machines that cannot give 2 GB to a sign-in."""

AT_ONCE: Final = 4
"""Hashes worked out at the same time; the others wait, so that many sign-ins do not use up the memory."""

_DECOY: Final = "nobody has this password"


class Hashing:
    """The hashes of one installation."""

    def __init__(self, cost: Cost = STRONG) -> None:
        self._hasher = PasswordHasher(time_cost=cost.rounds, memory_cost=cost.memory_kib, parallelism=cost.lanes)
        self._places = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        with self._places:
            return self._hasher.hash(folded(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; without a hash the same work is done for nothing."""
        decoy = self._decoy
        with self._places:
            try:
                return self._hasher.verify(kept or decoy, folded(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _decoy(self) -> str:
        return self.hash(_DECOY)


def folded(password: str) -> str:
    """The same characters however a keyboard put them together."""
    return normalize("NFKC", password)
