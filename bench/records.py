"""The rows that a case's life has left: its journal with a sound chain, its deadlines, what is counted of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from bench.lands import CAMPAIGN
from bench.lives import WORKDAYS, Event, Life
from engine.chain import GENESIS, Link, link_hash
from engine.core import Engine
from engine.duedays import verdict
from engine.flow import Flow
from engine.model import Case, Deadline, Entry
from engine.opening import deadlines_of
from engine.schedule import LadderReader
from engine.store.counts import MetSum
from engine.store.database import Work
from engine.store.search import Entry as Found
from engine.terms import Terms
from workflows.benchmarking.industries import topic
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.changes import plain
from workflows.benchmarking.recording.products import ProductDraft, told

DISTRICT, BUREAU = "district_coordinator", "municipal_coordinator"
_PROPOSAL: Final = ("proposed_step", "proposed_by", "proposed_at", "proposed_on")


@dataclass(frozen=True)
class Place:
    """A district: its number, its region, its path, and who works there."""

    district_id: int
    region_id: int
    path: str
    person_id: int


@dataclass
class Counts:
    """What all cases together come to."""

    tally: Counter[tuple[str, str, int, str]] = field(default_factory=Counter)
    proposed: Counter[tuple[str, str, int, str]] = field(default_factory=Counter)
    due: Counter[tuple[str, str, int, str, date]] = field(default_factory=Counter)
    met: dict[tuple[str, str, str, int, date], MetSum] = field(default_factory=dict)


@dataclass
class Shelf:
    """Rows by table, written away in chunks."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    journal: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    due: list[dict[str, Any]] = field(default_factory=list)
    enterprises: list[dict[str, Any]] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


class Writer:
    """Turns lives into rows; journal numbers are handed out by the day, so that they rise with time."""

    def __init__(self, engine: Engine, work: Work, terms: Terms, flow: Flow, definition_id: int) -> None:
        self.terms, self.flow, self.definition_id = terms, flow, definition_id
        self.counts = Counts()
        self.numbers: dict[date, int] = {}
        self.confirmer = 1
        self._ladder = LadderReader(engine, work)
        self._opened: dict[date, list[dict[str, Any]]] = {}
        self._moments: dict[tuple[date, date, str], datetime | None] = {}

    def write(self, life: Life, place: Place, shelf: Shelf) -> None:
        _Case(self, life, place, shelf).write()

    def days(self, case: Case, at: datetime) -> list[dict[str, Any]]:
        """The deadlines a case opens with; they depend on the day alone."""
        if case.opened_on not in self._opened:
            self._opened[case.opened_on] = deadlines_of(self.flow, case, terms=self.terms, workdays=WORKDAYS, now=at)
        return self._opened[case.opened_on]

    def moment(self, deadline: Deadline, day: date) -> datetime | None:
        key = (day, deadline.speaks_from.date(), deadline.ladder)
        if key not in self._moments:
            self._moments[key] = self._ladder.next_moment(deadline, ())
        return self._moments[key]


class _Case:
    """One case while its rows are made."""

    def __init__(self, writer: Writer, life: Life, place: Place, shelf: Shelf) -> None:
        self.writer, self.life, self.place, self.shelf = writer, life, place, shelf
        self.state, self.seq, self.hash = writer.flow.initial, 0, GENESIS
        self.entered = life.events[0]
        self.proposal: Event | None = None
        self.returned_at: datetime | None = None
        self.resume_state: str | None = None
        self.deadlines: list[dict[str, Any]] = []

    def write(self) -> None:
        for event in self.life.events:
            getattr(self, f"_{event.what}")(event)
        awaited = [self._stand(row) for row in self.deadlines]
        first = (
            min((day, row["id"], row["milestone"]) for day, row in awaited if day)
            if any(day for day, _ in awaited)
            else (None, 0, None)
        )
        self.shelf.cases.append(self._columns() | {"next_due_on": first[0], "next_milestone": first[2]})
        counts, key = self.writer.counts, (CAMPAIGN, self.writer.flow.name, self.place.district_id)
        if not self.life.claimed:
            counts.tally[(*key, self.state)] += 1
        if self.proposal is not None:
            counts.proposed[(*key, self.proposal.step or "")] += 1

    def _open(self, event: Event) -> None:
        case = Case(**self._columns())
        for place, row in enumerate(self.writer.days(case, event.at), start=1):
            number = self.life.number * 8 + place
            fresh = {"id": number, "case_id": self.life.number, "district_id": self.place.district_id}
            times = {"opened_at": event.at, "speaks_from": event.at}
            blank = dict.fromkeys(("met_on", "verdict", "paused_on", "promised_on", "achieved_on", "took"))
            self.deadlines.append({**row, **blank, **fresh, **times})
        product = ProductDraft(name=self.life.goods, implemented_standards=(), benchmark_standards=()).columns()
        data = {
            "subject": self.life.name,
            "key": case.subject_key,
            "days": {row["milestone"]: [_iso(row["original_on"]), _iso(row["due_on"])] for row in self.deadlines},
            **({"claimed": True} if self.life.claimed else {}),
            "list": "0" * 64,
            "rows": [self.life.number],
            "products": [plain(told(product))],
        }
        self._tell(event, "open", target=self.state, source=None, data=data)
        self._enter_records(product, event)

    def _step(self, event: Event) -> None:
        self._move(event, by=self.place.person_id, role=DISTRICT, data={})

    def _confirm(self, event: Event) -> None:
        self._move(event, by=self.writer.confirmer, role=BUREAU, data={"proposed_by": self.place.person_id})

    def _move(self, event: Event, *, by: int, role: str, data: dict[str, Any]) -> None:
        flow = self.writer.flow
        target = flow.step_by_name[event.step or ""].target
        reached = [row for row in self.deadlines if row["state"] == "open" and self._needs(row) <= flow.rank[target]]
        for row in reached:
            took = max(0, WORKDAYS.between(self.life.opened_on, event.on))
            judged = str(verdict(row["due_on"], event.on))
            row |= {"state": "met", "met_on": event.on, "achieved_on": event.on, "verdict": judged, "took": took}
        told = {"evidence": {}, **({"met": [row["id"] for row in reached]} if reached else {}), **data}
        self._tell(event, "step", target=target, data=told, by=by, role=role)
        self.state, self.entered, self.proposal, self.returned_at = target, event, None, None

    def _propose(self, event: Event) -> None:
        self._tell(event, "propose", data={"evidence": {}})
        self.proposal, self.returned_at = event, None

    def _return(self, event: Event) -> None:
        self._tell(event, "return", by=self.writer.confirmer, role=BUREAU, data={}, reason="样例：材料不全")
        self.proposal, self.returned_at = None, event.at

    def _withdraw(self, event: Event) -> None:
        standing = [row for row in self.deadlines if row["state"] == "open"]
        for row in standing:
            row["state"] = "cancelled"
        data = {"evidence": {}, "cancelled": [row["id"] for row in standing]}
        left = self.writer.flow.withdrawn
        self._tell(event, "withdraw", target=left, data=data, reason="样例：停产")
        self.resume_state, self.state, self.entered = self.state, str(left), event
        self.returned_at = None

    def _extend(self, event: Event) -> None:
        if (row := self._first_open()) is None or event.later <= row["due_on"]:
            return
        self._change(event, row, status="done")
        told = {"deadline": row["id"], "milestone": row["milestone"], "what": "extend", "due_on": _iso(event.later)}
        row |= {"due_on": event.later, "generation": 2, "speaks_from": event.at}
        self._tell(event, "deadline", by=self.writer.confirmer, role=BUREAU, data=told, reason="样例：设备检修")

    def _ask(self, event: Event) -> None:
        if (row := self._first_open()) is None or event.later <= row["due_on"]:
            return
        number = self._change(event, row, status="asked")
        told = {"deadline": row["id"], "milestone": row["milestone"], "what": "ask", "to": _iso(event.later)}
        self._tell(event, "deadline", data=told | {"asked": number}, reason="样例：设备检修")

    def _first_open(self) -> dict[str, Any] | None:
        return next((row for row in self.deadlines if row["state"] == "open" and row["due_on"]), None)

    def _change(self, event: Event, row: dict[str, Any], *, status: str) -> int:
        change = {
            "id": self.life.number,
            "deadline_id": row["id"],
            "campaign": CAMPAIGN,
            "district_id": self.place.district_id,
            "kind": "extend",
            "from_on": row["due_on"],
            "to_on": event.later,
            "person_id": self.writer.confirmer if status == "done" else self.place.person_id,
            "reason": "样例：设备检修",
            "cause": None,
            "status": status,
            "decided_by": None,
            "recorded_at": event.at,
            "recorded_on": event.on,
        }
        self.shelf.changes.append(change)
        return self.life.number

    def _stand(self, row: dict[str, Any]) -> tuple[date | None, dict[str, Any]]:
        """What is kept beside a deadline, and counted of it."""
        flow, held = self.writer.flow, self.proposal
        target = flow.rank[flow.step_by_name[held.step or ""].target] if held else -1
        waits = row["state"] == "open" and row["due_on"] is not None and not self.life.claimed
        day = row["due_on"] if waits and self._needs(row) > target else None
        self.shelf.deadlines.append(row | {"awaited_on": day})
        key = (CAMPAIGN, flow.name)
        if day is not None:
            self.writer.counts.due[(*key, self.place.district_id, row["milestone"], day)] += 1
            moment = self.writer.moment(Deadline(**row), day)
            self.shelf.due += [{"deadline_id": row["id"], "next_at": moment}] if moment else []
        if row["achieved_on"] is not None:
            place = (*key, row["milestone"], self.place.region_id, row["achieved_on"])
            late = row["verdict"] == "late"
            self.writer.counts.met.setdefault(place, MetSum()).add(1, late=late, workdays=row["took"])
        return day, row

    def _needs(self, row: dict[str, Any]) -> int:
        return self.writer.flow.rank[self.writer.flow.milestone_by_name[row["milestone"]].reached]

    def _tell(self, event: Event, kind: Any, *, data: dict[str, Any], **more: Any) -> None:
        """An entry of the journal, linked to the one before it."""
        entry = Entry(
            kind,
            more.get("by", self.place.person_id),
            more.get("role", DISTRICT),
            event.on,
            step=event.step,
            source=more.get("source", self.state),
            target=more.get("target", self.state),
            campaign=CAMPAIGN,
            flow=self.writer.flow.name,
            district_id=self.place.district_id,
            definition_id=self.writer.definition_id,
            reason=more.get("reason"),
            data=data,
        )
        self.seq += 1
        link = Link(self.life.number, self.seq, self.hash)
        own = link_hash(link, entry, event.at)
        day = event.at.date()
        number = self.writer.numbers[day]
        self.writer.numbers[day] = number + 1
        columns = {name: getattr(entry, name) for name in Entry.__slots__}
        place = {"id": number, "case_id": link.case_id, "seq": link.seq, "prev_hash": link.prev_hash, "hash": own}
        self.shelf.journal.append({**columns, **place, "recorded_at": event.at})
        self.hash = own

    def _enter_records(self, product: dict[str, Any], event: Event) -> None:
        number, life = self.life.number, self.life
        code = f"91330000MA{number:08d}"
        blank = dict.fromkeys(("cluster", "above_designated_size"))
        company = {"id": number, "name": life.name, "name_key": name_key(life.name), "credit_code": code}
        company["industry_code"] = life.industry
        self.shelf.enterprises.append({**blank, **company, "honours": [], "contact": {}, "created_at": event.at})
        belongs = {"case_id": number, "enterprise_id": number, "active": True, "dropped_reason": None, "seq": 1}
        standards: dict[str, list[str]] = {"implemented_standards": [], "benchmark_standards": []}
        self.shelf.products.append({**product, **standards, **belongs, "created_at": event.at})
        self.shelf.found.append(
            Found(
                kind="case",
                ref_id=number,
                path=self.place.path,
                title=life.name,
                detail=code,
                words=(code, life.goods),
                campaign=CAMPAIGN,
                flow=self.writer.flow.name,
            )
        )

    def _columns(self) -> dict[str, Any]:
        held = self.proposal
        proposal = (held.step, self.place.person_id, held.at, held.on) if held else (None,) * 4
        return {
            "id": self.life.number,
            "campaign": CAMPAIGN,
            "flow": self.writer.flow.name,
            "definition_id": self.writer.definition_id,
            "district_id": self.place.district_id,
            "subject_key": f"enterprise:{self.life.number}",
            "subject_name": self.life.name,
            "state": self.state,
            "version": self.seq,
            "claimed": self.life.claimed,
            "round": 0,
            "opened_on": self.life.opened_on,
            "entered_at": self.entered.at,
            "entered_on": self.entered.on,
            "resume_state": self.resume_state,
            "replaces_id": None,
            "replaced_by_id": None,
            **dict(zip(_PROPOSAL, proposal, strict=True)),
            "journal_seq": self.seq,
            "journal_hash": self.hash,
            "returned_at": self.returned_at,
            "topic": topic(self.life.industry),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
