"""Messes laid at random on a clean list: the answer is the union of their codes, the other rows are untouched."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from roster_files import (
    BENCHMARK,
    HEADER,
    IMPLEMENTED,
    NAME,
    NOTES,
    PLAN,
    PRODUCT,
    SEQ,
    SUPPORT,
    TITLE,
    UNIT,
    ListFile,
    clean_rows,
    expecting,
    file_codes,
    read,
    row_faults,
    without,
)

from workflows.benchmarking.roster.reading import read_roster

COUNT = 12


@dataclass(frozen=True)
class RowMess:
    """What is done to a row, and what is said about it: field and code of each fault."""

    name: str
    lay: Callable[[ListFile, int], None]
    faults: tuple[tuple[str | None, str], ...] = ()


@dataclass(frozen=True)
class FileMess:
    """What is done to the whole file, and which codes it earns."""

    name: str
    lay: Callable[[ListFile], None]
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def says(column: int, value: Any, *faults: tuple[str | None, str], name: str = "") -> RowMess:
    def lay(sent: ListFile, index: int) -> None:
        sent.rows[index][column] = value

    return RowMess(name or f"{column}:{value}", lay, faults)


def edits(name: str, edit: Callable[[Any, int], None], *faults: tuple[str | None, str]) -> RowMess:
    """An edit of the written sheet; it is told the row's number in the file."""

    def lay(sent: ListFile, index: int) -> None:
        sent.edits.append(lambda sheet: edit(sheet, sent.row(index)))

    return RowMess(name, lay, faults)


def bare(sent: ListFile, index: int) -> None:
    sent.rows[index][BENCHMARK] = "无"
    sent.rows[index][PLAN] = None


def twice(sent: ListFile, index: int) -> None:
    sent.rows[index][NAME] = f" {sent.rows[index][NAME]}"
    sent.rows[index][SUPPORT] = "√" if sent.rows[index][PLAN] is None else None


ROW_MESSES = [
    says(SEQ, "一"),
    says(SEQ, None),
    says(SEQ, "=ROW()"),
    says(NAME, None, ("enterprise_name", "ENTERPRISE_NAME_MISSING")),
    says(NAME, "同上", ("enterprise_name", "DITTO_RESOLVED")),
    says(NAME, "=B5", ("enterprise_name", "FORMULA_WITHOUT_VALUE")),
    says(NAME, "宁波样例(海曙)＆电器公司 "),
    says(PRODUCT, "—", ("product_name", "PRODUCT_NAME_MISSING")),
    says(PRODUCT, "电饭锅\n电压力锅", ("product_name", "MULTIPLE_PRODUCTS_IN_CELL")),
    says(PRODUCT, "#N/A", ("product_name", "CELL_ERROR")),
    says(IMPLEMENTED, "暂无", ("implemented_standards", "IMPLEMENTED_STANDARD_MISSING")),
    says(IMPLEMENTED, "GB/T 1234-207", ("implemented_standards", "STANDARD_NUMBER_INVALID")),
    says(IMPLEMENTED, "①ＧＢ ４７０６．１－２００５②GB/T5782.2016"),
    says(IMPLEMENTED, "GB/T 17713", ("implemented_standards", "STANDARD_UNDATED")),
    says(BENCHMARK, "〃", ("benchmark_standards", "DITTO_RESOLVED")),
    says(BENCHMARK, "按客户要求", ("benchmark_standards", "STANDARD_NUMBER_INVALID")),
    says(PLAN, 1234567890123456, ("existing_plan_no", "PLAN_NUMBER_DIGITS_LOST")),
    says(SUPPORT, "待商议", ("plan_support_needed", "SUPPORT_FLAG_INVALID")),
    RowMess("no benchmark", bare, (("benchmark_standards", "BENCHMARK_STANDARD_MISSING"),)),
    RowMess("spaces and a tick", twice),
    edits(
        "hidden row",
        lambda sheet, row: setattr(sheet.row_dimensions[row], "hidden", True),
        (None, "HIDDEN_ROW"),
    ),
    edits(
        "struck through",
        lambda sheet, row: setattr(sheet.cell(row, 3), "font", Font(strike=True)),
        ("product_name", "STRUCK_THROUGH"),
    ),
]


def widen(sent: ListFile) -> None:
    for row in (*sent.header, *sent.rows):
        row.extend([None] * (7 - len(row)))
        row.append("备注" if row is sent.header[0] else "样例")


def add_lines(sent: ListFile) -> None:
    sent.above[0:0] = [["宁波市海曙区"], []]


FILE_MESSES = [
    FileMess("lines above", add_lines),
    FileMess("title with a break", lambda sent: sent.above.__setitem__(-2, [TITLE.replace("专项", "\n专项")])),
    FileMess(
        "another year", lambda sent: sent.above.__setitem__(-2, [TITLE.replace("2020", "2021")]), ("YEAR_MISMATCH",)
    ),
    FileMess("unit for short", lambda sent: sent.above[-1].__setitem__(0, "填报单位：海曙")),
    FileMess(
        "no unit", lambda sent: sent.above[-1].__setitem__(0, "填报单位：     市场监管局"), ("REPORTING_UNIT_MISSING",)
    ),
    FileMess("no date", lambda sent: sent.above[-1].__setitem__(4, None), (), ("REPORTING_DATE_MISSING",)),
    FileMess("labels with spaces", lambda sent: sent.header.__setitem__(0, [" ".join(one) for one in HEADER])),
    FileMess("an extra column", widen, (), ("UNKNOWN_COLUMNS_IGNORED",)),
    FileMess("a total", lambda sent: sent.below.insert(0, ["合计", "3333家"]), (), ("TOTAL_DIFFERS",)),
    FileMess("signatures", lambda sent: sent.below.append(["填表人：样例", None, "审核人：样例"])),
    FileMess("no notes", lambda sent: setattr(sent, "below", [])),
]
# Two messes of the same place cannot be laid together.
SAME_PLACE = [
    {"title with a break", "another year"},
    {"unit for short", "no unit"},
    {"a total", "signatures", "no notes"},
]


@st.composite
def laid(draw: st.DrawFn) -> tuple[list[tuple[int, RowMess]], list[FileMess]]:
    # The first row has nothing above it to be like, so it stays clean, and so does the row above every mess.
    indexes = draw(st.lists(st.sampled_from(range(2, COUNT, 2)), min_size=2, max_size=5, unique=True))
    rows = [(index, draw(st.sampled_from(ROW_MESSES))) for index in indexes]
    files = draw(st.lists(st.sampled_from(FILE_MESSES), min_size=1, max_size=4, unique_by=lambda one: one.name))
    names = {one.name for one in files}
    return rows, [
        one for one in files if not any(one.name in group and min(group & names) != one.name for group in SAME_PLACE)
    ]


# The numbers of a list of which some are left out or names repeated no longer count its enterprises.
COUNTED = "ENTERPRISE_COUNT_DIFFERS_FROM_SEQUENCE"


@settings(max_examples=120, deadline=None)
@given(laid())
def test_messes_together_earn_what_each_earns_alone(chosen: tuple[list[tuple[int, RowMess]], list[FileMess]]) -> None:
    rows, files = chosen
    sent = ListFile(rows=clean_rows(COUNT))
    for mess in files:
        mess.lay(sent)
    for index, mess in rows:
        mess.lay(sent, index)
    report = read(sent.xlsx())
    expected = Counter((sent.row(index), *fault) for index, mess in rows for fault in mess.faults)
    assert Counter(row_faults(report)) == expected
    errors, warnings = file_codes(report)
    assert Counter(errors) == Counter(code for mess in files for code in mess.errors)
    assert Counter(code for code in warnings if code != COUNTED) == Counter(c for mess in files for c in mess.warnings)
    clean = ListFile(rows=clean_rows(COUNT))
    shift = sent.row(0) - clean.row(0)
    touched = {sent.row(index) for index, _ in rows}
    untouched = without(read(clean.xlsx()), {row - shift for row in touched})
    assert without(report, touched) == [row | {"row": row["row"] + shift} for row in untouched]


@pytest.mark.parametrize("mess", ROW_MESSES, ids=lambda mess: mess.name)
def test_each_mess_alone_earns_its_codes(mess: RowMess) -> None:
    for write in ("xlsx", "xls"):
        if write == "xls" and mess.name in {
            "hidden row",
            "struck through",
            f"{NAME}:=B5",
            f"{PRODUCT}:#N/A",
            f"{SEQ}:=ROW()",
        }:
            continue
        sent = ListFile(rows=clean_rows(COUNT))
        mess.lay(sent, 4)
        report = read(getattr(sent, write)(), filename=f"名单.{write}")
        assert row_faults(report) == [(sent.row(4), *fault) for fault in mess.faults]


@pytest.mark.parametrize("mess", FILE_MESSES, ids=lambda mess: mess.name)
def test_each_mess_of_the_file_alone_earns_its_codes(mess: FileMess) -> None:
    sent = ListFile(rows=clean_rows(COUNT))
    mess.lay(sent)
    report = read(sent.xlsx())
    assert file_codes(report) == (list(mess.errors), list(mess.warnings))
    assert row_faults(report) == []
    assert len(report.rows) == COUNT


def test_a_list_with_twenty_messes_is_still_one_answer() -> None:
    sent = ListFile(rows=clean_rows(2 * len(ROW_MESSES) + 2), below=[["合计", "8家"], *NOTES])
    sent.above = [["附件2"], [TITLE.replace("2020", "２０２０")], [UNIT, None, "填报日期：2020.5.28"]]
    expected = []
    for number, mess in enumerate(ROW_MESSES):
        mess.lay(sent, 2 * number + 2)
        expected += [(sent.row(2 * number + 2), *fault) for fault in mess.faults]
    report = read_roster(sent.xlsx(), filename="名单.xlsx", expectation=expecting())
    assert sorted(map(str, row_faults(report))) == sorted(map(str, expected))
    assert report.as_json()["counts"]["rejected"] == sum(bool(row.errors) for row in report.rows)
