"""The door: signing in and out. What somebody had typed when the session was over goes along and is offered again."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from console.web.attempt import NOTHING, AsTyped, Attempt
from console.web.desk import AtDoor, Visitor, local
from console.web.entrance import give_cookie, take_cookie, token_of
from console.web.frames import Choice
from engine.errors import NotFound
from engine.store import organisations, people

pages = APIRouter()


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the demonstration, with the people a visitor may be."""

    name: str
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`onward` is where it goes on afterwards, `kept` what was typed there."""

    onward: str
    kept: str
    offices: tuple[Office, ...]
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What was typed before signing in, and where it was to go."""

    action: str
    fields: tuple[tuple[str, str], ...]


@pages.get("/sign-in")
def show_sign_in(visitor: AtDoor, onward: str = "/") -> Response:
    return _sign_in(visitor, onward, kept="")


@pages.post("/sign-in/demo")
def sign_in_as(typed: AsTyped, visitor: AtDoor) -> Response:
    """Be one of the people of the demonstration."""
    if not visitor.serving.demo:
        raise NotFound
    login = typed.one("login")
    with visitor.engine.look() as work:
        people.actor(work, login, visitor.engine.today(work))
    response = _go_on(visitor, typed.one("onward"), typed.one("kept"))
    give_cookie(visitor.request, response, visitor.serving.entrance.begin(login))
    return response


@pages.post("/sign-out")
def sign_out(request: Request, visitor: AtDoor) -> Response:
    visitor.serving.entrance.end(token_of(request))
    response = visitor.back("/sign-in")
    take_cookie(response)
    return response


def ask_to_sign_in(visitor: Visitor) -> Response:
    """For whoever wants a page, the door; for whoever sent a form, the door with what the form said."""
    request = visitor.request
    onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in {"GET", "HEAD"}:
        return visitor.back("/sign-in" + ("" if onward == "/" else f"?{urlencode({'onward': onward})}"))
    typed = getattr(request.state, "typed", None)
    return _sign_in(visitor, onward, kept=json.dumps(typed.pairs if typed else []), status=401)


def _sign_in(visitor: Visitor, onward: str, *, kept: str, status: int = 200, attempt: Attempt = NOTHING) -> Response:
    page = SignInPage(onward, kept, _offices(visitor) if visitor.serving.demo else (), attempt)
    return visitor.page("entry/sign-in.html", page, status=status)


def _go_on(visitor: Visitor, onward: str, kept: str) -> Response:
    """To the page that was wanted, or to what was typed."""
    pairs = tuple((str(name), str(value)) for name, value in json.loads(kept or "[]"))
    if not pairs:
        return visitor.back(onward or "/")
    return visitor.page("entry/kept.html", KeptPage(local(onward), pairs))


def _offices(visitor: Visitor) -> tuple[Office, ...]:
    with visitor.engine.look() as work:
        places = organisations.every(work)
        known = [one for one in people.every(work) if one.active]
    return tuple(
        Office(at.full_name, tuple(Choice(one.login, one.name) for one in known if one.organisation_id == at.id))
        for at in places
    )
