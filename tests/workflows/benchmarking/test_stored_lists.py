"""What is asked of the records page by page: imports, public lists, industries, and files that a form left behind."""

from datetime import timedelta

import ningbo
import pytest
from ningbo import CAMPAIGN, PDF, PNG, row

from engine.clock import FixedClock
from engine.errors import NotFound
from engine.store import areas, blobs, numbers, organisations, topics
from engine.store.database import Database
from workflows.benchmarking.evidence import FileNotTaken, Upload
from workflows.benchmarking.kind import ENTERPRISE
from workflows.benchmarking.received import KEPT_FOR, let_go, receive, take_up
from workflows.benchmarking.recording import BatchDraft, EnterpriseDetails, make_batch
from workflows.benchmarking.records import imports, publications


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


def path_of(house: ningbo.Ningbo, code: str) -> str:
    with house.engine.look() as work:
        return organisations.by_code(work, code).path


def test_imports_are_paged_newest_first_for_those_who_see_their_district(house: ningbo.Ningbo) -> None:
    for place in range(3):
        house.send(row(5, f"样例{place}号有限公司"), supplementary=True)
    house.send(row(5, "样例甲有限公司"), district="cixi")
    own = imports.Sought(CAMPAIGN, (path_of(house, "haishu"),))

    with house.engine.look() as work:
        newest = imports.newest(work, own, before=None, limit=2)
        rest = imports.newest(work, own, before=newest[-1][0].id, limit=2)
        everything = imports.of_campaign(work, CAMPAIGN)
        counts = [imports.count(work, own, most=most) for most in (2, 10)]
    assert [one.id for one, _ in (*newest, *rest)] == [3, 2, 1]
    assert [one.id for one, _ in everything] == [4, 3, 2, 1]
    assert counts == [2, 3]


def test_who_oversees_nobody_sees_the_lists_that_he_brought_in(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"))
    house.send(row(5, "样例乙有限公司"), supplementary=True, login="city")
    own = imports.Sought(CAMPAIGN, ("/",), house.actor("haishu").person_id)

    with house.engine.look() as work:
        found = imports.newest(work, own, before=None, limit=10)
        assert imports.count(work, own, most=10) == 1
    assert [one.id for one, _ in found] == [1]


def test_an_import_is_found_with_the_size_of_its_file(house: ningbo.Ningbo) -> None:
    with house.work("haishu") as work:
        digest = blobs.keep(work, PDF.content, "application/pdf")
    house.send(row(5, "样例甲有限公司"), sha256=digest)
    house.send(row(5, "样例乙有限公司"), district="cixi")

    with house.engine.look() as work:
        assert [(found[0].id, found[1]) for key in (1, 2) if (found := imports.find(work, key))] == [
            (1, len(PDF.content)),
            (2, 0),
        ]
        assert imports.find(work, 3) is None
        with pytest.raises(NotFound, match="3"):
            imports.get(work, 3)


def test_public_lists_are_paged_newest_first_by_place_and_state(house: ningbo.Ningbo) -> None:
    for code in ("haishu", "haishu", "cixi"):
        with house.work(code) as work:
            make_batch(
                house.engine,
                work,
                house.actor(code),
                BatchDraft(title="样例公示名单", prefix="甬对标"),
                campaign=CAMPAIGN,
                organisation_id=house.district_id(code),
                picks=[],
            )
    own = publications.Sought(CAMPAIGN, (path_of(house, "haishu"),), ("draft",))

    with house.engine.look() as work:
        first = publications.newest(work, own, before=None, limit=1)
        second = publications.newest(work, own, before=first[0].id, limit=5)
        assert [one.id for one in (*first, *second)] == [2, 1]
        everywhere, out = publications.Sought(CAMPAIGN, ("/",)), publications.Sought(CAMPAIGN, ("/",), ("published",))
        assert publications.newest(work, out, before=None, limit=5) == ()
        asked = [publications.number(one, most=most) for one, most in ((own, 5), (everywhere, 5), (everywhere, 1))]
        assert numbers.ask(work, asked) == [2, 3, 2]


def test_enterprises_are_counted_by_the_division_of_their_industry(house: ningbo.Ningbo) -> None:
    known = [house.one(f"样例{place}号有限公司") for place in range(3)]
    for case, code in zip(known, ("3852", "3854", "1819"), strict=True):
        house.record("set_enterprise_details", case, EnterpriseDetails(industry_code=code))
    house.step("withdraw", known[1], reason="停产")
    house.one("样例甲有限公司", district="cixi")

    with house.engine.look() as work:
        counted = topics.counts(work, CAMPAIGN, ENTERPRISE, areas.EVERYWHERE)
        here = areas.area(work, [organisations.by_code(work, "cixi").path])
        near = topics.counts(work, CAMPAIGN, ENTERPRISE, here)
        there = topics.occurring(work, CAMPAIGN, ENTERPRISE, areas.EVERYWHERE)
        near_there = topics.occurring(work, CAMPAIGN, ENTERPRISE, here)
    assert counted == {"38": {"nominated": 1, "withdrawn": 1}, "18": {"nominated": 1}, "-": {"nominated": 1}}
    assert near == {"-": {"nominated": 1}}
    assert (there, near_there) == (("-", "18", "38"), ("-",))


def test_a_file_of_a_refused_form_is_taken_up_by_who_sent_it_and_by_nobody_else(house: ningbo.Ningbo) -> None:
    with house.work("haishu") as work:
        digest = receive(work, house.actor("haishu"), PDF)

    with house.engine.look() as work:
        assert take_up(work, house.actor("haishu"), digest) == PDF
        assert take_up(work, house.actor("cixi"), digest) is None


def test_a_file_that_proves_nothing_is_not_kept_for_later(house: ningbo.Ningbo) -> None:
    with pytest.raises(FileNotTaken), house.work("haishu") as work:
        receive(work, house.actor("haishu"), Upload("样例.txt", b"nothing"))


def test_a_received_file_goes_with_its_record_or_after_two_days(house: ningbo.Ningbo) -> None:
    actor = house.actor("haishu")
    with house.work("haishu") as work:
        first, second = receive(work, actor, PDF), receive(work, actor, PNG)
        let_go(work, actor, [])
        let_go(work, actor, [first])
        assert [take_up(work, actor, one) for one in (first, second)] == [None, PNG]
    house.clock.set(house.clock.now() + KEPT_FOR + timedelta(seconds=1))
    with house.work("haishu") as work:
        receive(work, actor, PDF)
        assert [take_up(work, actor, one) for one in (first, second)] == [PDF, None]
