"""The door: signing in and out, the code of a second factor, the password once more, the people of a demonstration."""

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.accounts import sessions, signin
from console.accounts.sessions import SignedIn
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, AtDoor, Desk, Visitor
from console.web.entrance import give_cookie, take_cookie, token_of
from console.web.frames import Choice
from console.web.kept import Kept, go_on
from engine.errors import NotFound
from engine.store import organisations, people

pages = APIRouter()

FACTOR, ENROLMENT = "/sign-in/code", "/account/second-factor"
"""Where a session goes that still asks for something."""


class SignIn(Form):
    login: str = Field(max_length=100)
    password: str = Field(max_length=1000)


class Code(Form):
    code: str = Field(max_length=40)


class Password(Form):
    password: str = Field(max_length=1000)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the demonstration, with the people a visitor may be."""

    name: str
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SignInPage:
    kept: Kept
    attempt: Attempt
    offices: tuple[Office, ...] = ()
    provider: str | None = None
    links: bool = False


@pages.get("/sign-in")
def show_sign_in(visitor: AtDoor, onward: str = "/") -> Response:
    return sign_in_page(visitor, Kept(onward))


@pages.post("/sign-in")
def sign_in(typed: AsTyped, visitor: AtDoor) -> Response:
    kept = Kept.of(typed)
    visitor.if_refused(typed, lambda attempt: sign_in_page(visitor, kept, attempt=attempt))
    pace(visitor)
    form = typed.read(SignIn)
    return come_in(visitor, signin.sign_in(visitor.accounts, form.login, form.password, visitor.caller), kept)


@pages.post("/sign-in/demo")
def sign_in_as(typed: AsTyped, visitor: AtDoor) -> Response:
    """Be one of the people of the demonstration."""
    if not visitor.serving.demo:
        raise NotFound
    accounts = visitor.accounts
    with accounts.engine.work() as work:
        person = people.by_login(work, typed.one("login"))
        token, session = sessions.begin(accounts, work, person, method="demo", stage="open", caller=visitor.caller)
    return come_in(visitor, SignedIn(token, session), Kept.of(typed))


@pages.get(FACTOR)
def show_code(visitor: AtDoor, onward: str = "/") -> Response:
    return _code_page(visitor, Kept(onward), NOTHING)


@pages.post(FACTOR)
def give_code(typed: AsTyped, visitor: AtDoor) -> Response:
    kept = Kept.of(typed)
    visitor.if_refused(typed, lambda attempt: _code_page(visitor, kept, attempt))
    pace(visitor)
    token = token_of(visitor.request)
    return come_in(visitor, signin.give_code(visitor.accounts, token, typed.read(Code).code, visitor.caller), kept)


@pages.get("/confirm")
def show_confirm(desk: AtDesk, onward: str = "/") -> Response:
    return confirm_page(desk, Kept(onward))


@pages.post("/confirm")
def confirm(typed: AsTyped, desk: AtDesk) -> Response:
    """The password once more, then on to what needed it."""
    kept = Kept.of(typed)
    desk.if_refused(typed, lambda attempt: confirm_page(desk, kept, attempt))
    signin.confirm(desk.accounts, desk.visit, typed.read(Password).password, desk.caller)
    return go_on(desk, kept)


@pages.post("/sign-out")
def sign_out(visitor: AtDoor) -> Response:
    sessions.sign_out(visitor.accounts, token_of(visitor.request), visitor.caller)
    response = visitor.back("/sign-in")
    take_cookie(response)
    return response


def sign_in_page(visitor: Visitor, kept: Kept, *, status: int = 200, attempt: Attempt = NOTHING) -> Response:
    """Where nobody is signed in; with what was typed, if anything was."""
    section = visitor.accounts.section
    page = SignInPage(
        kept,
        attempt,
        _offices(visitor) if visitor.serving.demo else (),
        section.oidc.name if section.oidc else None,
        section.links.sign_in,
    )
    return visitor.page("entry/sign-in.html", page, status=status)


def confirm_page(desk: Desk, kept: Kept, attempt: Attempt = NOTHING) -> Response:
    section = desk.accounts.section.oidc
    return desk.page("entry/confirm.html", SignInPage(kept, attempt, provider=section.name if section else None))


def _code_page(visitor: Visitor, kept: Kept, attempt: Attempt) -> Response:
    return visitor.page("entry/code.html", SignInPage(kept, attempt))


def come_in(visitor: Visitor, signed: SignedIn, kept: Kept) -> Response:
    """Give the cookie; on to what was wanted, or to what the session still asks for.

    The session of this browser before ends: nobody could sign out of it any more.
    """
    sessions.sign_out(visitor.accounts, token_of(visitor.request), visitor.caller)
    if signed.session.stage == "open":
        response = go_on(visitor, kept)
    elif signed.session.stage == "factor":
        response = _code_page(visitor, kept, NOTHING)
    else:
        response = visitor.back(ENROLMENT)
    give_cookie(visitor.request, response, signed.token)
    return response


def pace(visitor: Visitor) -> None:
    most = visitor.house.settings.web.sign_ins_a_minute
    visitor.serving.rates.count(f"sign-in {visitor.caller.place}", most)


def _offices(visitor: Visitor) -> tuple[Office, ...]:
    with visitor.engine.look() as work:
        places = organisations.every(work)
        known = [one for one in people.every(work) if one.active]
    return tuple(
        Office(at.full_name, tuple(Choice(one.login, one.name) for one in known if one.organisation_id == at.id))
        for at in places
    )
