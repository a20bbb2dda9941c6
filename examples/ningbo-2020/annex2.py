"""The layout of the plan's Annex 2, as it stands before it becomes a file."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Literal

Part = Literal["above", "header", "body", "below"]
Line = list[Any]

TITLE = ("宁波市2020年参加对标达标提升", "专项行动企业名单")
LABELS = (
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有\n技术方案编号",
    "另行制定技术方案\n技术支持需求",
)
NOTES = (
    "注：1、“平台现有技术方案编号”：填写准备直接使用的平台现有技术方案的编号。",
    "2、“另行制定技术方案技术支持需求”：另行制定技术方案时若需要技术支持的填“是”。",
)
WIDTHS_MM = (10, 42, 30, 56, 58, 32, 39)  # together the text area of a landscape A4 page
CENTRED = (0, 5, 6)
SEQ, NAME, PRODUCT, IMPLEMENTED, BENCHMARK, PLAN, SUPPORT = range(7)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: a product of an enterprise; the standards of a cell stand one by one."""

    seq: int
    name: str
    product: str
    implemented: tuple[str, ...]
    benchmark: tuple[str, ...]
    existing_plan_no: str
    support: str


@dataclass(frozen=True, slots=True)
class NominationList:
    """What a district sends in: who reports, on which day, and the rows."""

    reporting_unit: str
    reported_on: date
    rows: tuple[ListRow, ...]

    @property
    def day_in_words(self) -> str:
        return f"{self.reported_on.year}年{self.reported_on.month}月{self.reported_on.day}日"


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells of a part joined into one, counted from 0 inside the part."""

    part: Part
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Draft:
    """A list on the desk of whoever fills it in; `rows` stays what is meant, everything else is how it looks."""

    sent: NominationList
    document: bool
    above: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column of the body; {row} is the row of the sheet. The cell's value is what it shows."""
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    sheets_before: list[tuple[str, list[Line]]] = field(default_factory=list)
    sheets_behind: list[tuple[str, list[Line]]] = field(default_factory=list)
    letter: list[str] = field(default_factory=list)
    small_table: list[Line] = field(default_factory=list)
    cut_before: int | None = None
    """The row of the body at which a document's table begins anew, with its header."""

    @property
    def rows(self) -> tuple[ListRow, ...]:
        return self.sent.rows

    def row(self, product: str, name: str = "") -> int:
        """The row of the body about a product; `name` where two enterprises bring it."""
        return next(n for n, row in enumerate(self.rows) if row.product == product and name in row.name)


def clean(sent: NominationList, *, document: bool) -> Draft:
    """The list as the plan prints it."""
    draft = Draft(sent, document, header=[list(LABELS)], below=[[note] for note in NOTES])
    unit, dated = f"填报单位：{sent.reporting_unit}", f"填报日期：{sent.day_in_words}"
    if document:
        draft.above = [["附件2："], *([line] for line in TITLE), [f"{unit}           {dated}"]]
    else:
        draft.above = [["附件2"], ["".join(TITLE)], [unit, "", "", "", dated]]
        draft.merges = [Merge("above", 0, 0, 0, 6), Merge("above", 1, 0, 1, 6)]
        draft.merges += [Merge("above", 2, 0, 2, 3), Merge("above", 2, 4, 2, 6)]
        draft.merges += [Merge("below", number, 0, number, 6) for number in range(len(NOTES))]
    between = "\n" if document else "；"
    for row in sent.rows:
        standards = between.join(row.implemented), between.join(row.benchmark)
        draft.body.append([row.seq, row.name, row.product, *standards, row.existing_plan_no, row.support])
    if document:
        merge_enterprises(draft)
    return draft


def merge_enterprises(draft: Draft) -> None:
    """Number and name of an enterprise once, merged down over its products."""
    first = 0
    for _, own in groupby(draft.rows, key=lambda row: row.name):
        last = first + len(list(own)) - 1
        if last > first:
            draft.merges += [Merge("body", first, column, last, column) for column in (SEQ, NAME)]
            for line in draft.body[first + 1 : last + 1]:
                line[SEQ] = line[NAME] = ""
        first = last + 1
