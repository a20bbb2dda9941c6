"""What tests of the web share: the console over the small Ningbo, and browsers of its people."""

import pytest
from browsers import Web, a_web
from ningbo import CAMPAIGN

from engine import planner
from engine.clock import FixedClock
from engine.store import cases
from engine.store.database import Database


@pytest.fixture
def web(sqlite_database: Database, clock: FixedClock) -> Web:
    """The console on the day the campaign opens; `web.at("haishu")` is that person's browser."""
    return a_web(sqlite_database, clock)


@pytest.fixture
def owed_report(web: Web) -> int:
    """The case of the report that 海曙 owes for the first half of 2020."""
    web.ningbo.one("样例甲有限公司")
    web.ningbo.at("2020-06-29")
    planner.plan(web.ningbo.engine)
    with web.ningbo.engine.look() as work:
        district = web.ningbo.district_id("haishu")
        (case,) = cases.by_subject(work, CAMPAIGN, "progress_report", "report:2020H1", district_id=district)
    return case.id
