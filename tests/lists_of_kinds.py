"""Lists of the further kinds as they arrive: written with a spreadsheet library, read, and brought into a database."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import ningbo
import openpyxl

from workflows.benchmarking.bringing import Brought, bring, compare
from workflows.benchmarking.bringing.deeds import Difference
from workflows.benchmarking.enrolment import ListSource
from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.kinds import FORMS
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report

REPORTS = ["序号", "企业名称", "产品名称", "检验机构", "CMA证书编号", "报告编号", "签发日期", "抽样或送样", "对标结论"]
PLANS = ["企业名称", "产品名称", "平台方案编号", "方案链接", "上传日期"]
RESULTS = ["企业名称", "产品名称", "平台结果编号", "结果链接", "上传日期", "对标结论"]
CONTACTS = ["企业名称", "统一社会信用代码", "联系人", "联系电话", "邮箱"]
INDUSTRIES = ["企业名称", "统一社会信用代码", "行业代码", "产业集群", "是否规上", "企业荣誉"]
PEOPLE = ["登录名", "姓名", "单位", "角色", "办公电话", "邮箱"]
DISTRICTS = (DistrictName("haishu", "海曙", ("海曙区",)), DistrictName("cixi", "慈溪", ("慈溪市",)))


def workbook(header: Sequence[str], *rows: Sequence[Any], above: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook with what stands above the list, its header and its rows."""
    book: Any = openpyxl.Workbook()
    for line in (*above, header, *rows):
        book.active.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_kind(
    content: bytes, *, form: str = "", today: date = date(2020, 5, 15), district: str | None = "haishu"
) -> Report:
    """The answer to a file; of all forms the header chooses where none is said."""
    expectation = Expectation(campaign_year=2020, today=today, districts=DISTRICTS, district=district)
    if form:
        return read_roster(content, filename="样例.xlsx", expectation=expectation, form=FORMS[form])
    return read_roster(content, filename="样例.xlsx", expectation=expectation, among=tuple(FORMS.values()))


def codes(report: Report) -> list[tuple[int, str | None, str]]:
    """Row, field and code of every error of a row."""
    return [(row.row, fault.name, fault.code) for row in report.rows for fault in row.errors]


@dataclass
class Desk:
    """Somebody who brings lists of all kinds into a small Ningbo."""

    house: ningbo.Ningbo
    sent: list[bytes] = field(default_factory=list)

    def source(self, content: bytes, district: str, **more: Any) -> ListSource:
        values: dict[str, Any] = {
            "campaign": ningbo.CAMPAIGN,
            "district": district,
            "sha256": sha256(content).hexdigest(),
            "filename": "样例.xlsx",
            "received_on": self.house.today(),
        }
        return ListSource(**values | more)

    def bring(
        self, header: Sequence[str], *rows: Sequence[Any], district: str = "haishu", login: str = "", **more: Any
    ) -> Brought:
        return self.bring_file(workbook(header, *rows), district=district, login=login, **more)

    def bring_file(self, content: bytes, *, district: str = "haishu", login: str = "", **more: Any) -> Brought:
        report = read_kind(content, today=self.house.today(), district=district)
        with self.house.work(login or district) as work:
            actor = self.house.actor(login or district)
            return bring(self.house.engine, work, actor, report, self.source(content, district, **more))

    def compare(self, header: Sequence[str], *rows: Sequence[Any], district: str = "haishu") -> Difference:
        content = workbook(header, *rows)
        report = read_kind(content, today=self.house.today(), district=district)
        with self.house.engine.look() as work:
            source = self.source(content, district)
            return compare(self.house.engine, work, self.house.actor(district), report, source)[1]
