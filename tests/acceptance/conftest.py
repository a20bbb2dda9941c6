"""The gardens on a fresh database for each scenario; whatever happened, the engine's promises hold at its end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import toy
from acceptance import grounds as laying

from engine import audit
from engine.clock import FixedClock
from engine.store.database import Database


@pytest.fixture
def prepare(database: Database, clock: FixedClock) -> Iterator[Callable[..., toy.Field]]:
    """Gardens with terms of the scenario's own."""
    prepared: list[toy.Field] = []

    def prepare(**terms: Any) -> toy.Field:
        prepared.append(toy.prepare(database, clock, **terms))
        return prepared[-1]

    yield prepare
    for field in prepared:
        assert audit.verify(field.engine) == []


@pytest.fixture
def field(prepare: Callable[..., toy.Field]) -> toy.Field:
    return prepare()


@pytest.fixture
def grounds(field: toy.Field) -> laying.Grounds:
    return laying.lay(field)
