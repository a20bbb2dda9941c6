"""Making the day's forecasts: stays out of the journal, one pace a campaign, one band a district and milestone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from engine.core import Engine
from engine.flow import Flow, Milestone
from engine.forecast import RUNS, Goal, Standing, forecast
from engine.history import holding
from engine.model import Organisation, Recorded
from engine.pace import Pace, Stay
from engine.store import campaigns, definitions, forecasts, organisations
from engine.store.database import Work
from engine.store.forecasts import Outlook
from engine.terms import terms_of
from engine.workdays import Workdays

SAMPLE: Final = 5_000
"""Cases whose stays tell the pace; more would tell the same."""
CHUNK: Final = 50
"""Districts that are forecast in one go; an interrupted run goes on after the last whole chunk."""
_PLAYS: Final = 60_000
"""Lots drawn for one band at most, so that a very large district takes no longer than a moment."""
_LEAST_RUNS: Final = 60


@dataclass(frozen=True)
class Ground:
    """The campaign, flow and day of a forecast; `days` are those of the campaign's milestones."""

    campaign: str
    flow: Flow
    today: date
    workdays: Workdays
    days: Mapping[str, date | None]

    @cached_property
    def left(self) -> frozenset[str]:
        return frozenset(state for state, rank in self.flow.rank.items() if rank < 0)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """Those with a day that lie beyond the state in which a case begins."""
        return tuple(one for one in self.flow.milestones if self.flow.rank[one.reached] > 0 and self.days.get(one.name))

    @cached_property
    def leave_by(self) -> Mapping[str, date]:
        """For each state of the line, the day of the first milestone beyond it."""
        dated = sorted((self.flow.rank[one.reached], day) for one in self.flow.milestones if (day := self._day(one)))
        beyond = {state: [day for rank, day in dated if rank > self.flow.rank[state]] for state in self.flow.line}
        return {state: days[0] for state, days in beyond.items() if days}

    def goal(self, milestone: Milestone, due_on: date | None) -> Goal:
        """Where the cases of a district are going."""
        return Goal(
            arrived=frozenset(state.name for state in self.flow.states if self.flow.has_reached(state.name, milestone)),
            left=self.left,
            due_in=self.workdays.between(self.today, due_on) if due_on else None,
            leave_in={state: self.workdays.between(self.today, day) for state, day in self.leave_by.items()},
        )

    def stays(self, district: int, history: Sequence[Recorded]) -> list[Stay]:
        """The stays of one case in states of the line, by the days from which its steps count."""
        places = [(entry.target or self.flow.initial, entry.effective_on) for entry in holding(history)]
        ends = [*places, (None, self.today)][1:]
        return [
            Stay(state, district, max(self.workdays.between(since, until), 0), after, self._due_in(state, since))
            for (state, since), (after, until) in zip(places, ends, strict=True)
            if self.flow.rank.get(state, -1) >= 0
        ]

    def _due_in(self, state: str, since: date) -> int | None:
        day = self.leave_by.get(state)
        return None if day is None else self.workdays.between(since, day)

    def _day(self, milestone: Milestone) -> date | None:
        return self.days.get(milestone.name)


def run(engine: Engine) -> int:
    """Make what is missing of today's forecasts; answers for how many districts."""
    with engine.look() as work:
        today = engine.today(work)
        terms = [terms_of(one) for one in campaigns.every(work)]
        flows = sorted({flow for flow, _ in definitions.versions(work)})
    running = [one.key for one in terms if one.opens <= today <= one.closes]
    return sum(_forecast(engine, campaign, flow) for campaign in running for flow in flows)


def outlook(
    ground: Ground,
    pace: Pace,
    district: int,
    milestone: Milestone,
    *,
    standing: Sequence[Standing],
    due_on: date | None,
) -> Outlook:
    """The band of one district and milestone, in days; the same on every machine."""
    seed = f"{ground.campaign}:{ground.flow.name}:{milestone.name}:{district}:{ground.today.isoformat()}"
    runs = max(_LEAST_RUNS, min(RUNS, _PLAYS // (sum(one.cases for one in standing) or 1)))
    said = forecast(pace, district, standing, ground.goal(milestone, due_on), seed=seed, runs=runs)
    early, middle, late = (_day_after(ground, end) for end in (said.early, said.middle, said.late_end))
    return Outlook(
        campaign=ground.campaign,
        flow=ground.flow.name,
        milestone=milestone.name,
        district_id=district,
        made_on=ground.today,
        cases=said.cases,
        due_on=due_on,
        early_on=early,
        middle_on=middle,
        late_on=late,
        late_percent=None if said.late is None else round(said.late * 100),
        thin=said.thin,
    )


def _forecast(engine: Engine, campaign: str, flow: str) -> int:
    with engine.look() as work:
        today = engine.today(work)
        made = forecasts.made_for(work, campaign, flow, today)
        missing = [one for one in organisations.districts(work, today) if one.id not in made]
        definition = definitions.latest(work, flow)[1]
        ground = Ground(campaign, definition, today, engine.workdays(work), engine.terms(work, campaign).days)
        if not missing or not ground.milestones:
            return 0
        pace = pace_of(ground, work)
    for start in range(0, len(missing), CHUNK):
        _write(engine, ground, pace, missing[start : start + CHUNK])
    return len(missing)


def pace_of(ground: Ground, work: Work) -> Pace:
    """The pace of a campaign as far as it can be seen now."""
    histories = forecasts.histories(work, ground.campaign, ground.flow.name, most=SAMPLE)
    return Pace(stay for district, history in histories for stay in ground.stays(district, history))


def _write(engine: Engine, ground: Ground, pace: Pace, districts: Sequence[Organisation]) -> None:
    """Draw the lots between two transactions, for they take longer than a transaction may."""
    ids = [one.id for one in districts]
    with engine.look() as work:
        counted = forecasts.standing(work, ground.campaign, ground.flow.name, ids)
        days = forecasts.last_days(work, ground.campaign, ground.flow.name, ids)
    made = [
        outlook(
            ground,
            pace,
            id_,
            milestone,
            standing=_standing(ground, counted.get(id_, {})),
            due_on=days.get((id_, milestone.name)),
        )
        for id_ in ids
        for milestone in ground.milestones
    ]
    with engine.work() as work:
        forecasts.put(work, made)


def _standing(ground: Ground, counted: Mapping[tuple[str, date], int]) -> list[Standing]:
    return [
        Standing(state, max(ground.workdays.between(since, ground.today), 0), n)
        for (state, since), n in sorted(counted.items())
    ]


def _day_after(ground: Ground, workdays: int | None) -> date | None:
    if workdays is None:
        return None
    return ground.workdays.shift(ground.today, workdays) if workdays else ground.today
