"""Making a database ready: the first organisations and people, and the terms of campaigns as the configuration says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import reproject
from engine.access import SYSTEM, Actor
from engine.core import Engine
from engine.flow import Flow
from engine.housebook import digest_of, unit
from engine.model import Campaign, Entry, Organisation
from engine.store import campaigns, definitions, journal, organisations, people
from engine.store.database import Work


@dataclass(frozen=True, slots=True)
class OrganisationSeed:
    """An organisation to begin with; `parent` is the code of one named before it, None the bureau."""

    code: str
    name: str
    full_name: str
    kind: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """`organisation` and `scope` are codes; the roles count for the scope and everything below it."""

    login: str
    name: str
    organisation: str
    roles: tuple[str, ...]
    scope: str
    email: str | None = None
    phone: str | None = None
    locale: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that is not what was applied last; paths such as `milestones.list_in`."""

    path: str
    before: Any
    after: Any


def seed(
    engine: Engine,
    work: Work,
    *,
    bureau: OrganisationSeed,
    below: Sequence[OrganisationSeed],
    persons: Sequence[PersonSeed],
    from_on: date,
) -> None:
    """Fill an empty database; after that the database is the truth about organisations and people."""
    top = _organisation(work, bureau, None, 0)
    by_code = {bureau.code: top}
    for position, one in enumerate(below, start=1):
        by_code[one.code] = _organisation(work, one, by_code[one.parent or bureau.code], position)
    for person in persons:
        _person(work, person, by_code, from_on)
    told: dict[str, Any] = {
        "seeded": {"organisations": len(by_code), "people": len(persons)},
        "units": [unit(top, None), *(unit(by_code[one.code], one.parent or bureau.code) for one in below)],
        "newcomers": [
            {"person": one.login, "organisation": one.organisation, "roles": list(one.roles), "over": one.scope}
            for one in persons
        ],
        "from": from_on.isoformat(),
    }
    journal.append_house(work, Entry("house", SYSTEM.person_id, "system", engine.today(work), data=told))


def register_flows(work: Work, flows: Sequence[Flow]) -> None:
    for flow in flows:
        definitions.register(work, flow)


def differences(work: Work, key: str, body: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What applying these terms would change; everything, when the campaign is new."""
    known = {campaign.key: campaign for campaign in campaigns.every(work)}
    before = _flat(known[key].body) if key in known else {}
    after = _flat(body)
    paths = sorted(before.keys() | after.keys())
    return tuple(
        Difference(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    )


def apply_campaign(
    engine: Engine, work: Work, actor: Actor, *, key: str, kind: str, body: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Store the terms, journal what changed and note that open deadlines are to be worked out anew."""
    changed = differences(work, key, body)
    if not changed:
        return ()
    known: dict[str, Campaign] = {campaign.key: campaign for campaign in campaigns.every(work)}
    version = known[key].version + 1 if key in known else 1
    campaigns.keep(work, key=key, kind=kind, body=body, version=version)
    told = {
        "campaign": key,
        "version": version,
        "digest": digest_of(body),
        "changed": [{"path": one.path, "from": one.before, "to": one.after} for one in changed]
        if key in known
        else "new",
    }
    journal.append_house(work, Entry("house", actor.person_id, "", engine.today(work), campaign=key, data=told))
    if key in known:
        reproject.ask(work, key, f"campaign terms, version {version}")
    return changed


def _person(work: Work, person: PersonSeed, by_code: Mapping[str, Organisation], from_on: date) -> None:
    added = people.add(
        work,
        login=person.login,
        name=person.name,
        organisation_id=by_code[person.organisation].id,
        email=person.email,
        phone=person.phone,
        locale=person.locale,
    )
    scope = by_code[person.scope].id
    for role in person.roles:
        people.grant(work, person_id=added.id, role=role, organisation_id=scope, from_on=from_on)


def _organisation(work: Work, one: OrganisationSeed, parent: Organisation | None, position: int) -> Organisation:
    return organisations.add(
        work,
        code=one.code,
        name=one.name,
        full_name=one.full_name,
        kind=one.kind,
        parent=parent,
        position=position,
        aliases=one.aliases,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    """A document as one level of paths; lists of named things go by their code, key or name."""
    if isinstance(value, Mapping):
        named = {f"{path}.{name}" if path else str(name): one for name, one in value.items()}
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        named = {f"{path}[{_name_of(one, number)}]": one for number, one in enumerate(value)}
    else:
        return {path: value}
    return {key: leaf for below, one in named.items() for key, leaf in _flat(one, below).items()}


def _name_of(one: Mapping[str, Any], number: int) -> str:
    return str(one.get("code") or one.get("key") or one.get("name") or number)
