"""An enterprise that has left comes back only where nobody else has it meanwhile."""

import ningbo
import pytest
from ningbo import CAMPAIGN, row

from engine import audit
from engine.access import Actor, Grant
from engine.clock import FixedClock
from engine.errors import Refused
from engine.leaving import correct, reinstate
from engine.model import Case
from engine.store import cases
from engine.store.database import Database
from workflows.benchmarking import identity
from workflows.benchmarking.enrolment import decide_claim
from workflows.benchmarking.records.nominations import enterprise_id_of

NAME = "样例甲有限公司"


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


@pytest.fixture
def moved(house: ningbo.Ningbo) -> tuple[Case, Case]:
    """An enterprise that left one district and was then nominated by another."""
    gone = house.send(row(5, NAME)).opened[0]
    house.step("withdraw", gone, reason="迁往慈溪")
    return gone, house.send(row(5, NAME), district="cixi").opened[0]


def back(house: ningbo.Ningbo, case: Case, *, actor: Actor | None = None) -> Case:
    with house.work("city") as work:
        return reinstate(house.engine, work, actor or house.actor("city"), case.id, reason="样例：复产")


def taking_part(house: ningbo.Ningbo) -> list[int]:
    with house.engine.look() as work:
        return [one.id for one in cases.of_campaign(work, CAMPAIGN, "enterprise") if one.resume_state is None]


@pytest.mark.parametrize("act", [reinstate, correct])
def test_whom_another_district_has_nominated_meanwhile_does_not_come_back(
    house: ningbo.Ningbo, moved: tuple[Case, Case], act
) -> None:
    gone, here = moved

    with pytest.raises(Refused) as refused, house.work("city") as work:
        act(house.engine, work, house.actor("city"), gone.id, reason="样例：复产")

    assert "慈溪" in str(refused.value)
    assert f"(case {here.id}); withdraw it there first" in str(refused.value)
    assert taking_part(house) == [here.id]


def test_after_the_other_district_has_withdrawn_it_comes_back(house: ningbo.Ningbo, moved: tuple[Case, Case]) -> None:
    gone, here = moved
    house.step("withdraw", here, reason="迁回海曙", login="cixi")

    assert back(house, gone).state == "nominated"
    assert taking_part(house) == [gone.id]
    assert not audit.verify(house.engine)


def test_who_sees_only_one_district_is_not_told_which_other_has_it(
    house: ningbo.Ningbo, moved: tuple[Case, Case]
) -> None:
    gone, here = moved
    city = house.actor("city")
    path = next(grant.path for grant in house.actor("haishu").grants)
    near = Actor(city.person_id, city.login, city.name, city.organisation_id, _within(city, path))

    with pytest.raises(Refused, match=r"^Another district still has it; withdraw it there first\.$"):
        back(house, gone, actor=near)

    assert taking_part(house) == [here.id]


def _within(actor: Actor, path: str) -> tuple[Grant, ...]:
    return tuple(Grant(grant.role, path, grant.by) for grant in actor.grants)


def test_a_case_that_a_merge_left_behind_does_not_come_back_beside_the_one_that_stands_for_it(
    house: ningbo.Ningbo,
) -> None:
    kept, doubled = house.one(NAME, "衬衫"), house.one("样例甲制造有限公司", "西服")
    house.step("withdraw", doubled, reason="重复")
    with house.work("city") as work:
        numbers = enterprise_id_of(kept), enterprise_id_of(doubled)
        identity.merge(house.engine, work, house.actor("city"), *numbers, reason="核对执照")

    with pytest.raises(Refused, match=f"case {kept.id}"):
        back(house, doubled)
    assert taking_part(house) == [kept.id]


def test_a_claim_that_waits_elsewhere_stands_in_nobodys_way(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, NAME)).opened[0]
    second = house.send(row(5, NAME), district="cixi").opened[0]
    house.step("withdraw", first, reason="停产")

    assert back(house, first).state == "nominated"
    assert house.case(second.id).claimed


def test_a_claim_that_was_not_granted_may_be_made_again_and_waits(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, NAME)).opened[0]
    second = house.send(row(5, NAME), district="cixi").opened[0]
    with house.work("city") as work:
        decide_claim(house.engine, work, house.actor("city"), second.id, grant=False, reason="注册地在海曙")

    again = back(house, second)

    assert (again.state, again.claimed) == ("nominated", True)
    assert house.case(first.id).state == "nominated"
    assert not audit.verify(house.engine)
