"""The form of the enterprise list, Annex 2, as a table of columns and checks."""

from workflows.benchmarking.roster.checks import (
    benchmark_differs,
    benchmark_or_plan,
    count_agrees_with_numbers,
    no_entry_twice,
    not_in_another_district,
    one_name_per_enterprise,
    plan_or_support,
    totals_agree,
)
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.readers import (
    read_enterprise,
    read_flag,
    read_ordinal,
    read_plan_number,
    read_product,
    standards_reader,
)

SEQUENCE, ENTERPRISE, PRODUCT = "seq", "enterprise_name", "product_name"
IMPLEMENTED, BENCHMARK = "implemented_standards", "benchmark_standards"
PLAN, SUPPORT = "existing_plan_no", "plan_support_needed"

ANNEX_2 = Form(
    key="annex2",
    annex="2",
    title_word="名单",
    nominating=True,
    subject=ENTERPRISE,
    part=PRODUCT,
    known_by=((ENTERPRISE,), (PRODUCT,), (IMPLEMENTED, BENCHMARK)),
    columns=(
        Column(
            SEQUENCE,
            "序",
            read_ordinal,
            aliases=("序号", "编号", "号", "顺序号", "No", "NO."),
            required=False,
            counting=True,
        ),
        Column(
            ENTERPRISE,
            "企业名称",
            read_enterprise,
            aliases=("单位名称", "企业", "公司名称", "企业全称", "企业单位名称", "参与企业", "参加企业", "对标企业"),
            containing=(("企业", "名称"), ("单位", "名称"), ("公司", "名称")),
        ),
        Column(
            PRODUCT,
            "产品名称",
            read_product,
            aliases=("产品", "对标产品", "对标产品名称", "主要产品", "产品名"),
            containing=(("产品", "名称"),),
        ),
        Column(
            IMPLEMENTED,
            "执行标准号、名称",
            standards_reader(implemented=True),
            aliases=(
                "执行标准",
                "执行标准号",
                "执行标准编号",
                "执行标准号及名称",
                "执行标准号和名称",
                "执行标准编号及名称",
            ),
            containing=(("执行", "标准", "号"), ("执行", "标准")),
            titles=("执行标准名称",),
            empty=(),
        ),
        Column(
            BENCHMARK,
            "比对标准号、名称",
            standards_reader(implemented=False),
            aliases=("比对标准", "比对标准号", "比对标准编号", "比对标准号及名称", "比对标准号和名称", "对标标准"),
            containing=(("比对", "标准"), ("对标", "标准")),
            titles=("比对标准名称", "对标标准名称"),
            empty=(),
        ),
        Column(
            PLAN,
            "平台现有技术方案编号",
            read_plan_number,
            aliases=("现有技术方案编号", "技术方案编号", "方案编号", "平台技术方案编号", "平台方案编号"),
            containing=(("方案", "编号"), ("方案", "号")),
            required=False,
        ),
        Column(
            SUPPORT,
            "另行制定技术方案技术支持需求",
            read_flag,
            aliases=("技术支持需求", "技术支持", "是否需要技术支持", "方案技术支持需求", "支持需求"),
            containing=(("支持", "需求"), ("技术支持",)),
            required=False,
            empty=False,
        ),
    ),
    row_checks=(benchmark_or_plan, benchmark_differs, plan_or_support),
    list_checks=(
        one_name_per_enterprise,
        no_entry_twice,
        not_in_another_district,
        count_agrees_with_numbers,
        totals_agree,
    ),
)
