"""Evidence recorded by programs: with its files, once under a key, for the district it belongs to."""

from typing import Any

import pytest
from browsers import Web
from ningbo import PDF

from console.web.api import PREFIX
from engine.model import Case

PLAN = {"title": "样例方案", "drafted_on": "2020-05-15", "drafted_by": "样例标准院"}


@pytest.fixture
def case(web: Web) -> Case:
    return web.ningbo.one("甲地样例有限公司", district="haishu")


def send(web: Web, case: Case, login: str = "haishu", key: str = "plan-0001", **fields: Any) -> Any:
    address = f"{PREFIX}/cases/{case.id}/evidence/plan/upload"
    data = {"version": str(case.version), **PLAN, **fields}
    files = {"file": (PDF.name, PDF.content)}
    return web.at(login).post(address, data=data, files=files, headers={"idempotency-key": key})


def plans_of(web: Web, case: Case) -> list[dict[str, Any]]:
    told = web.at("city").get(f"{PREFIX}/cases/{case.id}").json()
    return [one for one in told["files"] if one["what"] == "plan"]


def test_the_kinds_of_evidence_are_told_with_their_fields_and_files(web: Web) -> None:
    told = web.at("haishu").get(f"{PREFIX}/evidence").json()

    assert {"title", "drafted_on", "version"} <= set(told["plan"]["fields"])
    assert "key" not in told["plan"]["fields"]
    assert told["training"]["files"] == ["notice", "attendance"]


def test_a_plan_with_its_file_is_recorded_once(web: Web, case: Case) -> None:
    first, again = send(web, case), send(web, case)
    other = send(web, case, title="另一份样例方案")
    late = send(web, case, key="plan-0002")

    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    assert first.json()["version"] > case.version
    assert other.json()["code"] == "KEY_REUSED"
    assert late.status_code == 409
    assert len(plans_of(web, case)) == 1


def test_what_is_missing_is_told_by_field_and_nothing_is_recorded_for_others(web: Web, case: Case) -> None:
    missing = send(web, case, drafted_on="")

    assert missing.status_code == 422
    assert [one["place"] for one in missing.json()["faults"]] == ["drafted_on"]
    assert send(web, case, login="cixi").status_code == 404
    assert send(web, case, login="leader").status_code in {403, 404}
    assert web.at("haishu").post(f"{PREFIX}/cases/{case.id}/evidence/none/upload").status_code == 404
    assert plans_of(web, case) == []
