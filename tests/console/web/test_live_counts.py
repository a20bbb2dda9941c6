"""Counts that stay up to date by themselves: told as they change, to whoever may still look on."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from browsers import Shown, Web
from starlette.requests import Request

from console.accounts.core import Caller
from console.accounts.secrets import digest
from console.accounts.sessions import sign_out
from console.web import streams
from console.web.api import live
from console.web.api.desk import api_desk_of
from console.web.desk import EVENTS
from console.web.entrance import COOKIE
from console.web.reading import Reading
from engine.store import sessions


def told(web: Web, login: str) -> dict[str, Any]:
    answer = web.at(login).get(f"{EVENTS}?once=1")
    found: dict[str, Any] = json.loads(answer.text.split("data: ")[1])
    return found


def test_the_stream_tells_what_the_menu_of_the_page_shows(web: Web) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")
    web.ningbo.with_plan(case)

    for login in ("haishu", "city", "laboratory"):
        shown = Shown(web.at(login).get("/cases"))
        menu = told(web, login)["menu"]
        assert all(f"{count}" in shown.text for count in menu.values())
        assert "/tasks" in menu
        assert menu["/tasks"] == told(web, login)["tasks"]


def test_whatever_is_done_in_ones_own_district_is_noticed_and_nothing_else(web: Web) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")
    before = {login: told(web, login)["last"] for login in ("haishu", "cixi", "city")}

    web.at("city").post(
        f"/api/v1/cases/{case.id}/steps/withdraw", json={"reason": "企业停产，不再参加", "version": case.version}
    )

    after = {login: told(web, login)["last"] for login in ("haishu", "cixi", "city")}
    assert after["haishu"] != before["haishu"]
    assert after["city"] != before["city"]
    assert after["cixi"] == before["cixi"]


def test_a_screen_that_nobody_sits_at_keeps_no_session_alive(web: Web) -> None:
    token = web.session("haishu")
    browser = web.stranger()
    browser.cookies.set(COOKIE, token)
    before = seen_at(web, token)

    web.ningbo.clock.advance(timedelta(minutes=5))
    browser.get(f"{EVENTS}?once=1")
    browser.get("/tasks", headers={"x-watching": "1"})
    assert seen_at(web, token) == before
    browser.get("/tasks")

    assert seen_at(web, token) > before


def test_a_stream_tells_what_was_done_since_it_began(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")
    monkeypatch.setattr(streams, "PAUSE", 0)
    monkeypatch.setattr(streams, "SPACE", 0)
    request = looking_on(web, web.session("haishu"))
    request.state.reading = Reading(web.house.database, lasting=True)
    with request.state.reading.look(web.ningbo.clock.now()):
        """As the gate leaves it: the snapshot of the moment in which the stream was asked for."""

    async def heard() -> list[str]:
        stream, parts = live._stream(api_desk_of(request), look(request)), []
        async for part in stream:
            parts.append(part.partition("\n")[0])
            if len(parts) == 2:
                web.ningbo.with_plan(case)
                web.ningbo.step("draft_plan", case)
            if len(parts) == 3:
                await stream.aclose()
        return parts

    assert asyncio.run(heard()) == ["event: counts", ": still here", "event: counts"]


def test_a_stream_ends_with_the_session(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PAUSE", 0)
    monkeypatch.setattr(streams, "SPACE", 0)
    token = web.session("haishu")
    request = looking_on(web, token)

    async def heard() -> list[str]:
        stream, parts = live._stream(api_desk_of(request), look(request)), []
        async for part in stream:
            parts.append(part.partition("\n")[0])
            if len(parts) == 2:
                sign_out(web.house.accounts, token, Caller())
        return parts

    assert asyncio.run(heard()) == ["event: counts", ": still here"]


def looking_on(web: Web, token: str) -> Request:
    """The request with which a page of this session asks for the stream."""
    scope = {"type": "http", "method": "GET", "path": EVENTS, "query_string": b"", "app": web.app, "state": {}}
    return Request(scope | {"headers": [(b"cookie", f"{COOKIE}={token}".encode())]}, _nothing_more)


def look(request: Request) -> Callable[[], str]:
    return lambda: json.dumps(live._counts(live._afresh(request)))


async def _nothing_more() -> dict[str, Any]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


def seen_at(web: Web, token: str) -> datetime:
    with web.house.engine.look() as work:
        found = sessions.by_hash(work, digest(token))
    assert found is not None
    return found.seen_at
