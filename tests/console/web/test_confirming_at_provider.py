"""Who signs in at an identity provider shows there once more who they are, and finds what they typed again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from browsers import Shown, Web
from identity import CLIENT, SECRET, Identity, provider
from starlette.testclient import TestClient

from console.accounts.config import OidcSection
from console.web.pages.provider import BACK, COOKIE

AWAY = "/confirm/provider"
NAME = "样例统一认证"
TYPED = {"name": "读取进度", "days": "30"}


@pytest.fixture
def identity(web: Web, monkeypatch: pytest.MonkeyPatch) -> Iterator[Identity]:
    """The provider of this house, at which 海曙 has an account; the password was given long ago."""
    accounts = web.house.accounts
    with provider(Identity(login="haishu", now=int(accounts.now().timestamp()))) as running:
        section = OidcSection(issuer=running.issuer, client_id=CLIENT, name=NAME)
        object.__setattr__(accounts, "section", accounts.section.model_copy(update={"oidc": section}))
        object.__setattr__(accounts, "oidc_secret", SECRET)
        yield running


@pytest.fixture
def browser(web: Web, identity: Identity) -> TestClient:
    found = web.at("haishu")
    later(web, identity, timedelta(minutes=web.house.settings.accounts.sessions.fresh_minutes + 1))
    return found


def later(web: Web, identity: Identity, passed: timedelta) -> None:
    web.ningbo.clock.advance(passed)
    identity.now = int(web.house.accounts.now().timestamp())


def asked_for_the_password(browser: TestClient) -> dict[str, str]:
    """The fields of the button that leads to the provider, after a form that takes the password once more."""
    shown = Shown(browser.post("/account/tokens", data=TYPED))
    assert shown.h1 == "再次输入密码"
    return shown.form(AWAY)


def sent_away(browser: TestClient, fields: dict[str, str]) -> str:
    answer = browser.post(AWAY, data=fields)
    assert answer.status_code == 200
    assert NAME in Shown(answer).h1
    return answer.headers["refresh"].removeprefix("0; url=")


def back(browser: TestClient, brought: dict[str, str]) -> Any:
    return browser.get(f"{BACK}?{urlencode(brought)}")


def test_who_shows_there_who_they_are_goes_on_with_what_they_typed(browser: TestClient, identity: Identity) -> None:
    url = sent_away(browser, asked_for_the_password(browser))
    identity.claims = {"auth_time": identity.now}

    answer = back(browser, identity.sign_in(url))

    asked = parse_qs(urlsplit(url).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    form = Shown(answer).form("/account/tokens")
    assert {name: form[name] for name in TYPED} == TYPED
    assert browser.post("/account/tokens", data=TYPED).status_code != 401


@pytest.mark.parametrize(
    ("login", "claims", "said"),
    [
        ("cixi", {}, "另一个人"),
        ("nobody", {}, "另一个人"),
        ("haishu", {"auth_time": 1_000_000_000}, "没有再次核实"),
        ("haishu", {"auth_time": "now"}, "没有再次核实"),
        ("haishu", {"nonce": "another"}, "统一认证"),
    ],
)
def test_anything_else_confirms_nothing_and_loses_nothing(
    browser: TestClient, identity: Identity, login: str, claims: dict[str, Any], said: str
) -> None:
    url = sent_away(browser, asked_for_the_password(browser))
    identity.login, identity.claims = login, claims

    answer = back(browser, identity.sign_in(url))

    assert answer.status_code == 422
    assert said in Shown(answer).text
    assert "读取进度" in Shown(answer).form("/confirm")["kept"]
    assert asked_for_the_password(browser)


def test_who_calls_it_off_at_the_provider_finds_the_question_again(browser: TestClient, identity: Identity) -> None:
    url = sent_away(browser, asked_for_the_password(browser))

    answer = back(browser, {"state": identity.sign_in(url)["state"], "error": "access_denied"})

    assert answer.status_code == 422
    assert "读取进度" in Shown(answer).form("/confirm")["kept"]


def test_a_confirmation_is_good_for_the_session_it_was_begun_in_only(
    web: Web, browser: TestClient, identity: Identity
) -> None:
    """Neither does it let anybody in."""
    url = sent_away(browser, asked_for_the_password(browser))
    stranger = web.stranger()
    stranger.cookies.set(COOKIE, browser.cookies[COOKIE])

    answer = back(stranger, identity.sign_in(url))

    assert answer.status_code == 422
    assert set(stranger.cookies) == {COOKIE}


def test_an_ordinary_sign_in_is_no_answer_to_the_question_of_another(browser: TestClient, identity: Identity) -> None:
    """It begins a session of its own, which says by itself how fresh it is."""
    url = browser.get("/sign-in/provider?onward=/account").headers["location"]

    assert "prompt" not in parse_qs(urlsplit(url).query)
    assert back(browser, identity.sign_in(url)).headers["location"] == "/account"


def test_without_a_provider_nobody_is_offered_one(web: Web) -> None:
    browser = web.at("haishu")

    assert NAME not in browser.get("/confirm?onward=/account").text
    assert browser.post(AWAY, data={"onward": "/account"}).status_code == 422
