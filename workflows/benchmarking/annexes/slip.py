"""The draft 督办单 for one district: what is overdue, by when it is to be answered, room for the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.briefing import Paper, Section
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.typeface import MEDIA_TYPE, TEXT_WIDTH

LABEL_WIDTH = 34
MOST_NAMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """What a slip says beside its sections; `responsible` are the people who answer for the district, if known."""

    plan_title: str
    bureau: str
    short: str
    section: str
    district: str
    responsible: Sequence[str]
    on: date
    answer_by: date


def write_slip(facts: SlipFacts, sections: Sequence[Section]) -> Paper:
    """The slip as a .docx; number, seal and signature are left to whoever signs it."""
    from workflows.benchmarking.annexes.official import OfficialPaper

    paper = OfficialPaper("督办单", facts.on)
    paper.title("督　办　单")
    grid = paper.grid((LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH))
    grid.pair("督办事项", _matter(sections))
    grid.pair("督办编号", "（签发时填写）")
    grid.pair("责任单位", facts.district)
    grid.pair("责任人", chinese.listed(facts.responsible) or "（由责任单位填写）")
    grid.pair("办理时限", f"{chinese.day(facts.answer_by)}前")
    grid.pair("事项内容\n及要求", "\n".join(_content(facts, sections)), least=80)
    grid.pair("办理情况\n（由责任单位\n填写）", "", least=50)
    grid.pair("督办单位、\n日期", f"{facts.bureau}{facts.section}\n（签发时填写日期并用印）", least=18)
    name = f"督办单（草稿）{sections[0].district}{facts.on.isoformat()}.docx"
    return Paper(name, MEDIA_TYPE, paper.content())


def _matter(sections: Sequence[Section]) -> str:
    labels = dict.fromkeys(section.milestone_label["zh"] for section in sections)
    return f"{'、'.join(labels)}逾期未完成"


def _content(facts: SlipFacts, sections: Sequence[Section]) -> Iterator[str]:
    yield f"按照《{facts.plan_title}》要求，下列工作应按期完成。截至{chinese.day(facts.on)}，你单位办理情况如下："
    several = len(sections) > 1
    for number, section in enumerate(sections, start=1):
        lead = f"{number}. " if several else ""
        yield f"{lead}{_standing(section)}"
    for labels, names in _lists(sections):
        head = f"未完成名单（{labels}）" if several else "未完成名单"
        yield f"{head}：{chinese.listed(names, MOST_NAMES)}。"
    yield (
        f"请于{chinese.day(facts.answer_by)}前将办理情况书面反馈{facts.short}{facts.section}。"
        "确有困难的，请书面说明原因和预计完成时间。"
    )


def _standing(section: Section) -> str:
    standing = section.standing
    due = f"{section.milestone_label['zh']}应于{chinese.day(section.due_on)}前完成"
    done = f"任务数{standing.target}家，已完成{standing.done}家" if section.data.get("flow") == "enterprise" else ""
    still = f"仍有{len(section.names)}家未完成" if done else "尚未完成"
    return "，".join(part for part in (due, done, still, f"已逾期{section.workdays_late}个工作日") if part) + "。"


def _lists(sections: Sequence[Section]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each list of enterprises once, with the milestones it is about."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for section in sections:
        if section.data.get("flow") == "enterprise":
            grouped.setdefault(section.names, []).append(section.milestone_label["zh"])
    for names, labels in grouped.items():
        yield "、".join(labels), names
