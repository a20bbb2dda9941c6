"""Which list arrives in which manner: the messes of each district, in the order in which they are made."""

from collections.abc import Mapping
from typing import Final

import messes
from annex2 import BENCHMARK, IMPLEMENTED, NAME, PLAN, PRODUCT, SEQ, SUPPORT, merge_enterprises
from messes import CIRCLED, NO_BREAK, ZERO_WIDTH, Mess, written

MANNERS: Final[Mapping[str, tuple[Mess, ...]]] = {
    "01-海曙.xlsx": (
        messes.free_line_below_annex,
        messes.broken_title,
        messes.one_reporting_cell,
        messes.unit("海曙区市场监督管理局"),
        messes.further_sheets,
        merge_enterprises,
        messes.plan_as_number("饮用冷水水表"),
        messes.separated(BENCHMARK, "；\n"),
    ),
    "02-江北.xlsx": (
        messes.unit("江北区市监局"),
        messes.real_date,
        messes.two_row_header,
        messes.hidden("羽绒服装"),
        messes.total("8家"),
        messes.signed,
    ),
    "03-镇海.docx": (
        messes.letter,
        messes.cut_before("圆锥滚子轴承"),
        messes.dated("2020年6月3 日"),
        messes.rewritten("石油苯", IMPLEMENTED, messes.doubled),
        messes.signed,
    ),
    "04-北仑.xlsx": (
        messes.dated("2020-5-29"),
        messes.counted({1: "１", 2: "2.0", 3: "三", 4: "④", 5: "5."}),
        messes.nothing_said(PLAN, "无", "/", "—"),
        messes.rewritten("钢琴", IMPLEMENTED, messes.bare),
        messes.other_columns,
    ),
    "05-鄞州.xlsx": (
        messes.spaced_header,
        messes.flagged("√", "需要", "有", "是 "),
        messes.rewritten("床单", NAME, messes.spread_out),
        messes.rewritten("房间空气调节器", PRODUCT, messes.spread_out),
        messes.separated(IMPLEMENTED, "、"),
        messes.continued,
        messes.blank_lines("气缸", "LED球泡灯"),
    ),
    "06-奉化.xls": (
        messes.dated("2020.6.11"),
        messes.rewritten("喷油螺杆空气压缩机", IMPLEMENTED, messes.wide),
        messes.rewritten("跑步机", BENCHMARK, messes.wide),
        written("气动换向阀", NAME, "同上"),
        messes.signed,
    ),
    "07-慈溪.docx": (
        messes.rewritten("超高分子量聚乙烯纤维", NAME, messes.half_brackets),
        messes.unmerged("慈溪样例家电有限公司"),
        written("电熨斗", NAME, "{} "),
        messes.numbered(IMPLEMENTED, CIRCLED),
        messes.numbered(BENCHMARK, ("1. ", "2. ", "3. ")),
        messes.nothing_said(SUPPORT, "否", "不需要"),
    ),
    "08-余姚-初次.xlsx": (
        messes.titled("2020年", "2019年"),
        written("高纯钛溅射靶材", PRODUCT, "待定"),
        messes.rewritten("工业机器人", IMPLEMENTED, messes.replaced("-2011", "-20111")),
        messes.struck("传动用短节距精密滚子链"),
        messes.formula("空气净化器", NAME, "B{above}"),
        messes.formula("双目望远镜", SUPPORT, 'IF(F{row}="","是","")', valued=False),
    ),
    "09-宁海.docx": (
        messes.rewritten("SC型光纤活动连接器", NAME, messes.half_brackets),
        messes.rewritten("LED道路照明灯具", IMPLEMENTED, messes.title_first),
        messes.rewritten("户外休闲桌椅", IMPLEMENTED, messes.title_first),
        messes.rewritten("铅笔", IMPLEMENTED, messes.bare),
        messes.nothing_said(PLAN, "—"),
    ),
    "10-象山-初次.docx": (
        messes.unit("宁海县市场监管局"),
        messes.flagged("待商议"),
        written("袜子", IMPLEMENTED, "#N/A"),
        messes.twice("三相异步电动机"),
    ),
    "11-高新区.docx": (
        messes.unit("高新区分局"),
        messes.dated("2020年  月  日"),
        written("无创自动测量血压计", NAME, f"{ZERO_WIDTH}{{}}{NO_BREAK}"),
        written("生物显微镜", PRODUCT, f"\ufeff{{}}{ZERO_WIDTH}"),
    ),
    "12-杭州湾.xlsm": (
        messes.formula("晶体硅光伏组件", NAME, "B{above}"),
        messes.formula("晶体硅光伏组件", SEQ, "A{above}"),
        written("起动用铅酸蓄电池", PRODUCT, "{}_x000D_"),
        messes.total("3家"),
    ),
    "13-保税区.xlsx": (messes.dated("20200525"), messes.separated(IMPLEMENTED, "\n")),
    "14-大榭.xlsx": (messes.unit("大榭开发区"), written("液化石油气", SUPPORT, "1"), messes.signed),
    "15-东钱湖.docx": (messes.unit("       市场监管局"), messes.dated("２０２０年６月５日")),
}
