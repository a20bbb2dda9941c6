"""Lists as districts send them, written with the libraries and with bare zip edits; no code of the reader."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import docx
import openpyxl
import xlwt

from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report

TITLE = "宁波市2020年参加对标达标提升专项行动企业名单"
UNIT, DATE = "填报单位：海曙区市场监管局", "填报日期：2020年5月28日"
HEADER = [
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有\n技术方案编号",
    "另行制定技术方案\n技术支持需求",
]
NOTES = [
    ["注：1、“平台现有技术方案编号”：填写准备直接使用的平台现有技术方案的编号。"],
    ["2、“另行制定技术方案技术支持需求”：另行制定技术方案时若需要技术支持的填“是”。"],
]
SEQ, NAME, PRODUCT, IMPLEMENTED, BENCHMARK, PLAN, SUPPORT = range(7)
FIRST_ROW = 5
DISTRICTS = (
    DistrictName("330203", "海曙", ("海曙区",)),
    DistrictName("330282", "慈溪", ("慈溪市",)),
    DistrictName("330281", "余姚", ("余姚市",)),
    DistrictName("330226", "宁海", ("宁海县",)),
    DistrictName("gx", "高新区", ("宁波国家高新区", "国家高新区", "宁波高新区")),
    DistrictName("hzw", "杭州湾", ("杭州湾新区", "宁波杭州湾新区")),
    DistrictName("hzw", "前湾新区", ("宁波前湾新区",), valid_from=date(2021, 1, 1)),
)


def clean_rows(count: int = 8) -> list[list[Any]]:
    """Rows without a fault, every enterprise and product its own."""
    return [
        [
            number,
            f"宁波海曙样例第{number}号电器有限公司",
            f"测试器具{number}型",
            f"GB/T {22000 + number}-2014《测试器具{number}型》",
            f"ISO {9100 + number}:2015《测试器具》",
            f"FA-2019-{number:04d}" if number % 2 else None,
            None if number % 2 else "是",
        ]
        for number in range(1, count + 1)
    ]


@dataclass
class ListFile:
    """A list that can be bent in every way before it is written."""

    above: list[list[Any]] = field(default_factory=lambda: [["附件2："], [TITLE], [UNIT, *[None] * 3, DATE]])
    header: list[list[Any]] = field(default_factory=lambda: [list(HEADER)])
    rows: list[list[Any]] = field(default_factory=clean_rows)
    below: list[list[Any]] = field(default_factory=lambda: [[], *NOTES])
    sheet: str = "附件2"
    edits: list[Callable[[Any], None]] = field(default_factory=list)

    def row(self, index: int) -> int:
        """The number in the file of the row that stands at this index."""
        return len(self.above) + len(self.header) + index + 1

    def workbook(self) -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.sheet
        for number, row in enumerate([*self.above, *self.header, *self.rows, *self.below], 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
        for edit in self.edits:
            edit(sheet)
        return book

    def xlsx(self) -> bytes:
        return saved(self.workbook())

    def xls(self) -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet(self.sheet)
        for number, row in enumerate([*self.above, *self.header, *self.rows, *self.below]):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        for edit in self.edits:
            edit(sheet)
        return saved(book)

    def docx(self) -> bytes:
        document = docx.Document()
        for line in self.above:
            document.add_paragraph("        ".join(str(value) for value in line if value is not None))
        add_table(document, [*self.header, *self.rows])
        for edit in self.edits:
            edit(document)
        for line in self.below:
            document.add_paragraph("".join(map(str, line)))
        return saved(document)


def add_table(document: Any, rows: list[list[Any]]) -> Any:
    """A table with these rows; a line break in a value begins a new paragraph."""
    table = document.add_table(rows=len(rows), cols=len(HEADER))
    for row, cells in zip(rows, table.rows, strict=True):
        for value, cell in zip(row, cells.cells, strict=False):
            first, *others = str("" if value is None else value).split("\n")
            cell.paragraphs[0].add_run(first)
            for other in others:
                cell.add_paragraph(other)
    return table


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def edited(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with one part changed in its bytes."""
    parts = parts_of(content)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


def expecting(**changes: Any) -> Expectation:
    """What the campaign of the tests expects; the sender's unit is not known from a login."""
    given: dict[str, Any] = {"campaign_year": 2020, "today": date(2020, 6, 5), "districts": DISTRICTS}
    return Expectation(**(given | changes))


def read(content: bytes, *, filename: str = "名单.xlsx", **changes: Any) -> Report:
    return read_roster(content, filename=filename, expectation=expecting(**changes))


def row_faults(report: Report) -> list[tuple[int, str | None, str]]:
    """Row, field and code of every fault of a row, errors and warnings."""
    return [(row.row, fault.name, fault.code) for row in report.rows for fault in (*row.errors, *row.warnings)]


def file_codes(report: Report) -> tuple[list[str], list[str]]:
    """The codes of the file's errors and warnings."""
    return [fault.code for fault in report.file_errors], [fault.code for fault in report.file_warnings]


def values(report: Report, *names: str) -> list[Any]:
    """The values of these fields, row by row; of standards the numbers."""
    found = [[_bare(row.values[name]) for name in names] for row in report.rows]
    return [row[0] for row in found] if len(names) == 1 else found


def _bare(value: Any) -> Any:
    return [one.number for one in value] if isinstance(value, tuple) else value


def assert_survives(report: Report, *, rows: int = 8) -> None:
    """Taken without a word."""
    assert file_codes(report) == ([], [])
    assert row_faults(report) == []
    assert len(report.rows) == rows
    assert report.clean


def whys(report: Report) -> list[tuple[int, str]]:
    return [(row.row + 1, row.why) for row in report.ignored]


def without(report: Report, rows: Iterable[int]) -> list[Any]:
    """What the other rows say, for comparing with a clean list."""
    left_out = set(rows)
    return [
        {name: _bare(value) for name, value in row.values.items()} | {"status": row.status, "row": row.row}
        for row in report.rows
        if row.row not in left_out
    ]
