"""Files going out: under names that every browser reads, as downloads, or shown in a frame of our own page."""

import re
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from console.web.security import FRAMED

PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV: Final = "text/csv; charset=utf-8"
UNNAMED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""What stands in no name of a file: signs nobody sees, separators of folders, and those that turn the order round."""
SHOWN: Final = frozenset({PDF, "image/png", "image/jpeg"})
"""What a browser may show by itself; everything else is only kept."""


def attachment(name: str, content: bytes, kind: str, *, digest: str | None = None) -> Response:
    """A file to be kept; with its digest a browser that has it already is not sent it again."""
    return _file(name, content, kind, "attachment", digest)


def shown(name: str, content: bytes, kind: str, *, digest: str | None = None) -> Response:
    """A paper to be read on the page that frames it."""
    if kind not in SHOWN:
        return attachment(name, content, kind, digest=digest)
    response = _file(name, content, kind, "inline", digest)
    response.headers.update(FRAMED)
    if kind != PDF:
        # a browser wraps a picture in a page of its own, with styles of its own
        response.headers["content-security-policy"] += "; style-src 'unsafe-inline'"
    return response


def disposition(how: str, name: str) -> str:
    """As RFC 6266 and RFC 5987 have it: the name in plain letters for old programs, and as it is."""
    clean = UNNAMED.sub(" ", name).strip()[-150:] or "file"
    plain = re.sub(r'[^A-Za-z0-9 ._()-]+|"', "_", clean)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _file(name: str, content: bytes, kind: str, how: str, digest: str | None) -> Response:
    headers = {"content-disposition": disposition(how, name)}
    if digest:
        headers |= {"etag": f'"{digest}"', "cache-control": "private, no-cache"}
    return Response(content, media_type=kind, headers=headers)
