"""The second factor: the vectors of RFC 6238, codes that are good once, recovery codes, and roles that need it."""

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from doors import OFFICE, PASSWORD, Door

from console.accounts.config import AccountsSection
from console.accounts.factors import enrol, new_codes, offer, remove, remove_for, step_of
from console.accounts.invitations import change_password
from console.accounts.refusals import (
    ConfirmationNeeded,
    FactorRefused,
    FactorUnavailable,
    SessionEnded,
    WaitAsked,
)
from console.accounts.sessions import SignedIn, Visit
from console.accounts.signin import confirm, give_code
from console.accounts.tokens import make_token
from console.accounts.vault import Vault, new_key, vault_of
from engine.errors import NotAllowed, Refused

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_6238 = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
"""Appendix B, SHA-1; ours are the last six digits of the eight."""


def seen(door: Door, token: str) -> Visit:
    visit = door.visit(token)
    assert visit is not None
    return visit


def code_of(door: Door, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(door.clock.now() + timedelta(seconds=30 * steps))


def set_up(door: Door, login: str = "yuyao") -> tuple[str, tuple[str, ...]]:
    """Set a factor up and let its code grow old; answers secret and recovery codes."""
    visit = seen(door, door.knock(login).token)
    secret = offer(door.accounts, visit).secret
    codes = enrol(door.accounts, visit, code_of(door, secret), OFFICE)
    door.pass_by(minutes=2)
    return secret, codes


def give(door: Door, half: SignedIn, code: str) -> SignedIn:
    return give_code(door.accounts, half.token, code, OFFICE)


@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)

    assert step_of(RFC_SECRET, code[-6:], at) == seconds // 30
    assert step_of(RFC_SECRET, code[-6:], at + timedelta(seconds=30)) == seconds // 30
    assert step_of(RFC_SECRET, code[-6:], at + timedelta(seconds=60)) is None
    assert step_of(RFC_SECRET, "", at) is None
    assert step_of(RFC_SECRET, "١٢٣٤٥٦", at) is None


def test_with_a_factor_the_password_alone_opens_nothing(door: Door) -> None:
    secret, _ = set_up(door)

    half = door.knock()

    assert half.session.stage == "factor"
    assert seen(door, half.token).actor.grants == ()
    for deed in (
        lambda: change_password(door.accounts, seen(door, half.token), PASSWORD, "another long password", OFFICE),
        lambda: offer(door.accounts, seen(door, half.token)),
        lambda: enrol(door.accounts, seen(door, half.token), "000000", OFFICE),
        lambda: confirm(door.accounts, seen(door, half.token), PASSWORD, OFFICE),
    ):
        with pytest.raises(ConfirmationNeeded):
            deed()
    nobody = seen(door, half.token).actor
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        make_token(door.accounts, work, nobody, "yuyao", name="样例", scope="read", days=1)
    whole = give(door, half, code_of(door, secret))
    assert whole.session.stage == "open"
    assert seen(door, whole.token).actor.grants
    assert whole.token != half.token
    assert door.visit(half.token) is None


def test_a_code_is_good_once_and_an_older_one_not_after_a_newer(door: Door) -> None:
    secret, _ = set_up(door)
    now, before = code_of(door, secret), code_of(door, secret, -1)
    give(door, door.knock(), now)

    for stale in (now, before):
        with pytest.raises(FactorRefused):
            give(door, door.knock(), stale)
    door.pass_by(seconds=30)

    assert give(door, door.knock(), code_of(door, secret)).session.stage == "open"


def test_the_code_of_setting_it_up_does_not_sign_in(door: Door) -> None:
    visit = seen(door, door.knock().token)
    secret = offer(door.accounts, visit).secret
    code = code_of(door, secret)
    enrol(door.accounts, visit, code, OFFICE)

    with pytest.raises(FactorRefused):
        give(door, door.knock(), code)


def test_a_recovery_code_is_good_once(door: Door) -> None:
    _, codes = set_up(door)

    assert len(set(codes)) == 10
    assert give(door, door.knock(), f" {codes[3].upper()} ").session.stage == "open"
    with pytest.raises(FactorRefused):
        give(door, door.knock(), codes[3])
    assert give(door, door.knock(), codes[4].replace("-", " ")).session.stage == "open"
    assert {"person": "yuyao", "what": "recovery_code_used"} in door.told


def test_new_recovery_codes_end_the_old_ones(door: Door) -> None:
    secret, codes = set_up(door)
    visit = seen(door, give(door, door.knock(), code_of(door, secret)).token)

    fresh = new_codes(door.accounts, visit)

    with pytest.raises(FactorRefused):
        give(door, door.knock(), codes[0])
    assert give(door, door.knock(), fresh[0]).session.stage == "open"


def test_guessing_at_codes_has_to_wait_and_a_right_password_does_not_shorten_it(door: Door) -> None:
    secret, _ = set_up(door)
    for _ in range(5):
        with pytest.raises(FactorRefused):
            give(door, door.knock(), "000000")

    with pytest.raises(WaitAsked):
        give(door, door.knock(), code_of(door, secret))
    door.pass_by(seconds=30)

    assert give(door, door.knock(), code_of(door, secret)).session.stage == "open"


def test_who_takes_too_long_for_the_code_begins_anew(door: Door) -> None:
    secret, _ = set_up(door)
    half = door.knock()
    door.pass_by(minutes=10)

    with pytest.raises(SessionEnded):
        give(door, half, code_of(door, secret))


def test_the_secret_lies_sealed_and_opens_for_its_owner_only(door: Door) -> None:
    secret, codes = set_up(door)

    with door.house.engine.look() as work:
        rows = work.connection.exec_driver_sql("SELECT person_id, factor_secret FROM accounts").all()
        hashes = work.connection.exec_driver_sql("SELECT code_hash FROM recovery_codes").scalars().all()
    owner, sealed = next((row[0], row[1]) for row in rows if row[1])
    assert secret not in sealed
    assert not set(codes) & set(hashes)
    assert door.accounts.vault is not None
    assert door.accounts.vault.open(sealed, owner) == secret
    with pytest.raises(Refused):
        door.accounts.vault.open(sealed, owner + 1)
    with pytest.raises(Refused):
        Vault([new_key()]).open(sealed, owner)


def test_a_key_can_be_changed_without_losing_what_the_old_one_sealed() -> None:
    old, new = new_key(), new_key()
    sealed = Vault([old]).seal("样例", 7)
    both = vault_of(f"{new},{old}")

    assert both is not None
    assert both.open(sealed, 7) == "样例"
    assert Vault([new]).open(both.seal("样例", 7), 7) == "样例"


def test_what_is_no_key_is_refused_with_the_remedy() -> None:
    assert vault_of(None) is None
    assert vault_of("") is None
    with pytest.raises(Refused, match="new-key"):
        vault_of("not a key")


def test_without_a_key_no_factor_can_be_set_up_and_the_refusal_says_what_to_do(door: Door) -> None:
    door.accounts = replace(door.accounts, vault=None)

    with pytest.raises(FactorUnavailable, match="LINGPAO_SECRET_KEY"):
        offer(door.accounts, seen(door, door.knock().token))


def test_the_picture_stands_by_itself_inside_a_page(door: Door) -> None:
    found = offer(door.accounts, seen(door, door.knock().token))

    assert re.fullmatch(r"<svg [^<>]*>(<path [^<>]*/>)+</svg>", found.picture)
    assert "style=" not in found.picture
    assert found.address.startswith("otpauth://totp/")
    assert "yuyao" in found.address
    assert found.secret in found.address


def test_a_wrong_code_sets_nothing_up(door: Door) -> None:
    visit = seen(door, door.knock().token)
    with pytest.raises(Refused):
        enrol(door.accounts, visit, "000000", OFFICE)
    offer(door.accounts, visit)
    with pytest.raises(FactorRefused):
        enrol(door.accounts, visit, "000000", OFFICE)

    assert door.knock().session.stage == "open"


def test_a_role_that_needs_a_factor_does_nothing_before_it_is_set_up(door: Door) -> None:
    door.accounts = replace(door.accounts, section=AccountsSection(second_factor_for=("administrator",)))
    signed = door.knock("admin")
    assert signed.session.stage == "enrolment"
    visit = seen(door, signed.token)
    assert visit.actor.grants == ()
    assert door.knock("yuyao").session.stage == "open"

    secret = offer(door.accounts, visit).secret
    enrol(door.accounts, visit, code_of(door, secret), OFFICE)

    assert seen(door, signed.token).actor.grants
    assert door.knock("admin").session.stage == "factor"


def test_setting_up_and_removing_take_a_password_just_entered(door: Door) -> None:
    secret, _ = set_up(door)
    token = give(door, door.knock(), code_of(door, secret)).token
    door.pass_by(minutes=16)
    for deed in (lambda visit: remove(door.accounts, visit, OFFICE), lambda visit: new_codes(door.accounts, visit)):
        with pytest.raises(ConfirmationNeeded):
            deed(seen(door, token))

    fresh = seen(door, give(door, door.knock(), code_of(door, secret)).token)
    remove(door.accounts, fresh, OFFICE)

    assert door.knock().session.stage == "open"
    assert door.visit(token) is None


def test_an_administrator_takes_a_lost_factor_away_and_nobody_else_does(door: Door) -> None:
    set_up(door)
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        remove_for(door.accounts, work, door.actor("haishu"), "yuyao")

    with door.house.engine.work() as work:
        remove_for(door.accounts, work, door.actor("admin"), "yuyao")

    assert door.knock().session.stage == "open"
    with pytest.raises(Refused), door.house.engine.work() as work:
        remove_for(door.accounts, work, door.actor("admin"), "yuyao")


def test_nobody_removes_a_factor_that_a_role_of_theirs_needs(door: Door) -> None:
    secret, _ = set_up(door, "admin")
    door.accounts = replace(door.accounts, section=AccountsSection(second_factor_for=("administrator",)))
    visit = seen(door, give(door, door.knock("admin"), code_of(door, secret)).token)

    with pytest.raises(Refused, match="needs a second factor"):
        remove(door.accounts, visit, OFFICE)
