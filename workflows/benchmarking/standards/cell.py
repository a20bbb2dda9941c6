"""What a cell of standard numbers says: its references, and how serious its faults are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["ok", "warning", "error", "none"]
Kind = Literal[
    "national",
    "industry",
    "local",
    "group",
    "enterprise",
    "other_cn",
    "international",
    "regional",
    "foreign",
    "unknown",
]
Nature = Literal["mandatory", "recommended", "guidance"]

NO_STANDARD_NUMBER: Final = "NO_STANDARD_NUMBER"
NUMBER_MISSING: Final = "NUMBER_MISSING"
NUMBER_MALFORMED: Final = "NUMBER_MALFORMED"
YEAR_MALFORMED: Final = "YEAR_MALFORMED"
YEAR_OUT_OF_RANGE: Final = "YEAR_OUT_OF_RANGE"
INDUSTRY_CODE_UNKNOWN: Final = "INDUSTRY_CODE_UNKNOWN"
REGION_CODE_UNKNOWN: Final = "REGION_CODE_UNKNOWN"
GROUP_CODE_MISSING: Final = "GROUP_CODE_MISSING"
ENTERPRISE_CODE_MISSING: Final = "ENTERPRISE_CODE_MISSING"
RANGE_NOT_SUPPORTED: Final = "RANGE_NOT_SUPPORTED"
TOO_MANY_NUMBERS: Final = "TOO_MANY_NUMBERS"
MOST_NUMBERS: Final = 200
"""A product has a handful of standards; a cell with more than so many is not read to its end."""

UNDATED: Final = "undated"
PREFIX_INHERITED: Final = "prefix_inherited"
SERIES_REFERENCE: Final = "series_reference"
UNRECOGNISED_ISSUER: Final = "unrecognised_issuer"
PREFIX_NORMALISED: Final = "prefix_normalised"
HYPHEN_YEAR: Final = "hyphen_year"
TWO_DIGIT_YEAR: Final = "two_digit_year"
YEAR_SEPARATOR_FIXED: Final = "year_separator_fixed"
AMENDMENT_NOTED: Final = "amendment_noted"
CONFIRMED: Final = "confirmed_"

# Every flag in the order in which a reference carries it; those of WARNINGS make the cell a warning.
FLAGS: Final = (
    UNDATED,
    PREFIX_INHERITED,
    SERIES_REFERENCE,
    UNRECOGNISED_ISSUER,
    PREFIX_NORMALISED,
    HYPHEN_YEAR,
    TWO_DIGIT_YEAR,
    YEAR_SEPARATOR_FIXED,
    AMENDMENT_NOTED,
)
WARNINGS: Final = frozenset(FLAGS[:4])


@dataclass(frozen=True, slots=True)
class Reference:
    """One standard as a cell refers to it; without a number only where the errors say why."""

    number: str | None
    kind: Kind
    nature: Nature | None
    year: int | None
    title: str | None
    also: tuple[str, ...]
    flags: tuple[str, ...]
    errors: tuple[str, ...]
    token: str

    def as_json(self) -> dict[str, object]:
        return {
            "number": self.number,
            "kind": self.kind,
            "nature": self.nature,
            "year": self.year,
            "title": self.title,
            "also": list(self.also),
            "flags": list(self.flags),
            "errors": list(self.errors),
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """All references of one cell, in the order of the text.

    The severity holds for the column of benchmarks. In the column of implemented standards a reference
    flagged `unrecognised_issuer` is an error; only the reader of the list knows the column, so it decides.
    """

    severity: Severity
    references: tuple[Reference, ...] = ()
    errors: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "severity": self.severity,
            "cell_errors": list(self.errors),
            "refs": [reference.as_json() for reference in self.references],
        }


def judge(references: tuple[Reference, ...]) -> Cell:
    """Return the cell of these references, with the severity of the worst among them."""
    if not references:
        return Cell("error", errors=(NO_STANDARD_NUMBER,))
    if any(reference.errors for reference in references):
        return Cell("error", references)
    if any(not WARNINGS.isdisjoint(reference.flags) for reference in references):
        return Cell("warning", references)
    return Cell("ok", references)


NOTHING: Final = "none"
"""The severity of a cell that says that there is no standard; it has a sentence too."""
KINDS: Final[Mapping[Kind, str]] = {
    "national": "国家标准",
    "industry": "行业标准",
    "local": "地方标准",
    "group": "团体标准",
    "enterprise": "企业标准",
    "other_cn": "国内其他标准",
    "international": "国际标准",
    "regional": "区域标准",
    "foreign": "国外标准",
    "unknown": "发布机构不明",
}

_SENTENCES: Final[Mapping[str, str]] = {
    NOTHING: "没有标准：单元格是空的，或写明没有。",
    NO_STANDARD_NUMBER: "未找到标准编号。请在书名号之外写明完整编号，如“GB/T 17713-2011”；没有标准的填“无”。",
    NUMBER_MISSING: "只有标准代号，没有顺序号。请补全编号，如“T/ZZB 0123-2018”。",
    NUMBER_MALFORMED: "标准顺序号的写法不对。请核对数字与小数点，不要混入字母。",
    YEAR_MALFORMED: "年代号的写法不对。请写四位年份，如“-2016”。",
    YEAR_OUT_OF_RANGE: "年代号不在可能的范围内。请核对是否写错年份。",
    INDUSTRY_CODE_UNKNOWN: "没有这个行业标准代号。请核对代号，如“JB/T”“QB/T”。",
    REGION_CODE_UNKNOWN: "地方标准代号中的地区代码不存在。浙江为DB33，宁波为DB3302，请核对。",
    GROUP_CODE_MISSING: "团体标准缺少团体代号。请写成“T/团体代号 编号-年份”，如“T/ZZB 0123-2018”。",
    ENTERPRISE_CODE_MISSING: "企业标准缺少企业代号。请写成“Q/企业代号 编号-年份”，代号至少含一个字母。",
    RANGE_NOT_SUPPORTED: "不能用一个写法表示多项标准。请逐项写出每个标准的完整编号。",
    TOO_MANY_NUMBERS: f"一格里的编号超过{MOST_NUMBERS}个。请核对内容，只写这个产品的主要标准。",
    UNDATED: "编号没有年代号。请补上年份，以免版本不清。",
    PREFIX_INHERITED: "这个编号没有代号，已按前一个编号的代号理解。请补全。",
    SERIES_REFERENCE: "引用的是整个系列。请写明具体是哪一项标准。",
    UNRECOGNISED_ISSUER: "不认识这个标准的发布机构。请核对代号。",
    PREFIX_NORMALISED: "代号的写法已规范。",
    HYPHEN_YEAR: "年份前的连字符已改为冒号。",
    TWO_DIGIT_YEAR: "两位年份已补足为四位。",
    YEAR_SEPARATOR_FIXED: "年份前的分隔符已规范。",
    AMENDMENT_NOTED: "注明含修改单。",
}


def sentence(code: str) -> str:
    """Return what a flag or an error means and what to do about it, in Chinese."""
    if code.startswith(CONFIRMED):
        return f"注明{code.removeprefix(CONFIRMED)}年版或确认。"
    return _SENTENCES[code]
