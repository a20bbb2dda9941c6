"""The added sheet: how many faults there are, and every one with its place, what is wrong and what to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from workflows.benchmarking.roster.annotating.marks import LEVELS, Anchors
from workflows.benchmarking.roster.annotating.splice import escape
from workflows.benchmarking.roster.annotating.styles import FILLS, Styles
from workflows.benchmarking.roster.faults import Fault, Severity
from workflows.benchmarking.roster.ownsheets import RESULTS_MARK
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sheets import Place, Spot, column_letters
from workflows.benchmarking.roster.texts import plain_text, shorten

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COLUMNS: Final = (
    ("级别", 7),
    ("位置", 15),
    ("行", 7),
    ("栏目", 20),
    ("单元格", 10),
    ("原内容", 30),
    ("问题", 46),
    ("怎么改", 42),
)
"""Heads and widths; none of them is the label of a list."""
_LINKED: Final = 4
# A spreadsheet opens no more links than these in one sheet.
_MOST_LINKS: Final = 60_000
_LONGEST_VALUE: Final = 120
_TITLE_POINTS, _LINE_POINTS, _LINE_CHARACTERS = 30, 15, 84
_SLACK: Final = 1.1

Target = Callable[[Place, Spot], tuple[str, Spot]]


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of the added sheet, by their numbers."""

    title: int
    line: int
    head: int
    cell: int
    link: int
    levels: Mapping[Severity, int]


def add_looks(styles: Styles) -> Looks:
    """Put the formats of the added sheet beside those of the workbook."""

    def font(size: int, more: str = "") -> int:
        return styles.add("fonts", _named(styles, f'<font>{more}<sz val="{size}"/><name val="宋体"/></font>'))

    plain, bold = font(10), font(10, "<b/>")
    linked = font(10, "<u/>")
    lines = "".join(
        f'<{side} style="thin"><color indexed="22"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    border = styles.add("borders", _named(styles, f"<border>{lines}<diagonal/></border>"))

    def look(font: int, fill: int = 0, *, bordered: bool = True, centred: bool = False) -> int:
        middle = ' horizontal="center"' if centred else ""
        return styles.add(
            "cellXfs",
            _named(
                styles,
                f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border if bordered else 0}" xfId="0" '
                f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f'<alignment{middle} vertical="center" wrapText="1"/></xf>',
            ),
        )

    levels = {level: look(bold, styles.fill(colour), centred=True) for level, colour in FILLS.items()}
    return Looks(
        title=look(font(14, "<b/>"), bordered=False),
        line=look(plain, bordered=False),
        head=look(bold, styles.fill("FFD9E1F2"), centred=True),
        cell=look(plain),
        link=look(linked, centred=True),
        levels=levels,
    )


def write_results(report: Report, lines: Sequence[str], target: Target, looks: Looks) -> bytes:
    """The worksheet; `target` tells where in this workbook a cell of the list stands."""
    faults = report.faults()
    top = [RESULTS_MARK, *lines]
    rows = [_top_row(number, line, looks) for number, line in enumerate(top, start=1)]
    header = len(top) + 1
    links: list[str] = []
    if faults:
        heads = "".join(_text(at, header, head, looks.head) for at, (head, _) in enumerate(COLUMNS))
        rows.append(f'<row r="{header}" ht="24" customHeight="1">{heads}</row>')
        anchors = Anchors(report)
        for number, fault in enumerate(faults, start=header + 1):
            rows.append(_row(number, fault, anchors, target, looks))
            links += _link(number, fault, anchors, target)
    merges = "".join(f'<mergeCell ref="A{n}:{_last()}{n}"/>' for n in range(1, len(top) + 1))
    pane = (
        f'<pane ySplit="{header}" topLeftCell="A{header + 1}" activePane="bottomLeft" state="frozen"/>'
        if faults
        else ""
    )
    shown = links[:_MOST_LINKS]
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">',
            '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>',
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{"".join(_columns())}</cols>',
            f"<sheetData>{''.join(rows)}</sheetData>",
            f'<mergeCells count="{len(top)}">{merges}</mergeCells>',
            f"<hyperlinks>{''.join(shown)}</hyperlinks>" if shown else "",
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>",
        )
    ).encode()


def summary(report: Report, on: date, lost: Sequence[str]) -> list[str]:
    """The lines above the table."""
    faults = report.faults()
    errors = sum(fault.severity == "error" for fault in faults)
    whose = report.heading.district_name or report.heading.unit
    parts = (
        f"文件：{report.file}",
        f"填报单位：{whose}" if whose else "",
        f"核对日期：{on.year}年{on.month}月{on.day}日",
    )
    said = [
        "　".join(part for part in parts if part),
        _counted(report, errors, len(faults) - errors),
    ]
    quota = report.quota
    if quota is not None and quota.quota is not None:
        said.append(f"任务数 {quota.quota} 家，名单中有 {quota.submitted} 家企业。")
    if faults:
        said.append(
            "有问题的单元格已标色并加批注：红色为错误，黄色为提示。改正后把本文件重新报送即可，标色、批注和本表都不必删除。"
        )
    return [*said, *(f"说明：{one}" for one in lost)]


def _counted(report: Report, errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return f"核对了 {len(report.rows)} 行，没有发现问题。"
    counted = f"核对了 {len(report.rows)} 行，共有 {errors} 处错误、{warnings} 处提示。"
    return counted + ("错误须改正后才能受理；提示请核对，不影响受理。" if errors else "提示请核对，不影响受理。")


def _row(number: int, fault: Fault, anchors: Anchors, target: Target, looks: Looks) -> str:
    at = fault.at
    value = shorten(plain_text(anchors.value_of(fault)), _LONGEST_VALUE)  # type: ignore[arg-type]
    place = (at.place.sheet or at.place.spoken()) if at.place else "整个文件"
    cells = (
        (LEVELS[fault.severity], looks.levels[fault.severity]),
        (place, looks.cell),
        (str(at.row) if at.row else "", looks.cell),
        (at.label or "", looks.cell),
        (_cell_name(fault, anchors, target), looks.link),
        (value, looks.cell),
        (fault.said, looks.cell),
        (fault.remedy, looks.cell),
    )
    written = "".join(_text(at, number, text, look) for at, (text, look) in enumerate(cells))
    lines = max(_lines(text, width) for (text, _), (_, width) in zip(cells, COLUMNS, strict=True))
    return f'<row r="{number}" ht="{lines * _LINE_POINTS + 2}" customHeight="1">{written}</row>'


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a Chinese character is two letters wide."""
    return 1 + int(sum(1 if sign.isascii() else 2 for sign in text) * _SLACK / width)


def _cell_name(fault: Fault, anchors: Anchors, target: Target) -> str:
    found = _target(fault, anchors, target)
    if found is None:
        return ""
    row, column = found[1]
    return f"第{row + 1}行" if fault.at.column is None else f"{column_letters(column)}{row + 1}"


def _link(number: int, fault: Fault, anchors: Anchors, target: Target) -> Iterator[str]:
    found = _target(fault, anchors, target)
    if found is None:
        return
    sheet, (row, column) = found
    where = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{column_letters(column)}{row + 1}"
    shown = escape(_cell_name(fault, anchors, target))
    yield f'<hyperlink ref="{column_letters(_LINKED)}{number}" location="{escape(where)}" display="{shown}"/>'


def _target(fault: Fault, anchors: Anchors, target: Target) -> tuple[str, Spot] | None:
    if fault.at.place is None or fault.at.row is None:
        return None
    return target(fault.at.place, anchors.spot_of(fault) or (fault.at.row - 1, 0))


def _top_row(number: int, line: str, looks: Looks) -> str:
    first = number == 1
    height = _TITLE_POINTS if first else _LINE_POINTS * (1 + len(line) // _LINE_CHARACTERS)
    cell = _text(0, number, line, looks.title if first else looks.line)
    return f'<row r="{number}" ht="{height}" customHeight="1">{cell}</row>'


def _text(column: int, row: int, text: str, look: int) -> str:
    name = f"{column_letters(column)}{row}"
    if not text:
        return f'<c r="{name}" s="{look}"/>'
    return f'<c r="{name}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _columns() -> Iterator[str]:
    for number, (_, width) in enumerate(COLUMNS, start=1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'


def _last() -> str:
    return column_letters(len(COLUMNS) - 1)


def _named(styles: Styles, written: str) -> bytes:
    """The tags as the workbook's formats write them."""
    if not styles.prefix:
        return written.encode()
    return written.replace("</", "\0").replace("<", f"<{styles.prefix}").replace("\0", f"</{styles.prefix}").encode()
