"""Annex 3 as a table of fields: what the half-yearly form asks for, in which unit, and who knows the answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

Kind = Literal["text", "count", "amount", "percent", "day", "long"]
Source = Literal["records", "partly", "person"]

HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form. `source` says who knows it: the records, partly the records, or only a person.

    `of` names the two figures that a share is made of; `under` the box of the paper in which a figure stands that the
    form itself has no box for; `above_100` lets a share be more than the whole.
    """

    key: str
    label: str
    kind: Kind
    unit: str = ""
    source: Source = "person"
    required: bool = True
    of: tuple[str, str] | None = None
    under: str = ""
    above_100: bool = False


def _long(key: str, label: str, source: Source = "person") -> Field:
    return Field(key=key, label=label, kind="long", source=source)


def _amount(key: str, label: str, under: str) -> Field:
    return Field(key=key, label=label, kind="amount", unit="万元", required=False, under=under)


FIELDS: Final = (
    Field(key="industry_name", label="对标产业名称", kind="text", source="records"),
    Field(key="participating_enterprise_count", label="参与对标企业数", kind="count", unit="家", source="records"),
    Field(key="ads_enterprise_total", label="对标产业规上企业总数", kind="count", unit="家", required=False,
          under="share_of_ads_enterprises_pct"),
    Field(key="ads_as_of", label="规上企业总数截至日期", kind="day", required=False,
          under="share_of_ads_enterprises_pct"),
    Field(key="ads_source", label="规上企业总数来源", kind="text", required=False,
          under="share_of_ads_enterprises_pct"),
    Field(key="share_of_ads_enterprises_pct", label="占对标产业规上企业总数比例", kind="percent", unit="%",
          source="partly", of=("participating_enterprise_count", "ads_enterprise_total"), above_100=True),
    Field(key="due_plan_count", label="应上传对标方案数", kind="count", unit="个", source="records", required=False,
          under="plan_upload_rate_pct"),
    Field(key="uploaded_plan_count", label="上传对标方案数", kind="count", unit="个", source="records"),
    Field(key="plan_upload_rate_pct", label="占应上传方案总数比例", kind="percent", unit="%", source="records",
          required=False, of=("uploaded_plan_count", "due_plan_count")),
    Field(key="due_result_count", label="应上传对标结果数", kind="count", unit="个", source="records", required=False,
          under="result_upload_rate_pct"),
    Field(key="uploaded_result_count", label="上传对标结果数", kind="count", unit="个", source="records"),
    Field(key="result_upload_rate_pct", label="占应上传结果总数比例", kind="percent", unit="%", source="records",
          required=False, of=("uploaded_result_count", "due_result_count")),
    _long("government_agenda_status", "纳入当地党委、政府工作情况"),
    _long("policy_measures", "当地党委、政府出台相关政策措施情况"),
    _long("promotion_body", "成立相应推进机构情况"),
    _long("leader_endorsements", "当地党委、政府领导批示肯定情况"),
    _long("fiscal_support", "当地财政支持情况"),
    _amount("fiscal_amount", "财政支持资金", "fiscal_support"),
    _long("interdepartmental_participation", "相关部门共同参与情况"),
    _long("standards_influence_gains", "对标产业标准话语权能力提升情况"),
    _long("output_and_tax_growth", "对标企业较上年产值规模、上缴税收增长情况"),
    _amount("output_this_year", "产值（本年）", "output_and_tax_growth"),
    _amount("output_last_year", "产值（上年）", "output_and_tax_growth"),
    _amount("tax_this_year", "上缴税收（本年）", "output_and_tax_growth"),
    _amount("tax_last_year", "上缴税收（上年）", "output_and_tax_growth"),
    _long("comparison_report_status", "形成对标达标报告情况", "partly"),
    Field(key="comparison_report_count", label="对标达标报告数", kind="count", unit="份", source="records",
          required=False, under="comparison_report_status"),
    _long("top_runner_status", "树立企业标准“领跑者”情况", "partly"),
    Field(key="leader_candidate_count", label="“领跑者”候选企业数", kind="count", unit="家", source="records",
          required=False, under="top_runner_status"),
    Field(key="listed_count", label="入榜“领跑者”产品数", kind="count", unit="个", source="records",
          required=False, under="top_runner_status"),
)  # fmt: skip
"""Every field in the order of the form; the figures that the form has no box for stand before or behind theirs."""

BY_KEY: Final[Mapping[str, Field]] = {field.key: field for field in FIELDS}

PAIRS: Final = (("output_this_year", "output_last_year"), ("tax_this_year", "tax_last_year"))
"""A figure of this year and the one of last year that its growth is measured against."""

COUNTED: Final = tuple(field.key for field in FIELDS if field.kind == "count" and field.source == "records")
"""Figures that the records know, as they stand at the end of the period."""

HINT: Final = (
    "（包括主导制定国际标准、国家标准、行业标准和全国性团体标准、“浙江制造”标准，"
    "承担国际和全国专业标准化技术委员会秘书处等情况）"
)
"""What the form prints below the field on the say in standards."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a report is about: a first half-year, or a whole year."""

    begins_on: date
    ends_on: date


def span_of(period: str) -> Span:
    """2020H1 is January to June, 2020 the whole year."""
    year = int(period[:4])
    return Span(date(year, 1, 1), date(year, 6, 30) if period.endswith("H1") else date(year, 12, 31))


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Percent with two places, rounded half up; none of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(HUNDREDTH, ROUND_HALF_UP)
