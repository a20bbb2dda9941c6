"""The gardens on a fresh database for each scenario; whatever happened, the engine's promises hold at its end."""

from collections.abc import Iterator

import pytest
import toy
from acceptance import grounds as laying

from engine import audit
from engine.clock import FixedClock
from engine.store.database import Database


@pytest.fixture
def field(database: Database, clock: FixedClock) -> Iterator[toy.Field]:
    field = toy.prepare(database, clock)
    yield field
    assert audit.verify(field.engine) == []


@pytest.fixture
def grounds(field: toy.Field) -> laying.Grounds:
    return laying.lay(field)
