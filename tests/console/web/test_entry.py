"""The door: in with password and code, out again, and what was typed when a session was over."""

from dataclasses import replace

import pytest
from browsers import PASSWORD, Shown, Web

from console.accounts.invitations import set_password
from console.web.app import create_app
from console.web.entrance import COOKIE


@pytest.fixture
def known(web: Web) -> Web:
    """haishu has a password."""
    with web.ningbo.engine.look():
        actor = web.ningbo.actor("admin")
    set_password(web.house.accounts, actor, "haishu", PASSWORD)
    return web


def test_whoever_wants_a_page_comes_to_it_after_signing_in(known: Web) -> None:
    browser = known.stranger()
    asked = browser.get("/cases?overdue=1")
    page = Shown(browser.get(asked.headers["location"]))

    answer = browser.post("/sign-in", data=page.form("/sign-in") | {"login": "haishu", "password": PASSWORD})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/cases?overdue=1"
    assert browser.get("/cases").status_code == 200


def test_a_wrong_password_keeps_the_login_and_says_nothing_more(known: Web) -> None:
    fields = {"login": "haishu", "password": "falsch falsch"}
    answer, other = (known.stranger().post("/sign-in", data=fields | {"login": one}) for one in ("haishu", "nobody"))

    assert answer.status_code == 422
    assert Shown(answer).form("/sign-in")["login"] == "haishu"
    assert "falsch" not in answer.text
    assert Shown(answer).text == Shown(other).text.replace("nobody", "haishu")


def test_fields_left_empty_are_all_named_and_linked(known: Web) -> None:
    answer = known.stranger().post("/sign-in", data={"login": "", "password": ""})

    assert answer.status_code == 422
    assert {"#field-login", "#field-password"} <= set(Shown(answer).links)


def test_signing_out_ends_the_session_itself(known: Web) -> None:
    browser, token = known.at("haishu"), known.at("haishu").cookies[COOKIE]
    browser.post("/sign-out")
    again = known.stranger()
    again.cookies.set(COOKIE, token)

    assert again.get("/cases").status_code == 303


def test_who_signs_in_once_more_leaves_no_session_behind(known: Web) -> None:
    browser = known.stranger()
    fields = {"login": "haishu", "password": PASSWORD}
    browser.post("/sign-in", data=fields)
    before = browser.cookies[COOKIE]

    browser.post("/sign-in", data=fields)

    left = known.stranger()
    left.cookies.set(COOKIE, before)
    assert browser.cookies[COOKIE] != before
    assert browser.get("/account").status_code == 200
    assert left.get("/account").status_code == 303


def test_two_consoles_on_one_database_know_the_same_sessions_and_the_same_waiting(known: Web) -> None:
    other = replace(known, app=create_app(known.house), _browsers={})
    here, there = known.stranger(), other.stranger()
    for number in range(5):
        asked = (here, there)[number % 2]
        asked.post("/sign-in", data={"login": "cixi", "password": f"x{number}"})
    assert here.post("/sign-in", data={"login": "cixi", "password": "x"}).status_code == 429
    assert there.post("/sign-in", data={"login": "cixi", "password": "x"}).status_code == 429

    here.post("/sign-in", data={"login": "haishu", "password": PASSWORD})
    there.cookies.set(COOKIE, here.cookies[COOKIE])
    assert there.get("/account").status_code == 200
    there.post("/sign-out")
    assert here.get("/account").status_code == 303


def test_what_was_typed_when_the_session_was_over_is_offered_again(known: Web) -> None:
    browser = known.stranger()
    asked = browser.post("/rehearsal/next-day", data={"back": "/cases", "reason": "停产检修<b>，请予延期"})
    assert asked.status_code == 401

    door = Shown(asked).form("/sign-in")
    answer = browser.post("/sign-in", data=door | {"login": "haishu", "password": PASSWORD})

    assert answer.status_code == 200
    assert Shown(answer).form("/rehearsal/next-day") == {"back": "/cases", "reason": "停产检修<b>，请予延期"}
    assert "<b>，" not in answer.text


def test_what_is_offered_again_has_the_names_that_forms_give_it(known: Web) -> None:
    browser = known.stranger()
    asked = browser.post("/rehearsal/next-day", data={"back": "/cases", "version": "3", "reason": "停产检修"})
    door = Shown(asked).form("/sign-in")

    answer = Shown(browser.post("/sign-in", data=door | {"login": "haishu", "password": PASSWORD}))

    assert "理由 停产检修" in answer.text
    assert "version" not in answer.text
    assert answer.form("/rehearsal/next-day")["version"] == "3"


def test_what_was_typed_survives_a_wrong_password_too(known: Web) -> None:
    browser = known.stranger()
    door = Shown(browser.post("/rehearsal/next-day", data={"reason": "样例理由"})).form("/sign-in")
    wrong = browser.post("/sign-in", data=door | {"login": "haishu", "password": "no"})

    answer = browser.post("/sign-in", data=Shown(wrong).form("/sign-in") | {"password": PASSWORD})

    assert Shown(answer).form("/rehearsal/next-day") == {"reason": "样例理由"}


def test_what_a_stranger_puts_into_the_kept_field_breaks_nothing(known: Web) -> None:
    for kept in ("{", "[1,2]", "null", '[["a"]]', "[[1,2]]", "[" * 100_000):
        fields = {"login": "haishu", "password": PASSWORD, "kept": kept, "onward": "/cases"}
        assert known.stranger().post("/sign-in", data=fields).status_code in {200, 303}
