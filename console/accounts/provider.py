"""An identity provider that speaks OpenID Connect: where its doors are, its keys, a code exchanged, a token judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.httpx_client import OAuth2Client, OAuthError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from console.accounts.config import OidcSection
from console.accounts.refusals import ProviderRefused
from engine.words import tr

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Signatures that are believed; never none, and none with a key that we hold as well."""
_PATIENCE: Final = 10.0
_KEPT_FOR: Final = timedelta(hours=1)
DRIFT: Final = 60
"""Seconds by which the provider's clock may be another."""
_MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Errand:
    """What goes with a sign-in to the provider and has to come back."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


@dataclass
class Provider:
    """The provider of the configuration; what it says of itself is kept for an hour."""

    section: OidcSection
    secret: str
    _metadata: Mapping[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _read_at: datetime | None = None

    def authorization_url(self, errand: Errand, at: datetime, *, anew: bool = False) -> str:
        """Where to send the browser: code flow with PKCE; `anew` asks for more than that somebody is still there."""
        endpoint = self._door("authorization_endpoint", at)
        more = {"prompt": "login", "max_age": "0"} if anew else {}
        with self._client(errand) as client:
            url, _ = client.create_authorization_url(
                endpoint, state=errand.state, nonce=errand.nonce, code_verifier=errand.verifier, **more
            )
        return str(url)

    def claims(self, errand: Errand, code: str, at: datetime) -> Mapping[str, Any]:
        """What the provider says of the person, after everything about its token has been checked."""
        try:
            endpoint = self._door("token_endpoint", at)
            with self._client(errand) as client:
                answer = client.fetch_token(endpoint, code=code, code_verifier=errand.verifier)
            return self._judged(str(answer["id_token"]), errand.nonce, at)
        except (httpx2.HTTPError, OAuthError, JoseError, KeyError, TypeError, ValueError) as fault:
            raise ProviderRefused from fault

    def _judged(self, id_token: str, nonce: str, at: datetime) -> Mapping[str, Any]:
        try:
            token = jwt.decode(id_token, self._key_set(at), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            # providers change their keys; those that were read before may be the old ones
            token = jwt.decode(id_token, self._key_set(at, anew=True), algorithms=list(ALGORITHMS))
        registry = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=DRIFT,
            iss={"essential": True, "value": self.section.issuer},
            aud={"essential": True, "value": self.section.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        registry.validate(token.claims)
        shared = isinstance(token.claims["aud"], list) and len(token.claims["aud"]) > 1
        if token.claims.get("azp", None if shared else self.section.client_id) != self.section.client_id:
            raise ProviderRefused
        return dict(token.claims)

    def _client(self, errand: Errand) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.section.client_id,
            client_secret=self.secret,
            scope=" ".join(self.section.scopes),
            redirect_uri=errand.redirect_uri,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _about(self, at: datetime) -> Mapping[str, Any]:
        """What the provider says of itself; its own name must be the one configured."""
        if self._read_at is None or at - self._read_at >= _KEPT_FOR:
            found = self._read(f"{self.section.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.section.issuer:
                raise ProviderRefused(tr("The identity provider calls itself otherwise than the configuration says."))
            self._metadata, self._keys, self._read_at = found, None, at
        return self._metadata

    def _door(self, name: str, at: datetime) -> str:
        """An address that the provider names, protected as its own is."""
        address = self._about(at).get(name)
        if not isinstance(address, str) or urlsplit(address).scheme != urlsplit(self.section.issuer).scheme:
            raise ProviderRefused(tr("The identity provider names no protected address for {door}.", door=name))
        return address

    def _key_set(self, at: datetime, *, anew: bool = False) -> KeySet:
        if self._keys is None or anew:
            self._keys = KeySet.import_key_set(self._read(self._door("jwks_uri", at)))  # type: ignore[arg-type]
        return self._keys

    def _read(self, address: str) -> dict[str, Any]:
        try:
            answer = httpx2.get(address, timeout=_PATIENCE, follow_redirects=False)
            answer.raise_for_status()
            found = answer.json() if len(answer.content) <= _MOST_BYTES else None
        except (httpx2.HTTPError, ValueError) as fault:
            raise ProviderRefused(
                tr("The identity provider does not answer; please sign in with your password.")
            ) from fault
        if not isinstance(found, dict):
            raise ProviderRefused
        return found
