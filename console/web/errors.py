"""The one table from refusals to answers: which status, what is said, and what can be done next."""

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from console.accounts.links import PATHS
from console.accounts.refusals import ConfirmationNeeded, SessionEnded, WaitAsked
from console.web.attempt import FormRefused, typed_of
from console.web.desk import SignInWanted, Visitor, find_desk, find_visit, visitor_of
from console.web.gate import NotFromHere
from console.web.kept import Kept, door
from console.web.rates import TooMany
from console.web.security import MB, SAFE, UPLOADS, TooLarge, TooSlow, protect
from engine.errors import CaseChanged, EngineError, Refused
from engine.faults import FaultsFound
from engine.store import backup
from engine.store.types import UNSTORABLE
from engine.words import Sentence, tr

log = logging.getLogger("lingpao.web")

PROBLEM: Final = "application/problem+json"
API: Final = "/api/"
LINKS: Final = re.compile(rf"^/({'|'.join(PATHS.values())})/.+")
"""Addresses that let somebody in; they do not belong into a log."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a kind of refusal is answered; `next` tells the reader what to do."""

    status: int
    title: Sentence
    next: Sentence


UNSEEN: Final = Outcome(
    404,
    tr("There is nothing here."),
    tr("Check the address, or look for it in the register; what is not yours is not shown."),
)
FORBIDDEN: Final = Outcome(
    403, tr("Your roles do not allow this."), tr("If you need it for your work, ask the administrator for the role.")
)
CHANGED: Final = Outcome(
    409, tr("Somebody was faster."), tr("Look at how it stands now, and decide whether your change is still wanted.")
)
STALE: Final = Outcome(412, CHANGED.title, CHANGED.next)
REFUSED: Final = Outcome(
    422, tr("This cannot be done as it stands."), tr("Change what is named here and send it again.")
)
SIGN_IN: Final = Outcome(401, tr("Please sign in."), tr("What you typed is kept and offered again after signing in."))
DOWN: Final = Outcome(
    503,
    tr("The database cannot be used at the moment."),
    tr("Try again in a minute; if it stays so, call the number below."),
)
BROKEN: Final = Outcome(
    500,
    tr("Something went wrong on our side."),
    tr("Nothing of this request was stored. Please call and quote the number below."),
)
ELSEWHERE: Final = Outcome(
    403, tr("This did not come from our own page."), tr("Open the page here and send the form again.")
)
LARGE: Final = Outcome(413, tr("That is too large."), tr("Send a smaller file, or several."))
SLOW: Final = Outcome(
    408, tr("That did not arrive in time."), tr("Check the connection, go back and send the form again.")
)
SPENT: Final = Outcome(
    410,
    tr("The link does not open any more."),
    tr("Ask for a new link under “Forgotten password”; if you never had a password, ask the administrator."),
)
OFTEN: Final = Outcome(429, tr("Too many requests."), tr("Wait a moment, then go on; nothing is lost."))
METHOD: Final = Outcome(405, tr("This address cannot be used like that."), tr("Go back and use the form of the page."))

OUTCOMES: Final[Mapping[str, Outcome]] = {
    "NOT_FOUND": UNSEEN,
    "NOT_ALLOWED": FORBIDDEN,
    "CASE_CHANGED": CHANGED,
    "LEASE_LOST": CHANGED,
    "PRECONDITION_FAILED": STALE,
    "SIGN_IN_WANTED": SIGN_IN,
    "SESSION_ENDED": SIGN_IN,
    "TOKEN_REFUSED": SIGN_IN,
    "CONFIRMATION_NEEDED": SIGN_IN,
    "WAIT_ASKED": OFTEN,
    "LINK_REFUSED": SPENT,
    "NOT_FROM_HERE": ELSEWHERE,
    "SCHEMA_OUTDATED": DOWN,
    "DATABASE_MISSING": DOWN,
    "DATABASE_FAILED": DOWN,
}
"""By the code of the refusal's class; every other refusal is a plain no."""

STATUSES: Final[Mapping[int, Outcome]] = {
    one.status: one for one in (UNSEEN, FORBIDDEN, LARGE, OFTEN, METHOD, REFUSED, DOWN)
}
AGAIN: Final = frozenset({409, 422, 429})
"""What the page that was refused can be shown again with."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the reader sees of a refusal."""

    status: int
    title: Sentence
    next: Sentence
    sentence: Sentence | None = None
    faults: tuple[Sentence, ...] = ()
    typed: tuple[tuple[Sentence | str, str], ...] = ()


def outcome_of(refusal: EngineError) -> Outcome:
    return OUTCOMES.get(refusal.code, REFUSED)


def answer_with(app: FastAPI) -> None:
    """Let every refusal come through this table."""
    handlers: Mapping[Any, Callable[[Request, Any], Any]] = {
        SignInWanted: _show_door,
        SessionEnded: _show_door,
        ConfirmationNeeded: _show_door,
        NotFromHere: _refuse_unread,
        EngineError: _refuse,
        HTTPException: _refuse_request,
        RequestValidationError: _refuse_address,
        TooLarge: _refuse_size,
        TooSlow: _refuse_delay,
        TooMany: _refuse_pace,
        **dict.fromkeys(backup.FAULTS, _refuse_database),
        **dict.fromkeys(UNSTORABLE, _refuse_range),
        OverflowError: _refuse_range,
        UnicodeError: _refuse_range,
        Exception: _break,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _refuse(request: Request, refusal: EngineError) -> Response:
    outcome = outcome_of(refusal)
    again = getattr(request.state, "again", None)
    if again is not None and outcome.status in AGAIN:
        request.state.again = None
        try:
            response: Response = again(refusal)
        except EngineError as worse:  # what the page is about is not there for this person
            return _refuse(request, worse)
        response.status_code = outcome.status
    else:
        visitor = _somebody(request) if outcome is not DOWN else visitor_of(request)
        response = _answer(visitor, outcome, code=refusal.code, refusal=refusal)
    if isinstance(refusal, WaitAsked):
        wait = refusal.until - visitor_of(request).accounts.now()
        response.headers["retry-after"] = str(max(1, ceil(wait.total_seconds())))
    return response


async def _show_door(request: Request, refusal: EngineError) -> Response:
    """Let in who is to come in first; what was typed goes along, and may not have been read yet."""
    await _read(request)
    return await run_in_threadpool(_door, request, refusal)


async def _refuse_unread(request: Request, refusal: EngineError) -> Response:
    """Refused before anything was read: what was typed is to stand on the page all the same."""
    await _read(request)
    return await run_in_threadpool(_refuse, request, refusal)


async def _refuse_pace(request: Request, refusal: TooMany) -> Response:
    await _read(request)
    return await run_in_threadpool(_wait, request, refusal)


async def _read(request: Request) -> None:
    """The form, unless it was read before or cannot be; files are not waited for."""
    path = request.url.path
    if request.method in SAFE or path.startswith(API) or UPLOADS.search(path) or hasattr(request.state, "typed"):
        return
    with suppress(TooLarge, TooSlow, HTTPException):
        await typed_of(request)


def _door(request: Request, refusal: EngineError) -> Response:
    from console.web.pages import entry

    visitor, visit = visitor_of(request), find_visit(request)
    if request.url.path.startswith(API):
        return _answer(visitor, SIGN_IN, code=refusal.code, refusal=refusal, headers={"www-authenticate": "Bearer"})
    onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    kept = Kept.from_form(onward, getattr(request.state, "typed", None))
    desk = find_desk(request)
    if desk is not None:
        return entry.confirm_page(desk, kept)
    if visit is not None and visit.session.stage != "open":
        return visitor.back(door(entry.FACTOR, onward) if visit.session.stage == "factor" else entry.ENROLMENT)
    if request.method in SAFE:
        return visitor.back(door("/sign-in", onward))
    return entry.sign_in_page(visitor, kept, status=401)


def _refuse_request(request: Request, refusal: HTTPException) -> Response:
    outcome = STATUSES.get(refusal.status_code, REFUSED)
    headers = dict(refusal.headers or {})
    return _answer(_somebody(request), outcome, code=f"HTTP_{refusal.status_code}", headers=headers)


def _refuse_address(request: Request, refusal: RequestValidationError) -> Response:
    """A part of an address that cannot be read leads nowhere; a body that cannot be read says where."""
    places = [str(one["loc"][0]) for one in refusal.errors()]
    outcome = UNSEEN if "path" in places else REFUSED
    faults = [{"place": ".".join(map(str, one["loc"])), "problem": one["msg"]} for one in refusal.errors()]
    return _answer(_somebody(request), outcome, code="UNREADABLE", more={"faults": faults})


def _refuse_range(request: Request, _: Exception) -> Response:
    """A number beyond the database, a day beyond the calendar, signs that no text has."""
    return _answer(_somebody(request), UNSEEN if request.method in SAFE else REFUSED, code="OUT_OF_RANGE")


def _refuse_size(request: Request, fault: TooLarge) -> Response:
    said = tr("At most {n} MB are taken at a time; nothing was stored.", n=fault.limit // MB)
    return _answer(_somebody(request), LARGE, code="TOO_LARGE", refusal=Refused(said))


def _refuse_delay(request: Request, _: TooSlow) -> Response:
    response = _answer(visitor_of(request), SLOW, code="TOO_SLOW")
    response.headers["connection"] = "close"
    return response


def _wait(request: Request, refusal: TooMany) -> Response:
    return _answer(visitor_of(request), OFTEN, code="TOO_MANY", headers={"retry-after": str(refusal.wait)})


def _refuse_database(request: Request, fault: Exception) -> Response:
    trouble = backup.trouble_of(fault)
    if trouble is None:
        raise fault
    log.error("%s: the database cannot be used: %s", request.state.number, trouble)
    return _answer(visitor_of(request), DOWN, code="DATABASE_FAILED")


def _break(request: Request, fault: Exception) -> Response:
    """A fault of the program; it stands in the log under the number."""
    path = LINKS.sub(r"/\1/…", request.url.path)
    log.error("%s %s %s", request.state.number, request.method, path, exc_info=fault)
    response = _answer(visitor_of(request), BROKEN, code="BROKEN")
    # this answer is made outside everything that puts headers on answers
    protect(MutableHeaders(raw=response.raw_headers), secure=request.url.scheme == "https")
    return response


def _somebody(request: Request) -> Visitor:
    return find_desk(request) or visitor_of(request)


def _answer(
    visitor: Visitor,
    outcome: Outcome,
    *,
    code: str,
    refusal: EngineError | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    if visitor.request.url.path.startswith(API):
        response: Response = _problem(visitor, outcome, code, _known(visitor, refusal) | dict(more or {}))
    else:
        page = ErrorPage(
            outcome.status,
            outcome.title,
            outcome.next,
            refusal.sentence if refusal else None,
            _faults(refusal),
            Kept.from_form("", getattr(visitor.request.state, "typed", None)).told,
        )
        response = visitor.page("errors/error.html", page, status=outcome.status)
    response.headers.update(headers or {})
    return response


def _problem(visitor: Visitor, outcome: Outcome, code: str, more: Mapping[str, Any]) -> Response:
    """The refusal for machines, as RFC 9457 has it."""
    told = {
        "type": "about:blank",
        "title": visitor.say(outcome.title),
        "status": outcome.status,
        "detail": visitor.say(outcome.next),
        "instance": visitor.request.url.path,
        "code": code,
        "number": visitor.request.state.number,
    }
    return JSONResponse(told | dict(more), status_code=outcome.status, media_type=PROBLEM)


def _known(visitor: Visitor, refusal: EngineError | None) -> dict[str, Any]:
    """What a refusal knows besides its sentence."""
    if refusal is None:
        return {}
    told: dict[str, Any] = {"detail": visitor.say(refusal.sentence)}
    if isinstance(refusal, CaseChanged):
        told |= {"state": refusal.state, "version": refusal.version, "changed_by": refusal.changed_by}
    if isinstance(refusal, FaultsFound):
        told |= {"faults": refusal.as_json(visitor.locale)}
    if isinstance(refusal, FormRefused):
        told |= {"faults": [{"place": name, "problem": visitor.say(one)} for name, one in refusal.faults.items()]}
    return told


def _faults(refusal: EngineError | None) -> tuple[Sentence, ...]:
    if isinstance(refusal, FaultsFound):
        return tuple(fault.as_sentence() for fault in refusal.faults)
    return tuple(refusal.faults.values()) if isinstance(refusal, FormRefused) else ()
