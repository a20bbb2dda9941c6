"""What protects the pages: where changes come from, how large and how often, cookies, file names."""

import pytest
from browsers import HOST, SETTINGS, Shown, Web, a_web
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from console.config import WebSection
from console.paging import cursor
from console.web.downloads import disposition, shown
from console.web.entrance import COOKIE
from console.web.rates import Rates, TooMany
from console.web.security import is_own
from engine.clock import FixedClock
from engine.store.database import Database

HERE = f"http://{HOST}"


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, False),
        ({"origin": HERE}, True),
        ({"origin": "http://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": f"{HERE}/cases/1"}, True),
        ({"referer": "http://elsewhere.example/"}, False),
        ({"origin": f"http://{HOST}.elsewhere.example"}, False),
        ({"origin": "http://[nowhere"}, False),
        ({"referer": "http://[nowhere/"}, False),
        ({}, False),
    ],
)
def test_a_change_comes_from_our_own_pages_only(said: dict[str, str], own: bool) -> None:
    headers = Headers({"host": HOST, **said})

    assert is_own("POST", headers, public=None) is own
    assert is_own("GET", headers, public=None)


@pytest.mark.parametrize("name", ["origin", "referer"])
def test_whoever_says_that_they_come_from_no_address_is_refused_with_a_page(web: Web, name: str) -> None:
    stranger = web.stranger()
    del stranger.headers["origin"]
    answer = stranger.post("/view", data={"locale": "en"}, headers={name: "http://[nowhere/"})

    assert answer.status_code == 403
    assert "<h1" in answer.text


def test_a_proxy_may_call_the_console_by_another_name() -> None:
    headers = Headers({"host": "10.0.0.5:8020", "origin": "https://lingpao.example.org"})

    assert is_own("POST", headers, public="https://lingpao.example.org")
    assert not is_own("POST", headers, public=None)


def test_a_form_that_is_too_large_is_refused_before_it_is_read(web: Web) -> None:
    answer = web.stranger().post("/view", data={"back": "x" * 1_100_000})

    assert answer.status_code == 413
    assert "内容过大" in answer.text


def test_a_body_without_a_length_is_counted_as_it_arrives(web: Web) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = web.stranger().post("/view", content=iter([b"back=" + b"x" * 600_000] * 2), headers=kind)

    assert answer.status_code == 413


def test_who_asks_too_often_is_told_how_long_to_wait(sqlite_database: Database, clock: FixedClock) -> None:
    few = SETTINGS.model_copy(update={"web": WebSection(sign_ins_a_minute=3)})
    browser = a_web(sqlite_database, clock, settings=few).stranger()
    answers = [browser.post("/sign-in", data={"login": f"none-{n}", "password": "x"}) for n in range(4)]

    assert [one.status_code for one in answers] == [422, 422, 422, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "操作过于频繁" in answers[-1].text


def test_who_guesses_passwords_waits_longer_and_longer(web: Web) -> None:
    browser = web.stranger()
    answers = [browser.post("/sign-in", data={"login": "haishu", "password": f"x{n}"}) for n in range(6)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) == 30
    assert Shown(answers[-1]).form("/sign-in")["login"] == "haishu"


def test_callers_are_counted_apart() -> None:
    rates = Rates()
    for _ in range(3):
        rates.count("one", 3)

    with pytest.raises(TooMany):
        rates.count("one", 3)
    rates.count("another", 3)


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(web: Web) -> None:
    plain = web.at("city").post("/view", data={"locale": "en", "back": "/"})
    secure = web.stranger(origin=f"https://{HOST}")
    secure.base_url = f"https://{HOST}"
    over_https = secure.post("/view", data={"locale": "en", "back": "/"})

    assert "HttpOnly" in plain.headers["set-cookie"]
    assert "SameSite=lax" in plain.headers["set-cookie"]
    assert "Secure" not in plain.headers["set-cookie"]
    assert "Secure" in over_https.headers["set-cookie"]
    assert over_https.headers["strict-transport-security"]


def test_a_session_that_somebody_made_up_opens_nothing(web: Web) -> None:
    browser = web.stranger()
    browser.cookies.set(COOKIE, "x" * 43)

    assert browser.get("/overview").headers["location"] == "/sign-in?onward=%2Foverview"


def test_a_file_goes_out_under_its_own_name() -> None:
    told = disposition("attachment", '进度表"2020\r\nX: y/..\\z.xlsx')

    assert told.isascii()
    assert "\r" not in told
    assert "/" not in told.replace("UTF-8''", "")
    assert "filename*=UTF-8''%E8%BF%9B%E5%BA%A6%E8%A1%A8" in told


def test_no_name_of_a_file_reads_other_than_it_is() -> None:
    told = disposition("attachment", "样例\u202exslx.exe\u2066\u200f\x85")

    assert "%E2%80" not in told
    assert "%E2%81" not in told
    assert "%C2%85" not in told


def test_only_a_paper_may_be_framed_by_our_own_page() -> None:
    assert "frame-ancestors 'self'" in shown("样例.pdf", b"%PDF", "application/pdf").headers["content-security-policy"]
    assert shown("x.html", b"<b>", "text/html").headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("onward", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x"])
def test_nobody_is_led_to_another_site(web: Web, onward: str) -> None:
    answer = web.stranger().post("/view", data={"locale": "en", "back": onward})

    assert answer.headers["location"] == "/"


def test_styles_and_scripts_are_kept_by_browsers_until_they_change(web: Web) -> None:
    browser = web.stranger()
    page = browser.get("/sign-in").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]

    answer = browser.get(address)

    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert browser.get("/static/older/console.css").headers["cache-control"] == "no-cache"
    assert browser.get("/static/x/../../app.py").status_code == 404


def test_a_place_in_a_list_beyond_the_calendar_leads_nowhere(web: Web) -> None:
    far = cursor(10**23, 2)

    for address in ("/tasks", "/api/v1/tasks", "/cases", "/deadlines", "/letters"):
        assert web.at("city").get(address, params={"after": far}).status_code in {200, 404, 422}, address


def test_a_token_in_a_header_is_no_pass_for_pages_that_go_by_the_cookie(web: Web) -> None:
    elsewhere = {"origin": "http://elsewhere.example", "authorization": "Bearer lp_none"}

    assert web.at("city").post("/account/sessions/end", headers=elsewhere).status_code == 403


@pytest.mark.parametrize("kind", ["Bearer", "bearer", "BEARER"])
def test_a_program_with_a_token_comes_from_no_page(web: Web, kind: str) -> None:
    elsewhere = {"origin": "http://elsewhere.example", "authorization": f"{kind} lp_none"}

    assert web.stranger().post("/api/v1/cases/1/steps/verify", json={}, headers=elsewhere).status_code == 401


def test_no_answer_leads_to_a_host_that_the_caller_named(web: Web) -> None:
    for address in ("/cases/", "/tasks/", "//elsewhere.example/cases", "/"):
        answer = web.at("city").get(address, headers={"host": "elsewhere.example"})
        assert "elsewhere.example" not in answer.headers.get("location", ""), address


def test_a_link_that_lets_somebody_in_does_not_stand_in_the_log(
    web: Web, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = TestClient(web.app, base_url=HERE, headers={"origin": HERE}, raise_server_exceptions=False)
    monkeypatch.setitem(vars(web.house), "accounts", None)
    for address in ("/reset/s3cret", "/invitation/s3cret", "/link/s3cret"):
        assert browser.get(address).status_code == 500

    assert caplog.text.count("/…") == 3
    assert "s3cret" not in caplog.text


@pytest.mark.postgresql
def test_a_text_that_no_database_holds_is_refused(postgresql_url: str, clock: FixedClock) -> None:
    database = Database(postgresql_url)
    web = a_web(database, clock)

    assert web.stranger().post("/sign-in", data={"login": "a\x00b", "password": "x"}).status_code == 422
    assert web.at("city").get("/cases?district=%00").status_code == 404
    assert web.at("city").get("/api/v1/cases?district=%00").status_code == 404
    assert web.at("city").get("/cases").status_code == 200
    database.close()
