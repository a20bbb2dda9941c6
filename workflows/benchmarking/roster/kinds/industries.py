"""The form that adds credit codes, industries, clusters, size and honours to enterprises on record."""

from typing import Final

from workflows.benchmarking import industries
from workflows.benchmarking.roster.checks import one_name_per_enterprise
from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import read_if_so, several_reader, text_reader
from workflows.benchmarking.roster.kinds.checks import is_named, once, says_any
from workflows.benchmarking.roster.kinds.columns import CODE, CODED, ENTERPRISE, NAMED, NUMBERED
from workflows.benchmarking.roster.sentences import WORDINGS, Wording
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import is_none_word, plain_text, shorten

INDUSTRY, CLUSTER, LARGE, HONOURS = "industry_code", "cluster", "above_designated_size", "honours"

_UNKNOWN: Final = WORDINGS["INDUSTRY_UNKNOWN"]


def read_industry(value: Scalar, name: str, draft: Draft) -> str | None:
    """The code of an industry of GB/T 4754-2017, by code, by name, or by both where they mean the same."""
    text = plain_text(value)
    if is_none_word(text):
        return None
    found = industries.find(text)
    if found is None or found.code == found.section:
        near = "、".join(one.label for one in industries.suggest(text, limit=3))
        said = Wording(_UNKNOWN.sentence, f"是否为：{near}？请填四位小类代码或名称。") if near else None
        draft.error(name, "INDUSTRY_UNKNOWN", shorten(text), wording=said)
        return None
    return found.code


INDUSTRIES = Form(
    key="industries",
    name="企业信用代码和行业",
    title="{city}{year}年对标达标提升专项行动企业信用代码和行业",
    title_word="行业",
    notes=("留空的一格不改变已登记的内容。", "已登记的“企业荣誉”以本表所填为准，不是追加。"),
    subject=ENTERPRISE,
    also_subject=(CODE,),
    known_by=((ENTERPRISE, CODE), (CODE, INDUSTRY, CLUSTER), (INDUSTRY, CLUSTER, LARGE, HONOURS)),
    columns=(
        NUMBERED,
        NAMED,
        CODED,
        Column(
            INDUSTRY,
            "行业代码",
            read_industry,
            aliases=("国民经济行业代码", "行业小类", "行业", "所属行业", "行业分类", "行业代码及名称", "行业名称"),
            containing=(("行业", "代码"), ("行业",)),
            required=False,
            width=14,
            hint="国民经济行业分类（GB/T 4754-2017）四位小类代码。",
            example="3854 家用厨房电器具制造",
            longest=60,
        ),
        Column(
            CLUSTER,
            "产业集群",
            text_reader(40),
            aliases=("产业", "所属产业", "重点产业", "集群", "对标产业", "所属产业集群"),
            containing=(("产业", "集群"), ("产业",)),
            required=False,
            quiet=True,
            width=18,
            hint="方案列出的产业或产业集群。",
            example="智能家电",
            longest=40,
        ),
        Column(
            LARGE,
            "是否规上",
            read_if_so,
            aliases=("规上", "规上企业", "是否规上企业", "是否规模以上", "规模以上", "是否规模以上企业"),
            containing=(("规上",), ("规模以上",)),
            required=False,
            quiet=True,
            width=10,
            choices=("是", "否"),
            hint="是否规模以上工业企业。",
            example="是",
        ),
        Column(
            HONOURS,
            "企业荣誉",
            several_reader(40),
            aliases=("荣誉", "称号", "企业称号", "荣誉称号", "企业资质"),
            containing=(("荣誉",), ("称号",)),
            required=False,
            quiet=True,
            empty=(),
            width=26,
            hint="专精特新“小巨人”、单项冠军等，几项用“、”隔开。",
            example="单项冠军、专精特新",
            longest=200,
        ),
    ),
    row_checks=(is_named, says_any(INDUSTRY, CODE, CLUSTER, LARGE, HONOURS, code="NOTHING_TO_RECORD")),
    list_checks=(one_name_per_enterprise, once(ENTERPRISE, code="DUPLICATE_SUBJECT")),
)
