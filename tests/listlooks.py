"""What is in an example list, looked at with the libraries that wrote it, and which messes it shows by number."""

import csv
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlrd

EXAMPLE = Path(__file__).parents[1] / "examples" / "ningbo-2020"
LABELS = [
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有技术方案编号",
    "另行制定技术方案技术支持需求",
]
WORDS = ("序", "企业", "产品", "执行标准", "比对标准", "方案编号", "支持需求")
"""A piece of each label that is in none of the others."""
STANDARDS = ("执行标准号、名称", "比对标准号、名称")
SEQ, NAME, PRODUCT, PLAN, SUPPORT = LABELS[0], LABELS[1], LABELS[2], LABELS[5], LABELS[6]
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ／－]")
INVISIBLE = re.compile("[\u200b\u00a0\ufeff]|_x000D_")
OTHER_PLAN_WORDS = ("无", "/", "—", "待定")


@dataclass(frozen=True)
class Look:
    """A list as it lies there: lines above, header, rows by label (with the row's number), lines below."""

    path: Path
    sheets: list[str]
    above: list[list[Any]]
    header: list[list[str]]
    labels: list[str]
    rows: list[tuple[int, dict[str, Any]]]
    other: list[list[Any]]
    merges: list[tuple[int, int, int, int]]
    """Top, left, bottom, right, counted from 0 in the sheet; for a document in its table."""
    hidden: list[int]
    struck: bool
    formulas: list[str]

    @property
    def texts(self) -> list[str]:
        return [str(value) for line in (*self.above, *self.other) for value in line if value not in (None, "")]

    @property
    def title(self) -> str:
        return next(text for text in self.texts if "年参加对标达标提升" in text)

    @property
    def reporting(self) -> str:
        line = next(line for line in self.above if "填报单位" in str(line[0]))
        return "".join(str(value) for value in line if value is not None)

    @property
    def unit(self) -> str:
        found = re.search(r"填报单位：(\s*\S+)", self.reporting)
        assert found
        return found[1].partition("填报日期")[0]

    @property
    def dated(self) -> str:
        found = re.search(r"填报日期：(.*)", self.reporting)
        assert found
        return found[1].strip()

    def column(self, label: str) -> list[str]:
        return ["" if row[label] is None else str(row[label]) for _, row in self.rows]


@cache
def look(path: Path) -> Look:
    """Everything in the file that bears on its messes."""
    if path.suffix == ".docx":
        return _document(path)
    return _old_workbook(path) if path.suffix == ".xls" else _workbook(path)


def squeezed(value: Any) -> str:
    return re.sub(r"\s", "", "" if value is None else str(value))


def district_of(path: Path) -> str:
    return path.stem.split("-")[1]


@cache
def reporting_units() -> Mapping[str, str]:
    with (EXAMPLE / "sources" / "districts.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["district"]: line["reporting_unit"] for line in csv.DictReader(file)}


def messes_in(path: Path) -> set[int]:
    """The numbers of the messes that the file shows."""
    seen = look(path)
    return {number for number, shows in SHOWS.items() if shows(seen)}


def _workbook(path: Path) -> Look:
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sheet = next(one for one in book.worksheets if one.title in ("附件2", "名单"))
    lines = [list(line) for line in values[sheet.title].iter_rows(values_only=True)]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    return _look(
        path,
        [lines],
        sheets=book.sheetnames,
        merges=[(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells],
        hidden=[row - 1 for row, shape in sheet.row_dimensions.items() if shape.hidden],
        struck=any(cell.font.strike for cell in cells),
        formulas=[cell.coordinate for cell in cells if cell.data_type == "f"],
    )


def _old_workbook(path: Path) -> Look:
    book = xlrd.open_workbook(path, formatting_info=True)
    (sheet,) = book.sheets()
    merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    lines = [sheet.row_values(row) for row in range(sheet.nrows)]
    return _look(path, [lines], sheets=book.sheet_names(), merges=merges)


def _document(path: Path) -> Look:
    document = docx.Document(str(path))
    around = [[paragraph.text] for paragraph in document.paragraphs]
    tables = [_table(table) for table in document.tables]
    lists = [lines for lines, _ in tables if "企业名称" in lines[0]]
    small = [line for lines, _ in tables if "企业名称" not in lines[0] for line in lines]
    merges = [merge for lines, found in tables if "企业名称" in lines[0] for merge in found]
    return _look(path, lists, around=[*around, *small], merges=merges)


def _table(table: Any) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    lines, merges = [], []
    for number, row in enumerate(table.rows):
        above = table.rows[number - 1].cells if number else []
        same = [bool(above) and cell._tc is above[place]._tc for place, cell in enumerate(row.cells)]
        lines.append([None if same[place] else cell.text for place, cell in enumerate(row.cells)])
        merges += [(number - 1, place, number, place) for place, merged in enumerate(same) if merged]
    return lines, merges


def _look(path: Path, tables: list[list[list[Any]]], *, around: list[list[Any]] | None = None, **more: Any) -> Look:
    at = next(n for n, line in enumerate(tables[0]) if any("企业名称" in squeezed(value) for value in line))
    rows_of_header = 2 if any(squeezed(value) == "号、名称" for value in tables[0][at + 1]) else 1
    header = [["" if value is None else str(value) for value in line] for line in tables[0][at : at + rows_of_header]]
    named = ["".join(squeezed(part) for part in column) for column in zip(*header, strict=True)]
    labels = [next((label for label, word in zip(LABELS, WORDS, strict=True) if word in one), one) for one in named]
    width = len(labels)
    body = [(at, line) for lines in tables for at, line in enumerate(lines)][at + rows_of_header :]
    rows, other = [], []
    for number, line in body:
        told = dict(zip(labels, line[:width], strict=True))
        is_row = told[PRODUCT] not in (None, "") and squeezed(told[PRODUCT]) != PRODUCT
        if is_row and not str(line[0]).startswith(("合计", "注", "2、")):
            rows.append((number, told))
        else:
            other.append(list(line))
    above = around if around is not None else tables[0][:at]
    shape: dict[str, Any] = {"sheets": [], "merges": [], "hidden": [], "struck": False, "formulas": []} | more
    return Look(path, above=above, header=header, labels=labels, rows=rows, other=other, **shape)


def _names_merged(seen: Look) -> bool:
    place = seen.labels.index(NAME)
    numbers = {number for number, _ in seen.rows}
    down = [(top, bottom) for top, left, bottom, right in seen.merges if top < bottom and left <= place <= right]
    return any({top, bottom} <= numbers for top, bottom in down)


def _continued(seen: Look) -> bool:
    covered = {row for top, _, bottom, _ in seen.merges for row in range(top, bottom + 1)}
    return any(row[SEQ] in (None, "") and row[NAME] in (None, "") and n not in covered for n, row in seen.rows)


def _spelt_twice(seen: Look) -> bool:
    names = {name for name in seen.column(NAME) if name}
    entries = [(row[NAME], row[PRODUCT]) for _, row in seen.rows if row[NAME]]
    return len({squeezed(name) for name in names}) < len(names) or len(set(entries)) < len(entries)


def _filler_inside(seen: Look) -> bool:
    numbers = [number for number, _ in seen.rows]
    return seen.path.suffix != ".docx" and numbers[-1] - numbers[0] + 1 > len(numbers)


def _any(seen: Look, labels: tuple[str, ...], test: Callable[[str], object]) -> bool:
    return any(test(text) for label in labels for text in seen.column(label))


def _has_macros(seen: Look) -> bool:
    return zipfile.is_zipfile(seen.path) and "xl/vbaProject.bin" in zipfile.ZipFile(seen.path).namelist()


SHOWS: dict[int, Callable[[Look], bool]] = {
    1: lambda seen: seen.texts[0] == "附件2：" and not any(seen.above[1]),
    2: lambda seen: "\n" in seen.title or "2020年" not in seen.title,
    3: lambda seen: bool(re.search(r"填报单位：\S+ {20,}填报日期", seen.reporting)),
    4: lambda seen: district_of(seen.path) in seen.unit and seen.unit != reporting_units()[district_of(seen.path)],
    5: lambda seen: seen.unit.strip() == "市场监管局",
    6: lambda seen: any(name in seen.unit for name in reporting_units() if name != district_of(seen.path)),
    7: lambda seen: not re.fullmatch(r"2020年\d{1,2}月\d{1,2}日", seen.dated),
    8: lambda seen: len(seen.header) > 1,
    9: lambda seen: any(re.search(r"\S\s+\S", label) for label in seen.header[0][:5]),
    10: lambda seen: seen.labels != LABELS,
    12: lambda seen: len(seen.sheets) > 1,
    13: _names_merged,
    14: _continued,
    15: _filler_inside,
    16: lambda seen: any(text.startswith("合计") for text in seen.texts),
    17: lambda seen: any(text.startswith("填表人") for text in seen.texts),
    18: lambda seen: bool(FULL_WIDTH.search(seen.dated)) or _any(seen, tuple(LABELS), _is_of_the_other_width),
    19: _spelt_twice,
    20: lambda seen: _any(seen, (NAME, PRODUCT), re.compile("[一-龥] [一-龥]").search),
    21: lambda seen: _any(seen, tuple(LABELS), INVISIBLE.search),
    22: lambda seen: _any(seen, (SEQ,), lambda text: text and not (text.isascii() and text.isdecimal())),
    23: lambda seen: _any(seen, STANDARDS, lambda text: text.count("》") > 1),
    24: lambda seen: _any(
        seen, STANDARDS, lambda text: text[:1] == "《" or "《《" in text or not re.search("[《#]", text)
    ),
    25: lambda seen: _any(seen, tuple(LABELS), lambda text: text in ("同上", "〃")),
    26: lambda seen: _any(seen, (PRODUCT, PLAN), lambda text: text in OTHER_PLAN_WORDS),
    27: lambda seen: any(isinstance(row[PLAN], int) for _, row in seen.rows),
    28: lambda seen: _any(seen, (SUPPORT,), lambda text: text not in ("", "是")),
    30: lambda seen: bool(seen.hidden) or seen.struck,
    32: lambda seen: bool(seen.formulas) or _any(seen, tuple(LABELS), lambda text: text.startswith("#")),
    34: lambda seen: seen.path.read_bytes().startswith(b"\xd0\xcf\x11\xe0"),
    35: _has_macros,
    36: lambda seen: seen.path.suffix == ".docx",
}
"""By number: what is to be seen in a file that has this mess."""


def _is_of_the_other_width(text: str) -> bool:
    return bool(FULL_WIDTH.search(text)) or bool(re.search(r"\([一-龥]", text))
