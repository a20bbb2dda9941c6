"""Signing in at an identity provider: sent off with state, nonce and PKCE, and let in only with all of them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from console.accounts.audit import note
from console.accounts.core import Accounts, Caller
from console.accounts.provider import DRIFT, Errand, Provider
from console.accounts.refusals import ProviderRefused, SignInRefused
from console.accounts.secrets import digest, new_secret
from console.accounts.sessions import SignedIn, Visit, require_whole
from console.accounts.signin import come_in
from engine.errors import Refused
from engine.model import Person
from engine.store import accounts as store
from engine.store import sessions, tokens
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


@dataclass(frozen=True, slots=True)
class Returned:
    """Who came back: let in with `signed`, or shown once more to be who they are; and what they want to see now."""

    target: str
    kept: str
    signed: SignedIn | None


def begin(
    accounts: Accounts, redirect_uri: str, target: str, *, confirming: Visit | None = None, kept: str = ""
) -> Begun:
    """Send somebody to the provider; `target` is the page they want to see afterwards.

    Who is signed in already, `confirming`, has to sign in there anew; `kept` is what they had typed.
    """
    if confirming is not None:
        require_whole(confirming)
    errand = Errand(new_secret(), new_secret(), new_secret(48), redirect_uri)
    url = _provider(accounts).authorization_url(errand, accounts.now(), anew=confirming is not None)
    browser = new_secret()
    request = OidcRequest(
        state_hash=digest(errand.state),
        browser_hash=digest(browser),
        nonce=errand.nonce,
        verifier=errand.verifier,
        redirect_uri=redirect_uri,
        target=target,
        expires_at=accounts.now() + LASTS,
        session_id=confirming.session.id if confirming else None,
        kept=kept,
    )
    with accounts.engine.work() as work:
        tokens.send_off(work, request)
    return Begun(url, browser)


def finish(
    accounts: Accounts,
    *,
    state: str,
    code: str,
    browser: str,
    caller: Caller,
    issuer: str = "",
    visit: Visit | None = None,
) -> Returned:
    """Let somebody in who comes back from the provider: in the same browser, once, in time. Nobody is added by this.

    `issuer` is what the provider said beside the code (RFC 9207), where it did; `visit` is who is signed in.
    """
    provider = _provider(accounts)
    try:
        request = _returned(accounts, state, browser)
        if issuer not in ("", provider.section.issuer):
            raise ProviderRefused  # noqa: TRY301 - what follows is the same for every refusal
        errand = Errand(state, request.nonce, request.verifier, request.redirect_uri)
        claims = provider.claims(errand, code, accounts.now())
        if request.session_id is not None:
            _confirm(accounts, request, visit, claims)
            return Returned(request.target, request.kept, None)
    except ProviderRefused:
        with accounts.engine.work() as work:
            note(accounts, work, "provider_refused", person_id=None, method="oidc", caller=caller)
        raise
    with accounts.engine.work() as work:
        signed = _let_in(accounts, work, claims, caller)
    if signed is None:
        raise SignInRefused(
            tr(
                "{provider} knows you, but there is no such account here; ask an administrator.",
                provider=provider.section.name,
            )
        )
    return Returned(request.target, request.kept, signed)


def waiting(accounts: Accounts, state: str, browser: str, visit: Visit) -> Returned | None:
    """What somebody had typed who was sent off to show who they are; it is not lost, whatever the provider says."""
    with accounts.engine.look() as work:
        request = tokens.on_the_way(work, digest(state))
    if request is None or request.browser_hash != digest(browser) or request.session_id != visit.session.id:
        return None
    return Returned(request.target, request.kept, None)


def _confirm(accounts: Accounts, request: OidcRequest, visit: Visit | None, claims: Mapping[str, Any]) -> None:
    """The same session as before, the same person, and signed in there since they were sent off."""
    if visit is None or visit.session.id != request.session_id:
        raise ProviderRefused
    require_whole(visit)
    # a provider that says when it asked is to have asked now; by the standard it says so
    asked_at = claims.get("auth_time", accounts.now().timestamp())
    sent_at = (request.expires_at - LASTS).timestamp()
    if not isinstance(asked_at, int | float) or asked_at < sent_at - DRIFT:
        raise ProviderRefused(tr("The identity provider did not ask who you are once more."))
    with accounts.engine.work() as work:
        person = _known(accounts, work, claims)
        if person is None or person.id != visit.person.id:
            raise ProviderRefused(tr("Somebody else signed in at the identity provider."))
        sessions.change(work, visit.session.id, confirmed_at=accounts.now())


def _returned(accounts: Accounts, state: str, browser: str) -> OidcRequest:
    """What was sent off, if it comes back in time to the browser it left from; it can come back once."""
    with accounts.engine.work() as work:
        request = tokens.take_back(work, digest(state))
    if request is None or request.browser_hash != digest(browser) or accounts.now() >= request.expires_at:
        raise ProviderRefused
    return request


def _let_in(accounts: Accounts, work: Work, claims: Mapping[str, Any], caller: Caller) -> SignedIn | None:
    person = _known(accounts, work, claims)
    if person is None or not person.active:
        note(accounts, work, "wrong", person_id=person.id if person else None, method="oidc", caller=caller)
        return None
    done = accounts.section.oidc is not None and accounts.section.oidc.factor_there
    return come_in(accounts, work, person, method="oidc", caller=caller, factor_done=done)


def _known(accounts: Accounts, work: Work, claims: Mapping[str, Any]) -> Person | None:
    """The person of an account here whom the provider names."""
    login = claims.get(_provider(accounts).section.login_claim)
    return store.with_login(work, login.strip().lower()) if isinstance(login, str) else None


def _provider(accounts: Accounts) -> Provider:
    provider = accounts.provider
    if provider is None:
        raise Refused(tr("No identity provider is configured; see `accounts.oidc` in config.yaml."))
    return provider
