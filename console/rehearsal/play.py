"""One day of a script: lists arrive, districts do their deeds, the bureau confirms, returns and decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from console.lists import Arrival, take_list
from console.rehearsal import events
from console.rehearsal.deeds import DEEDS, Hand, adopts, hand_of
from console.rehearsal.reports import accept_reports, hand_in_reports
from console.rehearsal.script import ListArrives, Pace, Script, spread
from engine.access import Actor
from engine.cases import advance
from engine.core import Engine
from engine.errors import Refused
from engine.judging import Command
from engine.model import Case
from engine.proposals import confirm
from engine.store import cases, organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.enrolment import Enrolment
from workflows.benchmarking.recording.details import EnterpriseDetails, set_enterprise_details

NEXT = {
    "nominated": "draft",
    "plan_drafted": "upload",
    "plan_uploaded": "verify",
    "verified": "publish",
    "published": "leader",
}
"""What an enterprise in a state does next."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An enterprise whose turn it may be: its next deed, and its place among those of its district's list."""

    case: Case
    deed: str
    code: str
    place: int
    of: int


@dataclass
class Play:
    """A script being played; `again` keeps what was sent back or undone until the day the district takes it up."""

    engine: Engine
    script: Script
    folder: Path
    city: str
    bureau: str = "city-1"
    details: Mapping[str, EnterpriseDetails] = field(default_factory=dict)
    again: dict[str, date] = field(default_factory=dict)
    paces: dict[str, str] = field(default_factory=dict)
    to_return: dict[str, str] = field(default_factory=dict)

    def day(self, today: date) -> None:
        """Everything that people do on one working day, in the order in which offices work."""
        for arrival in self.script.lists:
            if arrival.on == today:
                self._list_arrives(arrival)
        for event in self.script.events:
            if event.on == today:
                events.happen(self, event)
        for case_id, deed in self._due_deeds(today):
            self._do(case_id, deed)
        hand_in_reports(self, today)
        self._bureau_at_work(today)

    def actor(self, work: Work, login: str) -> Actor:
        return people.actor(work, login, self.engine.today(work))

    def case_named(self, work: Work, name: str) -> Case:
        """The enterprise's case of this campaign that has not been withdrawn, by its name."""
        found = cases.of_campaign(work, self.script.campaign, "enterprise")
        return next(case for case in found if case.subject_name == name and case.state != "withdrawn")

    def _list_arrives(self, arrival: ListArrives) -> None:
        report, enrolment = take_list(
            self.engine,
            Arrival(
                campaign=self.script.campaign,
                district=arrival.district,
                path=self.folder / arrival.file,
                login=arrival.by or arrival.district,
                city=self.city,
                replaces=[arrival.replaces] if arrival.replaces else [],
            ),
        )
        found = {fault.code for fault in report.faults() if fault.severity == "error"}
        if found != set(arrival.refused) or enrolment.status != ("refused" if arrival.refused else "taken"):
            raise Refused(
                tr(
                    "{file} came to another end than the script says: {status}, {found}.",
                    file=arrival.file,
                    status=enrolment.status,
                    found=tuple(sorted(found)),
                )
            )
        if enrolment.status == "taken":
            self._list_taken(arrival, enrolment)

    def _list_taken(self, arrival: ListArrives, enrolment: Enrolment) -> None:
        if arrival.pace:
            self.paces |= {case.subject_name: arrival.pace for case in enrolment.opened}
        with self.engine.work() as work:
            actor = self.actor(work, arrival.district)
            for case in enrolment.opened:
                if case.subject_name in self.details:
                    set_enterprise_details(self.engine, work, actor, case.id, self.details[case.subject_name])

    def _due_deeds(self, today: date) -> list[tuple[int, str]]:
        with self.engine.look() as work:
            return list(self._planned(work, today))

    def _planned(self, work: Work, today: date) -> Iterator[tuple[int, str]]:
        codes = {one.id: one.code for one in organisations.every(work)}
        by_district: dict[int, list[Case]] = {}
        for case in cases.of_campaign(work, self.script.campaign, "enterprise"):
            by_district.setdefault(case.district_id, []).append(case)
        for district_id, found in by_district.items():
            listed = [case for case in found if case.subject_name not in self.paces]
            for case in found:
                place = listed.index(case) if case in listed else 0
                deed = NEXT.get(case.state)
                if deed and self._is_due(Turn(case, deed, codes[district_id], place, len(listed)), today):
                    yield case.id, deed

    def _is_due(self, turn: Turn, today: date) -> bool:
        case, code = turn.case, turn.code
        if case.proposed_step or case.claimed or case.entered_on >= today:
            return False
        if case.subject_name in self.again:
            return self.again[case.subject_name] <= today
        pace: Pace = self.script.paces[self.paces.get(case.subject_name, self.script.districts[code].pace)]
        if turn.deed == "leader" and (pace.leader is None or turn.place >= self.script.districts[code].leaders):
            return False
        span = getattr(pace, turn.deed)
        return span is not None and spread(span, turn.place, turn.of) <= today

    def _do(self, case_id: int, deed: str) -> None:
        with self.engine.work() as work:
            hand: Hand = hand_of(self.engine, work, cases.get(work, case_id))
            DEEDS["upload" if deed == "draft" and adopts(hand) else deed](hand)
            self.again.pop(hand.case.subject_name, None)

    def _bureau_at_work(self, today: date) -> None:
        with self.engine.look() as work:
            latest = self.engine.workdays(work).shift(today, -self.script.confirm_after)
            waiting = cases.of_campaign(work, self.script.campaign, waiting=True)
            due = [case for case in waiting if case.proposed_on and case.proposed_on <= latest]
        for case in due:
            self._decide(case)
        self._accept_lists(latest)
        accept_reports(self, latest)

    def _decide(self, case: Case) -> None:
        if case.subject_name in self.to_return:
            events.give_back(self, case, self.to_return.pop(case.subject_name))
            return
        with self.engine.work() as work:
            actor = self.actor(work, self.bureau)
            confirm(self.engine, work, actor, Command(case_id=case.id, step=case.proposed_step or ""))

    def _accept_lists(self, latest: date) -> None:
        with self.engine.work() as work:
            actor = self.actor(work, self.bureau)
            for case in cases.of_campaign(work, self.script.campaign, "nomination_list", states=["full"]):
                if case.entered_on <= latest:
                    advance(self.engine, work, actor, Command(case_id=case.id, step="accept"))
