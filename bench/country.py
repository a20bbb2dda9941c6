"""A country in a database: made once for each size, kept outside of the tree, the same for everybody who makes it.

`python -m bench.country 100000` makes it and says where it lies; LINGPAO_BENCH names another folder for it.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, event, func, select, text

from bench.lands import CAMPAIGN, NOW, OPENS, Land, settle_land
from bench.lives import life
from bench.records import Place, Shelf, Writer
from engine import planner
from engine.clock import FixedClock
from engine.core import Engine
from engine.store import cases, counts, definitions, migrate, organisations, people, search
from engine.store import schema as tables
from engine.store.database import Database, Work
from workflows.benchmarking import MIGRATIONS
from workflows.benchmarking.kind import ENTERPRISE, benchmarking
from workflows.benchmarking.records.schema import enterprises, products

CHUNK: Final = 2_000
EXPECTED_BY: Final = 50
FOUND: Final = 100_000
"""What cases are found by comes behind organisations and people."""
INDEXED: Final = (tables.cases, tables.journal, tables.deadlines, tables.deadline_changes, enterprises, products)
"""Tables whose indexes are made when everything is there, which is much faster than row by row."""


def country(n: int, districts: int = 3_000) -> Path:
    """The database file of a country with so many cases; made when it is not there yet."""
    folder = Path(os.environ.get("LINGPAO_BENCH", Path.home() / ".cache" / "lingpao-bench"))
    path = folder / f"country-{n}-{districts}-{_version()}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        make(f"sqlite:///{unfinished}", Land(n, districts))
        unfinished.replace(path)
    return path


def open_country(path: Path | str) -> Engine:
    """The engine on it, on the day on which it was made."""
    url = path if isinstance(path, str) else f"sqlite:///{path}"
    kind = benchmarking()
    return Engine(Database(url), FixedClock(NOW), {kind.name: kind})


def make(url: str, land: Land, *, say: bool = True) -> None:
    """Fill an empty database."""
    database = Database(url, durable=False)
    _hurry(database)
    migrate.upgrade(database, [MIGRATIONS])
    engine = settle_land(database, land)
    began = time.monotonic()
    with _without_indexes(database):
        _fill(engine, land, say=say)
    _move_sequences(database)
    planner.plan(engine)
    _settle_down(database)
    database.close()
    if say:
        print(f"{land.cases} cases in {time.monotonic() - began:.0f} s")


def _fill(engine: Engine, land: Land, *, say: bool) -> None:
    with engine.work() as work:
        places = _places(work, land)
        definition_id, flow = definitions.latest(work, ENTERPRISE)
        writer = Writer(engine, work, engine.terms(work, CAMPAIGN), flow, definition_id)
        writer.confirmer = people.by_login(work, "country").id
        writer.numbers = _numbers(work, land)
    for start in range(1, land.cases + 1, CHUNK):
        shelf = Shelf()
        for number in range(start, min(start + CHUNK, land.cases + 1)):
            writer.write(life(number), places[(number - 1) * land.districts // land.cases], shelf)
        with engine.work() as work:
            _store(work, shelf)
        if say and start % 100_000 == 1:
            print(f"  {start - 1} …", flush=True)
    with engine.work() as work:
        cases.count_moves(work, writer.counts.tally)
        counts.count_due(work, writer.counts.due)
        counts.count_met(work, writer.counts.met)
        counts.count_proposals(work, writer.counts.proposed)


def _store(work: Work, shelf: Shelf) -> None:
    found = [search.row_of(entry) | {"id": FOUND + entry.ref_id} for entry in shelf.found]
    for table, rows in (
        (enterprises, shelf.enterprises),
        (tables.cases, shelf.cases),
        (products, shelf.products),
        (tables.journal, shelf.journal),
        (tables.deadlines, shelf.deadlines),
        (tables.deadline_changes, shelf.changes),
        (tables.due, shelf.due),
        (tables.search_entries, found),
    ):
        if rows:
            _insert(work.connection, table, rows)
    if work.on_sqlite:
        learned = [(row["id"], row["grams"]) for row in found]
        work.connection.exec_driver_sql("INSERT INTO search_index(rowid, grams) VALUES (?, ?)", learned)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """What Core would send, with the types of the columns and without a context for each row."""
    given: dict[str, Any] = {
        column.name: getattr(column.default, "arg", None) for column in table.columns if column.default is not None
    }
    rows = [{**given, **row} for row in rows] if given.keys() - rows[0].keys() else rows
    names = [column.name for column in table.columns if column.name in rows[0]]
    known = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    makers = list(zip(names, known, strict=True))
    values = [tuple(make(row[name]) if make else row[name] for name, make in makers) for row in rows]
    marks = ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * len(names))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", values)


def _places(work: Work, land: Land) -> list[Place]:
    known = {one.code: one for one in organisations.every(work)}
    codes = [f"d{number:04}" for number in range(land.districts)]
    persons = {one.login: one.id for one in people.every(work)}
    regions = organisations.regions(work, [known[code].id for code in codes])
    return [Place(known[code].id, regions[known[code].id], known[code].path, persons[code]) for code in codes]


def _numbers(work: Work, land: Land) -> dict[date, int]:
    """The first number of each day's entries, with room for more than one case in so many lets expect."""
    entries: Counter[date] = Counter()
    for number in range(1, land.cases + 1, EXPECTED_BY):
        entries.update(event.at.date() for event in life(number).events)
    first = int(work.connection.execute(select(func.max(tables.journal.c.id))).scalar_one()) + 1
    days = [OPENS + timedelta(days=number) for number in range((NOW.date() - OPENS).days + 1)]
    numbers = {}
    for day in days:
        numbers[day] = first
        first += 2 * EXPECTED_BY * entries[day] + 10 * EXPECTED_BY
    return numbers


@contextmanager
def _without_indexes(database: Database) -> Iterator[None]:
    indexes = [index for table in INDEXED for index in sorted(table.indexes, key=lambda one: str(one.name))]
    with database.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    yield
    with database.engine.begin() as connection:
        for index in indexes:
            index.create(connection)


def _hurry(database: Database) -> None:
    """What is made can be made again, so nothing is waited for."""
    if database.path is None:
        return

    @event.listens_for(database.engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-600000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")


def _settle_down(database: Database) -> None:
    """Both databases look at what they have."""
    with database.engine.begin() as connection:
        if database.path is None:
            connection.execute(text("ANALYZE"))
        else:
            connection.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))


def _move_sequences(database: Database) -> None:
    """Numbers given by hand are told to a server's sequences."""
    if database.path is not None:
        return
    with database.engine.begin() as connection:
        for name in ("cases", "journal", "deadlines", "deadline_changes", "enterprises", "search_entries"):
            newest = f"(SELECT coalesce(max(id), 1) FROM {name})"
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {newest})"))


def _version() -> str:
    """What the file is made by: another program makes another file."""
    made_by = [*Path(__file__).parent.glob("l*s.py"), Path(__file__).with_name("records.py")]
    made_by += sorted((Path(tables.__file__).parent).glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in sorted(made_by))).hexdigest()[:10]


if __name__ == "__main__":
    print(country(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
