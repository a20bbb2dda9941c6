"""The papers of public lists and half-yearly forms, read back, and the sheet that comes back filled in."""

from datetime import date
from io import BytesIO
from typing import Any

import ningbo
import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from engine.clock import FixedClock
from engine.errors import Refused
from engine.store.database import Database
from workflows.benchmarking.annexes.annex3 import AnnexFacts, write_annex_3
from workflows.benchmarking.annexes.publicity import (
    ListedProduct,
    PublicityFacts,
    write_publicity,
    write_publicity_sheet,
)
from workflows.benchmarking.annexes.reportsheet import HEADS, NAMELESS, read_report_sheet
from workflows.benchmarking.model import LabReport
from workflows.benchmarking.plausible import entry_faults, tidy_report
from workflows.benchmarking.publicity import publicity_facts
from workflows.benchmarking.recording import BatchDraft, Pick, make_batch
from workflows.benchmarking.records import products, publications

ROWS = [
    ListedProduct("海曙", "样例甲有限公司", "衬衫", ["GB/T 2664—2017《样例标准》", "Q/YL 001—2020"], ["ISO 5077:2007"]),
    ListedProduct("海曙", "样例甲有限公司", "西服", ["GB/T 2664—2017"], []),
]


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def facts(**changes: Any) -> PublicityFacts:
    told: dict[str, Any] = {
        "label": "甬对标〔2020〕第3批",
        "title": "宁波市2020年对标达标企业和产品名单（第三批）",
        "document_no": "样例〔2020〕3号",
        "office": "宁波市市场监督管理局",
        "plan_title": "样例实施方案",
        "starts_on": date(2020, 10, 19),
        "ends_on": date(2020, 10, 23),
        "workdays": 5,
        "on": date(2020, 10, 19),
        "final": False,
        "rows": ROWS,
    }
    return PublicityFacts(**told | changes)


def words(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_notice_says_days_objections_and_how_many() -> None:
    paper = write_publicity(facts())
    text = words(paper.content)

    assert paper.name == "公示名单（草稿）甬对标〔2020〕第3批.docx"
    assert "1家企业、2个产品名单予以公示" in text
    assert "公示期为2020年10月19日至2020年10月23日，共5个工作日" in text
    assert "如有异议" in text
    assert "（第三批）" in text
    assert "草稿" in Document(BytesIO(paper.content)).sections[0].header.paragraphs[0].text


def test_a_confirmed_list_without_publicity_is_announced_and_no_draft() -> None:
    paper = write_publicity(facts(starts_on=None, ends_on=None, final=True, document_no=None, title="样例名单"))
    text = words(paper.content)

    assert paper.name == "公布名单甬对标〔2020〕第3批.docx"
    assert "异议" not in text
    assert "予以公布" in text
    assert Document(BytesIO(paper.content)).sections[0].header.paragraphs[0].text == ""


def test_the_sheet_of_a_list_has_its_rows_and_its_sum() -> None:
    page = load_workbook(BytesIO(write_publicity_sheet(facts()).content))["公示名单"]

    assert [cell.value for cell in page[4]][:4] == [1, "海曙", "样例甲有限公司", "衬衫"]
    assert page["A6"].value == "合计：1家企业，2个产品。"
    assert page.row_dimensions[4].height > page.row_dimensions[5].height
    at_once = write_publicity_sheet(facts(starts_on=None, ends_on=None, final=True))
    line = load_workbook(BytesIO(at_once.content))["公示名单"]["A2"].value
    assert "公示期" not in line
    assert "草稿" not in line


def test_a_batch_tells_its_papers_what_is_on_record(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    with quick.work("haishu") as work:
        draft = BatchDraft(title="样例名单", starts_on=date(2020, 6, 24), ends_on=date(2020, 6, 29))
        place = quick.district_id("haishu")
        actor = quick.actor("haishu")
        batch = make_batch(quick.engine, work, actor, draft, campaign=ningbo.CAMPAIGN, organisation_id=place)
        product = products.active_of(work, case.id)[0]
        publications.join(work, batch.id, {product.id: case.id}, person_id=actor.person_id)
        found = publicity_facts(quick.engine, work, batch, quick.today())
        at_once = make_batch(
            quick.engine, work, actor, BatchDraft(title="无公示"), campaign=ningbo.CAMPAIGN, organisation_id=place
        )
        bare = publicity_facts(quick.engine, work, at_once, quick.today())

    assert (found.office, found.workdays, found.final) == ("海曙区市场监督管理局", 3, False)
    assert found.rows[0].implemented == ("GB/T 2664—2017《样例标准》",)
    assert (bare.workdays, bare.on) == (0, quick.today())
    with pytest.raises(Refused), quick.work("haishu") as work:
        make_batch(
            quick.engine, work, actor, draft, campaign=ningbo.CAMPAIGN, organisation_id=place, picks=[Pick(case.id)]
        )


def test_growth_and_money_stand_behind_the_texts_they_belong_to() -> None:
    sheet = {
        "industry_name": "智能家电",
        "output_and_tax_growth": "平稳",
        "output_this_year": "110.00",
        "output_last_year": "100.00",
        "tax_this_year": "5.00",
        "fiscal_support": "专项经费",
        "fiscal_amount": "30.00",
    }
    text = words(write_annex_3(AnnexFacts(unit="样例局", period="2020年度", reported_on=None, final=False,
                                          sheets=[sheet], sums={})).content)  # fmt: skip

    assert "产值110万元，上年100万元，增长10.00%" in text
    assert "财政支持资金30.00万元" in text
    assert "上缴税收5" not in text


def filled(*rows: list[object], head: bool = True) -> bytes:
    book = Workbook()
    page = book.active
    if head:
        page.append([*HEADS, NAMELESS, None])
    for row in rows:
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_is_read_by_keys_or_labels_and_other_rows_are_passed_over() -> None:
    content = filled(
        ["uploaded_plan_count", "", "", "", 3.0, "behind"],
        ["", "当地财政支持情况", "", "", "专项经费"],
        ["", "别的", "", "", "x"],
        ["policy_measures", "", "", "", " "],
    )
    found = read_report_sheet("报表.xlsx", content)

    assert found == {"": {"uploaded_plan_count": "3", "fiscal_support": "专项经费", "policy_measures": None}}


@pytest.mark.parametrize("content", [filled(["a"], head=False), b"PK\x03\x04", b"\xff\xd8\xff"])
def test_a_file_that_is_no_filled_in_form_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_report_sheet("报表.xlsx", content)


def test_a_letter_is_no_filled_in_form() -> None:
    with pytest.raises(Refused, match="no filled-in form"):
        read_report_sheet("报表.docx", write_publicity(facts()).content)


def test_every_fault_of_a_report_is_told_when_it_is_entered() -> None:
    report = LabReport("长" * 121, "1", "", date(2021, 1, 1), "found", "good")  # type: ignore[arg-type]
    found = entry_faults(tidy_report(report), nominated_on=date(2020, 6, 5), today=date(2020, 10, 1))

    assert [one.part for one in found] == [
        "report_no",
        "cma_no",
        "issued_on",
        "laboratory",
        "conclusion",
        "sampling",
    ]
