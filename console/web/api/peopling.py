"""People through the interface, by who has given the password lately: added, given roles, stood in for, shut out."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from console import administration
from console.accounts import factors, invitations, links, sessions
from console.administration import ADMINISTRATORS, Newcomer
from console.directory import Listed, StandIn, directory, known
from console.paging import PAGE, Page
from console.web.api.desk import AtApi, paged, tagged
from console.web.api.once import AtOnce, Once
from console.web.api.reading import NUMBER, After, Limit
from console.web.api.shapes import Asked, Document, Lines, Nothing, problems
from console.web.desk import Desk
from console.web.menu import WORKING
from console.web.pages.people import for_reader, may_change
from engine.model import Organisation, Person
from engine.store.database import Work

router = APIRouter(tags=["people"])

CHANGING = problems(400, 409, 412)
PersonNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of a person.")]
Text = Annotated[str, Field(min_length=1, max_length=60)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
Reason = Annotated[str, Field(min_length=2, max_length=500)]


class Entered(Asked):
    """Somebody new; `over` is the office that the role is for, their own where nothing is said."""

    login: Text
    name: Text
    organisation: Code
    role: Code | None = None
    over: Code | None = None
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    invite: bool = False


class Details(Asked):
    """What changes; what is left out stays, an empty text is forgotten."""

    name: Text | None = None
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    locale: str | None = Field(default=None, max_length=10)


class Role(Asked):
    """A role, over their own office where none is named, from today where no day is."""

    role: Code
    over: Code | None = None
    from_on: date | None = None


class Ending(Asked):
    """The last day of a role, today where none is named."""

    role: Code
    to_on: date | None = None


class Deputy(Asked):
    """Who stands in, by login, from a day to a day, and why."""

    deputy: Text
    since: date
    until: date
    reason: Reason


class DeputyEnding(Asked):
    """The last day of standing in, yesterday where none is named, and why."""

    deputy: Text
    to_on: date | None = None
    reason: Reason


class Closing(Asked):
    """Why the account is closed."""

    reason: Reason


class SessionEnding(Asked):
    """One session, or all of them where none is named."""

    session: Annotated[int, Field(ge=1, le=NUMBER)] | None = None


@router.get("/people", response_model=Lines, responses=problems(400))
def every_person(
    desk: AtApi,
    *,
    q: Annotated[str, Query(max_length=60, description="Part of a name or login.")] = "",
    office: Annotated[str | None, Query(max_length=40, description="Code of an office.")] = None,
    closed: bool = False,
    after: After = None,
    limit: Limit = PAGE,
) -> Response:
    """People with their roles of today; open accounts, or closed ones."""
    desk.only_for(*WORKING)
    with desk.look() as work:
        found = directory(desk.engine, work, desk.actor, text=q, office=office, closed=closed, after=after, limit=limit)
    return paged(desk, Page(tuple(_line(one) for one in found), found.after, found.count))


@router.get("/people/{person_id}", response_model=Document, responses=problems())
def one_person(person_id: PersonNumber, desk: AtApi) -> Response:
    """A person with roles of all times, who stands in for them, and how they come in."""
    for_reader(desk, person_id)
    with desk.look() as work:
        return tagged(desk, _told(desk, work, person_id))


@router.post("/people", response_model=Document, responses=CHANGING)
def enter(asked: Entered, once: AtOnce) -> Response:
    """Add somebody, and mail them an invitation where that is asked for: both, or neither."""
    desk = once.desk
    desk.only_for(*ADMINISTRATORS)
    desk.must_be_fresh()
    newcomer = Newcomer(
        login=asked.login,
        name=asked.name,
        organisation=asked.organisation,
        roles=(asked.role,) if asked.role else (),
        over=asked.over,
        email=asked.email,
        phone=asked.phone,
    )

    def do(work: Work) -> dict[str, Any]:
        added = administration.add_person(desk.engine, work, desk.actor, newcomer)
        if asked.invite:
            invitations.invite(desk.accounts, work, desk.actor, added.login)
        return _told(desk, work, added.id)

    return once.do(asked, do)


@router.post("/people/{person_id}/change", response_model=Document, responses=CHANGING)
def change(person_id: PersonNumber, asked: Details, once: AtOnce) -> Response:
    """Change name, address, telephone or language."""
    desk, fields = once.desk, asked.model_dump()
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.change_person(desk.engine, work, desk.actor, login, **fields),
    )


@router.post("/people/{person_id}/role", response_model=Document, responses=CHANGING)
def give_role(person_id: PersonNumber, asked: Role, once: AtOnce) -> Response:
    """Give a role from a day on."""
    desk = once.desk
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.give_role(
            desk.engine, work, desk.actor, login, asked.role, over=asked.over, from_on=asked.from_on
        ),
    )


@router.post("/people/{person_id}/role/end", response_model=Document, responses=CHANGING)
def end_role(person_id: PersonNumber, asked: Ending, once: AtOnce) -> Response:
    """End a role with a day, inclusive."""
    desk = once.desk
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.end_role(
            desk.engine, work, desk.actor, login, asked.role, to_on=asked.to_on
        ),
    )


@router.post("/people/{person_id}/deputy", response_model=Document, responses=CHANGING)
def appoint_deputy(person_id: PersonNumber, asked: Deputy, once: AtOnce) -> Response:
    """Let somebody stand in from a day to a day; one may appoint one's own."""
    desk, days = once.desk, (asked.since, asked.until)
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.appoint_deputy(
            desk.engine, work, desk.actor, login, asked.deputy, days=days, reason=asked.reason
        ),
    )


@router.post("/people/{person_id}/deputy/end", response_model=Document, responses=CHANGING)
def end_deputy(person_id: PersonNumber, asked: DeputyEnding, once: AtOnce) -> Response:
    """Let standing in end earlier."""
    desk = once.desk
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.end_deputy(
            desk.engine, work, desk.actor, login, asked.deputy, to_on=asked.to_on, reason=asked.reason
        ),
    )


@router.post("/people/{person_id}/invite", response_model=Document, responses=CHANGING)
def invite(person_id: PersonNumber, asked: Nothing, once: AtOnce) -> Response:
    """Mail a link to set the first password; an earlier one is no longer good."""
    desk = once.desk
    return _do(once, person_id, asked, lambda work, login: invitations.invite(desk.accounts, work, desk.actor, login))


@router.post("/people/{person_id}/sessions/end", response_model=Document, responses=CHANGING)
def end_sessions(person_id: PersonNumber, asked: SessionEnding, once: AtOnce) -> Response:
    """Sign somebody out: of one browser, or of all."""
    desk = once.desk
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: sessions.end_sessions(
            desk.accounts, work, desk.actor, login, session_id=asked.session, caller=desk.caller
        ),
    )


@router.post("/people/{person_id}/links/revoke", response_model=Document, responses=CHANGING)
def revoke_links(person_id: PersonNumber, asked: Nothing, once: AtOnce) -> Response:
    """Take back all links that are still good."""
    desk = once.desk
    return _do(once, person_id, asked, lambda work, login: links.revoke(desk.accounts, work, desk.actor, login))


@router.post("/people/{person_id}/factor/remove", response_model=Document, responses=CHANGING)
def remove_factor(person_id: PersonNumber, asked: Nothing, once: AtOnce) -> Response:
    """Take the second factor from somebody who has lost it; their sessions end."""
    desk = once.desk
    return _do(once, person_id, asked, lambda work, login: factors.remove_for(desk.accounts, work, desk.actor, login))


@router.post("/people/{person_id}/close", response_model=Document, responses=CHANGING)
def close(person_id: PersonNumber, asked: Closing, once: AtOnce) -> Response:
    """Close an account; what the person did stays on record."""
    desk = once.desk
    return _do(
        once,
        person_id,
        asked,
        lambda work, login: administration.deactivate(desk.engine, work, desk.actor, login, reason=asked.reason),
    )


def _do(once: Once, person_id: int, asked: BaseModel, deed: Callable[[Work, str], object]) -> Response:
    """The use case itself asks for the role it takes."""
    desk = once.desk
    for_reader(desk, person_id)
    desk.must_be_fresh()

    def act(work: Work) -> dict[str, Any]:
        deed(work, known(desk.engine, work, desk.actor, person_id).person.login)
        return _told(desk, work, person_id)

    return once.do(asked, act, read=lambda work: _told(desk, work, person_id))


def _told(desk: Desk, work: Work, person_id: int) -> dict[str, Any]:
    found = known(desk.engine, work, desk.actor, person_id)
    person = found.person
    own = may_change(desk) or person.id == desk.actor.person_id
    return {
        **_head(person, found.office),
        "phone": person.phone if own else None,
        "locale": person.locale,
        "roles": found.roles,
        "deputies": [_deputy(one) for one in found.deputies],
        "stands_in_for": [{"name": name, "since": since, "until": until} for name, since, until in found.lent],
        "has_password": found.has_password if own else None,
        "has_factor": found.has_factor if own else None,
    }


def _line(one: Listed) -> dict[str, Any]:
    return {**_head(one.person, one.office), "roles": one.roles}


def _head(person: Person, office: Organisation) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "login": person.login,
        "name": person.name,
        "email": person.email,
        "active": person.active,
        "office": {"code": office.code, "name": office.name},
    }


def _deputy(one: StandIn) -> dict[str, Any]:
    return {
        "login": one.login,
        "name": one.deputy,
        "since": one.since,
        "until": one.until,
        "reason": one.reason,
        "open": one.open,
    }
