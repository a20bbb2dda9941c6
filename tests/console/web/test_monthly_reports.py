"""Monthly reports kept in the house: they open as they stood, beside each other, and for nobody outside their place."""

import io
from typing import Any

import pytest
from browsers import Shown, Web
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engine.store import signins

PREFIX = "/api/v1"


def kept(web: Web, login: str = "city", **fields: Any) -> str:
    """Keep a table as somebody; answers where it lies."""
    shown = Shown(web.at(login).get(f"/statistics?table={fields.get('table', 'district')}"))
    answer = web.at(login).post("/statistics/keep", data={**shown.form("/statistics/keep"), **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.fixture
def counted(web: Web) -> Web:
    """An enterprise in 海曙 and one in 慈溪."""
    web.ningbo.one("甲样例有限公司", district="haishu")
    web.ningbo.one("乙样例有限公司", district="cixi")
    return web


@pytest.mark.parametrize("table", ["district", "industry", "month"])
def test_a_report_opens_as_it_stood_when_it_was_kept(counted: Web, table: str) -> None:
    browser = counted.at("city")
    where = kept(counted, table=table)
    before = Shown(browser.get(where)).text
    printed = Shown(browser.get(f"/print{where}")).text

    counted.ningbo.uploaded(counted.ningbo.one("丙样例有限公司", district="haishu"))

    assert Shown(browser.get(where)).text == before
    assert Shown(browser.get(f"/print{where}")).text == printed
    assert "市局经办一" in before


def test_figures_of_a_kept_report_lead_nowhere_and_are_those_of_the_table(counted: Web) -> None:
    where = kept(counted)
    page = Shown(counted.at("city").get(where))

    assert not [link for link in page.links if link.startswith("/cases?")]
    assert "合计" in page.text
    assert "海曙" in page.text


def test_the_same_month_again_is_a_further_version_beside_the_first(counted: Web) -> None:
    first, second = kept(counted), kept(counted)
    other = kept(counted, month="2020-04")

    assert first != second
    told = counted.at("city").get(f"{PREFIX}/monthly-reports").json()
    assert [(one["month"], one["version"]) for one in told["lines"]] == [("2020-04", 1), ("2020-05", 2), ("2020-05", 1)]
    links = Shown(counted.at("city").get("/statistics")).links
    assert {first, second, other} <= set(links)
    assert {first, second, other} <= set(Shown(counted.at("city").get("/statistics/kept")).links)


def test_a_report_of_a_district_is_seen_by_it_and_by_the_bureau_alone(counted: Web) -> None:
    of_haishu, of_all = kept(counted, "haishu"), kept(counted, "city")
    of_cixi = kept(counted, "city", district="cixi")

    for login, seen, hidden in (
        ("haishu", [of_haishu], [of_all, of_cixi]),
        ("cixi", [of_cixi], [of_all, of_haishu]),
        ("city", [of_haishu, of_all, of_cixi], []),
    ):
        browser = counted.at(login)
        listed = {one for one in Shown(browser.get("/statistics/kept")).links if one.startswith("/statistics/kept/")}
        assert listed == set(seen)
        numbers = [one["number"] for one in browser.get(f"{PREFIX}/monthly-reports").json()["lines"]]
        assert {f"/statistics/kept/{number}" for number in numbers} == set(seen)
        for where in hidden:
            number = where.rpartition("/")[2]
            places = (where, f"/print{where}", f"{where}/file/xlsx", f"{PREFIX}/monthly-reports/{number}")
            assert {browser.get(one).status_code for one in places} == {404}
        assert {browser.get(where).status_code for where in seen} == {200}


def test_a_report_names_the_office_whose_figures_it_has(counted: Web) -> None:
    of_haishu, of_all = kept(counted, "haishu"), kept(counted, "city")

    assert "海曙区市场监督管理局" in Shown(counted.at("city").get(f"/print{of_haishu}")).text
    assert "海曙区市场监督管理局" not in Shown(counted.at("city").get(f"/print{of_all}")).text


def test_a_district_cannot_keep_the_figures_of_another(counted: Web) -> None:
    answer = counted.at("haishu").post("/statistics/keep", data={"district": "cixi", "month": "2020-05"})

    assert answer.status_code == 404
    assert counted.at("haishu").post("/statistics/keep", data={"month": "2020-05"}).status_code == 303
    assert counted.at("laboratory").post("/statistics/keep", data={"month": "2020-05"}).status_code == 404


@pytest.mark.parametrize("month", ["", "2020-06", "2020-13", "5月"])
def test_a_month_that_is_none_or_has_not_begun_is_refused_and_the_table_stays(counted: Web, month: str) -> None:
    answer = counted.at("city").post("/statistics/keep", data={"table": "industry", "state": "", "month": month})

    assert answer.status_code == 422
    assert "按行业" in answer.text
    assert counted.at("city").get(f"{PREFIX}/monthly-reports").json()["lines"] == []


def test_the_sheet_has_the_figures_and_the_moment_of_keeping_and_is_disclosed(counted: Web) -> None:
    where = kept(counted)
    answer = counted.at("city").get(f"{where}/file/xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert "2020-05" in sheet["A1"].value
    assert "制表时间：" in sheet["A2"].value
    assert "合计" in {str(row[0].value) for row in sheet.iter_rows()} | {str(row[1].value) for row in sheet.iter_rows()}
    with counted.ningbo.engine.look() as work:
        (told,) = signins.disclosed(work, person_ids=None, before=None, limit=10)
    assert told.about.startswith("monthly report ")
    assert counted.at("city").get(f"{where}/file/pdf").status_code == 404


def test_a_program_keeps_a_report_once_under_its_key_and_reads_its_figures(counted: Web) -> None:
    browser = counted.at("city")
    asked = {"table": "industry", "month": "2020-05-10"}
    answers = [
        browser.post(f"{PREFIX}/monthly-reports", json=asked, headers={"Idempotency-Key": "keep-2020-05"}).json()
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert len(browser.get(f"{PREFIX}/monthly-reports").json()["lines"]) == 1
    found = browser.get(f"{PREFIX}/monthly-reports/{answers[0]['number']}").json()
    live = browser.get(f"{PREFIX}/statistics/industry").json()
    assert found["lines"] == live["lines"]
    assert (found["kept_by"], found["version"], found["month"]) == ("市局经办一", 1, "2020-05")


def test_nothing_that_was_kept_can_be_changed(counted: Web) -> None:
    kept(counted)

    for statement in ("UPDATE kept_reports SET number = 9", "DELETE FROM kept_reports"):
        with pytest.raises(DatabaseError), counted.ningbo.engine.work() as work:
            work.connection.execute(text(statement))
