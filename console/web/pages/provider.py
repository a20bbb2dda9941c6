"""Signing in at an identity provider: away, and back in the same browser."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from console.accounts.refusals import ProviderRefused
from console.web.attempt import AsTyped, Attempt
from console.web.desk import AtDesk, AtDoor, Visitor, find_desk, local
from console.web.kept import Kept, go_on
from console.web.pages.entry import come_in, confirm_page, pace

pages = APIRouter()
# what speaks to the provider is heavy, and most houses have none: it is brought in when somebody is sent there

COOKIE: Final = "lingpao_errand"
BACK: Final = "/sign-in/provider/back"
MINUTES: Final = 10


@dataclass(frozen=True, slots=True)
class AwayPage:
    """On the way to the provider."""

    name: str
    address: str


@pages.get("/sign-in/provider")
def go_to_provider(visitor: AtDoor, onward: str = "/") -> Response:
    from console.accounts import oidc

    pace(visitor)
    begun = oidc.begin(visitor.accounts, _address(visitor), local(onward))
    return _sent(visitor, RedirectResponse(begun.url, status_code=303), begun.browser)


@pages.post("/confirm/provider")
def confirm_at_provider(typed: AsTyped, desk: AtDesk) -> Response:
    """Away to show once more who one is; what was typed waits here."""
    from console.accounts import oidc

    kept = Kept.of(typed)
    desk.if_refused(typed, lambda attempt: confirm_page(desk, kept, attempt))
    pace(desk)
    begun = oidc.begin(desk.accounts, _address(desk), kept.onward, confirming=desk.visit, kept=kept.text)
    section = desk.accounts.section.oidc
    # what answers a form may not lead away from here, so the page that answers it does
    response = desk.page("entry/away.html", AwayPage(section.name if section else "", begun.url))
    response.headers["refresh"] = f"0; url={begun.url}"
    return _sent(desk, response, begun.browser)


@pages.get(BACK)
def come_back(visitor: AtDoor, state: str = "", code: str = "", iss: str = "") -> Response:
    from console.accounts import oidc

    request, caller = visitor.request, visitor.caller
    browser, desk = request.cookies.get(COOKIE, ""), find_desk(request)
    before = oidc.waiting(visitor.accounts, state, browser, desk.visit) if desk else None
    if desk and before:
        again = Kept.again(before.target, before.kept)
        request.state.again = lambda refusal: confirm_page(desk, again, Attempt(refusal=refusal))
    if not (state and code):
        raise ProviderRefused
    visit = desk.visit if desk else None
    returned = oidc.finish(
        visitor.accounts, state=state, code=code, browser=browser, caller=caller, issuer=iss, visit=visit
    )
    kept = Kept.again(returned.target, returned.kept)
    response = come_in(visitor, returned.signed, kept) if returned.signed else go_on(desk or visitor, kept)
    response.delete_cookie(COOKIE)
    return response


def _sent(visitor: Visitor, response: Response, browser: str) -> Response:
    """With what the browser brings back."""
    secure = visitor.request.url.scheme == "https"
    response.set_cookie(COOKIE, browser, max_age=MINUTES * 60, httponly=True, samesite="lax", secure=secure)
    return response


def _address(visitor: Visitor) -> str:
    """Where the provider sends people back to; it has to know this address."""
    base = visitor.house.settings.web.public or str(visitor.request.base_url)
    return base.rstrip("/") + BACK
