"""What the house's own chain says of people, roles, deputies, units, the calendar and terms, against their rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from engine.broken import Broken
from engine.core import Engine
from engine.model import Organisation, Recorded
from engine.roles import labels
from engine.store import calendar, campaigns, journal, organisations, people
from engine.store.database import Work
from engine.words import Sentence, tr

CODE: Final = "I13"
FOREVER: Final = None


def house_contradicted(_: Engine, work: Work) -> Iterator[Broken]:
    """I13: people, roles, deputies, units, calendar and terms are what the journal of the house comes to."""
    book = Book()
    for entry in journal.of_house(work):
        book.read(entry)
    for sentence in (
        *_people(work, book),
        *_roles(work, book),
        *_units(work, book),
        *_days(work, book),
        *_terms(work, book),
    ):
        yield Broken(CODE, sentence)


def digest_of(body: Mapping[str, Any]) -> str:
    """The fingerprint of a campaign's terms, as the journal tells it."""
    text = json.dumps(dict(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def unit(one: Organisation, parent: str | None) -> list[str | None]:
    """How the journal tells of a unit: its code, its kind, and what it stands under."""
    return [one.code, one.kind, parent]


@dataclass(slots=True)
class Book:
    """The house as its chain tells it."""

    homes: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    roles: list[list[Any]] = field(default_factory=list)
    """Login, role, unit, first and last day."""
    deputies: list[list[Any]] = field(default_factory=list)
    """Login, who stands in, first and last day."""
    units: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    days: dict[str, tuple[bool, str]] = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)
    terms: dict[str, tuple[int, str]] = field(default_factory=dict)

    def read(self, entry: Recorded) -> None:
        data = entry.data
        for code, kind, parent in data.get("units", ()):
            self.units[code] = (kind, parent)
        for one in data.get("newcomers", ()):
            self._add(one, data["from"])
        if "person" in data:
            self._person(data, entry.effective_on.isoformat())
        if "calendar" in data:
            self._calendar(data["calendar"])
        if "digest" in data and "campaign" in data:
            self.terms[data["campaign"]] = (data["version"], data["digest"])

    def _add(self, told: Mapping[str, Any], from_on: str) -> None:
        self.homes[told["person"]] = told["organisation"]
        self.roles += [[told["person"], role, told["over"], from_on, FOREVER] for role in told["roles"]]

    def _person(self, data: Mapping[str, Any], on: str) -> None:
        login = data["person"]
        match data.get("what"):
            case "added":
                self._add(data, on)
            case "role":
                self.roles.append([login, data["role"], data["over"], data["from"], FOREVER])
            case "role_ended":
                for one in self.roles:
                    if one[:2] == [login, data["role"]] and one[4] is FOREVER:
                        one[4] = data["to"]
            case "deputy" | "deputy_ended":
                self._stand_in(data)
            case "deactivated":
                self.closed.add(login)

    def _stand_in(self, data: Mapping[str, Any]) -> None:
        told = [data["person"], data["deputy"], data["from"]]
        if data["what"] == "deputy":
            self.deputies.append([*told, data["to"]])
        for one in self.deputies if data["what"] == "deputy_ended" else ():
            if one == [*told, data["until"]]:
                one[3] = data["to"]

    def _calendar(self, told: Mapping[str, Any]) -> None:
        for day in told.get("days", ()):
            self.days[day] = (told["works"], told["source"])
        for day in told.get("taken_back", ()):
            self.days.pop(day, None)
        if "complete" in told:
            self.complete.add(told["complete"])


def _people(work: Work, book: Book) -> Iterator[Sentence]:
    places = {one.id: one.code for one in organisations.every(work)}
    kept = {one.login: (places.get(one.organisation_id), one.active) for one in people.every(work)}
    told = {login: (home, login not in book.closed) for login, home in book.homes.items()}
    for login in sorted(kept.keys() | told.keys()):
        if kept.get(login) != told.get(login):
            yield tr("The account {login} is not what the journal says of it.", login=login)
    stand_ins = [
        [row.login, row.deputy, row.from_on.isoformat(), row.to_on.isoformat()] for row in people.all_deputies(work)
    ]
    for login, deputy, *_ in _differing(stand_ins, book.deputies):
        yield tr("That {deputy} stands in for {login} is not what the journal says.", deputy=deputy, login=login)


def _roles(work: Work, book: Book) -> Iterator[Sentence]:
    kept = [
        [row.login, row.role, row.code, row.from_on.isoformat(), row.to_on and row.to_on.isoformat()]
        for row in people.all_roles(work)
    ]
    for login, role, place, *_ in _differing(kept, book.roles):
        yield tr(
            "The role “{role}” of {login} for {place} is not what the journal says.",
            role=labels([role])[0],
            login=login,
            place=place,
        )


def _differing(kept: list[list[Any]], told: list[list[Any]]) -> Iterator[list[Any]]:
    rest = [*told]
    for one in kept:
        if one in rest:
            rest.remove(one)
        else:
            yield one
    yield from rest


def _units(work: Work, book: Book) -> Iterator[Sentence]:
    found = {one.id: one for one in organisations.every(work)}
    for one in found.values():
        parent = found.get(one.parent_id or 0)
        told = book.units.get(one.code)
        placed = f"{parent.path if parent else '/'}{one.id}/"
        if told != (one.kind, parent.code if parent else None) or one.path != placed:
            yield tr("The unit {code} does not stand where the journal says.", code=one.code)
    for code in sorted(book.units.keys() - {one.code for one in found.values()}):
        yield tr("The unit {code} does not stand where the journal says.", code=code)


def _days(work: Work, book: Book) -> Iterator[Sentence]:
    kept = {row.day.isoformat(): (row.works, row.source) for row in calendar.days(work)}
    for day in sorted(kept.keys() | book.days.keys()):
        if kept.get(day) != book.days.get(day):
            yield tr("The calendar of {day} is not what the journal says.", day=date.fromisoformat(day))
    for year in sorted(book.complete ^ set(calendar.complete_years(work))):
        yield tr("Whether the calendar of {year} is complete is not what the journal says.", year=year)


def _terms(work: Work, book: Book) -> Iterator[Sentence]:
    kept = {one.key: (one.version, digest_of(one.body)) for one in campaigns.every(work)}
    for key in sorted(kept.keys() | book.terms.keys()):
        if kept.get(key) != book.terms.get(key):
            yield tr("The terms of the campaign {key} are not those that the journal tells of.", key=key)
