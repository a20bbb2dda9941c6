"""Storing a list: what becomes of its rows, of the same list again, and of a later one that differs."""

import json
from datetime import date

import ningbo
import pytest
from ningbo import CAMPAIGN, QUOTAS, report, row

from engine import audit
from engine.cases import Done
from engine.clock import FixedClock
from engine.errors import Hidden, NotAllowed, Refused
from engine.store import cases, deadlines, notices, organisations
from engine.store.database import Database
from workflows.benchmarking.enrolment import KeptSheet, ListSource, compare, decide_claim
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises, imports, products
from workflows.benchmarking.records.nominations import elsewhere


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


def test_a_clean_list_becomes_enterprises_products_and_cases(house: ningbo.Ningbo) -> None:
    enrolment = house.send(
        row(5, "样例甲有限公司", "衬衫"),
        row(6, "样例甲有限公司", "西服", plan_no="FA-1"),
        row(7, "样例乙有限公司", "电扇"),
    )

    assert [case.subject_name for case in enrolment.opened] == ["样例甲有限公司", "样例乙有限公司"]
    assert {case.state for case in enrolment.opened} == {"nominated"}
    with house.engine.look() as work:
        brought = products.of_cases(work, [case.id for case in enrolment.opened])
        first = brought[enrolment.opened[0].id]
        assert [(one.name, one.plan_source, one.existing_plan_no) for one in first] == [
            ("衬衫", "new", None),
            ("西服", "existing", "FA-1"),
        ]
        assert [one.number for one in first[0].implemented_standards] == ["GB/T 2664-2017"]
        standing = deadlines.of_cases(work, [enrolment.opened[0].id])[enrolment.opened[0].id]
        assert {one.milestone: one.due_on for one in standing}["verified"] == date(2020, 10, 31)
    assert not audit.verify(house.engine)


def test_a_list_below_the_quota_is_handed_in_partly_and_completed_by_a_supplement(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, "样例甲有限公司"), row(6, "样例乙有限公司"))
    second = house.send(row(5, "样例丙有限公司"), supplementary=True)

    assert isinstance(first.step, Done)
    assert isinstance(second.step, Done)
    assert [(one.step.step, one.step.state) for one in (first, second) if isinstance(one.step, Done)] == [
        ("hand_in_partial", "partial"),
        ("complete", "full"),
    ]
    assert (second.counted, second.quota) == (3, QUOTAS["haishu"])


def test_a_list_that_reaches_the_quota_is_handed_in_at_once(house: ningbo.Ningbo) -> None:
    enrolment = house.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(QUOTAS["haishu"])))

    assert isinstance(enrolment.step, Done)
    assert enrolment.step.state == "full"


def test_a_list_received_on_an_earlier_day_waits_for_the_bureau(house: ningbo.Ningbo) -> None:
    house.at("2020-06-08")
    enrolment = house.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(3)), received_on=date(2020, 6, 5))

    assert isinstance(enrolment.step, Done)
    with house.engine.look() as work:
        task = cases.by_subject(work, CAMPAIGN, "nomination_list", "list")[0]
    assert (task.state, task.proposed_step, task.proposed_on) == ("expected", "hand_in", date(2020, 6, 5))


def test_the_same_file_again_changes_nothing(house: ningbo.Ningbo) -> None:
    rows = (row(5, "样例甲有限公司"), row(6, "样例乙有限公司"))
    first = house.send(*rows, content="one file")
    again = house.send(*rows, content="one file")

    assert (again.status, again.import_id, again.opened) == ("repeated", first.import_id, ())
    with house.engine.look() as work:
        assert len(cases.of_campaign(work, CAMPAIGN, "enterprise")) == 2
        assert len(imports.of_district(work, CAMPAIGN, house.district_id("haishu"))) == 1


def test_the_same_rows_in_another_file_change_nothing_but_are_kept_as_an_import(house: ningbo.Ningbo) -> None:
    rows = (row(5, "样例甲有限公司"), row(6, "样例乙有限公司"))
    house.send(*rows)
    before = house.case(1).version
    again = house.send(*rows)

    assert again.status == "taken"
    assert again.did["unchanged"] == 2
    assert again.opened == ()
    assert house.case(1).version == before
    with house.engine.look() as work:
        assert len(imports.of_district(work, CAMPAIGN, house.district_id("haishu"))) == 2


def test_one_enterprise_in_two_spellings_is_one_enterprise(house: ningbo.Ningbo) -> None:
    enrolment = house.send(row(5, "样例（宁波）有限公司", "衬衫"), row(6, "样例(宁波) 有限公司", "西服"))

    assert len(enrolment.opened) == 1
    with house.engine.look() as work:
        assert len(products.active_of(work, enrolment.opened[0].id)) == 2


def test_a_list_with_one_fault_is_refused_whole_and_stays_on_record(house: ningbo.Ningbo) -> None:
    enrolment = house.send(row(5, "样例甲有限公司"), row(6, "样例乙有限公司", fault="PRODUCT_NAME_MISSING"))

    assert enrolment.status == "refused"
    assert [fault["code"] for fault in enrolment.did["errors"]] == ["PRODUCT_NAME_MISSING"]
    with house.engine.look() as work:
        assert cases.of_campaign(work, CAMPAIGN, "enterprise") == ()
        assert [one.status for one in imports.of_district(work, CAMPAIGN, house.district_id("haishu"))] == ["refused"]


def test_a_refused_list_may_be_sent_again_unchanged_and_is_refused_again(house: ningbo.Ningbo) -> None:
    rows = (row(5, "样例甲有限公司", fault="PRODUCT_NAME_MISSING"),)
    house.send(*rows, content="one file")

    assert house.send(*rows, content="one file").status == "refused"


def test_a_district_is_told_when_the_bureau_cannot_take_its_list(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司", fault="PRODUCT_NAME_MISSING"), login="city")
    house.send(row(5, "样例乙有限公司", fault="PRODUCT_NAME_MISSING"))

    with house.engine.look() as work:
        told = [one for one in notices.waiting(work, work.now) if one.letter == "list_refused"]
    assert [one.district_id for one in told] == [house.district_id("haishu")]
    assert "1处错误" in told[0].facts["reason"]
    assert told[0].facts["papers"] == []


def test_the_marked_list_is_kept_with_the_import_and_goes_with_the_letter(house: ningbo.Ningbo) -> None:
    marked = KeptSheet("样例名单_核对结果.xlsx", "a" * 64)
    refused = house.send(row(5, "样例甲有限公司", fault="PRODUCT_NAME_MISSING"), login="city", marked=marked)

    with house.engine.look() as work:
        (told,) = (one for one in notices.waiting(work, work.now) if one.letter == "list_refused")
        (kept,) = imports.of_district(work, CAMPAIGN, house.district_id("haishu"))
    assert refused.did["annotated"] == kept.did["annotated"] == marked.as_json()
    assert told.facts["papers"] == [marked.as_json()]


def test_good_rows_are_taken_where_that_is_asked_for(house: ningbo.Ningbo) -> None:
    enrolment = house.send(
        row(5, "样例甲有限公司"), row(6, "样例乙有限公司", fault="PRODUCT_NAME_MISSING"), good_rows=True
    )

    assert [case.subject_name for case in enrolment.opened] == ["样例甲有限公司"]
    assert [(one["row"], one["enterprise"]) for one in enrolment.did["left"]] == [(6, "样例乙有限公司")]


def test_an_enterprise_whose_row_has_a_fault_is_not_missing(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司", "衬衫"), row(6, "样例乙有限公司", "电扇"))
    later = house.send(
        row(5, "样例甲有限公司", "衬衫"), row(6, "样例乙有限公司", "电扇", fault="CELL_ERROR"), good_rows=True
    )

    assert later.did["proposed_withdrawals"] == []
    assert later.did["proposed_drops"] == []


def test_what_a_later_list_no_longer_names_is_proposed_and_not_done(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司", "衬衫"), row(6, "样例甲有限公司", "西服"), row(7, "样例乙有限公司"))
    later = house.send(row(5, "样例甲有限公司", "衬衫"), row(6, "样例丙有限公司"))

    assert [one["enterprise"] for one in later.did["proposed_withdrawals"]] == ["样例乙有限公司"]
    assert [one["product"] for one in later.did["proposed_drops"]] == ["西服"]
    with house.engine.look() as work:
        assert {case.state for case in cases.of_campaign(work, CAMPAIGN, "enterprise")} == {"nominated"}
        assert later.counted == 3


def test_a_supplementary_list_says_nothing_about_those_it_does_not_name(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    later = house.send(row(5, "样例乙有限公司"), supplementary=True)

    assert later.did["proposed_withdrawals"] == []


def test_a_later_list_changes_and_adds_products_as_long_as_nothing_rests_on_them(house: ningbo.Ningbo) -> None:
    case = house.send(row(5, "样例甲有限公司", "衬衫")).opened[0]
    later = house.send(
        row(5, "样例甲有限公司", "衬衫", implemented=("FZ/T 81007-2012",)), row(6, "样例甲有限公司", "西服")
    )

    assert later.did["changed_products"] == [{"enterprise": "样例甲有限公司", "product": "衬衫"}]
    assert later.did["added_products"] == [{"enterprise": "样例甲有限公司", "product": "西服"}]
    with house.engine.look() as work:
        found = products.active_of(work, case.id)
    assert [(one.name, one.implemented_standards[0].number) for one in found] == [
        ("衬衫", "FZ/T 81007-2012"),
        ("西服", "GB/T 2664-2017"),
    ]


def test_a_later_list_leaves_alone_what_a_step_rests_on(house: ningbo.Ningbo) -> None:
    case = house.uploaded(house.send(row(5, "样例甲有限公司", "衬衫")).opened[0])
    later = house.send(
        row(5, "样例甲有限公司", "衬衫", implemented=("FZ/T 81007-2012",)), row(6, "样例甲有限公司", "西服")
    )

    assert [(one["row"], one["product"]) for one in later.did["left"]] == [(5, "衬衫"), (6, "西服")]
    assert house.case(case.id).version == case.version


def test_an_enterprise_that_withdrew_is_not_brought_back_by_a_list(house: ningbo.Ningbo) -> None:
    case = house.send(row(5, "样例甲有限公司")).opened[0]
    house.step("withdraw", case, reason="停产")
    later = house.send(row(5, "样例甲有限公司"))

    assert later.opened == ()
    assert [one["enterprise"] for one in later.did["left"]] == ["样例甲有限公司"]
    assert house.case(case.id).state == "withdrawn"


def test_an_enterprise_in_two_lists_is_claimed_and_counts_in_the_first_only(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    second = house.send(row(5, "样例甲有限公司"), district="cixi")

    assert [case.claimed for case in second.opened] == [True]
    assert second.did["claimed"] == ["样例甲有限公司"]
    assert second.counted == 0
    with house.engine.look() as work:
        ask = elsewhere(work, CAMPAIGN, house.district_id("cixi"))
        assert ask(["样例甲有限公司", "样例乙有限公司"]) == {"样例甲有限公司"}
        assert len(enterprises.by_names(work, [name_key("样例甲有限公司")])) == 1
    assert not audit.verify(house.engine)


def test_the_bureau_gives_a_claimed_enterprise_to_the_district_that_claims_it(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, "样例甲有限公司")).opened[0]
    second = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]

    with house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), second.id, grant=True, reason="注册地在慈溪")

    assert house.case(first.id).state == "withdrawn"
    assert (house.case(second.id).claimed, house.case(second.id).state) == (False, "nominated")
    assert not audit.verify(house.engine)


def test_the_bureau_leaves_a_claimed_enterprise_where_it_is(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, "样例甲有限公司")).opened[0]
    second = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]

    with house.work("city") as work:
        kept = decide_claim(house.engine, work, house.actor("city"), second.id, grant=False, reason="注册地在海曙")

    assert kept.id == first.id
    assert house.case(first.id).state == "nominated"
    assert house.case(second.id).state == "withdrawn"
    assert not audit.verify(house.engine)


def test_a_claim_that_is_granted_may_complete_the_list(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    house.send(row(5, "样例乙有限公司"), district="cixi")
    claimed = house.send(row(5, "样例甲有限公司"), district="cixi", supplementary=True).opened[0]
    with house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), claimed.id, grant=True, reason="注册地在慈溪")

    with house.engine.look() as work:
        task = cases.by_subject(
            work, CAMPAIGN, "nomination_list", "list", district_id=organisations.by_code(work, "cixi").id
        )[0]
    assert task.state == "full"
    assert not audit.verify(house.engine)


def test_of_three_districts_the_one_that_is_granted_has_the_enterprise(house: ningbo.Ningbo) -> None:
    first, second, third = (
        house.send(row(5, "样例甲有限公司"), district=code).opened[0] for code in ("haishu", "cixi", "yuyao")
    )
    with house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), third.id, grant=True, reason="注册地在余姚")

    assert [house.case(one.id).state for one in (first, second, third)] == ["withdrawn", "withdrawn", "nominated"]
    assert not audit.verify(house.engine)


def test_a_claim_waits_while_the_other_district_has_something_proposed(house: ningbo.Ningbo) -> None:
    first = house.uploaded(house.one("样例甲有限公司"))
    house.record("record_test_report", first, ningbo.lab_report(house.today()), file=ningbo.PDF)
    claimed = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]
    with house.work("haishu") as work:
        command = ningbo.Command(case_id=first.id, step="verify")
        ningbo.propose(house.engine, work, house.actor("haishu"), command)

    with pytest.raises(Refused), house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), claimed.id, grant=True, reason="注册地在慈溪")
    assert house.case(first.id).state == "plan_uploaded"


@pytest.mark.parametrize("reason", ["", "注册地在慈溪"])
def test_only_a_claim_is_decided_and_with_a_reason(house: ningbo.Ningbo, reason: str) -> None:
    first = house.send(row(5, "样例甲有限公司")).opened[0]
    claimed = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]

    wanted = first if reason else claimed
    with pytest.raises(Refused), house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), wanted.id, grant=False, reason=reason)


def test_an_enrolment_answers_in_plain_json(house: ningbo.Ningbo) -> None:
    taken = house.send(row(5, "样例甲有限公司")).as_json()
    house.at("2020-05-18")
    late = house.send(row(5, "样例乙有限公司"), received_on=date(2020, 5, 14), district="cixi").as_json()

    assert (taken["status"], taken["step"]["result"], taken["new"]) == ("taken", "done", ["样例甲有限公司"])
    assert [reason["code"] for reason in late["step"]["reasons"]] == ["DATE_BEFORE_STATE"]
    assert json.loads(json.dumps([taken, late])) == [taken, late]


def test_a_file_sent_again_answers_who_took_it_and_when(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"), content="one file")
    house.at("2020-05-18")

    again = house.send(row(5, "样例甲有限公司"), content="one file").as_json()

    assert again == {
        "import": 1,
        "status": "repeated",
        "earlier": {"import": 1, "by": "海曙联络员", "at": "2020-05-15T01:00:00+00:00", "file": "样例名单.xlsx"},
    }


def test_a_district_decides_no_claim(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    second = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]

    with pytest.raises(NotAllowed), house.work("cixi") as work:
        decide_claim(house.engine, work, house.actor("cixi"), second.id, grant=False, reason="注册地在海曙")
    assert house.case(second.id).state == "nominated"


def test_newcomers_of_a_supplementary_list_take_the_places_of_those_that_left(house: ningbo.Ningbo) -> None:
    gone = house.send(row(5, "样例甲有限公司")).opened[0]
    house.step("withdraw", gone, reason="停产")
    joined = house.send(row(5, "样例乙有限公司"), supplementary=True, replaces=(gone.id,)).opened[0]

    assert house.case(gone.id).replaced_by_id == joined.id
    assert house.case(joined.id).replaces_id == gone.id


def test_more_places_than_newcomers_are_refused(house: ningbo.Ningbo) -> None:
    gone = house.send(row(5, "样例甲有限公司")).opened[0]
    house.step("withdraw", gone, reason="停产")

    with pytest.raises(Refused):
        house.send(row(5, "样例甲有限公司"), supplementary=True, replaces=(gone.id,))


def test_a_file_that_was_taken_before_brings_nobody_new_to_replace_anyone(house: ningbo.Ningbo) -> None:
    gone = house.send(row(5, "样例甲有限公司"), content="one file").opened[0]
    house.step("withdraw", gone, reason="停产")

    with pytest.raises(Refused, match="import 1, 海曙联络员"):
        house.send(row(5, "样例甲有限公司"), content="one file", supplementary=True, replaces=(gone.id,))


def test_an_ordinary_list_replaces_nobody(house: ningbo.Ningbo) -> None:
    with pytest.raises(Refused):
        house.send(row(5, "样例乙有限公司"), replaces=(1,))


def test_a_capped_quota_refuses_the_list_that_goes_beyond_it(sqlite_database: Database, clock: FixedClock) -> None:
    house = ningbo.prepare(sqlite_database, clock, quota_mode="cap")

    with pytest.raises(Refused):
        house.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(4)))
    with house.engine.look() as work:
        assert cases.of_campaign(work, CAMPAIGN, "enterprise") == ()
    assert house.send(*(row(5 + n, f"样例{n}号有限公司") for n in range(3))).status == "taken"


def test_another_districts_list_does_not_exist(house: ningbo.Ningbo) -> None:
    with pytest.raises(Hidden):
        house.send(row(5, "样例甲有限公司"), district="cixi", login="haishu")


def test_who_only_reads_brings_in_no_list(house: ningbo.Ningbo) -> None:
    with pytest.raises(NotAllowed):
        house.send(row(5, "样例甲有限公司"), login="leader")


def test_a_list_from_the_future_is_refused(house: ningbo.Ningbo) -> None:
    with pytest.raises(Refused):
        house.send(row(5, "样例甲有限公司"), received_on=date(2020, 5, 16))


def test_a_list_that_names_another_unit_is_refused(house: ningbo.Ningbo) -> None:
    source = ListSource(
        campaign=CAMPAIGN, district="haishu", sha256="0" * 64, filename="样例名单.xlsx", received_on=house.today()
    )

    with pytest.raises(Refused), house.work("haishu") as work:
        ningbo.enrol(
            house.engine, work, house.actor("haishu"), report(row(5, "样例甲有限公司"), district="cixi"), source
        )


def test_a_dry_run_says_what_would_change_and_changes_nothing(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    source = ListSource(
        campaign=CAMPAIGN, district="haishu", sha256="0" * 64, filename="样例名单.xlsx", received_on=house.today()
    )

    with house.engine.look() as work:
        actor = house.actor("haishu")
        found = compare(house.engine, work, actor, report(row(5, "样例乙有限公司")), source)

    assert found.as_json()["new"] == ["样例乙有限公司"]
    assert [case.subject_name for case in found.missing] == ["样例甲有限公司"]
