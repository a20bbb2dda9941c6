"""What every page about a case begins with: the case, its flow, what is on record, its days and its history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.access import Actor, capacity
from engine.acting import seen
from engine.core import Engine
from engine.duedays import Light, days_late, light
from engine.flow import Flow, Label
from engine.history import holding
from engine.judging import facts_of
from engine.kinds import Facts
from engine.model import Case, Deadline, Organisation, Recorded
from engine.store import deadlines, definitions, journal, organisations, people
from engine.store.database import Work
from engine.words import Sentence, tr
from engine.workdays import Workdays


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands at this moment; `entries` is its whole history, oldest first, `names` who acted in it."""

    case: Case
    flow: Flow
    place: Organisation
    facts: Facts
    standing: tuple[Deadline, ...]
    entries: tuple[Recorded, ...]
    names: Mapping[int, str]
    today: date
    workdays: Workdays

    @property
    def state(self) -> Label:
        return self.flow.state_by_name[self.case.state].label

    def late(self, deadline: Deadline) -> int:
        """Working days since an open day; none for one that stands still."""
        if deadline.state != "open" or deadline.paused_on is not None:
            return 0
        return max(0, days_late(deadline.due_on, self.today, self.workdays))

    def may(self, actor: Actor, roles: tuple[str, ...]) -> bool:
        """Whether somebody has one of these roles over the case's district."""
        return capacity(actor, self.place.path, roles) is not None

    def who(self, entry: Recorded) -> str:
        """Whose deed it was; of a deputy's, whom they stood in for."""
        return self.names.get(entry.on_behalf_of or entry.person_id, "")


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the line: `mark` is "done", "here" or nothing; `light` and `told` say how its day is kept."""

    label: Label
    mark: str
    on: date | None
    due_on: date | None
    light: str = ""
    told: Sentence | str = ""


def case_view(engine: Engine, work: Work, actor: Actor, case_id: int) -> CaseView:
    """The case, if it exists for this actor."""
    case = seen(work, actor, case_id)
    entries = journal.of_case(work, case_id)
    ids = {one.person_id for one in entries} | {one.on_behalf_of for one in entries if one.on_behalf_of}
    return CaseView(
        case=case,
        flow=definitions.flow_of(work, case.definition_id),
        place=organisations.get(work, case.district_id),
        facts=facts_of(engine, work, [case])[case.id],
        standing=tuple(deadlines.of_cases(work, [case_id])[case_id]),
        entries=entries,
        names=people.names(work, ids),
        today=engine.today(work),
        workdays=engine.workdays(work),
    )


def stages(view: CaseView) -> Iterator[Stage]:
    """Every state of the line in order; what has left the line stands where it left it."""
    flow, case = view.flow, view.case
    reached = {one.target or flow.initial: one.effective_on for one in holding(view.entries)}
    days = {one.milestone: one for one in view.standing}
    due = {milestone.reached: milestone.name for milestone in flow.milestones}
    here, last = flow.rank[case.resume_state or case.state], len(flow.line) - 1
    for place, state in enumerate(flow.line):
        mark = MARKS[(place > here) - (place < here or place == here == last)]
        on = None if place > here else reached.get(state)
        yield _stage(view, flow.state_by_name[state].label, mark, on, days.get(due.get(state, "")))


MARKS: Final = {-1: "done", 0: "here", 1: ""}
"""Whether a state lies behind, is the present one, or lies ahead; the last one is done as soon as it is reached."""


def _stage(view: CaseView, label: Label, mark: str, on: date | None, deadline: Deadline | None) -> Stage:
    if deadline is None:
        return Stage(label, mark, on, None)
    colour, told = _light(view, deadline)
    return Stage(label, mark, on, deadline.due_on if deadline.state == "open" else None, colour, told)


def _light(view: CaseView, deadline: Deadline) -> tuple[str, Sentence | str]:
    """How the day of a state is kept; nothing where it is still far."""
    if deadline.state != "open":
        colour = {"met": "yellow" if deadline.verdict == "late" else "green", "waived": "grey"}.get(deadline.state, "")
        told: Sentence | str = _VERDICTS.get(deadline.verdict or "", "") if colour != "grey" else tr("waived")
        return (colour, told) if told else ("", "")
    if deadline.paused_on is not None:
        return "grey", tr("paused")
    by_light = {
        Light.RED: ("red", tr("{n} workdays late", n=late) if (late := view.late(deadline)) else tr("overdue")),
        Light.YELLOW: ("yellow", tr("due soon")),
    }
    return by_light.get(light(deadline.due_on, view.today, view.workdays), ("", ""))


_VERDICTS: Final = {"on_time": tr("on time"), "late": tr("late")}
