"""Accounts in the browser: invited, set anew, second factor, tokens; what is not easily undone asks again."""

import re
from datetime import timedelta

import pyotp
import pytest
from browsers import PASSWORD, Shown, Web

from console.accounts.invitations import set_password
from console.accounts.links import make
from console.accounts.sessions import sessions_of
from console.web.entrance import COOKIE
from engine.store import people

NEW = "另一句样例 七只杯子"


@pytest.fixture
def known(web: Web) -> Web:
    set_password(web.house.accounts, web.ningbo.actor("admin"), "haishu", PASSWORD)
    return web


def link(web: Web, purpose: str, login: str = "cixi") -> str:
    """The token of a link in a mail to that person."""
    accounts = web.house.accounts
    with accounts.engine.work() as work:
        made = make(accounts, work, people.by_login(work, login), purpose, by=None)
    return made.address.rpartition("/")[2]


def sign_in(web: Web, login: str, password: str = PASSWORD):
    browser = web.stranger()
    answer = browser.post("/sign-in", data={"login": login, "password": password})
    return browser, answer


def test_whoever_is_invited_chooses_a_password_and_signs_in(web: Web) -> None:
    address, browser = f"/invitation/{link(web, 'invitation')}", web.stranger()
    page = browser.get(address)
    assert "慈溪联络员" in Shown(page).text
    assert browser.get(address).status_code == 200, "looking uses nothing up"

    answer = browser.post(address, data={"new": NEW, "again": NEW})

    assert "密码已设置" in answer.text
    assert sign_in(web, "cixi", NEW)[1].status_code == 303
    spent = browser.get(address)
    assert spent.status_code == 410
    assert "请联系系统管理员重新发送邀请" in Shown(spent).text
    assert browser.post(address, data={"new": NEW, "again": NEW}).status_code == 410


def test_a_password_that_is_too_easy_or_not_typed_alike_is_refused_at_its_field(web: Web) -> None:
    address = f"/reset/{link(web, 'password_reset')}"
    different = web.stranger().post(address, data={"new": NEW, "again": "x"})
    easy = web.stranger().post(address, data={"new": "cixi", "again": "cixi"})

    assert "#field-again" in Shown(different).links
    assert easy.status_code == 422
    assert NEW not in different.text
    assert web.stranger().post(address, data={"new": NEW, "again": NEW}).status_code == 200


def test_asking_for_a_new_password_answers_alike_for_everybody(web: Web) -> None:
    answers = {Shown(web.stranger().post("/reset", data={"who": one})).text for one in ("haishu", "nobody", "x@y.z")}

    assert len(answers) == 1


def test_a_link_that_nobody_made_leads_nowhere(web: Web) -> None:
    for address in ("/invitation/x", "/reset/x", "/link/x"):
        assert web.stranger().get(address).status_code == 410


def test_the_account_page_tells_who_one_is(known: Web) -> None:
    text = Shown(known.at("haishu").get("/account")).text

    assert "海曙联络员" in text
    assert "区县（市）局经办" in text


def test_changing_the_password_signs_out_everywhere_else(known: Web) -> None:
    here, _ = sign_in(known, "haishu")
    elsewhere, _ = sign_in(known, "haishu")

    answer = here.post("/account/password", data={"old": PASSWORD, "new": NEW, "again": NEW})

    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(known, "haishu", NEW)[1].status_code == 303


def test_one_other_browser_can_be_signed_out(known: Web) -> None:
    here, _ = sign_in(known, "haishu")
    elsewhere, _ = sign_in(known, "haishu")
    with known.ningbo.engine.look() as work:
        other = sessions_of(known.house.accounts, work, known.ningbo.actor("haishu"), "haishu")[0]

    here.post("/account/sessions/end", data={"session": str(other.id)})

    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_sessions_of_others(known: Web) -> None:
    with known.ningbo.engine.look() as work:
        token = known.at("city").cookies[COOKIE]
        theirs = sessions_of(known.house.accounts, work, known.ningbo.actor("city"), "city")[0]

    answer = known.at("haishu").post("/account/sessions/end", data={"session": str(theirs.id)})

    assert answer.status_code == 404
    assert known.at("city").get("/account").status_code == 200
    assert token


def set_up_factor(browser) -> tuple[str, list[str]]:
    """The secret and the recovery codes of a second factor just set up."""
    offered = browser.post("/account/second-factor/offer")
    assert "<svg" in offered.text
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", offered.text)[1]
    return secret, []


def test_with_a_second_factor_the_password_alone_opens_nothing(known: Web, clock) -> None:
    browser, _ = sign_in(known, "haishu")
    secret, _ = set_up_factor(browser)
    wrong = browser.post("/account/second-factor", data={"code": "000000"})
    assert wrong.status_code == 422
    assert "/account/second-factor" in Shown(wrong).forms, "what the authenticator has still counts"
    totp = pyotp.TOTP(secret)
    done = browser.post("/account/second-factor", data={"code": totp.at(clock.now())})
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", done.text)
    assert len(codes) == 10

    half, asked = sign_in(known, "haishu")

    assert "/sign-in/code" in Shown(asked).forms
    assert half.get("/cases").headers["location"] == "/sign-in/code?onward=%2Fcases"
    assert half.post("/sign-in/code", data={"code": "000000", "onward": "/cases"}).status_code == 422
    answer = half.post("/sign-in/code", data={"code": codes[0], "onward": "/cases"})
    assert answer.headers["location"] == "/cases"
    assert half.get("/cases").status_code == 200


def test_what_is_not_easily_undone_asks_for_the_password_again_and_keeps_what_was_typed(known: Web, clock) -> None:
    browser, _ = sign_in(known, "haishu")
    clock.advance(timedelta(minutes=20))
    asked = browser.post("/account/tokens", data={"name": "样例程序", "scope": "read", "days": "30"})
    fields = Shown(asked).form("/confirm")

    wrong = browser.post("/confirm", data=fields | {"password": "no no no"})
    kept = browser.post("/confirm", data=Shown(wrong).form("/confirm") | {"password": PASSWORD})
    made = browser.post("/account/tokens", data=Shown(kept).form("/account/tokens"))

    assert "样例程序" in made.text
    assert len(re.findall(r"<p><code>[^<]{20,}</code></p>", made.text)) == 1
    assert not re.search(r"<p><code>[^<]{20,}</code></p>", browser.get("/account").text)


def test_a_token_can_be_taken_back(known: Web) -> None:
    browser, _ = sign_in(known, "haishu")
    page = browser.post("/account/tokens", data={"name": "样例程序", "scope": "read", "days": "30"})
    number = re.search(r'name="token" value="(\d+)"', page.text)[1]

    browser.post("/account/tokens/revoke", data={"token": number})

    assert "样例程序" not in browser.get("/account").text


def test_what_is_no_number_ends_and_takes_back_nothing(known: Web) -> None:
    here, _ = sign_in(known, "haishu")
    elsewhere, _ = sign_in(known, "haishu")

    for number in ("x", "²", "1.5"):
        assert here.post("/account/sessions/end", data={"session": number}).status_code == 422
        assert here.post("/account/tokens/revoke", data={"token": number}).status_code == 422

    assert elsewhere.get("/account").status_code == 200


def test_a_token_asked_for_too_long_is_refused_with_what_was_typed(known: Web) -> None:
    browser, _ = sign_in(known, "haishu")
    answer = browser.post("/account/tokens", data={"name": "样例程序", "scope": "read", "days": "9999"})

    assert answer.status_code == 422
    assert Shown(answer).form("/account/tokens")["days"] == "9999"
