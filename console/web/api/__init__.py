"""The JSON interface under /api/v1: the same use cases, the same access, described by OpenAPI."""

from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse

from console.web.api import (
    acting,
    casework,
    evidence,
    lists,
    live,
    looking,
    mailing,
    monthly,
    operating,
    peopling,
    publishing,
    reading,
    reporting,
)

PREFIX: Final = "/api/v1"
ROUTERS: Final[tuple[APIRouter, ...]] = (
    reading.router,
    acting.router,
    casework.router,
    evidence.router,
    lists.router,
    looking.router,
    mailing.router,
    monthly.router,
    operating.router,
    reporting.router,
    publishing.router,
    peopling.router,
    live.router,
)


def add_api(app: FastAPI) -> None:
    """Put the interface and its description on an application."""
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.add_api_route(f"{PREFIX}/openapi.json", lambda: JSONResponse(description(app)), include_in_schema=False)


def description(app: FastAPI) -> dict[str, Any]:
    """The interface as OpenAPI 3.1 has it."""
    return get_openapi(title="Lingpao", version="1", routes=app.routes)
