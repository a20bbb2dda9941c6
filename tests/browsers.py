"""Browsers of the people of the small Ningbo: each is signed in as one of them, on a console over one database."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from ningbo import Ningbo, prepare
from starlette.testclient import TestClient

from console.accounts.core import Caller
from console.accounts.hashing import Cost, Hashing
from console.accounts.sessions import begin
from console.accounts.vault import new_key, vault_of
from console.bootstrap import House, accounts_of
from console.settings import Settings, load_settings
from console.web.app import create_app
from console.web.entrance import COOKIE
from engine.clock import FixedClock, local_day
from engine.store import organisations, people
from engine.store.database import Database

SETTINGS = load_settings(Path(__file__).parents[1] / "config.yaml")
HOST = "lingpao.test"
PEOPLE = ("haishu", "cixi", "yuyao", "haishu-deputy", "city", "city-2", "leader", "laboratory", "institute", "admin")
PASSWORD = "样例口令 一只蓝色的茶壶"  # noqa: S105 - of nobody


@dataclass
class Web:
    """A console, what people do in it without it (`ningbo`), and their browsers."""

    ningbo: Ningbo
    house: House
    app: FastAPI
    _browsers: dict[str, TestClient] = field(default_factory=dict)

    def stranger(self, **headers: str) -> TestClient:
        """A browser nobody has signed in with; it does what browsers do on plain HTTP."""
        address = f"http://{HOST}"
        given = {"origin": address, "accept-language": "zh-CN", **headers}
        return TestClient(
            self.app, base_url=address, headers=given, follow_redirects=False, raise_server_exceptions=True
        )

    def at(self, login: str) -> TestClient:
        """The browser of that person, signed in."""
        if login not in self._browsers:
            browser = self.stranger()
            browser.cookies.set(COOKIE, self.session(login))
            self._browsers[login] = browser
        return self._browsers[login]

    def session(self, login: str) -> str:
        """The token of a session begun for that person."""
        accounts = self.house.accounts
        with accounts.engine.work() as work:
            person = people.by_login(work, login)
            token, _ = begin(
                accounts, work, person, method="password", stage="open", caller=Caller("192.0.2.10", "test")
            )
        return token


def a_web(database: Database, clock: FixedClock, *, settings: Settings = SETTINGS, demo: bool = False) -> Web:
    """A console over a fresh small Ningbo, with an administrator."""
    ningbo = prepare(database, clock)
    with ningbo.engine.work() as work:
        bureau = organisations.by_code(work, "ningbo")
        admin = people.add(
            work, login="admin", name="系统管理员", organisation_id=bureau.id, email=None, phone=None, locale="zh_CN"
        )
        people.grant(
            work, person_id=admin.id, role="administrator", organisation_id=bureau.id, from_on=local_day(clock.now())
        )
    house = House(settings, database, ningbo.engine, rehearsal=demo, owner="test")
    hashing, vault = Hashing(Cost(memory_kib=8, rounds=1, lanes=1)), vault_of(new_key())
    cheap = replace(accounts_of(house), hashing=hashing, clock=clock, vault=vault, base=f"http://{HOST}")
    vars(house)["accounts"] = cheap
    return Web(ningbo, house, create_app(house, demo=demo))


class Shown(HTMLParser):
    """What a page shows: its heading, its words, where it leads, and what its forms would send."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.h1, self.links, self.forms = "", list[str](), dict[str, dict[str, str]]()
        self._words, self._inside, self._fields = list[str](), list[str](), dict[str, str]()
        self._area = ""
        self.feed(answer.text)

    @property
    def text(self) -> str:
        """The words of the page, with single blanks."""
        return re.sub(r"\s+", " ", " ".join(self._words))

    def form(self, action: str) -> dict[str, str]:
        """The fields of the form that goes there, as they stand; to be changed and sent."""
        return dict(self.forms[action])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._inside.append(tag)
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        elif tag == "form":
            self._fields = self.forms.setdefault(known.get("action", ""), {})
        elif tag in {"input", "select", "textarea"} and "name" in known:
            ticked = known.get("type") not in {"checkbox", "radio"} or "checked" in known
            if ticked:
                self._fields[known["name"]] = known.get("value", "")
            self._area = known["name"] if tag != "input" else ""
        elif tag == "option" and "selected" in known and self._area:
            self._fields[self._area] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self._area = ""
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "script" in self._inside or "style" in self._inside:
            return
        self._words.append(data)
        if "h1" in self._inside:
            self.h1 += data.strip()
        if self._inside and self._inside[-1] == "textarea":
            self._fields[self._area] += data
