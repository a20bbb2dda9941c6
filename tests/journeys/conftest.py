"""Real browsers: Debian's Chromium on a console of its own, one window for each person."""

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from town import BEGUN, Town, serving, town_of

from console.bootstrap import open_house
from console.founding import found_house
from console.settings import load_settings
from console.web.app import create_app

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20_000
"""Milliseconds that a busy machine is given for what a quiet one does at once."""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Windows:
    """Windows onto one console; each has a person in it, and everything its console complains of is kept."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def of(self, login: str, path: str = "/", *, width: int = 1366, height: int = 768, script: bool = True) -> Page:
        """A window of its own for somebody, at an address."""
        page = self.empty(width=width, height=height, script=script)
        page.request.post("/sign-in/demo", form={"login": login}, headers={"origin": self.address})
        page.goto(path)
        return page

    def empty(self, *, width: int = 1366, height: int = 768, script: bool = True) -> Page:
        """A window of its own in which nobody has signed in."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale="zh-CN",
            base_url=self.address,
        )
        context.set_default_timeout(PATIENCE)
        self._open.append(context)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()
        self._open.clear()

    def _note(self, message: ConsoleMessage) -> None:
        # a refused form is answered with 4xx on purpose, which Chromium writes down as an error of the network
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


def faults_of(page: Page) -> list[str]:
    """What axe finds on a page against WCAG 2.2 AA, each with the first place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    return [f"{one['id']}: {one['help']} ({one['nodes'][0]['target']})" for one in found["violations"]]


@contextlib.contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of a console on a database, in this process."""
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{database}")
    server = uvicorn.Server(uvicorn.Config(create_app(house, demo=True), port=0, log_level="error"))
    ready = threading.Event()

    async def startup(sockets: object = None) -> None:
        await type(server).startup(server, sockets=sockets)  # type: ignore[arg-type]
        ready.set()

    server.startup = startup  # type: ignore[method-assign, assignment]
    running = threading.Thread(target=server.run)
    running.start()
    assert ready.wait(60)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join()
        house.close()


@pytest.fixture(scope="module")
def october(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The console on a copy of the demonstration as it stood in late October; the tests of a file share it."""
    database = tmp_path_factory.mktemp("journey") / "october.db"
    shutil.copy(demonstration / "october.db", database)
    with served(database) as address:
        yield address


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal of Ningbo in the week before the lists are due, to copy from."""
    path = tmp_path_factory.mktemp("begun") / "rehearsal.db"
    found_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{path}", rehearsal=True).house.close()
    with town_of(path) as town:
        town.at(BEGUN)
    return path


@pytest.fixture(scope="module")
def database(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "rehearsal.db"
    shutil.copy(begun, path)
    return path


@pytest.fixture(scope="module")
def town(database: Path) -> Iterator[Town]:
    """What was done before a journey begins; the journeys of a file share it, each in a district of its own."""
    with town_of(database) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with the file: a loop of its own runs in this thread."""
    if not Path(CHROMIUM).exists():
        assert not os.environ.get("CI"), "Chromium is missing; CI must install it"
        pytest.skip("needs Chromium (Debian's package `chromium`)")
    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(town: Town, database: Path) -> Iterator[str]:
    """The address of the console of that town, a process of its own."""
    with serving(database, "--demo") as served_there:
        yield served_there.address


@pytest.fixture
def opened(browser: Browser) -> Callable[[str], Iterator[Windows]]:
    """Windows onto a console; a complaint in one of them fails the test."""

    def open_at(address: str) -> Iterator[Windows]:
        windows = Windows(browser, address)
        yield windows
        windows.close()
        assert windows.complaints == []

    return open_at


@pytest.fixture
def windows(october: str, opened: Callable[[str], Iterator[Windows]]) -> Iterator[Windows]:
    """Windows onto the demonstration of October."""
    yield from opened(october)


@pytest.fixture
def people(address: str, opened: Callable[[str], Iterator[Windows]]) -> Iterator[Windows]:
    """Windows onto the town."""
    yield from opened(address)


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fail on what keeps people from using a page."""

    def check(page: Page) -> None:
        assert page.locator("h1").count() == 1, page.url
        assert faults_of(page) == [], page.url

    return check
