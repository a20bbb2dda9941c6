"""The form that adds credit codes, industries, clusters, size and honours to enterprises on record."""

from workflows.benchmarking.details import read_industry
from workflows.benchmarking.roster.checks import one_name_per_enterprise
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import detail_reader, read_if_so, read_several_honours, text_reader
from workflows.benchmarking.roster.kinds.checks import is_named, once, says_any
from workflows.benchmarking.roster.kinds.columns import CODE, CODED, ENTERPRISE, NAMED, NUMBERED

INDUSTRY, CLUSTER, LARGE, HONOURS = "industry_code", "cluster", "above_designated_size", "honours"


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
            detail_reader(read_industry, code="INDUSTRY_UNKNOWN"),
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
            detail_reader(read_several_honours, code="HONOUR_UNKNOWN"),
            aliases=("荣誉", "称号", "企业称号", "荣誉称号", "企业资质"),
            containing=(("荣誉",), ("称号",)),
            required=False,
            quiet=True,
            width=26,
            hint="专精特新“小巨人”、单项冠军等，几项用“、”隔开。",
            example="单项冠军、专精特新",
            longest=200,
        ),
    ),
    row_checks=(is_named, says_any(INDUSTRY, CODE, CLUSTER, LARGE, HONOURS, code="NOTHING_TO_RECORD")),
    list_checks=(one_name_per_enterprise, once(ENTERPRISE, code="DUPLICATE_SUBJECT")),
)
