"""What tests of the web share: the console over the small Ningbo, and browsers of its people."""

import pytest
from browsers import Web, a_web

from engine.clock import FixedClock
from engine.store.database import Database


@pytest.fixture
def web(sqlite_database: Database, clock: FixedClock) -> Web:
    """The console on the day the campaign opens; `web.at("haishu")` is that person's browser."""
    return a_web(sqlite_database, clock)
