"""Who there is, as people look them up: by name and office, page by page, with the roles of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from console.administration import list_people
from console.paging import PAGE, Count, Page, cursor, place_of
from engine.access import Actor
from engine.core import Engine
from engine.errors import Hidden
from engine.flow import Label
from engine.model import Organisation, Person
from engine.roles import labels
from engine.store import accounts as passwords
from engine.store import organisations, people
from engine.store.database import Work


@dataclass(frozen=True, slots=True)
class Held:
    """A role over an office, from a day on; `role` is its code word. `now` says whether it counts today."""

    role: str
    label: Label
    office: str
    from_on: date
    to_on: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in the list, with the roles of today."""

    person: Person
    office: Organisation
    roles: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody stands in for somebody from a day to a day; `open` ones can still be ended."""

    login: str
    deputy: str
    since: date
    until: date
    reason: str
    open: bool


@dataclass(frozen=True, slots=True)
class Known:
    """One person: roles of all times, who stands in for them, for whom they do, and how they come in."""

    person: Person
    office: Organisation
    roles: tuple[Held, ...]
    deputies: tuple[StandIn, ...]
    lent: tuple[tuple[str, date, date], ...]
    has_password: bool
    has_factor: bool


def directory(
    engine: Engine,
    work: Work,
    actor: Actor,
    *,
    text: str = "",
    office: str | None = None,
    closed: bool = False,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[Listed]:
    """Those whose name or login has the text in it, in official order of their offices; open accounts, or closed."""
    wanted = text.casefold()
    found = [
        (person, place)
        for person, place in list_people(work, actor)
        if person.active is not closed
        and (office is None or place.code == office)
        and (wanted in person.name.casefold() or wanted in person.login)
    ]
    found.sort(key=lambda one: _place(*one))
    from_here = place_of(after, int, int)
    rest = [one for one in found if from_here is None or _place(*one) > from_here]
    shown = rest[:limit]
    held = _roles(engine, work)
    lines = tuple(
        Listed(person, place, tuple(one for one in held.get(person.login, ()) if one.now)) for person, place in shown
    )
    return Page(lines, cursor(*_place(*shown[-1])) if len(rest) > limit else None, Count(len(found)))


def known(engine: Engine, work: Work, actor: Actor, person_id: int) -> Known:
    """One person, if they exist for this actor."""
    found = next(((one, place) for one, place in list_people(work, actor) if one.id == person_id), None)
    if found is None:
        raise Hidden(f"person {person_id}")
    person, office = found
    account = passwords.get(work, person.id)
    today = engine.today(work)
    names = {one.login: one.name for one in people.every(work)}
    stand_ins = people.all_deputies(work)
    return Known(
        person=person,
        office=office,
        roles=_roles(engine, work).get(person.login, ()),
        deputies=tuple(
            StandIn(row.deputy, names[row.deputy], row.from_on, row.to_on, row.reason, row.to_on >= today)
            for row in stand_ins
            if row.login == person.login
        ),
        lent=tuple(
            (names[row.login], row.from_on, row.to_on)
            for row in stand_ins
            if row.deputy == person.login and row.to_on >= today
        ),
        has_password=account.password_hash is not None,
        has_factor=account.factor_since is not None,
    )


def _roles(engine: Engine, work: Work) -> Mapping[str, tuple[Held, ...]]:
    """Roles of all times by login."""
    today = engine.today(work)
    offices = {one.code: one.name for one in organisations.every(work)}
    found: dict[str, tuple[Held, ...]] = {}
    for row in people.all_roles(work):
        now = row.from_on <= today and (row.to_on is None or row.to_on >= today)
        one = Held(row.role, labels((row.role,))[0], offices[row.code], row.from_on, row.to_on, now)
        found[row.login] = (*found.get(row.login, ()), one)
    return found


def _place(person: Person, office: Organisation) -> tuple[int, int]:
    return office.position, person.id
