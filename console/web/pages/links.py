"""Links in mails: setting a password by invitation or anew, and opening a single page. Looking uses no link up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.accounts import invitations, links
from console.accounts.invitations import PasswordPurpose
from console.web.attempt import NOTHING, AsTyped, Attempt, Form, Typed
from console.web.desk import AtDoor, Visitor
from console.web.kept import Kept
from console.web.pages.entry import come_in, pace
from engine.errors import NotFound
from engine.words import Sentence, tr

pages = APIRouter()


class NewPassword(Form):
    new: str = Field(max_length=1000)
    again: str = Field(max_length=1000)


class Asking(Form):
    who: str = Field(max_length=200)
    onward: str = "/"


@dataclass(frozen=True, slots=True)
class Told:
    """A page that only says something."""

    title: Sentence
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class SetPage:
    """Where a password is set by link."""

    address: str
    title: Sentence
    name: str
    login: str
    until: datetime
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class AskPage:
    """Where a link is asked for, and the button that uses one up."""

    title: Sentence
    hint: Sentence
    address: str
    button: Sentence
    asks: bool
    onward: str
    attempt: Attempt


START: Final = "/cases"
"""The page that a link opens where no other was wanted; everybody has it."""

SETTING: Final[dict[PasswordPurpose, Sentence]] = {
    "invitation": tr("Welcome: choose your password"),
    "password_reset": tr("Choose a new password"),
}


@pages.get("/invitation/{token}")
def show_invitation(token: str, visitor: AtDoor) -> Response:
    return _set_page(visitor, token, "invitation")


@pages.post("/invitation/{token}")
def accept_invitation(token: str, typed: AsTyped, visitor: AtDoor) -> Response:
    return _set(visitor, token, "invitation", typed)


@pages.get("/reset/{token}")
def show_reset(token: str, visitor: AtDoor) -> Response:
    return _set_page(visitor, token, "password_reset")


@pages.post("/reset/{token}")
def reset(token: str, typed: AsTyped, visitor: AtDoor) -> Response:
    return _set(visitor, token, "password_reset", typed)


@pages.get("/reset")
def show_ask_reset(visitor: AtDoor) -> Response:
    return _ask_reset_page(visitor, NOTHING)


@pages.post("/reset")
def ask_reset(typed: AsTyped, visitor: AtDoor) -> Response:
    """The same answer whether or not there is such an account."""
    visitor.if_refused(typed, lambda attempt: _ask_reset_page(visitor, attempt))
    pace(visitor)
    invitations.ask_reset(visitor.accounts, typed.read(Asking).who, visitor.caller)
    return visitor.page("entry/told.html", _posted())


@pages.get("/link")
def show_ask_link(visitor: AtDoor, onward: str = "/") -> Response:
    return _ask_link_page(visitor, onward, NOTHING)


@pages.post("/link")
def ask_link(typed: AsTyped, visitor: AtDoor) -> Response:
    visitor.if_refused(typed, lambda attempt: _ask_link_page(visitor, typed.one("onward"), attempt))
    pace(visitor)
    form = typed.read(Asking)
    target = START if form.onward == "/" else form.onward
    invitations.ask_sign_in_link(visitor.accounts, form.who, target, visitor.caller)
    return visitor.page("entry/told.html", _posted())


@pages.get("/link/{token}")
def show_link(token: str, visitor: AtDoor) -> Response:
    """A button, since programs that look into mails follow links too."""
    links.look_at(visitor.accounts, token, "sign_in_link")
    title, button = tr("Open the page"), tr("Open")
    hint = tr("This link opens one page, once.")
    return visitor.page("entry/ask.html", AskPage(title, hint, f"/link/{token}", button, False, "/", NOTHING))


@pages.post("/link/{token}")
def use_link(token: str, visitor: AtDoor) -> Response:
    signed = invitations.sign_in_by_link(visitor.accounts, token, visitor.caller)
    return come_in(visitor, signed, Kept(signed.session.only or "/"))


def _set_page(visitor: Visitor, token: str, purpose: PasswordPurpose, attempt: Attempt = NOTHING) -> Response:
    shown = links.look_at(visitor.accounts, token, purpose)
    address = f"/{links.PATHS[purpose]}/{token}"
    person = shown.person
    page = SetPage(address, SETTING[purpose], person.name, person.login, shown.expires_at, attempt)
    return visitor.page("entry/set.html", page)


def _set(visitor: Visitor, token: str, purpose: PasswordPurpose, typed: Typed) -> Response:
    links.look_at(visitor.accounts, token, purpose)
    visitor.if_refused(typed, lambda attempt: _set_page(visitor, token, purpose, attempt))
    pace(visitor)
    form = typed.read(NewPassword)
    typed.same(form.new, form.again)
    invitations.set_password_by_link(visitor.accounts, token, purpose, form.new, visitor.caller)
    told = Told(tr("Your password is set"), tr("You can sign in with it now."))
    return visitor.page("entry/told.html", told)


def _ask_reset_page(visitor: Visitor, attempt: Attempt) -> Response:
    title, button = tr("I do not know my password"), tr("Send me a link")
    hint = tr("If there is such an account with a mail address, a link to set a new password is sent to it.")
    return visitor.page("entry/ask.html", AskPage(title, hint, "/reset", button, True, "/", attempt))


def _ask_link_page(visitor: Visitor, onward: str, attempt: Attempt) -> Response:
    if not visitor.accounts.section.links.sign_in:
        raise NotFound
    title, button = tr("A link instead of a password"), tr("Send me a link")
    hint = tr("If there is such an account with a mail address, a link that opens one page is sent to it.")
    return visitor.page("entry/ask.html", AskPage(title, hint, "/link", button, True, onward, attempt))


def _posted() -> Told:
    return Told(
        tr("Please look into your mail"),
        tr("If there is such an account, a mail is on its way. It can take a few minutes."),
    )
