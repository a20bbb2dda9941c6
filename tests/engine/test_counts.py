"""Counts that are kept: whatever has happened, they are what a recount finds, and an audit sees when they are not."""

import random
from datetime import date, timedelta

import pytest
import toy
from sqlalchemy import text

from engine import audit, extensions, leaving, proposals
from engine.access import SYSTEM
from engine.cases import Opening, advance, open_many
from engine.clock import FixedClock, at_morning
from engine.errors import EngineError
from engine.judging import Command
from engine.recounting import miscounted
from engine.store import awaited, cases, counts, deadlines, organisations
from engine.store.areas import EVERYWHERE, NOWHERE, Area, area
from engine.store.awaited import Awaiting
from engine.store.database import Database

CAMPAIGN = "gardens-2020"
MILESTONES = (("garden", "planted"), ("garden", "watered"), ("garden", "shown"), ("garden", "rework:planted"))


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def live(field: toy.Field, clock: FixedClock, seed: int, days: int) -> None:
    """Twelve gardens, and each day a few deeds that make sense or are refused."""
    dice = random.Random(seed)  # noqa: S311 - the same life every time
    with field.engine.work() as work:
        places = [organisations.by_code(work, code).id for code in ("east", "west")]
        openings = [
            Opening(
                campaign=CAMPAIGN,
                flow="garden",
                district_id=dice.choice(places),
                subject_key=f"g{number}",
                subject_name=f"样例花园{number}",
                on=date(2020, 5, 15),
                claimed=number % 5 == 4,
            )
            for number in range(12)
        ]
        open_many(field.engine, work, SYSTEM, openings)
    for day in range(days):
        clock.set(at_morning(date(2020, 5, 16) + timedelta(days=day), "10:00"))
        for _ in range(5):
            deed(field, dice)


def deed(field: toy.Field, dice: random.Random) -> None:
    number = dice.randint(1, 12)
    with field.engine.look() as work:
        case = cases.get(work, number)
        code = organisations.get(work, case.district_id).code
        one = dice.choice(deadlines.of_cases(work, [number])[number])
    step = {"named": "plant", "planted": "water"}.get(case.state, "show")
    forward = Command(case_id=number, step=step, reason="样例理由")
    later = {"to_on": field.clock.now().date() + timedelta(days=dice.randint(1, 30)), "reason": "样例理由"}
    why = {"reason": "样例理由"}
    choices = [
        (code, proposals.propose if step == "show" else advance, (forward,), {}),
        ("city", proposals.confirm, (forward,), {}),
        ("city", proposals.return_proposal, (forward,), {}),
        ("city", advance, (Command(case_id=number, step="return_planting", reason="样例理由"),), {}),
        (code, advance, (Command(case_id=number, step="withdraw", reason="样例理由"),), {}),
        ("city", leaving.reinstate, (number,), why),
        ("city", leaving.correct, (number,), why),
        ("city", leaving.decide_claim, (number,), why),
        ("city", extensions.extend, (one.id,), later),
        ("city", extensions.pause, (one.id,), why),
        ("city", extensions.resume, (one.id,), why),
        ("city", extensions.waive, (one.id,), why),
    ]
    login, do, arguments, more = dice.choice(choices)
    try:
        with field.engine.work(field.actor(login)) as work:
            do(field.engine, work, field.actor(login), *arguments, **more)  # type: ignore[operator]
    except EngineError:
        return


@pytest.mark.parametrize("seed", range(3))
def test_after_any_life_every_count_is_what_a_recount_finds(field: toy.Field, clock: FixedClock, seed: int) -> None:
    live(field, clock, seed, days=40)

    with field.engine.look() as work:
        assert list(counts.differences(work)) == []
        every = [one for ones in deadlines.of_cases(work, range(1, 13)).values() for one in ones]
    assert {one.state for one in every} >= {"open", "met", "waived"}
    assert audit.verify(field.engine) == []


def test_what_is_awaited_is_counted_by_day_and_read_in_the_order_of_days(field: toy.Field, clock: FixedClock) -> None:
    live(field, clock, 1, days=25)

    with field.engine.look() as work:
        every = [one for ones in deadlines.of_cases(work, range(1, 13)).values() for one in ones]
        for place in (EVERYWHERE, NOWHERE, Area((every[0].district_id,))):
            asked = Awaiting(campaign=CAMPAIGN, area=place, milestones=MILESTONES)
            mine = [one for one in every if place.ids is None or one.district_id in place.ids]
            right = sorted((one for one in mine if one.awaited_on), key=lambda one: (one.awaited_on, one.id))
            assert awaited.page(work, asked, None, 100) == right
            assert awaited.count(work, asked) == len(right)
            assert sum(awaited.by_day(work, asked).values()) == len(right)


def test_steps_inside_and_out_of_the_counts_leave_no_empty_places_in_them(field: toy.Field, clock: FixedClock) -> None:
    live(field, clock, 2, days=5)

    with field.engine.look() as work:
        kept = work.connection.execute(text("SELECT n FROM due_tally")).scalars().all()
    assert all(n >= 0 for n in kept)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE due_tally SET n = n + 1",
        "DELETE FROM due_tally",
        "UPDATE met_tally SET late = late + 1",
        "UPDATE met_tally SET workdays = workdays - 1",
        "INSERT INTO proposal_tally VALUES ('gardens-2020', 'garden', 2, 'water', 1)",
    ],
)
def test_a_count_that_somebody_changed_is_found(field: toy.Field, clock: FixedClock, change: str) -> None:
    live(field, clock, 0, days=40)
    with field.engine.work() as work:
        work.connection.execute(text(change))

    with field.engine.look() as work:
        found = list(miscounted(field.engine, work))
    assert {one.code for one in found} == {"I10"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases SET next_due_on = NULL WHERE next_due_on IS NOT NULL",
        "UPDATE cases SET next_milestone = 'shown' WHERE next_milestone IS NOT NULL",
        "UPDATE deadlines SET awaited_on = due_on WHERE state = 'met'",
        "UPDATE deadlines SET achieved_on = NULL",
    ],
)
def test_a_case_that_is_awaited_for_something_else_is_found(field: toy.Field, clock: FixedClock, change: str) -> None:
    live(field, clock, 0, days=10)
    with field.engine.work() as work:
        work.connection.execute(text(change))

    assert "I10" in {one.code for one in audit.verify(field.engine)}


def test_areas_are_what_lies_below_the_places_somebody_sees(field: toy.Field) -> None:
    with field.engine.look() as work:
        top, east = organisations.by_code(work, "city"), organisations.by_code(work, "east")
        assert area(work, ["/"]) == area(work, [top.path]) == EVERYWHERE
        region = Area((east.id,), regions=(east.id,))
        assert area(work, [east.path]) == area(work, [top.path], east.path) == region
        assert area(work, [east.path], top.path) == region
        assert area(work, []) == area(work, [east.path], organisations.by_code(work, "west").path) == NOWHERE
