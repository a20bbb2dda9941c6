"""A country of three levels with its people and its campaign, set up as an installation is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from engine.access import SYSTEM
from engine.clock import FixedClock
from engine.core import Engine
from engine.ladder import default_ladder
from engine.setup import OrganisationSeed, PersonSeed, apply_campaign, register_flows, seed
from engine.store.database import Database
from workflows.benchmarking.kind import benchmarking

CAMPAIGN: Final = "country-2020"
NOW: Final = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)
"""Monday 20 July 2020, ten in the morning in Shanghai: plans are overdue, the results are due in October."""
OPENS: Final = date(2020, 5, 15)
PROVINCES: Final = 31
CITIES_EACH: Final = 10
_ROLES: Final = ("district_coordinator",)


@dataclass(frozen=True)
class Land:
    """How large the country is; the same numbers give the same database."""

    cases: int
    districts: int = 3_000

    @property
    def provinces(self) -> int:
        return min(PROVINCES, self.districts)

    def units(self) -> Iterator[OrganisationSeed]:
        """Provinces, their cities, and the districts spread over these."""
        cities = []
        for number in range(self.provinces):
            province = f"p{number:02}"
            yield _unit(province, f"样例省{number:02}", "municipal", None)
            for place in range(CITIES_EACH):
                cities.append(f"{province}c{place}")
                yield _unit(cities[-1], f"样例市{number:02}{place}", "municipal", province)
        for number in range(self.districts):
            yield _unit(f"d{number:04}", f"样例区{number:04}", "district", cities[number % len(cities)])

    def persons(self) -> Iterator[PersonSeed]:
        """Two in the country's bureau, one in each province, one in each district."""
        for login in ("country", "country-2"):
            yield PersonSeed(login, f"样例经办{login[-1]}", "country", ("municipal_coordinator",), "country")
        for number in range(self.provinces):
            code = f"p{number:02}"
            yield PersonSeed(code, f"样例省经办{number}", code, ("municipal_coordinator",), code)
        for number in range(self.districts):
            code = f"d{number:04}"
            yield PersonSeed(code, f"样例区经办{number}", code, _ROLES, code)

    def terms(self) -> dict[str, Any]:
        ladder = default_ladder()
        names = ("name", "level", "at", "every", "until", "draft")
        rungs = [{name: getattr(rung, name) for name in names} | {"after": rung.after} for rung in ladder.rungs]
        quota = max(1, self.cases // self.districts)
        return {
            "key": CAMPAIGN,
            "title": "样例国对标达标提升专项行动",
            "short": "对标达标",
            "plan_title": "样例国对标达标提升专项行动实施方案",
            "year": 2020,
            "opens": OPENS.isoformat(),
            "closes": "2021-01-31",
            "milestones": {
                "list_in": "2020-06-05",
                "quota_met": "2020-06-05",
                "plan_drafted": "2020-06-30",
                "plan_uploaded": "2020-06-30",
                "verified": "2020-10-31",
                "published": "2020-10-31",
                "leader_candidate": None,
            },
            "roll": "none",
            "due_inclusive": True,
            "districts": [
                {"code": f"d{number:04}", "name": f"样例区{number:04}", "quota": quota}
                for number in range(self.districts)
            ],
            "quota_mode": "target",
            "newcomer_workdays": 20,
            "rework_workdays": 3,
            "reports": {"days": ["01-05", "07-05"], "first_period": "2020H1", "opens_workdays_before": 15},
            "ladders": {"default": {"send_at": ladder.send_at, "rungs": rungs}},
        }


def settle_land(database: Database, land: Land) -> Engine:
    """Organisations, people, flows and the campaign, as on the day it opened."""
    kind = benchmarking()
    opening = datetime(OPENS.year, OPENS.month, OPENS.day, 1, tzinfo=UTC)
    engine = Engine(database, FixedClock(opening), {kind.name: kind})
    with engine.work() as work:
        register_flows(work, tuple(kind.flows.values()))
        bureau = OrganisationSeed("country", "总局", "样例国市场监督管理总局", "municipal")
        units, persons = tuple(land.units()), tuple(land.persons())
        seed(engine, work, bureau=bureau, below=units, persons=persons, from_on=date(2020, 1, 1))
        apply_campaign(engine, work, SYSTEM, key=CAMPAIGN, kind=kind.name, body=land.terms())
    return Engine(database, FixedClock(NOW), {kind.name: kind})


def _unit(code: str, name: str, kind: str, parent: str | None) -> OrganisationSeed:
    return OrganisationSeed(code, name, f"{name}市场监督管理局", kind, parent=parent)
