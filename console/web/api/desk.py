"""Who asks of the interface: a program with a token, or a page of somebody who has signed in."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.responses import JSONResponse, Response

from console.accounts.tokens import Bearer, bearer
from console.casefile import case_file
from console.paging import Page
from console.plain import plain
from console.web.desk import LOCALES, Desk, Visitor, desk_of
from console.web.entrance import caller_of
from console.web.security import SAFE
from console.web.serving import Serving
from engine.access import Actor
from engine.errors import NotAllowed
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.details import masked

CONTACT: Final = "contact"
SCHEME: Final = HTTPBearer(auto_error=False, description="A token of the account page: `Authorization: Bearer lp_…`.")


class TokenDesk(Desk):
    """A program at work for a person, as far as its token goes."""

    def __init__(self, request: Request, serving: Serving, found: Bearer) -> None:
        Visitor.__init__(self, request, serving)
        self._bearer = found

    @property
    def actor(self) -> Actor:
        return self._bearer.actor

    def must_be_fresh(self) -> None:
        """A program has no password to give once more: what takes it is left to people."""
        raise NotAllowed(
            tr("This takes the password once more, which a token cannot give; please do it on its page, signed in.")
        )

    @property
    def _own_locale(self) -> str:
        wanted = self.request.headers.get("accept-language", "")
        return "en" if wanted.startswith("en") else LOCALES[0]


def api_desk_of(request: Request, _: Annotated[Any, Depends(SCHEME)] = None) -> Desk:
    """By token where one is sent, else by the session; a token that only reads changes nothing."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return desk_of(request)
    serving: Serving = request.app.state.serving
    found = bearer(serving.house.accounts, token, caller_of(request))
    if request.method not in SAFE:
        found.require("write")
        serving.rates.count(f"account {found.person.id}", serving.house.settings.web.changes_a_minute)
    return TokenDesk(request, serving, found)


AtApi = Annotated[Desk, Depends(api_desk_of)]
"""What a handler of the interface takes."""


def told(desk: Desk, document: Any, *, status: int = 200) -> JSONResponse:
    """A document as JSON in the caller's language."""
    return JSONResponse(plain(document, desk.locale), status_code=status)


def paged(desk: Desk, page: Page[Any]) -> JSONResponse:
    """A page of a list: its lines, where the next begins, and how many there are."""
    lines = [line.as_json() if hasattr(line, "as_json") else line for line in page.lines]
    return told(desk, {"lines": lines, "after": page.after, "count": asdict(page.count)})


def tagged(desk: Desk, document: Any) -> Response:
    """A document with a tag of what it says; nothing is sent again to who has it already (RFC 9110, 13.1.2)."""
    response: Response = told(desk, document)
    tag = _tag(response)
    if tag in desk.request.headers.get("if-none-match", ""):
        response = Response(status_code=304)
    response.headers["etag"] = tag
    response.headers["cache-control"] = "private, no-cache"
    return response


def file_told(desk: Desk, work: Work, case_id: int) -> dict[str, Any]:
    """The file of a case; contacts in it as pages show them, the whole one is asked for by itself."""
    return {name: discreet(value) for name, value in case_file(desk.engine, work, desk.actor, case_id).items()}


def discreet(value: Any) -> Any:
    """The same with every contact masked, wherever it stands, also where the journal has it."""
    if isinstance(value, list | tuple):
        return [discreet(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: masked(one) if name == CONTACT and isinstance(one, Mapping) else discreet(one)
        for name, one in value.items()
    }


def tag_of(desk: Desk, document: Any) -> str:
    """The tag that a document has now."""
    return _tag(told(desk, document))


def _tag(response: Response) -> str:
    return f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
