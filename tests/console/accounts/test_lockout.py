"""What slows guessing: waiting after wrong passwords, by account and by address, doubling, bounded, forgotten."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from doors import OFFICE, PASSWORD, Door
from hypothesis import given
from hypothesis import strategies as st

from console.accounts.core import Caller
from console.accounts.lockout import Patience
from console.accounts.refusals import SignInRefused, WaitAsked
from console.accounts.tidying import tidy
from engine.store import throttles

PATIENCE = Patience(5, timedelta(seconds=30), timedelta(hours=1), timedelta(hours=24))


def fail(door: Door, times: int, login: str = "yuyao", caller: Caller = OFFICE) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            door.knock(login, "not the password", caller)


def waits(door: Door, login: str = "yuyao", password: str = PASSWORD, caller: Caller = OFFICE) -> timedelta:
    with pytest.raises(WaitAsked) as asked:
        door.knock(login, password, caller)
    return asked.value.until - door.clock.now()


@given(st.integers(0, 10_000))
def test_a_wait_doubles_with_each_failure_and_is_never_longer_than_the_longest(failures: int) -> None:
    wait, longer = PATIENCE.wait(failures), PATIENCE.wait(failures + 1)

    assert timedelta(0) <= wait <= longer <= PATIENCE.longest
    assert (wait == timedelta(0)) == (failures < PATIENCE.tries)
    assert longer == min(2 * wait, PATIENCE.longest) or failures < PATIENCE.tries


@given(st.integers(1, 100), st.integers(1, 1_000_000), st.integers(1, 1440), st.integers(0, 1_000_000))
def test_no_setting_makes_a_wait_that_cannot_be_worked_out(tries: int, first: int, longest: int, failures: int) -> None:
    patience = Patience(tries, timedelta(seconds=first), timedelta(minutes=longest), timedelta(hours=24))

    assert patience.wait(failures) <= patience.longest


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait_and_the_refusal_says_until_when(door: Door) -> None:
    fail(door, 5)

    with pytest.raises(WaitAsked, match=r"Please try again after 2026-03-02 09:00:30\."):
        door.knock()
    door.pass_by(seconds=30)

    assert door.knock().session.stage == "open"


def test_each_further_wrong_password_doubles_the_wait_up_to_an_hour(door: Door) -> None:
    fail(door, 5)
    seen = []
    for _ in range(10):
        wait = waits(door)
        seen.append(wait)
        door.clock.advance(wait)
        fail(door, 1)

    assert seen[:4] == [timedelta(seconds=30 * 2**n) for n in range(4)]
    assert seen[-1] == timedelta(hours=1)


def test_the_right_password_wipes_the_slate_clean(door: Door) -> None:
    for _ in range(3):
        fail(door, 4)
        door.knock()

    fail(door, 4)
    assert door.knock().session.stage == "open"


def test_a_day_without_failures_is_forgiven(door: Door) -> None:
    fail(door, 4)
    door.pass_by(hours=24, seconds=1)

    fail(door, 4)

    assert door.knock().session.stage == "open"


def test_an_unknown_login_has_to_wait_just_like_a_known_one(door: Door) -> None:
    fail(door, 5, "nobody")
    fail(door, 5, "haishu", Caller("198.51.100.1"))

    assert waits(door, "nobody") == waits(door, "haishu", caller=Caller("198.51.100.1")) == timedelta(seconds=30)


def test_an_address_that_tries_many_accounts_has_to_wait_and_others_do_not(door: Door) -> None:
    for number in range(30):
        fail(door, 1, f"guess-{number}")

    assert waits(door) == timedelta(seconds=30)
    assert door.knock(caller=Caller("198.51.100.7")).session.stage == "open"


def test_a_caller_of_ipv6_does_not_escape_into_other_addresses_of_their_network() -> None:
    places = {Caller(address).place for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:1:0:0:0:3")}

    assert places == {"2001:db8:0:1::/64"}
    assert Caller("2001:db8:0:2::1").place == "2001:db8:0:2::/64"
    assert Caller("::ffff:192.0.2.10").place == Caller("192.0.2.10").place == "192.0.2.10"
    assert Caller("testclient").place == "testclient"


def test_signing_in_to_ones_own_account_does_not_make_up_for_guessing_at_others(door: Door) -> None:
    for number in range(29):
        fail(door, 1, f"guess-{number}")
    door.knock()

    fail(door, 1, "guess-29")

    assert waits(door, "another") == timedelta(seconds=30)


def test_what_is_tried_while_waiting_is_not_judged_not_written_down_and_makes_nothing_longer(door: Door) -> None:
    fail(door, 5)
    before = len(door.log)
    for _ in range(20):
        waits(door, password="not the password")  # noqa: S106

    assert waits(door) == timedelta(seconds=30)
    assert len(door.log) == before


def test_the_journal_tells_of_the_beginning_of_waiting_only_and_never_of_strangers(door: Door) -> None:
    fail(door, 5)
    fail(door, 5, "nobody", Caller("198.51.100.1"))
    for _ in range(3):
        door.pass_by(hours=1)
        fail(door, 1)

    assert [one for one in door.told if one["what"] == "waiting"] == [
        {"person": "yuyao", "what": "waiting", "method": "password"}
    ]
    assert door.outcomes.count("waiting") == 5


def test_many_who_guess_at_once_get_no_more_tries_than_one_after_the_other(door: Door) -> None:
    together, judged, sent_away = Barrier(12), [], []

    def guess(number: int) -> None:
        together.wait()
        try:
            door.knock("yuyao", f"guess number {number}")
        except SignInRefused:
            judged.append(number)
        except WaitAsked:
            sent_away.append(number)

    threads = [Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(judged), len(sent_away)) == (5, 7)


def test_counters_that_have_been_quiet_are_tidied_away(door: Door) -> None:
    fail(door, 2)
    door.pass_by(hours=25)
    fail(door, 1, "nobody", Caller("198.51.100.1"))

    assert tidy(door.accounts) == 2
    with door.house.engine.work() as work:
        assert throttles.hold(work, "login:none", door.clock.now()).failures == 0
