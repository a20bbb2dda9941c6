"""Pictures are geometry: what is twice as much is twice as long, and nothing lies outside."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.web.charts.bands import Ahead, bands
from console.web.charts.burnup import Reached, burn_up, planned
from console.web.charts.flows import diagram
from console.web.charts.quotas import District, quotas
from console.web.charts.scales import Days, Numbers, nice_step
from console.web.charts.stays import spread_of, stays
from workflows.benchmarking.kind import ENTERPRISE, benchmarking

OPENS, DUE, CLOSES = date(2020, 5, 15), date(2020, 10, 31), date(2020, 12, 31)
LABEL = {"zh": "已检测验证", "en": "verified"}


@given(most=st.integers(1, 2_000_000))
def test_a_scale_ends_on_a_round_number_and_has_few_marks(most: int) -> None:
    scale = Numbers.up_to(most, 100, 500)

    assert scale.top >= most
    assert scale.at(scale.top) == 600
    assert 2 <= len(scale.marks()) <= 7


@pytest.mark.parametrize(("rough", "nice"), [(0.2, 1), (1, 1), (1.5, 2), (3, 5), (6, 10), (101, 200), (420, 500)])
def test_steps_are_of_one_two_or_five(rough: float, nice: int) -> None:
    assert nice_step(rough) == nice


def test_days_outside_a_picture_lie_on_its_edge() -> None:
    scale = Days(OPENS, CLOSES, 50, 800)

    assert scale.at(OPENS - timedelta(days=9)) == 50
    assert scale.at(CLOSES + timedelta(days=9)) == 850
    assert [mark.text for mark in scale.marks()] == [f"2020-{month:02}" for month in range(6, 13)]


def test_a_bar_is_as_long_as_its_number_and_the_mark_lies_at_the_quota() -> None:
    picture = quotas([District("慈溪", 20, 10, 15, "/cases?district=cixi"), District("大榭", 2, 0, 0, "/cases")])

    large, small = picture.drawn
    assert large.taking_part == 2 * large.done == 10 * small.taking_part
    assert large.mark is not None
    assert large.mark - picture.left == pytest.approx(1.5 * large.done, abs=0.2)
    assert small.mark is None


def test_the_plan_leads_straight_from_the_opening_to_the_due_day() -> None:
    days = [OPENS, OPENS + timedelta(days=80)]
    found = Reached(days, [0, 40], OPENS, CLOSES, DUE, 120)

    picture = burn_up(found)

    assert planned(found, OPENS) == 0
    assert planned(found, DUE) == planned(found, CLOSES) == 120
    assert picture.planned == 120 * 80 // (DUE - OPENS).days
    assert picture.last == 40
    assert picture.plan.split()[0].endswith(f",{picture.floor}")


def test_a_milestone_without_a_day_has_no_plan() -> None:
    picture = burn_up(Reached([OPENS], [3], OPENS, CLOSES, None, 0))

    assert (picture.plan, picture.due, picture.planned) == ("", None, None)


def test_nothing_counted_yet_is_a_picture_too() -> None:
    picture = burn_up(Reached([], [], OPENS, CLOSES, DUE, 120))

    assert (picture.reached, picture.last, picture.today) == ("", 0, None)


def test_half_of_the_stays_lie_inside_the_box() -> None:
    found = spread_of([1, 2, 3, 4, 5, 6, 7, 8, 9])

    assert found is not None
    assert (found.least, found.quarter, found.middle, found.three_quarters, found.most) == (1, 3, 5, 7, 9)
    assert spread_of([]) is None
    assert (lone := spread_of([4])) is not None
    assert lone.least == lone.middle == lone.most == 4


def test_a_state_of_which_nothing_has_been_seen_keeps_its_row() -> None:
    picture = stays({"verified": [3, 5]}, {"verified": LABEL, "published": LABEL})

    seen, unseen = picture.boxes
    assert seen.spread is not None
    assert unseen.spread is None
    assert list(seen.ends) == sorted(seen.ends)


def test_a_band_that_has_no_end_reaches_the_edge_and_says_so() -> None:
    rows = [
        Ahead("慈溪", date(2020, 11, 3), date(2020, 12, 1), None, likely_late=True, href="/x"),
        Ahead("海曙", date(2020, 10, 28), date(2020, 10, 30), date(2020, 11, 2), likely_late=False, href="/x"),
    ]

    picture = bands(rows, today=date(2020, 10, 26), due_on=DUE, until=date(2020, 11, 30))

    without_end, whole = picture.bands
    assert without_end.open
    assert without_end.end == picture.width - 18
    assert not whole.open
    assert whole.middle is not None
    assert whole.start < whole.middle < whole.end < without_end.end
    assert picture.due is not None


def test_a_due_day_that_has_passed_is_not_drawn() -> None:
    assert bands([], today=CLOSES, due_on=DUE, until=CLOSES).due is None


def test_the_flow_is_drawn_with_every_state_once_and_its_count() -> None:
    flow = benchmarking().flows[ENTERPRISE]

    picture = diagram(flow, {"verified": 7})

    assert [node.name for node in picture.nodes] == [state.name for state in flow.states]
    assert next(node.n for node in picture.nodes if node.name == "verified") == 7
    assert all(0 <= node.x <= picture.width - picture.box for node in picture.nodes)
    assert any(edge.back for edge in picture.edges)
