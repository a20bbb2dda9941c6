"""A door to try: the accounts of a house with cheap hashes, and a clock that stands still until it is moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.accounts.core import Accounts, Caller
from console.accounts.hashing import Cost
from console.accounts.sessions import SignedIn, Visit, visit
from console.accounts.signin import sign_in
from console.bootstrap import House
from console.settings import load_settings
from engine.access import Actor
from engine.clock import FixedClock
from engine.model import Recorded
from engine.store import journal, mails, people, signins
from engine.store.mails import Mail
from engine.store.signins import SignIn

SETTINGS = load_settings(Path(__file__).parents[1] / "config.yaml")
CHEAP = Cost(memory_kib=8, rounds=1, lanes=1)
PASSWORD = "样例口令 一只蓝色的茶壶"  # noqa: S105 - of nobody
OFFICE = Caller("192.0.2.10", "Example/1.0")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday 2 March 2026, 09:00 in Shanghai."""


@dataclass
class Door:
    """What tests knock at."""

    house: House
    accounts: Accounts
    clock: FixedClock

    def knock(self, login: str = "yuyao", password: str = PASSWORD, caller: Caller = OFFICE) -> SignedIn:
        return sign_in(self.accounts, login, password, caller)

    def visit(self, token: str) -> Visit | None:
        return visit(self.accounts, token)

    def pass_by(self, **time: float) -> None:
        self.clock.advance(timedelta(**time))

    def actor(self, login: str) -> Actor:
        with self.house.engine.look() as work:
            return people.actor(work, login, self.house.engine.today(work))

    @property
    def log(self) -> list[SignIn]:
        """What happened at the door, the oldest first."""
        with self.house.engine.look() as work:
            return list(reversed(signins.listed(work, limit=1000)))

    @property
    def outcomes(self) -> list[str]:
        return [one.outcome for one in self.log]

    @property
    def told(self) -> list[Any]:
        """What the journal of the house says about accounts."""
        with self.house.engine.look() as work:
            entries: tuple[Recorded, ...] = journal.of_case(work, journal.HOUSE)
        return [entry.data["account"] for entry in entries if "account" in entry.data]

    @property
    def mails(self) -> list[Mail]:
        with self.house.engine.look() as work:
            return list(reversed(mails.listed(work, limit=1000)))
