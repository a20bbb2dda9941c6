"""People, their roles with dates, and who stands in for whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, literal, or_, select, union_all, update

from engine.access import Actor, Grant
from engine.errors import NotFound
from engine.model import Organisation, Person
from engine.store import search
from engine.store.database import Work, insert_id
from engine.store.organisations import paths
from engine.store.schema import deputies, organisations, people, roles
from engine.store.search import Entry
from engine.words import tr

_NAMES: Final = "names of people"


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a role over everything below the path `scope`."""

    person: Person
    role: str
    scope: str


def get(work: Work, person_id: int) -> Person:
    row = work.connection.execute(select(people).where(people.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no person with the number {number}.", number=person_id))
    return Person(**row._mapping)  # noqa: SLF001


def by_login(work: Work, login: str) -> Person:
    row = work.connection.execute(select(people).where(people.c.login == login)).one_or_none()
    if row is None:
        raise NotFound(
            tr("There is no person with the login {login!r}; `lingpao people list` shows them.", login=login)
        )
    return Person(**row._mapping)  # noqa: SLF001


def every(work: Work) -> tuple[Person, ...]:
    rows = work.connection.execute(select(people).order_by(people.c.organisation_id, people.c.id))
    return tuple(Person(**row._mapping) for row in rows)  # noqa: SLF001


def names(work: Work, ids: Collection[int]) -> dict[int, str]:
    """Names by person; read once in a transaction."""
    known: dict[int, str] = work.memo.setdefault(_NAMES, {0: "系统"})
    if absent := set(ids) - known.keys():
        rows = work.connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(absent)))
        known |= {row.id: row.name for row in rows}
    return {key: known[key] for key in {0, *ids} if key in known}


def actor(work: Work, login: str, today: date) -> Actor:
    """The person with the roles of the day, own and lent; an inactive person is nobody."""
    person = by_login(work, login)
    if not person.active:
        raise NotFound(tr("The account {login!r} is closed.", login=login))
    return as_actor(work, person, today)


def as_actor(work: Work, person: Person, today: date) -> Actor:
    """A person with the roles of the day, whether or not the account is still open."""
    return Actor(
        person_id=person.id,
        login=person.login,
        name=person.name,
        organisation_id=person.organisation_id,
        grants=tuple(_grants(work, person.id, today)),
        locale=person.locale,
    )


def holders(work: Work, role: str, organisation: Organisation, today: date) -> tuple[Person, ...]:
    """Active people whose role covers the organisation, those nearest to it only, in order of their numbers."""
    return nearest(holding(work, [role], today), role, organisation)


def holding(work: Work, wanted: Collection[str], today: date) -> tuple[Holder, ...]:
    """Active people with the roles of the day, and the paths these count for; to ask `nearest` of many places."""
    rows = work.connection.execute(
        select(people, roles.c.role, organisations.c.path.label("scope"))
        .join(roles, roles.c.person_id == people.c.id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .where(roles.c.role.in_(wanted), people.c.active, _on(roles.c.from_on, roles.c.to_on, today))
        .order_by(people.c.id)
    )
    return tuple(Holder(_person(row), row.role, row.scope) for row in rows)


def nearest(found: Sequence[Holder], role: str, organisation: Organisation) -> tuple[Person, ...]:
    """Of those who hold the role, the people nearest to the organisation."""
    covering = [one for one in found if one.role == role and organisation.path.startswith(one.scope)]
    longest = max((len(one.scope) for one in covering), default=0)
    return tuple(dict.fromkeys(one.person for one in covering if len(one.scope) == longest))


def add(
    work: Work, *, login: str, name: str, organisation_id: int, email: str | None, phone: str | None, locale: str
) -> Person:
    row = {
        "login": login,
        "name": name,
        "organisation_id": organisation_id,
        "email": email,
        "phone": phone,
        "locale": locale,
        "active": True,
    }
    return _entered(work, get(work, insert_id(work, people, row)))


def change(work: Work, person_id: int, **fields: Any) -> None:
    work.connection.execute(update(people).where(people.c.id == person_id).values(**fields))
    work.memo.pop(_NAMES, None)
    _entered(work, get(work, person_id))


def _entered(work: Work, person: Person) -> Person:
    """Let the person be found by name and login, by those who see their office."""
    path = paths(work, [person.organisation_id])[person.organisation_id]
    search.enter(work, [Entry(kind="person", ref_id=person.id, path=path, title=person.name, words=(person.login,))])
    return person


def grant(work: Work, *, person_id: int, role: str, organisation_id: int, from_on: date) -> None:
    row = {"person_id": person_id, "role": role, "organisation_id": organisation_id, "from_on": from_on}
    insert_id(work, roles, row)


def end_role(work: Work, *, person_id: int, role: str, to_on: date) -> int:
    """End a role with a day (inclusive); the row stays. Answers how many rows it ended."""
    where = and_(roles.c.person_id == person_id, roles.c.role == role, roles.c.to_on.is_(None))
    return work.connection.execute(update(roles).where(where).values(to_on=to_on)).rowcount


def roles_of(work: Work, person_id: int, today: date) -> tuple[tuple[str, int], ...]:
    rows = work.connection.execute(
        select(roles.c.role, roles.c.organisation_id)
        .where(roles.c.person_id == person_id, _on(roles.c.from_on, roles.c.to_on, today))
        .order_by(roles.c.id)
    )
    return tuple((row.role, row.organisation_id) for row in rows)


def appoint_deputy(work: Work, *, person_id: int, deputy_id: int, from_on: date, to_on: date, reason: str) -> None:
    row = {"person_id": person_id, "deputy_id": deputy_id, "from_on": from_on, "to_on": to_on, "reason": reason}
    insert_id(work, deputies, row)


def end_deputy(work: Work, deputy_id: int, *, to_on: date) -> None:
    """Let a deputyship end with a day (inclusive); the row stays."""
    work.connection.execute(update(deputies).where(deputies.c.id == deputy_id).values(to_on=to_on))


def all_roles(work: Work) -> tuple[Row[Any], ...]:
    """Login, role, code of the unit, first and last day of every role there ever was."""
    statement = (
        select(people.c.login, roles.c.role, organisations.c.code, roles.c.from_on, roles.c.to_on)
        .join(people, people.c.id == roles.c.person_id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .order_by(roles.c.id)
    )
    return tuple(work.connection.execute(statement))


def all_deputies(work: Work) -> tuple[Row[Any], ...]:
    """Login, who stands in, first and last day, reason and number of every deputyship there ever was."""
    other = people.alias()
    statement = (
        select(
            people.c.login,
            other.c.login.label("deputy"),
            deputies.c.from_on,
            deputies.c.to_on,
            deputies.c.reason,
            deputies.c.id,
        )
        .join(people, people.c.id == deputies.c.person_id)
        .join(other, other.c.id == deputies.c.deputy_id)
        .order_by(deputies.c.id)
    )
    return tuple(work.connection.execute(statement))


def _grants(work: Work, person_id: int, today: date) -> list[Grant]:
    lent = _on(deputies.c.from_on, deputies.c.to_on, today)
    principals = select(deputies.c.person_id).where(deputies.c.deputy_id == person_id, lent)
    whose = union_all(select(literal(person_id)), principals)
    rows = work.connection.execute(
        select(roles.c.role, roles.c.person_id, organisations.c.path)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .where(roles.c.person_id.in_(whose), _on(roles.c.from_on, roles.c.to_on, today))
        .order_by(roles.c.id)
    )
    return [Grant(row.role, row.path, row.person_id) for row in rows]


def _on(from_on: ColumnElement[Any], to_on: ColumnElement[Any], today: date) -> ColumnElement[bool]:
    return and_(from_on <= today, or_(to_on.is_(None), to_on >= today))


def _person(row: Row[Any]) -> Person:
    return Person(**{name: row._mapping[name] for name in Person.__slots__})  # noqa: SLF001
