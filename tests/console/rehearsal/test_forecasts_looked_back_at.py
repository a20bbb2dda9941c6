"""The demonstration's year looked back at: what would have been forecast on a day, and what then came."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from console.bootstrap import House, open_house
from console.settings import load_settings
from engine.flow import Milestone
from engine.forecast import Standing, forecast
from engine.forecasting import Ground
from engine.history import holding
from engine.model import Recorded
from engine.pace import HORIZON, Pace
from engine.store import definitions, forecasts

ROOT = Path(__file__).parents[3]
CAMPAIGN = "ningbo-2020"
LOOKS = [
    ("plan_uploaded", date(2020, 6, 19)),
    ("plan_uploaded", date(2020, 6, 29)),
    ("verified", date(2020, 8, 14)),
    ("verified", date(2020, 9, 15)),
    ("verified", date(2020, 9, 30)),
    ("verified", date(2020, 10, 15)),
    ("published", date(2020, 9, 30)),
    ("published", date(2020, 10, 15)),
    ("published", date(2020, 10, 26)),
]
Histories = Sequence[tuple[int, Sequence[Recorded]]]


@dataclass(frozen=True)
class Look:
    """What was said of a district, in working days from then, and what came true."""

    early: int
    late_end: int
    likely_late: bool
    came: int
    was_late: bool


@pytest.fixture(scope="module")
def house(demonstration: Path) -> Iterator[House]:
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{demonstration / 'rehearsal.db'}")
    yield house
    house.close()


@pytest.fixture(scope="module")
def looks(house: House) -> list[Look]:
    with house.engine.look() as work:
        histories = list(forecasts.histories(work, CAMPAIGN, "enterprise", most=10_000))
        flow = definitions.latest(work, "enterprise")[1]
        days, workdays = house.engine.terms(work, CAMPAIGN).days, house.engine.workdays(work)
    found = []
    for name, day in LOOKS:
        ground = Ground(CAMPAIGN, flow, day, workdays, days)
        found += looked(ground, histories, flow.milestone_by_name[name])
    return found


def test_the_truth_lay_inside_the_band_for_two_districts_in_three_at_least(looks: list[Look]) -> None:
    inside = [look.early <= look.came <= look.late_end for look in looks]

    assert len(looks) > 90
    assert sum(inside) / len(inside) > 2 / 3


def test_nearly_all_districts_that_came_late_had_been_called_likely_late_before(looks: list[Look]) -> None:
    late = [look for look in looks if look.was_late]

    assert len(late) > 20
    assert sum(look.likely_late for look in late) / len(late) > 0.8


def looked(ground: Ground, histories: Histories, milestone: Milestone) -> list[Look]:
    """Every district with open cases, looked at with nothing but what had happened by then."""
    past = [(district, [entry for entry in all_ if entry.effective_on <= ground.today]) for district, all_ in histories]
    pace = Pace(stay for district, history in past for stay in ground.stays(district, history))
    standing: dict[int, list[Standing]] = defaultdict(list)
    came: dict[int, list[int]] = defaultdict(list)
    for (district, history), (_, whole) in zip(past, histories, strict=True):
        if not history:
            continue
        state, since = places(ground, history)[-1]
        standing[district].append(Standing(state, max(ground.workdays.between(since, ground.today), 0)))
        reached = [on for state, on in places(ground, whole) if ground.flow.has_reached(state, milestone)]
        stayed = ground.flow.rank[places(ground, whole)[-1][0]] >= 0
        if stayed and not ground.flow.has_reached(state, milestone):
            came[district].append(ground.workdays.between(ground.today, reached[0]) if reached else HORIZON)
    due = ground.days[milestone.name]
    assert due is not None
    due_in = ground.workdays.between(ground.today, due)
    found = []
    for district, days in came.items():
        goal = ground.goal(milestone, due)
        said = forecast(pace, district, standing[district], goal, seed=f"{district}:{ground.today}")
        last = max(days)
        if said.early is not None:
            found.append(Look(said.early, said.late_end or HORIZON, said.likely_late, last, last > due_in))
    return found


def places(ground: Ground, history: Sequence[Recorded]) -> list[tuple[str, date]]:
    return [(entry.target or ground.flow.initial, entry.effective_on) for entry in holding(history)]
