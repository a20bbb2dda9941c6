"""Bringing in a list about enterprises that take part: whole, or its good rows, or not at all; once for each file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import cases as case_rules
from engine.access import Actor, Capacity, capacity
from engine.core import Engine
from engine.errors import NotAllowed, Refused
from engine.model import Organisation
from engine.roles import labels
from engine.store import campaigns, definitions
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.bringing.deeds import Difference, Recorder, Situation
from workflows.benchmarking.bringing.journaling import journal
from workflows.benchmarking.bringing.judging import judge
from workflows.benchmarking.bringing.kinds import RECORDERS
from workflows.benchmarking.bringing.terms import Brought
from workflows.benchmarking.enrolment.preview import district_of
from workflows.benchmarking.enrolment.task import hold_list, list_case
from workflows.benchmarking.enrolment.terms import ListSource, Status, Taken
from workflows.benchmarking.records import imports
from workflows.benchmarking.records.nominations import enterprise_id_of
from workflows.benchmarking.records.words import enter_enterprises
from workflows.benchmarking.roster.report import Report


def bring(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> Brought:
    """Record what a list says of enterprises and products; with a fault in it nothing is recorded, but it is kept.

    The same file again changes nothing.
    """
    intake = _intake(engine, work, actor, report, source)
    acting = intake.capacity()
    intake.check(report)
    campaigns.hold(work, source.campaign)
    # the task of the district is older than its enterprises, and cases are held in the order of their numbers
    hold_list(work, source.campaign, intake.district)
    earlier = imports.taken(work, source.campaign, intake.district.id, source.sha256, form=report.form.key)
    if earlier is not None and not earlier.did.get("left"):
        return Brought(earlier.id, "repeated", report, earlier=Taken.of(work, earlier))
    told, found = intake.judge(report)
    if not told.takes(good_rows=source.good_rows):
        import_id = intake.keep("refused", _faults(told), acting)
        return Brought(import_id, "refused", told, found)
    import_id = intake.keep("taken", found.as_json() | {"good_rows": source.good_rows}, acting)
    told_cases = journal(intake.situation, found.deeds, acting, import_id=import_id)
    intake.recorder.write(work, found.deeds)
    # by a new credit code and industry an enterprise is found from now on
    enter_enterprises(engine, work, {enterprise_id_of(case) for case in told_cases.values()})
    return Brought(import_id, "taken", told, found)


def compare(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> tuple[Report, Difference]:
    """What bringing in this list would do; nothing is written."""
    intake = _intake(engine, work, actor, report, source)
    intake.capacity()
    return intake.judge(report)


def _intake(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> "Intake":
    if report.form.key not in RECORDERS:
        raise Refused(tr("A list of the kind {form} is brought in another way.", form=report.form.key))
    district = district_of(work, actor, source.district)
    situation = Situation(engine, work, actor, engine.today(work), _Flows(work), source.reason)
    return Intake(situation, RECORDERS[report.form.key], source, district)


class _Flows(dict[int, Any]):
    """Flows by definition, read when they are asked for."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, definition_id: int) -> Any:
        self[definition_id] = flow = definitions.flow_of(self._work, definition_id)
        return flow


@dataclass(frozen=True, slots=True)
class Intake:
    """Somebody bringing in a list about a district's enterprises."""

    situation: Situation
    recorder: Recorder
    source: ListSource
    district: Organisation

    def capacity(self) -> Capacity:
        acting = capacity(self.situation.actor, self.district.path, self.recorder.roles)
        if acting is None:
            known = labels(self.recorder.roles)
            raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=known))
        return acting

    def check(self, report: Report) -> None:
        named = report.heading.district
        if named is not None and named != self.district.code:
            raise Refused(tr("The list names another reporting unit than {district}.", district=self.district.name))
        if self.source.replaces or self.source.supplementary:
            raise Refused(tr("Only a list that names enterprises is supplementary or replaces any."))
        if self.source.received_on > self.situation.today:
            raise Refused(
                tr("The list cannot have been received on {day}; it has not come yet.", day=self.source.received_on)
            )

    def judge(self, report: Report) -> tuple[Report, Difference]:
        campaign = self.source.campaign
        return judge(self.situation, self.recorder, report, campaign=campaign, district=self.district)

    def keep(self, status: Status, did: Mapping[str, Any], acting: Capacity) -> int:
        """Keep the import with what it did, and tell it in the journal of the district's task."""
        source, situation = self.source, self.situation
        row = {
            "campaign": source.campaign,
            "district_id": self.district.id,
            "form": self.recorder.form.key,
            "file_sha": source.sha256,
            "file_name": source.filename,
            "supplementary": False,
            "status": status,
            "received_on": source.received_on,
            "person_id": situation.actor.person_id,
            "did": dict(did),
        }
        key = imports.add(situation.work, row)
        counts = {name: len(value) if isinstance(value, list) else value for name, value in did.items()}
        told = {"import": key, "form": self.recorder.form.key, "status": status, "file": source.sha256}
        case_rules.record(
            situation.engine,
            situation.work,
            situation.actor,
            list_case(situation.engine, situation.work, source.campaign, self.district).id,
            what="list",
            data={**told, "name": source.filename, "did": counts},
            roles=(acting.role,),
            reason=source.reason,
        )
        return key


def _faults(report: Report) -> dict[str, Any]:
    errors = [*report.file_errors, *(fault for row in report.rows for fault in row.errors)]
    return {"errors": [fault.as_json() for fault in errors]}
