"""The form of the enterprises' contacts: whom to ask, telephone and mail."""

from workflows.benchmarking.details import read_mail, read_phone
from workflows.benchmarking.roster.checks import one_name_per_enterprise
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds.cells import detail_reader, text_reader
from workflows.benchmarking.roster.kinds.checks import is_named, once, says_any
from workflows.benchmarking.roster.kinds.columns import CODE, CODED, ENTERPRISE, NAMED, NUMBERED

PERSON, PHONE, MAIL = "contact_name", "contact_phone", "contact_email"

CONTACTS = Form(
    key="contacts",
    name="企业联系人",
    title="{city}{year}年对标达标提升专项行动企业联系人",
    title_word="联系人",
    notes=("留空的一格不改变已登记的内容。",),
    subject=ENTERPRISE,
    also_subject=(CODE,),
    known_by=((ENTERPRISE, CODE), (PERSON,), (PHONE, MAIL)),
    columns=(
        NUMBERED,
        NAMED,
        CODED,
        Column(
            PERSON,
            "联系人",
            text_reader(40),
            aliases=("企业联系人", "联系人姓名", "姓名", "负责人", "经办人", "联络员", "对接人"),
            containing=(("联系人",), ("联络员",)),
            required=False,
            width=12,
            hint="企业负责对标工作的人。",
            example="样例",
            longest=40,
        ),
        Column(
            PHONE,
            "联系电话",
            detail_reader(read_phone, code="PHONE_INVALID"),
            aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系手机"),
            containing=(("电话",), ("手机",), ("联系方式",)),
            required=False,
            width=20,
            hint="手机或带区号的座机。",
            example="0574-00000000",
            longest=40,
        ),
        Column(
            MAIL,
            "邮箱",
            detail_reader(read_mail, code="MAIL_INVALID"),
            aliases=("电子邮箱", "邮箱地址", "电子邮件", "E-mail", "Email", "邮件"),
            containing=(("邮箱",), ("邮件",)),
            required=False,
            quiet=True,
            width=26,
            hint="一格只写一个邮箱。",
            example="sample@example.com",
            longest=200,
        ),
    ),
    row_checks=(is_named, says_any(PERSON, PHONE, MAIL, code="CONTACT_EMPTY")),
    list_checks=(one_name_per_enterprise, once(ENTERPRISE, code="DUPLICATE_SUBJECT")),
)
