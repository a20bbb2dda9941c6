"""Organisations and people: who is where, who holds which role on which day, and who stands in for whom."""

from datetime import date

import pytest
import toy

from engine.access import SYSTEM, Actor, Grant, capacity, scopes, sees
from engine.clock import FixedClock
from engine.errors import NotFound
from engine.store import organisations, people
from engine.store.database import Database

MAY = date(2020, 5, 15)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def person(field: toy.Field, login: str) -> int:
    with field.engine.look() as work:
        return people.by_login(work, login).id


def logins(field: toy.Field, role: str, code: str, on: date = MAY) -> list[str]:
    with field.engine.look() as work:
        return [one.login for one in people.holders(work, role, organisations.by_code(work, code), on)]


def test_districts_come_in_their_official_order_without_bureau_and_institutes(field: toy.Field) -> None:
    with field.engine.look() as work:
        assert [one.code for one in organisations.districts(work, MAY)] == ["east", "west"]
        assert [one.code for one in organisations.every(work)] == ["city", "east", "west", "institute"]


def test_a_district_that_was_merged_is_there_until_its_last_day(field: toy.Field) -> None:
    from sqlalchemy import update

    from engine.store.schema import organisations as table

    with field.engine.work() as work:
        work.connection.execute(update(table).where(table.c.code == "west").values(valid_to=date(2020, 6, 30)))
        work.connection.execute(update(table).where(table.c.code == "east").values(valid_from=date(2020, 6, 30)))
        there = {
            day: [one.code for one in organisations.districts(work, date(2020, *day))]
            for day in ((6, 29), (6, 30), (7, 1))
        }

    assert there == {(6, 29): ["west"], (6, 30): ["east", "west"], (7, 1): ["east"]}


@pytest.mark.parametrize("name", ["east", "东区", "东区市场监督管理局"])
def test_a_person_may_name_an_organisation_by_any_of_its_names(field: toy.Field, name: str) -> None:
    with field.engine.look() as work:
        assert organisations.named(work, name).code == "east"


def test_an_alias_names_an_organisation_too(field: toy.Field) -> None:
    with field.engine.work() as work:
        city = organisations.by_code(work, "city")
        organisations.add(
            work,
            code="north",
            name="北区",
            full_name="北区市场监督管理局",
            kind="zone",
            parent=city,
            position=9,
            aliases=["老城"],
        )

    with field.engine.look() as work:
        north = organisations.named(work, "老城")
        assert (north.path, north.parent_id, north.aliases) == (f"{city.path}{north.id}/", city.id, ("老城",))
        assert [one.code for one in organisations.districts(work, MAY)] == ["east", "west", "north"]


def test_what_there_is_not_is_said_with_its_name(field: toy.Field) -> None:
    with field.engine.look() as work:
        for ask in (
            lambda: organisations.get(work, 99),
            lambda: organisations.by_code(work, "nowhere"),
            lambda: organisations.named(work, "哪里"),
            lambda: people.get(work, 99),
            lambda: people.by_login(work, "nobody"),
        ):
            with pytest.raises(NotFound, match=r"99|nowhere|哪里|nobody"):
                ask()


def test_a_role_at_the_bureau_covers_every_district_and_one_in_a_district_only_that(field: toy.Field) -> None:
    city, east = field.actor("city"), field.actor("east")
    with field.engine.look() as work:
        paths = {one.code: one.path for one in organisations.every(work)}

    assert [code for code, path in paths.items() if sees(city, path)] == ["city", "east", "west", "institute"]
    assert [code for code, path in paths.items() if sees(east, path)] == ["east"]
    assert (scopes(city), scopes(east)) == ((paths["city"],), (paths["east"],))
    assert all(sees(SYSTEM, path) for path in paths.values())


def test_a_path_that_only_begins_with_the_same_digits_is_another_organisation() -> None:
    actor = Actor(1, "one", "一", 1, (Grant("district_coordinator", "/1/2/", 1),))

    assert not sees(actor, "/1/21/")
    assert capacity(actor, "/1/21/", ["district_coordinator"]) is None


def test_those_who_hold_a_role_nearest_are_named_and_else_those_above(field: toy.Field) -> None:
    assert logins(field, "district_coordinator", "east") == ["east", "east2"]
    assert logins(field, "municipal_coordinator", "east") == ["city", "city2"]
    assert logins(field, "leader", "east") == []


def test_a_role_counts_from_its_first_to_its_last_day(field: toy.Field) -> None:
    with field.engine.work() as work:
        assert people.end_role(work, person_id=person(field, "east"), role="district_coordinator", to_on=MAY) == 1
        west = organisations.by_code(work, "west").id
        people.grant(
            work,
            person_id=person(field, "east"),
            role="district_coordinator",
            organisation_id=west,
            from_on=date(2020, 5, 18),
        )

    assert logins(field, "district_coordinator", "east", MAY) == ["east", "east2"]
    assert logins(field, "district_coordinator", "east", date(2020, 5, 16)) == ["east2"]
    assert logins(field, "district_coordinator", "west", date(2020, 5, 17)) == ["west"]
    assert logins(field, "district_coordinator", "west", date(2020, 5, 18)) == ["east", "west"]
    with field.engine.look() as work:
        roles = [people.roles_of(work, person(field, "east"), day) for day in (MAY, date(2020, 5, 16))]
    assert [len(one) for one in roles] == [1, 0]


def test_a_closed_account_is_nobody_and_gets_nothing(field: toy.Field) -> None:
    with field.engine.work() as work:
        people.change(work, person(field, "east"), active=False)

    with pytest.raises(NotFound, match="closed"):
        field.actor("east")
    assert logins(field, "district_coordinator", "east") == ["east2"]


def test_a_deputy_has_the_roles_of_whom_they_stand_in_for_on_the_days_named_and_no_others(field: toy.Field) -> None:
    with field.engine.work() as work:
        people.appoint_deputy(
            work,
            person_id=person(field, "east"),
            deputy_id=person(field, "west"),
            from_on=date(2020, 5, 18),
            to_on=date(2020, 5, 20),
            reason="样例：出差",
        )
        # who stands in for the deputy does not get what was lent to the deputy
        people.appoint_deputy(
            work,
            person_id=person(field, "west"),
            deputy_id=person(field, "institute"),
            from_on=date(2020, 5, 18),
            to_on=date(2020, 5, 20),
            reason="样例：请假",
        )
        east = organisations.by_code(work, "east").path
        lent = {
            day: [grant.by for grant in people.actor(work, "west", date(2020, 5, day)).grants if grant.path == east]
            for day in (17, 18, 20, 21)
        }
        institute = people.actor(work, "institute", date(2020, 5, 18))

    assert lent == {17: [], 18: [person(field, "east")], 20: [person(field, "east")], 21: []}
    assert institute.identities == {person(field, "institute"), person(field, "west")}
    assert capacity(institute, east, ["district_coordinator"]) is None


def test_ones_own_role_goes_before_a_lent_one(field: toy.Field) -> None:
    with field.engine.work() as work:
        people.appoint_deputy(
            work,
            person_id=person(field, "east"),
            deputy_id=person(field, "east2"),
            from_on=MAY,
            to_on=MAY,
            reason="样例：请假",
        )
        east = organisations.by_code(work, "east").path

    acting = capacity(field.actor("east2"), east, ["district_coordinator"])

    assert acting is not None
    assert (acting.role, acting.on_behalf_of) == ("district_coordinator", None)


def test_names_for_a_list_are_read_at_once_and_the_systems_is_known(field: toy.Field) -> None:
    with field.engine.look() as work:
        found = people.names(work, [person(field, "east"), 0])

    assert found == {person(field, "east"): "东区经办", 0: "系统"}
