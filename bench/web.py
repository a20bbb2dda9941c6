"""What the console's pages cost over a country, and how long twenty people wait for them, beside Django's admin.

`python -m bench web --cases 100000 --cases 1000000`; a server's database by `--url`, which is then as it is there.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from bench.browsing import Look, Price, Waits, browse, price, processor_of, spread
from bench.country import country
from bench.house import house_of, token_of
from bench.reads import listening
from console.bootstrap import KIND, LIVE, House
from console.web.app import create_app
from console.web.entrance import COOKIE
from engine.store import settings

SORTED = "/cases?state=plan_uploaded&sort=due"
"""The list page that Django's admin makes too."""
BUREAU: dict[str, str] = {
    "overview": "/overview",
    "to do": "/tasks",
    "register": "/cases",
    "register, one state, by day": SORTED,
    "register, overdue, by name": "/cases?overdue=true&sort=name",
    "register, keyword": "/cases?name=%E8%BD%B4%E6%89%BF&sort=due",
    "board": "/board",
    "deadlines": "/deadlines",
    "search": "/search?q=%E6%B0%B4%E8%A1%A8",
    "statistics": "/statistics",
    "outlook": "/outlook",
    "letters": "/letters",
    "case": "/cases/{case}",
    "history of a case": "/cases/{case}/history",
}
DISTRICT = {name: address for name, address in BUREAU.items() if name != "overview"}
READERS = (*["country", "country-2"] * 3, "p03", "p07", "p11", "p19", *(f"d{one * 13:04}" for one in range(1, 11)))


def main(arguments: Sequence[str] = ()) -> None:
    asked = argparse.ArgumentParser(prog="python -m bench web")
    asked.add_argument("--cases", type=int, action="append")
    asked.add_argument("--districts", type=int, default=3_000)
    asked.add_argument("--seconds", type=float, default=40)
    asked.add_argument("--think", type=float, default=1.5)
    asked.add_argument("--url")
    given = asked.parse_args(list(arguments))
    for size in given.cases or [100_000]:
        with tempfile.TemporaryDirectory(prefix="lingpao-web-") as folder:
            where = given.url or shutil.copy(country(size, given.districts), Path(folder) / "country.db")
            there = "what is there already" if given.url else f"{size} cases in {given.districts} districts, SQLite"
            print(f"\n{there}; {_load()}")
            _measure(where, seconds=given.seconds, think=given.think)


def _measure(where: Path | str, *, seconds: float, think: float) -> None:
    house = house_of(where)
    looks = {login: _looks(house, login) for login in dict.fromkeys(READERS)}
    cookies = {login: f"{COOKIE}={token_of(house, login)}" for login in looks}
    counts = {look: _statements(house, look, cookies[look.login]) for look in _sample(looks)}
    with house.engine.work() as work:
        settings.write(work, KIND, LIVE)
    house.close()
    with _server("bench.house", where) as (port, pid, _):
        for look, statements in counts.items():
            _tell(look, price(port, pid, cookies[look.login], look.address), statements)
        people = [(cookies[login], looks[login]) for login in READERS]
        _wait("all pages", browse(port, pid, people, seconds=seconds, think=think), think)
        lists = [(cookies[login], [Look("list", login, SORTED)]) for login in READERS]
        _wait("this list", browse(port, pid, lists, seconds=seconds / 2, think=think), think)
    if isinstance(where, Path):
        _beside(where, seconds=seconds / 2, think=think)
    wall, processor = _start(where)
    print(f"`lingpao serve` answers after {wall:.2f} s, of which {processor:.2f} s of the processor; {_load()}")


def _beside(where: Path, *, seconds: float, think: float) -> None:
    """The same list by Django's admin, as its administrator sees it."""
    from bench.admin import LIST

    with _server("bench.admin", where) as (port, pid, told):
        cookie = f"sessionid={told}"
        _tell(Look("the list in Django's admin", "admin", LIST), price(port, pid, cookie, LIST), 0)
        people = [(cookie, [Look("list", "admin", LIST)])] * len(READERS)
        _wait("Django's", browse(port, pid, people, seconds=seconds, think=think), think)


def _looks(house: House, login: str) -> list[Look]:
    """The pages of somebody, with a case of their own."""
    pages = DISTRICT if login.startswith("d") else BUREAU
    with house.engine.look() as work:
        own = "" if not login.startswith("d") else f"WHERE o.code = '{login}'"
        case = work.connection.exec_driver_sql(
            f"SELECT c.id FROM cases c JOIN organisations o ON o.id = c.district_id {own} ORDER BY c.id LIMIT 1"
        ).scalar_one()
    if login.startswith("p"):
        pages = {name: address for name, address in pages.items() if "{case}" not in address}
    return [Look(name, login, address.format(case=case)) for name, address in pages.items()]


def _sample(looks: dict[str, list[Look]]) -> list[Look]:
    """The pages of one person of each level."""
    return [look for login in ("country", "p07", "d0013") for look in looks[login]]


def _statements(house: House, look: Look, cookie: str) -> int:
    """How many statements a page takes."""
    browser = TestClient(create_app(house), base_url="http://127.0.0.1", headers={"cookie": cookie})
    browser.get(look.address)
    with listening(house.engine) as asked:
        answer = browser.get(look.address)
    if answer.status_code != 200:
        raise AssertionError(f"{look.login} {look.address}: {answer.status_code}")
    return len(asked.statements)


@contextmanager
def _server(module: str, where: Path | str) -> Iterator[tuple[int, int, str]]:
    """A server in a process of its own: its port, its number, and the first line it says."""
    port = _free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", module, str(where), str(port)], stdout=subprocess.PIPE, text=True, cwd=_root()
    )
    try:
        told = running.stdout.readline().strip() if running.stdout else ""
        _until_it_answers(port)
        yield port, running.pid, told
    finally:
        running.terminate()
        running.wait()


def _start(where: Path | str) -> tuple[float, float]:
    """Seconds from the command to the first page, and the processor's; modules lie compiled, as when installed."""
    url = where if isinstance(where, str) else f"sqlite:///{where}"
    with tempfile.TemporaryDirectory(prefix="lingpao-compiled-") as compiled:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"PYTHONPYCACHEPREFIX": compiled}
        _started(url, environment)
        return _started(url, environment)


def _started(url: str, environment: dict[str, str]) -> tuple[float, float]:
    port, began = _free_port(), time.monotonic()
    command = [Path(sys.executable).with_name("lingpao"), "serve", "--web-only", "--port", str(port)]
    running = subprocess.Popen([*command, "--database", url], cwd=_root(), stdout=subprocess.DEVNULL, env=environment)
    try:
        _until_it_answers(port)
        return time.monotonic() - began, processor_of(running.pid)
    finally:
        running.terminate()
        running.wait()


def _until_it_answers(port: int) -> None:
    for _ in range(3_000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            break
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in").read()
    except urllib.error.HTTPError:  # Django has no such page
        return


def _tell(look: Look, found: Price, statements: int) -> None:
    print(
        f"  {look.name:<30} {look.login:<8} {found.wall:>8.1f} ms  server's processor {found.processor:>7.1f} ms"
        f"  {statements or '–':>3} statements  {found.size:>6.1f} KB",
        flush=True,
    )


def _wait(what: str, waits: Waits, think: float) -> None:
    print(
        f"  {len(READERS)} people, {what}, thinking {think} s: {waits.a_second:.1f} pages a second,"
        f" {waits.processors:.2f} processors of the server; {_load()}"
    )
    for name, walls in [("all", waits.every), *sorted(waits.by_name.items())]:
        found = spread(walls)
        print(f"    {name:<30} p50 {found['p50']:>7.1f}  p95 {found['p95']:>7.1f} ms  of {len(walls)}", flush=True)


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _root() -> Path:
    return Path(__file__).parents[1]


if __name__ == "__main__":
    main(sys.argv[1:])
