"""The example lists are what their script writes, and they are what the plan's first annex asks for."""

import csv
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "ningbo-2020"
QUOTAS = {
    "海曙": 10,
    "江北": 8,
    "镇海": 8,
    "北仑": 11,
    "鄞州": 15,
    "奉化": 8,
    "慈溪": 15,
    "余姚": 15,
    "宁海": 10,
    "象山": 8,
    "高新区": 3,
    "杭州湾": 3,
    "保税区": 2,
    "大榭": 2,
    "东钱湖": 2,
}
CLUSTERS = [
    "绿色化工",
    "汽车及零部件",
    "高端装备",
    "新材料",
    "关键基础件",
    "智能家电",
    "时尚纺织服装",
    "文体用品",
    "节能环保",
]
LABELS = [
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有技术方案编号",
    "另行制定技术方案技术支持需求",
]
LATE = {"慈溪": date(2020, 6, 9), "奉化": date(2020, 6, 11), "大榭": date(2020, 6, 16)}
LISTED = sorted(path.name for path in (EXAMPLE / "lists").glob("[0-9]*"))
SPARE = sorted(path.name for path in (EXAMPLE / "lists").glob("replacement-*"))
STANDARD = re.compile(r"[A-Z]+(?:[ /][A-Z]+)* ?[A-Z]?\d[\w./:+-]*(?: \d[\w.:-]*)?《[^《》]+》")


@pytest.fixture(scope="module")
def rerun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rerun")
    for name in ("first", "second"):
        command = [sys.executable, "-B", str(EXAMPLE / "make_lists.py"), "--into", str(folder / name)]
        subprocess.run(command, check=True, timeout=120)
    return folder


@cache
def text_of(path: Path) -> tuple[list[str], list[list[str]]]:
    """The paragraphs or lines outside the table, and the table's cells."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        (table,) = document.tables
        return [line.text for line in document.paragraphs], [[cell.text for cell in row.cells] for row in table.rows]
    (sheet,) = openpyxl.load_workbook(path).worksheets
    lines = [["" if value is None else str(value) for value in line] for line in sheet.iter_rows(values_only=True)]
    inside = [line for line in lines if line[1]]
    return ["".join(line) for line in lines if line not in inside], inside


def rows_of(name: str) -> list[dict[str, str]]:
    _, lines = text_of(EXAMPLE / "lists" / name)
    return [dict(zip(LABELS, line, strict=True)) for line in lines[1:]]


def district_of(name: str) -> str:
    return Path(name).stem.partition("-")[2]


def table_of(name: str, folder: Path = EXAMPLE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def all_rows() -> list[dict[str, str]]:
    return [row for name in LISTED for row in rows_of(name)]


def test_the_committed_files_are_the_ones_the_script_writes(rerun):
    written = sorted(path.relative_to(rerun / "first") for path in (rerun / "first").rglob("*") if path.is_file())
    assert [str(path) for path in written if path.parent.name == "lists"] == [
        f"lists/{name}" for name in LISTED + SPARE
    ]
    for path in written:
        if path.suffix == ".csv":
            assert (rerun / "first" / path).read_bytes() == (EXAMPLE / path).read_bytes(), path
        else:
            assert text_of(rerun / "first" / path) == text_of(EXAMPLE / path), path


def test_two_runs_write_the_same_bytes(rerun):
    for path in (rerun / "first").rglob("*.*"):
        other = rerun / "second" / path.relative_to(rerun / "first")
        assert path.read_bytes() == other.read_bytes(), path.name


def test_each_district_sends_one_list_in_the_order_of_the_annex_and_fills_its_quota():
    assert [district_of(name) for name in LISTED] == list(QUOTAS)
    assert [int(name[:2]) for name in LISTED] == list(range(1, 16))
    assert Counter(Path(name).suffix for name in LISTED) == {".xlsx": 9, ".docx": 6}
    filled = {district_of(name): len({row["企业名称"] for row in rows_of(name)}) for name in LISTED}
    assert filled == QUOTAS


def test_the_city_has_a_hundred_and_twenty_enterprises_none_of_them_twice():
    names = [name for listed in LISTED for name in {row["企业名称"] for row in rows_of(listed)}]
    spares = [row["企业名称"] for listed in SPARE for row in rows_of(listed)]
    assert len(names) == len(set(names)) == sum(QUOTAS.values()) == 120
    assert len(spares) == 3
    assert not set(spares) & set(names)


def test_every_enterprise_is_visibly_invented():
    for name in {row["企业名称"] for listed in LISTED + SPARE for row in rows_of(listed)}:
        assert re.search("样例|示例|虚构|测试", name), name
        assert name.endswith("公司")


@pytest.mark.parametrize("name", LISTED + SPARE)
def test_a_list_has_the_layout_of_the_second_annex(name):
    around, lines = text_of(EXAMPLE / "lists" / name)
    whole = "".join(around)
    assert around[0].rstrip("：") == "附件2"
    assert "宁波市2020年参加对标达标提升专项行动企业名单" in whole
    assert re.search(rf"填报单位：\S*{district_of(name)}\S*市场监管局\s*填报日期：2020年\d+月\d+日", whole)
    assert "注：1、“平台现有技术方案编号”" in whole
    assert "2、“另行制定技术方案技术支持需求”" in whole
    assert [label.replace("\n", "") for label in lines[0]] == LABELS


@pytest.mark.parametrize("name", LISTED + SPARE)
def test_a_list_is_clean(name):
    numbers = [int(row["序"]) for row in rows_of(name)]
    enterprises = [row["企业名称"] for row in rows_of(name)]
    assert sorted(set(numbers)) == list(range(1, len(set(enterprises)) + 1))
    assert len(set(zip(numbers, enterprises, strict=True))) == len(set(enterprises))
    for row in rows_of(name):
        for label in ("执行标准号、名称", "比对标准号、名称"):
            for standard in re.split("[；\n]", row[label]):
                assert STANDARD.fullmatch(standard), standard
        assert row["执行标准号、名称"] != row["比对标准号、名称"]
        assert re.fullmatch(r"(FA-20\d\d-\d{4})?", row["平台现有技术方案编号"])
        assert row["另行制定技术方案技术支持需求"] in ("", "是")
        assert not (row["平台现有技术方案编号"] and row["另行制定技术方案技术支持需求"])
        assert "、" not in row["产品名称"]


def test_most_districts_report_in_time_and_three_are_late():
    for name in LISTED:
        year, month, day = re.search(
            r"填报日期：(\d+)年(\d+)月(\d+)日", "".join(text_of(EXAMPLE / "lists" / name)[0])
        ).groups()
        reported_on, district = date(int(year), int(month), int(day)), district_of(name)
        assert reported_on.weekday() < 5
        if district in LATE:
            assert reported_on == LATE[district]
        else:
            assert date(2020, 5, 20) <= reported_on <= date(2020, 6, 5)


def test_some_enterprises_bring_existing_plans_only_some_both_kinds_and_a_dozen_two_products():
    plans: dict[str, list[str]] = {}
    for row in all_rows():
        plans.setdefault(row["企业名称"], []).append(row["平台现有技术方案编号"])
    assert Counter(len(own) for own in plans.values()) == {1: 108, 2: 12}
    assert sum(bool(plan) for own in plans.values() for plan in own) == 30
    assert sum(all(own) for own in plans.values()) == 22
    assert sum(any(own) and not all(own) for own in plans.values()) == 6
    assert sum(row["另行制定技术方案技术支持需求"] == "是" for row in all_rows()) == 26


def test_one_product_has_the_same_standards_and_the_same_existing_plan_everywhere():
    plans: dict[str, set[str]] = {}
    benchmarks: dict[str, set[str]] = {}
    for row in all_rows():
        if row["平台现有技术方案编号"]:
            plans.setdefault(row["产品名称"], set()).add(row["平台现有技术方案编号"])
        benchmarks.setdefault(row["产品名称"], set()).add(row["比对标准号、名称"].replace("\n", "；"))
    assert all(len(same) == 1 for same in (*plans.values(), *benchmarks.values()))
    assert len({plan for same in plans.values() for plan in same}) == len(plans)


def test_a_document_merges_the_name_over_both_products_and_a_workbook_repeats_it():
    document = docx.Document(str(EXAMPLE / "lists" / "07-慈溪.docx"))
    first, second = document.tables[0].columns[1].cells[1:3]
    assert first._tc is second._tc
    (sheet,) = openpyxl.load_workbook(EXAMPLE / "lists" / "01-海曙.xlsx").worksheets
    assert sheet["B7"].value == sheet["B8"].value == "宁波海曙虚构针纺织品有限公司"


def test_the_table_of_enterprises_covers_exactly_the_lists_and_all_nine_clusters():
    table = table_of("enterprises.csv")
    listed = {(district_of(name), row["企业名称"]) for name in LISTED for row in rows_of(name)}
    assert {(line["district"], line["name"]) for line in table} == listed
    assert len(table) == 120
    assert {line["cluster"] for line in table} == set(CLUSTERS)
    assert all(re.fullmatch(r"\d{4}", line["industry_code"]) and line["industry_name"] for line in table)
    assert {line["honours"] for line in table} == {"", "专精特新“小巨人”", "隐形冠军", "单项冠军"}
    names_of_classes = {(line["industry_code"], line["industry_name"]) for line in table}
    assert len(names_of_classes) == len({code for code, _ in names_of_classes})


def test_every_credit_code_is_right_in_both_check_characters_and_stands_once():
    codes = [line["credit_code"] for line in (*table_of("enterprises.csv"), *table_of("replacements.csv"))]
    assert len(set(codes)) == 123
    assert all(re.fullmatch(r"913302\d\dX20\d{5}[\dX][0-9A-Y]", code) for code in codes)
    assert all(checked(code) for code in [*codes, "91110000600037341L", "91330282XXXXXXX354"])
    assert not checked("91330203XXXXXXX190")


def test_a_supplementary_list_carries_just_the_spare_enterprise_of_the_table():
    table = table_of("replacements.csv")
    assert [line["district"] for line in table] == ["慈溪", "北仑", "余姚"]
    for line in table:
        (row,) = rows_of(Path(line["list_file"]).name)
        assert row["企业名称"] == line["name"]
        assert row["产品名称"] == line["product"]
        assert row["执行标准号、名称"] == line["implemented_standards"]
        assert row["比对标准号、名称"] == line["benchmark_standards"]
        assert row["平台现有技术方案编号"] == line["existing_plan_no"]
        assert date(2020, 6, 5) < date.fromisoformat(line["reported_on"]) < date(2020, 10, 31)


def test_no_file_tells_when_or_where_it_was_written():
    for name in LISTED + SPARE:
        with zipfile.ZipFile(EXAMPLE / "lists" / name) as archive:
            assert {member.date_time[0] for member in archive.infolist()} == {2020}
            assert b"<dcterms:modified" in archive.read("docProps/core.xml")
            assert re.search(rb"<dcterms:modified[^>]*>2020-", archive.read("docProps/core.xml"))


def checked(code: str) -> bool:
    """Both check sums, each with its check character inside, come out at zero."""
    body = [int(char, 36) for char in code[8:17]]
    inner = 10 if code[16] == "X" else body[8]
    values = ["0123456789ABCDEFGHJKLMNPQRTUWXY".index(char) for char in code]
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
    eleven = sum(value * weight for value, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=False)) + inner
    return eleven % 11 == 0 and sum(value * weight for value, weight in zip(values, weights, strict=True)) % 31 == 0
