"""Files with versions: each one stays, with who brought it and when; the newest counts and older ones can be read."""

from datetime import date

import ningbo
import pytest
from ningbo import CAMPAIGN, PDF, PNG, lab_report

from engine.clock import FixedClock
from engine.errors import Hidden
from engine.model import Case
from engine.store.database import Database
from workflows.benchmarking.evidence import Upload, read_file
from workflows.benchmarking.model import PlatformRecord
from workflows.benchmarking.recording import PlanDraft, PublicNotice, TrainingHeld
from workflows.benchmarking.records import files, plans
from workflows.benchmarking.records.files import CaseFile

SECOND = Upload("改\u202e后.pdf", b"%PDF-1.4\n% second\n%%EOF\n")


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def versions(house: ningbo.Ningbo, case: Case, what: str) -> list[CaseFile]:
    with house.engine.look() as work:
        return [one for one in files.versions_of_case(work, case) if one.what == what]


def test_a_file_that_takes_the_place_of_another_leaves_it_readable(house: ningbo.Ningbo) -> None:
    case = house.one()
    house.record("record_test_report", case, lab_report(house.today()), file=PDF, login="laboratory")
    house.record("record_test_report", case, lab_report(house.today()), file=SECOND)

    first, second = versions(house, case, "test_report")
    assert (first.number, first.replaced_by, first.counts) == (1, 2, False)
    assert (second.number, second.replaced_by, second.counts) == (2, None, True)
    assert (first.name, second.name) == ("样例.pdf", "改 后.pdf")
    assert (first.size, first.media_type) == (len(PDF.content), "application/pdf")
    assert first.person_id != second.person_id
    with house.work("haishu") as work:
        kept, media_type, content = read_file(work, house.actor("haishu"), case.id, first.sha256)
    assert (kept.number, media_type, content) == (1, "application/pdf", PDF.content)
    with pytest.raises(Hidden), house.work("cixi") as work:
        read_file(work, house.actor("cixi"), case.id, first.sha256)


def test_the_same_bytes_again_are_no_new_version(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    for name in ("一.pdf", "二.pdf"):
        quick.record("record_test_report", case, lab_report(quick.today()), file=Upload(name, PDF.content))

    assert [one.number for one in versions(quick, case, "test_report")] == [1]


def test_a_file_that_came_back_is_a_third_version(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    for paper in (PDF, SECOND, PDF):
        quick.record("record_test_report", case, lab_report(quick.today()), file=paper)

    assert [(one.number, one.counts) for one in versions(quick, case, "test_report")] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_the_file_of_an_earlier_test_counts_no_more_after_a_retest(quick: ningbo.Ningbo) -> None:
    case = quick.one()
    quick.record("record_test_report", case, lab_report(quick.today()), file=PDF)
    quick.record("record_test_report", case, lab_report(quick.today(), report_no="YL-2"))

    assert [one.counts for one in versions(quick, case, "test_report")] == [False]


def test_every_kind_of_evidence_keeps_its_versions(house: ningbo.Ningbo) -> None:
    case = house.one()
    house.with_plan(case)
    for paper, shot in ((PDF, PNG), (SECOND, Upload("改.pdf", SECOND.content))):
        house.record("record_plan", case, PlanDraft("样例方案", house.today()), file=paper)
        house.record("record_platform_plan", case, PlatformRecord(house.today()), screenshot=shot)
        house.record("record_result", case, PlatformRecord(house.today()), screenshot=shot)
        training = TrainingHeld("样例宣贯", house.today())
        house.record("record_training", [case.id], training, notice=paper, attendance=shot)
        notice = PublicNotice("样例名单", "https://www.example.org", house.today())
        house.record("record_publication", [case.id], notice, file=paper)

    for what in ("plan", "platform_plan", "result"):
        assert [(one.number, one.counts) for one in versions(house, case, what)] == [(1, False), (2, True)]
    for what in ("training_notice", "training_attendance"):
        assert [one.number for one in versions(house, case, what)] == [1, 1]
    assert [one.counts for one in versions(house, case, "publication")] == [False, True]


def test_the_files_of_a_plan_that_serves_no_more_are_still_there(quick: ningbo.Ningbo) -> None:
    first, second = quick.one("样例甲有限公司"), quick.one("样例乙有限公司")
    quick.with_plan(first)
    quick.record("record_plan", second, PlanDraft("另一方案", date(2020, 5, 15)), file=SECOND)
    with quick.engine.look() as work:
        shared = next(
            one for one in plans.of_district(work, CAMPAIGN, quick.district_id("haishu")) if one.title == "样例方案"
        )
    quick.record("share_plan", second, shared.id)

    assert [(one.name, one.counts) for one in versions(quick, second, "plan")] == [
        ("样例.pdf", True),
        ("改 后.pdf", False),
    ]


def test_a_plan_that_came_back_counts_again(quick: ningbo.Ningbo) -> None:
    case = quick.one("样例甲有限公司", "衬衫", "西服")
    quick.record("record_plan", case, PlanDraft("共用方案", date(2020, 5, 15)), file=PDF)
    quick.record("record_plan", case, PlanDraft("衬衫方案", date(2020, 5, 15)), file=SECOND, named=("衬衫",))
    with quick.engine.look() as work:
        shared = next(
            one for one in plans.of_district(work, CAMPAIGN, quick.district_id("haishu")) if one.title == "共用方案"
        )
    quick.record("share_plan", case, shared.id, named=("衬衫",))

    found = [(one.product, one.name, one.counts) for one in versions(quick, case, "plan")]
    assert sorted(found) == [("衬衫", "改 后.pdf", False), ("衬衫", "样例.pdf", True), ("西服", "样例.pdf", True)]
