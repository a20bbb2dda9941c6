"""What stands around pages, and how refusals look: menu by role, language, large text, numbers to quote."""

import pytest
from browsers import HOST, SETTINGS, Shown, Web, a_web
from starlette.testclient import TestClient

from console.config import WebSection
from engine.clock import FixedClock
from engine.store.database import Database


def test_a_coordinator_of_the_bureau_begins_with_the_overview(web: Web) -> None:
    assert web.at("city").get("/").headers["location"] == "/overview"


def test_the_overview_tells_what_happened_last_as_the_page_of_the_enterprise_tells_it(web: Web) -> None:
    web.ningbo.uploaded(web.ningbo.one())

    shown = Shown(web.at("city").get("/overview")).text

    assert "已登记：平台方案记录" in shown
    assert "步骤：" in shown


def test_the_menu_shows_what_the_roles_are_for(web: Web) -> None:
    bureau, district = Shown(web.at("city").get("/cases")), Shown(web.at("haishu").get("/cases"))

    assert bureau.h1 == "企业台账"
    assert "/overview" in bureau.links
    assert district.h1 == "本地企业"
    assert "/overview" not in district.links
    assert web.at("haishu").get("/overview").status_code == 404


def test_a_nought_beside_a_row_of_the_menu_is_not_shown_where_the_page_has_rows(web: Web) -> None:
    web.ningbo.one()

    menu = web.at("city").get("/cases").text.partition("</nav>")[0]

    assert "<span hidden>0</span>" in menu
    assert "<span>0</span>" not in menu


def test_the_top_bar_says_who_is_there_and_for_which_office(web: Web) -> None:
    text = Shown(web.at("haishu").get("/cases")).text

    assert "海曙联络员" in text
    assert "海曙区市场监督管理局" in text
    assert "0574-00000000" in text


def test_the_language_is_switched_and_stays(web: Web) -> None:
    browser = web.at("city")
    answer = browser.post("/view", data={"locale": "en", "back": "/cases?overdue=1"})

    assert answer.headers["location"] == "/cases?overdue=1"
    page = browser.get("/cases")
    assert Shown(page).h1 == "Register"
    assert '<html lang="en"' in page.text


def test_after_a_refused_form_the_switches_lead_back_to_its_page(web: Web) -> None:
    came_from = {"referer": "http://lingpao.test/account?x=1"}
    answer = web.at("city").post("/account/password", data={}, headers=came_from)

    assert answer.status_code == 422
    assert Shown(answer).form("/view")["back"] == "/account?x=1"


def test_the_text_can_be_larger(web: Web) -> None:
    browser = web.at("city")
    browser.post("/view", data={"large": "1", "back": "/"})

    assert 'class="large"' in browser.get("/cases").text


def test_what_is_not_there_is_told_with_a_number_and_a_telephone(web: Web) -> None:
    for browser in (web.at("city"), web.stranger()):
        answer = browser.get("/no-such-page")
        text = Shown(answer).text
        assert answer.status_code == 404
        assert "没有这一页" in text
        assert "0574-00000000" in text
        assert "编号" in text


@pytest.mark.parametrize("address", ["/cases/999999", "/cases/x", "/cases/99999999999999999999"])
def test_a_case_that_is_not_there_is_not_found(web: Web, address: str) -> None:
    assert web.at("city").get(address).status_code == 404


def test_for_programs_a_refusal_is_a_problem_document(web: Web) -> None:
    answer = web.at("city").get("/api/v1/no-such-thing")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert answer.json()["number"]


def test_a_fault_of_the_program_is_told_without_its_inside(web: Web) -> None:
    @web.app.get("/broken")
    def broken() -> None:
        raise RuntimeError("样例秘密")

    browser = web.stranger()
    browser._transport.raise_server_exceptions = False
    answer = browser.get("/broken")

    assert answer.status_code == 500
    assert "系统发生故障" in answer.text
    assert "样例秘密" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_database_in_trouble_is_told_apart_from_a_fault(web: Web) -> None:
    from sqlalchemy.exc import OperationalError

    @web.app.get("/locked")
    def locked() -> None:
        raise OperationalError("BEGIN", {}, Exception("database is locked"))

    answer = web.stranger().get("/locked")

    assert answer.status_code == 503
    assert "数据库暂时无法使用" in answer.text


def test_an_ordinary_database_has_no_clock_to_move_and_no_choice_of_people(web: Web) -> None:
    assert web.at("city").post("/rehearsal/next-day").status_code == 404
    assert web.stranger().post("/sign-in/demo", data={"login": "city"}).status_code == 404
    assert "演练" not in web.at("city").get("/cases").text


def test_what_was_typed_stands_on_the_page_that_refuses_it(web: Web) -> None:
    typed = {"reason": "样例理由 <b>停产检修</b>", "version": "1", "key": "样例键-0123456789", "password": "样例口令"}
    case = web.ningbo.one("甲地样例有限公司", district="haishu").id
    reader = web.at("laboratory")
    answers = [
        reader.post("/operation/audit", data=typed),
        web.at("yuyao").post(f"/cases/{case}/confirm", data=typed),
        web.at("city").post("/letters/stop", data=typed, headers={"sec-fetch-site": "cross-site"}),
    ]

    assert [one.status_code for one in answers] == [404, 404, 403]
    for answer in answers:
        assert "样例理由 &lt;b&gt;停产检修&lt;/b&gt;" in answer.text
        assert "样例键" not in answer.text
        assert "样例口令" not in answer.text


def test_what_was_typed_too_fast_stands_on_the_page_too(sqlite_database: Database, clock: FixedClock) -> None:
    few = SETTINGS.model_copy(update={"web": WebSection(changes_a_minute=1)})
    browser = a_web(sqlite_database, clock, settings=few).at("haishu")
    answers = [browser.post("/views", data={"page": "/cases", "name": "样例查询", "query": "x"}) for _ in range(2)]

    assert answers[1].status_code == 429
    assert "样例查询" in answers[1].text


def test_a_fault_of_the_program_shows_what_was_typed_and_nothing_of_itself(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = TestClient(web.app, base_url=f"http://{HOST}", raise_server_exceptions=False)
    monkeypatch.setitem(vars(web.house), "accounts", None)

    answer = browser.post("/reset", data={"who": "样例登录名"}, headers={"origin": f"http://{HOST}"})

    assert answer.status_code == 500
    assert "样例登录名" in answer.text
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text


def test_a_body_too_large_for_somebody_unknown_is_said_to_be_so(web: Web) -> None:
    answer = web.stranger().post("/account/second-factor/offer", data={"x": "x" * 1_200_000})

    assert answer.status_code in {401, 413}
