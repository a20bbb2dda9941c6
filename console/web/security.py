"""What protects every page: strict headers, the check where a change comes from, and limits on what is sent."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.clock import monotonic

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors {ancestors}"
)
HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY.format(ancestors="'none'"),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cache-control": "no-store",
}
"""On every answer that does not say otherwise itself; pages with personal data are kept nowhere."""

FRAMED: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY.format(ancestors="'self'"),
    "x-frame-options": "SAMEORIGIN",
}
"""On a paper that our own pages show beside a form."""

MB: Final = 1024 * 1024
FORM_LIMIT: Final = MB
PATIENCE: Final = 30.0
SLOWEST: Final = 10_000
"""Seconds that what is sent may take, and bytes in each second after that."""
UPLOADS: Final = re.compile(r"/upload$")
"""Addresses that take files; everything else is a form."""


class Guard:
    """Puts the headers on every answer and refuses what is too large before it is parsed."""

    def __init__(self, app: ASGIApp, *, upload_mb: int) -> None:
        self._app = app
        # room for the fields around the largest file
        self._upload = upload_mb * MB + FORM_LIMIT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(raw=message["headers"]), secure=scope["scheme"] == "https")
            await send(message)

        scope.setdefault("state", {})["number"] = secrets.token_hex(4)
        limit = self._upload if UPLOADS.search(scope["path"]) else FORM_LIMIT
        arriving = _Counted(receive, limit, _announced(Headers(scope=scope)))
        try:
            await self._app(scope, arriving, protected)
        finally:
            # files of a form lie on disk until nobody asks for them any more
            if form := scope["state"].get("form"):
                await form.close()


class TooLarge(Exception):
    """More arrived than was announced or is allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class TooSlow(Exception):
    """What was announced did not arrive in time."""


class _Counted:
    """What arrives, counted; what announces itself as too large is not even begun, what never ends is not awaited."""

    def __init__(self, receive: Receive, limit: int, announced: int) -> None:
        self._receive = receive
        self._limit = limit
        self._announced = announced
        self._arrived = 0
        self._begun_at: float | None = None
        self._is_whole = False

    async def __call__(self) -> Message:
        if self._announced > self._limit:
            raise TooLarge(self._limit)
        message = await self._next()
        self._is_whole = not message.get("more_body", False)
        self._arrived += len(message.get("body", b""))
        if self._arrived > self._limit:
            raise TooLarge(self._limit)
        return message

    async def _next(self) -> Message:
        """What comes next; after the whole request that is only the caller's leaving, for which there is time."""
        if self._is_whole:
            return await self._receive()
        if self._begun_at is None:
            self._begun_at = monotonic()
        left = self._begun_at + PATIENCE + self._arrived / SLOWEST - monotonic()
        try:
            async with asyncio.timeout(left):
                return await self._receive()
        except TimeoutError:
            raise TooSlow from None


def protect(headers: MutableHeaders, *, secure: bool) -> None:
    """Add what an answer does not say itself."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("strict-transport-security", "max-age=31536000")


def is_own(method: str, headers: Headers, *, public: str | None) -> bool:
    """Whether a change comes from our own pages.

    Browsers say so in Sec-Fetch-Site; on plain HTTP they leave it away, and the address of the page has to do.
    """
    if method in SAFE:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    page = headers.get("origin") or headers.get("referer") or ""
    place = place_of(page)
    return place is not None and place.netloc in {headers.get("host"), urlsplit(public or "").netloc or None}


def place_of(page: str) -> SplitResult | None:
    """The parts of an address as a caller says it; None where it is none."""
    try:
        return urlsplit(page) if page else None
    except ValueError:
        return None


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
