"""Tokens of the interface: what they let a program do, until when, and who makes and takes them back."""

import pytest
from doors import OFFICE, Door
from hypothesis import given
from hypothesis import strategies as st

from console.accounts.audit import disclose, disclosures, sign_ins
from console.accounts.refusals import SignInRefused, TokenRefused
from console.accounts.tokens import SCOPES, bearer, make_token, narrowed, revoke_token, tokens_of
from console.administration import Newcomer, add_person, deactivate, give_role
from engine.access import Actor, Grant, capacity, sees
from engine.errors import NotAllowed, NotFound, Refused
from engine.roles import ROLES


def made(door: Door, login: str = "yuyao", by: str | None = None, scope: str = "write", days: int = 30) -> str:
    with door.house.engine.work() as work:
        actor = door.actor(by or login)
        return make_token(door.accounts, work, actor, login, name="样例程序", scope=scope, days=days)[0]


def grants() -> st.SearchStrategy[tuple[Grant, ...]]:
    one = st.builds(
        Grant, st.sampled_from(sorted(ROLES)), st.sampled_from(["/1/", "/1/5/", "/1/6/"]), st.integers(1, 3)
    )
    return st.lists(one, max_size=4).map(tuple)


@given(grants(), st.sampled_from(SCOPES))
def test_a_scope_only_ever_takes_deeds_away_and_never_sight(held: tuple[Grant, ...], scope: str) -> None:
    actor = Actor(1, "sample", "样例", 5, held)
    less = narrowed(actor, scope)

    for path in ("/1/", "/1/5/", "/1/6/", "/2/"):
        assert sees(less, path) == sees(actor, path)
        for role in ROLES:
            may, could = capacity(less, path, [role]), capacity(actor, path, [role])
            assert may in (None, could)
            if scope == "read":
                assert may is None
            if scope == "admin" or (scope == "write" and role != "administrator"):
                assert may == could


def test_a_token_acts_for_its_person_with_the_roles_of_today(door: Door) -> None:
    token = made(door)

    found = bearer(door.accounts, token, OFFICE)

    assert found.person.login == "yuyao"
    assert {grant.role for grant in found.actor.grants} == {"district_coordinator"}
    found.require("read")
    found.require("write")
    with pytest.raises(NotAllowed):
        found.require("admin")


def test_a_reading_token_sees_all_and_does_nothing_not_even_to_its_own_person(door: Door) -> None:
    found = bearer(door.accounts, made(door, "admin", scope="read"), OFFICE)

    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        give_role(door.house.engine, work, found.actor, "yuyao", "laboratory", over=None, from_on=None)
    with pytest.raises(NotAllowed):
        found.require("write")


def test_a_writing_token_of_an_administrator_does_not_administer(door: Door) -> None:
    newcomer = Newcomer(login="new", name="样例", organisation="余姚")
    writing = bearer(door.accounts, made(door, "admin"), OFFICE)
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        add_person(door.house.engine, work, writing.actor, newcomer)

    administering = bearer(door.accounts, made(door, "admin", scope="admin"), OFFICE)
    with door.house.engine.work() as work:
        assert add_person(door.house.engine, work, administering.actor, newcomer).login == "new"


def test_a_token_ends_on_its_day_when_taken_back_and_with_its_person(door: Door) -> None:
    short, revoked, orphaned = made(door, days=1), made(door), made(door, "haishu")
    with door.house.engine.work() as work:
        number = next(one.id for one in tokens_of(work, door.actor("yuyao"), "yuyao") if one.hint == revoked[:8])
        revoke_token(door.accounts, work, door.actor("yuyao"), number)
        deactivate(door.house.engine, work, door.actor("admin"), "haishu", reason="样例")
    door.pass_by(hours=24)

    for token in (short, revoked, orphaned, "", "lp_", "lp_" + "x" * 43, short[3:]):
        with pytest.raises(TokenRefused):
            bearer(door.accounts, token, OFFICE)


def test_the_last_use_is_noted(door: Door) -> None:
    bearer(door.accounts, made(door), OFFICE)

    with door.house.engine.look() as work:
        (token,) = tokens_of(work, door.actor("admin"), "yuyao")
    assert token.used_at == door.clock.now()
    assert token.used_address == OFFICE.address
    assert token.hint.startswith("lp_")


@pytest.mark.parametrize(
    ("name", "scope", "days"),
    [
        ("样例", "everything", 30),
        ("样例", "read", 0),
        ("样例", "read", 366),
        (" ", "read", 30),
        ("长" * 61, "read", 30),
    ],
)
def test_a_token_has_a_name_a_scope_and_a_last_day(door: Door, name: str, scope: str, days: int) -> None:
    with pytest.raises(Refused), door.house.engine.work() as work:
        make_token(door.accounts, work, door.actor("yuyao"), "yuyao", name=name, scope=scope, days=days)


def test_tokens_of_others_are_an_administrators_business(door: Door) -> None:
    made(door)
    stranger = door.actor("haishu")
    with pytest.raises(NotAllowed), door.house.engine.look() as work:
        tokens_of(work, stranger, "yuyao")
    with pytest.raises(NotAllowed):
        made(door, "yuyao", by="haishu")
    with door.house.engine.look() as work:
        number = tokens_of(work, door.actor("yuyao"), "yuyao")[0].id
    for wrong in (number, 999):
        with pytest.raises(NotAllowed), door.house.engine.work() as work:
            revoke_token(door.accounts, work, stranger, wrong)
    with pytest.raises(NotFound), door.house.engine.work() as work:
        revoke_token(door.accounts, work, door.actor("admin"), 999)
    with door.house.engine.work() as work:
        revoke_token(door.accounts, work, door.actor("admin"), number)
    with pytest.raises(Refused), door.house.engine.work() as work:
        revoke_token(door.accounts, work, door.actor("admin"), number)

    assert [one["what"] for one in door.told[-2:]] == ["token_made", "token_revoked"]


def test_everybody_reads_their_own_sign_ins_and_administrators_all(door: Door) -> None:
    door.knock()
    with pytest.raises(SignInRefused):
        door.knock("nobody")
    mine, boss = door.actor("yuyao"), door.actor("admin")

    with door.house.engine.look() as work:
        assert [one.outcome for one in sign_ins(work, mine, person_id=mine.person_id)] == ["signed_in"]
        assert [one.outcome for one in sign_ins(work, boss)] == ["wrong", "signed_in"]
        assert [one.outcome for one in sign_ins(work, boss, outcomes=("wrong",))] == ["wrong"]
        last = sign_ins(work, boss, limit=1)[0]
        assert [one.outcome for one in sign_ins(work, boss, before=last.id)] == ["signed_in"]
    for whose in (None, boss.person_id):
        with pytest.raises(NotAllowed), door.house.engine.look() as work:
            sign_ins(work, mine, person_id=whose)


def test_exports_and_unmaskings_are_written_down_and_read_by_administrators(door: Door) -> None:
    mine, boss = door.actor("yuyao"), door.actor("admin")
    with door.house.engine.work() as work:
        disclose(door.accounts, work, mine, "export", "register", rows=15, caller=OFFICE)
        disclose(door.accounts, work, mine, "unmask", "person 7: phone", rows=1, caller=OFFICE)

    with door.house.engine.look() as work:
        found = disclosures(work, boss, person_id=mine.person_id)
        assert [(one.kind, one.about, one.rows, one.address) for one in found] == [
            ("unmask", "person 7: phone", 1, OFFICE.address),
            ("export", "register", 15, OFFICE.address),
        ]
    with pytest.raises(NotAllowed), door.house.engine.look() as work:
        disclosures(work, mine)
