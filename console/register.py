"""The register: cases one may see, filtered and sorted, a page at a time, each with its next day and how late it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from console.paging import CAP, Count, Page, cut
from console.seeking import SORTS, Seeker, Wanted
from engine.access import Actor
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import days_late, light
from engine.flow import Flow, Label
from engine.model import Case
from engine.store import definitions, organisations, sought
from engine.store.database import Work

__all__ = ["SORTS", "Line", "Wanted", "every_line", "lines_of", "register"]


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the register. `due_on` is the first day that its district is awaited for, `late` counts workdays since
    then; while somebody else's move is awaited there is none.
    """

    case: Case
    district: str
    state: Label
    milestone: Label | None
    due_on: date | None
    late: int
    light: str
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


def register(engine: Engine, work: Work, actor: Actor, wanted: Wanted) -> Page[Line]:
    """A page of the lines that the actor may see, in the order asked for."""
    seeker = Seeker(engine, work, actor, wanted)
    found, more = cut(seeker.places(), wanted.limit)
    lines = lines_of(engine, work, sought.by_ids(work, [key for _, key in found]))
    return Page(tuple(lines), seeker.cursor(found[-1][0]) if more else None, seeker.count())


def count_of(engine: Engine, work: Work, actor: Actor, wanted: Wanted) -> Count:
    """How many lines there are."""
    return Seeker(engine, work, actor, wanted).count()


def every_line(engine: Engine, work: Work, actor: Actor, wanted: Wanted) -> Iterator[Line]:
    """All lines, page by page, for lists that leave the house."""
    after, more = wanted.after, True
    while more:
        page = register(engine, work, actor, replace(wanted, after=after, limit=CAP))
        yield from page.lines
        after, more = page.after, page.after is not None


def lines_of(engine: Engine, work: Work, found: Sequence[Case]) -> list[Line]:
    """Lines of cases, in the order given; what they need stands in their rows."""
    places = organisations.names(work, {case.district_id for case in found})
    today, workdays = engine.today(work), engine.workdays(work)
    lines = []
    for case in found:
        flow = definitions.flow_of(work, case.definition_id)
        due_on = case.next_due_on
        lines.append(
            Line(
                case=case,
                district=places[case.district_id],
                state=flow.state_by_name[case.state].label,
                milestone=milestone_label(flow, case.next_milestone) if case.next_milestone else None,
                due_on=due_on,
                late=max(0, days_late(due_on, today, workdays)),
                light=light(due_on, today, workdays).value,
                proposed=_step_label(flow, case.proposed_step),
            )
        )
    return lines


def _step_label(flow: Flow, step: str | None) -> Label | None:
    return flow.step_by_name[step].label if step else None
