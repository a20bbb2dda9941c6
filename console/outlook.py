"""When the districts one sees are likely to be done with a milestone: the day's forecasts in official order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.access import Actor, scopes
from engine.flow import Flow, Label
from engine.forecast import LIKELY
from engine.model import Organisation
from engine.store import areas, definitions, forecasts, organisations, overviews
from engine.store.areas import Area
from engine.store.database import Work
from engine.store.forecasts import Outlook
from workflows.benchmarking.kind import ENTERPRISE

MOST: Final = 60
"""Districts on one page; of a larger house those that are likely to be latest."""
LIKELY_PERCENT: Final = round(LIKELY * 100)


@dataclass(frozen=True, slots=True)
class Outlooked:
    """A district with its newest forecast; of the states `thin` too little was seen; `open_now` is of this moment."""

    district: Organisation
    outlook: Outlook
    thin: tuple[Label, ...]
    open_now: int

    @property
    def likely_late(self) -> bool:
        return self.outlook.late_percent is not None and self.outlook.late_percent >= LIKELY_PERCENT


def outlooks_of(work: Work, actor: Actor, campaign: str, milestone: str) -> tuple[Outlooked, ...]:
    """The newest forecast of each district that still has open cases."""
    flow = definitions.latest(work, ENTERPRISE)[1]
    seen = areas.area(work, scopes(actor))
    made = forecasts.of_milestone(work, campaign, ENTERPRISE, milestone, area=seen, most=MOST)
    places = {one.id: one for one in organisations.by_ids(work, [one.district_id for one in made])}
    still = _open_now(work, campaign, flow, milestone, Area(tuple(places)))
    found = [
        Outlooked(places[key], one, tuple(flow.state_by_name[state].label for state in one.thin), still[key])
        for one in made
        if still.get(key := one.district_id)
    ]
    return tuple(sorted(found, key=lambda one: (one.district.position, one.district.id)))


def last_of(found: Sequence[Outlooked]) -> Outlooked | None:
    """The district that is likely to be done last, of those of which something can be said."""
    told = [one for one in found if one.outlook.middle_on and not one.thin]
    return max(told, key=lambda one: one.outlook.middle_on or date.max, default=None)


def _open_now(work: Work, campaign: str, flow: Flow, milestone: str, area: Area) -> dict[int, int]:
    """How many cases of each district have not reached the milestone at this moment."""
    known = flow.milestone_by_name.get(milestone)
    before = flow.line[: flow.rank[known.reached]] if known else ()
    counted = overviews.cases_by_state(work, campaign, ENTERPRISE, area, before) if before else {}
    return {district_id: int(sum(numbers)) for district_id, numbers in counted.items()}
