"""Columns that several of the campaign's other lists have: number, enterprise, credit code, product."""

from typing import Final

from workflows.benchmarking.roster.forms import Column
from workflows.benchmarking.roster.kinds.cells import (
    read_credit_code,
    read_enterprise_if_any,
    read_product_if_any,
)
from workflows.benchmarking.roster.readers import read_ordinal

SEQUENCE, ENTERPRISE, CODE, PRODUCT = "seq", "enterprise_name", "credit_code", "product_name"

NUMBERED: Final = Column(
    SEQUENCE,
    "序",
    read_ordinal,
    aliases=("序号", "编号", "号", "顺序号", "No", "NO."),
    required=False,
    counting=True,
    width=6,
)
NAMED: Final = Column(
    ENTERPRISE,
    "企业名称",
    read_enterprise_if_any,
    aliases=(
        *("单位名称", "企业", "公司名称", "企业全称", "企业单位名称", "参与企业", "参加企业", "对标企业"),
        *("生产企业", "生产单位", "受检企业", "受检单位", "申报企业", "单位"),
    ),
    containing=(("企业", "名称"), ("公司", "名称")),
    required=False,
    quiet=True,
    width=32,
    hint="营业执照上的全称。填写了信用代码的可以留空。",
    example="宁波样例电器有限公司",
    longest=100,
)
CODED: Final = Column(
    CODE,
    "统一社会信用代码",
    read_credit_code,
    aliases=("信用代码", "社会信用代码", "统一信用代码", "机构代码", "组织机构代码", "税号", "纳税人识别号"),
    containing=(("信用", "代码"),),
    required=False,
    quiet=True,
    width=22,
    hint="营业执照上的18位代码。单元格请设为文本格式。",
    longest=18,
)
BROUGHT: Final = Column(
    PRODUCT,
    "产品名称",
    read_product_if_any,
    aliases=("产品", "对标产品", "对标产品名称", "主要产品", "产品名", "样品名称", "样品", "送检产品", "检验产品"),
    containing=(("产品", "名称"), ("样品", "名称")),
    required=False,
    quiet=True,
    width=26,
    hint="与报送名单时的产品名称一致。企业只有一个产品的可以留空。",
    example="样例电饭锅",
    longest=100,
)
