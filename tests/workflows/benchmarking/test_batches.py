"""Publication batches: four eyes across levels, every reason against a member at once, a trace in every journal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import ningbo
import pytest
from ningbo import CAMPAIGN, PDF, lab_report

from engine.cases import Done
from engine.clock import FixedClock
from engine.errors import CaseChanged, NotAllowed, NotFound, Refused
from engine.model import Case
from engine.store import journal
from engine.store.database import Database
from workflows.benchmarking import recording
from workflows.benchmarking.model import Batch, PlatformRecord
from workflows.benchmarking.recording import BatchDraft, CameOut, Pick, PublicNotice
from workflows.benchmarking.recording.batchmembers import candidates, why_not
from workflows.benchmarking.recording.refusals import EntryRefused
from workflows.benchmarking.records import files, products, publications

DRAFT = BatchDraft(title="样例公示名单", prefix="甬对标")
WITH_DAYS = BatchDraft(title="样例公示名单", starts_on=date(2020, 5, 18), ends_on=date(2020, 5, 22))
OUT = CameOut(date(2020, 5, 15), "https://www.example.org/list")


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def verified(house: ningbo.Ningbo, name: str = "样例甲有限公司", *names: str, district: str = "haishu") -> Case:
    case = house.one(name, *names, district=district)
    house.with_plan(case, login=district)
    assert isinstance(house.step("draft_plan", case, login=district), Done)
    house.record("record_platform_plan", case, PlatformRecord(house.today(), "FA-1"), login=district)
    training = recording.TrainingHeld("样例宣贯", house.today())
    house.record("record_training", [case.id], training, notice=PDF, login=district)
    assert isinstance(house.step("upload_plan", case, login=district), Done)
    for product in names or (None,):
        report = lab_report(house.today(), report_no=f"YL-{product}")
        house.record("record_test_report", case, report, file=PDF, product=product, login=district)
    assert isinstance(house.proposed("verify", case, login=district), Done)
    return house.case(case.id)


def do(house: ningbo.Ningbo, what: str, batch: Batch, *values: Any, login: str = "haishu", **more: Any) -> Batch:
    with house.work(login) as work:
        found: Batch = getattr(recording, what)(house.engine, work, house.actor(login), batch.id, *values, **more)
        return found


def made(
    house: ningbo.Ningbo, *members: Case, draft: BatchDraft = DRAFT, login: str = "haishu", place: str = "haishu"
) -> Batch:
    with house.work(login) as work:
        return recording.make_batch(
            house.engine,
            work,
            house.actor(login),
            draft,
            campaign=CAMPAIGN,
            organisation_id=house.district_id(place),
            picks=[Pick(case.id) for case in members],
        )


def confirmed(house: ningbo.Ningbo, *members: Case, draft: BatchDraft = DRAFT) -> Batch:
    batch = do(house, "propose_batch", made(house, *members, draft=draft))
    return do(house, "confirm_batch", batch, login="city")


def codes(refused: pytest.ExceptionInfo[EntryRefused]) -> Sequence[str]:
    return [reason.code for reason in refused.value.reasons]


def deeds(house: ningbo.Ningbo, case_id: int) -> list[str]:
    with house.engine.look() as work:
        found = [entry.data.get("what", "") for entry in journal.of_case(work, case_id)]
    return [one for one in found if one.startswith(("batch_", "publication"))]


def test_a_batch_made_proposed_confirmed_and_published_is_the_public_list_of_its_members(house: ningbo.Ningbo) -> None:
    first, second = verified(house, "样例甲有限公司", "衬衫", "西服"), verified(house, "样例乙有限公司")
    batch = confirmed(house, first, second)
    done = do(house, "publish_batch", batch, OUT, file=PDF)

    assert (done.state, done.label(2020), done.version) == ("published", "甬对标〔2020〕第1批", 4)
    with house.engine.look() as work:
        ids = [one.id for case in (first, second) for one in products.active_of(work, case.id)]
        found = publications.of_products(work, ids)
        assert {one.url for one in found.values()} == {OUT.url}
        assert len(found) == 3
        assert [one.what for one in files.of_case(work, second) if one.what == "publication"] == ["publication"]
    house.record("record_result", second, PlatformRecord(house.today(), "JG-1"))
    assert isinstance(house.proposed("publish", second), Done)
    assert deeds(house, second.id) == [
        "batch_made",
        "batch_proposed",
        "batch_confirmed",
        "publication",
        "batch_published",
    ]
    told = [one for one in deeds(house, journal.HOUSE) if one.startswith("batch_")]
    assert told == ["batch_made", "batch_proposed", "batch_confirmed", "batch_published"]


def test_batches_of_all_districts_are_numbered_in_one_row(quick: ningbo.Ningbo) -> None:
    first = made(quick)
    second = made(quick, draft=BatchDraft(title="慈溪样例名单"), login="cixi", place="cixi")
    third = made(quick, draft=BatchDraft(title="全市样例名单", prefix=""), login="city", place="ningbo")

    assert [one.label(2020) for one in (first, second, third)] == [
        "甬对标〔2020〕第1批",
        "甬对标〔2020〕第2批",
        "〔2020〕第3批",
    ]


def test_every_reason_against_every_member_is_told_at_once(house: ningbo.Ningbo) -> None:
    listed, early = verified(house, "样例甲有限公司"), house.one("样例乙有限公司")
    gone, theirs = verified(house, "样例丙有限公司"), verified(house, "样例丁有限公司", district="cixi")
    made(house, listed)
    house.step("withdraw", gone, reason="停产")

    with pytest.raises(EntryRefused) as refused:
        made(house, listed, early, gone, theirs, login="city")
    assert codes(refused) == ["IN_A_BATCH", "NOT_VERIFIED", "WITHDRAWN", "OTHER_DISTRICT"]
    assert [reason.part for reason in refused.value.reasons][1] == "样例乙有限公司 样例产品"
    with house.engine.look() as work:
        assert len(publications.of_campaign(work, CAMPAIGN, scopes=["/"])) == 1


def test_an_enterprise_of_another_district_does_not_exist_for_a_district(quick: ningbo.Ningbo) -> None:
    theirs = verified(quick, district="cixi")

    with pytest.raises(EntryRefused) as refused:
        made(quick, theirs)
    assert codes(refused) == ["NOT_FOUND"]
    assert "样例甲" not in str(refused.value)


def test_a_product_is_picked_by_its_name_and_a_wrong_name_is_told(quick: ningbo.Ningbo) -> None:
    case = verified(quick, "样例甲有限公司", "衬衫", "西服")
    batch = made(quick)
    do(quick, "add_members", batch, [Pick(case.id, ("衬衫",))])

    with pytest.raises(EntryRefused) as refused:
        do(quick, "add_members", batch, [Pick(case.id, ("电扇", "西服"))])
    assert codes(refused) == ["NO_SUCH_PRODUCT"]
    with quick.engine.look() as work:
        assert [one.product for one in publications.listed(work, batch.id)] == ["衬衫"]


def test_who_proposed_a_batch_does_not_confirm_it_nor_does_the_same_office(quick: ningbo.Ningbo) -> None:
    case = verified(quick)
    batch = do(quick, "propose_batch", made(quick, case, login="city"), login="city")

    for login, why in (("city", "SAME_PERSON"), ("city-2", "SAME_OFFICE")):
        with pytest.raises(EntryRefused) as refused:
            do(quick, "confirm_batch", batch, login=login)
        assert codes(refused) == [why]
    assert do(quick, "confirm_batch", batch, login="leader").state == "confirmed"


def test_a_district_does_not_confirm_its_own_batch(quick: ningbo.Ningbo) -> None:
    batch = do(quick, "propose_batch", made(quick, verified(quick)))

    with pytest.raises(NotAllowed):
        do(quick, "confirm_batch", batch)


def test_a_batch_of_another_district_does_not_exist(quick: ningbo.Ningbo) -> None:
    batch = made(quick)

    with pytest.raises(NotFound):
        do(quick, "propose_batch", batch, login="cixi")
    with pytest.raises(NotFound):
        do(quick, "propose_batch", replace(batch, id=999), login="city")


def test_a_returned_batch_is_a_draft_again_with_its_reason(quick: ningbo.Ningbo) -> None:
    batch = do(quick, "propose_batch", made(quick, verified(quick)))
    with pytest.raises(Refused):
        do(quick, "return_batch", batch, reason=" ", login="city")
    back = do(quick, "return_batch", batch, reason="名称有误", login="city")

    assert (back.state, back.reason, back.proposed_by) == ("draft", "名称有误", None)
    changed = do(quick, "change_batch", back, BatchDraft(title="改后名单", document_no="甬市监标〔2020〕3号"))
    assert (changed.title, changed.document_no, changed.prefix) == ("改后名单", "甬市监标〔2020〕3号", "甬对标")
    same = BatchDraft(title="改后名单", document_no="甬市监标〔2020〕3号")
    assert do(quick, "change_batch", back, same).version == changed.version


def test_a_batch_is_withdrawn_until_its_publicity_begins_and_frees_its_members(quick: ningbo.Ningbo) -> None:
    case = verified(quick)
    batch = confirmed(quick, case, draft=WITH_DAYS)
    withdrawn = do(quick, "withdraw_batch", batch, reason="名单有误")
    again = confirmed(quick, case, draft=WITH_DAYS)
    quick.at("2020-05-18")

    assert (withdrawn.state, withdrawn.reason) == ("withdrawn", "名单有误")
    with pytest.raises(Refused, match="cannot be withdrawn"):
        do(quick, "withdraw_batch", again, reason="名单有误")


def test_during_the_publicity_the_bureau_takes_off_whom_an_objection_hits(quick: ningbo.Ningbo) -> None:
    first, second = verified(quick, "样例甲有限公司"), verified(quick, "样例乙有限公司")
    batch = confirmed(quick, first, second, draft=WITH_DAYS)
    quick.at("2020-05-20")

    with pytest.raises(NotAllowed):
        do(quick, "remove_members", batch, [Pick(first.id)], reason="异议成立")
    with pytest.raises(Refused):
        do(quick, "remove_members", batch, [Pick(first.id)], login="city")
    do(quick, "remove_members", batch, [Pick(first.id)], reason="异议成立", login="city")
    with pytest.raises(EntryRefused) as refused:
        do(quick, "remove_members", batch, [Pick(first.id)], reason="异议成立", login="city")
    assert codes(refused) == ["NOT_ON_IT"]
    with pytest.raises(Refused):
        do(quick, "remove_members", batch, [Pick(second.id)], reason="异议成立", login="city")
    quick.at("2020-05-22")
    do(quick, "publish_batch", batch, CameOut(date(2020, 5, 22), OUT.url))
    with quick.engine.look() as work:
        assert [one.subject for one in publications.listed(work, batch.id)] == ["样例乙有限公司"]
        assert len(publications.members_of(work, batch.id, left=True)) == 2
    assert deeds(quick, first.id)[-1] == "batch_removed"


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (BatchDraft(title=" ", starts_on=date(2020, 5, 18)), ["TITLE_MISSING", "DAY_MISSING"]),
        (BatchDraft(title="名单", starts_on=date(2020, 5, 14), ends_on=date(2020, 5, 13)),
         ["STARTS_IN_PAST", "ENDS_BEFORE_START"]),
        (BatchDraft(title="长" * 201, document_no="号" * 61, prefix="字" * 41), ["TOO_LONG"] * 3),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_with_a_description_is_told_at_once(
    quick: ningbo.Ningbo, draft: BatchDraft, found: list[str]
) -> None:
    with pytest.raises(EntryRefused) as refused:
        made(quick, draft=draft)
    assert codes(refused) == found


def test_an_empty_batch_or_one_whose_members_have_left_goes_no_further(quick: ningbo.Ningbo) -> None:
    with pytest.raises(EntryRefused) as refused:
        do(quick, "propose_batch", made(quick))
    assert codes(refused) == ["NO_MEMBERS"]
    case = verified(quick)
    batch = do(quick, "propose_batch", made(quick, case))
    quick.step("return_verification", case, login="city", reason="报告有误")

    with pytest.raises(EntryRefused) as refused:
        do(quick, "confirm_batch", batch, login="city")
    assert codes(refused) == ["NOT_VERIFIED"]


def test_a_list_comes_out_after_its_publicity_and_not_before_it_was_confirmed(quick: ningbo.Ningbo) -> None:
    batch = confirmed(quick, verified(quick), draft=WITH_DAYS)

    with pytest.raises(EntryRefused) as refused:
        do(quick, "publish_batch", batch, CameOut(date(2020, 5, 16)))
    assert codes(refused) == ["LIST_MISSING", "PUBLISHED_IN_FUTURE", "PUBLICITY_RUNS"]
    with pytest.raises(EntryRefused) as refused:
        do(quick, "publish_batch", batch, CameOut(date(2020, 5, 14), OUT.url))
    assert codes(refused) == ["PUBLICITY_RUNS", "BEFORE_CONFIRMATION"]


def test_each_deed_starts_from_its_own_states_and_from_the_version_looked_at(quick: ningbo.Ningbo) -> None:
    batch = made(quick, verified(quick))

    with pytest.raises(Refused):
        do(quick, "publish_batch", batch, OUT)
    with pytest.raises(CaseChanged):
        do(quick, "propose_batch", batch, version=batch.version + 1)


def test_a_list_from_elsewhere_is_recorded_at_once_but_not_for_what_a_batch_holds(quick: ningbo.Ningbo) -> None:
    held, free = verified(quick, "样例甲有限公司"), verified(quick, "样例乙有限公司")
    batch = made(quick, held)
    notice = PublicNotice("样例公布名单", OUT.url, quick.today())

    with pytest.raises(EntryRefused) as refused:
        quick.record("record_publication", [held.id, free.id], notice)
    assert codes(refused) == ["IN_A_BATCH"]
    quick.record("record_publication", [free.id], notice)
    with pytest.raises(EntryRefused) as refused:
        do(quick, "add_members", batch, [Pick(free.id)])
    assert codes(refused) == ["IN_A_BATCH"]
    second = PublicNotice("样例公布名单（更正）", OUT.url, quick.today())
    quick.record("record_publication", [free.id], second, reason="名单更正")
    with quick.engine.look() as work:
        lists = publications.of_campaign(work, CAMPAIGN, scopes=["/"], states=["published"])
        assert [(one.number, one.state) for one in lists] == [(None, "published")] * 2
        assert [len(publications.members_of(work, one.id)) for one in lists] == [0, 1]
        assert publications.counts_of(work, [batch.id, lists[1].id]) == {batch.id: (1, 1), lists[1].id: (1, 1)}
        assert publications.of_campaign(work, CAMPAIGN, scopes=["/"], batches=True) == (batch,)
        assert publications.by_number(work, CAMPAIGN, 1) == batch
        assert publications.by_number(work, CAMPAIGN, 7) is None


def test_candidates_are_verified_and_on_no_list_and_others_are_counted_on_their_way(quick: ningbo.Ningbo) -> None:
    held, free = verified(quick, "样例甲有限公司"), verified(quick, "样例乙有限公司", "衬衫")
    quick.one("样例丙有限公司")
    verified(quick, "样例丁有限公司", district="cixi")
    made(quick, held)
    with quick.engine.look() as work:
        found = candidates(work, quick.actor("haishu"), CAMPAIGN, quick.district_id("haishu"))
        whole = candidates(work, quick.actor("city"), CAMPAIGN, quick.district_id("ningbo"))

    assert [(case.id, [one.name for one in some]) for case, some in found.ready] == [(free.id, ["衬衫"])]
    assert found.on_the_way == 1
    assert len(whole.ready) == 2


def test_what_has_happened_to_a_member_since_is_told_before_the_list_is_closed(quick: ningbo.Ningbo) -> None:
    dropped, claimed = verified(quick, "样例甲有限公司", "衬衫", "西服"), verified(quick, "样例乙有限公司")
    batch = made(quick, dropped, claimed)
    quick.record("drop_product", dropped, product="西服", reason="停产")
    quick.send(ningbo.row(5, "样例乙有限公司"), district="cixi")

    with pytest.raises(EntryRefused) as refused:
        do(quick, "propose_batch", batch)
    assert "PRODUCT_DROPPED" in codes(refused)
    do(quick, "remove_members", batch, [Pick(dropped.id, ("西服",))])


def test_a_report_case_stands_on_no_list(quick: ningbo.Ningbo) -> None:
    quick.one()
    with quick.engine.look() as work:
        task = ningbo.cases.by_subject(work, CAMPAIGN, "nomination_list", "list")[0]
    case = verified(quick, "样例乙有限公司")
    batch = made(quick, case)
    with quick.work("haishu") as work:
        one = products.active_of(work, case.id)[0]
        found = list(why_not(work, batch, {one.id: (replace(task, claimed=True), one)}))

    assert {"OTHER_CAMPAIGN", "CLAIM_PENDING"} <= {reason.code for reason in found}
