"""What the doctor looks at in the house itself: database, clock, calendar, people, campaigns, worker, mail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from console.bootstrap import DatabaseMissing, House, open_house
from console.findings import Finding, fine, note, wrong
from console.founding import pending
from console.settings import Settings
from engine.clock import SystemClock
from engine.errors import EngineError, SchemaOutdated
from engine.model import Organisation
from engine.store import (
    backup,
    campaigns,
    definitions,
    journal,
    leases,
    mails,
    notices,
    organisations,
    people,
    settings,
)
from engine.store.database import Work
from engine.terms import terms_of
from engine.words import Sentence, tr
from notifications import lane, switch

DRIFT: Final = timedelta(seconds=30)
"""How far two clocks may be apart without harm: leases are three times as long."""

LATE_BEATS: Final = 4
"""Beats of a job that may stay out before its worker is taken for dead."""

NAMED: Final = 5
"""How many names a finding lists; the rest is a number."""

Check = Callable[["Patient"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Patient:
    """A house and a look into its database."""

    house: House
    work: Work


def look_over(configured: Settings, url: str) -> tuple[Finding, ...]:
    """Open the house and look at everything in it; what cannot be opened is the only finding."""
    place = backup.spoken(url)
    try:
        house = open_house(configured, url=url)
    except DatabaseMissing as refusal:
        return (wrong("DATABASE_MISSING", refusal.sentence, tr("Run `lingpao init`, or name the right one.")),)
    except SchemaOutdated as refusal:
        return (wrong("SCHEMA", refusal.sentence, tr("Make a backup before.")),)
    except EngineError as refusal:
        return (wrong(refusal.code, refusal.sentence, tr("See docs/operating.md.")),)
    except backup.FAULTS as fault:
        told = tr("The database {place} cannot be used: {problem}", place=place, problem=backup.trouble_of(fault) or "")
        return (wrong("DATABASE_UNREACHABLE", told, tr("Check the address, the server, and the rights of this user.")),)
    try:
        opened = [*_database(house, place)]
        with house.engine.look() as work:
            return (*opened, *(finding for check in CHECKS for finding in check(Patient(house, work))))
    finally:
        house.close()


def _database(house: House, place: str) -> Iterator[Finding]:
    problem = backup.writable(house.database)
    if problem:
        told = tr("The database {place} cannot be written to: {problem}", place=place, problem=problem)
        yield wrong("DATABASE_READ_ONLY", told, tr("Give this user the right to write to it and its folder."))
    else:
        yield fine("DATABASE", tr("The database {place} can be reached and written to.", place=place))
    yield fine("SCHEMA", tr("Its schema is that of this program."))


def _clock(patient: Patient) -> Iterator[Finding]:
    house, work = patient.house, patient.work
    if house.rehearsal:
        stands = house.engine.clock.now().astimezone(house.engine.zone)
        told = tr("A rehearsal; its clock stands at {now}.", now=f"{stands:%Y-%m-%d %H:%M}")
        yield note("KIND", told)
        return
    yield fine("KIND", tr("A live database; it goes by the clock of this machine."))
    now = SystemClock().now()
    server = backup.clock_of(work)
    if server is not None and abs(server - now) > DRIFT:
        told = tr("The clocks of this machine and of the database are {n} seconds apart.", n=abs(server - now).seconds)
        yield wrong("CLOCK_DRIFT", told, tr("Let both machines set their clocks from the same time server."))
    last = journal.latest(work, 1)
    if last and last[0].recorded_at is not None and last[0].recorded_at > now + DRIFT:
        told = tr("The journal goes on until {moment}, which has not come yet.", moment=last[0].recorded_at.isoformat())
        yield wrong("CLOCK_BEHIND", told, tr("Set the clock of this machine right before anybody works."))


def _calendar(patient: Patient) -> Iterator[Finding]:
    house, work = patient.house, patient.work
    workdays = house.engine.workdays(work)
    for campaign in campaigns.every(work):
        terms = terms_of(campaign)
        years = workdays.provisional_years(terms.opens, terms.closes)
        if years:
            told = tr("No arrangement of days off is known for {years}; Monday to Friday count.", years=years)
            yield note("CALENDAR_PROVISIONAL", told, tr("Enter the notice with `lingpao calendar set` once it is out."))
    if not any(workdays.provisional_years(terms_of(one).opens, terms_of(one).closes) for one in campaigns.every(work)):
        yield fine("CALENDAR", tr("The working days of all campaigns are known."))


def _people(patient: Patient) -> Iterator[Finding]:
    without = [person.login for person in people.every(patient.work) if person.active and not person.email]
    if without:
        told = tr("{n} people have no address: {logins}.", n=len(without), logins=_first(without))
        yield note("ADDRESS_MISSING", told, tr("Give them one with `lingpao people change LOGIN --email ADDRESS`."))


def _receivers(patient: Patient) -> Iterator[Finding]:
    house, work = patient.house, patient.work
    missing, rows, places = 0, _holding(patient), _places(patient)
    for letter, receivers in house.settings.letters.items():
        lacking = [one.name for one in places if not _reached(rows, receivers.to, one)]
        if lacking:
            missing += 1
            told = tr("Nobody with an address gets “{letter}” in {places}.", letter=letter, places=_first(lacking))
            yield wrong("RECEIVER_MISSING", told, _appoint(receivers.to))
    top = [one for one in organisations.every(work) if one.parent_id is None]
    if not any(_reached(rows, house.settings.digest.to, one) for one in top):
        missing += 1
        yield wrong(
            "RECEIVER_MISSING", tr("Nobody with an address gets the digest."), _appoint(house.settings.digest.to)
        )
    if not missing:
        yield fine("RECEIVERS", tr("Every letter has somebody to go to, in every district."))


def _appoint(roles: tuple[str, ...]) -> Sentence:
    return tr("Give somebody the role {roles} and an address (`lingpao people`).", roles=roles)


def _places(patient: Patient) -> tuple[Organisation, ...]:
    return organisations.districts(patient.work, patient.house.engine.today(patient.work))


def _holding(patient: Patient) -> Sequence[people.Holder]:
    """Who holds the roles that letters go to, asked once."""
    house = patient.house
    wanted = {role for receivers in house.settings.letters.values() for role in receivers.to} | {
        *house.settings.digest.to
    }
    return people.holding(patient.work, wanted, house.engine.today(patient.work))


def _reached(rows: Sequence[people.Holder], roles: tuple[str, ...], place: Organisation) -> bool:
    return any(person.email for role in roles for person in people.nearest(rows, role, place))


def _campaigns(patient: Patient) -> Iterator[Finding]:
    changed = pending(patient.house, patient.work)
    for key, found in changed.items():
        told = tr("{n} settings of {campaign} are configured otherwise than applied.", n=len(found), campaign=key)
        yield note("CAMPAIGN_DIFFERS", told, tr("`lingpao campaign apply` shows and applies them."))
    known = definitions.versions(patient.work)
    for kind in patient.house.engine.kinds.values():
        for flow in kind.flows.values():
            stored = known.get((flow.name, flow.version))
            if stored is None:
                told = tr("Version {version} of the flow {flow} is new.", flow=flow.name, version=flow.version)
                yield note("FLOW_NEW", told, tr("`lingpao data migrate` registers it; running cases keep theirs."))
            elif stored != flow.digest:
                told = tr("The flow {flow} was changed without a new version.", flow=flow.name)
                yield wrong("FLOW_CHANGED", told, tr("Raise the version in its file by one."))
    if settings.read(patient.work, "reproject", {}):
        told = tr("Deadlines wait to be worked out anew.")
        yield note("REPROJECTION_WAITING", told, tr("The worker does it, or `lingpao calendar reload`."))


def _worker(patient: Patient) -> Iterator[Finding]:
    house, work = patient.house, patient.work
    if house.rehearsal:
        return
    beats = {row.job: row for row in leases.beats(work)}
    if not beats:
        yield note("WORKER", tr("No worker has run yet."), tr("Start `lingpao worker`, best as a service."))
        return
    silent = []
    for job in house.jobs:
        row = beats.get(job.name)
        limit = LATE_BEATS * job.every + job.lease
        if row is None or row.last_ok_at is None or work.now - row.last_ok_at > limit:
            silent.append(job.name)
        if row is not None and row.failure:
            told = tr("The job {job} failed last time: {failure}", job=job.name, failure=row.failure)
            yield wrong("JOB_FAILED", told, tr("The log of the worker says where."))
    if silent:
        told = tr("Nothing has been heard of these jobs for too long: {jobs}.", jobs=_first(silent))
        yield wrong("WORKER_SILENT", told, tr("Start `lingpao worker`, or see why it hangs."))
    else:
        yield fine("WORKER", tr("The worker is at work."))


def _mail(patient: Patient) -> Iterator[Finding]:
    work = patient.work
    counted = mails.counts(work)
    for state, sentence in _STUCK.items():
        if counted.get(state):
            yield note("MAIL_STUCK", tr("{n} mails: {what}.", n=counted[state], what=sentence), _LOOK_AT_MAIL)
    stopped = sorted(switch.read(work).stopped)
    if stopped:
        told = tr("Sending is stopped: {letters}.", letters=tuple(stopped))
        yield note("MAIL_STOPPED", told, tr("`lingpao mail start` lets letters go again."))
    closed = lane.read(work)
    if closed is not None and closed.until > work.now:
        until = closed.until.astimezone(patient.house.engine.zone)
        told = tr("The relay is left alone until {moment}: {words}", moment=until, words=closed.words)
        yield wrong("RELAY_CLOSED", told, tr("Correct what it says; `lingpao mail start` tries it at once."))
    unsaid = len(notices.troubled(work))
    if unsaid:
        told = tr("{n} notices could not be said as planned.", n=unsaid)
        yield note("NOTICE_TROUBLED", told, tr("`lingpao mail why CASE` tells of each."))


_LOOK_AT_MAIL: Final = tr("`lingpao mail list --state STATE` shows them; release them, or send them anew.")
_STUCK: Final = {
    "draft": tr("drafts that wait for release"),
    "held": tr("held"),
    "doubt": tr("nobody knows whether they arrived"),
    "dead": tr("given up"),
}

CHECKS: Final[tuple[Check, ...]] = (_clock, _calendar, _people, _receivers, _campaigns, _worker, _mail)


def _first(names: list[str]) -> Sentence:
    told = tuple(names[:NAMED])
    rest = len(names) - len(told)
    return tr("{names} and {n} more", names=told, n=rest) if rest else Sentence("{names}", {"names": told})
