"""`make bench`: prints one line a benchmark; `python -m bench web` only what the console's pages cost."""

import itertools
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import toy

from bench import web
from bench.lists import list_lines
from bench.measure import Line, compare
from bench.raw import Raw
from engine.cases import Opening, advance, open_many
from engine.clock import FixedClock, at_morning
from engine.judging import Command
from engine.store import migrate, organisations
from engine.store.database import Database
from engine.store.types import to_micros
from engine.sweep import sweep
from workflows.benchmarking import MIGRATIONS

STEPS, DUE = 300, 1_000
START = datetime(2020, 5, 15, 1, 0, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lingpao-bench-") as name:
        folder = Path(name)
        print(f"SQLite, WAL, synchronous=FULL; medians of 5 interleaved rounds; {STEPS} steps, {DUE} due deadlines")
        for line in itertools.chain([one_step(folder), one_sweep(folder)], list_lines(folder)):
            print(line, flush=True)
    web.main(["--cases", "5000", "--districts", "300", "--seconds", "10"])


def one_step(folder: Path) -> Line:
    """One `advance` with guard, evidence, access, journal, deadlines and tally, a transaction each."""
    prepared = _prepared(folder / "steps.db", STEPS)
    copies = itertools.count()

    def ours(_: int) -> None:
        field = _field(_copy(prepared, folder / f"ours-{next(copies)}.db"))
        east = field.actor("east")
        for case_id in range(1, STEPS + 1):
            with field.engine.work(east) as work:
                advance(field.engine, work, east, Command(case_id=case_id, step="plant"))

    def limit(_: int) -> None:
        raw = Raw(_copy(prepared, folder / f"raw-{next(copies)}.db"))
        for case_id in range(1, STEPS + 1):
            raw.step(case_id)

    return compare("one step", "step", STEPS, ours=ours, limit=limit)


def one_sweep(folder: Path) -> Line:
    """A morning on which a thousand deadlines have their first reminder."""
    prepared = _prepared(folder / "sweep.db", DUE)
    copies = itertools.count()
    morning, later = at_morning(date(2020, 5, 22)), at_morning(date(2020, 5, 29))

    def ours(_: int) -> None:
        field = _field(_copy(prepared, folder / f"sweeping-{next(copies)}.db"))
        field.at(morning)
        fired = sweep(field.engine, limit=DUE).fired
        if fired != DUE:
            raise AssertionError(f"{fired} rungs fired")

    def limit(_: int) -> None:
        raw = Raw(_copy(prepared, folder / f"raw-sweep-{next(copies)}.db"))
        if raw.sweep(to_micros(morning), to_micros(later)) != DUE:
            raise AssertionError("the raw sweep saw other deadlines")

    return compare("one sweep of 1,000 due", "alert", DUE, ours=ours, limit=limit)


def _prepared(path: Path, n: int) -> Path:
    database = Database(f"sqlite:///{path}", durable=False)
    migrate.upgrade(database, [MIGRATIONS])
    field = toy.prepare(database, FixedClock(START))
    with field.engine.work() as work:
        east = organisations.by_code(work, "east")
        openings = [
            Opening(
                campaign="gardens-2020",
                flow="garden",
                district_id=east.id,
                subject_key=f"g{number}",
                subject_name=f"样例花园{number}",
                on=date(2020, 5, 15),
            )
            for number in range(n)
        ]
        open_many(field.engine, work, toy.SYSTEM, openings)
    database.close()
    return path


def _copy(prepared: Path, path: Path) -> Path:
    shutil.copy(prepared, path)
    return path


def _field(path: Path) -> toy.Field:
    return toy.reopen(Database(f"sqlite:///{path}"), FixedClock(START))


if __name__ == "__main__":
    if sys.argv[1:2] == ["web"]:
        web.main(sys.argv[2:])
    else:
        main()
