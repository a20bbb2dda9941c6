"""Deadlines and their ladder on a database: what the sweep says, once, and what holds it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import toy

from engine import audit, reproject
from engine.cases import advance
from engine.clock import FixedClock, at_morning
from engine.extensions import extend, pause, resume, waive
from engine.judging import Command
from engine.model import Notice
from engine.proposals import propose, return_proposal
from engine.setup import apply_campaign
from engine.store import calendar, deadlines, notices
from engine.store.database import Database
from engine.sweep import sweep, sweep_all


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def mornings(field: toy.Field, first: date, last: date) -> None:
    """Let the sweep come every morning from the first to the last day, as a worker would."""
    day = first
    while day <= last:
        field.at(at_morning(day))
        sweep_all(field.engine)
        day += timedelta(days=1)


def said(field: toy.Field, case_id: int) -> list[tuple[str, str, str]]:
    with field.engine.look() as work:
        found: tuple[Notice, ...] = notices.of_case(work, case_id)
    return [(one.milestone or "", one.kind, one.morning_on.isoformat()) for one in found]


def deadline_of(field: toy.Field, case_id: int, milestone: str) -> int:
    with field.engine.look() as work:
        return next(one.id for one in deadlines.of_cases(work, [case_id])[case_id] if one.milestone == milestone)


def test_the_ladder_is_climbed_on_working_mornings_each_rung_once(field: toy.Field) -> None:
    case = field.open()

    mornings(field, date(2020, 5, 15), date(2020, 6, 11))

    assert [one for one in said(field, case.id) if one[0] == "planted"] == [
        ("planted", "reminder", "2020-05-22"),
        ("planted", "reminder", "2020-05-29"),
        ("planted", "reminder", "2020-06-04"),
        ("planted", "chase", "2020-06-08"),
        ("planted", "chase", "2020-06-11"),
    ]
    assert audit.verify(field.engine) == []


def test_a_second_sweep_of_the_same_morning_says_nothing(field: toy.Field) -> None:
    case = field.open()
    field.at(at_morning(date(2020, 5, 22)))

    assert sweep(field.engine).fired == 1
    assert sweep(field.engine).fired == 0
    assert len(said(field, case.id)) == 1


def test_nothing_is_said_on_a_day_off_however_often_the_sweep_comes(field: toy.Field) -> None:
    case = field.open()

    mornings(field, date(2020, 6, 6), date(2020, 6, 7))

    assert said(field, case.id) == []


def test_after_downtime_one_alert_goes_out_and_the_missed_rungs_are_on_record(field: toy.Field) -> None:
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 5, 27))

    field.at(datetime(2020, 6, 11, 2, 0, tzinfo=UTC))
    sweep_all(field.engine)
    sweep_all(field.engine)

    with field.engine.look() as work:
        fires = deadlines.fires(work, [deadline_of(field, case.id, "planted")])
    outcomes = [(row.rung, row.ordinal, row.outcome) for row in fires[deadline_of(field, case.id, "planted")]]
    assert len([one for one in outcomes if one[2] == "fired"]) == 2
    assert len([one for one in outcomes if one[2] == "collapsed"]) == 3
    assert said(field, case.id)[-1] == ("planted", "chase", "2020-06-11")
    assert audit.verify(field.engine) == []


def test_a_step_taken_in_time_leaves_nothing_to_say(field: toy.Field) -> None:
    case = field.open()
    east = field.actor("east")
    with field.engine.work(east) as work:
        advance(field.engine, work, east, Command(case_id=case.id, step="plant"))

    mornings(field, date(2020, 5, 15), date(2020, 6, 19))

    assert [one for one in said(field, case.id) if one[0] == "planted"] == []


def test_an_extension_gives_the_ladder_its_new_days_and_leaves_the_old_ones_unsaid(field: toy.Field) -> None:
    case = field.open()
    mornings(field, date(2020, 5, 15), date(2020, 6, 5))
    city = field.actor("city")

    field.at(at_morning(date(2020, 6, 5), "10:00"))
    with field.engine.work(city) as work:
        extend(
            field.engine, work, city, deadline_of(field, case.id, "planted"), to_on=date(2020, 6, 19), reason="疫情影响"
        )
    mornings(field, date(2020, 6, 8), date(2020, 6, 22))

    told = [one for one in said(field, case.id) if one[0] == "planted"]
    assert [one[1:] for one in told if one[2] > "2020-06-05"] == [
        ("reminder", "2020-06-12"),
        ("reminder", "2020-06-18"),
        ("chase", "2020-06-22"),
    ]
    assert audit.verify(field.engine) == []


def test_a_paused_deadline_says_nothing_and_moves_by_the_paused_working_days(field: toy.Field) -> None:
    case = field.open()
    key = deadline_of(field, case.id, "planted")
    city = field.actor("city")
    field.at(at_morning(date(2020, 5, 25), "10:00"))
    with field.engine.work(city) as work:
        pause(field.engine, work, city, key, reason="停工")

    mornings(field, date(2020, 5, 26), date(2020, 6, 2))
    field.at(at_morning(date(2020, 6, 3), "10:00"))
    with field.engine.work(city) as work:
        moved = resume(field.engine, work, city, key, reason="复工")

    assert [one for one in said(field, case.id) if one[0] == "planted"] == []
    # 26 May to 3 June are seven working days: 5 June moves to 16 June
    assert moved.due_on == date(2020, 6, 16)
    assert audit.verify(field.engine) == []


def test_a_waiting_proposal_is_not_chased_and_a_returned_one_is_again(field: toy.Field) -> None:
    case = field.open()
    east, city = field.actor("east"), field.actor("city")
    field.at(at_morning(date(2020, 6, 5), "16:00"))
    with field.engine.work(east) as work:
        # counted from the day before, so the bureau has to confirm it
        propose(field.engine, work, east, Command(case_id=case.id, step="plant", on=date(2020, 6, 4)))

    mornings(field, date(2020, 6, 8), date(2020, 6, 12))
    quiet = said(field, case.id)
    with field.engine.work(city) as work:
        return_proposal(field.engine, work, city, Command(case_id=case.id, step="plant", reason="缺照片"))
    mornings(field, date(2020, 6, 15), date(2020, 6, 15))

    assert quiet == []
    assert [one for one in said(field, case.id) if one[1] == "chase"] == [("planted", "chase", "2020-06-15")]


def test_a_waived_deadline_is_neither_met_nor_chased(field: toy.Field) -> None:
    case = field.open()
    city = field.actor("city")
    with field.engine.work(city) as work:
        waived = waive(field.engine, work, city, deadline_of(field, case.id, "planted"), reason="经研究免除")

    mornings(field, date(2020, 5, 15), date(2020, 6, 12))

    assert (waived.state, waived.verdict) == ("waived", None)
    assert [one for one in said(field, case.id) if one[0] == "planted"] == []


def test_new_terms_move_the_open_deadlines_with_the_cause_on_record(field: toy.Field) -> None:
    case = field.open()
    city = field.actor("city")
    body = toy.terms_body(milestones={"planted": "2020-06-12", "watered": "2020-06-30"})

    with field.engine.work(city) as work:
        changed = apply_campaign(field.engine, work, city, key="gardens-2020", kind="gardens", body=body)
    moved = reproject.run(field.engine)

    assert [(one.path, one.after) for one in changed] == [("milestones.planted", "2020-06-12")]
    assert moved == 1
    with field.engine.look() as work:
        planted = deadlines.get(work, deadline_of(field, case.id, "planted"))
        ledger = deadlines.changes_of(work, [planted.id])
    assert (planted.due_on, planted.generation) == (date(2020, 6, 12), 2)
    assert [(row.kind, row.from_on, row.to_on) for row in ledger] == [
        ("recalculated", date(2020, 6, 5), date(2020, 6, 12))
    ]
    assert audit.verify(field.engine) == []


def test_a_holiday_entered_later_moves_the_mornings_but_not_the_day(field: toy.Field) -> None:
    case = field.open()
    with field.engine.work() as work:
        calendar.put(work, date(2020, 6, 8), works=False, source="样例通知", person_id=1)
        reproject.ask(work, "gardens-2020", "calendar")
    reproject.run(field.engine)

    mornings(field, date(2020, 6, 5), date(2020, 6, 9))

    with field.engine.look() as work:
        assert deadlines.get(work, deadline_of(field, case.id, "planted")).due_on == date(2020, 6, 5)
    assert [one for one in said(field, case.id) if one[1] == "chase"] == [("planted", "chase", "2020-06-09")]
