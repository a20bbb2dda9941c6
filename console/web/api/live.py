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
from console.web.api.desk import AtApi
from console.web.api.shapes import problems
from console.web.desk import Desk

router = APIRouter(tags=["live"], responses=problems())

PAUSE: Final = 5.0
"""Seconds between two looks."""
LOOKS: Final = 120
"""After so many a stream ends, and the browser opens it again: nobody's session outlives its end for long."""

EVENT: Final = {"type": "object", "properties": {"event": {"const": "counts"}, "data": {"type": "string"}}}
"""`data` is a JSON object of texts: what waits for the caller, and the tabs of deadlines."""


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The counts, as they change.", "content": {"text/event-stream": {"schema": EVENT}}}
    },
)
async def events(request: Request, desk: AtApi, *, once: bool = False) -> StreamingResponse:
    """An event `counts` at first and whenever a count has changed; with `once` the stream ends after the first."""
    looks = 1 if once else LOOKS
    # a new desk for every look, for the roles of today and the moment of the look
    return StreamingResponse(
        _stream(request, lambda: _counts(_afresh(desk)), looks),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


async def _stream(request: Request, look: Callable[[], dict[str, Any]], looks: int) -> AsyncIterator[str]:
    before = ""
    for number in range(looks):
        if await request.is_disconnected():
            return
        now = json.dumps(await run_in_threadpool(look), ensure_ascii=False)
        # a remark keeps the line open where nothing has changed
        yield f"event: counts\ndata: {now}\n\n" if now != before else ": still here\n\n"
        before = now
        if number + 1 < looks:
            await asyncio.sleep(PAUSE)


def _counts(desk: Desk) -> dict[str, Any]:
    """What waits for this caller, and what falls due where they look."""
    key = desk.campaign.key
    with desk.look() as work:
        waiting = waiting_for(desk.engine, work, desk.actor, key)
        due = tabs(desk.engine, work, desk.actor, key)
    return {"tasks": str(waiting), **{name: str(count) for name, count in due.items()}}


def _afresh(desk: Desk) -> Desk:
    """The same caller at this moment."""
    desk.__dict__.pop("now", None)
    return desk
