"""Who an enterprise is across the years: merged, split, renamed, and found by every name it ever had."""

from datetime import date
from typing import Any

import ningbo
import pytest
from ningbo import CAMPAIGN, row, terms_body

from engine import audit
from engine.access import SYSTEM
from engine.cases import Opening, open_case
from engine.clock import FixedClock
from engine.errors import CaseChanged, Hidden, NotAllowed, NotFound, Refused
from engine.model import Case
from engine.setup import apply_campaign
from engine.store import cases, journal
from engine.store.database import Database
from workflows.benchmarking import identity
from workflows.benchmarking.identity import NewOne
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording import EnterpriseDetails
from workflows.benchmarking.records import enterprises, nominations, products

CODE, OTHER = "91330203XXXXXXX191", "913302037777777770"
LATER = "ningbo-2021"


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def quick(sqlite_database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(sqlite_database, clock)


def decide(house: ningbo.Ningbo, what: str, *values: Any, login: str = "city", **more: Any) -> identity.Joined:
    with house.work(login) as work:
        do = getattr(identity, what)
        joined: identity.Joined = do(house.engine, work, house.actor(login), *values, **{"reason": "核对执照"} | more)
    return joined


def number(case: Case) -> int:
    return nominations.enterprise_id_of(case)


def of_next_year(house: ningbo.Ningbo, name: str, *, district: str = "haishu") -> Case:
    """A case of an enterprise of that name in the campaign of another year."""
    with house.work() as work:
        if LATER not in {one.campaign for one in cases.of_campaign(work, LATER)}:
            body = terms_body(key=LATER, year=2021)
            apply_campaign(house.engine, work, SYSTEM, key=LATER, kind=house.kind.name, body=body)
        known = enterprises.add_missing(work, [name])[name_key(name)]
        opening = Opening(
            campaign=LATER,
            flow="enterprise",
            district_id=house.district_id(district),
            subject_key=nominations.subject_key(known.id),
            subject_name=name,
            on=date(2020, 5, 15),
            role="system",
        )
        return open_case(house.engine, work, SYSTEM, opening)


def test_a_merge_brings_cases_and_products_under_one_enterprise_and_keeps_the_other_row(house: ningbo.Ningbo) -> None:
    kept, doubled = house.one("样例甲有限公司"), of_next_year(house, "样例甲制造有限公司")

    joined = decide(house, "merge", number(kept), number(doubled))

    after = house.case(doubled.id)
    assert (after.subject_key, after.subject_name) == (kept.subject_key, "样例甲有限公司")
    assert [one.id for one in joined.cases] == [doubled.id]
    with house.engine.look() as work:
        row_left = enterprises.rows(work, [number(doubled)])[number(doubled)]
        assert (row_left.merged_into, row_left.name) == (number(kept), "样例甲制造有限公司")
        assert enterprises.get(work, number(doubled)).id == number(kept)
        assert enterprises.by_names(work, [name_key("样例甲制造有限公司")])[
            name_key("样例甲制造有限公司")
        ].id == number(kept)
        told = journal.last_of(work, doubled.id)
        assert told is not None
        assert (told.reason, told.data["before"]["key"]) == ("核对执照", doubled.subject_key)
        assert journal.of_case(work, journal.HOUSE)[-1].data["enterprise"]["what"] == "merged"
    assert not audit.verify(house.engine)


def test_the_same_merge_again_changes_nothing(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    decide(quick, "merge", number(kept), number(doubled))
    before = quick.case(doubled.id).version

    again = decide(quick, "merge", number(kept), number(doubled))

    assert not again.changed
    assert quick.case(doubled.id).version == before


def test_two_that_both_take_part_are_merged_only_after_one_has_withdrawn(house: ningbo.Ningbo) -> None:
    kept, doubled = house.one("样例甲有限公司", "衬衫"), house.one("样例甲制造有限公司", "西服")

    with pytest.raises(Refused, match="Withdraw one of them"):
        decide(house, "merge", number(kept), number(doubled))
    house.step("withdraw", doubled, reason="重复")
    decide(house, "merge", number(kept), number(doubled))

    # its place is taken, so the withdrawn case stays where it was and is only told of
    assert house.case(doubled.id).subject_key == doubled.subject_key
    enrolment = house.send(row(5, "样例甲制造有限公司", "衬衫"), supplementary=True)
    assert (enrolment.opened, enrolment.did["unchanged"]) == ((), 1)
    assert not audit.verify(house.engine)


def test_one_who_has_left_is_not_merged_over_one_who_takes_part(quick: ningbo.Ningbo) -> None:
    gone, here = quick.one("样例甲有限公司"), quick.one("样例甲制造有限公司")
    quick.step("withdraw", gone, reason="重复")

    with pytest.raises(Refused, match="other way round"):
        decide(quick, "merge", number(gone), number(here))


def test_two_credit_codes_are_two_enterprises(quick: ningbo.Ningbo) -> None:
    one, two = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    with quick.work() as work:
        enterprises.change(work, number(one), {"credit_code": CODE})
        enterprises.change(work, number(two), {"credit_code": OTHER})

    with pytest.raises(Refused, match="two enterprises"):
        decide(quick, "merge", number(one), number(two))


def test_the_one_that_stays_learns_what_it_did_not_know_and_a_restored_one_gets_it_back(house: ningbo.Ningbo) -> None:
    kept, doubled = house.one("样例甲有限公司"), of_next_year(house, "样例乙有限公司")
    house.record("set_enterprise_details", doubled, EnterpriseDetails(credit_code=CODE, industry_code="3852"))

    learned = decide(house, "merge", number(kept), number(doubled)).enterprise
    assert (learned.credit_code, learned.industry_code) == (CODE, "3852")
    restored = decide(house, "split", number(kept), number(doubled))

    assert (restored.enterprise.credit_code, restored.enterprise.merged_into) == (CODE, None)
    assert house.case(doubled.id).subject_name == "样例乙有限公司"
    with house.engine.look() as work:
        one = enterprises.get(work, number(kept))
        assert (one.credit_code, one.industry_code) == (None, None)
    assert not decide(house, "split", number(kept), number(doubled)).changed
    assert not audit.verify(house.engine)


def test_cases_of_two_enterprises_that_were_taken_for_one_go_to_a_new_one(house: ningbo.Ningbo) -> None:
    first, second = house.one("样例甲有限公司"), of_next_year(house, "样例甲有限公司")
    assert first.subject_key == second.subject_key

    apart = decide(house, "split", number(first), NewOne("样例甲（宁波）有限公司"), cases=[second.id])

    assert apart.enterprise.id != number(first)
    assert house.case(second.id).subject_name == "样例甲（宁波）有限公司"
    assert house.case(first.id) == first
    again = decide(house, "split", number(first), NewOne("样例甲（宁波）有限公司"), cases=[second.id])
    assert (again.changed, again.enterprise.id) == (False, apart.enterprise.id)
    assert not audit.verify(house.engine)


def test_who_has_been_restored_with_the_cases_named_is_left_as_it_is(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    decide(quick, "merge", number(kept), number(doubled))
    decide(quick, "split", number(kept), number(doubled), cases=[doubled.id])

    again = decide(quick, "split", number(kept), number(doubled), cases=[doubled.id])

    assert again.as_json() == {
        "enterprise": number(doubled),
        "name": "样例乙有限公司",
        "version": again.enterprise.version,
        "changed": False,
        "cases": [],
    }


def test_a_decision_answers_with_the_cases_that_it_brought_along(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")

    told = decide(quick, "merge", number(kept), number(doubled)).as_json()

    version = quick.case(doubled.id).version
    assert told["cases"] == [{"case": doubled.id, "subject": "样例甲有限公司", "version": version}]
    assert told["changed"]


def test_what_was_written_since_the_merge_stays_with_the_one_that_stood_for_both(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    details = EnterpriseDetails(industry_code="3852", cluster="智能家电")
    quick.record("set_enterprise_details", doubled, details)
    decide(quick, "merge", number(kept), number(doubled))
    quick.record("set_enterprise_details", kept, EnterpriseDetails(industry_code="3854"), reason="样例：更正")

    decide(quick, "split", number(kept), number(doubled))

    with quick.engine.look() as work:
        one = enterprises.get(work, number(kept))
    assert (one.industry_code, one.cluster) == ("3854", None)


def test_a_split_off_enterprise_takes_the_credit_code_that_is_its_own(quick: ningbo.Ningbo) -> None:
    first, second = quick.one("样例甲有限公司"), of_next_year(quick, "样例甲有限公司")

    apart = decide(quick, "split", number(first), NewOne("样例甲有限公司", f" {CODE.lower()}"), cases=[second.id])

    assert apart.enterprise.credit_code == CODE


def test_products_go_with_their_cases(quick: ningbo.Ningbo) -> None:
    first, other = quick.one("样例甲有限公司", "衬衫"), of_next_year(quick, "样例乙有限公司")

    decide(quick, "merge", number(other), number(first))

    with quick.engine.look() as work:
        assert [one.enterprise_id for one in products.of_cases(work, [first.id])[first.id]] == [number(other)]


@pytest.mark.parametrize(
    ("wanted", "more", "why"),
    [
        (NewOne("样例甲有限公司"), {"cases": True}, "say the credit code"),
        (NewOne("样例丁有限公司"), {}, "Name the cases"),
        (NewOne("样例丁有限公司"), {"cases": "all"}, "rename it instead"),
        (NewOne("  "), {"cases": True}, "missing"),
        (NewOne("样例丁有限公司", "913302037777777771"), {"cases": True}, "mistyped"),
        (NewOne("样例丁有限公司", CODE), {"cases": True}, "belongs to another"),
        (99, {}, "99"),
    ],
)
def test_a_split_that_cannot_be_is_refused_with_what_to_do(
    quick: ningbo.Ningbo, wanted: Any, more: dict[str, Any], why: str
) -> None:
    first, second = quick.one("样例甲有限公司"), of_next_year(quick, "样例甲有限公司")
    quick.record("set_enterprise_details", quick.one("样例丙有限公司"), EnterpriseDetails(credit_code=CODE))
    named = {True: [second.id], "all": [first.id, second.id]}
    given = {"cases": named[more["cases"]]} if more else {}

    with pytest.raises((Refused, NotFound), match=why):
        decide(quick, "split", number(first), wanted, **given)


def test_cases_of_others_and_enterprises_never_merged_are_not_split_off(quick: ningbo.Ningbo) -> None:
    first, other = quick.one("样例甲有限公司"), quick.one("样例乙有限公司")

    with pytest.raises(Refused, match="has no case"):
        decide(quick, "split", number(first), NewOne("样例丁有限公司"), cases=[other.id])
    with pytest.raises(Refused, match="was not merged"):
        decide(quick, "split", number(first), number(other))


def test_a_case_does_not_go_back_to_where_its_place_is_taken(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), quick.one("样例乙有限公司")
    quick.step("withdraw", doubled, reason="重复")
    decide(quick, "merge", number(kept), number(doubled))

    with pytest.raises(Refused, match="leave case"):
        decide(quick, "split", number(kept), number(doubled), cases=[kept.id])


def test_a_renamed_enterprise_is_found_by_its_old_name_and_the_list_is_told_so(house: ningbo.Ningbo) -> None:
    case = house.one("样例甲有限公司", "衬衫")

    decide(house, "rename", number(case), "样例甲科技有限公司")

    assert house.case(case.id).subject_name == "样例甲科技有限公司"
    enrolment = house.send(row(7, "样例甲有限公司", "衬衫"), row(8, "样例乙有限公司"))
    assert [one.subject_name for one in enrolment.opened] == ["样例乙有限公司"]
    assert enrolment.did["known_as"] == [{"row": 7, "said": "样例甲有限公司", "enterprise": "样例甲科技有限公司"}]
    assert enrolment.did["proposed_withdrawals"] == []
    with house.engine.look() as work:
        assert [one.name for one in enterprises.names_before(work, [number(case)])[number(case)]] == ["样例甲有限公司"]
    assert not decide(house, "rename", number(case), "样例甲科技有限公司").changed
    assert not audit.verify(house.engine)


def test_another_spelling_is_no_former_name(quick: ningbo.Ningbo) -> None:
    case = quick.one("样例甲(宁波)有限公司")

    decide(quick, "rename", number(case), "样例甲（宁波）有限公司")

    with quick.engine.look() as work:
        assert enterprises.names_before(work, [number(case)]) == {}


def test_one_enterprise_under_two_of_its_names_is_nominated_once(quick: ningbo.Ningbo) -> None:
    case = of_next_year(quick, "样例甲有限公司")
    decide(quick, "rename", number(case), "样例甲科技有限公司")

    enrolment = quick.send(
        row(5, "样例甲有限公司", "衬衫"), row(6, "样例甲科技有限公司", "衬衫"), row(7, "样例甲科技有限公司", "西服")
    )

    assert [one.subject_name for one in enrolment.opened] == ["样例甲科技有限公司"]
    assert [left["row"] for left in enrolment.did["left"]] == [6]


def test_a_name_that_another_has_is_not_taken(quick: ningbo.Ningbo) -> None:
    one = quick.one("样例甲有限公司")
    quick.one("样例乙有限公司")

    with pytest.raises(Refused, match="merge them"):
        decide(quick, "rename", number(one), "样例乙有限公司")
    with pytest.raises(Refused, match="missing"):
        decide(quick, "rename", number(one), "。")


def test_a_name_that_two_had_before_leads_to_neither(quick: ningbo.Ningbo) -> None:
    one, two = quick.one("样例甲有限公司"), quick.one("样例乙有限公司")
    key = name_key("样例老厂")

    with quick.work() as work:
        enterprises.keep_name(work, number(one), "样例老厂", date(2019, 5, 1))
        assert enterprises.by_names(work, [key])[key].id == number(one)
        enterprises.keep_name(work, number(two), "样例老厂", date(2018, 5, 1))
        assert enterprises.by_names(work, [key]) == {}


@pytest.mark.parametrize("what", ["merge", "split", "rename"])
def test_only_the_bureau_decides_who_is_who(quick: ningbo.Ningbo, what: str) -> None:
    one, two = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    values: dict[str, tuple[Any, ...]] = {
        "merge": (number(one), number(two)),
        "split": (number(one), NewOne("样例丁有限公司")),
        "rename": (number(one), "样例丁有限公司"),
    }

    for login in ("haishu", "leader", "institute"):
        with pytest.raises((NotAllowed, Hidden)):
            decide(quick, what, *values[what], login=login)
    with pytest.raises(Refused, match="reason"):
        decide(quick, what, *values[what], reason=" ")


def test_a_decision_about_an_enterprise_that_changed_meanwhile_is_refused(quick: ningbo.Ningbo) -> None:
    one, two = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    decide(quick, "rename", number(one), "样例丙有限公司", version=1)

    with pytest.raises(CaseChanged):
        decide(quick, "merge", number(one), number(two), version=1)
    with pytest.raises(NotFound, match="99"):
        decide(quick, "merge", number(one), 99)
    with pytest.raises(Refused, match="itself"):
        decide(quick, "merge", number(one), number(one))


def test_who_was_merged_is_named_by_the_other_from_then_on(quick: ningbo.Ningbo) -> None:
    one, two = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    three = of_next_year(quick, "样例丙有限公司", district="cixi")
    decide(quick, "merge", number(one), number(two))

    with pytest.raises(Refused, match="样例甲有限公司"):
        decide(quick, "merge", number(two), number(three))
    with quick.engine.look() as work:
        assert [known.id for known in enterprises.merged_into(work, number(one))] == [number(two)]


def test_lists_of_another_district_find_a_merged_enterprise_as_claimed(quick: ningbo.Ningbo) -> None:
    kept, doubled = quick.one("样例甲有限公司"), of_next_year(quick, "样例乙有限公司")
    decide(quick, "merge", number(kept), number(doubled))

    enrolment = quick.send(row(5, "样例乙有限公司"), district="cixi")

    assert enrolment.did["claimed"] == ["样例甲有限公司"]
    assert enrolment.opened[0].subject_key == kept.subject_key
    with quick.engine.look() as work:
        assert nominations.elsewhere(work, CAMPAIGN, quick.district_id("cixi"))(["样例乙有限公司"]) == {
            "样例乙有限公司"
        }
