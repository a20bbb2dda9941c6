"""The only place that reads the machine's clocks, and the conversions between instants and days."""

import re
import time as machine_time
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")
"""Where days begin and end unless a campaign says otherwise."""

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Clock(Protocol):
    """Where the present instant comes from; handed in, so that a rehearsal can hand in its own."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is set; for rehearsals and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = _in_utc(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Let it be `at`; setting it back is the caller's own risk."""
        self._at = _in_utc(at)

    def advance(self, by: timedelta) -> datetime:
        """Let `by` pass; answers the new instant."""
        self._at += by
        return self._at


def monotonic() -> float:
    """Seconds that never run backwards, for leases and the security of sign-ins; real also in a rehearsal."""
    return machine_time.monotonic()


def sleep(seconds: float) -> None:
    """Wait in real time, also in a rehearsal."""
    machine_time.sleep(seconds)


def local_day(instant: datetime, zone: ZoneInfo = ZONE) -> date:
    """The day on which an instant falls in a zone."""
    return _aware(instant).astimezone(zone).date()


@lru_cache(maxsize=4096)
def at_morning(day: date, at: str = "08:30", zone: ZoneInfo = ZONE) -> datetime:
    """The instant in UTC at which it is `at` o'clock on that day in that zone."""
    return datetime.combine(day, time_of_day(at), zone).astimezone(UTC)


@lru_cache(maxsize=64)
def time_of_day(text: str) -> time:
    """Read a time as settings write it: hours and minutes with a colon, "08:30"."""
    if _TIME.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a time of day like 08:30")
    return time.fromisoformat(text)


def _in_utc(instant: datetime) -> datetime:
    return _aware(instant).astimezone(UTC)


def _aware(instant: datetime) -> datetime:
    # without a zone Python would silently take the machine's own
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no zone")
    return instant
