"""The 公示名单 of a batch: a notice with its list attached as an official paper, and the list alone as a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from engine.briefing import Paper
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.overview import LINE
from workflows.benchmarking.annexes.overview import MEDIA_TYPE as SHEET_TYPE
from workflows.benchmarking.annexes.typeface import BODY_FONT, DRAFT, HEAD_FONT, MEDIA_TYPE, SMALL_SIZE
from workflows.benchmarking.roster.books import new_book

if TYPE_CHECKING:
    from workflows.benchmarking.annexes.official import OfficialPaper

HEADS: Final = ("序号", "区（县）市", "企业名称", "产品名称", "执行标准", "比对标准")
WIDTHS: Final = (10, 22, 36, 22, 38, 28)
"""Millimetres on paper."""

COLUMNS: Final = (6, 12, 36, 26, 34, 34)
"""Signs on a sheet."""


LONGEST_LINE: Final = 20
"""Signs of a title that fit into one line."""


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A row of the list; standards one a line, as an official paper writes them."""

    district: str
    enterprise: str
    product: str
    implemented: Sequence[str]
    benchmarks: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityFacts:
    """What the papers of a batch say; `final` is set once a second person has confirmed it."""

    label: str
    title: str
    document_no: str | None
    office: str
    plan_title: str
    starts_on: date | None
    ends_on: date | None
    workdays: int
    on: date
    final: bool
    rows: Sequence[ListedProduct]

    @property
    def shown(self) -> str:
        """公示 where objections are still heard, otherwise 公布."""
        return "公示" if self.starts_on else "公布"


def write_publicity(facts: PublicityFacts) -> Paper:
    """The notice and its attachment as a .docx; seal and signature are left to whoever signs it."""
    from workflows.benchmarking.annexes.official import OfficialPaper

    paper = OfficialPaper(facts.title, facts.on, mark="" if facts.final else DRAFT)
    paper.title(*_title(facts))
    paper.body(_opening(facts))
    if facts.starts_on and facts.ends_on:
        paper.body(_days(facts))
        paper.body(
            f"公示期内，如有异议，请以书面形式向{facts.office}反映，并写明事实依据、联系人和联系方式。"
            "逾期或者没有具体事实依据的，不予受理。"
        )
    paper.note(f"附件：{facts.title}（{facts.label}）")
    paper.signature(facts.office, f"{facts.on.year}年　月　日")
    paper.attachment("附件", *_in_parts(facts.title))
    _write_list(paper, facts)
    return Paper(f"{_file_name(facts)}.docx", MEDIA_TYPE, paper.content())


def write_publicity_sheet(facts: PublicityFacts) -> Paper:
    """The list as a sheet, ready to be printed and to be sent on."""
    stream = BytesIO()
    book = new_book(stream)
    book.set_properties({"title": facts.title, "author": facts.office})
    sheet = book.add_worksheet("公示名单")
    plain = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
    title = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
    note = book.add_format({"font_name": "宋体", "font_size": 10})
    head = book.add_format({**plain, "font_name": "黑体", "align": "center", "bg_color": "#D9E1F2"})
    text, centred = book.add_format(plain), book.add_format({**plain, "align": "center"})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, facts.title, title)
    sheet.set_row(0, 32)
    sheet.merge_range(1, 0, 1, len(HEADS) - 1, _line(facts), note)
    for column, (label, width) in enumerate(zip(HEADS, COLUMNS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, label, head)
    for number, row in enumerate(facts.rows, start=1):
        sheet.set_row(2 + number, LINE * max(map(_lines, _cells(row), COLUMNS[1:])) + 4)
        sheet.write_number(2 + number, 0, number, centred)
        for column, value in enumerate(_cells(row), start=1):
            sheet.write_string(2 + number, column, value, centred if column == 1 else text)
    last = 3 + len(facts.rows)
    sheet.merge_range(last, 0, last, len(HEADS) - 1, _sum(facts), note)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, max(3, last - 1), len(HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    book.close()
    return Paper(f"{_file_name(facts)}.xlsx", SHEET_TYPE, stream.getvalue())


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; a Chinese sign is two wide."""
    wide = (sum(1 if sign.isascii() else 2 for sign in line) for line in text.split("\n"))
    return sum(max(1, -(-one // width)) for one in wide)


def _in_parts(title: str) -> tuple[str, ...]:
    """A long title is broken before what stands in brackets at its end."""
    head, sign, tail = title.partition("（")
    return (head, sign + tail) if sign and head and len(title) > LONGEST_LINE else (title,)


def _title(facts: PublicityFacts) -> tuple[str, ...]:
    """Broken where the sense allows it."""
    return (f"关于{facts.label}", "对标达标企业和产品名单的" + facts.shown)


def _opening(facts: PublicityFacts) -> str:
    enterprises = len({row.enterprise for row in facts.rows})
    number = f"（{facts.document_no}）" if facts.document_no else ""
    return (
        f"按照《{facts.plan_title}》要求，经企业对标、检测验证和审核，现将{facts.label}{number}对标达标的"
        f"{enterprises}家企业、{len(facts.rows)}个产品名单予以{facts.shown}（见附件）。"
    )


def _days(facts: PublicityFacts) -> str:
    if facts.starts_on is None or facts.ends_on is None:
        return ""
    return f"公示期为{chinese.day(facts.starts_on)}至{chinese.day(facts.ends_on)}，共{facts.workdays}个工作日。"


def _write_list(paper: "OfficialPaper", facts: PublicityFacts) -> None:
    grid = paper.grid(WIDTHS, margin=1)
    grid.row(*HEADS, font=HEAD_FONT, size=SMALL_SIZE, repeats=True)
    for number, row in enumerate(facts.rows, start=1):
        grid.row(str(number), *_cells(row), font=BODY_FONT, size=SMALL_SIZE)
    paper.note(_sum(facts))


def _cells(row: ListedProduct) -> tuple[str, ...]:
    return (row.district, row.enterprise, row.product, "\n".join(row.implemented), "\n".join(row.benchmarks))


def _line(facts: PublicityFacts) -> str:
    parts = (facts.label, facts.document_no, facts.office, _days(facts).rstrip("。"), "" if facts.final else "草稿")
    return "　　".join(part for part in parts if part)


def _sum(facts: PublicityFacts) -> str:
    return f"合计：{len({row.enterprise for row in facts.rows})}家企业，{len(facts.rows)}个产品。"


def _file_name(facts: PublicityFacts) -> str:
    return f"{facts.shown}名单{facts.label}" if facts.final else f"{facts.shown}名单（草稿）{facts.label}"
