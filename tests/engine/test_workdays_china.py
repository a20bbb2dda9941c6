"""The published arrangements, day by day against two packages that were made by others."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from engine.workdays import Workdays, read_table

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
WORKDAYS = Workdays()


def test_every_day_of_the_table_agrees_with_chinesecalendar() -> None:
    assert [day for day in EVERY_DAY if WORKDAYS.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_of_the_table_agrees_with_holidays() -> None:
    china = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    assert [day for day in EVERY_DAY if WORKDAYS.is_workday(day) != china.is_working_day(day)] == []


def test_every_named_day_off_is_a_holiday_elsewhere_too() -> None:
    china = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    table = read_table("china")
    assert set(china) <= {day for day, works in table.days.items() if not works}
    assert all(chinese_calendar.is_holiday(day) != works for day, works in table.days.items())


def test_the_table_covers_what_it_says() -> None:
    table = read_table("china")
    assert table.years == frozenset(range(2018, 2027))
    assert {day.year for day in table.days} == table.years
    assert all(day.weekday() >= 5 for day, works in table.days.items() if works)
    assert all(table.names[day] for day in table.days)


@pytest.mark.parametrize("day", ["2020-01-31", "2020-02-01", "2020-02-02"])
def test_the_spring_festival_of_2020_was_prolonged(day: str) -> None:
    assert not WORKDAYS.is_workday(date.fromisoformat(day))
    assert WORKDAYS.name_of(date.fromisoformat(day)) == "春节（延长）"
    assert WORKDAYS.on_or_after(date.fromisoformat(day)) == date(2020, 2, 3)


@pytest.mark.parametrize(
    "days",
    [
        "2020-01-19 2020-04-26 2020-05-09 2020-06-28 2020-09-27 2020-10-10",
        "2021-02-07 2021-02-20 2021-04-25 2021-05-08 2021-09-18 2021-09-26 2021-10-09",
        "2022-01-29 2022-01-30 2022-04-02 2022-04-24 2022-05-07 2022-10-08 2022-10-09",
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
    ],
)
def test_exactly_these_weekend_days_of_the_year_are_worked(days: str) -> None:
    worked = [date.fromisoformat(day) for day in days.split()]
    assert [
        day for day in EVERY_DAY if day.year == worked[0].year and day.weekday() >= 5 and WORKDAYS.is_workday(day)
    ] == worked
