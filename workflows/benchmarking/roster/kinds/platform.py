"""The forms of what stands on the national platform: plans uploaded, and results uploaded."""

from typing import Final

from workflows.benchmarking.roster.checks import no_entry_twice, one_name_per_enterprise
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import day_reader, number_reader, read_link
from workflows.benchmarking.roster.kinds.checks import has_come, is_named, says_any
from workflows.benchmarking.roster.kinds.columns import BROUGHT, CODE, CODED, ENTERPRISE, NAMED, NUMBERED, PRODUCT
from workflows.benchmarking.roster.kinds.testing import CONCLUSION, concluding

PLAN_NO, PLAN_URL, RESULT_NO, RESULT_URL = "plan_no", "plan_url", "result_no", "result_url"
UPLOADED: Final = "uploaded_on"


def _uploaded(*aliases: str) -> Column:
    return Column(
        UPLOADED,
        "上传日期",
        day_reader(needed="上传日期"),
        aliases=("上传时间", "上传平台日期", "上传平台时间", "平台上传日期", "平台上传时间", *aliases),
        containing=(("上传", "日期"), ("上传", "时间")),
        width=14,
        hint="上传到国家平台的日期，不晚于今天。",
        example="2020-06-18",
    )


PLATFORM_PLANS = Form(
    key="platform_plans",
    name="已上传平台的技术方案",
    title="{city}{year}年对标达标技术方案上传情况",
    title_word="方案",
    notes=("方案已为产品登记的才能填报；几个产品共用一个方案的，各行填同样的编号、链接和日期。",),
    subject=ENTERPRISE,
    part=PRODUCT,
    also_subject=(CODE,),
    known_by=((ENTERPRISE, CODE), (PLAN_NO, PLAN_URL), (UPLOADED,)),
    columns=(
        NUMBERED,
        NAMED,
        CODED,
        BROUGHT,
        Column(
            PLAN_NO,
            "平台方案编号",
            number_reader(),
            aliases=("方案编号", "技术方案编号", "平台技术方案编号", "对标方案编号", "方案号"),
            containing=(("方案", "编号"), ("方案", "号")),
            required=False,
            width=22,
            hint="平台给出的方案编号，单元格请设为文本格式。编号和链接至少填一项。",
            example="FA-2020-0001",
            longest=64,
        ),
        Column(
            PLAN_URL,
            "方案链接",
            read_link,
            aliases=("方案网址", "平台方案链接", "平台链接", "技术方案链接", "方案地址", "链接", "网址"),
            containing=(("方案", "链接"), ("方案", "网址")),
            required=False,
            quiet=True,
            width=36,
            hint="方案在平台上的网址。",
            example="https://www.example.com/plan/1",
            longest=500,
        ),
        _uploaded("方案上传日期", "方案上传时间"),
    ),
    row_checks=(is_named, says_any(PLAN_NO, PLAN_URL, code="PLATFORM_RECORD_EMPTY")),
    list_checks=(one_name_per_enterprise, no_entry_twice, has_come(UPLOADED)),
)

RESULTS = Form(
    key="results",
    name="已上传平台的对标结果",
    title="{city}{year}年对标达标结果上传情况",
    title_word="结果",
    notes=("对标结论以检验报告登记的为准，填写的须与其一致；可以留空。",),
    subject=ENTERPRISE,
    part=PRODUCT,
    also_subject=(CODE,),
    known_by=((ENTERPRISE, CODE), (RESULT_NO, RESULT_URL), (UPLOADED,)),
    columns=(
        NUMBERED,
        NAMED,
        CODED,
        BROUGHT,
        Column(
            RESULT_NO,
            "平台结果编号",
            number_reader(),
            aliases=("结果编号", "对标结果编号", "平台对标结果编号", "结果号"),
            containing=(("结果", "编号"), ("结果", "号")),
            required=False,
            width=22,
            hint="平台给出的结果编号，单元格请设为文本格式。编号和链接至少填一项。",
            example="JG-2020-0001",
            longest=64,
        ),
        Column(
            RESULT_URL,
            "结果链接",
            read_link,
            aliases=("结果网址", "平台结果链接", "平台链接", "对标结果链接", "结果地址", "链接", "网址"),
            containing=(("结果", "链接"), ("结果", "网址")),
            required=False,
            quiet=True,
            width=36,
            hint="结果在平台上的网址。",
            example="https://www.example.com/result/1",
            longest=500,
        ),
        _uploaded("结果上传日期", "结果上传时间"),
        concluding(CONCLUSION, needed=""),
    ),
    row_checks=(is_named, says_any(RESULT_NO, RESULT_URL, code="PLATFORM_RECORD_EMPTY")),
    list_checks=(one_name_per_enterprise, no_entry_twice, has_come(UPLOADED)),
)
