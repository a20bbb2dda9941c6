"""Counts that keep themselves up to date on a page: server-sent events, the one handler that waits."""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, Final

from fastapi import APIRouter
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

LOOKS: Final = 120
"""After so many a stream ends, and the browser opens it again: nobody's session outlives its end for long."""

EVENT: Final = {
    "type": "object",
    "properties": {"event": {"enum": ["counts", "elsewhere"]}, "data": {"type": "string"}},
}
"""`elsewhere` is the last one: the same person has opened too many streams, and this one gives way. The `data` of
`counts` is a JSON object of texts: what waits for the caller, the tabs of deadlines, what is counted in the menu by
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
    desk: AtApi,
    *,
    campaign: CampaignKey = None,  # noqa: ARG001 - the desk reads it, as on every page
    once: bool = False,
) -> StreamingResponse:
    """An event `counts` at first and whenever a count has changed; with `once` the stream ends after the first."""
    streams = desk.serving.streams

    # a new desk for every look: for the roles of today, the moment of the look, and a session that may have ended
    def look() -> str:
        return json.dumps(_counts(_afresh(request)), ensure_ascii=False)

    if once:
        return _answer([_event(await streams.see(look))])
    streams.check_room()
    return _answer(_stream(desk, look))


async def _stream(desk: Desk, look: Callable[[], str]) -> AsyncIterator[str]:
    streams, before = desk.serving.streams, ""
    with streams.place(desk.actor.person_id) as place:
        for _ in range(LOOKS):
            if await desk.request.is_disconnected():
                return
            try:
                now = await streams.see(look)
            except EngineError:  # whoever looked on may no longer do so
                return
            # a remark keeps the line open where nothing has changed
            yield _event(now) if now != before else ": still here\n\n"
            before = now
            if await place.is_lost_within(streams.pause):
                yield "event: elsewhere\ndata: {}\n\n"
                return


def _event(counts: str) -> str:
    return f"event: counts\ndata: {counts}\n\n"


def _answer(parts: Iterable[str] | AsyncIterator[str]) -> StreamingResponse:
    return StreamingResponse(
        parts, media_type="text/event-stream", headers={"cache-control": "no-cache", "x-accel-buffering": "no"}
    )


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
