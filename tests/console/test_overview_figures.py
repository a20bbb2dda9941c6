"""The overview's figures are the digest's of the same moment, for all and for each district, and add up over levels."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.bootstrap import House, open_house
from console.overview import OverviewPage, overview
from console.settings import load_settings
from console.situation import figures_now
from engine.duedays import SOON, last_soon
from engine.figures import Overview
from engine.store import campaigns, journal, people
from engine.workdays import Workdays

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["rehearsal.db", "october.db"])
def house(request: pytest.FixtureRequest, demonstration: Path) -> Iterator[House]:
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{demonstration / request.param}")
    yield house
    house.close()


def both(house: House, login: str = "city-1", area: str | None = None) -> tuple[OverviewPage, Overview]:
    engine = house.engine
    with engine.look() as work:
        campaign = campaigns.get(work, "ningbo-2020")
        actor = people.actor(work, login, engine.today(work))
        return overview(engine, work, actor, campaign, area=area), figures_now(engine, work, campaign)


def test_every_figure_is_that_of_the_digest_for_the_same_moment(house: House) -> None:
    ours, theirs = both(house)

    assert (ours.states, ours.goal, ours.along) == (theirs.states, theirs.goal, theirs.along)
    right = {row.district_id: row for row in theirs.rows}
    assert [row.organisation.id for row in ours.rows] == [row.district_id for row in theirs.rows]
    for row in (*ours.rows, ours.total):
        other = right.get(row.organisation.id, theirs.total)
        assert (row.quota, row.reached, row.done, row.rate) == (other.quota, other.reached, other.done, other.rate)
        assert (row.overdue, row.light) == (other.overdue, other.light)
    upcoming = [one.open for one in theirs.upcoming if one.due_on <= ours.week_ends]
    assert ours.total.due_this_week == sum(upcoming)


def test_the_parts_add_up_to_the_whole(house: House) -> None:
    ours, _ = both(house)

    for name in ("districts", "quota", "done", "overdue", "due_this_week", "red", "yellow"):
        assert sum(getattr(row, name) for row in ours.rows) == getattr(ours.total, name)
    assert ours.total.districts == len(ours.rows) == 15
    assert not any(row.below for row in ours.rows)


def test_a_district_sees_itself_alone(house: House) -> None:
    whole, _ = both(house)
    ours, _ = both(house, "haishu")

    assert [row.organisation.code for row in ours.rows] == ["haishu"]
    same = next(row for row in whole.rows if row.organisation.code == "haishu")
    assert (ours.rows[0].at, ours.rows[0].workdays) == (same.at, same.workdays)
    assert {event.district for event in ours.events} == {"海曙"}
    assert ours.above == ()


def test_the_last_things_done_are_those_of_the_journal(house: House) -> None:
    ours, _ = both(house)
    with house.engine.look() as work:
        last = [one.case_id for one in journal.latest(work, 40) if one.case_id][:10]

    assert [event.case_id for event in ours.events] == last
    assert all(event.who and event.subject for event in ours.events)


@given(st.dates().filter(lambda day: 1990 < day.year < 2100), st.integers(-3, 30))
def test_what_is_due_soon_ends_with_one_day(today: date, ahead: int) -> None:
    workdays = Workdays()
    day = today + timedelta(days=ahead)

    assert (workdays.shift(day, -SOON) <= today <= day) == (today <= day <= last_soon(today, workdays))
