"""When the districts one sees are likely to be done with a milestone: the day's forecasts in official order."""

from dataclasses import dataclass
from typing import Final

from engine.access import Actor, scopes
from engine.flow import Label
from engine.forecast import LIKELY
from engine.model import Organisation
from engine.store import areas, definitions, forecasts, organisations
from engine.store.database import Work
from engine.store.forecasts import Outlook
from workflows.benchmarking.kind import ENTERPRISE

MOST: Final = 60
"""Districts on one page; of a larger house those that are likely to be latest."""
LIKELY_PERCENT: Final = round(LIKELY * 100)


@dataclass(frozen=True, slots=True)
class Outlooked:
    """A district with its newest forecast; `thin` are the states of which too little has been seen."""

    district: Organisation
    outlook: Outlook
    thin: tuple[Label, ...]

    @property
    def likely_late(self) -> bool:
        return self.outlook.late_percent is not None and self.outlook.late_percent >= LIKELY_PERCENT


def outlooks_of(work: Work, actor: Actor, campaign: str, milestone: str) -> tuple[Outlooked, ...]:
    """The newest forecast of each district that still has open cases."""
    flow = definitions.latest(work, ENTERPRISE)[1]
    seen = areas.area(work, scopes(actor))
    made = forecasts.of_milestone(work, campaign, ENTERPRISE, milestone, area=seen, most=MOST)
    places = {one.id: one for one in organisations.by_ids(work, [one.district_id for one in made])}
    found = [
        Outlooked(places[one.district_id], one, tuple(flow.state_by_name[state].label for state in one.thin))
        for one in made
    ]
    return tuple(sorted(found, key=lambda one: (one.district.position, one.district.id)))
