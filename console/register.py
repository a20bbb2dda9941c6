"""The register: cases one may see, filtered and sorted, each with its next day and how late it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.finding import find_district
from engine.access import Actor, scopes
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import days_late
from engine.errors import NotFound
from engine.flow import Flow, Label
from engine.model import Case, Deadline
from engine.store import cases, deadlines, definitions, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.names import name_key

CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases: None and False leave a thing open. `late_on` keeps those overdue on that day."""

    campaign: str
    flow: str | None = None
    district: str | None = None
    states: Collection[str] = ()
    name: str | None = None
    overdue: bool = False
    proposed: bool = False
    claimed: bool = False
    due_until: date | None = None
    sort: str = "number"


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the register; `due_on` is the first day that is still open, `late` counts workdays since then."""

    case: Case
    district: str
    state: Label
    milestone: Label | None
    due_on: date | None
    late: int
    proposed: Label | None

    def as_json(self) -> dict[str, Any]:
        case = self.case
        return {
            "case": case.id,
            "campaign": case.campaign,
            "flow": case.flow,
            "district": self.district,
            "subject": case.subject_name,
            "state": case.state,
            "label": self.state,
            "version": case.version,
            "round": case.round,
            "claimed": case.claimed,
            "proposed": case.proposed_step,
            "proposed_on": case.proposed_on,
            "opened_on": case.opened_on,
            "entered_on": case.entered_on,
            "due_on": self.due_on,
            "workdays_late": self.late,
        }


SORTS: Final[Mapping[str, Callable[[Line], Any]]] = {
    "number": lambda line: line.case.id,
    "name": lambda line: line.case.subject_name,
    "state": lambda line: (line.case.flow, line.case.entered_on),
    "due": lambda line: (line.due_on is None, line.due_on or date.max, line.case.id),
    "late": lambda line: (-line.late, line.case.id),
    "district": lambda _: 0,
}
"""How the register can be ordered; that of districts is the official one, in which cases come anyway."""


def register(engine: Engine, work: Work, actor: Actor, wanted: Wanted) -> list[Line]:
    """The lines that the actor may see, in the order asked for."""
    if wanted.sort not in SORTS:
        raise NotFound(tr("There is no order {name}; there are {known}.", name=wanted.sort, known=tuple(SORTS)))
    district = find_district(work, actor, wanted.district) if wanted.district else None
    found = cases.of_campaign(
        work,
        wanted.campaign,
        wanted.flow,
        district_id=district.id if district else None,
        states=_states(work, wanted) if wanted.states else None,
        scopes=scopes(actor) or ["-"],
        waiting=wanted.proposed,
    )
    lines = lines_of(engine, work, [case for case in found if _named(case, wanted)])
    return sorted((line for line in lines if _due(line, wanted)), key=SORTS[wanted.sort])


def lines_of(engine: Engine, work: Work, found: list[Case]) -> list[Line]:
    """Lines of cases, read in chunks."""
    places = {one.id: one.name for one in organisations.every(work)}
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in found}}
    today, workdays = engine.today(work), engine.workdays(work)
    lines = []
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        standing = deadlines.of_cases(work, [case.id for case in chunk])
        for case in chunk:
            flow = flows[case.definition_id]
            first = next_open(standing.get(case.id, ()))
            late = days_late(first.due_on, today, workdays) if first else 0
            lines.append(
                Line(
                    case,
                    places[case.district_id],
                    flow.state_by_name[case.state].label,
                    milestone_label(flow, first.milestone) if first else None,
                    first.due_on if first else None,
                    max(late, 0),
                    _step_label(flow, case.proposed_step),
                )
            )
    return lines


def next_open(standing: Collection[Deadline]) -> Deadline | None:
    """The open deadline with the first day."""
    dated = [one for one in standing if one.state == "open" and one.due_on is not None]
    return min(dated, key=lambda one: (one.due_on, one.id), default=None)


def _states(work: Work, wanted: Wanted) -> list[str]:
    """State names for what was asked, by name or by label."""
    flows = {flow: definitions.latest(work, flow)[1] for flow, _ in definitions.versions(work)}
    known = {
        text: state.name
        for name, flow in flows.items()
        if wanted.flow in (None, name)
        for state in flow.states
        for text in (state.name, *state.label.values())
    }
    unknown = [text for text in wanted.states if text not in known]
    if unknown:
        names = tuple(dict.fromkeys(known.values()))
        raise NotFound(tr("There is no state {name}; there are {known}.", name=unknown[0], known=names))
    return [known[text] for text in wanted.states]


def _named(case: Case, wanted: Wanted) -> bool:
    if wanted.claimed and not case.claimed:
        return False
    return wanted.name is None or name_key(wanted.name) in name_key(case.subject_name)


def _due(line: Line, wanted: Wanted) -> bool:
    if wanted.overdue and not line.late:
        return False
    return wanted.due_until is None or (line.due_on is not None and line.due_on <= wanted.due_until)


def _step_label(flow: Flow, step: str | None) -> Label | None:
    return flow.step_by_name[step].label if step else None
