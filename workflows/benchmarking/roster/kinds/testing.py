"""The form of test reports: laboratory, certificate, number, day, sampling and conclusion for each product."""

from typing import Final

from workflows.benchmarking.roster.checks import no_entry_twice, one_name_per_enterprise
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import choice_reader, day_reader, number_reader, read_cma, text_reader
from workflows.benchmarking.roster.kinds.checks import has_come, is_named
from workflows.benchmarking.roster.kinds.columns import BROUGHT, CODE, CODED, ENTERPRISE, NAMED, NUMBERED, PRODUCT

LABORATORY, CMA, REPORT_NO, ISSUED = "laboratory", "cma_no", "report_no", "issued_on"
SAMPLING, CONCLUSION = "sampling", "conclusion"

CONCLUSION_WORDS: Final = {
    word: value
    for value, words in {
        "all_better": (
            "全部优于",
            "全部指标优于比对标准",
            "全部指标优于",
            "全优于",
            "均优于",
            "全部指标均优于比对标准",
        ),
        "partly_better": ("部分优于", "部分指标优于比对标准", "部分指标优于"),
        "all_equal": ("一致", "全部一致", "全部指标与比对标准一致", "与比对标准一致", "等同", "全部指标一致", "相当"),
        "partly_lower": ("部分低于", "部分指标低于比对标准", "部分指标低于"),
        "not_met": ("未达到", "未达到比对标准", "未达标", "低于", "全部低于"),
    }.items()
    for word in (value, *words)
}
SAMPLING_WORDS: Final = {
    word: value
    for value, words in {
        "sampled": ("抽样", "抽检", "抽查", "监督抽样", "监督抽查", "现场抽样", "抽样检验"),
        "submitted": ("送样", "送检", "委托送样", "委托", "委托检验", "送样检验", "来样"),
    }.items()
    for word in (value, *words)
}


def concluding(name: str, *, needed: str) -> Column:
    """The column of the conclusion; `needed` names it where it must be filled."""
    return Column(
        name,
        "对标结论",
        choice_reader(CONCLUSION_WORDS, code="CONCLUSION_UNKNOWN", needed=needed),
        aliases=("结论", "检验结论", "比对结论", "对标结果", "比对结果", "与比对标准相比"),
        containing=(("结论",),),
        required=bool(needed),
        quiet=not needed,
        width=14,
        choices=("全部优于", "部分优于", "一致", "部分低于", "未达到"),
        hint="与比对标准相比的结论；哪一种都不影响办理。",
        example="部分优于",
    )


TEST_REPORTS = Form(
    key="test_reports",
    name="检验报告",
    title="{city}{year}年对标达标产品检验报告一览",
    title_word="报告",
    notes=("报告原件另行上传；同一产品再次检验的，新报告取代原报告。",),
    subject=ENTERPRISE,
    part=PRODUCT,
    also_subject=(CODE,),
    known_by=((ENTERPRISE, CODE), (REPORT_NO,), (LABORATORY, ISSUED)),
    columns=(
        NUMBERED,
        NAMED,
        CODED,
        BROUGHT,
        Column(
            LABORATORY,
            "检验机构",
            text_reader(120, needed="检验机构"),
            aliases=("检测机构", "检验检测机构", "检验单位", "检测单位", "实验室", "检验机构名称", "承检机构"),
            containing=(("检验", "机构"), ("检测", "机构"), ("检验", "单位"), ("检测", "单位")),
            width=28,
            hint="报告封面上的机构全称。",
            example="样例检验检测研究院",
            longest=120,
        ),
        Column(
            CMA,
            "CMA证书编号",
            read_cma,
            aliases=("资质认定证书编号", "CMA编号", "CMA", "资质认定编号", "CMA号", "CMA证书号"),
            containing=(("cma",), ("资质认定",)),
            required=False,
            quiet=True,
            width=18,
            hint="12位数字，单元格请设为文本格式；没有的留空。",
            example="201120000001",
            longest=16,
        ),
        Column(
            REPORT_NO,
            "报告编号",
            number_reader(needed="报告编号"),
            aliases=("检验报告编号", "检测报告编号", "报告号", "检验报告号", "检测报告号"),
            containing=(("报告", "编号"), ("报告", "号")),
            width=20,
            hint="报告封面上的编号，单元格请设为文本格式。",
            example="YL-2020-001",
            longest=64,
        ),
        Column(
            ISSUED,
            "签发日期",
            day_reader(needed="签发日期"),
            aliases=("报告日期", "出具日期", "报告时间", "签发时间", "出报告日期", "批准日期"),
            containing=(("签发", "日期"), ("报告", "日期"), ("出具", "日期")),
            width=14,
            hint="报告的签发日期，不晚于今天。",
            example="2020-09-18",
        ),
        Column(
            SAMPLING,
            "抽样或送样",
            choice_reader(SAMPLING_WORDS, code="SAMPLING_UNKNOWN", otherwise="submitted"),
            aliases=("取样方式", "抽样方式", "抽样/送样", "样品来源", "检验类别", "检验类型", "检验方式"),
            containing=(("抽样",), ("送样",)),
            required=False,
            quiet=True,
            width=12,
            choices=("抽样", "送样"),
            hint="留空视为送样。",
            example="抽样",
        ),
        concluding(CONCLUSION, needed="对标结论"),
    ),
    row_checks=(is_named,),
    list_checks=(one_name_per_enterprise, no_entry_twice, has_come(ISSUED)),
)
