"""The mark by which Outlook folds mails into one conversation: 22 bytes for the thread, 5 more for each answer."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

ROOT_BYTES = 22
ANSWER_BYTES = 5


def thread_index(thread: str, started_at: datetime, answered_at: Sequence[datetime] = ()) -> bytes:
    """The mark of the last of `answered_at` in the thread; of its first mail where there is none."""
    name = sha256(thread.encode()).digest()
    started = _filetime(started_at)
    index = started.to_bytes(8, "big")[:6] + name[:16]
    for place, instant in enumerate(answered_at):
        index += _answer(max(0, _filetime(instant) - started), name[place % len(name)])
    return index


def is_thread_index(index: bytes) -> bool:
    return len(index) >= ROOT_BYTES and (len(index) - ROOT_BYTES) % ANSWER_BYTES == 0


def _answer(elapsed: int, salt: int) -> bytes:
    """31 bits of the time since the first mail, in the finer of two scales that holds it, then one byte of salt."""
    if elapsed < 1 << 49:
        return (elapsed >> 18).to_bytes(4, "big") + bytes([salt])
    return ((1 << 31) | (elapsed >> 23) & 0x7FFFFFFF).to_bytes(4, "big") + bytes([salt])


def _filetime(instant: datetime) -> int:
    """Tenths of a microsecond since 1601."""
    delta = instant - _EPOCH
    return ((delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds) * 10


_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
