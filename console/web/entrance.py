"""The session cookie, and who asks from where."""

from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from console.accounts.core import Caller

COOKIE: Final = "lingpao_session"


def token_of(connection: HTTPConnection) -> str:
    return connection.cookies.get(COOKIE, "")


def caller_of(connection: HTTPConnection) -> Caller:
    """Address and program, as far as they are known; a proxy's word counts where the configuration trusts it."""
    address = connection.client.host if connection.client else ""
    return Caller(address, connection.headers.get("user-agent", ""))


def give_cookie(connection: HTTPConnection, response: Response, token: str) -> None:
    """Let the browser keep a session: out of reach of scripts, and not sent along from other sites' forms."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=connection.url.scheme == "https", path="/")


def take_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
