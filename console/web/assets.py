"""Style sheets, scripts and pictures: read and compressed once, under addresses that change with their content."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it goes out."""

    content: bytes
    compressed: bytes
    kind: str
    digest: str


def give_static(request: Request) -> Response:
    """A file of that content; an old page asking for old content gets the new one, unkept."""
    digest, name = request.path_params["digest"], request.path_params["name"]
    asset = assets().get(name)
    if asset is None:
        return Response(status_code=404)
    headers = {"cache-control": FOREVER if digest == asset.digest else "no-cache", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.compressed, media_type=asset.kind, headers=headers | {"content-encoding": "gzip"})
    return Response(asset.content, media_type=asset.kind, headers=headers)


def address_of(name: str) -> str:
    """Where a file of that name is to be had."""
    return f"/static/{assets()[name].digest}/{name}"


@cache
def assets() -> dict[str, Asset]:
    return {name: _asset(name, source) for name, source in _found(files("console.web").joinpath("static"), "")}


def _found(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _found(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(tuple(KINDS)):
            found.append((f"{path}{entry.name}", entry))
    return found


def _asset(name: str, source: Traversable) -> Asset:
    content = source.read_bytes()
    kind = next(kind for ending, kind in KINDS.items() if name.endswith(ending))
    return Asset(content, gzip.compress(content, 9, mtime=0), kind, sha256(content).hexdigest()[:12])
