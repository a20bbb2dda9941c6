"""A house over the country of the benchmarks, served as an installation is: `python -m bench.house FILE PORT`."""

import sys
from pathlib import Path

from bench.country import open_country
from console.accounts.core import Caller
from console.accounts.sessions import begin
from console.bootstrap import House
from console.settings import load_settings
from console.web.server import serve
from engine.store import people

ROOT = Path(__file__).parents[1]
OFTEN = 1_000_000
"""Requests a minute: everybody who asks here sits at one address."""


def house_of(database: Path | str) -> House:
    """It is always the day on which the country was made."""
    settings = load_settings(ROOT / "config.yaml")
    web = settings.web.model_copy(update={"requests_a_minute": OFTEN})
    engine = open_country(database)
    return House(settings.model_copy(update={"web": web}), engine.database, engine, rehearsal=False, owner="bench")


def token_of(house: House, login: str) -> str:
    """A session of that person, as signing in begins one."""
    with house.engine.work() as work:
        person = people.by_login(work, login)
        caller = Caller("127.0.0.1", "bench")
        return begin(house.accounts, work, person, method="password", stage="open", caller=caller)[0]


if __name__ == "__main__":
    address = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
    serve(
        house_of(address),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        demo=False,
        told=lambda place: print(place, flush=True),
    )
