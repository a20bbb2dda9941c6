"""Half-yearly reports written by programs: begun, filled in, handed in once, corrected, and nobody else's."""

from typing import Any

import pytest
from browsers import Web

from console.web.api import PREFIX
from workflows.benchmarking.annex3 import FIELDS

WHOLE: dict[str, Any] = {field.key: "无" for field in FIELDS if field.kind == "long"} | {
    "industry_name": "智能家电",
    "ads_enterprise_total": 40,
}


@pytest.fixture
def address(owed_report: int) -> str:
    """The report that 海曙 owes for the first half of 2020."""
    return f"{PREFIX}/reports/{owed_report}"


def send(web: Web, address: str, deed: str, login: str = "haishu", **asked: Any) -> Any:
    headers = asked.pop("headers", {})
    return web.at(login).post(f"{address}/{deed}", json=asked, headers=headers)


def states(web: Web, address: str) -> list[str]:
    return [one["state"] for one in web.at("haishu").get(address).json()["versions"]]


def test_a_form_is_begun_from_the_records_filled_in_and_handed_in_once(web: Web, address: str) -> None:
    begun = send(web, address, "draft").json()["report"]
    filled = send(web, address, "fill", forms={"": WHOLE}, revision=begun["revision"])
    key = {"idempotency-key": "hand-in-01"}
    first, again = (send(web, address, "hand-in", headers=key) for _ in range(2))

    (form,) = begun["forms"].values()
    assert form["participating_enterprise_count"] == 1
    assert filled.json()["findings"]["errors"] == []
    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    assert first.json()["state"] != "due"
    assert states(web, address) == ["submitted"]


def test_a_form_with_gaps_is_kept_but_not_handed_in(web: Web, address: str) -> None:
    send(web, address, "draft")
    kept = send(web, address, "fill", forms={"": {"ads_enterprise_total": "四十来家"}})
    refused = send(web, address, "hand-in")

    assert kept.json()["findings"]["errors"]
    assert refused.status_code == 422
    assert states(web, address) == ["draft"]
    assert web.at("city").get(address).json()["state"] == "due"


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(web: Web, address: str) -> None:
    seen = send(web, address, "draft").json()["report"]["revision"]
    tag = web.at("haishu").get(address).headers["etag"]
    send(web, address, "fill", forms={"": {"policy_measures": "印发了样例通知"}}, revision=seen)
    late = send(web, address, "fill", forms={"": {"policy_measures": "无"}}, revision=seen)
    send(web, address, "fill", forms={"": WHOLE})
    assert send(web, address, "hand-in").status_code == 200
    stale = send(web, address, "draft", headers={"if-match": tag})

    assert late.status_code == 409
    assert stale.status_code == 412


def test_a_correction_needs_a_reason_and_leaves_the_first_version(web: Web, address: str) -> None:
    send(web, address, "fill", forms={"": WHOLE})
    send(web, address, "hand-in")
    send(web, address, "fill", forms={"": {"ads_enterprise_total": 50}})
    without = send(web, address, "hand-in")
    right = send(web, address, "hand-in", reason="企业总数统计有误")

    assert without.status_code == 422
    assert right.status_code == 200, right.text
    assert states(web, address) == ["submitted", "submitted"]
    old = web.at("haishu").get(address, params={"number": 1}).json()["report"]
    assert [form["ads_enterprise_total"] for form in old["forms"].values()] == [40]


def test_versions_are_kept_with_their_remark_and_a_field_that_is_none_is_named(web: Web, address: str) -> None:
    send(web, address, "draft")
    kept = send(web, address, "keep", note="样例备注")
    unknown = send(web, address, "fill", forms={"": {"nothing": "1"}})

    assert (kept.json()["report"]["state"], kept.json()["report"]["note"]) == ("saved", "样例备注")
    assert unknown.status_code == 422
    assert "nothing" in unknown.text
    assert "ads_enterprise_total" in [one["key"] for one in web.at("haishu").get(f"{PREFIX}/report-fields").json()]


def test_reports_of_others_do_not_exist_and_who_only_reads_writes_nothing(web: Web, address: str) -> None:
    other = web.ningbo.one("样例乙有限公司").id

    assert web.at("cixi").get(address).status_code == 404
    assert send(web, address, "draft", login="cixi").status_code == 404
    assert send(web, address, "draft", login="leader").status_code == 403
    assert web.at("haishu").get(address, params={"number": 9}).status_code == 404
    assert send(web, f"{PREFIX}/reports/{other}", "draft").status_code == 404
    assert states(web, address) == []
