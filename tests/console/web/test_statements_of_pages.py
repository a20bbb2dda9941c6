"""What pages ask of the database: each that is registered, in one reading transaction, with few statements."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from browsers import Web
from fastapi.routing import APIRoute
from sqlalchemy import event

from console.web.pages import ROUTERS

MOST_OF_A_PAGE = 25
MOST_OF_THE_FRAME = 8
PLACES = {"step": "upload_plan", "deed": "reply", "what": "plan", "digest": "0" * 64, "form": "annex2"}
AT_THE_DOOR = {"/account/second-factor"}
"""Where accounts look for themselves."""
READERS = ("haishu", "haishu-deputy", "city", "leader", "laboratory", "admin")


@dataclass
class Sent:
    """What was sent to the database meanwhile."""

    looks: int = 0
    writes: int = 0
    statements: list[str] = field(default_factory=list)


@contextmanager
def listening(web: Web) -> Iterator[Sent]:
    sent = Sent()

    def keep(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            sent.writes += 1
        elif statement == "BEGIN":
            sent.looks += 1
        else:
            sent.statements.append(" ".join(statement.split()))

    event.listen(web.house.database.engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(web.house.database.engine, "before_cursor_execute", keep)


def pages(case_id: int) -> Iterator[str]:
    places = {**PLACES, "case_id": str(case_id)}
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
                yield re.sub(r"\{(\w+)(?::\w+)?\}", lambda gap: places.get(gap[1], "1"), route.path)


@pytest.mark.parametrize("login", READERS)
def test_every_page_takes_few_statements_and_one_look(web: Web, login: str) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")
    browser = web.at(login)
    too_many, seen = [], 0

    for address in pages(case.id):
        with listening(web) as sent:
            answer = browser.get(address)
        seen += answer.status_code == 200
        reads_only = answer.status_code == 200 and not sent.writes and address not in AT_THE_DOOR
        if len(sent.statements) > MOST_OF_A_PAGE or (reads_only and sent.looks > 1):
            too_many.append(f"{address}: {len(sent.statements)} in {sent.looks}")
    assert too_many == []
    assert seen > 5


@pytest.mark.parametrize("login", READERS)
def test_what_stands_around_a_page_takes_eight_statements(web: Web, login: str) -> None:
    browser = web.at(login)
    with listening(web) as sent:
        answer = browser.get("/help")
    assert answer.status_code == 200
    assert len(sent.statements) <= MOST_OF_THE_FRAME


@pytest.mark.parametrize("login", ["haishu", "city"])
def test_a_page_asks_nothing_twice(web: Web, login: str) -> None:
    browser = web.at(login)
    with listening(web) as sent:
        browser.get("/tasks")
    assert len(sent.statements) == len(set(sent.statements))


def test_a_right_that_was_taken_away_is_gone_with_the_next_page(web: Web) -> None:
    browser = web.at("city")
    assert browser.get("/people").status_code == 200

    with web.house.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE roles SET to_on = '2020-05-01' WHERE person_id = (SELECT id FROM people WHERE login = 'city')"
        )
    assert browser.get("/people").status_code == 404
