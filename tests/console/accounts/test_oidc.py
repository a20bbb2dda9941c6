"""Signing in at an identity provider, against one of the tests' own: what lets in, and every way it must not."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from doors import NOW, OFFICE, Door
from identity import CLIENT, SECRET, Identity, provider

from console.accounts.config import AccountsSection, OidcSection
from console.accounts.factors import enrol, offer
from console.accounts.oidc import Begun, begin, finish
from console.accounts.refusals import ProviderRefused, SignInRefused
from console.accounts.sessions import SignedIn
from console.administration import deactivate
from engine.errors import Refused

BACK = "https://console.lingpao.example/oidc"


@pytest.fixture
def identity() -> Iterator[Identity]:
    with provider(Identity(now=int(NOW.timestamp()))) as running:
        yield running


@pytest.fixture
def gate(door: Door, identity: Identity) -> Door:
    """The door with the provider configured."""
    section = OidcSection(issuer=identity.issuer, client_id=CLIENT, name="样例统一认证")
    door.accounts = replace(door.accounts, section=AccountsSection(oidc=section), oidc_secret=SECRET)
    return door


def go(door: Door) -> Begun:
    return begin(door.accounts, BACK, "/cases/7")


def come_back(door: Door, begun: Begun, brought: dict[str, str], **other: str) -> tuple[SignedIn, str]:
    given = {"browser": begun.browser, **brought, **other}
    returned = finish(door.accounts, caller=OFFICE, **given)
    assert returned.signed is not None
    return returned.signed, returned.target


def through(door: Door, identity: Identity) -> tuple[SignedIn, str]:
    begun = go(door)
    return come_back(door, begun, identity.sign_in(begun.url))


def test_who_signs_in_at_the_provider_is_let_in_and_sees_the_page_they_wanted(gate: Door, identity: Identity) -> None:
    signed, target = through(gate, identity)

    visit = gate.visit(signed.token)
    assert visit is not None
    assert visit.person.login == "yuyao"
    assert target == "/cases/7"
    assert gate.log[-1].method == "oidc"


def test_the_browser_is_sent_off_with_state_nonce_and_a_challenge_and_no_secret(gate: Door) -> None:
    begun = go(gate)
    asked = parse_qs(urlsplit(begun.url).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid profile"]
    assert len({*asked["state"], *asked["nonce"], *asked["code_challenge"], begun.browser}) == 4
    assert SECRET not in begun.url
    assert begun.browser not in begun.url


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"iat": int(NOW.timestamp()) + 3600},
        {"nbf": int(NOW.timestamp()) + 3600},
        {"sub": None},
    ],
    ids=repr,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    gate: Door, identity: Identity, claims: dict[str, Any]
) -> None:
    identity.claims = claims

    with pytest.raises(ProviderRefused):
        through(gate, identity)

    assert gate.outcomes == ["provider_refused"]


@pytest.mark.parametrize("trick", ["none", "HS256", "stranger"])
def test_a_token_that_the_provider_has_not_signed_is_refused(gate: Door, identity: Identity, trick: str) -> None:
    identity.sign_with = trick

    with pytest.raises(ProviderRefused):
        through(gate, identity)


def test_a_token_for_several_is_taken_when_it_was_issued_to_us(gate: Door, identity: Identity) -> None:
    identity.claims = {"aud": [CLIENT, "another-client"], "azp": CLIENT}

    assert through(gate, identity)[0].session.stage == "open"


def test_a_sign_in_comes_back_once_in_time_and_to_the_same_browser(gate: Door, identity: Identity) -> None:
    begun, other = go(gate), go(gate)
    brought = identity.sign_in(begun.url)
    with pytest.raises(ProviderRefused):
        come_back(gate, other, brought)
    with pytest.raises(ProviderRefused):
        come_back(gate, begun, brought)

    late = go(gate)
    gate.pass_by(minutes=10)
    with pytest.raises(ProviderRefused):
        come_back(gate, late, identity.sign_in(late.url))
    with pytest.raises(ProviderRefused):
        come_back(gate, late, {"state": "never sent", "code": "code-0"})


def test_the_code_of_another_sign_in_is_refused(gate: Door, identity: Identity) -> None:
    """The attacker's code in the victim's browser: the challenge does not fit."""
    mine, theirs = go(gate), go(gate)
    brought = identity.sign_in(mine.url)
    stolen = identity.sign_in(theirs.url)["code"]

    with pytest.raises(ProviderRefused):
        come_back(gate, mine, {**brought, "code": stolen})


def test_a_wrong_client_secret_lets_nobody_in(gate: Door, identity: Identity) -> None:
    gate.accounts = replace(gate.accounts, oidc_secret="wrong")  # noqa: S106

    with pytest.raises(ProviderRefused):
        through(gate, identity)


def test_an_issuer_named_beside_the_code_must_be_ours(gate: Door, identity: Identity) -> None:
    begun = go(gate)
    with pytest.raises(ProviderRefused):
        come_back(gate, begun, identity.sign_in(begun.url), issuer="https://evil.example")
    again = go(gate)

    assert come_back(gate, again, identity.sign_in(again.url), issuer=identity.issuer)[1] == "/cases/7"


@pytest.mark.parametrize("login", ["stranger", "haishu", "", None, 7, ["yuyao"]])
def test_nobody_is_added_and_no_closed_account_is_opened(gate: Door, identity: Identity, login: Any) -> None:
    with gate.house.engine.work() as work:
        deactivate(gate.house.engine, work, gate.actor("admin"), "haishu", reason="样例")
    identity.claims = {"preferred_username": login}

    with pytest.raises(SignInRefused, match="ask an administrator"):
        through(gate, identity)


def test_keys_that_the_provider_has_changed_are_read_anew(gate: Door, identity: Identity) -> None:
    through(gate, identity)
    identity.change_keys()

    assert through(gate, identity)[0].session.stage == "open"
    assert identity.asked.count("/keys") == 2
    assert identity.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "ftp://127.0.0.1/authorize"},
    ],
    ids=repr,
)
def test_a_provider_that_says_odd_things_of_itself_is_refused(
    gate: Door, identity: Identity, metadata: dict[str, Any]
) -> None:
    identity.metadata = metadata

    with pytest.raises(ProviderRefused):
        go(gate)


def test_a_provider_that_does_not_answer_is_said_to_be_away(gate: Door) -> None:
    section = OidcSection(issuer="http://127.0.0.1:9", client_id=CLIENT)
    gate.accounts = replace(gate.accounts, section=AccountsSection(oidc=section))

    with pytest.raises(ProviderRefused, match="does not answer"):
        go(gate)


def test_without_a_provider_there_is_nothing_to_begin(door: Door) -> None:
    with pytest.raises(Refused, match=r"accounts\.oidc"):
        go(door)


def test_the_second_factor_is_asked_for_here_unless_the_provider_has_done_so(gate: Door, identity: Identity) -> None:
    import pyotp

    visit = gate.visit(gate.knock().token)
    assert visit is not None
    secret = offer(gate.accounts, visit).secret
    enrol(gate.accounts, visit, pyotp.TOTP(secret).at(gate.clock.now()), OFFICE)
    assert through(gate, identity)[0].session.stage == "factor"

    there = OidcSection(issuer=identity.issuer, client_id=CLIENT, factor_there=True)
    gate.accounts = replace(gate.accounts, section=AccountsSection(oidc=there))

    assert through(gate, identity)[0].session.stage == "open"
