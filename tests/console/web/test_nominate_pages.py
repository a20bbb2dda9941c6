"""Nominating in the browser: a list checked before it is taken, faults at their places, one enterprise by form."""

import io
import re
from typing import Any

import openpyxl
import pytest
from browsers import Shown, Web
from roster_files import ListFile, clean_rows

from engine.store import signins

CLEAN = "宁波海曙样例第1号电器有限公司"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _after_the_day_of_the_lists(web: Web) -> None:
    web.ningbo.at("2020-05-29")


def sent(web: Web, rows: list[list[Any]] | bytes, login: str = "haishu", **terms: str) -> Any:
    """The answer to a list that somebody sends."""
    content = rows if isinstance(rows, bytes) else ListFile(rows=rows).xlsx()
    return web.at(login).post("/nominate/upload", data=terms, files={"file": ("名单.xlsx", content, XLSX)})


def checked(web: Web, rows: list[list[Any]] | bytes, login: str = "haishu", **terms: str) -> tuple[str, Shown]:
    """The address of the check of a list, and what it shows."""
    address = sent(web, rows, login, **terms).headers["location"]
    return address, Shown(web.at(login).get(address))


def names(web: Web) -> set[str]:
    return set(re.findall(r"宁波海曙样例第\d号电器有限公司", web.at("haishu").get("/cases").text))


def test_whoever_has_nominated_nobody_is_shown_an_empty_list_and_how_a_row_is_filled_in(web: Web) -> None:
    page = Shown(web.at("haishu").get("/nominate"))

    assert "尚未导入名单" in page.text
    assert "宁波样例电器有限公司" in page.text
    assert "/nominate/templates/annex2" in page.links


def test_an_empty_list_names_the_unit_it_is_for(web: Web) -> None:
    answer = web.at("cixi").get("/nominate/templates/annex2")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert any("慈溪市市场监督管理局" in str(cell.value) for row in sheet["A1:G4"] for cell in row)
    assert "attachment" in answer.headers["content-disposition"]


def test_a_clean_list_is_checked_before_it_is_taken_and_changes_nothing_until_then(web: Web) -> None:
    address, page = checked(web, clean_rows(3))

    assert "全部3行均无差错" in page.text
    assert CLEAN in page.text
    assert not names(web)

    action = address.partition("?")[0] + "/take"
    taken = web.at("haishu").post(action, data=page.form(action))
    page = Shown(web.at("haishu").get(taken.headers["location"]))

    assert "名单已导入" in page.text
    assert len(names(web)) == 3


def test_every_fault_of_a_list_is_shown_with_row_column_value_and_what_is_expected(web: Web) -> None:
    rows = clean_rows(3)
    rows[1][3] = "GB/T 假的"
    address, page = checked(web, rows)

    assert "3行中有1行有差错" in page.text
    assert "执行标准号、名称" in page.text
    assert "GB/T 假的" in page.text
    assert "未找到标准编号" in page.text or "没有顺序号" in page.text
    assert "全部采用" in page.text
    marked = web.at("haishu").get(address.replace("?", "/marked?"))
    assert marked.headers["content-type"] == XLSX
    assert openpyxl.load_workbook(io.BytesIO(marked.content)).sheetnames


def test_the_rows_without_faults_are_taken_and_the_others_stay_named(web: Web) -> None:
    rows = clean_rows(3)
    rows[1][3] = "GB/T 假的"
    address, page = checked(web, rows)
    action = address.partition("?")[0] + "/take"

    taken = web.at("haishu").post(action, data={**page.form(action), "rows": "good"})
    address = taken.headers["location"]
    page = Shown(web.at("haishu").get(address))

    assert len(names(web)) == 2
    assert "宁波海曙样例第2号电器有限公司" in page.text
    marked = web.at("haishu").get(address.partition("?")[0] + "/marked")
    assert openpyxl.load_workbook(io.BytesIO(marked.content)).sheetnames


def test_a_list_with_faults_is_not_taken_whole_even_if_somebody_asks_for_it(web: Web) -> None:
    rows = clean_rows(2)
    rows[0][3] = "GB/T 假的"
    address, page = checked(web, rows)
    action = address.partition("?")[0] + "/take"

    taken = web.at("haishu").post(action, data={name: one for name, one in page.form(action).items() if name != "rows"})

    assert "名单未导入" in web.at("haishu").get(taken.headers["location"]).text
    assert not names(web)


def test_a_list_that_is_not_taken_is_forgotten_at_once(web: Web) -> None:
    address, page = checked(web, clean_rows(2))
    action = address.partition("?")[0] + "/cancel"

    assert web.at("haishu").post(action, data=page.form(action)).headers["location"] == "/nominate"
    again = web.at("haishu").get(address)

    assert again.status_code == 422
    assert "请重新发送" in Shown(again).text
    assert not names(web)


def test_what_one_person_sent_is_nobody_elses(web: Web) -> None:
    address, page = checked(web, clean_rows(2))
    action = address.partition("?")[0] + "/take"

    for login in ("cixi", "city"):
        assert CLEAN not in web.at(login).get(address).text
        assert web.at(login).post(action, data=page.form(action)).status_code == 422
    assert not names(web)


def test_the_same_list_again_changes_nothing_and_says_who_was_first(web: Web) -> None:
    content = ListFile(rows=clean_rows(2)).xlsx()
    for _ in range(2):
        address, page = checked(web, content)
        action = address.partition("?")[0] + "/take"
        taken = web.at("haishu").post(action, data=page.form(action))

    page = Shown(web.at("haishu").get(taken.headers["location"]))
    assert "海曙联络员" in page.text
    assert "没有任何变化" in page.text
    assert len(names(web)) == 2


def test_the_check_says_what_is_new_and_what_the_list_no_longer_names(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")

    _, page = checked(web, clean_rows(2))

    assert "名单中不再列出" in page.text
    assert "样例甲有限公司" in page.text


def test_an_enterprise_of_another_district_is_pointed_out_without_naming_the_district(web: Web) -> None:
    web.ningbo.one(CLEAN, district="cixi")

    _, page = checked(web, clean_rows(2))

    assert "由市局确定归属" in page.text
    assert "慈溪" not in page.text


def test_no_file_or_an_empty_one_is_refused_at_its_field(web: Web) -> None:
    nothing = web.at("haishu").post("/nominate/upload", data={"supplementary": "1"})
    empty = web.at("haishu").post("/nominate/upload", files={"file": ("空.xlsx", b"", XLSX)})

    assert nothing.status_code == empty.status_code == 422
    assert "请选择要发送的表格" in nothing.text
    assert "空.xlsx" in empty.text


def test_what_is_no_spreadsheet_is_told_apart_and_cannot_be_taken(web: Web) -> None:
    answer = web.at("haishu").post("/nominate/upload", files={"file": ("图.xlsx", b"\x89PNG\r\n", XLSX)})
    page = web.at("haishu").get(answer.headers["location"])

    assert page.status_code == 200
    assert "这份名单不能照此采用" in page.text
    assert not [action for action in Shown(page).forms if action.endswith("/take")]


def test_the_bureau_says_whose_list_it_is(web: Web) -> None:
    refused = sent(web, clean_rows(2), "city")
    address, page = checked(web, clean_rows(2), "city", district="haishu")

    assert refused.status_code == 422
    assert "请选择是哪个单位的名单" in refused.text
    action = address.partition("?")[0] + "/take"
    web.at("city").post(action, data=page.form(action))
    assert len(names(web)) == 2


ONE = {
    "enterprise_name": "宁波样例单个有限公司",
    "product_name": "样例水壶",
    "implemented_standards": "GB 4706.19-2008《家用和类似用途电器的安全》",
    "benchmark_standards": "IEC 60335-2-15:2012",
    "plan_support_needed": "是",
}


def test_one_enterprise_is_nominated_by_form_and_goes_the_same_way(web: Web) -> None:
    contact = {"contact_name": "样例", "contact_phone": "0574-87654321", "credit_code": ""}
    answer = web.at("haishu").post("/nominate/one", data={**ONE, **contact})
    address = answer.headers["location"]
    page = Shown(web.at("haishu").get(address))

    assert "GB 4706.19—2008" in page.text
    assert "样例" in page.text
    action = address.partition("?")[0] + "/take"
    taken = web.at("haishu").post(action, data=page.form(action))
    page = Shown(web.at("haishu").get(taken.headers["location"]))

    assert "名单已导入" in page.text
    assert "企业联系人" in page.text
    assert "宁波样例单个有限公司" in web.at("haishu").get("/cases").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("implemented_standards", "国标", "未找到标准编号"),
        ("contact_phone", "12", "电话"),
        ("enterprise_name", "", "请填写"),
    ],
)
def test_a_fault_of_the_form_stands_at_its_field_and_nothing_typed_is_lost(
    web: Web, field: str, typed: str, said: str
) -> None:
    answer = web.at("haishu").post("/nominate/one", data={**ONE, "contact_name": "样例", field: typed})
    page = Shown(answer)

    assert answer.status_code == 422
    assert said in page.text
    assert f'id="fault-one-{field}"' in answer.text
    assert page.form("/nominate/one")["product_name"] == "样例水壶"


def test_the_form_shows_how_standard_numbers_are_read_without_a_script_too(web: Web) -> None:
    page = web.at("haishu").post("/nominate/one", data={**ONE, "read": "1"})
    part = web.at("haishu").get("/nominate/standards", params={"benchmark_standards": "ISO 9001-2015"})

    assert page.status_code == 200
    assert "GB 4706.19—2008" in page.text
    assert "ISO 9001" in part.text
    assert "年份前的连字符已改为冒号" in part.text


def test_an_import_of_another_district_does_not_exist(web: Web) -> None:
    address, page = checked(web, clean_rows(2))
    action = address.partition("?")[0] + "/take"
    taken = web.at("haishu").post(action, data=page.form(action)).headers["location"]

    for end in ("", "/file", "/marked"):
        assert web.at("cixi").get(taken + end).status_code == 404
        assert web.at("laboratory").get(taken + end).status_code == 404
    kept = io.BytesIO(web.at("haishu").get(taken + "/file").content)
    assert openpyxl.load_workbook(kept).sheetnames == ["附件2"]
    with web.ningbo.engine.look() as work:
        told = signins.disclosed(work, person_ids=None, before=None, limit=10)
    assert [(one.kind, one.about, one.rows) for one in told] == [("export", f"import {taken[-1]} file", 2)]
    assert "名单.xlsx" in Shown(web.at("city").get("/nominate/imports")).text
    assert "名单.xlsx" not in Shown(web.at("cixi").get("/nominate/imports")).text
