"""The web application: pages and API over one house, guarded alike."""

from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

from console.bootstrap import House
from console.web.api import add_api
from console.web.assets import give_static
from console.web.errors import answer_with
from console.web.gate import pass_gate
from console.web.pages import ROUTERS
from console.web.security import Guard
from console.web.serving import Serving
from engine.words import say, tr

COMPRESSED_FROM: Final = 1000
"""Bytes below which packing costs more than it saves."""


def create_app(house: House, *, demo: bool = False, config: Path | None = None) -> FastAPI:
    """The console of a house; with `demo`, which is for rehearsals only, visitors choose whom to be."""
    upload_mb = house.settings.web.upload_mb
    app = FastAPI(
        title=say(tr("Lingpao console"), "en"),
        dependencies=[Depends(pass_gate, scope="function")],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # they would name the host that the caller named
        redirect_slashes=False,
    )
    app.state.serving = Serving(house, demo=demo and house.rehearsal, config=config)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(Guard, upload_mb=upload_mb)
    app.add_route("/static/{digest}/{name:path}", give_static, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    add_api(app)
    app.state.addresses = addresses()
    answer_with(app)
    return app


def addresses() -> frozenset[str]:
    """The patterns of all addresses that have a page."""
    return frozenset(route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
