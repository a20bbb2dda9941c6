"""A list of people brought in by an administrator: who is new, whose address or role changed, who is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.administration import ADMINISTRATORS, Newcomer, add_person, change_person, give_role, need_role
from engine.access import Actor
from engine.core import Engine
from engine.errors import EngineError
from engine.model import Entry, Organisation, Person
from engine.store import journal, organisations, people
from engine.store.database import Work
from engine.words import say
from notifications.mime import check_address
from workflows.benchmarking.bringing.judging import left_out, marked
from workflows.benchmarking.bringing.matching import Denial
from workflows.benchmarking.enrolment.terms import ListSource, Status, Taken
from workflows.benchmarking.records import imports
from workflows.benchmarking.roster.kinds.people import PEOPLE
from workflows.benchmarking.roster.report import Report, RosterRow
from workflows.benchmarking.roster.sentences import Wording

FIELDS: Final = ("name", "phone", "email")
_OF_DISTRICTS: Final = ("district_coordinator", "district_section_head", "district_deputy_head")
"""Roles that count for one's own organisation; every other one counts for the whole house."""

_SAID: Final = Wording("{detail}", "请核对。")
_NO_ORGANISATION: Final = Wording("没有“{detail}”这个单位。", "请写单位的名称、全称或代码。")
_MOVED: Final = Wording("该登录名属于{detail}的人员。", "人员调动的，请停用原账号，另设新账号。")
_CLOSED: Final = Wording("账号“{detail}”已停用。", "请另设登录名。")
_NO_ROLE: Final = Wording("没有填写“{detail}”的角色。", "新来的人须填写角色。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDeed:
    """A person to be added, or what changes about one; `role` is given besides."""

    row: RosterRow
    login: str
    home: Organisation
    known: Person | None
    now: Mapping[str, str]
    role: str | None

    def as_json(self) -> dict[str, Any]:
        """What is told and kept of it: never a telephone number or an address."""
        told: dict[str, Any] = {"row": self.row.row, "login": self.login, "organisation": self.home.name}
        return told | {"fields": sorted(self.now), "role": self.role}


@dataclass(frozen=True, slots=True)
class PeopleDifference:
    """What a list of people would change."""

    new: tuple[PersonDeed, ...] = ()
    changed: tuple[PersonDeed, ...] = ()
    same: int = 0
    left: tuple[Mapping[str, object], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "new": [one.as_json() for one in self.new],
            "changed": [one.as_json() for one in self.changed],
            "unchanged": self.same,
            "left": [dict(one) for one in self.left],
        }


@dataclass(frozen=True, slots=True)
class PeopleBrought:
    """What a list of people did."""

    import_id: int
    status: Status
    report: Report
    difference: PeopleDifference
    earlier: Taken | None = None

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"import": self.import_id, "status": self.status}
        if self.earlier is not None:
            return {**answer, "earlier": self.earlier.as_json()}
        if self.status == "refused":
            return {**answer, "left": [dict(one) for one in self.difference.left]}
        return {**answer, **self.difference.as_json()}


def bring_people(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> PeopleBrought:
    """Add and change people as the list says: whole, or its good rows, or not at all; once for each file."""
    need_role(work, actor, ADMINISTRATORS)
    house = organisations.by_code(work, source.district)
    earlier = imports.taken(work, source.campaign, house.id, source.sha256, form=PEOPLE.key)
    if earlier is not None and not earlier.did.get("left"):
        return PeopleBrought(earlier.id, "repeated", report, PeopleDifference(), Taken.of(work, earlier))
    told, found = compare_people(engine, work, actor, report)
    if not told.takes(good_rows=source.good_rows):
        faults = [*told.file_errors, *(fault for row in told.rows for fault in row.errors)]
        errors = [{"code": fault.code, "sentence": fault.at.spoken()} for fault in faults]
        import_id = _keep(engine, work, actor, source, house=house, status="refused", did={"errors": errors})
        return PeopleBrought(import_id, "refused", told, found)
    for deed in (*found.new, *found.changed):
        _apply(engine, work, actor, deed)
    import_id = _keep(engine, work, actor, source, house=house, status="taken", did=found.as_json())
    return PeopleBrought(import_id, "taken", told, found)


def compare_people(engine: Engine, work: Work, actor: Actor, report: Report) -> tuple[Report, PeopleDifference]:
    """The report with what the house says against its rows, and what the others change; nothing is written."""
    need_role(work, actor, ADMINISTRATORS)
    judged = list(_judge(engine, work, report))
    told = marked(report, [one for one in judged if isinstance(one, Denial)])
    deeds = [one for one in judged if isinstance(one, PersonDeed)]
    changing = [one for one in deeds if one.known is None or one.now or one.role]
    return told, PeopleDifference(
        new=tuple(one for one in changing if one.known is None),
        changed=tuple(one for one in changing if one.known is not None),
        same=len(deeds) - len(changing),
        left=tuple(left_out(row) for row in told.rows if row.errors),
    )


def _judge(engine: Engine, work: Work, report: Report) -> Iterator[PersonDeed | Denial]:
    known = {person.login: person for person in people.every(work)}
    for number, row in enumerate(report.rows):
        if row.errors:
            continue
        said = str(row.values["organisation"])
        home = _organisation(work, said)
        if home is None:
            yield Denial(number, "organisation", "ORGANISATION_UNKNOWN", _NO_ORGANISATION, said)
            continue
        yield _one(engine, work, number, row, known=known.get(str(row.values["login"])), home=home)


def _one(
    engine: Engine, work: Work, number: int, row: RosterRow, *, known: Person | None, home: Organisation
) -> PersonDeed | Denial:
    login, role = str(row.values["login"]), row.values.get("role")
    wrong = _refusal(number, row, known, home)
    if wrong is not None:
        return wrong
    said = {name: str(row.values[name]) for name in FIELDS if row.values.get(name)}
    if "email" in said:
        said["email"] = check_address(said["email"])
    now = {name: value for name, value in said.items() if known is None or getattr(known, name) != value}
    held = people.roles_of(work, known.id, engine.today(work)) if known else ()
    given = str(role) if role and role not in {one for one, _ in held} else None
    return PersonDeed(row=row, login=login, home=home, known=known, now=now, role=given)


def _refusal(number: int, row: RosterRow, known: Person | None, home: Organisation) -> Denial | None:
    login, email = str(row.values["login"]), row.values.get("email")
    if known is None and not row.values.get("role"):
        return Denial(number, "role", "ROLE_NEEDED", _NO_ROLE, login)
    if known is not None and not known.active:
        return Denial(number, "login", "ACCOUNT_CLOSED", _CLOSED, login)
    if known is not None and known.organisation_id != home.id:
        return Denial(number, "organisation", "PERSON_OF_ANOTHER_ORGANISATION", _MOVED, "另一单位")
    return _address_fault(number, str(email)) if email else None


def _address_fault(number: int, email: str) -> Denial | None:
    try:
        check_address(email)
    except EngineError as refused:
        return Denial(number, "email", refused.code, _SAID, say(refused.sentence))
    return None


def _apply(engine: Engine, work: Work, actor: Actor, deed: PersonDeed) -> None:
    over = deed.home.code if deed.role in _OF_DISTRICTS else _top(work).code
    if deed.known is None:
        newcomer = Newcomer(
            login=deed.login,
            name=deed.now["name"],
            organisation=deed.home.code,
            roles=[deed.role] if deed.role else (),
            over=over,
            email=deed.now.get("email"),
            phone=deed.now.get("phone"),
        )
        add_person(engine, work, actor, newcomer)
        return
    if deed.now:
        change_person(engine, work, actor, deed.login, **deed.now)
    if deed.role:
        give_role(engine, work, actor, deed.login, deed.role, over=over, from_on=None)


def _keep(
    engine: Engine,
    work: Work,
    actor: Actor,
    source: ListSource,
    *,
    house: Organisation,
    status: Status,
    did: Mapping[str, Any],
) -> int:
    """Keep the import, and tell it in the journal of the house."""
    row = {
        "campaign": source.campaign,
        "district_id": house.id,
        "form": PEOPLE.key,
        "file_sha": source.sha256,
        "file_name": source.filename,
        "supplementary": False,
        "status": status,
        "received_on": source.received_on,
        "person_id": actor.person_id,
        "did": dict(did),
    }
    key = imports.add(work, row)
    role = need_role(work, actor, ADMINISTRATORS)
    counts = {name: len(value) if isinstance(value, list) else value for name, value in did.items()}
    told = {"import": key, "form": PEOPLE.key, "status": status, "file": source.sha256, "did": counts}
    journal.append_house(work, Entry("house", actor.person_id, role, engine.today(work), data=told))
    return key


def _organisation(work: Work, said: str) -> Organisation | None:
    for one in organisations.every(work):
        if said in {one.code, one.name, one.full_name, *one.aliases}:
            return one
    return None


def _top(work: Work) -> Organisation:
    return next(one for one in organisations.every(work) if one.parent_id is None)
