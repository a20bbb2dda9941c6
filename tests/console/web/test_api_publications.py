"""Public lists by programs: made once, proposed by one, confirmed by another who names it, published or given up."""

from datetime import timedelta
from typing import Any

import pytest
from browsers import Web
from ningbo import PDF, lab_report

from console.web.api import PREFIX
from engine.model import Case

LISTS = f"{PREFIX}/publications"
LABEL = "甬对标〔2020〕第1批"
KEY = {"idempotency-key": "batch-0001"}


@pytest.fixture
def verified(web: Web) -> Case:
    return make_verified(web, "样例甲有限公司")


def make_verified(web: Web, name: str) -> Case:
    case = web.ningbo.uploaded(web.ningbo.one(name))
    web.ningbo.record("record_test_report", case, lab_report(web.ningbo.today()), file=PDF)
    web.ningbo.proposed("verify", case)
    return web.ningbo.case(case.id)


def made(web: Web, case: Case, **said: Any) -> dict[str, Any]:
    asked = {"title": "样例公示名单", "prefix": "甬对标", "members": [{"case_id": case.id}], **said}
    answer = web.at("haishu").post(LISTS, json=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def act(web: Web, login: str, batch: dict[str, Any], deed: str, **said: Any) -> Any:
    """A deed for the version that stands now."""
    address = f"{LISTS}/{batch['id']}"
    version = web.at("city").get(address).json()["version"]
    return web.at(login).post(f"{address}/{deed}", json={"version": version, **said})


def test_a_batch_is_made_once_with_those_who_can_stand_on_it(web: Web, verified: Case) -> None:
    (ready,) = web.at("haishu").get(f"{PREFIX}/publication-candidates").json()["lines"]
    products = [one["id"] for one in ready["products"]]
    asked = {"title": "样例公示名单", "members": [{"case_id": ready["case"]["id"], "products": products}]}

    first, again = (web.at("haishu").post(LISTS, json=asked, headers=KEY) for _ in range(2))

    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    assert [one["subject"] for one in first.json()["members"]] == [verified.subject_name]
    assert web.at("haishu").get(f"{PREFIX}/publication-candidates").json()["lines"] == []


def test_a_second_person_confirms_by_naming_the_batch_and_it_is_published(web: Web, verified: Case) -> None:
    batch = made(web, verified)
    proposed = act(web, "haishu", batch, "propose")
    own = act(web, "haishu", batch, "confirm", name=LABEL)
    wrong = act(web, "city", batch, "confirm", name="第2批")
    right = act(web, "city", batch, "confirm", name=LABEL)
    said = {"version": str(right.json()["version"]), "published_on": web.ningbo.today().isoformat()}
    files = {"file": (PDF.name, PDF.content)}
    out = web.at("haishu").post(f"{LISTS}/{batch['id']}/publish/upload", data=said, files=files)

    assert proposed.json()["state"] == "proposed"
    assert own.status_code in {403, 422}
    assert (wrong.status_code, wrong.json()["code"]) == (422, "FORM_REFUSED")
    assert right.json()["state"] == "confirmed"
    assert out.status_code == 200, out.text
    assert (out.json()["state"], bool(out.json()["file"])) == ("published", True)


def test_a_draft_is_described_anew_and_its_members_changed(web: Web, verified: Case) -> None:
    other = make_verified(web, "样例乙有限公司")
    batch = made(web, verified)

    changed = act(web, "haishu", batch, "description", title="另一份样例名单", prefix="甬对标")
    both = act(web, "haishu", batch, "members", members=[{"case_id": other.id}])
    one = act(web, "haishu", batch, "members/remove", members=[{"case_id": verified.id}])

    assert changed.json()["title"] == "另一份样例名单"
    assert len(both.json()["members"]) == 2
    assert [line["case"] for line in one.json()["members"]] == [other.id]


def test_what_was_proposed_goes_back_with_a_reason_or_is_given_up(web: Web, verified: Case) -> None:
    starts = web.ningbo.today() + timedelta(days=3)
    days = {"starts_on": starts.isoformat(), "ends_on": (starts + timedelta(days=7)).isoformat()}
    batch = made(web, verified, **days)
    act(web, "haishu", batch, "propose")

    without = act(web, "city", batch, "return")
    back = act(web, "city", batch, "return", reason="产品名称有误，请更正")
    given_up = act(web, "haishu", batch, "withdraw", name=LABEL, reason="本批次不再公示")

    assert without.status_code == 422
    assert back.json()["state"] == "draft"
    assert given_up.json()["state"] == "withdrawn", given_up.text


def test_who_looked_too_long_ago_changes_nothing(web: Web, verified: Case) -> None:
    batch = made(web, verified)
    address = f"{LISTS}/{batch['id']}"
    tag = web.at("haishu").get(address).headers["etag"]
    act(web, "haishu", batch, "description", title="另一份样例名单")

    late = web.at("haishu").post(f"{address}/propose", json={"version": batch["version"]})
    stale = web.at("haishu").post(f"{address}/propose", json={"version": batch["version"]}, headers={"if-match": tag})

    assert (late.status_code, stale.status_code) == (409, 412)
    assert web.at("city").get(address).json()["state"] == "draft"


def test_batches_of_other_districts_do_not_exist(web: Web, verified: Case) -> None:
    batch = made(web, verified)
    address = f"{LISTS}/{batch['id']}"

    assert web.at("cixi").get(address).status_code == 404
    assert web.at("cixi").post(f"{address}/propose", json={"version": 1}).status_code == 404
    assert web.at("laboratory").get(address).status_code == 404
    assert web.at("leader").post(LISTS, json={"title": "样例名单"}).status_code in {403, 404}
    assert web.at("cixi").post(LISTS, json={"title": "样例名单", "office": "haishu"}).status_code == 404
