"""What each read model costs beside the raw driver asking for the same rows, at a hundred thousand and a million cases.

`python -m bench.reads 100000 1000000` times them; with `--plans` it prints how the database finds each answer.
"""

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from bench.country import country, open_country
from bench.lands import CAMPAIGN
from console.board import board
from console.deadlines import deadline_list, month, tabs
from console.history import history
from console.letters import letters
from console.overview import overview
from console.proposals import proposals
from console.register import Wanted, register
from console.search import search
from console.series import burn_up, by_month, stays
from console.situation import situation
from console.statistics import Chosen
from console.statistics import statistics as table_of
from console.todo import todo, waiting_for
from engine.access import Actor
from engine.core import Engine
from engine.store import areas, campaigns, people, topics
from engine.store.database import Work

ROUNDS: Final = 15
BIG: Final = ("cases", "journal", "deadlines", "mails", "search_entries", "notices", "due")
"""Tables that no page may read whole."""

Asking = Callable[[Engine, Work, Actor], Any]


def _register(**asked: Any) -> Asking:
    def ask(engine: Engine, work: Work, actor: Actor) -> Any:
        return register(engine, work, actor, Wanted(campaign=CAMPAIGN, flow="enterprise", **asked))

    return ask


def _second_page(**asked: Any) -> Asking:
    def ask(engine: Engine, work: Work, actor: Actor) -> Any:
        first = register(engine, work, actor, Wanted(campaign=CAMPAIGN, flow="enterprise", **asked))
        return register(engine, work, actor, Wanted(campaign=CAMPAIGN, flow="enterprise", after=first.after, **asked))

    return ask


def _campaign(read: Callable[..., Any], *more: Any, **asked: Any) -> Asking:
    return lambda engine, work, actor: read(engine, work, actor, campaigns.get(work, CAMPAIGN), *more, **asked)


def _key(read: Callable[..., Any], **asked: Any) -> Asking:
    return lambda engine, work, actor: read(engine, work, actor, CAMPAIGN, **asked)


def _industries(_: Engine, work: Work, __: Actor) -> Any:
    return topics.occurring(work, CAMPAIGN, "enterprise", areas.EVERYWHERE)


READS: Final[dict[str, tuple[str, Asking]]] = {
    "register, by number": ("country", _register()),
    "register, by day": ("country", _register(sort="due")),
    "register, by day, second page": ("country", _second_page(sort="due")),
    "register, by name": ("country", _register(sort="name")),
    "register, by state": ("country", _register(sort="state")),
    "register, by district": ("country", _register(sort="district")),
    "register, overdue": ("country", _register(overdue=True, sort="due")),
    "register, overdue, by district": ("country", _register(overdue=True, sort="district")),
    "register, overdue, by number": ("country", _register(overdue=True)),
    "register, one state, by name": ("country", _register(states=["published"], sort="name")),
    "register, empty state": ("country", _register(states=["leader_candidate"])),
    "register, green": ("country", _register(light="green", sort="due")),
    "register, yellow, by name": ("country", _register(light="yellow", sort="name")),
    "register, waiting": ("country", _register(proposed=True, sort="due")),
    "register, claimed": ("country", _register(claimed=True)),
    "register, milestone": ("country", _register(milestone="plan_uploaded", due_until=date(2020, 6, 30))),
    "register, keyword": ("country", _register(name="轴承", sort="due")),
    "register, credit code": ("country", _register(name="91330000MA00007")),
    "register, common industry": ("country", _register(industry="38")),
    "register, common industry, second page": ("country", _second_page(industry="38")),
    "register, common industry, by day": ("country", _register(industry="38", sort="due")),
    "register, common industry, by name": ("country", _register(industry="38", sort="name")),
    "register, common industry, by district": ("country", _register(industry="38", sort="district")),
    "register, common industry, overdue": ("country", _register(industry="38", overdue=True)),
    "register, common industry, milestone": ("country", _register(industry="38", milestone="plan_uploaded")),
    "register, common industry, keyword": ("country", _register(industry="38", name="轴承")),
    "register, rare industry": ("country", _register(industry="16")),
    "register, rare industry, by district": ("country", _register(industry="16", sort="district")),
    "register, rare industry, milestone": ("country", _register(industry="16", milestone="plan_uploaded")),
    "register, unused industry, by day": ("country", _register(industry="50", sort="due")),
    "register, every name has it": ("country", _register(name="有限公司")),
    "register of a province, by day": ("p07", _register(sort="due")),
    "register of a province, by name": ("p07", _register(sort="name")),
    "register of a province, overdue": ("p07", _register(overdue=True, sort="due")),
    "register of a province, keyword": ("p07", _register(name="水表")),
    "register of a province, industry": ("p07", _register(industry="38", sort="due")),
    "register of a district, industry": ("d0777", _register(industry="38", sort="due")),
    "industries of the register": ("country", _industries),
    "statistics by industry": ("country", _campaign(table_of, Chosen(table="industry"))),
    "statistics by industry of a province": ("p07", _campaign(table_of, Chosen(table="industry"))),
    "statistics by industry of a district": ("d0777", _campaign(table_of, Chosen(table="industry"))),
    "register of a district, by day": ("d0777", _register(sort="due")),
    "register of a district, by number": ("d0777", _register()),
    "register of a district, keyword": ("d0777", _register(name="科技")),
    "overview": ("country", _campaign(overview)),
    "overview of a province": ("country", _campaign(overview, area="p07")),
    "overview for a province": ("p07", _campaign(overview)),
    "overview for a district": ("d0777", _campaign(overview)),
    "to-do list of the bureau": ("country", _key(todo)),
    "to-do list of a province": ("p07", _key(todo)),
    "to-do list of a district": ("d0777", _key(todo)),
    "number of things to do": ("country", _key(waiting_for)),
    "number of things to do, district": ("d0777", _key(waiting_for)),
    "board": ("country", _key(board)),
    "board of a province": ("p07", _key(board)),
    "board of a district": ("d0777", _key(board)),
    "deadlines, overdue": ("country", _key(deadline_list, tab="overdue")),
    "deadlines, this week": ("country", _key(deadline_list, tab="this_week")),
    "deadlines, extended": ("country", _key(deadline_list, tab="extended")),
    "deadlines of a province, overdue": ("p07", _key(deadline_list, tab="overdue")),
    "deadlines of a province, extended": ("p07", _key(deadline_list, tab="extended")),
    "deadlines of a district, overdue": ("d0777", _key(deadline_list, tab="overdue")),
    "numbers on the tabs": ("country", _key(tabs)),
    "numbers on the tabs, district": ("d0777", _key(tabs)),
    "month": ("country", _key(month, on=date(2020, 10, 1))),
    "month of a district": ("d0777", _key(month, on=date(2020, 10, 1))),
    "proposals": ("country", _key(proposals)),
    "proposals of a province": ("p07", _key(proposals)),
    "history of a case": ("country", lambda engine, work, actor: history(engine, work, actor, 777)),
    "letters": ("country", lambda _, work, actor: letters(work, actor)),
    "letters of a district, dead": ("d0777", lambda _, work, actor: letters(work, actor, states=["dead"])),
    "search, two signs": ("country", lambda _, work, actor: search(work, actor, "轴承")),
    "search, everything has it": ("country", lambda _, work, actor: search(work, actor, "样例有限公司")),
    "search, nothing has it": ("country", lambda _, work, actor: search(work, actor, "没有这个")),
    "search, one case": ("country", lambda _, work, actor: search(work, actor, "91330000MA00000777")),
    "search of a province": ("p07", lambda _, work, actor: search(work, actor, "水表 科技")),
    "search of a district": ("d0777", lambda _, work, actor: search(work, actor, "有限公司")),
    "line of what was reached": ("country", _campaign(burn_up, "plan_uploaded")),
    "line for a province": ("p07", _campaign(burn_up, "plan_uploaded")),
    "line for a district": ("d0777", _campaign(burn_up, "plan_uploaded")),
    "days in states": ("country", _campaign(stays)),
    "days in states of a province": ("p07", _campaign(stays)),
    "months": ("country", _campaign(by_month)),
    "months of a province": ("p07", _campaign(by_month)),
    "status at the terminal": ("country", _campaign(situation)),
}
"""Each read model by what it shows: who asks, and how."""


@dataclass
class Asked:
    """The statements of one answer with their values."""

    statements: list[tuple[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the answer, of its statements by the bare driver, and how many statements."""

    median: float
    worst: float
    processor: float
    raw: float
    statements: int


def cost(engine: Engine, path: Path, login: str, ask: Asking, rounds: int = ROUNDS) -> Cost:
    """Interleaved: one answer, then the same statements without anything around them."""
    driver = sqlite3.connect(path)
    walls, cpus, raws = [], [], []
    statements = 0
    for number in range(rounds + 1):
        with listening(engine) as asked, engine.look() as work:
            actor = people.actor(work, login, engine.today(work))
            asked.statements.clear()
            wall, cpu = time.perf_counter(), time.process_time()
            ask(engine, work, actor)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        statements = len(asked.statements)
        began = time.perf_counter()
        for statement, values in asked.statements:
            driver.execute(statement, values).fetchall()
        raw = time.perf_counter() - began
        if number:  # the first round only warms up
            walls.append(wall * 1e3)
            cpus.append(cpu * 1e3)
            raws.append(raw * 1e3)
    driver.close()
    return Cost(statistics.median(walls), max(walls), statistics.median(cpus), statistics.median(raws), statements)


@contextmanager
def listening(engine: Engine) -> Iterator[Asked]:
    """Keep the statements that are sent meanwhile."""
    asked = Asked()

    def keep(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.statements.append((statement, values))

    event.listen(engine.database.engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(engine.database.engine, "before_cursor_execute", keep)


def plans(engine: Engine, login: str, ask: Asking) -> list[tuple[str, list[str]]]:
    """Each statement of an answer with the steps by which SQLite finds it."""
    with engine.look() as work:
        actor = people.actor(work, login, engine.today(work))
        with listening(engine) as asked:
            ask(engine, work, actor)
        found = []
        for statement, values in asked.statements:
            rows = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            found.append((statement, [row[3] for row in rows]))
    return found


def whole_tables(steps: list[str]) -> list[str]:
    """Steps that read one of the big tables from its beginning to its end."""
    return [step for step in steps if step.startswith("SCAN") and step.split()[1] in BIG]


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or [100_000]
    for size in sizes:
        path = country(size)
        engine = open_country(path)
        print(f"{size} cases in 3000 districts, {path.stat().st_size / 1e9:.1f} GB; medians of {ROUNDS} rounds")
        for name, (login, ask) in READS.items():
            found = cost(engine, path, login, ask)
            print(
                f"{name:<36} {found.median:>8.1f} ms  worst {found.worst:>7.1f}  processor {found.processor:>7.1f}"
                f"  raw {found.raw:>7.1f} ms  {found.statements:>3} statements",
                flush=True,
            )
            if "--plans" in sys.argv:
                for statement, steps in plans(engine, login, ask):
                    print(f"    {' '.join(statement.split())[:150]}")
                    print("".join(f"        {step}\n" for step in steps), end="")


if __name__ == "__main__":
    main()
