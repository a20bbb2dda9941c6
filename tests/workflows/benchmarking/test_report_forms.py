"""Half-yearly reports filled in here: begun from the records, kept in versions, frozen when handed in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import ningbo
import pytest
from docx import Document
from ningbo import CAMPAIGN, PDF

from engine import audit, planner
from engine.cases import Done
from engine.clock import FixedClock
from engine.errors import CaseChanged, NotAllowed, Refused
from engine.model import Case
from engine.store import blobs, cases, journal
from engine.store.database import Database
from workflows.benchmarking import recording
from workflows.benchmarking.annex3 import FIELDS
from workflows.benchmarking.annexes.reportsheet import read_report_sheet, write_report_sheet
from workflows.benchmarking.model import PlatformRecord, ReportVersion, RunnerStep
from workflows.benchmarking.recording import EnterpriseDetails
from workflows.benchmarking.recording.refusals import EntryRefused
from workflows.benchmarking.recording.reports import print_report
from workflows.benchmarking.records import files, reports

TEXTS = {field.key: "无" for field in FIELDS if field.kind == "long"}
REST = {**TEXTS, "ads_enterprise_total": 40}


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def task(house: ningbo.Ningbo, on: str = "2020-07-02", period: str = "2020H1") -> Case:
    """The report of 海曙 for a period, on a day."""
    house.at(on)
    planner.plan(house.engine)
    with house.engine.look() as work:
        found = cases.by_subject(
            work, CAMPAIGN, "progress_report", f"report:{period}", district_id=house.district_id("haishu")
        )
        return found[0]


def two_industries(house: ningbo.Ningbo) -> None:
    """A published enterprise of one industry, one that only began of another, and one nobody has classed."""
    first = house.published(house.one("样例甲有限公司"))
    second = house.one("样例乙有限公司", "衬衫", "西服")
    house.one("样例丙有限公司")
    house.record("set_enterprise_details", first, EnterpriseDetails(cluster="智能家电"), reason="补录")
    house.record("set_enterprise_details", second, EnterpriseDetails(industry_code="1819"))


def fill(house: ningbo.Ningbo, case: Case, entries: Mapping[str, Mapping[str, Any]], **more: Any) -> ReportVersion:
    found: ReportVersion = house.record("fill_report", case, entries, **more)
    return found


def whole(house: ningbo.Ningbo, case: Case) -> ReportVersion:
    """A draft with everything that the records do not know."""
    begun: ReportVersion = house.record("draft_report", case)
    named = {one.industry: REST | ({} if one.industry else {"industry_name": "其他"}) for one in begun.sheets}
    return fill(house, case, named)


def submit(house: ningbo.Ningbo, case: Case, **more: Any) -> tuple[Case, ReportVersion]:
    more = {"reported_on": house.today()} | more
    found: tuple[Case, ReportVersion] = house.record("submit_report", case, **more)
    return found


def test_a_draft_begins_with_what_the_records_know_for_each_industry(house: ningbo.Ningbo) -> None:
    two_industries(house)
    begun = house.record("draft_report", task(house))

    assert {one.industry for one in begun.sheets[:2]} == {"智能家电", "纺织服装、服饰业"}
    assert begun.sheets[2].industry == ""
    begun = replace(begun, sheets=sorted(begun.sheets, key=lambda one: one.industry != "智能家电"))
    typed = begun.sheets[0].typed
    assert (typed["participating_enterprise_count"], typed["uploaded_plan_count"]) == (1, 1)
    assert (typed["plan_upload_rate_pct"], typed["result_upload_rate_pct"]) == ("100.00", "100.00")
    assert typed["comparison_report_status"] == "已形成检测报告1份。"
    assert begun.sheets[1].typed["due_result_count"] == 2
    assert begun.sheets[1].typed["uploaded_plan_count"] == 0
    assert begun.sheets[0].computed["within"]["uploaded_plan_count"] == 1
    assert [one.differences for one in begun.sheets] == [{}, {}, {}]


def test_figures_are_those_of_the_last_day_of_the_period(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one("样例甲有限公司"))
    report = task(quick)
    quick.one("样例乙有限公司")
    quick.record("record_result", case, PlatformRecord(quick.today(), "JG-1"))
    begun = quick.record("draft_report", report)
    year = quick.record("draft_report", task(quick, "2021-01-04", "2020"))

    assert begun.sheets[0].typed["participating_enterprise_count"] == 1
    assert begun.sheets[0].typed["uploaded_result_count"] == 0
    assert year.sheets[0].typed["participating_enterprise_count"] == 2
    assert year.sheets[0].typed["uploaded_result_count"] == 1


def test_a_candidate_and_its_place_on_the_list_are_told(quick: ningbo.Ningbo) -> None:
    case = quick.published(quick.one())
    quick.record("record_declaration", case, ningbo.declaration(quick.today()))
    assert isinstance(quick.proposed("nominate_leader", case), Done)
    quick.record("record_runner_step", case, RunnerStep("listed", "national", 2020, quick.today()))
    begun = quick.record("draft_report", task(quick))

    assert begun.sheets[0].typed["top_runner_status"] == "1家企业成为企业标准“领跑者”候选，1个产品入榜。"


def test_a_draft_saves_itself_over_and_keeps_what_is_faulty(house: ningbo.Ningbo) -> None:
    two_industries(house)
    report = task(house)
    first = fill(house, report, {"智能家电": {"uploaded_plan_count": "三个"}})
    second = fill(house, report, {"智能家电": {"uploaded_plan_count": "3"}}, revision=first.revision)

    assert first.sheets[0].typed["uploaded_plan_count"] == "三个"
    assert (second.number, second.state, second.revision) == (1, "draft", first.revision + 1)
    assert second.sheets[0].differences["uploaded_plan_count"] == {"typed": 3, "computed": 1}
    with pytest.raises(CaseChanged):
        fill(house, report, {}, revision=first.revision)
    with house.engine.look() as work:
        assert [one.state for one in reports.versions_of(work, report.id)] == ["draft"]
        assert [entry.kind for entry in journal.of_case(work, report.id)] == ["open"]


def test_a_figure_that_nobody_touched_follows_the_records(quick: ningbo.Ningbo) -> None:
    case = quick.uploaded(quick.one())
    report = task(quick)
    quick.record("draft_report", report)
    quick.record("record_result", case, PlatformRecord(date(2020, 6, 29), "JG-1"))
    found = fill(quick, report, {"": {"policy_measures": "出台补助办法"}})

    assert found.sheets[0].typed["uploaded_result_count"] == 1
    assert found.sheets[0].typed["result_upload_rate_pct"] == "100.00"
    assert found.sheets[0].differences == {}


def test_a_share_follows_the_figures_that_were_typed(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    found = fill(quick, report, {"": {"due_plan_count": 3, "uploaded_plan_count": 2, "ads_enterprise_total": "8"}})

    typed = found.sheets[0].typed
    assert (typed["plan_upload_rate_pct"], typed["share_of_ads_enterprises_pct"]) == ("66.67", "12.50")


def test_forms_come_and_go_and_a_wrong_address_is_refused(quick: ningbo.Ningbo) -> None:
    two_industries(quick)
    quick.one("样例丁有限公司", plan_no="FA-2018-0127")
    report = task(quick)
    added = fill(quick, report, {"新材料": TEXTS})
    assert [one.industry for one in added.sheets][-1] == "新材料"
    gone = fill(quick, report, {}, without=["新材料"])
    assert len(gone.sheets) == 3
    with pytest.raises(EntryRefused):
        fill(quick, report, {"智能家电": {"colour": "red"}})
    left = fill(quick, report, {}, without=[""])
    assert len(left.sheets) == 2
    assert fill(quick, report, {}, without=[one.industry for one in left.sheets]).sheets == ()
    left = fill(quick, report, {one.industry: TEXTS for one in left.sheets})
    with pytest.raises(Refused, match="several forms"):
        fill(quick, report, {"": {"policy_measures": "无"}})
    with quick.engine.look() as work:
        findings = recording.check_report(quick.engine, work, report, left)
    assert "FORM_MISSING" in [one.code for one in findings.hints]


def test_a_report_is_handed_in_frozen_and_printed(house: ningbo.Ningbo) -> None:
    two_industries(house)
    report = task(house)
    whole(house, report)
    case, version = submit(house, report)

    assert (version.state, version.reported_on) == ("submitted", house.today())
    assert isinstance(house.step("hand_in", case), Done)
    with house.engine.look() as work:
        paper = reports.papers_of(work, [case.id])[case.id]
        content = blobs.read(work, paper.file_sha)[1]
        assert [one.what for one in files.of_case(work, case)] == ["report_form"]
        told = [entry.data.get("what") for entry in journal.of_case(work, case.id)]
    assert paper.version == 1
    assert told == [None, "report_version", "report_form", None]
    tables = Document(BytesIO(content)).tables
    assert len(tables) == 4
    assert tables[0].rows[-1].cells[2].text == "3"
    assert "智能家电" in tables[1].rows[0].cells[2].text
    assert "草稿" not in "".join(one.text for one in Document(BytesIO(content)).sections[0].header.paragraphs)
    assert not audit.verify(house.engine)


def test_everything_that_is_missing_is_refused_at_once_and_nothing_is_frozen(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    fill(quick, report, {"": {"uploaded_plan_count": "-1"}})

    with pytest.raises(EntryRefused) as refused:
        submit(quick, report, reported_on=date(2020, 7, 3))
    found = [one.code for one in refused.value.reasons]
    assert {"MISSING", "NEGATIVE", "REPORTED_IN_FUTURE"} <= set(found)
    assert len(found) > 8
    with quick.engine.look() as work:
        assert [one.state for one in reports.versions_of(work, report.id)] == ["draft"]


def test_what_was_handed_in_is_corrected_by_a_further_version_with_a_reason(house: ningbo.Ningbo) -> None:
    house.one()
    report = task(house)
    whole(house, report)
    case, _ = submit(house, report)
    house.step("hand_in", case)
    fill(house, case, {"": {"policy_measures": "漏报一项"}})

    with pytest.raises(Refused):
        submit(house, case)
    _, second = submit(house, case, reason="漏报政策")
    assert (second.number, second.note) == (2, "漏报政策")
    with house.engine.look() as work:
        assert [one.state for one in reports.versions_of(work, case.id)] == ["submitted", "submitted"]
        first = reports.version(work, case.id, 1)
        assert first is not None
        assert first.sheets[0].typed["policy_measures"] == "无"
        assert [(one.number, one.counts) for one in files.versions_of_case(work, case)] == [(1, False), (2, True)]


def test_a_draft_may_be_kept_and_gone_on_with(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    fill(quick, report, {"": {"policy_measures": "第一稿"}})
    _, kept = quick.record("save_report", report, note="送审稿")
    later = fill(quick, report, {"": {"policy_measures": "第二稿"}})

    assert (kept.state, kept.note, later.number) == ("saved", "送审稿", 2)
    with quick.engine.look() as work:
        first = reports.version(work, report.id, 1)
        assert first is not None
        assert first.sheets[0].typed["policy_measures"] == "第一稿"
        assert reports.submitted(work, report.id) is None


def test_a_signed_scan_takes_the_place_of_the_print_and_keeps_its_version(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    whole(quick, report)
    case, _ = submit(quick, report)
    quick.record("record_report_form", case, file=PDF, received_on=quick.today())

    with quick.engine.look() as work:
        paper = reports.papers_of(work, [case.id])[case.id]
    assert (paper.file_name, paper.version) == ("样例.pdf", 1)


def test_a_later_report_is_compared_with_the_one_before(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    whole(quick, report)
    fill(quick, report, {"": {"uploaded_plan_count": "1", "due_plan_count": "1"}})
    submit(quick, report)
    year = task(quick, "2021-01-04", "2020")
    begun = quick.record("draft_report", year)
    with quick.engine.look() as work:
        found = recording.check_report(quick.engine, work, year, begun)

    assert [one.code for one in found.hints] == ["LOWER_THAN_BEFORE"]
    with quick.engine.look() as work:
        alone = next(
            one
            for one in cases.of_campaign(work, CAMPAIGN, "progress_report", district_id=quick.district_id("cixi"))
            if one.subject_key == "report:2020"
        )
    begun = quick.record("draft_report", alone, login="cixi")
    with quick.engine.look() as work:
        assert not recording.check_report(quick.engine, work, alone, begun).hints


def test_a_report_before_the_end_of_its_period_says_so(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick, "2020-06-28")
    begun = quick.record("draft_report", report)
    with quick.engine.look() as work:
        found = recording.check_report(quick.engine, work, report, begun)

    assert [one.code for one in found.hints] == ["PERIOD_RUNS"]


def test_only_who_answers_for_the_district_fills_in_its_report(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    report = task(quick)

    with pytest.raises(NotAllowed):
        quick.record("draft_report", report, login="leader")
    with pytest.raises(Refused):
        quick.record("draft_report", case)


def test_a_district_without_enterprises_reports_on_one_empty_form(quick: ningbo.Ningbo) -> None:
    begun = quick.record("draft_report", task(quick))

    assert [one.industry for one in begun.sheets] == [""]


def test_the_sheet_to_fill_in_is_read_again(quick: ningbo.Ningbo) -> None:
    two_industries(quick)
    report = task(quick)
    begun = quick.record("draft_report", report)
    paper = write_report_sheet(report.subject_name, begun.sheets)
    entries = read_report_sheet(paper.name, paper.content)

    assert set(entries) == {one.industry for one in begun.sheets}
    assert entries["智能家电"]["uploaded_plan_count"] == "1"
    again = fill(quick, report, entries)
    assert [dict(one.typed) for one in again.sheets] == [
        {field.key: one.typed.get(field.key) for field in FIELDS} for one in begun.sheets
    ]
    with pytest.raises(Refused):
        read_report_sheet("报表.xlsx", PDF.content)


def test_a_draft_is_printed_as_a_draft(quick: ningbo.Ningbo) -> None:
    quick.one()
    report = task(quick)
    begun = quick.record("draft_report", report)
    with quick.engine.look() as work:
        paper = print_report(work, report, begun)

    assert paper.name.startswith("附件3（草稿）")
    assert "草稿" in Document(BytesIO(paper.content)).sections[0].header.paragraphs[0].text
