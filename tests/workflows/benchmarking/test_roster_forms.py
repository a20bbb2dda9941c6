"""Another kind of list is a table of columns and no program."""

from typing import Any

from roster_files import DATE, UNIT, ListFile, assert_survives, expecting, file_codes, row_faults, values, whys

from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.readers import read_enterprise, read_ordinal
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sentences import Wording
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import plain_text


def read_phone(value: Scalar, name: str, draft: Draft) -> str | None:
    text = plain_text(value)
    if text and not text.replace("-", "").isdecimal():
        draft.error(name, "PHONE_INVALID", text, wording=Wording("“{detail}”不是电话号码。", "请填写数字。"))
    return text or None


def read_person(value: Scalar, _: str, __: Draft) -> str | None:
    return plain_text(value) or None


def phone_or_name(row: Draft) -> None:
    if row.values["phone"] is None and row.values["person"] is None:
        row.warn("person", "CONTACT_EMPTY", wording=Wording("没有联系人，也没有电话。", "请至少填一项。"))


CONTACTS = Form(
    key="contacts",
    title_word="联系人",
    subject="enterprise_name",
    known_by=(("enterprise_name",), ("person", "phone")),
    columns=(
        Column("seq", "序", read_ordinal, required=False, counting=True),
        Column("enterprise_name", "企业名称", read_enterprise, aliases=("单位",)),
        Column("person", "联系人", read_person),
        Column("phone", "电话", read_phone, aliases=("联系电话",), containing=(("手机",),)),
    ),
    row_checks=(phone_or_name,),
)


def contacts(rows: list[list[Any]]) -> ListFile:
    header = [["序", "单 位", "联系人", "手机号码"]]
    return ListFile(above=[["2020年企业联系人一览"], [UNIT, DATE]], header=header, rows=rows, below=[["注：略"]])


def read_contacts(sent: bytes) -> Report:
    return read_roster(sent, filename="联系人.xlsx", expectation=expecting(), form=CONTACTS)


def test_a_form_of_other_columns_is_read_by_its_table() -> None:
    rows = [
        [1, "宁波海曙样例电器有限公司", "样例", "0574-0000001"],
        [2, "宁波海曙示例阀门有限公司", "示例", 13000000000],
    ]
    report = read_contacts(contacts(rows).xlsx())
    assert_survives(report, rows=2)
    assert values(report, "enterprise_name", "person", "phone") == [
        ["宁波海曙样例电器有限公司", "样例", "0574-0000001"],
        ["宁波海曙示例阀门有限公司", "示例", "13000000000"],
    ]
    assert report.heading.title == "2020年企业联系人一览"
    assert whys(report) == [(6, "notes")]
    assert report.as_json()["form"] == "contacts"


def test_the_faults_of_another_form_are_said_in_its_own_words() -> None:
    rows = [[1, "宁波海曙样例电器有限公司", None, "无号码"], [2, "同上", None, None]]
    report = read_contacts(contacts(rows).xlsx())
    assert row_faults(report) == [
        (4, "phone", "PHONE_INVALID"),
        (5, "enterprise_name", "DITTO_RESOLVED"),
        (5, "person", "CONTACT_EMPTY"),
    ]
    assert report.rows[0].errors[0].sentence == "工作表“附件2”第4行“手机号码”：“无号码”不是电话号码。"
    assert report.rows[0].errors[0].remedy == "请填写数字。"


def test_a_row_without_its_subject_does_not_go_on_where_the_form_has_no_parts() -> None:
    rows = [[1, "宁波海曙样例电器有限公司", "样例", 1], [None, None, "示例", 2]]
    assert row_faults(read_contacts(contacts(rows).xlsx())) == [(5, "enterprise_name", "ENTERPRISE_NAME_MISSING")]


def test_a_table_of_another_form_goes_on_by_its_subject() -> None:
    def add(document: Any) -> None:
        document.add_table(rows=1, cols=7).cell(0, 1).text = "宁波海曙示例阀门有限公司"

    sent = contacts([[1, "宁波海曙样例电器有限公司", "样例", 1]])
    sent.edits.append(add)
    report = read_contacts(sent.docx())
    assert file_codes(report) == ([], ["TABLE_JOINED_WITHOUT_HEADER"])
    assert row_faults(report) == [(1, "person", "CONTACT_EMPTY")]
