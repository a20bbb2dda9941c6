"""Due days: rules, rolls, lights and the arithmetic of extension and pause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.duedays import (
    AfterWorkdays,
    Light,
    NoDate,
    OnDay,
    Verdict,
    Yearly,
    days_late,
    due_on,
    extended_by,
    is_overdue,
    light,
    next_occurrence,
    occurrences,
    paused_to,
    rework_due_on,
    roll_day,
    verdict,
)
from engine.workdays import Workdays

WORKDAYS = Workdays()
DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


def due(rule, entered: str = "2020-04-15") -> date | None:
    return due_on(rule, entered_on=on(entered), workdays=WORKDAYS)


def test_a_day_stays_the_day_the_plan_names_even_on_a_saturday() -> None:
    assert due(OnDay(on("2020-10-31"))) == on("2020-10-31")


def test_a_day_off_rolls_only_where_the_campaign_says_so() -> None:
    assert due(OnDay(on("2020-10-31"), roll="next")) == on("2020-11-02")
    assert due(OnDay(on("2020-10-31"), roll="previous")) == on("2020-10-30")
    assert due(OnDay(on("2020-06-05"), roll="next")) == on("2020-06-05")
    assert roll_day(on("2020-07-05"), "next", WORKDAYS) == on("2020-07-06")


def test_an_unknown_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        roll_day(on("2020-07-05"), "sideways", WORKDAYS)


def test_by_the_fifth_can_be_read_without_the_fifth() -> None:
    assert due(OnDay(on("2020-06-05"), inclusive=False)) == on("2020-06-04")
    assert due(OnDay(on("2020-11-02"), inclusive=False)) == on("2020-11-01")
    assert due(OnDay(on("2020-11-02"), inclusive=False, roll="previous")) == on("2020-10-30")


def test_working_days_after_entering_a_state_cross_the_holiday() -> None:
    assert due(AfterWorkdays(10), "2020-09-24") == on("2020-10-14")
    assert due(AfterWorkdays(1), "2020-06-27") == on("2020-06-28")
    with pytest.raises(ValueError, match="at least one working day"):
        AfterWorkdays(0)


def test_some_milestones_have_no_day() -> None:
    assert due(NoDate()) is None


def test_reports_close_the_year_before_and_the_first_half_year() -> None:
    found = occurrences(Yearly(), first=on("2020-05-01"), last=on("2023-01-31"), workdays=WORKDAYS)
    assert [(one.period, one.due_on.isoformat()) for one in found] == [
        ("2020H1", "2020-07-05"),
        ("2020", "2021-01-05"),
        ("2021H1", "2021-07-05"),
        ("2021", "2022-01-05"),
        ("2022H1", "2022-07-05"),
        ("2022", "2023-01-05"),
    ]


def test_a_yearly_rule_gives_the_next_day_not_yet_past() -> None:
    assert due(Yearly(), "2020-07-05") == on("2020-07-05")
    assert due(Yearly(), "2020-07-06") == on("2021-01-05")
    assert due(Yearly(roll="next"), "2020-07-06") == on("2020-07-06")
    assert next_occurrence(Yearly(), on=on("2020-12-31"), workdays=WORKDAYS).period == "2020"


def test_a_rolled_report_keeps_the_name_of_its_period() -> None:
    new_year = Yearly(days=((1, 1), (7, 1)), roll="previous")
    found = next_occurrence(new_year, on=on("2021-12-20"), workdays=WORKDAYS)
    assert (found.period, found.nominal_on, found.due_on) == ("2021", on("2022-01-01"), on("2021-12-31"))


def test_quarters_need_names_of_their_own() -> None:
    days = ((1, 10), (4, 10), (7, 10), (10, 10))
    with pytest.raises(ValueError, match="a period of its own"):
        Yearly(days=days)
    rule = Yearly(days=days, periods=("{previous}Q4", "{year}Q1", "{year}Q2", "{year}Q3"))
    found = occurrences(rule, first=on("2020-04-01"), last=on("2021-01-31"), workdays=WORKDAYS)
    assert [one.period for one in found] == ["2020Q1", "2020Q2", "2020Q3", "2020Q4"]


@pytest.mark.parametrize("days", [(), ((7, 5), (1, 5)), ((1, 5), (1, 5)), ((2, 29),), ((13, 1),)])
def test_a_yearly_rule_has_days_that_every_year_has_in_order(days) -> None:
    with pytest.raises(ValueError):
        Yearly(days=days)


@pytest.mark.parametrize("periods", [("{year}",), ("{year}", "{year}"), ("{year}", "{month}"), ("{}", "{year}")])
def test_a_period_that_cannot_be_named_is_refused(periods: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        Yearly(periods=periods)


@given(DAYS, DAYS, st.sampled_from(["none", "previous", "next"]), st.booleans())
def test_each_period_falls_due_once(one: date, other: date, roll: str, inclusive: bool) -> None:
    first, last = sorted((one, other))
    rule = Yearly(roll=roll, inclusive=inclusive)
    found = occurrences(rule, first=first, last=last, workdays=WORKDAYS)
    days = [occurrence.due_on for occurrence in found]
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
    assert len({occurrence.period for occurrence in found}) == len(found)
    following = next_occurrence(rule, on=first, workdays=WORKDAYS)
    assert found[:1] == ((following,) if following.due_on <= last else ())


def test_overdue_begins_at_midnight_after_the_due_day() -> None:
    saturday = on("2020-10-31")
    assert not is_overdue(saturday, saturday)
    assert is_overdue(saturday, on("2020-11-01"))
    assert not is_overdue(None, on("2020-11-01"))
    assert [
        days_late(saturday, on(day), WORKDAYS) for day in ("2020-10-01", "2020-10-31", "2020-11-01", "2020-11-02")
    ] == [
        0,
        0,
        0,
        1,
    ]
    assert days_late(on("2020-06-05"), on("2020-06-12"), WORKDAYS) == 5
    assert days_late(None, on("2020-06-12"), WORKDAYS) == 0


def test_the_light_of_an_open_milestone_turns_at_t_minus_five_and_the_day_after() -> None:
    days = ["2020-10-23", "2020-10-26", "2020-10-31", "2020-11-01"]
    found = [light(on("2020-10-31"), on(day), WORKDAYS) for day in days]
    assert found == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]
    assert light(on("2020-10-31"), on("2020-10-26"), WORKDAYS, soon=3) == Light.GREEN
    assert light(None, on("2020-11-01"), WORKDAYS) == Light.GREEN


def test_the_light_of_a_met_milestone_remembers_lateness() -> None:
    today = on("2020-12-01")
    assert light(on("2020-10-31"), today, WORKDAYS, met_on=on("2020-10-31")) == Light.GREEN
    assert light(on("2020-10-31"), today, WORKDAYS, met_on=on("2020-11-01")) == Light.YELLOW
    assert verdict(on("2020-10-31"), on("2020-10-31")) == Verdict.ON_TIME == "on_time"
    assert verdict(on("2020-10-31"), on("2020-11-01")) == Verdict.LATE == "late"
    assert verdict(None, on("2020-11-01")) == Verdict.ON_TIME


def test_an_extension_counts_from_the_due_day() -> None:
    assert extended_by(on("2020-06-30"), 5, WORKDAYS) == on("2020-07-07")
    assert extended_by(on("2020-10-31"), 5, WORKDAYS) == on("2020-11-06")


@pytest.mark.acceptance(17)
def test_after_a_pause_as_many_working_days_are_left_as_before_it() -> None:
    entered = on("2020-06-08")
    due_day = WORKDAYS.after(entered, 10)
    paused_on = WORKDAYS.after(entered, 4)
    resumed_on = paused_on + timedelta(days=7)
    moved = paused_to(due_day, paused_on, resumed_on, WORKDAYS)
    assert (due_day, paused_on, resumed_on) == (on("2020-06-22"), on("2020-06-12"), on("2020-06-19"))
    assert moved == on("2020-06-30")
    assert WORKDAYS.between(resumed_on, moved) == 6


def test_a_pause_over_a_weekend_costs_nothing_but_the_monday() -> None:
    assert paused_to(on("2020-10-31"), on("2020-10-24"), on("2020-10-25"), WORKDAYS) == on("2020-10-31")
    assert paused_to(on("2020-10-31"), on("2020-10-23"), on("2020-10-26"), WORKDAYS) == on("2020-11-02")
    with pytest.raises(ValueError, match="cannot end before"):
        paused_to(on("2020-10-31"), on("2020-10-26"), on("2020-10-23"), WORKDAYS)


@given(DAYS, DAYS, st.integers(0, 200))
def test_a_pause_keeps_what_is_left_on_any_day(due_day: date, paused_on: date, length: int) -> None:
    resumed_on = paused_on + timedelta(days=length)
    moved = paused_to(due_day, paused_on, resumed_on, WORKDAYS)
    assert WORKDAYS.between(resumed_on, moved) == WORKDAYS.between(paused_on, due_day)
    assert moved >= due_day


def test_a_case_sent_back_has_its_due_day_but_three_working_days_at_least() -> None:
    assert rework_due_on(on("2020-10-31"), on("2020-10-10"), WORKDAYS) == on("2020-10-31")
    assert rework_due_on(on("2020-10-31"), on("2020-10-29"), WORKDAYS) == on("2020-11-03")
    assert rework_due_on(on("2020-10-31"), on("2020-11-20"), WORKDAYS, at_least=5) == on("2020-11-27")
    assert rework_due_on(None, on("2020-06-24"), WORKDAYS) == on("2020-06-30")
