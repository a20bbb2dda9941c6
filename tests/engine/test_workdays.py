"""Counting in working days: the dates the campaign needs, and laws that hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.workdays import Table, Workdays, parse_table

WORKDAYS = Workdays()
PUBLISHED = st.dates(date(2017, 6, 1), date(2027, 6, 30))
ANY_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
COUNTS = st.integers(1, 400)

# due day, working day on or before it, on or after it, T-10, T-5, T-3, T-1, T+1, T+3, T+5, T+10
VECTORS = """
2020-06-05 2020-06-05 2020-06-05 2020-05-22 2020-05-29 2020-06-02 2020-06-04 2020-06-08 2020-06-10 2020-06-12 2020-06-19
2020-06-30 2020-06-30 2020-06-30 2020-06-15 2020-06-22 2020-06-24 2020-06-29 2020-07-01 2020-07-03 2020-07-07 2020-07-14
2020-07-05 2020-07-03 2020-07-06 2020-06-19 2020-06-29 2020-07-01 2020-07-03 2020-07-06 2020-07-08 2020-07-10 2020-07-17
2020-10-31 2020-10-30 2020-11-02 2020-10-19 2020-10-26 2020-10-28 2020-10-30 2020-11-02 2020-11-04 2020-11-06 2020-11-13
2021-01-05 2021-01-05 2021-01-05 2020-12-21 2020-12-28 2020-12-30 2021-01-04 2021-01-06 2021-01-08 2021-01-12 2021-01-19
2021-07-05 2021-07-05 2021-07-05 2021-06-21 2021-06-28 2021-06-30 2021-07-02 2021-07-06 2021-07-08 2021-07-12 2021-07-19
2022-01-05 2022-01-05 2022-01-05 2021-12-21 2021-12-28 2021-12-30 2022-01-04 2022-01-06 2022-01-10 2022-01-12 2022-01-19
2022-07-05 2022-07-05 2022-07-05 2022-06-21 2022-06-28 2022-06-30 2022-07-04 2022-07-06 2022-07-08 2022-07-12 2022-07-19
2022-12-31 2022-12-30 2023-01-03 2022-12-19 2022-12-26 2022-12-28 2022-12-30 2023-01-03 2023-01-05 2023-01-09 2023-01-16
2023-01-05 2023-01-05 2023-01-05 2022-12-21 2022-12-28 2022-12-30 2023-01-04 2023-01-06 2023-01-10 2023-01-12 2023-01-19
"""
OFFSETS = (-10, -5, -3, -1, 1, 3, 5, 10)


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("line", VECTORS.split("\n")[1:-1])
def test_the_campaigns_dates_are_counted_as_by_hand(line: str) -> None:
    due, previous, following, *counted = map(on, line.split())
    assert WORKDAYS.on_or_before(due) == previous
    assert WORKDAYS.on_or_after(due) == following
    assert [WORKDAYS.shift(due, offset) for offset in OFFSETS] == counted


def test_the_days_between_milestones_are_counted_as_by_hand() -> None:
    assert WORKDAYS.between(on("2020-06-05"), on("2020-06-30")) == 16
    assert WORKDAYS.between(on("2020-06-30"), on("2020-10-31")) == 84
    assert WORKDAYS.between(on("2020-06-30"), on("2020-08-31")) == 44
    assert WORKDAYS.between(on("2020-04-30"), on("2020-06-05")) == 24


def test_the_sunday_after_the_dragon_boat_festival_was_worked() -> None:
    assert WORKDAYS.is_workday(on("2020-06-28"))
    assert not WORKDAYS.is_workday(on("2020-06-26"))
    assert WORKDAYS.name_of(on("2020-06-28")) == WORKDAYS.name_of(on("2020-06-27")) == "端午节"
    assert WORKDAYS.name_of(on("2020-06-29")) is None


@pytest.mark.parametrize(
    ("monday", "sent"),
    [
        ("2020-10-05", "2020-10-09"),
        ("2021-02-15", "2021-02-18"),
        ("2021-05-03", "2021-05-06"),
        ("2020-04-06", "2020-04-07"),
    ],
)
def test_a_mondays_mail_goes_out_after_the_holiday(monday: str, sent: str) -> None:
    assert WORKDAYS.on_or_after(on(monday)) == on(sent)


def test_an_unpublished_year_goes_by_the_week_and_says_so() -> None:
    assert WORKDAYS.is_workday(on("2027-10-01"))
    assert not WORKDAYS.is_workday(on("2027-10-02"))
    assert WORKDAYS.is_provisional(on("2027-10-01"))
    assert not WORKDAYS.is_provisional(on("2026-12-31"))
    assert WORKDAYS.after(on("2026-12-31"), 3) == on("2027-01-05")
    assert WORKDAYS.provisional_years(on("2026-12-21"), on("2028-01-05")) == (2027, 2028)
    assert WORKDAYS.provisional_years(on("2018-01-01"), on("2026-12-31")) == ()


def test_what_a_coordinator_enters_holds_over_table_and_week() -> None:
    entered = Workdays(
        {on("2027-10-01"): False, on("2027-10-09"): True, on("2020-06-08"): False, on("2026-10-01"): True}
    )
    assert not entered.is_workday(on("2027-10-01"))
    assert not entered.is_provisional(on("2027-10-01"))
    assert entered.is_provisional(on("2027-10-04"))
    assert entered.is_workday(on("2027-10-09"))
    assert entered.after(on("2020-06-05"), 1) == on("2020-06-09")
    assert entered.is_workday(on("2026-10-01"))
    assert entered.name_of(on("2026-10-01")) is None


def test_an_entry_that_says_what_is_known_changes_no_count() -> None:
    repeated = Workdays({on("2020-06-28"): True, on("2020-06-27"): False, on("2020-06-08"): True})
    assert repeated.between(on("2020-01-01"), on("2020-12-31")) == WORKDAYS.between(on("2020-01-01"), on("2020-12-31"))


def test_a_year_entered_whole_is_no_longer_provisional() -> None:
    entered = Workdays({on("2027-01-01"): False}, published=[2027])
    assert not entered.is_provisional(on("2027-06-01"))
    assert entered.is_provisional(on("2028-06-01"))
    assert entered.provisional_years(on("2026-01-01"), on("2028-01-01")) == (2028,)


def test_later_changes_of_the_callers_entries_do_not_reach_in() -> None:
    entries = {on("2027-10-01"): False}
    entered = Workdays(entries)
    entries[on("2027-10-04")] = False
    assert entered.is_workday(on("2027-10-04"))
    assert not entered.is_provisional(on("2027-10-01"))
    assert entered.is_provisional(on("2027-10-04"))


@pytest.mark.parametrize("count", [0, -1])
def test_working_days_after_or_before_are_counted_from_one(count: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        WORKDAYS.after(on("2020-06-05"), count)
    with pytest.raises(ValueError, match="counted from 1"):
        WORKDAYS.before(on("2020-06-05"), count)


@given(PUBLISHED, st.integers(1, 60))
def test_counting_agrees_with_walking_day_by_day(day: date, count: int) -> None:
    forward, backward, left = day, day, count
    while left:
        forward += timedelta(days=1)
        left -= WORKDAYS.is_workday(forward)
    left = count
    while left:
        backward -= timedelta(days=1)
        left -= WORKDAYS.is_workday(backward)
    assert WORKDAYS.after(day, count) == forward
    assert WORKDAYS.before(day, count) == backward


@given(ANY_DAY, COUNTS)
def test_forth_and_back_again_ends_on_the_working_day_it_began_with(day: date, count: int) -> None:
    assert WORKDAYS.before(WORKDAYS.after(day, count), count) == WORKDAYS.on_or_before(day)
    assert WORKDAYS.after(WORKDAYS.before(day, count), count) == WORKDAYS.on_or_after(day)


@given(ANY_DAY, st.integers(-400, 400))
def test_a_shift_lands_on_a_working_day_on_the_right_side(day: date, count: int) -> None:
    landed = WORKDAYS.shift(day, count)
    if count == 0:
        assert landed == day
    else:
        assert WORKDAYS.is_workday(landed)
        assert (landed > day) == (count > 0)
        assert landed == (WORKDAYS.after(day, count) if count > 0 else WORKDAYS.before(day, -count))


@given(ANY_DAY, ANY_DAY, COUNTS)
def test_an_earlier_start_never_ends_later(one: date, other: date, count: int) -> None:
    first, last = sorted((one, other))
    assert WORKDAYS.after(first, count) <= WORKDAYS.after(last, count)
    assert WORKDAYS.before(first, count) <= WORKDAYS.before(last, count)
    assert WORKDAYS.after(first, count) < WORKDAYS.after(first, count + 1)


@given(ANY_DAY, COUNTS)
def test_as_many_lie_between_as_were_counted(day: date, count: int) -> None:
    assert WORKDAYS.between(day, WORKDAYS.after(day, count)) == count
    assert WORKDAYS.between(WORKDAYS.before(day, count), day) == count - (not WORKDAYS.is_workday(day))


@given(ANY_DAY, ANY_DAY, ANY_DAY)
def test_stretches_add_up(one: date, other: date, third: date) -> None:
    assert WORKDAYS.between(one, other) + WORKDAYS.between(other, third) == WORKDAYS.between(one, third)
    assert WORKDAYS.between(one, other) == -WORKDAYS.between(other, one)


@given(ANY_DAY)
def test_every_date_has_an_answer(day: date) -> None:
    assert WORKDAYS.on_or_before(day) <= day <= WORKDAYS.on_or_after(day)
    assert WORKDAYS.is_workday(WORKDAYS.on_or_before(day))
    assert WORKDAYS.is_workday(WORKDAYS.on_or_after(day))
    assert WORKDAYS.is_provisional(day) == (not 2018 <= day.year <= 2026)


@given(st.dictionaries(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.booleans()), st.integers(1, 30))
def test_counting_holds_over_any_entries(entries: dict[date, bool], count: int) -> None:
    entered = Workdays(entries)
    day, last = date(2019, 12, 20), date(2021, 1, 10)
    worked = []
    while (day := day + timedelta(days=1)) <= last:
        assert entered.is_workday(day) == entries.get(day, WORKDAYS.is_workday(day))
        worked += [day] if entered.is_workday(day) else []
    assert entered.between(date(2019, 12, 20), last) == len(worked)
    assert [entered.after(date(2019, 12, 20), place) for place in range(1, len(worked) + 1)] == worked
    assert [entered.before(date(2021, 1, 11), place) for place in range(1, len(worked) + 1)] == worked[::-1]
    assert entered.shift(worked[0], count) == entered.after(worked[0], count)


def test_another_table_can_take_the_place_of_chinas() -> None:
    table = parse_table("years 2030\n2030-05-01 rest 节日  # a remark\n\n2030-05-04 work 节日\n")
    assert table == Table(frozenset({2030}), {on("2030-05-01"): False, on("2030-05-04"): True}, table.names)
    assert Workdays(table=table).between(on("2030-04-30"), on("2030-05-05")) == 3
    assert Workdays(table=table).is_provisional(on("2020-01-01"))


@pytest.mark.parametrize(
    "line",
    [
        "2030-05-01 off 节日",
        "2030-02-30 rest 节日",
        "2031-01-01 rest 元旦",
        "2030-01-01 rest 元旦",
        "2030-05-01 rest",
        "years X",
    ],
)
def test_a_fault_in_a_table_is_named_with_its_line(line: str) -> None:
    with pytest.raises(ValueError, match="line 3 of the table"):
        parse_table(f"years 2030\n2030-01-01 rest 元旦\n{line}\n")
