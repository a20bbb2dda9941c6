"""Lists in: what a campaign expects of one, reading it without a database, comparing it, and taking it into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from console.peoplelist import PeopleBrought, bring_people, compare_people
from engine.access import Actor
from engine.core import Engine
from engine.errors import NotFound, Refused
from engine.store import blobs, campaigns, cases, organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking import bringing
from workflows.benchmarking.bringing import Brought
from workflows.benchmarking.enrolment import Enrolment, KeptSheet, ListSource, compare, enrol
from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.annotating import annotate as annotating
from workflows.benchmarking.roster.annotating.annotate import Annotated
from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds import FORMS
from workflows.benchmarking.roster.kinds.people import PEOPLE
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.recognising import AMBIGUOUS
from workflows.benchmarking.roster.report import Report
from workflows.config import LimitsSection

MEDIA_TYPE = "application/octet-stream"

Outcome = Enrolment | Brought | PeopleBrought
"""What a list did, by its kind: enterprises enrolled, records about them, people."""


def expectation(body: Mapping[str, Any], *, city: str, district: str | None, today: date) -> Expectation:
    """What the campaign expects, from its terms (as configured or as applied); `district` is the sender's code."""
    quotas = {one["code"]: one["quota"] for one in body["districts"]}
    due = body["milestones"].get("list_in")
    return Expectation(
        campaign_year=body["year"],
        today=today,
        districts=[_district(one) for one in body["districts"]],
        district=district,
        due_on=date.fromisoformat(due) if due else None,
        quota=quotas.get(district) if district else None,
        quota_mode=body["quota_mode"],
        quotas=quotas,
        city=city.removesuffix("市"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A list as it arrives: for which campaign and district, from whom, whose places its enterprises take.

    `received_on` is today where nothing is said; a list that counts from an earlier day is confirmed by the bureau.
    `forms` are the kinds of list that it may be; a list of people is of no district. `reason` says why it changes what
    a step rests on. `content` are its bytes where they lie in no file; `path` is then only what it is called.
    """

    campaign: str
    path: Path
    login: str
    city: str
    district: str | None = None
    forms: Sequence[Form] = (ANNEX_2,)
    replaces: Sequence[str] = ()
    supplementary: bool = False
    good_rows: bool = False
    received_on: date | None = None
    reason: str | None = None
    limits: Limits = DEFAULT_LIMITS
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A list that has been read and not yet taken: its bytes, who brings it, what is wrong with it by itself."""

    arrival: Arrival
    content: bytes
    actor: Actor
    today: date
    report: Report
    whose: str = ""
    """The district that sends it, by name."""

    @property
    def recognised(self) -> bool:
        """Whether it is clear which kind of list this is; one of which it is not is nobody's and is not kept."""
        return all(fault.code != AMBIGUOUS for fault in self.report.file_errors)


def forms_named(key: str | None) -> tuple[Form, ...]:
    """The kind of list of that name; all kinds where none is named."""
    if key is None:
        return tuple(FORMS.values())
    if key not in FORMS:
        raise NotFound(tr("There is no kind of list {form}; there are {known}.", form=key, known=tuple(FORMS)))
    return (FORMS[key],)


def read_list(engine: Engine, arrival: Arrival) -> Reading:
    """Read a list before any transaction begins, because a long one takes seconds and others want to write."""
    content = arrival.path.read_bytes() if arrival.content is None else arrival.content
    with engine.look() as work:
        today = engine.today(work)
        actor = people.actor(work, arrival.login, today)
        body = campaigns.get(work, arrival.campaign).body
    expected = expectation(body, city=arrival.city, district=arrival.district, today=today)
    report = read_roster(
        content,
        filename=arrival.path.name,
        expectation=expected,
        form=arrival.forms[0],
        among=arrival.forms,
        limits=arrival.limits,
    )
    whose = next((one.name for one in expected.districts if one.code == arrival.district), "")
    return Reading(arrival, content, actor, today, report, whose)


def take_in(engine: Engine, reading: Reading) -> tuple[Report, Outcome]:
    """Take a list in; the file is kept whatever becomes of it. The report then also has what the records said."""
    actor, report = reading.actor, reading.report
    marked = _marked(reading)
    with engine.work(actor) as work:
        source = _source(work, reading, blobs.keep(work, reading.content, MEDIA_TYPE))
        if marked is not None:
            kept = KeptSheet(marked.filename, blobs.keep(work, marked.content, annotating.MEDIA_TYPE))
            source = replace(source, marked=kept)
        if report.form.nominating:
            return report, enrol(engine, work, actor, report, source)
        if report.form is PEOPLE:
            found = bring_people(engine, work, actor, report, source)
            return found.report, found
        brought = bringing.bring(engine, work, actor, report, source)
        return brought.report, brought


def take_list(engine: Engine, arrival: Arrival) -> tuple[Report, Enrolment]:
    """Read a list that names who takes part, and take it in."""
    reading = read_list(engine, replace(arrival, forms=(ANNEX_2,)))
    report, outcome = take_in(engine, reading)
    if not isinstance(outcome, Enrolment):
        raise TypeError("a list that names enterprises is enrolled")
    return report, outcome


def preview(engine: Engine, work: Work, reading: Reading) -> tuple[Report, Mapping[str, Any]]:
    """What taking this list in would do, and nothing written."""
    report, actor = reading.report, reading.actor
    source = _source(work, reading, "")
    if report.form.nominating:
        return report, compare(engine, work, actor, report, source).as_json()
    if report.form is PEOPLE:
        told, found = compare_people(engine, work, actor, report)
        return told, found.as_json()
    told, difference = bringing.compare(engine, work, actor, report, source)
    return told, difference.as_json()


def limits_of(section: LimitsSection) -> Limits:
    """How large a list may be, as configured."""
    return replace(
        DEFAULT_LIMITS,
        file_bytes=section.list_mb * MEGABYTE,
        unpacked_bytes=section.unpacked_mb * MEGABYTE,
        rows=section.list_rows,
    )


def _marked(reading: Reading) -> Annotated | None:
    """What goes back if the list is refused; made before the transaction, because a long list takes seconds."""
    arrival, report = reading.arrival, reading.report
    if not report.form.nominating or report.takes(good_rows=arrival.good_rows):
        return None
    return annotating.annotate(report, reading.content, on=reading.today, whose=reading.whose, limits=arrival.limits)


def _source(work: Work, reading: Reading, digest: str) -> ListSource:
    arrival = reading.arrival
    return ListSource(
        campaign=arrival.campaign,
        district=_top(work) if reading.report.form is PEOPLE else _whose(arrival),
        sha256=digest,
        filename=arrival.path.name,
        received_on=arrival.received_on or reading.today,
        supplementary=arrival.supplementary or bool(arrival.replaces),
        replaces=tuple(_withdrawn(work, arrival.campaign, name) for name in arrival.replaces),
        good_rows=arrival.good_rows,
        reason=arrival.reason,
    )


def _whose(arrival: Arrival) -> str:
    if arrival.district is None:
        raise Refused(tr("Say whose list it is with --district NAME."))
    return arrival.district


def _top(work: Work) -> str:
    return next(one.code for one in organisations.every(work) if one.parent_id is None)


def _withdrawn(work: Work, campaign: str, name: str) -> int:
    found = cases.of_campaign(work, campaign, "enterprise", states=["withdrawn"])
    for case in found:
        if case.subject_name == name and case.replaced_by_id is None:
            return case.id
    raise NotFound(tr("No withdrawn enterprise is called {name}; withdraw it first.", name=name))


def _district(one: Mapping[str, Any]) -> DistrictName:
    days = {name: date.fromisoformat(one[name]) for name in ("valid_from", "valid_to") if one.get(name)}
    return DistrictName(one["code"], one["name"], tuple(one.get("aliases", ())), **days)
