"""People, roles, deputies and the calendar: changed by those who may, and told in the journal of the house."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from engine import reproject
from engine.access import SYSTEM, Actor, capacity, sees
from engine.core import Engine
from engine.errors import NotAllowed, NotFound, Refused
from engine.model import Entry, Organisation, Person
from engine.roles import ROLES, labels
from engine.store import calendar, campaigns, journal, links, organisations, people, sessions, tokens
from engine.store.database import Work
from engine.words import tr
from notifications.mime import check_address

ADMINISTRATORS: Final = ("administrator",)
COORDINATORS: Final = ("municipal_coordinator", "administrator")
"""Who may change campaigns and the calendar."""

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_LOCALES: Final = ("zh_CN", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A person to be added; the roles count for `over`, the own organisation where nothing is said."""

    login: str
    name: str
    organisation: str
    roles: Collection[str] = ()
    over: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str = "zh_CN"


def need_role(work: Work, actor: Actor, roles: Collection[str]) -> str:
    """The role in which the actor does something for the whole house, or a refusal."""
    acting = capacity(actor, _top(work).path, roles)
    if acting is None:
        raise NotAllowed(tr("This takes one of the roles {roles}.", roles=labels(roles)))
    return acting.role


def list_people(work: Work, actor: Actor) -> tuple[tuple[Person, Organisation], ...]:
    """Everybody the actor may see, with their organisation."""
    places = {one.id: one for one in organisations.every(work)}
    found = ((person, places[person.organisation_id]) for person in people.every(work))
    return tuple((person, place) for person, place in found if sees(actor, place.path))


def add_person(engine: Engine, work: Work, actor: Actor, newcomer: Newcomer) -> Person:
    """Add a person with roles from today on."""
    need_role(work, actor, ADMINISTRATORS)
    if not _LOGIN.fullmatch(newcomer.login):
        raise Refused(tr("{login} is no login: small letters, digits, dots and dashes.", login=newcomer.login))
    if any(person.login == newcomer.login for person in people.every(work)):
        raise Refused(tr("The login {login} is taken.", login=newcomer.login))
    home = organisations.named(work, newcomer.organisation)
    scope = organisations.named(work, newcomer.over) if newcomer.over else home
    fields = _checked({"name": newcomer.name, "email": newcomer.email, "phone": newcomer.phone})
    added = people.add(
        work,
        login=newcomer.login,
        name=fields["name"],
        organisation_id=home.id,
        email=fields["email"],
        phone=fields["phone"],
        locale=_locale(newcomer.locale),
    )
    for role in newcomer.roles:
        _grant(engine, work, added, role, scope=scope, from_on=engine.today(work))
    roles = list(newcomer.roles)
    told = {"person": added.login, "what": "added", "organisation": home.code, "roles": roles, "over": scope.code}
    _tell(engine, work, actor, told)
    return added


def change_person(engine: Engine, work: Work, actor: Actor, login: str, **fields: str | None) -> Person:
    """Change name, address, telephone or language, also one's own; None leaves a thing as it is."""
    person = people.by_login(work, login)
    if actor.person_id != person.id:
        need_role(work, actor, ADMINISTRATORS)
    wanted = {name: value for name, value in fields.items() if value is not None}
    if not wanted:
        raise Refused(tr("Say what is to change."))
    if "locale" in wanted:
        _locale(str(wanted["locale"]))
    people.change(work, person.id, **_checked(wanted))
    if people.get(work, person.id).email != person.email:
        # links lie in the mailbox of the address before, which may be a stranger's
        links.revoke_all(work, person.id, work.now)
    # what changed is told, its values are not: the journal keeps them for ever, a person's address should not be there
    _tell(engine, work, actor, {"person": login, "what": "changed", "fields": sorted(wanted)})
    return people.get(work, person.id)


def give_role(
    engine: Engine, work: Work, actor: Actor, login: str, role: str, *, over: str | None, from_on: date | None
) -> None:
    """Give a role from a day on."""
    need_role(work, actor, ADMINISTRATORS)
    person = people.by_login(work, login)
    scope = organisations.named(work, over) if over else organisations.get(work, person.organisation_id)
    day = from_on or engine.today(work)
    _grant(engine, work, person, role, scope=scope, from_on=day)
    told = {"person": login, "what": "role", "role": role, "over": scope.code, "from": day.isoformat()}
    _tell(engine, work, actor, told)


def end_role(engine: Engine, work: Work, actor: Actor, login: str, role: str, *, to_on: date | None) -> date:
    """End a role with a day, inclusive; answers the day."""
    need_role(work, actor, ADMINISTRATORS)
    person = people.by_login(work, login)
    day = to_on or engine.today(work)
    if role in ADMINISTRATORS:
        _keep_an_administrator(engine, work, person)
    if not people.end_role(work, person_id=person.id, role=role, to_on=day):
        raise Refused(tr("{login} does not have the role {role}.", login=login, role=_label(role)))
    _tell(engine, work, actor, {"person": login, "what": "role_ended", "role": role, "to": day.isoformat()})
    return day


def appoint_deputy(
    engine: Engine, work: Work, actor: Actor, login: str, deputy: str, *, days: tuple[date, date], reason: str
) -> None:
    """Let somebody stand in for a person from a day to a day; one may appoint one's own deputy."""
    person, other = people.by_login(work, login), people.by_login(work, deputy)
    if actor.person_id != person.id:
        need_role(work, actor, ADMINISTRATORS)
    if person.id == other.id:
        raise Refused(tr("Nobody stands in for themselves."))
    if not other.active:
        raise NotFound(tr("The account {login!r} is closed.", login=deputy))
    from_on, to_on = days
    if to_on < from_on:
        raise Refused(tr("The last day lies before the first."))
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    people.appoint_deputy(
        work, person_id=person.id, deputy_id=other.id, from_on=from_on, to_on=to_on, reason=reason.strip()
    )
    told = {"person": login, "what": "deputy", "deputy": deputy, "from": from_on.isoformat(), "to": to_on.isoformat()}
    _tell(engine, work, actor, told, reason=reason)


def list_deputies(engine: Engine, work: Work, actor: Actor, *, past: bool = False) -> tuple[dict[str, Any], ...]:
    """Who stands in for whom, among the people the actor may see; over and done ones only on request."""
    today = engine.today(work)
    visible = {person.login for person, _ in list_people(work, actor)}
    return tuple(
        {
            "number": row.id,
            "login": row.login,
            "deputy": row.deputy,
            "from": row.from_on,
            "to": row.to_on,
            "reason": row.reason,
        }
        for row in people.all_deputies(work)
        if (row.login in visible or row.deputy == actor.login) and (past or row.to_on >= today)
    )


def end_deputy(
    engine: Engine, work: Work, actor: Actor, login: str, deputy: str, *, to_on: date | None, reason: str
) -> date:
    """Let a deputyship end earlier, with yesterday where it is to end at once; answers its last day.

    One may end one's own, as the person stood in for and as the one who stands in.
    """
    if actor.login not in {login, deputy}:
        need_role(work, actor, ADMINISTRATORS)
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    yesterday = engine.today(work) - timedelta(days=1)
    day = to_on or yesterday
    if day < yesterday:
        raise Refused(tr("What was done until today stays done; the last day is {day} at the earliest.", day=yesterday))
    standing = [row for row in people.all_deputies(work) if (row.login, row.deputy) == (login, deputy)]
    found = [row for row in standing if row.to_on > day]
    if not found:
        raise Refused(tr("{deputy} does not stand in for {login} beyond that day.", deputy=deputy, login=login))
    for row in found:
        people.end_deputy(work, row.id, to_on=day)
        told = {"person": login, "what": "deputy_ended", "deputy": deputy, "from": row.from_on.isoformat()}
        told |= {"until": row.to_on.isoformat(), "to": day.isoformat()}
        _tell(engine, work, actor, told, reason=reason)
    return day


def deactivate(engine: Engine, work: Work, actor: Actor, login: str, *, reason: str) -> None:
    """Close an account; what the person did stays on record under their name."""
    need_role(work, actor, ADMINISTRATORS)
    person = people.by_login(work, login)
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    _keep_an_administrator(engine, work, person)
    people.change(work, person.id, active=False)
    sessions.end(work, work.now, "account_closed", person_id=person.id)
    links.revoke_all(work, person.id, work.now)
    tokens.revoke_all(work, person.id, work.now)
    _tell(engine, work, actor, {"person": login, "what": "deactivated"}, reason=reason)


def set_days(
    engine: Engine, work: Work, actor: Actor, days: Sequence[date], *, works: bool, source: str
) -> tuple[date, ...]:
    """Say of days whether they are worked, with the notice it is taken from; answers those for which that is new."""
    role = need_role(work, actor, COORDINATORS)
    if not source.strip():
        raise Refused(tr("Say from which notice this is taken."))
    known = {row.day: row.works for row in calendar.days(work)}
    fresh = tuple(day for day in sorted(set(days)) if known.get(day) is not works)
    for day in fresh:
        calendar.put(work, day, works=works, source=source.strip(), person_id=actor.person_id)
    if fresh:
        told = {"days": [day.isoformat() for day in fresh], "works": works, "source": source.strip()}
        _tell(engine, work, actor, {"calendar": told}, role=role)
        recalculate(work, f"calendar: {source.strip()}")
    return fresh


def complete_year(engine: Engine, work: Work, actor: Actor, year: int, *, source: str) -> None:
    """Say that the days entered for a year are all that its notice has; the year is no longer provisional."""
    role = need_role(work, actor, COORDINATORS)
    if not source.strip():
        raise Refused(tr("Say from which notice this is taken."))
    calendar.complete(work, year)
    _tell(engine, work, actor, {"calendar": {"complete": year, "source": source.strip()}}, role=role)
    recalculate(work, f"calendar: {source.strip()}")


def recalculate(work: Work, cause: str) -> None:
    """Note for every campaign that its open deadlines are to be worked out anew."""
    for campaign in campaigns.every(work):
        reproject.ask(work, campaign.key, cause)


def _grant(engine: Engine, work: Work, person: Person, role: str, *, scope: Organisation, from_on: date) -> None:
    if role not in ROLES or role == "system":
        known = tuple(name for name in ROLES if name != "system")
        raise Refused(tr("There is no role {role}; there are {known}.", role=role, known=known))
    if (role, scope.id) in people.roles_of(work, person.id, max(from_on, engine.today(work))):
        raise Refused(tr("{login} has the role {role} there already.", login=person.login, role=_label(role)))
    people.grant(work, person_id=person.id, role=role, organisation_id=scope.id, from_on=from_on)


def _keep_an_administrator(engine: Engine, work: Work, leaving: Person) -> None:
    """Refuse to lose the last person who could let others in."""
    holders = people.holders(work, "administrator", _top(work), engine.today(work))
    if leaving in holders and len(holders) == 1:
        raise Refused(tr("{login} is the only administrator; appoint another one first.", login=leaving.login))


def _checked(fields: Mapping[str, str | None]) -> dict[str, Any]:
    tidy = {name: (value or "").strip() or None for name, value in fields.items()}
    if "name" in tidy and tidy["name"] is None:
        raise Refused(tr("A person needs a name."))
    email = tidy.get("email")
    if email is not None:
        tidy["email"] = check_address(email)
    return tidy


def _locale(locale: str) -> str:
    if locale not in _LOCALES:
        raise Refused(tr("There is no language {locale}; there are {known}.", locale=locale, known=_LOCALES))
    return locale


def _label(role: str) -> Mapping[str, str]:
    return labels([role])[0]


def _top(work: Work) -> Organisation:
    return next(one for one in organisations.every(work) if one.parent_id is None)


def _tell(
    engine: Engine, work: Work, actor: Actor, told: Mapping[str, Any], *, reason: str | None = None, role: str = ""
) -> None:
    own_role = role or next((grant.role for grant in actor.grants), SYSTEM.grants[0].role)
    entry = Entry("house", actor.person_id, own_role, engine.today(work), reason=reason, data=dict(told))
    journal.append_house(work, entry)
