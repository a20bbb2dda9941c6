"""The form of the people who work on the campaign: login, name, organisation, role, telephone and mail."""

from typing import Final

from engine.roles import ROLES
from workflows.benchmarking.details import read_mail, read_phone
from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import choice_reader, detail_reader, read_login, text_reader
from workflows.benchmarking.roster.kinds.checks import once
from workflows.benchmarking.roster.kinds.columns import NUMBERED
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import squeeze

LOGIN, PERSON, ORGANISATION, ROLE, PHONE, MAIL = "login", "name", "organisation", "role", "phone", "email"

_KNOWN: Final = {role: labels["zh"] for role, labels in ROLES.items() if role != "system"}
ROLE_WORDS: Final = {
    **{squeeze(label).lower(): role for role, label in _KNOWN.items()},
    **{role: role for role in _KNOWN},
    "经办": "district_coordinator",
    "经办人": "district_coordinator",
    "科室负责人": "district_section_head",
    "科长": "district_section_head",
    "分管领导": "district_deputy_head",
    "分管局长": "district_deputy_head",
}


def read_own_login(value: Scalar, name: str, draft: Draft) -> str | None:
    """The login, which tells people apart."""
    draft.key = read_login(value, name, draft)
    return draft.key


PEOPLE = Form(
    key="people",
    name="工作人员",
    title="{city}{year}年对标达标提升专项行动工作人员",
    title_word="人员",
    notes=("由系统管理员导入；留空的一格不改变已登记的内容。一人有几个角色的，另用 people role 命令添加。",),
    subject=LOGIN,
    known_by=((LOGIN,), (PERSON,), (ORGANISATION,)),
    columns=(
        NUMBERED,
        Column(
            LOGIN,
            "登录名",
            read_own_login,
            aliases=("账号", "用户名", "登录账号"),
            containing=(("登录",), ("账号",)),
            width=16,
            hint="小写字母、数字、点和短横。",
            example="haishu-2",
            longest=60,
        ),
        Column(
            PERSON,
            "姓名",
            text_reader(60, needed="姓名"),
            aliases=("经办人", "人员姓名", "联系人"),
            width=12,
            hint="函件和页面上的称呼。",
            example="样例",
            longest=60,
        ),
        Column(
            ORGANISATION,
            "单位",
            text_reader(120, needed="单位"),
            aliases=("所属单位", "工作单位", "单位名称", "区县", "地区", "区（县）市"),
            containing=(("单位",),),
            width=18,
            hint="区（县）市、市局、检验机构等，写名称或代码。",
            example="海曙",
            longest=120,
        ),
        Column(
            ROLE,
            "角色",
            choice_reader(ROLE_WORDS, code="ROLE_UNKNOWN"),
            aliases=("职责", "身份", "岗位"),
            containing=(("角色",),),
            required=False,
            width=24,
            choices=tuple(_KNOWN.values()),
            hint="在本单位的角色；新来的人须填写。",
            example="区县（市）局经办",
        ),
        Column(
            PHONE,
            "办公电话",
            detail_reader(read_phone, code="PHONE_INVALID"),
            aliases=("电话", "联系电话", "手机", "座机"),
            containing=(("电话",),),
            required=False,
            quiet=True,
            width=20,
            hint="带区号的座机或手机。",
            example="0574-00000000",
            longest=40,
        ),
        Column(
            MAIL,
            "邮箱",
            detail_reader(read_mail, code="MAIL_INVALID"),
            aliases=("电子邮箱", "邮箱地址", "电子邮件", "E-mail", "Email"),
            containing=(("邮箱",), ("邮件",)),
            required=False,
            quiet=True,
            width=26,
            hint="提醒、催办和周报寄到这里。",
            example="sample@example.com",
            longest=200,
        ),
    ),
    list_checks=(once(LOGIN, code="DUPLICATE_PERSON"),),
)
