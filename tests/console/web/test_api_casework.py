"""Cases by programs: brought back, put right, replaced, claimed, their products and what is known of them."""

from typing import Any

import pytest
from browsers import Web
from ningbo import CAMPAIGN

from console.web.api import PREFIX
from engine.model import Case
from engine.store import cases

REASON = "样例理由足够长"


@pytest.fixture
def case(web: Web) -> Case:
    return web.ningbo.one()


def act(web: Web, case: Case, deed: str, login: str = "city", **asked: Any) -> Any:
    return web.at(login).post(f"{PREFIX}/cases/{case.id}/{deed}", json=asked)


def test_who_was_withdrawn_comes_back_once_and_what_was_a_mistake_is_put_right(web: Web, case: Case) -> None:
    web.ningbo.step("withdraw", case, reason=REASON)
    version, key = web.ningbo.case(case.id).version, {"idempotency-key": "back-00001"}
    address, asked = f"{PREFIX}/cases/{case.id}/reinstate", {"reason": REASON, "version": version}
    first, again = (web.at("city").post(address, json=asked, headers=key) for _ in range(2))
    late = act(web, case, "reinstate", **asked)

    assert first.status_code == 200, first.text
    assert (first.json(), first.json()["state"]) == (again.json(), "nominated")
    assert late.status_code == 409
    web.ningbo.with_plan(case)
    web.ningbo.step("draft_plan", case)
    assert act(web, case, "correct", login="leader", reason=REASON).status_code == 403
    assert act(web, case, "correct", reason="误操作，样例").json()["state"] == "nominated"


def test_another_enterprise_takes_the_place_of_one_that_left(web: Web, case: Case) -> None:
    other = web.ningbo.one("样例乙有限公司")
    web.ningbo.step("withdraw", case, reason=REASON)

    assert act(web, case, "replace", login="haishu", to=2**30, reason=REASON).status_code == 404
    answer = act(web, case, "replace", login="haishu", to=other.id, reason=REASON)

    assert answer.status_code == 200, answer.text
    assert web.ningbo.case(case.id).replaced_by_id == other.id


def test_a_claim_is_decided_by_the_bureau(web: Web) -> None:
    web.ningbo.one("样例争议有限公司", district="cixi")
    web.ningbo.one("样例争议有限公司", district="haishu")
    with web.ningbo.engine.look() as work:
        claimed = next(one for one in cases.of_campaign(work, CAMPAIGN, "enterprise") if one.claimed)

    asked = {"granted": True, "reason": REASON}
    refused = {act(web, claimed, "claim", login=one, **asked).status_code for one in ("haishu", "cixi")}
    decided = act(web, claimed, "claim", **asked)

    assert refused <= {403, 404}
    assert decided.status_code == 200, decided.text
    assert not web.ningbo.case(claimed.id).claimed


def test_products_are_added_written_anew_and_dropped(web: Web, case: Case) -> None:
    asked = {"name": "样例新产品", "implements": "GB/T 2664-2017", "benchmarks": "ISO 9001"}
    wrong = act(web, case, "products", login="haishu", **asked | {"implements": "没有标准号"})
    added = act(web, case, "products", login="haishu", **asked)
    told = web.at("haishu").get(f"{PREFIX}/cases/{case.id}").json()["products"]
    number = next(one["id"] for one in told if one["name"] == "样例新产品")
    changed = act(web, case, f"products/{number}", login="haishu", **asked | {"name": "样例改名产品"})
    dropped = act(web, case, f"products/{number}/drop", login="haishu", reason=REASON)

    assert [one["place"] for one in wrong.json()["faults"]] == ["implements"]
    assert added.json()["version"] > case.version
    assert changed.status_code == 200, changed.text
    assert dropped.json()["version"] > changed.json()["version"]
    assert act(web, case, "products", login="cixi", **asked).status_code == 404


def test_what_is_known_of_an_enterprise_is_added_to_and_its_contact_told_on_request(web: Web, case: Case) -> None:
    first = act(web, case, "enterprise", login="haishu", honours=["高企"], contact={"phone": "13800001234"})
    second = act(web, case, "enterprise", login="haishu", industry="3852")
    wrong = act(web, case, "enterprise", login="haishu", credit_code="123", industry="没有这个行业")
    known = web.at("haishu").get(f"{PREFIX}/cases/{case.id}")
    past = web.at("haishu").get(f"{PREFIX}/cases/{case.id}/history")
    contact = act(web, case, "contact", login="haishu")

    assert first.status_code == second.status_code == 200, first.text
    assert {one["place"] for one in wrong.json()["faults"]} == {"credit_code", "industry"}
    assert "高新技术企业" in known.text
    assert "138****1234" in known.text
    assert "13800001234" not in known.text + past.text
    assert contact.json() == {"phone": "13800001234"}
    assert act(web, case, "contact", login="cixi").status_code == 404
    assert act(web, case, "enterprise", login="cixi", industry="3852").status_code == 404
