"""Whether people can sign in as the configuration wants it: keys and secrets that have to stand in the environment."""

from collections.abc import Iterator

from console.accounts.vault import VARIABLE, vault_of
from console.findings import Finding, fine, note, wrong
from console.settings import Settings, read_secrets
from engine.errors import Refused
from engine.words import tr


def inspect_accounts(settings: Settings) -> Iterator[Finding]:
    """What is wrong with accounts, or that nothing is."""
    found = [*_key(settings), *_provider(settings), *_links(settings), *_proxies(settings)]
    yield from found or [fine("ACCOUNTS", tr("Signing in is set up."))]


def _key(settings: Settings) -> Iterator[Finding]:
    secret = read_secrets().secret_key
    try:
        vault = vault_of(secret.get_secret_value() if secret else None)
    except Refused as refusal:
        yield wrong("FACTOR_KEY", refusal.sentence, tr("Make a key with `lingpao people new-key`."))
        return
    if vault is None and settings.accounts.second_factor_for:
        told = tr("Roles need a second factor, but {variable} is not set.", variable=VARIABLE)
        yield wrong("FACTOR_KEY", told, tr("Make a key with `lingpao people new-key`."))


def _provider(settings: Settings) -> Iterator[Finding]:
    if settings.accounts.oidc is not None and read_secrets().oidc_client_secret is None:
        told = tr("An identity provider is configured, but LINGPAO_OIDC_CLIENT_SECRET is not set.")
        yield wrong("PROVIDER_CLOSED", told, tr("Set it to the secret that the provider has given you."))


def _links(settings: Settings) -> Iterator[Finding]:
    if not (settings.web.public or settings.mail.link):
        yield note(
            "NO_LINK", tr("Nobody can be invited by mail: neither `web.public` nor `mail.link` names the console.")
        )


def _proxies(settings: Settings) -> Iterator[Finding]:
    web = settings.web
    if "*" in web.proxies:
        yield wrong(
            "PROXY_ANY",
            tr("`web.proxies` names everybody: whoever calls could say they come from anywhere."),
            tr("Name the addresses of the proxy there, such as 127.0.0.1."),
        )
    elif (web.public or "").startswith("https:") and not web.proxies:
        yield note(
            "PROXY_MISSING",
            tr(
                "`web.public` is an https address, but `web.proxies` names nobody: all people seem to come from one"
                " address and wait together after wrong passwords, and cookies go out unprotected."
            ),
            tr("Name the addresses of the proxy there, such as 127.0.0.1."),
        )
