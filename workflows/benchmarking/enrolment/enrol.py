"""Enrolling a list: enterprises, products and cases from its rows, once however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine import cases as case_rules
from engine import leaving
from engine.access import Actor, Capacity, capacity
from engine.cases import Opening, open_many
from engine.clock import local_day
from engine.core import Engine
from engine.errors import NotAllowed, Refused
from engine.findable import enter_cases
from engine.model import Case, Notice, Organisation
from engine.roles import labels
from engine.store import campaigns, notices
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.enrolment.difference import Difference, Nominated
from workflows.benchmarking.enrolment.preview import difference_to_stored, district_of
from workflows.benchmarking.enrolment.task import hold_list, list_case, move_list, quota_and_count
from workflows.benchmarking.enrolment.terms import Enrolment, ListSource, Status, Taken
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording import add_product, change_product
from workflows.benchmarking.recording.changes import DISTRICT, plain
from workflows.benchmarking.recording.products import told
from workflows.benchmarking.records import enterprises, imports, nominations, products
from workflows.benchmarking.records.sets import chunks
from workflows.benchmarking.roster.report import Report

BATCH: Final = 1_000
"""Cases opened in one go; each brings several deadlines, and a statement takes only so many parameters."""

REFUSED: Final = {"zh": "退回名单", "en": "List refused"}


def enrol(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> Enrolment:
    """Take a list in: whole, or its good rows, or not at all; the answer says what it did and what it left.

    The same file again changes nothing, unless rows of it were left out, which may be right by now. A list with faults
    is refused but kept as an import, and so is what was wrong.
    """
    district = district_of(work, actor, source.district)
    intake = Intake(engine, work, actor, source, district)
    acting = intake.capacity()
    if source.received_on > engine.today(work):
        raise Refused(tr("The list cannot have been received on {day}; it has not come yet.", day=source.received_on))
    campaigns.hold(work, source.campaign)
    earlier = imports.taken(work, source.campaign, district.id, source.sha256, form=imports.NOMINATIONS)
    if earlier is not None and not earlier.did.get("left"):
        return intake.repeat(Taken.of(work, earlier))
    if not report.takes(good_rows=source.good_rows):
        return intake.refuse(report)
    intake.check(report)
    found = difference_to_stored(work, report, source, district)
    intake.check_quota(found)
    intake.hold(found)
    opened = intake.open(found, acting)
    intake.replace(opened)
    intake.apply_products(found)
    did = found.as_json() | {"received_on": source.received_on.isoformat(), "good_rows": source.good_rows}
    import_id = intake.keep("taken", did)
    step = move_list(engine, work, actor, campaign=source.campaign, district=district, on=source.received_on)
    return intake.answer(import_id, "taken", did, opened=opened, difference=found, step=step)


@dataclass(frozen=True, slots=True)
class Intake:
    """Somebody bringing in a list for a district."""

    engine: Engine
    work: Work
    actor: Actor
    source: ListSource
    district: Organisation

    def capacity(self) -> Capacity:
        acting = capacity(self.actor, self.district.path, DISTRICT)
        if acting is None:
            raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=labels(DISTRICT)))
        return acting

    def check(self, report: Report) -> None:
        named = report.heading.district
        if named is not None and named != self.district.code:
            raise Refused(tr("The list names another reporting unit than {district}.", district=self.district.name))
        if self.source.replaces and not self.source.supplementary:
            raise Refused(tr("Only a supplementary list replaces enterprises that have withdrawn."))

    def hold(self, found: Difference) -> None:
        """Hold at once all that will change, in one order with everybody who takes several cases."""
        told = [one.case.id for one in found.added] + [one.case.id for one in found.altered]
        hold_list(self.work, self.source.campaign, self.district, [*told, *self.source.replaces])

    def check_quota(self, found: Difference) -> None:
        """Where the quota is a cap, a list that goes beyond it is refused whole."""
        if self.engine.terms(self.work, self.source.campaign).quota_mode != "cap":
            return
        quota, counted = self.figures()
        coming = counted + len(found.new) - len(found.claimed)
        if coming > quota:
            raise Refused(
                tr("With this list there would be {n} enterprises; at most {quota} take part.", n=coming, quota=quota)
            )

    def open(self, found: Difference, acting: Capacity) -> tuple[Case, ...]:
        """Open a case with its products for each new enterprise; one that takes part elsewhere waits for a decision."""
        known = enterprises.add_missing(self.work, [one.name for one in found.new])
        opened: list[Case] = []
        for some in chunks(found.new, BATCH):
            openings = [
                Opening(
                    campaign=self.source.campaign,
                    flow=nominations.FLOW,
                    district_id=self.district.id,
                    subject_key=nominations.subject_key(known[name_key(one.name)].id),
                    subject_name=one.name,
                    on=self.source.received_on,
                    role=acting.role,
                    claimed=one.key in found.claimed,
                    data={"list": self.source.sha256, "rows": list(one.rows), "products": _told(one)},
                )
                for one in some
            ]
            opened += open_many(self.engine, self.work, self.actor, openings)
        rows = [row for case, one in zip(opened, found.new, strict=True) for row in _product_rows(case, one)]
        products.add_many(self.work, rows)
        return tuple(enter_cases(self.engine, self.work, opened))

    def replace(self, opened: tuple[Case, ...]) -> None:
        """Let the newcomers take the places of those that have withdrawn, in order."""
        joining = [case for case in opened if not case.claimed]
        wanted = self.source.replaces
        if len(wanted) > len(joining):
            raise Refused(
                tr("The list brings {n} new enterprises to replace {wanted}.", n=len(joining), wanted=len(wanted))
            )
        reason = f"补报名单：{self.source.filename}"
        for leaving_id, case in zip(wanted, joining, strict=False):
            leaving.replace(
                self.engine, self.work, self.actor, leaving_id=leaving_id, joining_id=case.id, reason=reason
            )

    def apply_products(self, found: Difference) -> None:
        reason = f"名单：{self.source.filename}"
        desk = (self.engine, self.work, self.actor)
        for added in found.added:
            add_product(*desk, added.case.id, added.draft, reason=reason)
        for altered in found.altered:
            change_product(*desk, altered.case.id, altered.draft, product=altered.product.id, reason=reason)

    def repeat(self, earlier: Taken) -> Enrolment:
        """The same file again changes nothing; whom it names is in the campaign already and comes in no second time."""
        if self.source.replaces:
            raise Refused(
                tr(
                    "This very file was taken in before (import {number}, {who}, {day}), so it brings nobody new to"
                    " replace anyone; `lingpao replace` lets an enterprise that takes part take a place.",
                    number=earlier.import_id,
                    who=earlier.by,
                    day=local_day(earlier.at, self.engine.zone),
                )
            )
        return self.answer(earlier.import_id, "repeated", {}, earlier=earlier)

    def refuse(self, report: Report) -> Enrolment:
        """Nothing is taken in; the file and everything that is wrong with it stay on record."""
        errors = [*report.file_errors, *(fault for row in report.rows for fault in row.errors)]
        did: dict[str, Any] = {
            "errors": [fault.as_json() for fault in errors],
            "received_on": self.source.received_on.isoformat(),
        }
        if self.source.marked is not None:
            did["annotated"] = self.source.marked.as_json()
        import_id = self.keep("refused", did)
        if self.actor.organisation_id != self.district.id:
            self.tell_refused(f"共{len(errors)}处错误：{errors[0].sentence}{errors[0].remedy}")
        return self.answer(import_id, "refused", did)

    def tell_refused(self, reason: str) -> None:
        """Tell the district that the list which somebody else brought in for it was not taken."""
        case, marked = self.task(), self.source.marked
        papers = [marked.as_json()] if marked is not None else []
        notice = Notice(
            dedup_key=f"list_refused:{case.id}:{self.source.sha256[:32]}",
            kind="list_refused",
            letter="list_refused",
            campaign=self.source.campaign,
            district_id=self.district.id,
            case_id=case.id,
            morning_on=self.engine.today(self.work),
            release_at=self.work.now,
            facts={"step": REFUSED, "reason": reason, "subject": case.subject_name, "papers": papers},
        )
        notices.post(self.work, [notice])

    def keep(self, status: Status, did: Mapping[str, Any]) -> int:
        """Keep the import, and tell it in the journal of the district's task."""
        source = self.source
        row = {
            "campaign": source.campaign,
            "district_id": self.district.id,
            "form": imports.NOMINATIONS,
            "file_sha": source.sha256,
            "file_name": source.filename,
            "supplementary": source.supplementary,
            "status": status,
            "received_on": source.received_on,
            "person_id": self.actor.person_id,
            "did": dict(did),
        }
        key = imports.add(self.work, row)
        counts = {name: len(value) if isinstance(value, list) else value for name, value in did.items()}
        case_rules.record(
            self.engine,
            self.work,
            self.actor,
            self.task().id,
            what="list",
            data={"import": key, "status": status, "file": source.sha256, "name": source.filename, "did": counts},
            roles=DISTRICT,
        )
        return key

    def task(self) -> Case:
        return list_case(self.engine, self.work, self.source.campaign, self.district)

    def figures(self) -> tuple[int, int]:
        """Quota, and how many enterprises count towards it."""
        return quota_and_count(self.engine, self.work, self.source.campaign, self.district)

    def answer(self, import_id: int, status: Status, did: Mapping[str, Any], **found: Any) -> Enrolment:
        quota, counted = self.figures()
        return Enrolment(import_id=import_id, status=status, counted=counted, quota=quota, did=did, **found)


def _told(one: Nominated) -> list[dict[str, Any]]:
    return [plain(told(draft.columns())) for draft in one.products]


def _product_rows(case: Case, one: Nominated) -> list[dict[str, Any]]:
    place = {"case_id": case.id, "enterprise_id": nominations.enterprise_id_of(case), "active": True}
    return [
        draft.columns() | place | {"dropped_reason": None, "seq": seq}
        for seq, draft in enumerate(one.products, start=1)
    ]
