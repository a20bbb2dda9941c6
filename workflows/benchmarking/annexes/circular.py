"""The draft 通报 of a month: figures first, then districts, what lags, what is asked for; the table is attached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.briefing import Paper, Section
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.typeface import BODY_FONT, HEAD_FONT, MEDIA_TYPE, SMALL_SIZE

if TYPE_CHECKING:
    from workflows.benchmarking.annexes.official import OfficialPaper

WHOLE = "全市"


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district's figures: how many enterprises are at each state or beyond it, and its rate at the goal."""

    name: str
    quota: int
    reached: Mapping[str, int]
    rate: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularFacts:
    """`rows` are in official order with the whole city last; `goal` is the state that the rates are about."""

    plan_title: str
    bureau: str
    section: str
    on: date
    answer_by: date
    labels: Mapping[str, str]
    goal: str
    rows: Sequence[DistrictRow]


def write_circular(facts: CircularFacts, sections: Sequence[Section]) -> Paper:
    """The circular as a .docx; number, seal and signature are left to whoever signs it."""
    from workflows.benchmarking.annexes.official import OfficialPaper

    first = f"关于{facts.on.year}年{facts.on.month}月对标达标提升专项行动"
    paper = OfficialPaper(f"{first}进展情况的通报", facts.on)
    paper.title(first, "进展情况的通报")
    paper.receiver("各区（县）市局、功能区分局")
    paper.body(f"现将《{facts.plan_title}》落实进展情况通报如下。")
    paper.head("一、总体进展")
    paper.body(_progress(facts))
    paper.head("二、各地情况")
    paper.body(_districts(facts))
    paper.head("三、存在问题")
    for text in _lagging(facts, sections):
        paper.body(text)
    paper.head("四、下一步工作要求")
    for lead, text in _demands(facts):
        paper.body(text, lead=lead)
    paper.note("附件：各区（县）市进展情况表")
    paper.signature(facts.bureau, f"{facts.on.year}年　月　日")
    paper.attachment("附件", "各区（县）市进展情况表")
    _write_table(paper, facts)
    return Paper(f"通报（草稿）{facts.on.isoformat()}.docx", MEDIA_TYPE, paper.content())


def _progress(facts: CircularFacts) -> str:
    whole = facts.rows[-1]
    states = "，".join(f"{label}{whole.reached[state]}家" for state, label in facts.labels.items())
    rate = f"按“{facts.labels[facts.goal]}”计算，完成率{chinese.rate(whole.rate)}"
    return f"截至{chinese.day(facts.on)}，全市任务数{whole.quota}家，{states}；{rate}。"


def _districts(facts: CircularFacts) -> str:
    state = facts.labels[facts.goal]
    districts = [row for row in facts.rows[:-1] if row.rate is not None]
    full = [row.name for row in districts if row.reached[facts.goal] >= row.quota]
    rest = sorted((row for row in districts if row.name not in full), key=lambda row: -(row.rate or 0))
    sentences = []
    if full:
        counted = f"等{len(full)}个单位" if len(full) > 1 else ""
        sentences.append(f"{chinese.listed(full)}{counted}“{state}”的企业数已达到任务数")
    if rest:
        told = "，".join(f"{row.name}{row.reached[facts.goal]}家（{chinese.rate(row.rate)}）" for row in rest)
        sentences.append(f"{'其余单位' if full else '各单位'}“{state}”的企业数和完成率依次为：{told}")
    return "".join(f"{sentence}。" for sentence in sentences) + "具体数据见附件。"


def _lagging(facts: CircularFacts, sections: Sequence[Section]) -> list[str]:
    """One paragraph for each milestone and day, its districts in the order of the sections."""
    if not sections:
        return [f"截至{chinese.day(facts.on)}，没有逾期事项。"]
    grouped: dict[tuple[str, date, int], list[str]] = {}
    for section in sections:
        count = f"{len(section.names)}家" if section.data.get("flow") == "enterprise" else ""
        key = (section.milestone_label["zh"], section.due_on, section.workdays_late)
        grouped.setdefault(key, []).append(f"{section.district}{count}")
    return [
        f"{label}应于{chinese.day(due_on)}前完成，截至{chinese.day(facts.on)}已逾期{late}个工作日，"
        f"进度滞后、尚未完成的有：{chinese.listed(told)}。"
        for (label, due_on, late), told in grouped.items()
    ]


def _demands(facts: CircularFacts) -> tuple[tuple[str, str], ...]:
    by = chinese.day(facts.answer_by)
    catch_up = f"进度滞后的单位要对照清单逐项落实，于{by}前完成；确有困难的，书面说明原因和预计完成时间。"
    go_on = "其他单位要按照时间节点推进后续工作，及时更新进度、上传佐证材料。"
    report = f"办理情况请及时反馈{facts.section}，进展情况将继续定期通报。"
    return (("（一）逐项补齐。", catch_up), ("（二）按时推进。", go_on), ("（三）跟踪反馈。", report))


def _write_table(paper: "OfficialPaper", facts: CircularFacts) -> None:
    states = list(facts.labels)
    widths = (10, 22, 14, *([13] * len(states)), 18, 12)
    grid = paper.grid(widths, margin=1)
    heads = ("序号", "区（县）市", "任务数", *facts.labels.values(), "完成率", "排名")
    grid.row(*heads, font=HEAD_FONT, size=SMALL_SIZE, repeats=True)
    for number, row in enumerate(facts.rows, start=1):
        last = number == len(facts.rows)
        figures = (str(row.reached[state]) for state in states)
        rank = chinese.UNKNOWN if row.rank is None else str(row.rank)
        grid.row(
            "" if last else str(number),
            WHOLE if last else row.name,
            str(row.quota),
            *figures,
            chinese.rate(row.rate),
            rank,
            font=HEAD_FONT if last else BODY_FONT,
        )
    paper.note(f"注：数据截至{chinese.day(facts.on)}；完成率＝“{facts.labels[facts.goal]}”企业数÷任务数。")
