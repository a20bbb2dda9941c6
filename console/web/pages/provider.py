"""Signing in at an identity provider: away, and back in the same browser."""

from typing import Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from console.accounts.refusals import ProviderRefused
from console.web.desk import AtDoor, local
from console.web.kept import Kept
from console.web.pages.entry import come_in, pace

pages = APIRouter()
# what speaks to the provider is heavy, and most houses have none: it is brought in when somebody is sent there

COOKIE: Final = "lingpao_errand"
BACK: Final = "/sign-in/provider/back"
MINUTES: Final = 10


@pages.get("/sign-in/provider")
def go_to_provider(visitor: AtDoor, onward: str = "/") -> Response:
    from console.accounts import oidc

    pace(visitor)
    begun = oidc.begin(visitor.accounts, _address(visitor.house.settings.web.public, visitor), local(onward))
    response = RedirectResponse(begun.url, status_code=303)
    secure = visitor.request.url.scheme == "https"
    response.set_cookie(COOKIE, begun.browser, max_age=MINUTES * 60, httponly=True, samesite="lax", secure=secure)
    return response


@pages.get(BACK)
def come_back(visitor: AtDoor, state: str = "", code: str = "", iss: str = "") -> Response:
    from console.accounts import oidc

    if not (state and code):
        raise ProviderRefused
    browser = visitor.request.cookies.get(COOKIE, "")
    caller = visitor.caller
    signed, target = oidc.finish(visitor.accounts, state=state, code=code, browser=browser, caller=caller, issuer=iss)
    response = come_in(visitor, signed, Kept(local(target)))
    response.delete_cookie(COOKIE)
    return response


def _address(public: str | None, visitor: AtDoor) -> str:
    """Where the provider sends people back to; it has to know this address."""
    base = public or str(visitor.request.base_url)
    return base.rstrip("/") + BACK
