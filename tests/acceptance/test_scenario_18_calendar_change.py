"""Scenario 18: a holiday entered later moves exactly the deadlines that cross it, resumably, and repeats no alert."""

import signal
from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child
from acceptance.following import history, mornings, rungs, said, standing

from engine import reproject
from engine.access import SYSTEM
from engine.cases import Opening, open_many
from engine.clock import at_morning
from engine.store import deadlines, organisations

pytestmark = pytest.mark.acceptance(18)

HOLIDAY = date(2020, 7, 8)
JOINED = (date(2020, 6, 8), date(2020, 6, 15), date(2020, 6, 22))
EACH = 60
"""Enterprises that join on each of these days, after the day of planting: each has twenty working days from its own."""


def due(joined: date, *, holiday: bool) -> date:
    """Twenty working days on, counted day by day with another package's calendar."""
    day, left = joined, 20
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day) and not (holiday and day == HOLIDAY)
    return day


@pytest.fixture
def joined(field: toy.Field) -> dict[date, list[int]]:
    """The cases by the day they joined; more deadlines than one chunk holds."""
    found = {}
    for day in JOINED:
        field.at(at_morning(day, "10:00"))
        with field.engine.work() as work:
            openings = [
                Opening(
                    campaign="gardens-2020",
                    flow="garden",
                    district_id=organisations.by_code(work, "east").id,
                    subject_key=f"{day}:{number}",
                    subject_name=f"样例花园{day}·{number}",
                    on=day,
                )
                for number in range(EACH)
            ]
            found[day] = [case.id for case in open_many(field.engine, work, SYSTEM, openings)]
    assert len(JOINED) * EACH * 3 > reproject.CHUNK
    return found


def enter_holiday(field: toy.Field) -> None:
    with field.engine.work() as work:
        toy.enter_day(field.engine, work, HOLIDAY, works=False)
        reproject.ask(work, "gardens-2020", f"放假：{HOLIDAY}")


def days_of(field: toy.Field, ids: list[int], milestone: str) -> set[date | None]:
    with field.engine.look() as work:
        found = deadlines.of_cases(work, ids)
    return {one.due_on for case_id in ids for one in found[case_id] if one.milestone == milestone}


def test_exactly_the_deadlines_that_cross_the_holiday_move_by_a_working_day(
    field: toy.Field, joined: dict[date, list[int]]
) -> None:
    for day, ids in joined.items():
        assert days_of(field, ids, "planted") == {due(day, holiday=False)}

    enter_holiday(field)
    moved = reproject.run(field.engine)

    crossing = [day for day in JOINED if due(day, holiday=True) != due(day, holiday=False)]
    assert crossing == list(JOINED[1:])
    assert moved == len(crossing) * EACH
    for day, ids in joined.items():
        assert days_of(field, ids, "planted") == {due(day, holiday=True)}
        assert days_of(field, ids, "watered") == {date(2020, 6, 30)}
    last = history(field, joined[JOINED[1]][0])[-1]
    assert (last.kind, last.reason, last.data["what"]) == ("deadline", "放假：2020-07-08", "recalculated")
    assert reproject.run(field.engine) == 0


@pytest.mark.parametrize("point", [1, 4, 7])
def test_killed_in_its_second_chunk_the_job_goes_on_and_moves_nothing_twice(
    field: toy.Field, database_url: str, joined: dict[date, list[int]], point: int
) -> None:
    enter_holiday(field)

    child = Child(deeds.work_out_anew_and_die, database_url, field.clock.now(), point=point)
    (first,) = child.hear_all()
    assert child.end() == -signal.SIGKILL
    rest = reproject.run(field.engine)

    assert 0 < first < first + rest == 2 * EACH
    with field.engine.look() as work:
        found = [
            one
            for ones in deadlines.of_cases(work, [case_id for ids in joined.values() for case_id in ids]).values()
            for one in ones
        ]
        ledger = deadlines.changes_of(work, [one.id for one in found])
    assert Counter(row.deadline_id for row in ledger).most_common(1)[0][1] == 1
    assert {row.deadline_id for row in ledger} == {one.id for one in found if one.generation == 2}
    assert {(row.kind, row.cause, row.reason) for row in ledger} == {("recalculated", "terms", "放假：2020-07-08")}


def test_alerts_said_before_are_not_said_again_and_the_others_come_for_the_new_day(
    field: toy.Field, joined: dict[date, list[int]]
) -> None:
    case_id = joined[JOINED[1]][0]
    key = standing(field, case_id)["planted"].id
    # due on 14 July, so that the reminder of ten working days comes on 30 June
    mornings(field, date(2020, 6, 29), date(2020, 6, 30))
    field.at(at_morning(date(2020, 6, 30), "10:00"))
    enter_holiday(field)
    reproject.run(field.engine)

    mornings(field, date(2020, 7, 1), date(2020, 7, 16))

    fired = [(generation, rung) for generation, rung, _, outcome in rungs(field, key) if outcome == "fired"]
    assert sorted(fired) == [(1, "reminder_10"), (2, "chase"), (2, "reminder_1"), (2, "reminder_5")]
    planted = [one.morning_on.isoformat() for one in said(field, case_id) if one.milestone == "planted"]
    # five working days before 15 July are the 7th, because the 8th is off
    assert planted == ["2020-06-30", "2020-07-07", "2020-07-14", "2020-07-16"]
