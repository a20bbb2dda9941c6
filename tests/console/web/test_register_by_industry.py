"""The register by industry: to choose from there is what one sees, and whatever leads out of it keeps the filter."""

import io

import pytest
from browsers import Shown, Web
from openpyxl import load_workbook

from engine.store import cases
from workflows.benchmarking.identity import merge, split
from workflows.benchmarking.recording import EnterpriseDetails
from workflows.benchmarking.records.nominations import enterprise_id_of

PREFIX = "/api/v1"


@pytest.fixture
def sorted_web(web: Web) -> Web:
    """In 海曙 a maker of appliances and one whose industry nobody recorded, in 慈溪 a weaver."""
    house = web.ningbo
    appliances, weaver = house.one("甲样例有限公司"), house.one("丙样例有限公司", district="cixi")
    house.one("乙样例有限公司")
    house.record("set_enterprise_details", appliances, EnterpriseDetails(industry_code="3852"))
    house.record("set_enterprise_details", weaver, EnterpriseDetails(industry_code="1711"), login="cixi")
    return web


def names(web: Web, address: str, login: str = "city") -> set[str]:
    text = Shown(web.at(login).get(address)).text
    return {name for name in ("甲样例", "乙样例", "丙样例") if f"{name}有限公司" in text}


def test_the_register_is_filtered_by_the_industries_that_occur(sorted_web: Web) -> None:
    page = sorted_web.at("city").get("/cases")

    for code, name in (("17", "17 纺织业"), ("38", "38 电气机械和器材制造业"), ("-", "未登记行业")):
        assert f'<option value="{code}">{name}</option>' in page.text
    assert names(sorted_web, "/cases?industry=38") == {"甲样例"}
    assert names(sorted_web, "/cases?industry=-") == {"乙样例"}
    assert names(sorted_web, "/cases?industry=17&name=样例&sort=due") == {"丙样例"}
    assert names(sorted_web, "/cases?industry=29") == set()


def test_a_district_chooses_from_its_own_industries_alone(sorted_web: Web) -> None:
    page = sorted_web.at("haishu").get("/cases")

    assert 'value="38"' in page.text
    assert 'value="17"' not in page.text
    assert names(sorted_web, "/cases?industry=17", "haishu") == set()


def test_what_leads_out_of_the_register_keeps_the_industry(sorted_web: Web) -> None:
    browser = sorted_web.at("city")

    assert names(sorted_web, "/print/register?industry=38") == {"甲样例"}
    assert "38 电气机械和器材制造业" in Shown(browser.get("/print/register?industry=38")).text
    sheet = load_workbook(io.BytesIO(browser.get("/bulk?industry=17&whole=1&deed=export").content)).active
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "丙样例有限公司" in told
    assert "甲样例有限公司" not in told
    kept = browser.post("/views", data={"name": "电气", "query": "industry=38"})
    assert kept.headers["location"] == "/cases?industry=38"


def test_the_interface_filters_by_code_or_name(sorted_web: Web) -> None:
    browser = sorted_web.at("city")

    for said in ("17", "C17", "纺织业"):
        found = browser.get(f"{PREFIX}/cases?flow=enterprise&industry={said}").json()
        assert [one["subject"] for one in found["lines"]] == ["丙样例有限公司"]
    assert browser.get(f"{PREFIX}/cases?industry=1711").status_code == 422


@pytest.mark.parametrize("said", ["1711", "C", "不存在的行业", "<script>"])
def test_what_is_no_division_is_refused_in_words(web: Web, said: str) -> None:
    answer = web.at("city").get("/cases", params={"industry": said})

    assert answer.status_code == 422
    assert "GB/T 4754" in answer.text or "大类" in answer.text


def test_who_is_merged_or_split_is_found_under_the_industry_it_has_then(sorted_web: Web) -> None:
    house = sorted_web.ningbo
    with house.engine.look() as work:
        known = {case.subject_name[0]: case for case in cases.of_campaign(work, "ningbo-2020", "enterprise")}
    unnamed, weaver = known["乙"], known["丙"]
    house.step("withdraw", unnamed, reason="样例：停产")
    keep, other = enterprise_id_of(unnamed), enterprise_id_of(weaver)

    with house.work("city") as work:
        merge(house.engine, work, house.actor("city"), keep, other, reason="样例：同一家")
    assert names(sorted_web, "/cases?industry=-") == set()
    assert sorted_web.at("city").get(f"{PREFIX}/cases?industry=17").json()["count"]["n"] == 2
    with house.work("city") as work:
        split(house.engine, work, house.actor("city"), keep, other, reason="样例：不是一家")
    assert sorted_web.at("city").get(f"{PREFIX}/cases?industry=17").json()["count"]["n"] == 1
    assert names(sorted_web, "/cases?industry=-") == {"乙样例"}
