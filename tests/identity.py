"""An identity provider of the tests' own: OpenID Connect over real HTTP, with keys of its own and faults on demand."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "lingpao-console", "sample-secret"


@dataclass
class Identity:
    """What the provider says and does. `claims` go over those of an honest token; `sign_with` names a fault."""

    login: str = "yuyao"
    now: int = 0
    claims: dict[str, Any] = field(default_factory=dict)
    sign_with: str = "RS256"
    metadata: dict[str, Any] = field(default_factory=dict)
    port: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: dict[str, Any] = field(default_factory=lambda: {"RS256": RSAKey.generate_key(2048, {"kid": "1"})})

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def sign_in(self, url: str) -> dict[str, str]:
        """What a person does at the provider; answers what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.metadata,
        }

    def public_keys(self) -> dict[str, Any]:
        return dict(KeySet(list(self.keys.values())).as_dict(private=False))

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to an exchange: nothing without the client's secret, the verifier and the same way back."""
        asked = self.codes.pop(sent.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or authorization != expected
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != challenge.decode().rstrip("=")
            or asked["redirect_uri"] != sent.get("redirect_uri")
        ):
            return None
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "subject-1",
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": asked["nonce"],
            "preferred_username": self.login,
            **self.claims,
        }
        signed = self._signed({name: value for name, value in claims.items() if value is not None})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.sign_with == "none":
            head = _segment({"alg": "none"})
            return f"{head}.{_segment(claims)}."
        if self.sign_with == "HS256":
            # the public key taken for a shared secret: an old trick
            signed = f"{_segment({'alg': 'HS256', 'kid': '1'})}.{_segment(claims)}"
            seal = hmac.digest(self.keys["RS256"].as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{base64.urlsafe_b64encode(seal).decode().rstrip('=')}"
        if self.sign_with == "stranger":
            return jwt.encode({"alg": "RS256", "kid": "1"}, claims, RSAKey.generate_key(2048))
        key = self.keys[self.sign_with]
        return jwt.encode({"alg": self.sign_with, "kid": key.kid}, claims, key, algorithms=[self.sign_with])

    def change_keys(self) -> None:
        self.keys = {"ES256": ECKey.generate_key("P-256", {"kid": "2"})}
        self.sign_with = "ES256"


@contextmanager
def provider(identity: Identity) -> Iterator[Identity]:
    """The provider, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            identity.asked.append(self.path)
            found = {"/.well-known/openid-configuration": identity.about, "/keys": identity.public_keys}.get(self.path)
            self._answer(found() if found else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(identity.token(sent, self.headers.get("Authorization", "")))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, found: dict[str, Any] | None) -> None:
            content = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
            self.send_response(200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identity.port = server.server_address[1]
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _segment(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
