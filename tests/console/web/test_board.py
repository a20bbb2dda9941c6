"""The board: every case once in its column, steps from a card's menu, lanes, and what a district may not see."""

import pytest
from browsers import Shown, Web

from engine.model import Case


@pytest.fixture
def drafted(web: Web) -> Case:
    """A case whose plan is ready to be taken as drafted."""
    case = web.ningbo.one("样例甲有限公司")
    web.ningbo.with_plan(case)
    return web.ningbo.case(case.id)


def action(case: Case, step: str) -> str:
    return f"/board/{case.id}/steps/{step}?"


def test_an_empty_board_says_where_enterprises_come_from(web: Web) -> None:
    shown = Shown(web.at("haishu").get("/board"))

    assert "看板上还没有企业" in shown.text
    assert "/cases" in shown.links


def test_each_column_says_what_moves_cases_into_it_and_leads_to_its_rows(web: Web, drafted: Case) -> None:
    shown = Shown(web.at("city").get("/board"))

    assert "企业随名单或提名表单进入本列" in shown.text
    assert "“检测验证”，经" in shown.text
    assert f"/cases/{drafted.id}" in shown.links
    assert any("state=nominated" in link and "sort=due" in link for link in shown.links)
    assert sum(link.startswith("/cases?state=") for link in shown.links) >= 6


def test_a_step_is_taken_from_the_menu_of_a_card(web: Web, drafted: Case) -> None:
    browser = web.at("haishu")
    form = Shown(browser.get("/board")).form(action(drafted, "draft_plan"))

    answer = browser.post(action(drafted, "draft_plan"), data=form)

    assert answer.status_code == 303
    assert web.ningbo.case(drafted.id).state == "plan_drafted"
    assert "现为“方案已制定”" in Shown(browser.get(answer.headers["location"].partition("#")[0])).text


def test_a_step_that_the_guards_refuse_stands_greyed_with_its_reasons(web: Web) -> None:
    case = web.ningbo.one()
    browser = web.at("haishu")
    shown = Shown(browser.get("/board"))

    assert action(case, "draft_plan") not in shown.forms
    answer = browser.post(action(case, "draft_plan"), data={"version": case.version, "key": "a"})
    assert answer.status_code == 422
    assert web.ningbo.case(case.id).state == "nominated"


def test_who_comes_second_is_told_who_was_first(web: Web, drafted: Case) -> None:
    form = Shown(web.at("haishu").get("/board")).form(action(drafted, "draft_plan"))
    web.ningbo.step("draft_plan", drafted)

    answer = web.at("haishu").post(action(drafted, "draft_plan"), data=form)

    assert answer.status_code in {409, 422}
    assert "已被" in Shown(answer).text or "办件" in Shown(answer).text


def test_another_district_neither_sees_nor_moves_a_card(web: Web, drafted: Case) -> None:
    browser = web.at("cixi")

    assert "样例甲" not in browser.get("/board").text
    answer = browser.post(action(drafted, "draft_plan"), data={"version": drafted.version, "key": "a"})
    assert answer.status_code == 404
    assert web.ningbo.case(drafted.id).state == "nominated"


def test_lanes_show_each_district_with_the_number_of_all_its_cases(web: Web, drafted: Case) -> None:
    web.ningbo.one("样例乙有限公司", district="cixi")

    shown = Shown(web.at("city").get("/board?lanes=1"))

    assert any("district=cixi" in link and "state=nominated" in link for link in shown.links)
    assert "海曙" in shown.text
    assert "余姚" in shown.text


def test_a_board_of_one_district_shows_that_one_alone(web: Web, drafted: Case) -> None:
    web.ningbo.one("样例乙有限公司", district="cixi")

    shown = Shown(web.at("city").get("/board?district=cixi"))

    assert "样例乙有限公司" in shown.text
    assert "样例甲有限公司" not in shown.text


def test_laboratories_have_no_board(web: Web) -> None:
    assert web.at("laboratory").get("/board").status_code == 404
