"""Lists between being sent and being taken: kept by their hash for who sent them, read, compared, marked, dropped."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath
from typing import Any, ClassVar, Final

from console.administration import ADMINISTRATORS
from console.imports import Shown, imports_of, kept_file
from console.lists import Arrival, Reading, expectation, limits_of, preview, read_list
from console.listwords import Part, parts_of, said
from console.settings import Settings
from engine.access import Actor
from engine.core import Engine
from engine.errors import EngineError, NotAllowed, Refused
from engine.store import blobs, campaigns, cases, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.bringing.kinds import RECORDERS
from workflows.benchmarking.enrolment.task import NOMINATION_LIST
from workflows.benchmarking.facts import ListFacts
from workflows.benchmarking.obligations import LIST
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.records import received
from workflows.benchmarking.records.facts import list_facts
from workflows.benchmarking.records.nominations import FLOW
from workflows.benchmarking.roster.annotating.annotate import Annotated, annotate
from workflows.benchmarking.roster.faults import Fault
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds import FORMS
from workflows.benchmarking.roster.kinds.people import PEOPLE
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.refusals import UNREADABLE
from workflows.benchmarking.roster.report import Report

KEPT_FOR: Final = timedelta(days=2)
LONGEST_NAME: Final = 150


class ListForgotten(Refused):
    """This list is no longer kept between the check and the taking; please send it once more."""

    code: ClassVar[str] = "LIST_FORGOTTEN"


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as a table shows it: how grave, where, what stands there, what is the matter, what is expected."""

    fault: Fault
    sheet: str
    row: int | None
    column: str
    value: str

    @property
    def is_error(self) -> bool:
        return self.fault.severity == "error"


@dataclass(frozen=True, slots=True)
class Checked:
    """What taking a list would do; with a `refusal` it cannot be taken at all. `report` knows what the records said."""

    reading: Reading
    report: Report
    parts: tuple[Part, ...] = ()
    unchanged: int = 0
    refusal: EngineError | None = None
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        return all(fault.code not in UNREADABLE for fault in self.report.file_errors)

    @property
    def lines(self) -> tuple[FaultLine, ...]:
        return fault_lines(self.report)


def forms_for(actor: Actor) -> tuple[Form, ...]:
    """The kinds of list that somebody in the actor's roles brings in."""
    roles = {grant.role for grant in actor.grants}
    return tuple(form for form in FORMS.values() if roles & set(_bringers(form)))


def _bringers(form: Form) -> Collection[str]:
    if form is PEOPLE:
        return ADMINISTRATORS
    return DISTRICT if form.nominating else RECORDERS[form.key].roles


def keep_list(work: Work, actor: Actor, name: str, content: bytes) -> str:
    """Keep a list for who sent it; answers the hash under which it is taken up."""
    received.forget_older(work, work.now - KEPT_FOR)
    return received.keep(work, actor.person_id, clean_name(name), content)


def clean_name(name: str) -> str:
    """The name of a file without where it lay on the sender's machine."""
    return PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:]


def kept_list(work: Work, actor: Actor, digest: str) -> tuple[str, bytes]:
    """Name and bytes of a list this person sent before; refused when it was taken, dropped or forgotten meanwhile."""
    found = received.get(work, actor.person_id, digest)
    if found is None:
        raise ListForgotten
    return found


def became_of(work: Work, actor: Actor, campaign: str, digest: str) -> int | None:
    """The import that took this person's list, where it is kept no more because of that."""
    if received.get(work, actor.person_id, digest) is not None:
        return None
    latest = imports_of(work, actor, campaign).lines
    return next((one.brought.id for one in latest if one.brought.file_sha == digest), None)


def drop_lists(work: Work, actor: Actor, digests: Sequence[str]) -> None:
    received.forget(work, actor.person_id, digests)


def check_list(engine: Engine, work: Work, arrival: Arrival) -> Checked:
    """Read a list and compare it with what is on record; nothing is written."""
    reading = read_list(engine, arrival)
    if not reading.recognised:
        return Checked(reading, reading.report)
    try:
        report, told = preview(engine, work, reading)
    except (Refused, NotAllowed) as refusal:
        return Checked(reading, reading.report, refusal=refusal)
    return Checked(reading, report, parts_of(report.form, told), told.get("unchanged", 0), told=told)


def marked_list(reading: Reading, report: Report) -> Annotated | None:
    """The list as it goes back, with everything that file and records say against it."""
    return annotate(report, reading.content, on=reading.today, limits=reading.arrival.limits)


def marked_again(engine: Engine, work: Work, settings: Settings, shown: Shown) -> Annotated | None:
    """The marked sheet of an import: as it was kept, else made of the kept file once more."""
    one = shown.brought
    if kept := one.did.get("annotated"):
        return Annotated(blobs.read(work, kept["sha256"])[1], kept["name"], ())
    form = FORMS.get(one.form)
    if form is None:
        return None
    content, limits = kept_file(work, shown), limits_of(settings.limits)
    district = None if form is PEOPLE else shown.place.code
    body = campaigns.get(work, one.campaign).body
    expected = expectation(body, city=settings.bureau.city, district=district, today=one.received_on)
    report = read_roster(content, filename=one.file_name, expectation=expected, form=form, among=(form,), limits=limits)
    return annotate(report, content, on=engine.today(work), limits=limits)


def task_of(engine: Engine, work: Work, campaign: str, district_id: int) -> tuple[int, ListFacts] | None:
    """The case of a district's list, and how full it is; None before it was opened."""
    found = cases.by_subject(work, campaign, NOMINATION_LIST, LIST, district_id=district_id)
    if not found:
        return None
    facts = list_facts(work, found[:1], engine.terms(work, campaign).quotas, counting=FLOW)
    return found[0].id, facts[found[0].id]


def own_district(work: Work, actor: Actor) -> str | None:
    """The code of the district somebody works for; None for those above and beside the districts."""
    own = organisations.get(work, actor.organisation_id)
    return own.code if own.kind in organisations.DISTRICT_KINDS else None


def fault_lines(report: Report) -> tuple[FaultLine, ...]:
    """Every fault with what stands at its place, the grave ones first."""
    sheets = {table.sheet.place: table.sheet for table in report.tables}
    lines = []
    for fault in report.faults():
        at = fault.at
        sheet = sheets.get(at.place) if at.place else None
        cell = sheet.at(at.row - 1, at.column) if sheet and at.row and at.column is not None else None
        where = at.place.spoken() if at.place else ""
        lines.append(FaultLine(fault, where, at.row, at.label or "", "" if cell is None else said(cell)))
    return tuple(sorted(lines, key=lambda line: not line.is_error))


def refuse_unnamed(work: Work, actor: Actor, district: str | None) -> None:
    """Whoever works for no district says whose list it is."""
    if district is None and own_district(work, actor) is None:
        raise Refused(tr("Please choose whose list it is."))
