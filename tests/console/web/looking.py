"""Look at pages as pictures: `python looking.py DATABASE FOLDER LOGIN:PATH… [--size 1366x768] [--en]`.

The database is a rehearsal; it is opened as a demonstration on a free port, and each page is photographed whole.
"""

import argparse
import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from console.bootstrap import open_house
from console.settings import load_settings
from console.web.app import create_app

ROOT = Path(__file__).parents[3]
CHROMIUM = "/usr/bin/chromium"


@contextlib.contextmanager
def opened(database: Path) -> Iterator[str]:
    """The address of a console on that database."""
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{database}")
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


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="+", metavar="LOGIN:PATH")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--en", action="store_true")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    asked.folder.mkdir(parents=True, exist_ok=True)
    with opened(asked.database) as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for page in asked.pages:
            login, _, path = page.partition(":")
            context = browser.new_context(viewport={"width": width, "height": height})
            if asked.en:
                context.add_cookies([{"name": "lingpao_locale", "value": "en", "url": address}])
            tab = context.new_page()
            tab.on("console", lambda message: print("console:", message.type, message.text))
            if login:
                tab.request.post(f"{address}/sign-in/demo", form={"login": login}, headers={"origin": address})
            tab.goto(f"{address}{path}")
            file = asked.folder / f"{login or 'nobody'}{path.replace('/', '-').replace('?', '-')}-{asked.size}.png"
            tab.screenshot(path=file, full_page=True)
            print(file)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
