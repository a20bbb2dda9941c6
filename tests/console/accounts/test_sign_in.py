"""Signing in and staying signed in: what is asked, what is told, and when it ends."""

from dataclasses import replace

import pytest
from doors import OFFICE, PASSWORD, Door

from console.accounts.hashing import Cost, Hashing
from console.accounts.refusals import ConfirmationNeeded, SignInRefused
from console.accounts.sessions import end_sessions, require_fresh, sessions_of, sign_out
from console.accounts.signin import confirm
from console.administration import deactivate
from engine.errors import NotAllowed, NotFound
from engine.store import accounts as store
from engine.store import people


def test_who_knows_the_password_is_let_in_with_the_roles_of_today(door: Door) -> None:
    signed = door.knock(" Yuyao ")

    visit = door.visit(signed.token)
    assert visit is not None
    assert visit.person.login == "yuyao"
    assert {grant.role for grant in visit.actor.grants} == {"district_coordinator"}
    assert signed.session.stage == "open"
    assert door.outcomes == ["signed_in"]
    assert door.told[-1] == {"person": "yuyao", "what": "signed_in", "method": "password"}


def test_the_sign_in_before_is_told(door: Door) -> None:
    first = door.knock()
    door.pass_by(hours=3)
    second = door.knock()

    assert first.last_at is None
    assert second.last_at == first.session.created_at
    assert second.last_address == OFFICE.address


@pytest.mark.parametrize("login", ["yuyao", "nobody", "haishu", ""])
def test_a_wrong_password_an_unknown_login_and_an_account_without_one_are_refused_alike(door: Door, login: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        door.knock(login, "not the password")

    assert str(refused.value) == "Login or password is wrong."
    assert door.outcomes == ["wrong"]
    assert door.log[0].person_id is None or login in {"yuyao", "haishu"}


def test_what_was_typed_as_an_unknown_login_is_kept_nowhere(door: Door) -> None:
    with pytest.raises(SignInRefused):
        door.knock("my-secret-typed-in-the-wrong-field", "x")

    assert "my-secret" not in repr(door.log)
    assert "my-secret" not in repr(door.told)


def test_the_database_keeps_neither_password_nor_token(door: Door) -> None:
    signed = door.knock()

    with door.house.engine.look() as work:
        dump = [
            repr(row)
            for table in ("accounts", "sessions", "sign_ins", "journal")
            for row in work.connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
        ]
    assert "$argon2id$" in "".join(dump)
    assert not [row for row in dump if PASSWORD in row or signed.token in row]


def test_the_hash_is_made_anew_when_its_cost_has_changed(door: Door) -> None:
    stronger = replace(door.accounts, hashing=Hashing(Cost(memory_kib=16, rounds=2, lanes=1)))
    door.accounts = stronger

    door.knock()

    with door.house.engine.look() as work:
        kept = store.get(work, people.by_login(work, "yuyao").id).password_hash
    assert kept is not None
    assert "m=16,t=2,p=1" in kept
    door.knock()


def test_the_same_password_from_another_keyboard_is_the_same(door: Door) -> None:
    assert door.knock(password=PASSWORD.replace(" ", "\u3000")).session.stage == "open"


def test_a_session_ends_when_nobody_looks_for_too_long(door: Door) -> None:
    token = door.knock().token
    for _ in range(3):
        door.pass_by(minutes=119)
        assert door.visit(token) is not None

    door.pass_by(minutes=120)

    assert door.visit(token) is None


def test_a_session_ends_after_its_hours_however_busy_it_is(door: Door) -> None:
    token = door.knock().token
    for _ in range(11):
        door.pass_by(hours=1)
        assert door.visit(token) is not None

    door.pass_by(hours=1)

    assert door.visit(token) is None


def test_a_moved_clock_of_a_rehearsal_ends_no_session(door: Door) -> None:
    token = door.knock().token

    door.house.set_clock(door.house.engine.clock.now().replace(month=12))

    assert door.visit(token) is not None


def test_who_signs_out_is_out_and_a_second_time_does_nothing(door: Door) -> None:
    token = door.knock().token

    sign_out(door.accounts, token, OFFICE)
    sign_out(door.accounts, token, OFFICE)

    assert door.visit(token) is None
    assert [(one.outcome, one.detail) for one in door.log] == [("signed_in", None), ("ended", "signed_out")]


def test_one_sees_ones_own_sessions_and_ends_all_others(door: Door) -> None:
    tokens = [door.knock().token for _ in range(3)]
    here = door.visit(tokens[0])
    assert here is not None

    with door.house.engine.work() as work:
        seen = sessions_of(door.accounts, work, here.actor, "yuyao")
        ended = end_sessions(door.accounts, work, here.actor, "yuyao", but=here.session.id, caller=OFFICE)

    assert [one.id for one in seen] == sorted((one.id for one in seen), reverse=True)
    assert (len(seen), ended) == (3, 2)
    assert [door.visit(token) is not None for token in tokens] == [True, False, False]


def test_an_administrator_ends_anybodys_session_and_others_only_their_own(door: Door) -> None:
    signed, boss = door.knock(), door.actor("admin")

    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        end_sessions(door.accounts, work, door.actor("haishu"), "yuyao")
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        sessions_of(door.accounts, work, door.actor("haishu"), "yuyao")
    with pytest.raises(NotFound), door.house.engine.work() as work:
        end_sessions(door.accounts, work, boss, "admin", session_id=signed.session.id)
    with door.house.engine.work() as work:
        assert end_sessions(door.accounts, work, boss, "yuyao", session_id=signed.session.id) == 1

    assert door.visit(signed.token) is None
    assert door.told[-1] == {"person": "yuyao", "what": "sessions_ended", "n": 1}


def test_a_closed_account_is_out_at_once_and_cannot_come_back(door: Door) -> None:
    token = door.knock().token
    with door.house.engine.work() as work:
        deactivate(door.house.engine, work, door.actor("admin"), "yuyao", reason="样例")

    assert door.visit(token) is None
    with pytest.raises(SignInRefused):
        door.knock()


def test_a_password_counts_as_just_entered_for_a_while_and_can_be_entered_once_more(door: Door) -> None:
    token = door.knock().token
    door.pass_by(minutes=15)
    stale = door.visit(token)
    assert stale is not None
    with pytest.raises(ConfirmationNeeded):
        require_fresh(stale)
    with pytest.raises(SignInRefused):
        confirm(door.accounts, stale, "not the password", OFFICE)

    confirm(door.accounts, stale, PASSWORD, OFFICE)

    fresh = door.visit(token)
    assert fresh is not None
    require_fresh(fresh)


def test_a_token_that_never_was_one_opens_nothing(door: Door) -> None:
    assert door.visit("") is None
    assert door.visit("x" * 43) is None
