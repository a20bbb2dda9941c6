"""What is done to an account by an administrator: changed, roles given and ended, stood in for, let in, shut out."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console import administration
from console.accounts import factors, invitations, links, sessions
from console.directory import known
from console.web.attempt import AsTyped, Attempt, Form, Typed
from console.web.desk import AtDesk, Desk
from console.web.pages.people import for_reader, person_page
from engine.store.database import Work

pages = APIRouter()
Deed = Callable[[Work, str], object]


class Details(Form):
    name: str = Field(max_length=60)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=40)
    locale: str = Field(max_length=10)


class Role(Form):
    role: str = Field(max_length=40)
    over: str | None = Field(None, max_length=40)
    from_on: date | None = None


class Ending(Form):
    role: str = Field(max_length=40)
    to_on: date | None = None


class Deputy(Form):
    deputy: str = Field(max_length=60)
    since: date
    until: date
    reason: str = Field(min_length=2, max_length=500)


class DeputyEnding(Form):
    deputy: str = Field(max_length=60)
    to_on: date | None = None
    reason: str = Field(min_length=2, max_length=500)


class Closing(Form):
    reason: str = Field(min_length=2, max_length=500)


class SessionEnding(Form):
    session: int | None = None


@pages.post("/people/{person_id}/change")
def change_person(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """What is left empty is forgotten: an address that is no longer good is not to be written to."""
    _begin(desk, person_id, "change", typed)
    form = typed.read(Details)
    fields = {"name": form.name, "email": form.email, "phone": form.phone, "locale": form.locale}
    return _done(
        desk,
        person_id,
        "change",
        lambda work, login: administration.change_person(desk.engine, work, desk.actor, login, **fields),
    )


@pages.post("/people/{person_id}/role")
def give_role(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "role", typed)
    form = typed.read(Role)
    return _done(
        desk,
        person_id,
        "role",
        lambda work, login: administration.give_role(
            desk.engine, work, desk.actor, login, form.role, over=form.over, from_on=form.from_on
        ),
    )


@pages.post("/people/{person_id}/role/end")
def end_role(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "role-end", typed)
    form = typed.read(Ending)
    return _done(
        desk,
        person_id,
        "role-end",
        lambda work, login: administration.end_role(desk.engine, work, desk.actor, login, form.role, to_on=form.to_on),
    )


@pages.post("/people/{person_id}/deputy")
def appoint_deputy(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "deputy", typed)
    form = typed.read(Deputy)
    days = (form.since, form.until)
    return _done(
        desk,
        person_id,
        "deputy",
        lambda work, login: administration.appoint_deputy(
            desk.engine, work, desk.actor, login, form.deputy, days=days, reason=form.reason
        ),
    )


@pages.post("/people/{person_id}/deputy/end")
def end_deputy(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "deputy-end", typed)
    form = typed.read(DeputyEnding)
    return _done(
        desk,
        person_id,
        "deputy-end",
        lambda work, login: administration.end_deputy(
            desk.engine, work, desk.actor, login, form.deputy, to_on=form.to_on, reason=form.reason
        ),
    )


@pages.post("/people/{person_id}/invite")
def invite(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "invite", typed)
    return _done(
        desk, person_id, "invite", lambda work, login: invitations.invite(desk.accounts, work, desk.actor, login)
    )


@pages.post("/people/{person_id}/sessions/end")
def end_sessions(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """One browser, or all of them."""
    _begin(desk, person_id, "sessions", typed)
    only = typed.read(SessionEnding).session
    return _done(
        desk,
        person_id,
        "sessions",
        lambda work, login: sessions.end_sessions(
            desk.accounts, work, desk.actor, login, session_id=only, caller=desk.caller
        ),
    )


@pages.post("/people/{person_id}/links/revoke")
def revoke_links(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "links", typed)
    return _done(desk, person_id, "links", lambda work, login: links.revoke(desk.accounts, work, desk.actor, login))


@pages.post("/people/{person_id}/factor/remove")
def remove_factor(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "factor", typed)
    return _done(
        desk, person_id, "factor", lambda work, login: factors.remove_for(desk.accounts, work, desk.actor, login)
    )


@pages.post("/people/{person_id}/close")
def close_account(person_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    _begin(desk, person_id, "close", typed)
    form = typed.read(Closing)
    return _done(
        desk,
        person_id,
        "close",
        lambda work, login: administration.deactivate(desk.engine, work, desk.actor, login, reason=form.reason),
    )


def _begin(desk: Desk, person_id: int, form: str, typed: Typed) -> None:
    """Nothing about people is changed without the password having been given lately."""
    for_reader(desk, person_id)

    def again(attempt: Attempt) -> Response:
        return person_page(desk, person_id, form, attempt)

    desk.if_refused(typed, again)
    desk.must_be_fresh()


def _done(desk: Desk, person_id: int, told: str, deed: Deed) -> Response:
    """The use case itself asks for the role it takes; the page says afterwards that it was done."""
    with desk.work() as work:
        deed(work, known(desk.engine, work, desk.actor, person_id).person.login)
    return desk.back(f"/people/{person_id}?told={told}")
