"""The state of operation, one line each: jobs and their last beat, database, disk, backup; what a sweep would say."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from console.administration import COORDINATORS, need_role
from console.bootstrap import House
from console.checkup import CHECKS, LATE_BEATS, Patient
from console.findings import Finding
from engine.access import Actor
from engine.audit import CHECKS as AUDITED
from engine.audit import verify
from engine.core import Engine
from engine.flow import Label
from engine.schedule import LadderReader, fires_of, speaking_of
from engine.store import backup, cases, deadlines, definitions, leases, mails, organisations, settings
from engine.store.database import Work
from engine.sweep import speaking_hours, sweep
from engine.words import Sentence, say, tr

Light = Literal["green", "yellow", "red", "grey"]
LIGHTS: Final[dict[str, Light]] = {"fine": "green", "note": "yellow", "wrong": "red"}
AUDIT: Final = "audit_result"
"""The setting that keeps what the last audit found."""
MOST_CASES: Final = 5000
"""Cases up to which an audit is quick enough for a page."""
SCARCE: Final = 2_000_000_000
"""Bytes of disk below which somebody is told."""
STALE: Final = timedelta(days=2)
CHUNKS: Final = 20
SHOWN: Final = 200
JOBS: Final = {
    "reproject": tr("Deadlines worked out anew"),
    "plan": tr("Planning of what is owed"),
    "sweep": tr("Sweep for what is due"),
    "compose": tr("Writing of letters"),
    "digest": tr("Weekly digest"),
    "forecast": tr("Forecast"),
    "dispatch": tr("Sending of letters"),
    "housekeeping": tr("Housekeeping"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing looked at: how it is, since when, and what can be done."""

    name: Sentence
    light: Light
    told: Sentence
    at: datetime | None = None
    remedy: Sentence | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class WouldSay:
    """An alert that a sweep would post now."""

    case_id: int
    subject: str
    district: str
    milestone: Label
    due_on: date | None
    level: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sweep would do; nothing outside of speaking hours. `more` says that others wait behind these."""

    speaks: bool
    looked: int
    lines: tuple[WouldSay, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Audited:
    """What the last audit found, and when."""

    at: datetime
    checks: int
    broken: tuple[Label, ...]


def job_rows(house: House, work: Work) -> tuple[Row, ...]:
    """Each job with its last beat; a dead worker is seen here, and the page does not need it."""
    beats = {row.job: row for row in leases.beats(work)}
    return tuple(_job(house, work, job.name, LATE_BEATS * job.every + job.lease, beats) for job in house.jobs)


def _job(house: House, work: Work, name: str, patience: timedelta, beats: dict[str, Any]) -> Row:
    label, row = JOBS[name], beats.get(name)
    at = row.last_ok_at if row else None
    if row is not None and row.failure:
        return Row(label, "red", tr("failed last time: {failure}", failure=row.failure), at, tr("See the log."))
    if house.rehearsal:
        return Row(label, "grey", tr("done when a day passes; this is a rehearsal"), at)
    if at is None:
        return Row(label, "red", tr("has never run"), None, tr("Start `lingpao worker`, best as a service."))
    if work.now - at > patience:
        return Row(label, "red", tr("silent for too long"), at, tr("Start `lingpao worker`, or see why it hangs."))
    return Row(label, "green", tr("in time"), at)


def house_rows(house: House, work: Work) -> tuple[Row, ...]:
    """Database, disk, backup, letters that wait."""
    waiting = sum(n for state, n in mails.counts(work).items() if state in {"ready", "draft", "held", "doubt"})
    kind = tr("SQLite, one file") if house.database.path else tr("PostgreSQL")
    mail: Light = "yellow" if waiting else "green"
    return (
        Row(tr("Database"), "green", kind),
        Row(tr("Schema"), "green", tr("that of this program")),
        _disk(house),
        _backup(work),
        Row(tr("Letters that wait"), mail, tr("{n} letters", n=waiting), href="/letters"),
    )


def _disk(house: House) -> Row:
    folder = Path(house.database.path).parent if house.database.path else Path()
    free = shutil.disk_usage(folder).free
    light: Light = "green" if free > SCARCE else "red"
    remedy = None if free > SCARCE else tr("Make room before anybody works on.")
    return Row(tr("Disk"), light, tr("{n} GB free", n=f"{free / 1_000_000_000:.1f}"), remedy=remedy)


def _backup(work: Work) -> Row:
    name, kept = tr("Last backup"), settings.read(work, backup.LAST)
    remedy = tr("`lingpao data backup FILE` makes one; let a timer do it every night.")
    if not kept:
        return Row(name, "yellow", tr("none is known of"), None, remedy)
    at = datetime.fromisoformat(kept)
    fresh = work.now - at <= STALE
    return Row(name, "green" if fresh else "red", tr("done") if fresh else tr("too old"), at, None if fresh else remedy)


def findings(house: House, work: Work) -> tuple[Finding, ...]:
    """What the doctor sees in the house, without what the jobs' own rows say."""
    return tuple(one for check in CHECKS for one in check(Patient(house, work)) if one.code not in _SAID)


_SAID: Final = frozenset({"WORKER", "WORKER_SILENT", "JOB_FAILED", "KIND"})


def preview(engine: Engine, work: Work, actor: Actor) -> Preview:
    """What a sweep would post now, without posting it."""
    need_role(work, actor, COORDINATORS)
    ids = deadlines.due_now(work, SHOWN + 1)
    found = deadlines.by_ids(work, ids[:SHOWN])
    held = cases.lock(work, sorted({one.case_id for one in found}))
    fires, speaking = fires_of(engine, work, [one.id for one in found]), speaking_of(work, found, held)
    reader, lines = LadderReader(engine, work), []
    names = organisations.names(work, {one.district_id for one in found})
    for one in found:
        fire = reader.look(one, fires.get(one.id, ())).fire if one.id in speaking else None
        if fire is not None:
            case = held[one.case_id]
            flow = definitions.flow_of(work, case.definition_id)
            label = flow.milestone_by_name[one.milestone].label if one.milestone in flow.milestone_by_name else {}
            lines.append(
                WouldSay(case.id, case.subject_name, names[one.district_id], label, one.due_on, str(fire.level))
            )
    return Preview(speaking_hours(engine, work), len(found), tuple(lines), more=len(ids) > SHOWN)


def sweep_now(engine: Engine, actor: Actor) -> int:
    """Do what is due now, as the worker does; answers how many alerts were posted."""
    with engine.look() as work:
        need_role(work, actor, COORDINATORS)
    fired = 0
    for _ in range(CHUNKS):
        swept = sweep(engine)
        fired += swept.fired
        if not swept.more:
            break
    return fired


def audit_now(engine: Engine, actor: Actor) -> None:
    """Check journal and invariants, and keep what was found for the page."""
    with engine.look() as work:
        need_role(work, actor, (*COORDINATORS, "leader"))
    broken = verify(engine)
    # kept in every language, for whoever reads it later
    kept = [
        {spoken: f"{one.code}: {say(one.sentence, locale)}" for spoken, locale in (("zh", "zh_CN"), ("en", "en"))}
        for one in broken[:SHOWN]
    ]
    with engine.work(actor) as work:
        settings.write(work, AUDIT, {"at": work.now.isoformat(), "checks": len(AUDITED), "broken": kept})


def audited(work: Work) -> Audited | None:
    kept = settings.read(work, AUDIT)
    return Audited(datetime.fromisoformat(kept["at"]), kept["checks"], tuple(kept["broken"])) if kept else None


def is_quick(work: Work) -> bool:
    """Whether there are so few cases that an audit can be had at once."""
    return sum(cases.whole_tally(work).values()) <= MOST_CASES
