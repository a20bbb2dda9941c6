"""The ladder on the campaign's own dates, after downtime, and around openings, drafts and letters that do not leave."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from climbing import Deadline, at, days_from

from engine.ladder import (
    Fire,
    Ladder,
    Level,
    Look,
    Outcome,
    Rung,
    default_ladder,
    first_day,
    moments,
    next_morning,
)
from engine.workdays import Workdays

WORKDAYS = Workdays()
LADDER = default_ladder()

# due day; 提醒 three times; 催办 twice; 督办; 通报
TIMELINES = """
2020-06-05 2020-05-22 2020-05-29 2020-06-04 2020-06-08 2020-06-11 2020-06-12 2020-06-19
2020-06-30 2020-06-15 2020-06-22 2020-06-29 2020-07-01 2020-07-06 2020-07-07 2020-07-14
2020-07-05 2020-06-19 2020-06-29 2020-07-03 2020-07-06 2020-07-09 2020-07-10 2020-07-17
2020-10-31 2020-10-19 2020-10-26 2020-10-30 2020-11-02 2020-11-05 2020-11-06 2020-11-13
2021-01-05 2020-12-21 2020-12-28 2021-01-04 2021-01-06 2021-01-11 2021-01-12 2021-01-19
"""
CLIMBED = [
    ("reminder_10", 1),
    ("reminder_5", 1),
    ("reminder_1", 1),
    ("chase", 1),
    ("chase", 2),
    ("supervision", 1),
    ("circular", 1),
]


def on(text: str) -> date:
    return date.fromisoformat(text)


def deadline(due: str = "2020-06-05", *, ladder: Ladder = LADDER, opened: str = "2020-04-15", **more) -> Deadline:
    return Deadline(ladder, on(due), more.pop("opened_at", at(opened, "10:00")), WORKDAYS, **more)


def after(first: str, last: str) -> list[date]:
    return days_from(on(first), on(last))


@pytest.mark.parametrize("line", TIMELINES.split("\n")[1:-1])
def test_nobody_moves_and_the_ladder_is_climbed_on_the_days_counted_by_hand(line: str) -> None:
    due, *days = line.split()
    lived = deadline(due).live(days_from(on("2020-04-15"), on(due) + timedelta(days=60)))
    expected = [(day, *rung) for day, rung in zip(days, CLIMBED, strict=True)]
    assert lived.told() == expected
    assert [(one.on.isoformat(), one.rung, one.ordinal) for one in moments(LADDER, on(due), WORKDAYS)] == expected
    assert lived.keys() == lived.keys(Outcome.FIRED)
    assert lived.next_at(at("2021-06-01")) is None


def test_levels_rise_from_reminder_to_circular_and_only_the_last_is_a_draft() -> None:
    found = [(one.level, one.draft) for one in moments(LADDER, on("2020-06-05"), WORKDAYS)]
    assert [level.rank for level, _ in found] == sorted(level.rank for level, _ in found)
    assert found[-1] == (Level.CIRCULAR, True)
    assert not any(draft for _, draft in found[:-1])


def test_half_past_eight_in_ningbo_is_the_moment() -> None:
    lived = deadline()
    assert lived.next_at(lived.opened_at) == datetime(2020, 5, 22, 0, 30, tzinfo=UTC)
    assert not lived.ask(at("2020-05-22", "08:29"))
    assert lived.ask(at("2020-05-22", "08:30")).fire


def test_alerts_about_a_saturday_wait_for_monday() -> None:
    lived = deadline("2020-10-31").live(after("2020-04-15", "2020-10-30"))
    assert lived.sweep(at("2020-11-01", "12:00")) == Look(next_at=at("2020-11-02"))
    assert lived.sweep(at("2020-11-02")).fire is not None


@pytest.mark.acceptance(14)
def test_each_rung_fires_once_across_a_long_holiday_with_a_worked_saturday() -> None:
    ladder = Ladder(
        "three",
        (Rung("soon", Level.REMINDER, -5), Rung("today", Level.REMINDER, 0), Rung("late", Level.CHASE, 3)),
    )
    lived = deadline("2020-10-09", ladder=ladder).live(after("2020-09-01", "2020-11-30"))
    assert lived.told() == [("2020-09-25", "soon", 1), ("2020-10-09", "today", 1), ("2020-10-13", "late", 1)]


@pytest.mark.acceptance(15)
def test_after_downtime_one_alert_goes_out_and_a_second_start_sends_nothing() -> None:
    ladder = Ladder(
        "three",
        (Rung("soon", Level.REMINDER, -5), Rung("today", Level.REMINDER, 0), Rung("late", Level.CHASE, 3)),
    )
    lived = deadline(ladder=ladder)
    lived.sweep(at("2020-05-28"))
    found = lived.sweep(at("2020-06-11", "14:00"))
    assert found.fire is not None
    assert (found.fire.rung, found.fire.on) == ("late", on("2020-06-10"))
    assert [one.rung for one in found.collapsed] == ["soon", "today"]
    assert lived.sweep(at("2020-06-11", "14:00")) == lived.sweep(at("2020-06-12")) == Look()


@pytest.mark.acceptance(15)
def test_down_from_t_minus_six_to_t_plus_four_leaves_one_chase() -> None:
    lived = deadline().live(after("2020-04-15", "2020-05-27"))
    found = lived.sweep(at("2020-06-11", "09:00"))
    assert found.fire is not None
    assert (found.fire.rung, found.fire.ordinal) == ("chase", 2)
    assert [(one.rung, one.ordinal) for one in found.collapsed] == [("reminder_5", 1), ("reminder_1", 1), ("chase", 1)]
    assert not lived.sweep(at("2020-06-11", "09:00"))
    lived.live(after("2020-06-12", "2020-07-31"))
    # 督办 is due on 12 June, but its 催办 left the house only on the 11th
    assert lived.told()[2:] == [("2020-06-15", "supervision", 1), ("2020-06-19", "circular", 1)]


def test_after_a_long_downtime_nobody_is_supervised_or_named_before_being_chased() -> None:
    lived = deadline().live(after("2020-06-24", "2020-07-31"))
    assert lived.told() == [
        ("2020-06-24", "chase", 5),
        ("2020-06-29", "supervision", 1),
        ("2020-07-01", "circular", 1),
    ]
    assert lived.keys(Outcome.COLLAPSED) == [
        *[("chase", time) for time in (1, 2, 3, 4)],
        ("reminder_1", 1),
        ("reminder_10", 1),
        ("reminder_5", 1),
    ]


def test_downtime_after_the_chase_was_sent_ends_in_one_supervision() -> None:
    lived = deadline().live(after("2020-04-15", "2020-06-08"))
    found = lived.sweep(at("2020-06-24"))
    assert found.fire is not None
    assert found.fire.rung == "supervision"
    # no further 催办 was ever due: the 督办 would have stood on 12 June
    assert [(one.rung, one.ordinal) for one in found.collapsed] == [("chase", 2)]
    assert found.next_at == at("2020-06-29")
    lived.live(after("2020-06-25", "2020-07-31"))
    assert lived.told()[-1] == ("2020-06-29", "circular", 1)


def test_a_missed_reminder_is_still_of_use_on_the_due_day_and_of_none_after_it() -> None:
    lived = deadline().live(after("2020-04-15", "2020-05-29"))
    on_the_day = lived.ask(at("2020-06-05", "16:00"))
    assert on_the_day.fire is not None
    assert on_the_day.fire.rung == "reminder_1"
    reminders = Ladder("reminders", LADDER.rungs[:3])
    lived = deadline(ladder=reminders).live(after("2020-04-15", "2020-05-29"))
    too_late = lived.sweep(at("2020-06-08"))
    assert too_late.fire is None
    assert [one.rung for one in too_late.collapsed] == ["reminder_1"]
    assert too_late.next_at is None


def test_what_was_planned_before_the_opening_does_not_apply() -> None:
    lived = deadline(opened_at=at("2020-05-29", "08:31"))
    found = lived.sweep(lived.opened_at)
    assert [one.rung for one in found.not_applicable] == ["reminder_10", "reminder_5"]
    assert found.next_at == at("2020-06-04")
    assert not lived.sweep(lived.opened_at)
    lived.live(after("2020-05-30", "2020-07-31"))
    assert [rung for _, rung, _ in lived.told()] == ["reminder_1", "chase", "chase", "supervision", "circular"]


def test_an_opening_at_the_very_moment_still_gets_the_alert() -> None:
    lived = deadline(opened_at=at("2020-05-29"))
    found = lived.sweep(lived.opened_at)
    assert found.fire is not None
    assert found.fire.rung == "reminder_5"
    assert first_day(at("2020-05-29"), "08:30") == on("2020-05-29")
    assert first_day(at("2020-05-29", "08:31"), "08:30") == on("2020-05-30")


def test_a_deadline_opened_after_its_day_climbs_from_the_next_chase() -> None:
    lived = deadline(opened="2020-06-20").live(after("2020-06-20", "2020-08-31"))
    # T+13 in the rhythm of 催办, 督办 two working days after it, 通报 two after that
    assert lived.told() == [("2020-06-24", "chase", 5), ("2020-06-29", "supervision", 1), ("2020-07-01", "circular", 1)]
    # one record of 催办 speaks for the four that lay before the opening
    assert lived.keys(Outcome.NOT_APPLICABLE) == [
        ("chase", 4),
        ("reminder_1", 1),
        ("reminder_10", 1),
        ("reminder_5", 1),
    ]


def test_supervision_waits_until_the_chase_has_really_left_the_house() -> None:
    lived = deadline(posts=lambda day: day >= on("2020-06-17")).live(after("2020-04-15", "2020-07-31"))
    assert lived.told()[3:] == [
        ("2020-06-08", "chase", 1),
        ("2020-06-11", "chase", 2),
        ("2020-06-16", "chase", 3),
        ("2020-06-19", "supervision", 1),
        ("2020-06-23", "circular", 1),
    ]


def test_while_letters_are_held_chasing_goes_on_in_its_rhythm() -> None:
    lived = deadline(posts=lambda _: False).live(after("2020-06-08", "2020-06-30"))
    assert lived.told() == [(day, "chase", time) for time, day in enumerate(CHASES, start=1)]
    # 督办 might be allowed any morning, so each one is looked at
    assert lived.next_at(at("2020-06-30", "12:00")) == at("2020-07-01")


CHASES = ["2020-06-08", "2020-06-11", "2020-06-16", "2020-06-19", "2020-06-24", "2020-06-30"]
"""T+1 and each third working day after it; 25 to 27 June were off and the 28th was worked."""


def test_a_rung_without_end_repeats_for_ever_and_is_planned_lazily() -> None:
    ladder = Ladder("endless", (Rung("chase", Level.CHASE, 1, every=3),))
    planned = [one.on.isoformat() for one in islice(moments(ladder, on("2020-06-05"), WORKDAYS), 6)]
    assert planned == CHASES
    lived = deadline(ladder=ladder).live(after("2020-06-08", "2020-06-30"))
    assert [day for day, _, _ in lived.told()] == CHASES


def test_a_repeated_reminder_ends_with_the_due_day() -> None:
    ladder = Ladder("often", (Rung("soon", Level.REMINDER, -5, every=2),))
    lived = deadline(ladder=ladder).live(after("2020-05-20", "2020-06-30"))
    assert [day for day, _, _ in lived.told()] == ["2020-05-29", "2020-06-02", "2020-06-04"]
    assert [one.ordinal for one in moments(ladder, on("2020-06-05"), WORKDAYS)] == [1, 2, 3]
    # missed ones collapse into the last one that is still of use
    found = deadline(ladder=ladder).ask(at("2020-06-03"))
    assert found.fire is not None
    assert (found.fire.ordinal, [one.ordinal for one in found.collapsed]) == (2, [1])


def test_a_draft_never_stands_in_for_a_letter() -> None:
    ladder = Ladder("plain", (Rung("chase", Level.CHASE, 1, every=3), Rung("circular", Level.CIRCULAR, 10, draft=True)))
    lived = deadline(ladder=ladder).live(after("2020-06-23", "2020-06-28"))
    assert lived.told() == [("2020-06-23", "chase", 4), ("2020-06-24", "chase", 5), ("2020-06-28", "circular", 1)]


def test_a_draft_as_serious_as_the_letter_follows_it() -> None:
    ladder = Ladder("slip", (Rung("letter", Level.SUPERVISION, 5), Rung("slip", Level.SUPERVISION, 5, draft=True)))
    lived = deadline(ladder=ladder).live(after("2020-06-12", "2020-06-19"))
    assert lived.told() == [("2020-06-12", "letter", 1), ("2020-06-15", "slip", 1)]


def test_two_rungs_of_one_morning_become_one_alert() -> None:
    ladder = Ladder("dense", (Rung("eve", Level.REMINDER, -1), Rung("today", Level.REMINDER, 0)))
    lived = deadline("2020-10-31", ladder=ladder).live(after("2020-10-20", "2020-11-10"))
    assert lived.told() == [("2020-10-30", "today", 1)]
    assert lived.keys(Outcome.COLLAPSED) == [("eve", 1)]


def test_at_most_one_alert_goes_out_on_one_day() -> None:
    fired = Fire("reminder_5", 1, Outcome.FIRED, on("2020-05-29"), at("2020-05-29"), on("2020-05-29"))
    lived = deadline(fires=(fired,))
    # a calendar corrected at noon makes T-10 look missed on the same day
    assert lived.ask(at("2020-05-29", "12:00")) == Look(next_at=at("2020-06-01"))
    assert lived.ask(at("2020-06-01")).fire is not None


def test_a_rung_that_waits_for_one_that_will_never_be_sent_is_set_aside() -> None:
    ladder = Ladder(
        "strict",
        (
            Rung("chase", Level.CHASE, 1),
            Rung("supervision", Level.SUPERVISION, 5, every=5, after=("chase", 2)),
            Rung("circular", Level.CIRCULAR, 20, after=("supervision", 2)),
        ),
    )
    found = deadline(ladder=ladder, opened="2020-06-10").ask(at("2020-06-10", "12:00"))
    assert [(one.rung, one.ordinal) for one in found.not_applicable] == [
        ("chase", 1),
        ("supervision", 1),
        ("circular", 1),
    ]
    assert found.next_at is None


def test_a_rung_is_waited_for_until_the_one_that_ends_it_really_stands() -> None:
    ladder = Ladder(
        "crossed",
        (
            Rung("call", Level.CHASE, 0, every=1),
            Rung("chase", Level.CHASE, 0, every=2, until="supervision"),
            Rung("supervision", Level.SUPERVISION, 0, after=("call", 1)),
            Rung("circular", Level.CIRCULAR, 0, after=("chase", 1)),
        ),
    )
    lived = deadline("2020-06-07", ladder=ladder, opened="2020-06-07")
    lived.sweep(at("2020-06-08"))
    # the call has left, so 督办 will end the chase tomorrow; but it does not stand yet
    assert not lived.ask(at("2020-06-08"))
    found = lived.sweep(at("2020-06-09"))
    assert found.fire is not None
    assert found.fire.rung == "supervision"
    assert [one.rung for one in found.not_applicable] == ["circular"]
    assert not lived.ask(at("2020-06-09"))


def test_an_alert_that_collapsed_was_said_by_the_one_that_went_out() -> None:
    ladder = Ladder(
        "two chases",
        (
            Rung("first", Level.CHASE, 1),
            Rung("second", Level.CHASE, 3),
            Rung("supervision", Level.SUPERVISION, 5, after=("first", 2)),
        ),
    )
    lived = deadline(ladder=ladder).live(after("2020-06-11", "2020-06-30"))
    assert lived.told() == [("2020-06-11", "second", 1), ("2020-06-15", "supervision", 1)]


def test_an_empty_ladder_says_nothing() -> None:
    assert deadline(ladder=Ladder("silent", ())).ask(at("2020-06-08")) == Look()


def test_a_holiday_entered_later_moves_what_is_still_to_come_and_repeats_nothing() -> None:
    lived = deadline().live(after("2020-04-15", "2020-06-08"))
    lived.workdays = Workdays({on("2020-06-10"): False})
    lived.live(after("2020-06-09", "2020-07-31"))
    assert lived.told()[3:] == [
        ("2020-06-08", "chase", 1),
        ("2020-06-12", "chase", 2),
        ("2020-06-15", "supervision", 1),
        ("2020-06-22", "circular", 1),
    ]


def test_the_next_morning_is_strictly_later_and_worked() -> None:
    mornings = [
        next_morning(at(day, time), "08:30", workdays=WORKDAYS)
        for day, time in [
            ("2020-06-05", "08:29"),
            ("2020-06-05", "08:30"),
            ("2020-06-07", "23:00"),
            ("2020-06-28", "07:00"),
        ]
    ]
    assert mornings == [at("2020-06-05"), at("2020-06-08"), at("2020-06-08"), at("2020-06-28")]
