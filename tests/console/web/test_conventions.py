"""The conventions every page is built on, tried with a page of the test's own."""

from datetime import date

import pytest
from browsers import Shown, Web
from fastapi import FastAPI
from pydantic import Field
from starlette.responses import Response

from console.web.attempt import AsTyped, Form
from console.web.desk import AtDesk
from console.web.filters import grouped, masked, query
from console.web.pages.case import case_page
from engine.cases import advance
from engine.judging import Command


class Taken(Form):
    version: int
    reason: str = Field(min_length=5)
    day: date | None = None


def add_page(app: FastAPI) -> None:
    """A page that takes the first step, as the pages of steps do."""

    @app.post("/sample/{case_id}")
    def take(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
        desk.if_refused(typed, lambda attempt: case_page(desk, case_id, attempt))
        form = typed.read(Taken)
        with desk.work() as work:
            command = Command(case_id=case_id, step="draft_plan", version=form.version, reason=form.reason)
            answer = advance(desk.engine, work, desk.actor, command)
        desk.unless_denied(answer)
        return desk.back(f"/cases/{case_id}")


@pytest.fixture
def taking(web: Web) -> Web:
    add_page(web.app)
    return web


def test_a_step_that_may_be_taken_leads_back_to_the_case(taking: Web) -> None:
    case = taking.ningbo.one()
    taking.ningbo.with_plan(case)
    version = taking.ningbo.case(case.id).version

    answer = taking.at("haishu").post(f"/sample/{case.id}", data={"version": version, "reason": "样例理由足够长"})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/cases/{case.id}"
    assert taking.ningbo.case(case.id).state == "plan_drafted"


def test_a_step_that_may_not_be_taken_says_every_reason_on_the_same_page(taking: Web) -> None:
    case = taking.ningbo.one()

    answer = taking.at("haishu").post(f"/sample/{case.id}", data={"version": case.version, "reason": "样例理由足够长"})

    assert answer.status_code == 422
    assert Shown(answer).h1 == "样例甲有限公司"
    assert 'role="alert"' in answer.text
    assert taking.ningbo.case(case.id).state == "nominated"


def test_every_faulty_field_is_named_at_once(taking: Web) -> None:
    case = taking.ningbo.one()

    answer = taking.at("haishu").post(f"/sample/{case.id}", data={"version": "x", "reason": "短", "day": "2020-13-40"})

    assert answer.status_code == 422
    assert {"#field-version", "#field-reason", "#field-day"} <= set(Shown(answer).links)
    for sentence in ("请填写整数", "请至少填写5个字", "请填写日期，例如 2020-06-05"):
        assert sentence in Shown(answer).text


def test_the_second_of_two_people_sees_who_was_first(taking: Web) -> None:
    case = taking.ningbo.one()
    taking.ningbo.with_plan(case)
    data = {"version": taking.ningbo.case(case.id).version, "reason": "样例理由足够长"}
    taking.at("haishu").post(f"/sample/{case.id}", data=data)

    answer = taking.at("haishu").post(f"/sample/{case.id}", data=data)

    assert answer.status_code == 409
    assert "海曙联络员" in Shown(answer).text
    assert "方案已制定" in Shown(answer).text


def test_a_case_of_another_district_is_not_there_for_a_form_either(taking: Web) -> None:
    case = taking.ningbo.one(district="cixi")

    answer = taking.at("haishu").post(f"/sample/{case.id}", data={"version": "1", "reason": "样例理由足够长"})

    assert answer.status_code == 404
    assert "样例甲有限公司" not in answer.text


def test_the_register_is_filtered_by_its_address(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")
    web.ningbo.one("样例乙有限公司")
    browser = web.at("city")

    found = Shown(browser.get("/cases?name=乙有限")).text
    nothing = Shown(browser.get("/cases?name=没有这家")).text

    assert "样例乙有限公司" in found
    assert "样例甲有限公司" not in found
    assert "没有符合条件的企业" in nothing
    assert "清除条件" in nothing


@pytest.mark.parametrize("address", ["/cases?after=x", "/cases?state=no", "/cases?district=no", "/cases?due_until=x"])
def test_a_filter_that_is_none_is_refused_and_nothing_breaks(web: Web, address: str) -> None:
    assert web.at("city").get(address).status_code in {404, 422}


def test_telephones_are_masked_and_credit_codes_are_grouped() -> None:
    assert masked("陈工 13812345678") == "陈工 138****5678"
    assert masked("0574-87654321") == "0574-****4321"
    assert grouped("91330200MA0000000X") == "91 330200 MA0000000 X"


def test_addresses_of_lists_leave_out_what_is_not_asked_for() -> None:
    assert query({"name": "甲", "overdue": True, "state": ""}, after="x", name=None) == "overdue=1&after=x"
