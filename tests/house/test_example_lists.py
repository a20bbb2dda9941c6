"""The example lists are what their script writes, hold what the plan's first annex asks for, and arrive as lists do."""

import csv
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from listlooks import EXAMPLE, LABELS, NAME, PLAN, PRODUCT, STANDARDS, SUPPORT, district_of, look, messes_in

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
LATE = {"慈溪": date(2020, 6, 9), "奉化": date(2020, 6, 11), "大榭": date(2020, 6, 16)}
LISTS = EXAMPLE / "lists"
SENT = sorted(path.name for path in LISTS.glob("[0-9]*"))
REFUSED = [name for name in SENT if "初次" in name]
LISTED = [name for name in SENT if "初次" not in name]
SPARE = sorted(path.name for path in LISTS.glob("replacement-*"))
STANDARD = re.compile(r"[A-Z]+(?:[ /][A-Z]+)* ?[A-Z]?\d[\w./:+-]*(?: \d[\w.:-]*)?《[^《》]+》")


@pytest.fixture(scope="module")
def rerun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rerun")
    for name in ("first", "second"):
        command = [sys.executable, "-B", str(EXAMPLE / "make_lists.py"), "--into", str(folder / name)]
        subprocess.run(command, check=True, timeout=120)
    return folder


def table_of(name: str, folder: Path = EXAMPLE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def nominations(district: str | None = None) -> list[dict[str, str]]:
    """What the districts mean to say, from the tables kept by hand, by label of the annex."""
    products = {line["product"]: line for line in table_of("sources/products.csv")}
    return [
        {
            NAME: line["name"],
            PRODUCT: line["product"],
            STANDARDS[0]: "；".join(filter(None, (products[line["product"]]["implemented"], line["own_standard"]))),
            STANDARDS[1]: products[line["product"]]["benchmark"],
            PLAN: products[line["product"]]["existing_plan_no"] if line["plan"] == "existing" else "",
            SUPPORT: line["support"],
        }
        for line in table_of("sources/nominations.csv")
        if district in (None, line["district"])
    ]


def said_in_readme() -> dict[str, set[int]]:
    """The messes of each list by the table of the README."""
    table = re.findall(r"^\| `(\d\S+)` \| (.*) \|$", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {name: {int(number) for number in re.findall(r"\d+", numbers)} for name, numbers in table}


def bones(text: object) -> str:
    """Letters and digits alone, however wide or spaced: what no mess of a cell changes."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text)).replace("_x000D_", "")
    return "".join(char for char in plain if char.isalnum())


def test_the_committed_files_are_the_ones_the_script_writes(rerun):
    written = sorted(path.relative_to(rerun / "first") for path in (rerun / "first").rglob("*") if path.is_file())
    assert [path.name for path in written if path.parent.name == "lists"] == SENT + SPARE
    for path in written:
        if path.suffix == ".csv":
            assert (rerun / "first" / path).read_bytes() == (EXAMPLE / path).read_bytes(), path
        else:
            assert parts_of(rerun / "first" / path) == parts_of(EXAMPLE / path), path


def parts_of(path: Path) -> dict[str, bytes]:
    """What is in the file, however another machine packs it."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_runs_write_the_same_bytes(rerun):
    for path in (rerun / "first").rglob("*.*"):
        other = rerun / "second" / path.relative_to(rerun / "first")
        assert path.read_bytes() == other.read_bytes(), path.name


def test_each_district_sends_one_list_in_the_order_of_the_annex_and_fills_its_quota():
    assert [district_of(LISTS / name) for name in LISTED] == list(QUOTAS)
    assert [int(name[:2]) for name in LISTED] == list(range(1, 16))
    assert Counter(Path(name).suffix for name in LISTED) == {".xlsx": 8, ".docx": 5, ".xls": 1, ".xlsm": 1}
    assert {name: len({row[NAME] for row in nominations(name)}) for name in QUOTAS} == QUOTAS


def test_the_city_has_a_hundred_and_twenty_enterprises_none_of_them_twice():
    names = {(line["district"], line["name"]) for line in table_of("sources/nominations.csv")}
    spares = {line["name"] for line in table_of("sources/spares.csv")}
    assert len(names) == len({name for _, name in names}) == sum(QUOTAS.values()) == 120
    assert len(spares) == 3
    assert not spares & {name for _, name in names}


def test_every_enterprise_is_visibly_invented():
    for name in {row[NAME] for row in nominations()} | {line["name"] for line in table_of("sources/spares.csv")}:
        assert re.search("样例|示例|虚构|测试", name), name
        assert name.endswith("公司")


@pytest.mark.parametrize("name", LISTED)
def test_a_list_says_what_the_tables_say_in_whatever_dress(name):
    rows, meant = [row for _, row in look(LISTS / name).rows], nominations(district_of(LISTS / name))
    assert [bones(row[PRODUCT]) for row in rows] == [bones(row[PRODUCT]) for row in meant]
    for row, told in zip(rows, meant, strict=True):
        assert bones(row[NAME]) in ("", "同上", bones(told[NAME]))
        for label in STANDARDS:
            assert sorted(bones(row[label]).translate(NUMBERED)) == sorted(bones(told[label]).translate(NUMBERED))
        assert bones(row[PLAN]).strip("无") == bones(told[PLAN])
        assert (row[SUPPORT] not in (None, "", "否", "不需要")) is (told[SUPPORT] == "是")


NUMBERED = str.maketrans("", "", "123①②③")
"""Running numbers of standards in a cell."""


@pytest.mark.parametrize("name", SENT + SPARE)
def test_a_list_has_the_layout_of_the_second_annex(name):
    seen = look(LISTS / name)
    whole = "".join(text.replace("\n", "") for text in seen.texts)
    assert "附件2" in whole
    assert re.search("宁波市20(20|19)年参加对标达标提升专项行动企业名单", whole)
    assert set(LABELS) <= set(seen.labels)
    assert ("注：1、“平台现有技术方案编号”" in whole) is (
        name != "10-象山.xlsx"
    )  # a fresh sheet came back of the letter


@pytest.mark.parametrize("name", SENT)
def test_a_list_has_the_messes_that_the_table_says(name):
    assert messes_in(LISTS / name) == said_in_readme()[name]


def test_the_lists_have_most_of_the_messes_and_the_supplementary_ones_hardly_any():
    assert len(set().union(*(messes_in(LISTS / name) for name in LISTED))) >= 24
    assert len(set().union(*(messes_in(LISTS / name) for name in SENT))) >= 30
    assert all(messes_in(LISTS / name) <= {23} for name in SPARE)


def test_the_standards_of_the_tables_are_written_as_the_plan_writes_them():
    for row in nominations():
        for label in STANDARDS:
            assert all(STANDARD.fullmatch(standard) for standard in row[label].split("；")), row[label]
        assert row[STANDARDS[0]] != row[STANDARDS[1]]
        assert re.fullmatch(r"(FA-20\d\d-\d{4}|\d{8})?", row[PLAN])
        assert row[SUPPORT] in ("", "是")
        assert not (row[PLAN] and row[SUPPORT])
        assert "、" not in row[PRODUCT]


@pytest.mark.parametrize(("name", "marked"), [("08-余姚.xlsx", 7), ("10-象山.xlsx", 2)])
def test_a_corrected_list_is_the_annotated_sheet_with_our_sheet_and_comments_still_in_it(name, marked):
    book = openpyxl.load_workbook(LISTS / name)
    assert book.sheetnames[-1] == "核对结果"
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line if cell.comment]
    assert len(cells) == marked
    assert all("〔以上由系统核对" in cell.comment.text for cell in cells)
    assert not look(LISTS / name).struck
    returned = EXAMPLE / "sources" / "returned" / f"{district_of(LISTS / name)}_附件2_核对结果.xlsx"
    assert book.worksheets[1]["A1"].value == openpyxl.load_workbook(returned).worksheets[1]["A1"].value


def test_what_was_wrong_in_the_two_refused_lists_is_wrong_in_the_files():
    yuyao, xiangshan = (look(LISTS / name) for name in REFUSED)
    assert "2019年" in yuyao.title
    assert "待定" in yuyao.column(PRODUCT)
    assert any("-20111" in text for text in yuyao.column(STANDARDS[0]))
    assert yuyao.struck
    assert {"B7", "G11"} == set(yuyao.formulas)
    assert "宁海" in xiangshan.unit
    assert "待商议" in xiangshan.column(SUPPORT)
    assert "#N/A" in xiangshan.column(STANDARDS[0])
    assert xiangshan.column(PRODUCT).count("三相异步电动机") == 2


def test_most_districts_report_in_time_and_three_are_late():
    days = {line["district"]: date.fromisoformat(line["reported_on"]) for line in table_of("sources/districts.csv")}
    for district, reported_on in days.items():
        assert reported_on.weekday() < 5
        assert reported_on == LATE[district] if district in LATE else reported_on <= date(2020, 6, 5)
    for name in LISTED:
        digits = [int(number) for number in re.findall(r"\d+", unicodedata.normalize("NFKC", look(LISTS / name).dated))]
        day = days[district_of(LISTS / name)]
        assert digits[:3] in ([2020, day.month, day.day], [int(f"{day:%Y%m%d}")], [2020]), name


def test_some_enterprises_bring_existing_plans_only_some_both_kinds_and_a_dozen_two_products():
    plans: dict[str, list[str]] = {}
    for row in nominations():
        plans.setdefault(row[NAME], []).append(row[PLAN])
    assert Counter(len(own) for own in plans.values()) == {1: 108, 2: 12}
    assert sum(bool(plan) for own in plans.values() for plan in own) == 30
    assert sum(all(own) for own in plans.values()) == 22
    assert sum(any(own) and not all(own) for own in plans.values()) == 6
    assert sum(row[SUPPORT] == "是" for row in nominations()) == 26


def test_every_product_has_an_existing_plan_of_its_own():
    plans = [line["existing_plan_no"] for line in table_of("sources/products.csv") if line["existing_plan_no"]]
    assert len(plans) == len(set(plans))


def test_the_table_of_enterprises_covers_exactly_the_lists_and_all_nine_clusters():
    table = table_of("enterprises.csv")
    listed = {(line["district"], line["name"]) for line in table_of("sources/nominations.csv")}
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
        ((_, row),) = look(EXAMPLE / line["list_file"]).rows
        assert row[NAME] == line["name"]
        assert row[PRODUCT] == line["product"]
        assert row[STANDARDS[0]] == line["implemented_standards"]
        assert row[STANDARDS[1]] == line["benchmark_standards"]
        assert (row[PLAN] or "") == line["existing_plan_no"]
        assert date(2020, 6, 5) < date.fromisoformat(line["reported_on"]) < date(2020, 10, 31)


def test_no_file_tells_when_or_where_it_was_written():
    for name in SENT + SPARE:
        if name.endswith(".xls"):
            continue
        with zipfile.ZipFile(LISTS / name) as archive:
            assert {member.date_time[0] for member in archive.infolist()} == {2020}
            assert re.search(rb"<dcterms:modified[^>]*>2020-", archive.read("docProps/core.xml"))


def checked(code: str) -> bool:
    """Both check sums, each with its check character inside, come out at zero."""
    body = [int(char, 36) for char in code[8:17]]
    inner = 10 if code[16] == "X" else body[8]
    values = ["0123456789ABCDEFGHJKLMNPQRTUWXY".index(char) for char in code]
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
    eleven = sum(value * weight for value, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=False)) + inner
    return eleven % 11 == 0 and sum(value * weight for value, weight in zip(values, weights, strict=True)) % 31 == 0
