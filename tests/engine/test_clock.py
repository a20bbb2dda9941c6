"""Clocks and the days of a zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.clock import ZONE, Clock, FixedClock, SystemClock, at_morning, local_day, monotonic, sleep, time_of_day


def test_the_machines_clock_speaks_utc_and_goes_forward() -> None:
    clock: Clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert clock.now() >= first


def test_a_rehearsals_clock_stands_still_until_it_is_set() -> None:
    clock = FixedClock(datetime(2020, 6, 5, 8, 30, tzinfo=ZONE))
    assert clock.now() == clock.now() == datetime(2020, 6, 5, 0, 30, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert clock.advance(timedelta(days=3)) == clock.now() == datetime(2020, 6, 8, 0, 30, tzinfo=UTC)
    clock.set(datetime(2020, 6, 1, tzinfo=ZONE))
    assert clock.now() == datetime(2020, 5, 31, 16, tzinfo=UTC)


def test_waiting_takes_real_time() -> None:
    before = monotonic()
    sleep(0.001)
    assert monotonic() - before >= 0.001


@pytest.mark.parametrize("take", [FixedClock, local_day, FixedClock(datetime(2020, 1, 1, tzinfo=UTC)).set])
def test_an_instant_without_a_zone_is_refused(take) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        take(datetime(2020, 6, 5, 8, 30))  # noqa: DTZ001


def test_the_day_changes_at_midnight_in_ningbo() -> None:
    assert local_day(datetime(2020, 6, 5, 15, 59, 59, tzinfo=UTC)) == date(2020, 6, 5)
    assert local_day(datetime(2020, 6, 5, 16, 0, tzinfo=UTC)) == date(2020, 6, 6)
    assert local_day(datetime(2020, 6, 5, 16, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin")) == date(2020, 6, 5)


def test_half_past_eight_in_ningbo_is_half_past_midnight_in_utc() -> None:
    assert at_morning(date(2020, 6, 8), "08:30") == datetime(2020, 6, 8, 0, 30, tzinfo=UTC)
    assert at_morning(date(2020, 6, 8)).tzinfo is UTC
    assert at_morning(date(2020, 6, 8), "00:00") == datetime(2020, 6, 7, 16, 0, tzinfo=UTC)


def test_a_morning_follows_summer_time_where_there_is_one() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert at_morning(date(2020, 3, 27), "08:30", berlin) == datetime(2020, 3, 27, 7, 30, tzinfo=UTC)
    assert at_morning(date(2020, 3, 30), "08:30", berlin) == datetime(2020, 3, 30, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["8:30", "08.30", "24:00", "08:60", "0830", "08:30:00", "", "०८:३०", " 08:30"])
def test_a_time_of_day_has_two_digits_a_colon_and_two_digits(text: str) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        time_of_day(text)


@pytest.mark.parametrize("text", ["00:00", "08:30", "19:05", "23:59"])
def test_a_time_of_day_is_read_as_written(text: str) -> None:
    assert time_of_day(text).isoformat("minutes") == text
