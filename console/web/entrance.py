"""Who stands at the door: the session cookie, and the account behind it."""

import secrets
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE: Final = "lingpao_session"


@dataclass
class Entrance:
    """Sessions by their token."""

    _sessions: dict[str, str] = field(default_factory=dict)

    def begin(self, login: str) -> str:
        token = secrets.token_urlsafe(32)
        self._sessions[token] = login
        return token

    def login_of(self, token: str) -> str | None:
        return self._sessions.get(token)

    def end(self, token: str) -> None:
        self._sessions.pop(token, None)


def token_of(connection: HTTPConnection) -> str:
    return connection.cookies.get(COOKIE, "")


def give_cookie(connection: HTTPConnection, response: Response, token: str) -> None:
    """Let the browser keep a session: out of reach of scripts, and not sent along from other sites' forms."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=connection.url.scheme == "https", path="/")


def take_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
