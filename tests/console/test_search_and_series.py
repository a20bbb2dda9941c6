"""Searching what one may see, the log of letters, and the figures behind charts, counted again from single rows."""

from collections import Counter
from datetime import date, timedelta

import pytest
from ningbo import CAMPAIGN, Ningbo, prepare, row

from console.letters import letters
from console.search import search
from console.series import BurnUp, burn_up, by_month, stays
from engine.clock import FixedClock
from engine.errors import NotFound
from engine.store import campaigns, cases, deadlines, mails
from engine.store.database import Database
from workflows.benchmarking.model import Standard
from workflows.benchmarking.recording import EnterpriseDetails, add_product
from workflows.benchmarking.recording.products import ProductDraft


@pytest.fixture
def house(database: Database, clock: FixedClock) -> Ningbo:
    """Seven enterprises in two districts; the plans of four came one after the other."""
    found = prepare(database, clock)
    names = ("样例纺织", "样例轴承", "样例水表", "样例阀门")
    found.send(*(row(place, f"{name}有限公司", f"{name}产品") for place, name in enumerate(names)), login="haishu")
    found.send(*(row(place, f"慈溪虚构{name}厂", "样例电机") for place, name in enumerate("甲乙丙")), district="cixi")
    with found.engine.look() as work:
        ready = cases.of_campaign(work, CAMPAIGN, "enterprise", district_id=found.district_id("haishu"))
    for place, case in enumerate(ready):
        found.at(f"2020-0{6 + place // 2}-2{place}")
        found.uploaded(case)
    return found


def titles(house: Ningbo, login: str, text: str, **more: object) -> list[str]:
    with house.engine.look() as work:
        return [hit.title for hit in search(work, house.actor(login), text, **more).hits]  # type: ignore[arg-type]


def test_parts_of_names_of_enterprises_products_people_and_districts_are_found(house: Ningbo) -> None:
    assert titles(house, "city", "轴承") == ["样例轴承有限公司"]
    assert titles(house, "city", "电机", kinds=["case"]) == [f"慈溪虚构{name}厂" for name in "丙乙甲"]
    assert titles(house, "city", "慈溪市市场", kinds=["organisation"]) == ["慈溪"]
    assert set(titles(house, "city", "联络员", kinds=["person"])) == {"海曙联络员", "慈溪联络员", "余姚联络员"}
    assert titles(house, "city", "没有") == []


def test_nobody_finds_what_belongs_to_another_district(house: Ningbo) -> None:
    assert titles(house, "haishu", "样例", kinds=["case"]) == [
        "样例阀门有限公司",
        "样例水表有限公司",
        "样例轴承有限公司",
        "样例纺织有限公司",
    ]
    assert titles(house, "haishu", "慈溪") == []
    assert titles(house, "yuyao", "样例", kinds=["case"]) == []
    assert titles(house, "yuyao", "联络员") == ["余姚联络员"]


def test_what_is_recorded_later_is_found_from_then_on(house: Ningbo) -> None:
    with house.engine.look() as work:
        case = next(one for one in cases.of_campaign(work, CAMPAIGN) if one.subject_name == "慈溪虚构甲厂")
    assert titles(house, "city", "91330282MA2XXXXX1A") == []
    house.record("set_enterprise_details", case, EnterpriseDetails(credit_code="91330203XXXXXXX191"), login="cixi")
    with house.work("cixi") as work:
        own = (Standard("GB/T 29606-2013", "样例标准"),)
        draft = ProductDraft(name="示例保温杯", implemented_standards=own, benchmark_standards=own)
        add_product(house.engine, work, house.actor("cixi"), case.id, draft, reason="样例理由")

    assert titles(house, "city", "91330203XXXX") == ["慈溪虚构甲厂"]
    assert titles(house, "city", "保温杯 虚构") == ["慈溪虚构甲厂"]


def test_too_short_a_word_is_said_to_be_too_short(house: Ningbo) -> None:
    with house.engine.look() as work:
        short = search(work, house.actor("city"), "样")
        empty = search(work, house.actor("city"), "  ")
        few = search(work, house.actor("city"), "样例", limit=2)
    assert (short.hits, short.too_short, empty.too_short) == ((), True, False)
    assert (len(few.hits), few.more) == (2, True)


def test_letters_are_listed_newest_first_for_those_who_see_their_district(house: Ningbo) -> None:
    for number, code in enumerate(["haishu", "cixi", None, "haishu"]):
        post(house, number, code)
    assert listed(house, "city") == ["样例信函3", "样例信函2", "样例信函1", "样例信函0"]
    assert listed(house, "haishu") == ["样例信函3", "样例信函0"]
    assert listed(house, "city", district="cixi") == ["样例信函1"]
    assert listed(house, "city", states=["dead"]) == ["样例信函3", "样例信函1"]
    assert listed(house, "city", letter="digest") == []
    assert titles(house, "haishu", "信函", kinds=["mail"]) == ["样例信函3", "样例信函0"]


def listed(house: Ningbo, login: str, **more: object) -> list[str]:
    found, after, more_behind = [], None, True
    while more_behind:
        with house.engine.look() as work:
            page = letters(work, house.actor(login), after=after, limit=1, **more)  # type: ignore[arg-type]
        found += [one.mail.subject for one in page]
        assert all(one.to for one in page)
        after, more_behind = page.after, page.after is not None
    assert page.count.n == len(found)
    return found


def post(house: Ningbo, number: int, code: str | None) -> None:
    row = {
        "dedup_key": str(number), "letter": "chase", "campaign": CAMPAIGN,
        "district_id": house.district_id(code) if code else None, "locale": "zh_CN", "priority": 1,
        "state": "dead" if number % 2 else "sent", "not_before": house.clock.now(), "message_id": str(number),
        "thread_key": "t", "subject": f"样例信函{number}", "mail_from": "a@lingpao.example", "size": 1, "sha256": "",
        "template_version": "", "attempts": 1, "lease_token": 0, "resend_no": 0,
    }  # fmt: skip
    with house.work() as work:
        mails.add(work, row, b"x", [{"address": "b@lingpao.example", "field": "to", "name": "样例"}])


@pytest.mark.parametrize(("login", "area"), [("city", None), ("haishu", None), ("city", "haishu"), ("cixi", None)])
def test_what_was_reached_adds_up_day_by_day(house: Ningbo, login: str, area: str | None) -> None:
    house.at("2020-07-25")
    with house.engine.look() as work:
        campaign = campaigns.get(work, CAMPAIGN)
        found: BurnUp = burn_up(house.engine, work, house.actor(login), campaign, "plan_uploaded", area=area)
        every = cases.of_campaign(work, CAMPAIGN, "enterprise")
        rows = [one for ones in deadlines.of_cases(work, [case.id for case in every]).values() for one in ones]
    place = house.district_id(area or login) if (area or login) != "city" else None
    mine = [one for one in rows if place in (None, one.district_id) and one.milestone == "plan_uploaded"]
    met = [one.met_on for one in mine if one.met_on]
    assert dict(zip(found.days, found.met, strict=True)) == {
        day: sum(one <= day for one in met)
        for day in (date(2020, 5, 15) + timedelta(days=number) for number in range(72))
    }
    assert (found.plan_on, found.target) == (date(2020, 6, 30), len(mine))
    assert found.quota == {None: 7, house.district_id("haishu"): 3}.get(place, 2)


def test_days_in_states_are_those_of_the_journal(house: Ningbo) -> None:
    with house.engine.look() as work:
        campaign = campaigns.get(work, CAMPAIGN)
        whole = stays(house.engine, work, house.actor("city"), campaign)
        mine = stays(house.engine, work, house.actor("haishu"), campaign)
        few = stays(house.engine, work, house.actor("city"), campaign, sample=2)
    assert (whole.sampled, whole.whole, mine.sampled, mine.whole) == (7, True, 4, True)
    assert whole.by_state == mine.by_state
    assert [len(days) for days in whole.by_state.values()] == [4, 4]
    assert whole.by_state["plan_drafted"] == (0, 0, 0, 0)
    assert {one.state: one.n for one in whole.standing if one.n} == {"nominated": 3, "plan_uploaded": 4}
    assert not few.whole
    assert few.sampled <= 3


@pytest.mark.parametrize("login", ["city", "haishu"])
def test_months_say_how_much_was_met_and_how_much_of_it_late(house: Ningbo, login: str) -> None:
    house.at("2020-08-03")
    with house.engine.look() as work:
        found = by_month(house.engine, work, house.actor(login), campaigns.get(work, CAMPAIGN))
        every = cases.of_campaign(work, CAMPAIGN, "enterprise")
        rows = [one for ones in deadlines.of_cases(work, [case.id for case in every]).values() for one in ones]
    assert [one.first.month for one in found] == [5, 6, 7, 8]
    for month in found:
        met = [one for one in rows if one.met_on and one.met_on.month == month.first.month]
        assert month.met == Counter(one.milestone for one in met)
        assert month.late == Counter(one.milestone for one in met if one.verdict == "late")
    assert found[2].late["plan_uploaded"] == 2
    assert found[1].workdays["plan_uploaded"] > 0


def test_a_milestone_that_does_not_exist_has_no_line(house: Ningbo) -> None:
    with house.engine.look() as work, pytest.raises(NotFound):
        burn_up(house.engine, work, house.actor("city"), campaigns.get(work, CAMPAIGN), "asleep")
