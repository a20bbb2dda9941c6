"""Annex 3 on paper: one form for each industry, and a cover with the sums where there are several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from engine.briefing import Paper
from workflows.benchmarking.annex3 import BY_KEY, FIELDS, HINT, PAIRS, share
from workflows.benchmarking.annex3values import figure
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.typeface import BODY_FONT, HEAD_FONT, MEDIA_TYPE, SMALL_SIZE, TABLE_SIZE

if TYPE_CHECKING:
    from workflows.benchmarking.annexes.official import Grid, OfficialPaper

TITLE: Final = "对标达标提升专项行动进展情况报表"
MARK: Final = "草稿　未报送"
WIDTHS: Final = (26, 30, 24, 46, 30)
"""Millimetres: the box, the label in it, its figure, the label of its share, the share."""

COVER: Final = (
    ("participating_enterprise_count", "参与对标\n企业数"),
    ("due_plan_count", "应上传\n方案数"),
    ("uploaded_plan_count", "上传对标\n方案数"),
    ("due_result_count", "应上传\n结果数"),
    ("uploaded_result_count", "上传对标\n结果数"),
    ("leader_candidate_count", "“领跑者”\n候选企业数"),
)
NOTE: Final = "注：栏目大小可根据内容篇幅进行调整。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexFacts:
    """What the paper says: `sheets` are the values of each industry's form, `sums` those over all of them."""

    unit: str
    period: str
    reported_on: date | None
    final: bool
    sheets: Sequence[Mapping[str, Any]]
    sums: Mapping[str, int]


def write_annex_3(facts: AnnexFacts) -> Paper:
    """The forms as a .docx in the layout of the plan."""
    from workflows.benchmarking.annexes.official import OfficialPaper

    title = f"{facts.unit}{facts.period}{TITLE}"
    paper = OfficialPaper(title, facts.reported_on or date(1980, 1, 1), mark="" if facts.final else MARK)
    first = True
    if len(facts.sheets) > 1:
        paper.attachment("附件3", TITLE, f"（{facts.period}汇总）", first=True)
        _write_cover(paper, facts)
        first = False
    for sheet in facts.sheets:
        paper.attachment("附件3", TITLE, f"（{facts.period}）", first=first)
        first = False
        _write_heading(paper, facts)
        _write_form(paper, sheet)
        paper.small(NOTE)
    name = "附件3" if facts.final else "附件3（草稿）"
    return Paper(f"{name} {facts.unit}{facts.period}进展情况报表.docx", MEDIA_TYPE, paper.content())


def _write_heading(paper: "OfficialPaper", facts: AnnexFacts) -> None:
    on = chinese.day(facts.reported_on) if facts.reported_on else "　　年　月　日"
    paper.small(f"填报单位：{facts.unit}　　填报日期：{on}")


def _write_cover(paper: "OfficialPaper", facts: AnnexFacts) -> None:
    _write_heading(paper, facts)
    grid = paper.grid((10, 38, *([18] * len(COVER))), margin=1)
    grid.row("序号", "对标产业名称", *(label for _, label in COVER), font=HEAD_FONT, size=SMALL_SIZE, repeats=True)
    for number, sheet in enumerate(facts.sheets, start=1):
        figures = (_plain(sheet, key) for key, _ in COVER)
        grid.row(str(number), str(sheet.get("industry_name") or ""), *figures, size=SMALL_SIZE)
    sums = (str(facts.sums[key]) for key, _ in COVER)
    grid.row("", "合计", *sums, font=HEAD_FONT, size=SMALL_SIZE)


def _write_form(paper: "OfficialPaper", sheet: Mapping[str, Any]) -> None:
    grid = paper.grid(WIDTHS, margin=1.5)
    _wide(grid, "对标产业名称", str(sheet.get("industry_name") or ""), centred=True)
    grid.row("参与对标企业数", "", _plain(sheet, "participating_enterprise_count"), "占对标产业规上\n企业总数比例（%）",
             _share(sheet, "share_of_ads_enterprises_pct"), least=11)  # fmt: skip
    grid.join((0, 1))
    for count, rate, label in (
        ("uploaded_plan_count", "plan_upload_rate_pct", "上传对标\n方案数"),
        ("uploaded_result_count", "result_upload_rate_pct", "上传对标\n结果数"),
    ):
        told = f"{BY_KEY[rate].label}（%）"
        grid.row("上传平台\n数据情况", label, _plain(sheet, count), told, _share(sheet, rate), least=11)
    grid.join((0, 0), rows=2)
    for field in FIELDS:
        if field.kind == "long":
            hint = HINT if field.key == "standards_influence_gains" else ""
            _wide(grid, field.label, _told(sheet, field.key) or hint)


def _wide(grid: "Grid", label: str, text: str, *, centred: bool = False) -> None:
    """A row with one long box behind its label."""
    grid.row(label, "", text, "", "", font=BODY_FONT, size=TABLE_SIZE, least=11)
    grid.join((0, 1), (2, 4))
    if not centred:
        grid.to_the_left(2)


def _plain(sheet: Mapping[str, Any], key: str) -> str:
    found = sheet.get(key)
    return chinese.UNKNOWN if found in (None, "") else str(found)


def _share(sheet: Mapping[str, Any], key: str) -> str:
    """The share, below it what it is a share of."""
    field = BY_KEY[key]
    whole = sheet.get(field.of[1]) if field.of else None
    source = "，".join(str(sheet[one]) for one in ("ads_as_of", "ads_source") if sheet.get(one))
    extra = f"；{source}" if source and key.startswith("share_of") else ""
    return _plain(sheet, key) + (f"\n（总数{whole}{extra}）" if whole not in (None, "") else "")


def _told(sheet: Mapping[str, Any], key: str) -> str:
    """What stands in a long box: the text, behind it the figures that have no box of their own."""
    text = str(sheet.get(key) or "")
    extra = _growth(sheet) if key == "output_and_tax_growth" else _figures(sheet, key)
    return "\n".join(part for part in (text, extra) if part)


def _figures(sheet: Mapping[str, Any], key: str) -> str:
    parts = [
        f"{field.label}{sheet[field.key]}{field.unit}"
        for field in FIELDS
        if field.under == key and sheet.get(field.key) not in (None, "", 0)
    ]
    return f"（{'，'.join(parts)}）" if parts else ""


def _growth(sheet: Mapping[str, Any]) -> str:
    parts = []
    for (this, last), what in zip(PAIRS, ("产值", "上缴税收"), strict=True):
        now, then = figure(sheet, this), figure(sheet, last)
        if now is None or not then:
            continue
        grown = share(now - then, then)
        parts.append(f"{what}{now.normalize():f}万元，上年{then.normalize():f}万元，增长{grown}%")
    return f"（{'；'.join(parts)}）" if parts else ""
