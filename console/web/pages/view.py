"""What somebody prefers to look at: the language, the size of the text, the campaign; kept on this machine."""

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from console.web.attempt import AsTyped
from console.web.desk import LOCALES, VIEW, AtDoor

pages = APIRouter()

YEAR: Final = 365 * 24 * 3600


@pages.post("/view")
def choose_view(typed: AsTyped, visitor: AtDoor) -> Response:
    """Remember the choice and show the same page again."""
    response = visitor.back(typed.one("back") or "/")
    allowed = {"locale": typed.one("locale") in LOCALES, "large": typed.one("large") in {"0", "1"}}
    for name, cookie in VIEW.items():
        value = typed.one(name)
        if value and value.isascii() and allowed.get(name, True):
            secure = visitor.request.url.scheme == "https"
            response.set_cookie(cookie, value, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return response
