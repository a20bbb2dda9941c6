"""Bringing in lists about enterprises that take part: what each row is about, what it changes, who may, and once."""

from datetime import date

import ningbo
import pytest
from lists_of_kinds import CONTACTS, INDUSTRIES, PLANS, REPORTS, RESULTS, Desk, codes, read_kind, workbook
from ningbo import CAMPAIGN, PDF, lab_report
from roster_files import HEADER, clean_rows

from engine.clock import FixedClock
from engine.errors import Hidden, NotAllowed, Refused
from engine.model import Case
from engine.store import cases, journal, search
from engine.store.database import Database
from workflows.benchmarking.bringing import Brought, bring
from workflows.benchmarking.model import LabReport, PlatformRecord
from workflows.benchmarking.records import enterprises, imports, nominations, plans, products, results

FIRST, SECOND = "样例甲有限公司", "样例乙有限公司"
CODE, OTHER_CODE = "91330200MA00000152", "91330200MA0000023W"
LAB = ("样例检验检测研究院", "201120000001")


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    house = ningbo.prepare(database, clock)
    house.at("2020-06-10")
    return Desk(house)


def reported(
    name: str, product: str | None, number: str, day: str = "2020-06-01", conclusion: str = "部分优于"
) -> list[object]:
    return [None, name, product, *LAB, number, day, "抽样", conclusion]


def report_of(desk: Desk, case: Case, place: int = 0) -> LabReport | None:
    with desk.house.engine.look() as work:
        return results.lab_report(work, products.of_cases(work, [case.id])[case.id][place].id)


def entries(desk: Desk, case: Case, what: str) -> list[dict[str, object]]:
    with desk.house.engine.look() as work:
        return [dict(row.data) for row in journal.of_case(work, case.id) if row.data.get("what") == what]


def enterprise_of(desk: Desk, case: Case) -> enterprises.Enterprise:
    with desk.house.engine.look() as work:
        return enterprises.get(work, nominations.enterprise_id_of(case))


def kept(desk: Desk) -> list[tuple[str, str]]:
    """Form and status of the imports of 海曙 but those that named the enterprises."""
    with desk.house.engine.look() as work:
        found = imports.of_district(work, CAMPAIGN, desk.house.district_id("haishu"))
    return [(one.form, one.status) for one in found if one.form != "annex2"]


def refusals(brought: Brought) -> list[tuple[int, str | None, str]]:
    assert brought.status == "refused"
    return codes(brought.report)


def test_test_reports_are_recorded_and_journaled_as_if_one_by_one(desk: Desk) -> None:
    case = desk.house.one(FIRST, "衬衫", "西服")
    other = desk.house.one(SECOND)

    brought = desk.bring(
        REPORTS, reported(FIRST, "衬衫", "R-1"), reported(FIRST, "西服", "R-2"), reported(SECOND, None, "R-3")
    )

    assert brought.status == "taken"
    assert len(brought.difference.new) == 3
    expected = lab_report(date(2020, 6, 1), report_no="R-2")
    assert report_of(desk, case, 1) == expected
    told = entries(desk, case, "test_report")
    assert [one["product"] for one in told] == ["衬衫", "西服"]
    assert {one["import"] for one in told} == {brought.import_id}
    by_hand = desk.house.record("record_test_report", other, lab_report(date(2020, 6, 1), report_no="R-4"))
    first, second = entries(desk, by_hand, "test_report")
    assert first.keys() - {"import"} == second.keys()


def test_a_list_tells_what_is_new_changed_and_the_same(desk: Desk) -> None:
    case = desk.house.one(FIRST, "衬衫", "西服", "裤子")
    desk.bring(REPORTS, reported(FIRST, "衬衫", "R-1"), reported(FIRST, "西服", "R-2"))
    version = desk.house.case(case.id).version

    brought = desk.bring(
        REPORTS,
        reported(FIRST, "衬衫", "R-1"),
        reported(FIRST, "西服", "R-2", conclusion="全部优于"),
        reported(FIRST, "裤子", "R-3"),
    )

    told = brought.as_json()
    assert [one["product"] for one in told["new"]] == ["裤子"]
    assert [(one["product"], one["was"], one["now"]) for one in told["changed"]] == [
        ("西服", {"conclusion": "部分指标优于比对标准"}, {"conclusion": "全部指标优于比对标准"})
    ]
    assert told["unchanged"] == 1
    assert desk.house.case(case.id).version == version + 2


def test_a_list_that_tells_nothing_new_is_taken_and_changes_nothing(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.bring(REPORTS, reported(FIRST, None, "R-1"))
    before, said = desk.house.case(case.id), report_of(desk, case)

    brought = desk.bring(REPORTS, [2, *reported(FIRST, None, "R-1")[1:]])

    assert (brought.status, brought.as_json()["unchanged"]) == ("taken", 1)
    assert (desk.house.case(case.id), report_of(desk, case)) == (before, said)


def test_a_preview_says_the_same_and_writes_nothing(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    before = desk.house.case(case.id)

    found = desk.compare(REPORTS, reported(FIRST, None, "R-1"))

    assert [one.place.row.row for one in found.new] == [2]
    assert desk.house.case(case.id) == before
    assert report_of(desk, case) is None
    assert kept(desk) == []


def test_a_list_with_one_fault_changes_nothing_and_stays_on_record(desk: Desk) -> None:
    case = desk.house.one(FIRST)

    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1"), reported(FIRST, "手套", "R-2"))

    assert refusals(brought) == [(3, "product_name", "PRODUCT_UNKNOWN")]
    assert brought.as_json()["left"][0]["row"] == 3
    assert report_of(desk, case) is None
    assert kept(desk) == [("test_reports", "refused")]


def test_the_good_rows_are_taken_when_that_is_asked_for(desk: Desk) -> None:
    case = desk.house.one(FIRST)

    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1"), reported("样例丙有限公司", "x", "R-2"), good_rows=True)

    assert brought.status == "taken"
    assert [left["row"] for left in brought.difference.left] == [3]
    assert "没有这家企业" in str(brought.difference.left[0]["why"])
    assert report_of(desk, case) == lab_report(date(2020, 6, 1), report_no="R-1")


def test_every_reason_against_a_row_is_said_at_once(desk: Desk) -> None:
    brought = desk.bring(REPORTS, reported("样例丙有限公司", "x", "R-2", day="2020.6", conclusion="合格"))

    assert refusals(brought) == [
        (2, "issued_on", "DAY_INCOMPLETE"),
        (2, "conclusion", "CONCLUSION_UNKNOWN"),
        (2, "enterprise_name", "ENTERPRISE_UNKNOWN"),
    ]


def test_the_same_file_again_is_harmless_and_says_who_took_it(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    content = workbook(REPORTS, reported(FIRST, None, "R-1"))
    first = desk.bring_file(content)
    desk.house.record("record_test_report", case, lab_report(date(2020, 6, 2), report_no="R-9"))
    version = desk.house.case(case.id).version

    again = desk.bring_file(content, login="city")

    assert (again.status, again.import_id) == ("repeated", first.import_id)
    assert again.earlier is not None
    assert again.earlier.by == "海曙联络员"
    assert again.as_json().keys() == {"import", "status", "earlier"}
    assert desk.house.case(case.id).version == version


def test_a_file_of_which_rows_were_left_may_come_again(desk: Desk) -> None:
    desk.house.one(FIRST)
    content = workbook(REPORTS, reported(FIRST, None, "R-1"), reported(SECOND, None, "R-2"))
    desk.bring_file(content, good_rows=True)
    late = desk.house.one(SECOND)

    again = desk.bring_file(content)

    assert again.status == "taken"
    assert (len(again.difference.new), again.difference.same) == (1, 1)
    assert report_of(desk, late) is not None


def test_the_file_of_another_kind_is_not_the_file_of_a_nomination(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.bring(REPORTS, reported(FIRST, None, "R-1"))

    with desk.house.engine.look() as work:
        task = cases.by_subject(work, CAMPAIGN, "nomination_list", "list", district_id=case.district_id)[0]
        facts = desk.house.kind.facts(work, [task])[task.id]
    assert len(facts.digest()["files"]) == 1  # type: ignore[arg-type]


def test_what_a_step_rests_on_changes_with_a_reason_only(desk: Desk) -> None:
    case = desk.house.uploaded(desk.house.one(FIRST))
    desk.house.record("record_test_report", case, lab_report(desk.house.today()), file=PDF)
    desk.house.proposed("verify", case)
    changed = reported(FIRST, None, "R-NEW")

    refused = desk.bring(REPORTS, changed)
    assert refusals(refused) == [(2, None, "RESTS_ON_IT")]

    taken = desk.bring(REPORTS, changed, reason="补测")
    assert taken.status == "taken"
    assert report_of(desk, case) == lab_report(date(2020, 6, 1), report_no="R-NEW")
    with desk.house.engine.look() as work:
        assert journal.of_case(work, case.id)[-1].reason == "补测"


def test_the_file_of_a_report_stays_with_the_same_report(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.house.record("record_test_report", case, lab_report(date(2020, 6, 1), report_no="R-1"), file=PDF)

    desk.bring(REPORTS, reported(FIRST, None, "R-1", conclusion="一致"))
    same = report_of(desk, case)
    desk.bring(REPORTS, reported(FIRST, None, "R-2"))
    retest = report_of(desk, case)

    assert same is not None
    assert same.file_sha is not None
    assert retest is not None
    assert retest.file_sha is None


def test_a_report_that_is_too_old_is_refused_as_when_it_is_entered_alone(desk: Desk) -> None:
    desk.house.one(FIRST)
    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1", day="2018-01-01"))
    assert refusals(brought) == [(2, "issued_on", "ISSUED_TOO_LONG_AGO")]


def test_an_enterprise_of_another_district_does_not_exist(desk: Desk) -> None:
    desk.house.one(FIRST, district="cixi")
    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1"))
    assert refusals(brought) == [(2, "enterprise_name", "ENTERPRISE_UNKNOWN")]
    unknown = desk.bring(REPORTS, reported(SECOND, None, "R-1"))
    first, second = brought.report.rows[0].errors[0], unknown.report.rows[0].errors[0]
    assert first.sentence.replace(FIRST, "") == second.sentence.replace(SECOND, "")


def test_a_withdrawn_enterprise_and_a_dropped_product_are_refused(desk: Desk) -> None:
    left = desk.house.one(FIRST)
    case = desk.house.one(SECOND, "衬衫", "西服")
    desk.house.step("withdraw", left, reason="停产", login="city")
    desk.house.record("drop_product", case, product="西服", reason="停产")

    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1"), reported(SECOND, "西服", "R-2"))

    assert refusals(brought) == [
        (2, "enterprise_name", "ENTERPRISE_WITHDRAWN"),
        (3, "product_name", "PRODUCT_DROPPED"),
    ]


def test_which_of_several_products_is_meant_must_be_said(desk: Desk) -> None:
    desk.house.one(FIRST, "衬衫", "西服")
    brought = desk.bring(REPORTS, reported(FIRST, None, "R-1"))
    assert refusals(brought) == [(2, "product_name", "PRODUCT_NOT_SAID")]
    assert "衬衫、西服" in brought.report.rows[0].errors[0].sentence


def test_many_products_are_not_all_listed(desk: Desk) -> None:
    desk.house.one(FIRST, *(f"样例{n}" for n in range(9)))
    brought = desk.bring(REPORTS, reported(FIRST, "别的", "R-1"))
    assert "样例5……" in brought.report.rows[0].errors[0].sentence
    assert "样例8" not in brought.report.rows[0].errors[0].sentence


def test_two_rows_about_one_product_must_say_the_same(desk: Desk) -> None:
    desk.house.one(FIRST, "衬衫")
    brought = desk.bring(REPORTS, reported(FIRST, "衬衫", "R-1"), reported(FIRST, None, "R-2"))
    assert refusals(brought) == [(3, None, "DUPLICATE_ENTRY")]


def test_an_enterprise_is_found_by_code_before_name_and_by_a_former_name(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None])
    header = ["企业名称", "信用代码", "联系人", "电话"]

    by_code = desk.bring(header, [None, CODE, "样例", None])
    renamed = desk.bring(header, ["样例甲新名有限公司", CODE, "示例", None])

    assert [one.place.case.id for one in (*by_code.difference.new, *renamed.difference.changed)] == [case.id, case.id]
    with desk.house.work("city") as work:
        enterprises.keep_name(work, nominations.enterprise_id_of(case), "样例甲旧名有限公司", date(2020, 1, 1))
    former = desk.bring(header, ["样例甲旧名有限公司", None, "样例", None])
    assert [one.place.case.id for one in former.difference.changed] == [case.id]


def test_code_and_name_of_two_enterprises_contradict_each_other(desk: Desk) -> None:
    desk.house.one(FIRST)
    desk.house.one(SECOND)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None])
    brought = desk.bring(CONTACTS, [SECOND, CODE, "样例", None, None])
    assert refusals(brought) == [(2, "credit_code", "CODE_AND_NAME_DIFFER")]


def test_two_enterprises_of_one_name_are_told_apart_by_code_only(desk: Desk) -> None:
    first = desk.house.one(FIRST)
    other = desk.house.one(SECOND)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None], [SECOND, OTHER_CODE, None, None, None, None])
    with desk.house.work("city") as work:
        names = {"name": FIRST, "name_key": enterprises.get(work, nominations.enterprise_id_of(first)).name_key}
        enterprises.change(work, nominations.enterprise_id_of(other), names)

    assert refusals(desk.bring(CONTACTS, [FIRST, None, "样例", None, None])) == [
        (2, "enterprise_name", "ENTERPRISE_AMBIGUOUS")
    ]
    assert desk.bring(CONTACTS, [FIRST, OTHER_CODE, "样例", None, None]).status == "taken"
    assert enterprise_of(desk, other).contact == {"name": "样例"}


def test_contacts_are_added_and_an_empty_cell_leaves_what_is_there(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.bring(CONTACTS, [FIRST, None, "样例", "0574-86000001", None])
    desk.bring(CONTACTS, [FIRST, None, None, "13800000000", "sample@example.com"])

    assert enterprise_of(desk, case).contact == {
        "name": "样例",
        "phone": "13800000000",
        "email": "sample@example.com",
    }


def test_industries_are_added_to_enterprises_on_record(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    brought = desk.bring(INDUSTRIES, [FIRST, CODE, "家用厨房电器具制造", "样例集群", "是", "小巨人、单项冠军"])

    found = enterprise_of(desk, case)
    assert brought.status == "taken"
    assert (found.credit_code, found.industry_code, found.above_designated_size) == (CODE, "3854", True)
    assert found.honours == ("专精特新“小巨人”", "单项冠军")
    again = desk.bring(INDUSTRIES, [FIRST, None, "3854", None, None, None])
    assert (again.difference.same, enterprise_of(desk, case)) == (1, found)


def test_a_code_that_belongs_to_another_enterprise_is_refused_wherever_that_is(desk: Desk) -> None:
    desk.house.one(FIRST, district="cixi")
    desk.house.one(SECOND)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None], district="cixi")

    brought = desk.bring(INDUSTRIES, [SECOND, CODE, None, None, None, None])

    assert refusals(brought) == [(2, "credit_code", "CREDIT_CODE_TAKEN")]
    said = brought.report.rows[0].errors[0].sentence
    assert "慈溪" not in said
    assert FIRST not in said


def test_a_code_changes_with_a_reason_and_is_given_once(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.house.one(SECOND)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None])

    assert refusals(desk.bring(INDUSTRIES, [FIRST, OTHER_CODE, None, None, None, None])) == [
        (2, "credit_code", "CREDIT_CODE_DIFFERS")
    ]
    both = ([FIRST, OTHER_CODE, None, None, None, None], [SECOND, OTHER_CODE, None, None, None, None])
    assert refusals(desk.bring(INDUSTRIES, *both, reason="换发执照")) == [(3, "credit_code", "CREDIT_CODE_TWICE")]
    assert desk.bring(INDUSTRIES, both[0], reason="换发执照").status == "taken"
    assert enterprise_of(desk, case).credit_code == OTHER_CODE


def test_a_plan_on_the_platform_is_recorded_for_every_enterprise_that_shares_it(desk: Desk) -> None:
    first, second = desk.house.one(FIRST, "衬衫", "西服"), desk.house.one(SECOND)
    desk.house.with_plan(first)
    with desk.house.engine.look() as work:
        plan = plans.of_district(work, CAMPAIGN, first.district_id)[0]
    desk.house.record("share_plan", second, plan.id)

    row = ["FA-1", None, "2020-06-09"]
    brought = desk.bring(PLANS, [FIRST, "衬衫", *row], [FIRST, "西服", *row], [SECOND, None, *row])

    assert (len(brought.difference.new), brought.difference.same) == (1, 2)
    with desk.house.engine.look() as work:
        assert plans.platform_record(work, plan.id) == PlatformRecord(date(2020, 6, 9), "FA-1")
    assert [len(entries(desk, case, "platform_plan")) for case in (first, second)] == [1, 1]
    changed = desk.bring(PLANS, [SECOND, None, None, "https://example.com/1", "2020-06-09"])
    assert len(changed.difference.changed) == 1
    with desk.house.engine.look() as work:
        expected = PlatformRecord(date(2020, 6, 9), "FA-1", "https://example.com/1")
        assert plans.platform_record(work, plan.id) == expected


def test_rows_about_one_plan_that_differ_are_refused(desk: Desk) -> None:
    case = desk.house.one(FIRST, "衬衫", "西服")
    desk.house.with_plan(case)
    rows = ([FIRST, "衬衫", "FA-1", None, "2020-06-09"], [FIRST, "西服", "FA-2", None, "2020-06-09"])
    assert refusals(desk.bring(PLANS, *rows)) == [(3, None, "DUPLICATE_ENTRY")]


def test_a_product_without_a_plan_of_its_own_has_nothing_on_the_platform(desk: Desk) -> None:
    desk.house.one(FIRST)
    desk.house.one(SECOND, plan_no="FA-OLD")
    rows = ([FIRST, None, "FA-1", None, "2020-06-09"], [SECOND, None, "FA-2", None, "2020-06-09"])
    assert refusals(desk.bring(PLANS, *rows)) == [
        (2, "product_name", "PLAN_NOT_RECORDED"),
        (3, "plan_no", "PLAN_ADOPTED"),
    ]


def test_results_agree_with_the_conclusion_of_the_report(desk: Desk) -> None:
    case, other = desk.house.one(FIRST), desk.house.one(SECOND)
    desk.bring(REPORTS, reported(FIRST, None, "R-1"))

    wrong = desk.bring(RESULTS, [FIRST, None, "JG-1", None, "2020-06-09", "一致"])
    assert refusals(wrong) == [(2, "conclusion", "CONCLUSION_DISAGREES")]
    rows = ([FIRST, None, "JG-1", None, "2020-06-09", "部分优于"], [SECOND, None, "JG-2", None, "2020-06-09", "一致"])
    brought = desk.bring(RESULTS, *rows)

    assert ["note" in one for one in brought.as_json()["new"]] == [False, True]
    with desk.house.engine.look() as work:
        ids = [products.active_of(work, one.id)[0].id for one in (case, other)]
        assert [results.platform_record(work, one) for one in ids] == [
            PlatformRecord(date(2020, 6, 9), "JG-1"),
            PlatformRecord(date(2020, 6, 9), "JG-2"),
        ]


def test_who_may_record_a_thing_may_bring_a_list_of_it(desk: Desk) -> None:
    desk.house.one(FIRST)
    assert desk.bring(REPORTS, reported(FIRST, None, "R-1"), login="laboratory").status == "taken"
    with pytest.raises(NotAllowed):
        desk.bring(CONTACTS, [FIRST, None, "样例", None, None], login="laboratory")
    with pytest.raises(NotAllowed):
        desk.bring(REPORTS, reported(FIRST, None, "R-2"), login="leader")
    with pytest.raises(Hidden):
        desk.bring(REPORTS, reported(FIRST, None, "R-2"), login="cixi")


def test_what_only_lists_of_enterprises_can_do_is_refused(desk: Desk) -> None:
    desk.house.one(FIRST)
    with pytest.raises(Refused, match="supplementary"):
        desk.bring(REPORTS, reported(FIRST, None, "R-1"), supplementary=True)
    with pytest.raises(Refused, match="not come yet"):
        desk.bring(REPORTS, reported(FIRST, None, "R-1"), received_on=date(2021, 1, 1))


def test_the_list_of_another_unit_is_refused(desk: Desk) -> None:
    desk.house.one(FIRST, district="cixi")
    content = workbook(REPORTS, reported(FIRST, None, "R-1"), above=[["填报单位：海曙区市场监管局"]])
    brought = desk.bring_file(content, district="cixi")
    assert brought.status == "refused"
    assert [fault.code for fault in brought.report.file_errors] == ["REPORTING_UNIT_MISMATCH"]


def test_the_list_of_a_unit_is_not_taken_for_another(desk: Desk) -> None:
    desk.house.one(FIRST)
    content = workbook(REPORTS, reported(FIRST, None, "R-1"), above=[["填报单位：慈溪市市场监管局"]])
    report = read_kind(content, today=desk.house.today(), district="cixi")
    with desk.house.work("city") as work, pytest.raises(Refused, match="another reporting unit"):
        bring(desk.house.engine, work, desk.house.actor("city"), report, desk.source(content, "haishu"))


def test_a_list_that_names_enterprises_is_enrolled_and_not_brought(desk: Desk) -> None:
    content = workbook(HEADER, *clean_rows(1))
    with pytest.raises(Refused, match="annex2"):
        desk.bring_file(content)


def test_a_cluster_is_one_of_the_campaign(database: Database, clock: FixedClock) -> None:
    desk = Desk(ningbo.prepare(database, clock, clusters=["绿色石化", "智能家电"]))
    case = desk.house.one(FIRST)
    assert refusals(desk.bring(INDUSTRIES, [FIRST, None, None, "养殖", None, None])) == [
        (2, "cluster", "CLUSTER_UNKNOWN")
    ]
    assert desk.bring(INDUSTRIES, [FIRST, None, None, "智能家电产业集群", None, None]).status == "taken"
    assert enterprise_of(desk, case).cluster == "智能家电"


def test_an_enterprise_is_found_by_the_code_that_a_list_brought(desk: Desk) -> None:
    case = desk.house.one(FIRST)
    desk.bring(INDUSTRIES, [FIRST, CODE, None, None, None, None])
    with desk.house.engine.look() as work:
        assert search.numbers(work, search.Question(terms=(CODE.casefold(),), paths=None), 5) == [case.id]
