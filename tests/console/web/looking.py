"""Look at pages as pictures: `python looking.py DATABASE FOLDER [LOGIN:PATH…] [--size 1366x768] [--en]`.

A copy of the database, which is a rehearsal, is opened as a demonstration on a free port, and each page is
photographed whole. Without pages named it is every page, as those see it who have it; without a size, in all of them.
"""

import argparse
import contextlib
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from console.bootstrap import open_house
from console.settings import load_settings
from console.web.app import create_app

ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SIZES: Final = ("1366x768", "1920x1080", "683x384", "390x844")
ZOOMED: Final = "683x384"
"""1366x768 at 200 %."""

WHO: Final = ("city-1", "cixi", "admin")
"""The bureau, a district, whoever looks after people and operation; a page is photographed as the first sees it."""

BEHIND: Final = {
    "/cases": ("/cases/", ("", "/enterprise", "/files", "/history", "/evidence/plan", "/products")),
    "/verifying": ("/verifying/", ("",)),
    "/publications": ("/publications/", ("",)),
    "/reports": ("/reports/", ("",)),
    "/letters": ("/letters/", ("",)),
    "/people": ("/people/", ("",)),
    "/nominate": ("/nominate/imports/", ("",)),
}
"""Pages of one thing: the list, what its addresses begin with, and the pages there are of it."""

BESIDE: Final = (
    "/account",
    "/account/second-factor",
    "/help",
    "/search?q=%E6%85%88%E6%BA%AA",
    "/board?lanes=1",
    "/bulk?deed=chase&whole=1",
    "/nominate/imports",
    "/publications/new",
    "/letters/templates",
    "/people/new",
    "/people/door",
    "/print/register",
    "/print/district",
    "/print/supervision",
    "/print/statistics",
    "/there-is-no-such-page",
)
OUTSIDE: Final = ("/sign-in", "/reset")


@contextlib.contextmanager
def opened(database: Path) -> Iterator[str]:
    """The address of a console on a copy of that database."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "looking.db"
        shutil.copy(database, copy)
        house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{copy}")
        server = uvicorn.Server(uvicorn.Config(create_app(house, demo=True), port=0, log_level="warning"))
        ready = threading.Event()
        server.install_signal_handlers = lambda: None

        async def startup(sockets=None) -> None:
            await type(server).startup(server, sockets=sockets)
            ready.set()

        server.startup = startup
        running = threading.Thread(target=server.run)
        running.start()
        ready.wait()
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            running.join()
            house.close()


def window(browser: Browser, address: str, login: str, size: str, *, english: bool = False) -> Page:
    """A window of that size with somebody in it, or with nobody."""
    width, height = (int(part) for part in size.split("x"))
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if size == ZOOMED else 1,
        base_url=address,
        locale="zh-CN",
    )
    if english:
        context.add_cookies([{"name": "lingpao_locale", "value": "en", "url": address}])
    tab = context.new_page()
    tab.on("console", lambda message: print("console:", tab.url, message.type, message.text))
    if login:
        tab.request.post("/sign-in/demo", form={"login": login}, headers={"origin": address})
    return tab


def every_page(browser: Browser, address: str) -> list[str]:
    """LOGIN:PATH of all there is, each page once for the bureau and for a district, the rest as the administrator."""
    found = [f":{path}" for path in OUTSIDE]
    seen: set[str] = set()
    for login in WHO:
        tab = window(browser, address, login, SIZES[0])
        tab.goto("/")
        menu = tab.locator("nav.side a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
        paths = [*menu, *BESIDE, *(path for row in menu if row in BEHIND for path in behind(tab, row))]
        for path in dict.fromkeys(paths):
            if login == WHO[-1] and re.sub(r"\d+", "", path) in seen:
                continue
            answer = tab.request.get(path)
            if answer.ok or "no-such" in path:
                found.append(f"{login}:{path}")
                seen.add(re.sub(r"\d+", "", path))
        tab.context.close()
    return found


def behind(tab: Page, row: str) -> list[str]:
    start, pages = BEHIND[row]
    tab.goto(row)
    links = tab.locator(f"main a[href^='{start}']").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    first = next((one for one in links if re.fullmatch(rf"{start}\d+", one)), None)
    return [first + page for page in pages] if first else []


def photograph(tab: Page, login: str, path: str, file: Path) -> None:
    tab.goto(path)
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1 and "/print/" not in path:
        print(f"{path} is {wide} px wider than the window ({login})")
    for frame in tab.locator("iframe").all():
        # what was never in the window is not painted in a frame
        frame.scroll_into_view_if_needed()
        tab.wait_for_timeout(300)
    tab.screenshot(path=file, full_page=True)
    print(file)


def name_of(login: str, path: str) -> str:
    """A file name that sorts by page, then by person."""
    words = re.sub(r"[^a-z0-9-]+", "-", path.strip("/").replace("%", "")).strip("-") or "first"
    return f"{words}-{login or 'nobody'}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="*", metavar="LOGIN:PATH")
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--en", action="store_true")
    asked = parser.parse_args()
    with opened(asked.database) as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pages = [page.partition(":") for page in asked.pages or every_page(browser, address)]
        for size in [asked.size] if asked.size else SIZES:
            folder = asked.folder / size
            folder.mkdir(parents=True, exist_ok=True)
            for login in dict.fromkeys(login for login, _, _ in pages):
                tab = window(browser, address, login, size, english=asked.en)
                for path in (path for who, _, path in pages if who == login):
                    photograph(tab, login, path, folder / f"{name_of(login, path)}.png")
                tab.context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
