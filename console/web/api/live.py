"""Counts that keep themselves up to date on a page: server-sent events, the one handler that waits."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from console.deadlines import tabs
from console.todo import waiting_for
from console.web.api.desk import AtApi, api_desk_of
from console.web.api.reading import CampaignKey
from console.web.api.shapes import problems
from console.web.desk import Desk
from console.web.menu import menu_of
from console.web.reading import reading_of
from engine.access import scopes
from engine.errors import EngineError
from engine.store import areas, overviews

router = APIRouter(tags=["live"], responses=problems())

PAUSE: Final = 5.0
"""Seconds between two looks."""
LOOKS: Final = 120
"""After so many a stream ends, and the browser opens it again: nobody's session outlives its end for long."""

EVENT: Final = {"type": "object", "properties": {"event": {"const": "counts"}, "data": {"type": "string"}}}
"""`data` is a JSON object of texts: what waits for the caller, the tabs of deadlines, what is counted in the menu by
address, and `last`, which is another one as soon as anything was done that the caller may see."""


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The counts, as they change.", "content": {"text/event-stream": {"schema": EVENT}}}
    },
)
async def events(
    request: Request,
    _: AtApi,
    *,
    campaign: CampaignKey = None,  # noqa: ARG001 - the desk reads it, as on every page
    once: bool = False,
) -> StreamingResponse:
    """An event `counts` at first and whenever a count has changed; with `once` the stream ends after the first."""
    looks = 1 if once else LOOKS
    # a new desk for every look: for the roles of today, the moment of the look, and a session that may have ended
    return StreamingResponse(
        _stream(request, lambda: _counts(_afresh(request)), looks),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


async def _stream(request: Request, look: Callable[[], dict[str, Any]], looks: int) -> AsyncIterator[str]:
    before = ""
    for number in range(looks):
        if await request.is_disconnected():
            return
        try:
            now = json.dumps(await run_in_threadpool(look), ensure_ascii=False)
        except EngineError:  # whoever looked on may no longer do so
            return
        # a remark keeps the line open where nothing has changed
        yield f"event: counts\ndata: {now}\n\n" if now != before else ": still here\n\n"
        before = now
        if number + 1 < looks:
            await asyncio.sleep(PAUSE)


def _counts(desk: Desk) -> dict[str, Any]:
    """What waits for this caller, what falls due where they look, and whether anything was done there."""
    key = desk.campaign.key
    with desk.look() as work:
        waiting = waiting_for(desk.engine, work, desk.actor, key)
        desk.request.state.waiting = waiting
        due = tabs(desk.engine, work, desk.actor, key)
        menu = {link.path: str(link.count) for link in menu_of(desk, work) if link.count is not None}
        last = overviews.last_entries(work, key, areas.area(work, scopes(desk.actor)), 1)
    told = {"tasks": str(waiting), **{name: str(count) for name, count in due.items()}}
    return told | {"menu": menu, "last": "".join(str(one.id) for one in last)}


def _afresh(request: Request) -> Desk:
    """The same caller at this moment; the snapshot of the look before would show what was, and hold a connection."""
    reading_of(request).end()
    for name in ("reading", "visit", "desk", "waiting"):
        if hasattr(request.state, name):
            delattr(request.state, name)
    return api_desk_of(request)
