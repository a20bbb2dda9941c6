"""The file of one case: where it stands on the line, facts, what is missing, deadlines, letters, history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from console.casefile import case_file
from console.casewords import STATES, deed
from console.enterprise import standards_told
from console.web.attempt import NOTHING, Attempt
from console.web.desk import AtDesk, Desk
from console.web.filters import grouped, masked
from engine.flow import Flow, Label
from engine.store import cases, definitions
from engine.words import Sentence, tr

pages = APIRouter()

Fact = tuple[Sentence, object]


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the line: `mark` is "done", "here" or nothing; `on` the day it was reached, `due_on` its day."""

    label: Label
    mark: str
    on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the enterprise, as rows of facts."""

    name: str
    active: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the history."""

    at: datetime
    who: str
    what: object
    reason: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """The file as the page shows it; `late` counts workdays since the first open day."""

    id: int
    version: int
    subject: str
    district: str
    state: Label
    stages: tuple[Stage, ...]
    late: int
    due_on: date | None
    facts: tuple[Fact, ...]
    products: tuple[Product, ...]
    missing: tuple[Mapping[str, Any], ...]
    deadlines: tuple[Mapping[str, Any], ...]
    letters: tuple[Mapping[str, Any], ...]
    history: tuple[Happening, ...]
    attempt: Attempt


@pages.get("/cases/{case_id}")
def show_case(case_id: int, desk: AtDesk) -> Response:
    return case_page(desk, case_id)


def case_page(desk: Desk, case_id: int, attempt: Attempt = NOTHING) -> Response:
    """The page; a step that was refused shows it again with what was typed."""
    with desk.look() as work:
        file = case_file(desk.engine, work, desk.actor, case_id)
        flow = definitions.flow_of(work, cases.get(work, case_id).definition_id)
    return desk.page("cases/case.html", _page(file, flow, attempt))


def _page(file: Mapping[str, Any], flow: Flow, attempt: Attempt) -> CasePage:
    dated = [one for one in file["deadlines"] if one["state"] == "open" and one["due_on"]]
    return CasePage(
        id=file["case"],
        version=file["version"],
        subject=file["subject"],
        district=file["district"],
        state=file["label"],
        stages=tuple(_stages(file, flow)),
        late=max((one["workdays_late"] for one in dated), default=0),
        due_on=min((one["due_on"] for one in dated), default=None),
        facts=tuple(_facts(file)),
        products=tuple(_product(one) for one in file.get("products", ())),
        missing=tuple(file["missing"]),
        deadlines=tuple({**one, "told": STATES[one["state"]]} for one in file["deadlines"]),
        letters=tuple(file["letters"]),
        history=tuple(_happenings(file)),
        attempt=attempt,
    )


def _stages(file: Mapping[str, Any], flow: Flow) -> Iterator[Stage]:
    """Every state of the line in order; a withdrawn case stands at none of them."""
    reached = {one["to"]: one["on"] for one in file["journal"] if one["to"] and one["to"] != one["from"]}
    due = {milestone.reached: milestone.name for milestone in flow.milestones}
    days = {one["milestone"]: one["due_on"] for one in file["deadlines"] if one["state"] == "open"}
    here = flow.rank[file["state"]]
    for place, state in enumerate(flow.line):
        is_done = place < here or (place == here == len(flow.line) - 1)
        mark = "done" if is_done else "here" if place == here else ""
        on = (reached.get(state) or file["opened_on"]) if place <= here else None
        yield Stage(flow.state_by_name[state].label, mark, on, days.get(due.get(state, "")))


def _facts(file: Mapping[str, Any]) -> Iterator[Fact]:
    yield tr("District"), file["district"]
    yield tr("State"), file["label"]
    yield tr("Since"), file["entered_on"]
    known = file.get("enterprise")
    if known:
        yield tr("Credit code"), grouped(known["credit_code"])
        yield tr("Industry"), known["industry_code"]
        yield tr("Cluster"), known["cluster"]
        contact = known["contact"]
        yield tr("Contact"), " · ".join(masked(value) for value in contact.values()) if contact else None
    if file["proposal"]:
        told = file["proposal"]
        yield tr("Proposed"), tr("{step} by {who}, from {day}", step=told["label"], who=told["by"], day=str(told["on"]))
    if file["claimed"]:
        yield tr("Claimed"), tr("another district names it too; the bureau decides")


def _product(one: Mapping[str, Any]) -> Product:
    facts: list[Fact] = [
        (tr("Implements"), standards_told(one["implemented_standards"])),
        (tr("Compared with"), standards_told(one["benchmark_standards"])),
    ]
    if one["plan"]:
        facts.append((tr("Plan"), one["plan"]["title"]))
    if one["test_report"]:
        facts.append((tr("Test report"), one["test_report"]["report_no"]))
    if one["publication"]:
        facts.append((tr("Public list"), one["publication"]["title"]))
    if one["result"]:
        facts.append((tr("Result on the platform"), one["result"]["number"] or one["result"]["url"]))
    return Product(one["name"], one["active"], tuple(facts))


def _happenings(file: Mapping[str, Any]) -> Iterator[Happening]:
    """The newest first."""
    for one in reversed(file["journal"]):
        yield Happening(one["at"], one["for"] or one["by"], deed(one), one["reason"])
