"""What every request passes before anything else: where it comes from, and how often."""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import ClassVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from console.web.entrance import caller_of
from console.web.reading import Reading
from console.web.security import SAFE, is_own
from console.web.serving import Serving
from engine.errors import EngineError


class NotFromHere(EngineError):
    """This form was not sent from a page of this console."""

    code: ClassVar[str] = "NOT_FROM_HERE"


async def pass_gate(request: Request) -> AsyncIterator[None]:
    """Refuse changes that other sites ask for, and callers without measure; then read from one snapshot.

    A token in a header is sent by nobody unknowingly, so the origin matters only where a cookie is the proof.
    """
    serving: Serving = request.app.state.serving
    settings = serving.house.settings.web
    if not _is_token(request) and not is_own(request.method, request.headers, public=settings.public):
        raise NotFromHere
    serving.rates.count(f"address {caller_of(request).place}", settings.requests_a_minute)
    lasting = request.method in SAFE
    # whoever waits here holds neither a thread nor a connection
    async with serving.snapshots if lasting else nullcontext():
        reading = request.state.reading = Reading(serving.house.database, lasting=lasting)
        try:
            yield
        finally:
            await run_in_threadpool(reading.close)


def _is_token(request: Request) -> bool:
    """Whether a token is the proof: in the interface only, pages go by the cookie whatever else is sent."""
    kind = request.headers.get("authorization", "").partition(" ")[0]
    return kind.lower() == "bearer" and request.url.path.startswith("/api/")
