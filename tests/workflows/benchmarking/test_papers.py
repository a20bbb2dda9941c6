"""Papers out, read back: drafts say that they are drafts, and every figure is that of the tables."""

from collections import Counter
from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import ningbo
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from ningbo import CAMPAIGN, row
from openpyxl import load_workbook

from engine.agenda import Span
from engine.briefing import Paper, Section
from engine.cases import Done
from engine.clock import ZONE, FixedClock
from engine.cutoff import counts_at
from engine.errors import NotFound
from engine.figures import Overview, overview
from engine.model import Case
from engine.planner import plan
from engine.store.database import Database
from workflows.benchmarking.annexes import chinese
from workflows.benchmarking.annexes.typeface import DRAFT
from workflows.benchmarking.briefing import BenchmarkingBriefing
from workflows.benchmarking.enrolment import decide_claim
from workflows.benchmarking.records.standings import stood_at

BRIEFING = BenchmarkingBriefing("宁波市市场监督管理局", "市局", "标准化处")


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def section(house: ningbo.Ningbo, milestone: str = "plan_drafted", district: str = "haishu") -> Section:
    """What a mail on 7 July would say about a district."""
    district_id = house.district_id(district)
    with house.engine.look() as work:
        standing = BRIEFING.standing(work, CAMPAIGN, district_id, milestone)
    flow = next(flow for flow in house.kind.flows.values() if milestone in flow.milestone_by_name)
    return Section(
        district_id=district_id,
        district={"haishu": "海曙", "cixi": "慈溪"}[district],
        milestone=milestone,
        milestone_label=flow.milestone_by_name[milestone].label,
        due_on=date(2020, 6, 30),
        workdays_late=5,
        names=standing.open_names,
        standing=standing,
        data={"flow": flow.name},
    )


def slip(house: ningbo.Ningbo, *sections: Section) -> Paper:
    house.at("2020-07-07")
    with house.engine.look() as work:
        return BRIEFING.slip(work, CAMPAIGN, sections or [section(house)], date(2020, 7, 7))


def circular(house: ningbo.Ningbo, *sections: Section) -> Paper:
    house.at("2020-07-14")
    with house.engine.look() as work:
        return BRIEFING.circular(work, CAMPAIGN, sections, date(2020, 7, 14))


def week(house: ningbo.Ningbo, monday: str) -> Overview:
    since = date.fromisoformat(monday)
    until = since + timedelta(days=6)
    cutoff = datetime.combine(until + timedelta(days=1), datetime.min.time(), ZONE)
    with house.engine.look() as work:
        return overview(house.engine, work, CAMPAIGN, flow="enterprise", span=Span(since, until, cutoff))


def form(paper: Paper) -> dict[str, str]:
    table = Document(BytesIO(paper.content)).tables[0]
    return {line.cells[0].text.replace("\n", ""): line.cells[1].text for line in table.rows}


def lines(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(paper.content)).paragraphs if paragraph.text]


def three(house: ningbo.Ningbo) -> None:
    """Three enterprises of 海曙, the first of them with an uploaded plan."""
    opened = house.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(3))).opened
    house.uploaded(opened[0])


def draft(house: ningbo.Ningbo, case: Case, login: str) -> None:
    house.with_plan(case, login=login)
    assert isinstance(house.step("draft_plan", case, login=login), Done)


def test_a_district_stands_where_its_enterprises_stand(house: ningbo.Ningbo) -> None:
    three(house)
    house.send(row(5, "样例0号有限公司"), district="cixi")

    with house.engine.look() as work:
        found = BRIEFING.standing(work, CAMPAIGN, house.district_id("haishu"), "plan_uploaded")
        claimed = BRIEFING.standing(work, CAMPAIGN, house.district_id("cixi"), "plan_uploaded")
    assert (found.target, found.done, found.open_names) == (3, 1, ("样例1号有限公司", "样例2号有限公司"))
    assert (claimed.target, claimed.done, claimed.open_names) == (2, 0, ())


def test_who_has_withdrawn_is_neither_done_nor_open(quick: ningbo.Ningbo) -> None:
    three(quick)
    quick.step("withdraw", quick.case(2), reason="停产")

    with quick.engine.look() as work:
        found = BRIEFING.standing(work, CAMPAIGN, quick.district_id("haishu"), "plan_uploaded")
    assert (found.done, found.open_names) == (1, ("样例2号有限公司",))


def test_a_list_stands_at_the_enterprises_it_names(quick: ningbo.Ningbo) -> None:
    plan(quick.engine)
    before = section(quick, "list_in").standing
    quick.send(row(5, "样例甲有限公司"))
    after = section(quick, "quota_met").standing

    assert (before.target, before.done, before.open_names) == (3, 0, ("海曙企业名单",))
    assert (after.target, after.done, after.open_names) == (3, 1, ("海曙企业名单",))
    assert section(quick, "list_in").standing.open_names == ()


def test_a_half_yearly_report_stands_by_itself(quick: ningbo.Ningbo) -> None:
    quick.at("2020-07-01")
    plan(quick.engine)

    found = section(quick, "handed_in").standing

    assert (found.target, found.done, found.open_names) == (1, 0, ("海曙2020年上半年进展情况报表",))


def test_a_milestone_of_no_flow_has_no_standing(quick: ningbo.Ningbo) -> None:
    with quick.engine.look() as work, pytest.raises(NotFound):
        BRIEFING.standing(work, CAMPAIGN, quick.district_id("haishu"), "paid")


def test_a_slip_has_the_form_of_a_supervision_and_is_not_signed(quick: ningbo.Ningbo) -> None:
    three(quick)
    paper = slip(quick)
    found = form(paper)

    assert list(found) == [
        "督办事项",
        "督办编号",
        "责任单位",
        "责任人",
        "办理时限",
        "事项内容及要求",
        "办理情况（由责任单位填写）",
        "督办单位、日期",
    ]
    assert found["督办编号"] == "（签发时填写）"
    assert found["责任单位"] == "海曙区市场监督管理局"
    assert found["责任人"] == "海曙分管局长"
    assert found["办理时限"] == "2020年7月10日前"
    assert found["办理情况（由责任单位填写）"] == ""
    assert Document(BytesIO(paper.content)).sections[0].header.paragraphs[0].text == DRAFT
    assert paper.name == "督办单（草稿）海曙2020-07-07.docx"


def test_a_slip_tells_figures_and_names_of_the_tables(quick: ningbo.Ningbo) -> None:
    three(quick)
    content = form(slip(quick))["事项内容及要求"]

    assert "制定技术方案应于2020年6月30日前完成，任务数3家，已完成1家，仍有2家未完成，已逾期5个工作日。" in content
    assert "未完成名单：样例1号有限公司、样例2号有限公司。" in content
    assert "请于2020年7月10日前将办理情况书面反馈市局标准化处。" in content


def test_a_slip_names_enterprises_once_for_milestones_that_lack_the_same(quick: ningbo.Ningbo) -> None:
    three(quick)
    content = form(slip(quick, section(quick), section(quick, "plan_uploaded")))["事项内容及要求"]

    assert "1. 制定技术方案" in content
    assert "2. 上传技术方案" in content
    assert content.count("样例1号有限公司") == 1
    assert "未完成名单（制定技术方案、上传技术方案）" in content


def test_a_slip_about_a_report_speaks_of_no_enterprises(quick: ningbo.Ningbo) -> None:
    quick.at("2020-07-01")
    plan(quick.engine)
    content = form(slip(quick, section(quick, "handed_in")))["事项内容及要求"]

    assert "报送进展情况报表应于2020年6月30日前完成，尚未完成，已逾期5个工作日。" in content
    assert "家" not in content


def test_a_paper_has_the_page_and_the_fonts_of_an_official_one(quick: ningbo.Ningbo) -> None:
    three(quick)
    document = Document(BytesIO(circular(quick, section(quick)).content))
    page = document.sections[0]
    title, body = document.paragraphs[0], document.paragraphs[4]

    assert [round(length.mm) for length in (page.top_margin, page.left_margin)] == [37, 28]
    assert round((page.page_width - page.left_margin - page.right_margin) / Mm(1)) == 156
    assert round((page.page_height - page.top_margin - page.bottom_margin) / Mm(1)) == 225
    assert title.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (title.runs[0].font.size.pt, body.runs[0].font.size.pt) == (22, 16)


def test_a_paper_does_not_depend_on_when_it_is_written(quick: ningbo.Ningbo) -> None:
    three(quick)
    with quick.engine.look() as work:
        sheet = BRIEFING.overview_sheet(work, CAMPAIGN, week(quick, "2020-05-11"))

    for paper in (slip(quick), circular(quick, section(quick)), sheet):
        with ZipFile(BytesIO(paper.content)) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert circular(quick, section(quick)).content == circular(quick, section(quick)).content


def test_a_circular_has_its_parts_in_order_and_is_not_signed(quick: ningbo.Ningbo) -> None:
    three(quick)
    paper = circular(quick, section(quick))
    told = lines(paper)

    assert told[:3] == ["关于2020年7月对标达标提升专项行动", "进展情况的通报", "各区（县）市局、功能区分局："]
    heads = [line for line in told if line[1:2] == "、"]
    assert heads == ["一、总体进展", "二、各地情况", "三、存在问题", "四、下一步工作要求"]
    assert "2020年　月　日" in told
    assert not any("〔" in line for line in told)
    assert Document(BytesIO(paper.content)).sections[0].header.paragraphs[0].text == DRAFT


def test_a_circular_tells_figures_and_no_reproach(quick: ningbo.Ningbo) -> None:
    three(quick)
    quick.send(*(row(5 + n, f"慈溪样例{n}号有限公司") for n in range(2)), district="cixi")
    told = "".join(lines(circular(quick, section(quick), section(quick, district="cixi"))))

    assert "全市任务数7家，已报名单5家，方案已制定1家" in told
    assert "已逾期5个工作日，进度滞后、尚未完成的有：海曙2家、慈溪2家。" in told
    assert "海曙1家（33.3%）" in told
    assert not any(word in told for word in ("批评", "严重", "不力", "问责", "约谈"))


def test_a_circular_names_those_who_reached_the_quota_first(quick: ningbo.Ningbo) -> None:
    opened = quick.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(3))).opened
    for case in opened:
        quick.uploaded(case)
    told = "".join(lines(circular(quick, section(quick, district="cixi"))))

    assert "海曙“方案已制定”的企业数已达到任务数。" in told
    assert "没有逾期事项" in "".join(lines(circular(quick)))


def test_a_circular_has_nobody_behind_where_all_reached_the_quota(quick: ningbo.Ningbo) -> None:
    for code, n in ningbo.QUOTAS.items():
        for case in quick.send(*(row(5 + k, f"{code}样例{k}号有限公司") for k in range(n)), district=code).opened:
            draft(quick, case, code)
    told = "".join(lines(circular(quick, section(quick))))

    assert "海曙、慈溪、余姚等3个单位“方案已制定”的企业数已达到任务数。具体数据见附件。" in told


def test_a_long_list_of_names_ends_in_their_number() -> None:
    names = [f"样例{n}号" for n in range(12)]

    assert chinese.listed(names, 3) == "样例0号、样例1号、样例2号等12家"
    assert chinese.listed(names[:3], 3) == "样例0号、样例1号、样例2号"


def test_the_table_of_a_circular_is_the_tally(house: ningbo.Ningbo) -> None:
    three(house)
    table = Document(BytesIO(circular(house, section(house)).content)).tables[0]
    rows = [[cell.text for cell in line.cells] for line in table.rows]

    assert rows[1] == ["1", "海曙", "3", "3", "1", "1", "0", "0", "0", "33.3%", "1"]
    assert [line[1] for line in rows[1:]] == ["海曙", "慈溪", "余姚", "全市"]
    assert rows[-1] == ["", "全市", "7", "3", "1", "1", "0", "0", "0", "14.3%", "—"]


def test_the_sheet_shows_the_figures_of_the_digest(house: ningbo.Ningbo) -> None:
    three(house)
    house.at("2020-05-18")
    found = week(house, "2020-05-11")
    with house.engine.look() as work:
        paper = BRIEFING.overview_sheet(work, CAMPAIGN, found)
    sheet = load_workbook(BytesIO(paper.content))["进度表"]
    rows = list(sheet.iter_rows(min_row=4, max_row=7, values_only=True))

    assert sheet["A1"].value == "对标达标提升专项行动工作周报进度表"
    assert "制表时间：2020年5月18日 09:00" in sheet["A2"].value
    assert "数据截至2020年5月17日24时" in sheet["A2"].value
    assert [line[1] for line in rows] == ["海曙", "慈溪", "余姚", "全市"]
    for line, figures in zip(rows, (*found.rows, found.total), strict=True):
        assert list(line[2:9]) == [figures.quota, *(figures.reached[state] for state in found.states)]
        assert line[9] == (float(figures.rate) if figures.rate is not None else chinese.UNKNOWN)
        assert line[12] == figures.light.label["zh"]
    assert rows[0][10] == chinese.UNKNOWN


def test_the_sheet_is_ready_to_be_printed(quick: ningbo.Ningbo) -> None:
    three(quick)
    with quick.engine.look() as work:
        paper = BRIEFING.overview_sheet(work, CAMPAIGN, week(quick, "2020-05-11"))
    book = load_workbook(BytesIO(paper.content))

    for sheet in book:
        assert sheet.freeze_panes == "C4"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$3"
    assert book["进度表"]["J4"].number_format == '0.0"%"'


def test_a_name_that_looks_like_a_formula_stays_a_name(quick: ningbo.Ningbo) -> None:
    name = '=HYPERLINK("https://www.example.org","样例有限公司")'
    quick.send(row(5, name, "=1+1"))
    quick.at("2020-05-18")
    with quick.engine.look() as work:
        paper = BRIEFING.overview_sheet(work, CAMPAIGN, week(quick, "2020-05-11"))
    sheet = load_workbook(BytesIO(paper.content))["企业名单"]

    assert [(cell.value, cell.data_type) for cell in (sheet["C4"], sheet["D4"])] == [(name, "s"), ("=1+1", "s")]


def test_the_list_behind_the_sheet_is_that_of_the_cut_off(house: ningbo.Ningbo) -> None:
    three(house)
    house.send(row(5, "样例1号有限公司"), district="cixi")
    house.at("2020-05-18")
    house.uploaded(house.case(2))
    house.send(row(5, "样例乙有限公司"), district="cixi", supplementary=True)
    found = week(house, "2020-05-11")

    with house.engine.look() as work:
        stood = stood_at(work, CAMPAIGN, found.span.cutoff)
        counted = counts_at(work, CAMPAIGN, "enterprise", found.span.cutoff)
    assert [(one.subject_name, one.state) for one in stood] == [
        ("样例0号有限公司", "plan_uploaded"),
        ("样例1号有限公司", "nominated"),
        ("样例2号有限公司", "nominated"),
    ]
    assert sum(counted.values()) == len(stood)
    assert Counter(one.state for one in stood) == Counter({state: n for (_, state), n in counted.items()})


def test_a_claim_decided_since_does_not_stand_in_the_list_of_before(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    claimed = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]
    house.at("2020-05-18")
    with house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), claimed.id, grant=True, reason="注册地在慈溪")
    found = week(house, "2020-05-11")

    with house.engine.look() as work:
        before = stood_at(work, CAMPAIGN, found.span.cutoff)
        counted = counts_at(work, CAMPAIGN, "enterprise", found.span.cutoff)
    assert [(one.district, one.state) for one in before] == [("海曙", "nominated")]
    assert counted == Counter({(house.district_id("haishu"), "nominated"): 1})
