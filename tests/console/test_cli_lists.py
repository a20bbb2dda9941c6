"""Lists and standards from the command line: only read, taken in whole, or refused with everything at once."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

LISTS = Path(__file__).parents[2] / "examples" / "ningbo-2020" / "lists"
SAMPLES = Path(__file__).parents[1] / "workflows" / "benchmarking" / "samples"
BONDED = LISTS / "13-保税区.xlsx"


@pytest.fixture
def lingpao(lingpao):
    """A terminal on the day on which lists arrive."""
    lingpao("status", "--at", "2020-05-26")
    return lingpao


@pytest.fixture
def faulty(tmp_path):
    """The list of 保税区 with its first product taken out."""
    book = load_workbook(BONDED)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "碱性锌锰干电池":
                cell.value = None
    book.save(tmp_path / "faulty.xlsx")
    return tmp_path / "faulty.xlsx"


def agrees(expected, answer, at=""):
    """Every key of what is expected stands in the answer with the same value; further keys are welcome."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in {"memo", "why_not"}:
                assert key in answer, f"{at}.{key}"
                agrees(value, answer[key], f"{at}.{key}")
    elif isinstance(expected, list):
        assert len(expected) == len(answer), at
        for number, (one, other) in enumerate(zip(expected, answer, strict=True)):
            agrees(one, other, f"{at}[{number}]")
    else:
        assert expected == answer, at


@pytest.mark.parametrize(("file", "district"), [("a_haishu_clean.xlsx", "海曙"), ("c_yuyao.docx", "余姚")])
def test_a_dry_run_answers_in_the_shape_of_the_samples(lingpao, file, district, tmp_path):
    expected = json.loads((SAMPLES / f"{Path(file).stem}.expected.json").read_text(encoding="utf-8"))
    lingpao.database, lingpao.login = str(tmp_path / "no-database-needed.db"), None

    code = 0 if expected["must_accept"] else 1
    answer = lingpao.ask("import", SAMPLES / file, "--district", district, "--dry-run", code=code)

    for key in ("file_errors", "ignored_rows", "rows"):
        agrees(expected[key], answer[key], key)
    assert answer["header"]["district"] == expected["header"]["district"]
    assert answer["header"]["reporting_date"] == expected["header"]["reporting_date"]
    assert answer["header"]["header_rows"] == expected["header"]["header_rows"]


def test_standards_answer_in_the_shape_of_the_samples_without_anything_else(lingpao, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lingpao.config = tmp_path / "none.yaml"

    answer = lingpao.ask("standards", "QB/T 4099-2010《电饭锅及类似器具》")

    assert answer == {
        "severity": "ok",
        "cell_errors": [],
        "refs": [
            {
                "number": "QB/T 4099-2010",
                "kind": "industry",
                "nature": "recommended",
                "year": 2010,
                "title": "电饭锅及类似器具",
                "also": [],
                "flags": [],
                "errors": [],
            }
        ],
    }
    assert lingpao.ask("standards", "无标准号")["severity"] == "error"
    assert "QB/T 4099-2010" in lingpao("standards", "QB/T 4099-2010").out


def test_a_clean_list_is_taken_in_and_the_same_file_again_changes_nothing(lingpao):
    first = lingpao.ask("import", BONDED, login="baoshui")
    assert first["enrolment"]["status"] == "taken"
    assert len(first["enrolment"]["new"]) == 2

    again = lingpao.ask("import", BONDED, login="baoshui")

    assert again["enrolment"]["status"] == "repeated"
    assert len(lingpao.ask("cases")["cases"]) == 2


def test_a_list_with_one_fault_is_refused_whole_and_says_where_and_what_to_do(lingpao, faulty):
    answer = lingpao.ask("import", faulty, login="baoshui", code=1)

    assert answer["enrolment"]["status"] == "refused"
    fault = next(row for row in answer["rows"] if row["errors"])["errors"][0]
    assert fault["code"] == "PRODUCT_NAME_MISSING"
    assert fault["cell"] == "C5"
    assert fault["remedy"]
    assert lingpao.ask("cases") == {"cases": []}
    assert "PRODUCT_NAME_MISSING" in lingpao("import", faulty, "--dry-run", "--district", "baoshui", code=1).out


def test_the_good_rows_are_taken_on_request_and_the_others_named(lingpao, faulty):
    answer = lingpao.ask("import", faulty, "--good-rows", login="baoshui")

    assert len(answer["enrolment"]["new"]) == 1
    assert answer["enrolment"]["left"][0]["enterprise"] == "宁波保税区样例电池有限公司"
    assert "宁波保税区样例电池有限公司" in lingpao("import", faulty, "--good-rows", login="baoshui").out


def test_a_cell_of_standards_is_told_in_words(lingpao):
    said = lingpao("standards", "GB/T 2423.1/2/3").out
    assert "国家标准" in said
    assert "national" not in said
    assert "。、" not in said
    assert "没有标准" in lingpao("standards", "无").out
    assert "未找到标准编号" in lingpao("standards", "按客户要求").out


def test_a_list_without_a_single_good_row_is_refused_and_counts_as_not_sent(lingpao, faulty):
    book = load_workbook(faulty)
    for line in book.active.iter_rows(min_row=5):
        if type(line[2]) is Cell:
            line[2].value = None
    book.save(faulty)

    answer = lingpao.ask("import", faulty, "--good-rows", login="baoshui", code=1)

    assert answer["enrolment"]["status"] == "refused"
    task = lingpao.ask("cases", "--flow", "nomination_list", "--district", "保税区")["cases"]
    assert "accepted" not in {one["state"] for one in task}


def test_whom_a_new_list_no_longer_names_is_proposed_for_withdrawal_only(lingpao, faulty):
    lingpao("import", BONDED, login="baoshui")
    book = load_workbook(BONDED)
    sheet = book.active
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "宁波保税区示例电子有限公司")
    sheet.delete_rows(row)
    book.save(faulty)

    answer = lingpao.ask("import", faulty, login="baoshui")

    assert [one["enterprise"] for one in answer["enrolment"]["proposed_withdrawals"]] == ["宁波保税区示例电子有限公司"]
    assert {one["state"] for one in lingpao.ask("cases")["cases"]} == {"nominated"}


def test_a_withdrawn_enterprise_is_replaced_by_a_supplementary_list(lingpao):
    lingpao("status", "--at", "2020-06-04")
    lingpao("import", LISTS / "08-余姚.xlsx", login="yuyao")
    lingpao("status", "--at", "2020-08-24")
    leaving = lingpao.ask("cases", login="yuyao")["cases"][0]["subject"]
    lingpao("import", LISTS / "replacement-余姚.xlsx", "--replaces", leaving, login="yuyao", code=1)
    lingpao("withdraw", leaving, "--reason", "停产", login="yuyao")

    lingpao("import", LISTS / "replacement-余姚.xlsx", "--replaces", leaving, login="yuyao")

    assert lingpao.ask("show", leaving, login="yuyao")["replaced_by"]["subject"]


def test_a_district_brings_in_its_own_list_and_no_other(lingpao):
    assert lingpao.ask("import", BONDED, "--district", "保税区", login="haishu", code=1)["error"]["code"] == "NOT_FOUND"
    refused = lingpao.ask("import", BONDED, login="haishu", code=1)

    assert refused["enrolment"]["status"] == "refused"
    assert lingpao.ask("cases") == {"cases": []}


def test_the_bureau_says_whose_list_it_is(lingpao):
    assert "--district" in lingpao.ask("import", BONDED, code=1)["error"]["sentence"]

    assert lingpao.ask("import", BONDED, "--district", "保税区")["enrolment"]["status"] == "taken"


@pytest.mark.parametrize(
    "words",
    [
        ["none.xlsx"],
        [str(BONDED), "--district", "没有这里", "--dry-run"],
        [str(BONDED), "--campaign", "x", "--dry-run"],
    ],
)
def test_what_is_not_there_is_said(lingpao, words):
    lingpao("import", *words, code=1)


def test_the_configured_limits_hold(lingpao, tmp_path):
    text = lingpao.config.read_text(encoding="utf-8").replace("list_rows: 20000", "list_rows: 1")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")

    answer = lingpao.ask("import", BONDED, "--district", "保税区", "--dry-run", code=1)

    assert answer["file_errors"][0]["code"] == "FILE_TOO_LARGE"


def test_a_list_that_arrived_earlier_is_confirmed_by_the_bureau(lingpao):
    lingpao("worker", "--once", "--at", "2020-05-27T08:30")

    answer = lingpao.ask("import", BONDED, "--received", "2020-05-26", login="baoshui")

    assert answer["enrolment"]["step"]["result"] == "done"
    assert lingpao.ask("cases", "--flow", "nomination_list", "--proposed")["cases"][0]["district"] == "保税区"


def test_a_list_in_another_folder_is_not_touched(lingpao, tmp_path):
    copy = tmp_path / "list.xlsx"
    shutil.copy(BONDED, copy)
    before = copy.read_bytes()

    lingpao("import", copy, login="baoshui")

    assert copy.read_bytes() == before
