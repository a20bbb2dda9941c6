"""The JSON interface: what people do on pages, done by programs, under the same rules."""

import json
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from typing import Any

import pytest
from browsers import Web

from console.accounts.tokens import make_token
from console.register import SORTS
from console.web.api import PREFIX, description

PROBLEM = "application/problem+json"


@pytest.fixture
def case_id(web: Web) -> int:
    return web.ningbo.one("甲地样例有限公司", district="haishu").id


def token(web: Web, login: str, scope: str = "write") -> dict[str, str]:
    accounts = web.house.accounts
    with web.house.engine.work() as work:
        actor = web.ningbo.actor(login)
        text, _ = make_token(accounts, work, actor, login, name="测试", scope=scope, days=30)
    return {"authorization": f"Bearer {text}"}


def test_without_token_or_session_nothing_is_told(web: Web) -> None:
    answer = web.stranger().get(f"{PREFIX}/cases")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "lines" not in answer.json()


def test_the_register_comes_page_by_page_and_only_what_one_may_see(web: Web, case_id: int) -> None:
    for number in range(3):
        web.ningbo.one(f"甲地样例{number}有限公司", district="haishu")
    web.ningbo.one("乙地样例有限公司", district="cixi")

    first = web.at("haishu").get(f"{PREFIX}/cases?flow=enterprise&limit=3").json()
    rest = web.at("haishu").get(f"{PREFIX}/cases?flow=enterprise&limit=3&after={first['after']}").json()
    whole = web.at("city").get(f"{PREFIX}/cases?flow=enterprise").json()

    assert first["count"] == {"n": 4, "capped": False}
    assert [len(first["lines"]), len(rest["lines"]), rest["after"]] == [3, 1, None]
    assert {line["district"] for line in first["lines"] + rest["lines"]} == {"海曙"}
    assert whole["count"]["n"] == 5


def test_a_case_of_another_district_does_not_exist(web: Web, case_id: int) -> None:
    for address in ("", "/steps", "/history"):
        answer = web.at("cixi").get(f"{PREFIX}/cases/{case_id}{address}")

        assert answer.status_code == 404
        assert "甲地" not in answer.text


def test_who_has_the_file_of_a_case_is_not_sent_it_again(web: Web, case_id: int) -> None:
    browser = web.at("haishu")
    answer = browser.get(f"{PREFIX}/cases/{case_id}")

    again = browser.get(f"{PREFIX}/cases/{case_id}", headers={"if-none-match": answer.headers["etag"]})

    assert answer.json()["subject"] == "甲地样例有限公司"
    assert (again.status_code, again.content) == (304, b"")


def test_a_step_that_may_not_be_taken_is_refused_with_every_reason(web: Web, case_id: int) -> None:
    answer = web.at("haishu").post(f"{PREFIX}/cases/{case_id}/steps/draft_plan", json={"do": "advance"})

    told = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    assert told["code"] == "STEP_DENIED"
    options = {one["step"]: one for one in web.at("haishu").get(f"{PREFIX}/cases/{case_id}/steps").json()}
    assert not options["draft_plan"]["allowed"]
    assert all(why["sentence"] in told["detail"] for why in options["draft_plan"]["reasons"])


def test_the_same_key_does_nothing_twice(web: Web, case_id: int) -> None:
    address = f"{PREFIX}/cases/{case_id}/steps/withdraw"
    asked = {"reason": "企业停产，不再参加", "version": 1}
    browser = web.at("city")

    first = browser.post(address, json=asked, headers={"idempotency-key": "withdraw-1"})
    again = browser.post(address, json=asked, headers={"idempotency-key": "withdraw-1"})
    other = browser.post(address, json=asked | {"reason": "另一个原因"}, headers={"idempotency-key": "withdraw-1"})
    afresh = browser.post(address, json=asked)

    assert first.status_code == again.status_code == 200, first.text
    assert first.text == again.text
    assert first.json()["state"] == "withdrawn"
    assert other.status_code == 422
    assert afresh.status_code in {409, 422}


def test_a_deadline_of_another_district_is_refused_like_one_that_never_was(web: Web, case_id: int) -> None:
    deadline = due_of(web, case_id)
    wanted = (date.fromisoformat(deadline["due_on"]) + timedelta(days=7)).isoformat()
    asked = {"to_on": wanted, "reason": "专家评审需要一周"}
    number = web.at("haishu").post(f"{PREFIX}/deadlines/{deadline['deadline']}/extension", json=asked).json()["request"]
    deeds = (
        ("deadlines/{}/extension", deadline["deadline"], asked),
        ("deadlines/{}/reply", deadline["deadline"], {"promised_on": wanted, "reason": "专家评审需要一周"}),
        ("deadlines/{}/clock", deadline["deadline"], {"do": "pause", "reason": "专家评审需要一周"}),
        ("extensions/{}", number, {"granted": True, "reason": "情况属实，同意"}),
    )

    def told(place: str, about: int, body: dict[str, Any]) -> str:
        answer = web.at("cixi").post(f"{PREFIX}/{place.format(about)}", json=body)
        assert answer.status_code == 404
        return str(answer.json()["detail"]).replace(str(about), "…")

    for place, about, body in deeds:
        assert told(place, about, body) == told(place, 987_654, body)


def test_an_extension_asked_for_twice_under_one_key_is_one_request(web: Web, case_id: int) -> None:
    deadline = due_of(web, case_id)
    address = f"{PREFIX}/deadlines/{deadline['deadline']}/extension"
    wanted = (date.fromisoformat(deadline["due_on"]) + timedelta(days=7)).isoformat()
    asked, key = {"to_on": wanted, "reason": "专家评审需要一周"}, {"idempotency-key": "extend-01"}
    browser = web.at("haishu")

    first = browser.post(address, json=asked, headers=key)
    again = browser.post(address, json=asked, headers=key)
    other = browser.post(address, json=asked | {"reason": "另一个原因"}, headers=key)
    without = browser.post(address, json=asked)
    granted = {"granted": True, "reason": "情况属实，同意"}
    answers = [
        web.at("city").post(f"{PREFIX}/extensions/{first.json()['request']}", json=granted, headers=key)
        for _ in range(2)
    ]

    assert (first.status_code, first.json()) == (200, again.json())
    assert other.json()["code"] == "KEY_REUSED"
    assert without.status_code == 422
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_what_has_changed_since_it_was_read_is_not_done(web: Web, case_id: int) -> None:
    browser = web.at("city")
    before = browser.get(f"{PREFIX}/cases/{case_id}").headers["etag"]
    deadline = due_of(web, case_id)
    clock = f"{PREFIX}/deadlines/{deadline['deadline']}/clock"
    pausing = {"do": "pause", "reason": "等待标准发布"}

    paused = browser.post(clock, json=pausing, headers={"if-match": before})
    late = browser.post(clock, json={"do": "resume", "reason": "标准已发布"}, headers={"if-match": before})
    after = browser.get(f"{PREFIX}/cases/{case_id}").headers["etag"]
    resumed = browser.post(clock, json={"do": "resume", "reason": "标准已发布"}, headers={"if-match": after})

    assert paused.json()["deadline"]["paused_on"]
    assert late.status_code == 412
    assert late.headers["content-type"] == PROBLEM
    assert resumed.json()["deadline"]["paused_on"] is None
    assert web.at("cixi").post(clock, json=pausing).status_code == 404
    assert web.at("haishu").post(clock, json=pausing).status_code == 403


def due_of(web: Web, case_id: int) -> dict[str, Any]:
    """The deadline by which the plan is to be uploaded."""
    due = web.at("city").get(f"{PREFIX}/cases/{case_id}").json()["deadlines"]
    (found,) = [one for one in due if one["milestone"] == "plan_uploaded"]
    return dict(found)


def test_a_token_that_only_reads_changes_nothing(web: Web, case_id: int) -> None:
    reading = token(web, "city", "read")

    seen = web.stranger().get(f"{PREFIX}/cases/{case_id}", headers=reading)
    answer = web.stranger().post(
        f"{PREFIX}/cases/{case_id}/steps/withdraw", json={"reason": "企业停产，不再参加"}, headers=reading
    )

    assert seen.status_code == 200
    assert answer.status_code == 403
    assert web.at("city").get(f"{PREFIX}/cases/{case_id}").json()["state"] == "nominated"


def test_a_program_needs_no_origin_but_a_page_of_another_site_gets_nowhere(web: Web, case_id: int) -> None:
    address, asked = f"{PREFIX}/cases/{case_id}/steps/withdraw", {"reason": "企业停产，不再参加"}
    elsewhere = {"origin": "http://elsewhere.test", "sec-fetch-site": "cross-site"}

    foreign = web.at("city").post(address, json=asked, headers=elsewhere)
    program = web.stranger().post(address, json=asked, headers=token(web, "city") | elsewhere)

    assert foreign.status_code == 403
    assert program.status_code == 200, program.text


def test_an_extension_is_asked_for_by_the_district_and_granted_by_the_bureau(web: Web, case_id: int) -> None:
    due = web.at("haishu").get(f"{PREFIX}/cases/{case_id}").json()["deadlines"]
    (deadline,) = [one for one in due if one["milestone"] == "plan_uploaded"]
    wanted = date.fromisoformat(deadline["due_on"]) + timedelta(days=7)
    asked = {"to_on": wanted.isoformat(), "reason": "专家评审需要一周"}
    address = f"{PREFIX}/deadlines/{deadline['deadline']}/extension"

    request = web.at("haishu").post(address, json=asked).json()
    granted = web.at("city").post(
        f"{PREFIX}/extensions/{request['request']}", json={"granted": True, "reason": "情况属实，同意"}
    )

    assert request["granted"] is None
    assert granted.json()["deadline"]["due_on"] == wanted.isoformat()
    assert web.at("cixi").post(address, json=asked).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "search?q=甲地",
        "statistics/district",
        "letters",
        "publications",
        "lists",
        "me",
        "campaigns",
        "districts",
        "tasks",
        "deadlines",
        "deadlines/counts",
        "calendar/2020/6",
        "outlook/published",
    ],
)
def test_everybody_may_ask_what_concerns_them(web: Web, case_id: int, address: str) -> None:
    for login in ("haishu", "city", "leader"):
        assert web.at(login).get(f"{PREFIX}/{address}").status_code == 200, login


def test_the_overview_is_the_one_of_the_page(web: Web, case_id: int) -> None:
    key = web.at("city").get(f"{PREFIX}/campaigns").json()[0]["key"]

    told = web.at("city").get(f"{PREFIX}/campaigns/{key}/overview").json()

    assert told["total"]["reached"]["nominated"] == 1
    assert web.at("city").get(f"{PREFIX}/campaigns/none/overview").status_code == 404


def test_statistics_are_those_of_the_page_and_a_search_finds_what_one_may_see(web: Web, case_id: int) -> None:
    told = web.at("city").get(f"{PREFIX}/statistics/district").json()
    mine = web.at("haishu").get(f"{PREFIX}/search?q=甲地").json()
    others = web.at("cixi").get(f"{PREFIX}/search?q=甲地").json()

    assert told["total"]["nominated"] == 1
    assert [one["title"] for one in mine["hits"]] == ["甲地样例有限公司"]
    assert others["hits"] == []


def test_counts_come_as_an_event(web: Web, case_id: int) -> None:
    answer = web.at("haishu").get(f"{PREFIX}/events?once=1")

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith("event: counts\ndata: {")
    assert '"overdue": "0"' in answer.text


def test_every_address_is_described_with_its_refusals(web: Web) -> None:
    told = description(web.app)

    assert told["openapi"].startswith("3.1")
    assert all(path.startswith(PREFIX) for path in told["paths"])
    for path, deeds in told["paths"].items():
        for method, deed in deeds.items():
            assert deed.get("description"), f"{method} {path}"
            assert {"401", "404", "422", "429"} <= set(deed["responses"]), f"{method} {path}"
            assert PROBLEM in deed["responses"]["422"]["content"], f"{method} {path}"
    assert web.stranger().get(f"{PREFIX}/openapi.json").json() == told


@pytest.mark.parametrize(
    "place", [[None, None], [None], [None, None, None], ["x"], [True, True], [[], {}], {"a": 1}, 7]
)
def test_a_place_in_a_list_that_was_never_given_out_is_refused_or_finds_nothing(
    web: Web, case_id: int, place: object
) -> None:
    forged = urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")
    lists = ("cases", "tasks", "tasks?section=late", "deadlines", "letters", "publications", "lists", "people")

    for address in (*lists, *(f"cases?sort={one}" for one in SORTS), f"cases/{case_id}/history"):
        sign = "&" if "?" in address else "?"
        answer = web.at("city").get(f"{PREFIX}/{address}{sign}after={forged}")
        assert answer.status_code in (200, 404, 422), address
        assert answer.status_code != 200 or not answer.json().get("lines"), address
