"""Which passwords are taken, and how they are kept."""

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from doors import CHEAP, OFFICE, PASSWORD, Door
from hypothesis import given
from hypothesis import strategies as st

from console.accounts.hashing import STRONG, Cost, Hashing
from console.accounts.invitations import change_password, set_password
from console.accounts.passwords import commonest, faults
from console.accounts.refusals import PasswordRefused, SignInRefused
from engine.errors import NotAllowed, NotFound

WORDS = ("yuyao", "余姚联络员", "ningbo", "ningbo-2020", "对标达标", "lingpao", "password")
HASHING = Hashing(CHEAP)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "九个字符的口令不够",
        "1234567890",
        "0987654321",
        "aaaaaaaaaaaa",
        "abababababab",
        "qwertyuiop123",
        "asdfghjklzxcvbnm",
        "abcdefghijkl1",
        "Woaini1314520",
        "yuyao12345678",
        "Yuyao-2020!!",
        "ningbo-2020-yuyao",
        "余姚联络员余姚联络员",
        "PASSWORD1234",
        "lingpao_lingpao",
        "x" * 201,
    ],
)
def test_a_password_that_others_would_try_is_refused_with_a_reason(password: str) -> None:
    assert list(faults(password, WORDS))


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "一只蓝色的茶壶放在窗台",
        "yuyao has a bridge of stone",
        "kP9#vq2-Lm",
        "mcqzjwrtbn",
        "x9" + "长长的句子" * 20,
    ],
)
def test_a_password_needs_length_and_some_surprise_but_no_kinds_of_characters(password: str) -> None:
    assert not list(faults(password, WORDS))


def test_every_password_of_the_list_would_pass_by_its_length_and_is_refused() -> None:
    assert len(commonest()) > 100
    assert all(len(one) >= 10 and one == one.casefold() for one in commonest())


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_a_hash_fits_its_password_and_no_other(one: str, other: str) -> None:
    from console.accounts.hashing import folded

    kept = HASHING.hash(one)

    assert HASHING.matches(kept, one)
    assert HASHING.matches(kept, other) == (folded(one) == folded(other))


def test_a_real_hash_is_argon2id_at_the_recommended_cost() -> None:
    parameters = extract_parameters(Hashing().hash(PASSWORD))

    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65_536, 3, 4)
    assert STRONG.memory_kib == parameters.memory_cost


def test_a_change_of_any_cost_makes_hashes_outdated() -> None:
    kept = HASHING.hash(PASSWORD)

    assert not HASHING.is_outdated(kept)
    for cost in (Cost(16, 1, 1), Cost(8, 2, 1), Cost(16, 1, 2)):
        assert Hashing(cost).is_outdated(kept)


def test_nothing_matches_what_is_no_hash() -> None:
    assert not HASHING.matches(None, "nobody has this password")
    assert not HASHING.matches("", "")
    assert not HASHING.matches("$argon2id$broken", PASSWORD)


def test_all_that_is_wrong_with_a_password_is_said_at_once(door: Door) -> None:
    with pytest.raises(PasswordRefused) as refused:
        set_password(door.accounts, door.actor("admin"), "yuyao", "1" * 201)

    assert len(refused.value.sentences) == 2
    assert "最多200个字符" in str(refused.value.sentence)


def test_words_of_the_person_and_the_campaign_are_known_to_everybody(door: Door) -> None:
    for password in (
        "yuyao-yuyao1",
        "余姚联络员2026年",
        "ningbo-2020ningbo",
        "对标达标工作系统对标",
        "宁波市市场监督管理局",
    ):
        with pytest.raises(PasswordRefused):
            set_password(door.accounts, door.actor("admin"), "yuyao", password)


def test_one_changes_ones_own_password_with_the_old_one_and_other_sessions_end(door: Door) -> None:
    here, there = door.knock(), door.knock()
    visit = door.visit(here.token)
    assert visit is not None
    with pytest.raises(SignInRefused):
        change_password(door.accounts, visit, "not the password", "another long password", OFFICE)

    change_password(door.accounts, visit, PASSWORD, "another long password", OFFICE)

    assert door.visit(here.token) is not None
    assert door.visit(there.token) is None
    assert door.knock(password="another long password").session.stage == "open"  # noqa: S106
    assert {"person": "yuyao", "what": "password_changed"} in door.told


def test_an_administrator_sets_a_password_and_nobody_else_does(door: Door) -> None:
    with pytest.raises(NotAllowed):
        set_password(door.accounts, door.actor("haishu"), "yuyao", "another long password")
    with pytest.raises(NotFound):
        set_password(door.accounts, door.actor("admin"), "nobody", "another long password")
    set_password(door.accounts, door.actor("haishu"), "haishu", "another long password")

    assert door.knock("haishu", "another long password").session.stage == "open"
