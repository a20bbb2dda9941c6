"""Statistics in the browser: figures that lead to as many rows, files that leave the house, and who took them out."""

import csv
import io

import pytest
from browsers import Shown, Web
from openpyxl import load_workbook

from engine.store import signins
from workflows.benchmarking.recording import EnterpriseDetails


@pytest.fixture
def counted(web: Web) -> Web:
    """Two enterprises in 海曙, one of them with its plan uploaded, and one in 慈溪."""
    web.ningbo.uploaded(web.ningbo.one("甲样例有限公司", district="haishu"))
    web.ningbo.one("乙样例有限公司", district="haishu")
    case = web.ningbo.one("丙样例有限公司", district="cixi")
    web.ningbo.record("set_enterprise_details", case, EnterpriseDetails(industry_code="3852"), login="cixi")
    return web


def rows(web: Web, link: str, login: str = "city") -> int:
    return sum(one.startswith("/cases/") and one[7:].isdigit() for one in Shown(web.at(login).get(link)).links)


def test_figures_of_districts_lead_to_as_many_rows(counted: Web) -> None:
    page = counted.at("city").get("/statistics")

    assert "/cases?reached=nominated&amp;district=haishu" in page.text
    assert rows(counted, "/cases?reached=nominated&district=haishu") == 2
    assert "合计" in Shown(page).text


def test_figures_of_industries_lead_to_as_many_rows(counted: Web) -> None:
    page = Shown(counted.at("city").get("/statistics?table=industry"))
    links = [one for one in page.links if one.startswith("/cases?") and "industry=" in one]

    assert {one.partition("industry=")[2] for one in links} == {"-", "38"}
    assert sum(rows(counted, link) for link in links if "reached=nominated" in link) == 3
    assert [rows(counted, link) for link in links if "reached=nominated" in link and link.endswith("38")] == [1]
    assert {rows(counted, link) for link in links if "reached=plan_uploaded" in link} == {1}
    assert "38 电气机械和器材制造业" in page.text


def test_figures_of_months_lead_to_as_many_rows(counted: Web) -> None:
    links = [one for one in Shown(counted.at("city").get("/statistics?table=month")).links if "/rows?" in one]

    assert {rows(counted, link) for link in links if "what=plan_uploaded" in link and "late" not in link} == {1}


def test_a_district_counts_its_own_alone(counted: Web) -> None:
    links = [one for one in Shown(counted.at("cixi").get("/statistics?table=industry")).links if "industry=" in one]

    assert {rows(counted, link, "cixi") for link in links if "reached=nominated" in link} == {1}
    assert counted.at("cixi").get("/statistics?district=haishu").status_code == 404


@pytest.mark.parametrize("query", ["table=none", "table=month&district=nowhere"])
def test_a_table_that_does_not_exist_is_not_found(web: Web, query: str) -> None:
    assert web.at("city").get(f"/statistics?{query}").status_code == 404


def test_the_sheet_says_who_made_it_and_numbers_its_rows(counted: Web) -> None:
    answer = counted.at("city").get("/statistics/file/xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "统计表" in sheet["A1"].value
    assert "填报单位：" in sheet["A2"].value
    assert "制表时间：" in sheet["A2"].value
    assert sheet["A3"].value == "序号"
    assert "attachment" in answer.headers["content-disposition"]


def test_figures_in_the_sheet_are_numbers_and_the_title_names_the_campaign_as_people_do(counted: Web) -> None:
    sheet = load_workbook(io.BytesIO(counted.at("city").get("/statistics/file/xlsx").content)).active
    heads = [cell.value for cell in sheet[3]]
    rates = [sheet.cell(row, heads.index("完成率（%）") + 1).value for row in range(4, sheet.max_row + 1)]

    assert sheet["A1"].value == "对标达标统计表（按区（县）市）"
    assert "逾期（项）" in heads
    assert rates
    assert all(isinstance(rate, int | float) for rate in rates)


def test_a_district_fills_its_sheet_in_under_its_own_name(counted: Web) -> None:
    sheet = load_workbook(io.BytesIO(counted.at("cixi").get("/statistics/file/xlsx").content)).active

    assert sheet["A2"].value.startswith("填报单位：慈溪市市场监督管理局")


def test_the_plain_file_opens_in_spreadsheet_programs_and_is_disclosed(counted: Web) -> None:
    answer = counted.at("city").get("/statistics/file/csv")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[-1][0] == "合计"
    with counted.ningbo.engine.look() as work:
        (told,) = signins.disclosed(work, person_ids=None, before=None, limit=10)
    assert (told.kind, told.about, told.rows) == ("export", "statistics district csv", len(lines) - 2)


def test_who_brings_evidence_sees_no_statistics(web: Web) -> None:
    assert web.at("laboratory").get("/statistics").status_code == 404
