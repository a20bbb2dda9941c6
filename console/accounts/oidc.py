"""Signing in at an identity provider: sent off with state, nonce and PKCE, and let in only with all of them back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from console.accounts.audit import note
from console.accounts.core import Accounts, Caller
from console.accounts.provider import Errand, Provider
from console.accounts.refusals import ProviderRefused, SignInRefused
from console.accounts.secrets import digest, new_secret
from console.accounts.sessions import SignedIn
from console.accounts.signin import come_in
from engine.errors import Refused
from engine.store import accounts as store
from engine.store import tokens
from engine.store.database import Work
from engine.store.tokens import OidcRequest
from engine.words import tr

LASTS: Final = timedelta(minutes=10)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in sent off: where the browser goes, and what it keeps until it comes back."""

    url: str
    browser: str


def begin(accounts: Accounts, redirect_uri: str, target: str) -> Begun:
    """Send somebody to the provider; `target` is the page they want to see afterwards."""
    errand = Errand(new_secret(), new_secret(), new_secret(48), redirect_uri)
    url = _provider(accounts).authorization_url(errand, accounts.now())
    browser = new_secret()
    request = OidcRequest(
        state_hash=digest(errand.state),
        browser_hash=digest(browser),
        nonce=errand.nonce,
        verifier=errand.verifier,
        redirect_uri=redirect_uri,
        target=target,
        expires_at=accounts.now() + LASTS,
    )
    with accounts.engine.work() as work:
        tokens.send_off(work, request)
    return Begun(url, browser)


def finish(
    accounts: Accounts, *, state: str, code: str, browser: str, caller: Caller, issuer: str = ""
) -> tuple[SignedIn, str]:
    """Let somebody in who comes back from the provider: in the same browser, once, in time. Nobody is added by this.

    `issuer` is what the provider said beside the code (RFC 9207), where it did.
    """
    provider = _provider(accounts)
    try:
        request = _returned(accounts, state, browser)
        if issuer not in ("", provider.section.issuer):
            raise ProviderRefused  # noqa: TRY301 - what follows is the same for every refusal
        errand = Errand(state, request.nonce, request.verifier, request.redirect_uri)
        claims = provider.claims(errand, code, accounts.now())
    except ProviderRefused:
        with accounts.engine.work() as work:
            note(accounts, work, "provider_refused", person_id=None, method="oidc", caller=caller)
        raise
    with accounts.engine.work() as work:
        signed = _let_in(accounts, work, claims.get(provider.section.login_claim), caller)
    if signed is None:
        raise SignInRefused(
            tr(
                "{provider} knows you, but there is no such account here; ask an administrator.",
                provider=provider.section.name,
            )
        )
    return signed, request.target


def _returned(accounts: Accounts, state: str, browser: str) -> OidcRequest:
    """What was sent off, if it comes back in time to the browser it left from; it can come back once."""
    with accounts.engine.work() as work:
        request = tokens.take_back(work, digest(state))
    if request is None or request.browser_hash != digest(browser) or accounts.now() >= request.expires_at:
        raise ProviderRefused
    return request


def _let_in(accounts: Accounts, work: Work, login: object, caller: Caller) -> SignedIn | None:
    person = store.with_login(work, login.strip().lower()) if isinstance(login, str) else None
    if person is None or not person.active:
        note(accounts, work, "wrong", person_id=person.id if person else None, method="oidc", caller=caller)
        return None
    done = accounts.section.oidc is not None and accounts.section.oidc.factor_there
    return come_in(accounts, work, person, method="oidc", caller=caller, factor_done=done)


def _provider(accounts: Accounts) -> Provider:
    provider = accounts.provider
    if provider is None:
        raise Refused(tr("No identity provider is configured; see `accounts.oidc` in config.yaml."))
    return provider
