"""One's own account: who one is here, password, second factor, browsers that are signed in, tokens for programs."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.accounts import invitations, sessions, tokens
from console.accounts.tokens import SCOPES
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from engine.flow import Label
from engine.model import Person
from engine.roles import labels
from engine.store import accounts as store
from engine.store import organisations, people
from engine.store.sessions import Session
from engine.store.tokens import ApiToken
from engine.words import Sentence, tr

pages = APIRouter()

SCOPE_LABELS: dict[str, Sentence] = {
    "read": tr("read only"),
    "write": tr("read and write"),
    "admin": tr("everything, accounts included"),
}


class Password(Form):
    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)
    again: str = Field(max_length=1000)


class NewToken(Form):
    name: str = Field(max_length=60)
    scope: str
    days: int = Field(ge=1)


class Ending(Form):
    session: int | None = None


class Revoking(Form):
    token: int


@dataclass(frozen=True, slots=True)
class Held:
    """A role, over which office, and for whom one stands in, if for anybody."""

    role: Label
    office: str
    lent_by: str | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`made` is a token just made; it is shown this once."""

    person: Person
    office: str
    roles: tuple[Held, ...]
    password_set_at: datetime | None
    factor_since: datetime | None
    sessions: tuple[Session, ...]
    own_session: int
    tokens: tuple[ApiToken, ...]
    scopes: tuple[Choice, ...]
    longest: int
    made: str
    attempt: Attempt


@pages.get("/account")
def show_account(desk: AtDesk) -> Response:
    return account_page(desk)


@pages.post("/account/password")
def change_password(typed: AsTyped, desk: AtDesk) -> Response:
    """Other browsers are signed out by this."""
    desk.if_refused(typed, lambda attempt: account_page(desk, attempt))
    form = typed.read(Password)
    typed.same(form.new, form.again)
    invitations.change_password(desk.accounts, desk.visit, form.old, form.new, desk.caller)
    return desk.back("/account")


@pages.post("/account/sessions/end")
def end_session(typed: AsTyped, desk: AtDesk) -> Response:
    """One browser, or all the others."""
    desk.if_refused(typed, lambda attempt: account_page(desk, attempt))
    only = typed.read(Ending).session
    with desk.work() as work:
        but = desk.visit.session.id if only is None else None
        sessions.end_sessions(
            desk.accounts, work, desk.actor, desk.actor.login, session_id=only, but=but, caller=desk.caller
        )
    return desk.back("/account")


@pages.post("/account/tokens")
def make_token(typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, lambda attempt: account_page(desk, attempt))
    desk.must_be_fresh()
    form = typed.read(NewToken)
    with desk.work() as work:
        made, _ = tokens.make_token(
            desk.accounts, work, desk.actor, desk.actor.login, name=form.name, scope=form.scope, days=form.days
        )
    return account_page(desk, made=made)


@pages.post("/account/tokens/revoke")
def revoke_token(typed: AsTyped, desk: AtDesk) -> Response:
    desk.if_refused(typed, lambda attempt: account_page(desk, attempt))
    number = typed.read(Revoking).token
    with desk.work() as work:
        tokens.revoke_token(desk.accounts, work, desk.actor, number)
    return desk.back("/account")


def account_page(desk: Desk, attempt: Attempt = NOTHING, *, made: str = "") -> Response:
    with desk.look() as work:
        person = desk.visit.person
        known = store.get(work, person.id)
        own = sessions.own_sessions(desk.accounts, work, person.id)
        held = tokens.tokens_of(work, desk.actor, person.login)
        offices = {one.path: one for one in organisations.every(work)}
        names = people.names(work, desk.actor.identities)
    roles = (
        Held(label, offices[grant.path].full_name, None if grant.by == person.id else names[grant.by])
        for grant in desk.actor.grants
        for label in labels((grant.role,))
    )
    page = AccountPage(
        person=person,
        office=next((one.full_name for one in offices.values() if one.id == person.organisation_id), ""),
        roles=tuple(roles),
        password_set_at=known.password_set_at,
        factor_since=known.factor_since,
        sessions=own,
        own_session=desk.visit.session.id,
        tokens=tuple(one for one in held if one.revoked_at is None),
        scopes=tuple(Choice(scope, desk.say(SCOPE_LABELS[scope]), scope == "read") for scope in SCOPES),
        longest=desk.accounts.section.token_days,
        made=made,
        attempt=attempt,
    )
    return desk.page("account/account.html", page)
