"""People and roles: who there is, one of them, a new one; only administrators change anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from console.accounts import audit, invitations, sessions
from console.administration import ADMINISTRATORS, Newcomer, add_person
from console.directory import Known, Listed, directory, known
from console.paging import Page
from console.web.asked import Asked
from console.web.attempt import NOTHING, AsTyped, Attempt, Form
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import WORKING
from console.web.pages.people_door import WORDS
from engine.roles import ROLES
from engine.store import organisations
from engine.store.sessions import Session
from engine.store.signins import SignIn
from engine.words import Sentence, tr

pages = APIRouter()


class Filters(Asked):
    """`q` is part of a name or login, `office` the code of a unit."""

    q: str = Field("", max_length=60)
    office: str = ""
    closed: bool = False


class NewPerson(Form):
    login: str = Field(max_length=60)
    name: str = Field(max_length=60)
    organisation: str = Field(max_length=40)
    role: str = Field("", max_length=40)
    over: str | None = Field(None, max_length=40)
    email: str | None = Field(None, max_length=254)
    phone: str | None = Field(None, max_length=40)
    invite: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list; `may` says whether the reader may change anything."""

    query: Mapping[str, object]
    filters: Filters
    found: Page[Listed]
    offices: tuple[Choice, ...]
    may: bool


TOLD: Final[Mapping[str, Sentence]] = {
    "new": tr("The account is entered; nobody has been written to yet."),
    "invite": tr("The invitation is on its way; links of earlier ones are no longer good."),
    "links": tr("Links in earlier mails are no longer good."),
    "change": tr("What you changed is kept."),
    "role": tr("The role is given, as it stands below."),
    "role-end": tr("The last day of the role is entered, as it stands below."),
    "deputy": tr("The deputy is appointed, as it stands below."),
    "deputy-end": tr("The last day of the deputy is entered, as it stands below."),
    "sessions": tr("The sessions are ended; who used them has to sign in again."),
    "factor": tr("The second factor is removed, and all sessions of this person are ended."),
    "close": tr("The account is closed, and all its sessions are ended."),
}
"""What is said of a deed once it is done, by the name of its form."""


@dataclass(frozen=True, slots=True)
class NewPage:
    offices: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person; `attempt` is what was typed into the form `tried`, `lists` whether the reader sees the list too."""

    known: Known
    sessions: tuple[Session, ...]
    sign_ins: tuple[SignIn, ...]
    words: Mapping[str, Sentence]
    offices: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    others: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    may: bool
    oneself: bool
    lists: bool
    tried: str
    attempt: Attempt
    told: Sentence | None

    def of(self, form: str) -> Attempt:
        """What was typed into that form, and nothing of the others."""
        return self.attempt if form == self.tried else NOTHING


@pages.get("/people")
def show_people(desk: AtDesk, filters: Annotated[Filters, Query()]) -> Response:
    desk.only_for(*WORKING)
    with desk.look() as work:
        found = directory(
            desk.engine,
            work,
            desk.actor,
            text=filters.q,
            office=filters.office or None,
            closed=filters.closed,
            after=filters.after or None,
        )
        offices = offices_of(desk, filters.office)
    return desk.page("people/index.html", PeoplePage(filters.query, filters, found, offices, may_change(desk)))


@pages.get("/people/new")
def show_new(desk: AtDesk) -> Response:
    desk.only_for(*ADMINISTRATORS)
    return new_page(desk)


@pages.post("/people/new")
def enter_person(typed: AsTyped, desk: AtDesk) -> Response:
    """Add somebody, and mail them an invitation where that was ticked: both, or neither."""
    desk.only_for(*ADMINISTRATORS)
    desk.if_refused(typed, lambda attempt: new_page(desk, attempt))
    desk.must_be_fresh()
    form = typed.read(NewPerson)
    newcomer = Newcomer(
        login=form.login,
        name=form.name,
        organisation=form.organisation,
        roles=(form.role,) if form.role else (),
        over=form.over,
        email=form.email,
        phone=form.phone,
    )
    with desk.work() as work:
        added = add_person(desk.engine, work, desk.actor, newcomer)
        if form.invite:
            invitations.invite(desk.accounts, work, desk.actor, added.login)
    return desk.back(f"/people/{added.id}?told={'invite' if form.invite else 'new'}")


@pages.get("/people/{person_id}")
def show_person(person_id: int, desk: AtDesk, told: str = "") -> Response:
    for_reader(desk, person_id)
    return person_page(desk, person_id, told=TOLD.get(told))


def for_reader(desk: Desk, person_id: int) -> None:
    """Everybody has a page of their own here, where they say who stands in for them."""
    if person_id != desk.actor.person_id:
        desk.only_for(*WORKING)


def person_page(
    desk: Desk, person_id: int, tried: str = "", attempt: Attempt = NOTHING, *, told: Sentence | None = None
) -> Response:
    may = may_change(desk)
    with desk.look() as work:
        found = known(desk.engine, work, desk.actor, person_id)
        person = found.person
        oneself = person.id == desk.actor.person_id
        sees = may or oneself
        own = sessions.sessions_of(desk.accounts, work, desk.actor, person.login) if sees else ()
        seen = audit.sign_ins(work, desk.actor, person_id=person.id, limit=10) if sees else ()
        others = directory(desk.engine, work, desk.actor, limit=1000)
        offices = offices_of(desk)
    page = PersonPage(
        known=found,
        sessions=own,
        sign_ins=seen,
        words=WORDS,
        offices=offices,
        roles=roles_of(desk),
        others=tuple(
            Choice(one.person.login, f"{one.person.name} · {one.office.name}") for one in others if one.person != person
        ),
        languages=tuple(
            Choice(key, word, key == person.locale) for key, word in (("zh_CN", "中文"), ("en", "English"))
        ),
        may=may,
        oneself=oneself,
        lists=bool(desk.roles & WORKING),
        tried=tried,
        attempt=attempt,
        told=told,
    )
    return desk.page("people/person.html", page)


def new_page(desk: Desk, attempt: Attempt = NOTHING) -> Response:
    return desk.page("people/new.html", NewPage(offices_of(desk), roles_of(desk), attempt))


def may_change(desk: Desk) -> bool:
    """People and roles are the administrators' business; coordinators read."""
    return bool(desk.roles & frozenset(ADMINISTRATORS))


def offices_of(desk: Desk, chosen: str = "") -> tuple[Choice, ...]:
    """All units, in official order."""
    with desk.look() as work:
        every = organisations.every(work)
    return tuple(Choice(one.code, one.full_name, one.code == chosen) for one in every if desk.sees(one.path))


def roles_of(desk: Desk) -> tuple[Choice, ...]:
    return tuple(Choice(name, desk.word(label)) for name, label in ROLES.items() if name != "system")
