"""What tests share: a fresh database of each kind, a clock that stands still, and the pieces of a house on them."""

import itertools
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import postgres
import pytest
from hypothesis import settings

from engine.clock import FixedClock
from engine.store import migrate
from engine.store.database import Database
from workflows.benchmarking import MIGRATIONS

_numbers = itertools.count(1)
# the processes that tests start buffer their output as everywhere: what must come at once has to be sent at once
os.environ.pop("PYTHONUNBUFFERED", None)
settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")
START = datetime(2020, 5, 15, 1, 0, tzinfo=UTC)
"""Friday 15 May 2020, 09:00 in Shanghai: the day the campaign opens."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if postgres.available():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"under CI nothing is skipped. {postgres.WHY_NOT}")
    for test in items:
        if test.get_closest_marker("postgresql"):
            test.add_marker(pytest.mark.skip(reason=postgres.WHY_NOT))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}", durable=False)
    migrate.upgrade(database, [MIGRATIONS])
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    name = f"lingpao_template_{os.getpid()}"
    database = Database(postgres.make_database(postgresql_server, name))
    migrate.upgrade(database, [MIGRATIONS])
    database.close()
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "lingpao.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url, durable=False)
    yield database
    database.close()


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    name = f"lingpao_{os.getpid()}_{next(_numbers)}"
    yield postgres.make_database(postgresql_server, name, postgresql_template)
    postgres.drop_database(postgresql_server, name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: the conformance suite's only difference."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, durable=False)
    yield database
    database.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demonstration, played once for all tests that look at it."""
    from console.rehearsal.demo import run_demo
    from console.settings import load_settings

    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    root = Path(__file__).parents[1]
    script = root / "examples" / "ningbo-2020" / "script.yaml"
    run_demo(load_settings(root / "config.yaml"), into=folder, script=script, progress=lambda _: None)
    return folder
