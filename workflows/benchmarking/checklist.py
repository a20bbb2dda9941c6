"""What a coordinator of the bureau looks at before confirming a step: a table by step, ticked point by point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.flow import Flow, Label, Step

SLOT: Final = "slot:"
"""Before the name of a slot, in the points of a step that has none of its own."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point to be looked at; not ticked, it is a reason to return the proposal."""

    name: str
    label: Label


POINTS: Final[Mapping[str, tuple[Point, ...]]] = {
    "verify": (
        Point(
            "product",
            {"zh": "报告的产品与名单所列一致", "en": "The report is about the product on the list"},
        ),
        Point(
            "laboratory",
            {
                "zh": "检验检测机构具备资质，证书编号无误",
                "en": "The laboratory is qualified, and the number of its certificate is right",
            },
        ),
        Point(
            "indicators",
            {
                "zh": "检测项目覆盖技术方案的全部关键指标",
                "en": "The tests cover all key indicators of the plan",
            },
        ),
        Point(
            "comparison",
            {
                "zh": "逐项与比对标准作了比较，结论与数据相符",
                "en": "Each value is compared with the benchmark, and the conclusion fits the figures",
            },
        ),
        Point(
            "signature",
            {
                "zh": "签章、日期、页码齐全，文件清晰可读",
                "en": "Signature, seal, day and pages are complete, and the file can be read",
            },
        ),
    ),
    "publish": (
        Point(
            "names",
            {
                "zh": "公布名单的企业和产品与办件一致",
                "en": "The public list names the enterprise and the products of the case",
            },
        ),
        Point(
            "address",
            {"zh": "公布网页可以打开，公布日期属实", "en": "The web page opens, and the day of publication is true"},
        ),
        Point(
            "result",
            {
                "zh": "平台结果记录的编号或截图与产品相符",
                "en": "The number or screenshot of the result on the platform fits the product",
            },
        ),
        Point(
            "conclusion",
            {"zh": "公布的结论与检测报告一致", "en": "The published conclusion is that of the test report"},
        ),
    ),
    "nominate_leader": (
        Point(
            "disclosed",
            {
                "zh": "企业标准已在平台自我声明公开，现行有效",
                "en": "The standard is disclosed on the public platform and in force",
            },
        ),
        Point("area", {"zh": "产品属于当年实施的重点领域", "en": "The product lies in a key area of the year"}),
        Point(
            "level",
            {
                "zh": "核心指标达到“领跑者”评估要求",
                "en": "The core indicators reach what Top Runner asks for",
            },
        ),
    ),
}


def points_of(flow: Flow, step: Step) -> tuple[Point, ...]:
    """The points of a step; of one without a table of its own, that each piece of its evidence is complete."""
    own = POINTS.get(step.name)
    if own is not None:
        return own
    slots = [flow.slot_by_name[name] for name in step.slots]
    return tuple(Point(f"{SLOT}{one.name}", _complete(one.label)) for one in slots)


def draft_reason(left: tuple[Point, ...]) -> str:
    """A reason to return a proposal, from the points that were not ticked; in the language papers are written in."""
    lines = [f"{number}. {point.label['zh']}：未予认可" for number, point in enumerate(left, start=1)]
    return "\n".join(lines)


def _complete(label: Label) -> Label:
    english = label.get("en", label["zh"])
    return {
        "zh": f"{label['zh']}齐全，清晰可读，与产品相符",
        "en": f"{english}: complete, readable, and of the product",
    }
