"""Whether the people of config.yaml can be told apart, have roles there are, and can be reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.written import table, tables, text, texts
from engine.config import filled_in
from engine.faults import Finding, Path, expected, unknown
from engine.roles import ROLES
from engine.words import tr
from notifications.errors import AddressRefused
from notifications.mime.addresses import check_address


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as written, with login and address as they are when the district is filled in."""

    path: Path
    body: Mapping[str, Any]
    login: str
    email: str


def people_findings(content: object) -> Iterator[Finding]:
    """A fault of a template is reported once, with the first district it shows in."""
    seen: set[tuple[str, Path]] = set()
    for finding in _findings(content):
        if (finding.code, finding.path) not in seen:
            yield finding
        seen.add((finding.code, finding.path))


def role_findings(roles: object, path: Path) -> Iterator[Finding]:
    """Roles are those of people; the system's own is nobody's."""
    people = [role for role in ROLES if role != "system"]
    for place, role in texts(roles, path):
        if role not in people:
            yield Finding("UNKNOWN_ROLE", place, *unknown(tr("the name of a role"), role, people))


def _findings(content: object) -> Iterator[Finding]:
    districts = _districts(content)
    organisations = {text(one.get("code")) for _, one in tables(table(content, "people").get("organisations"), ())}
    codes = {text(table(content, "bureau").get("code")), *districts, *organisations}
    everybody = tuple(_everybody(content, districts))
    for code in table(content, "people", "own"):
        if code not in districts:
            sentence, hint = unknown(tr("the code of a district"), code, districts)
            yield Finding("UNKNOWN_DISTRICT", ("people", "own", code), sentence, hint, at_key=True)
    for somebody in everybody:
        yield from role_findings(somebody.body.get("roles"), (*somebody.path, "roles"))
        yield from _reach(somebody, codes)
    yield from _logins(everybody)
    yield from _actors(content, everybody)


def _reach(somebody: Somebody, codes: set[str]) -> Iterator[Finding]:
    over = text(somebody.body.get("over"))
    if over and over not in codes:
        sentence, hint = unknown(tr("the code of an organisation"), over, codes)
        yield Finding("UNKNOWN_ORGANISATION", (*somebody.path, "over"), sentence, hint)
    if somebody.email:
        try:
            check_address(somebody.email)
        except AddressRefused:
            what = tr("a mail address such as office@example.org")
            yield Finding("WRONG_ADDRESS", (*somebody.path, "email"), expected(what, somebody.email))


def _logins(everybody: tuple[Somebody, ...]) -> Iterator[Finding]:
    taken: set[str] = set()
    for somebody in everybody:
        if somebody.login in taken:
            sentence = tr("expected each login once, got {login} again", login=f"'{somebody.login}'")
            yield Finding("DUPLICATE_LOGIN", (*somebody.path, "login"), sentence)
        taken.add(somebody.login)


def _actors(content: object, everybody: tuple[Somebody, ...]) -> Iterator[Finding]:
    logins = [somebody.login for somebody in everybody]
    for user, login in table(content, "actors").items():
        if isinstance(login, str) and login not in logins:
            yield Finding("UNKNOWN_LOGIN", ("actors", user), *unknown(tr("the login of a person"), login, logins))


def _everybody(content: object, districts: Mapping[str, str]) -> Iterator[Somebody]:
    people = table(content, "people")
    own = table(people, "own")
    yield from _group(people.get("bureau"), ("people", "bureau"))
    for code, name in districts.items():
        if code in own:
            yield from _group(own[code], ("people", "own", code), code, name)
        else:
            yield from _group(people.get("each_district"), ("people", "each_district"), code, name)
    for path, organisation in tables(people.get("organisations"), ("people", "organisations")):
        yield from _group(organisation.get("people"), (*path, "people"))


def _group(content: object, path: Path, code: str = "", name: str = "") -> Iterator[Somebody]:
    for place, body in tables(content, path):
        login, email = (filled_in(text(body.get(key)), code, name) for key in ("login", "email"))
        if login:
            yield Somebody(place, body, login, email)


def _districts(content: object) -> dict[str, str]:
    """Name by code, over all campaigns."""
    return {
        text(district.get("code")): text(district.get("name"))
        for path, campaign in tables(table(content).get("campaigns"), ())
        for _, district in tables(campaign.get("districts"), path)
    }
