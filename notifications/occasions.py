"""Facts of the letters that tell of something done to a case: extensions, returns, lists, reports, corrections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from engine.agenda import milestone_label
from engine.briefing import Paper
from engine.effects import REWORK
from engine.flow import Flow, Label
from engine.model import Case, Deadline, Notice
from engine.store import blobs, cases, deadlines, definitions
from engine.store.database import Work
from notifications import facts
from notifications.facts import Extension, Frame, Happening

NOTHING: Final[Label] = {"zh": "—", "en": "—"}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the case it is about."""

    notice: Notice
    case: Case | None
    flow: Flow | None
    deadlines: Sequence[Deadline]

    @property
    def subject(self) -> str:
        return str(self.notice.facts.get("subject") or (self.case.subject_name if self.case else ""))

    @property
    def reason(self) -> str:
        return str(self.notice.facts.get("reason") or "")

    @property
    def milestone(self) -> Label:
        if self.flow is None or self.notice.milestone is None:
            return NOTHING
        return milestone_label(self.flow, self.notice.milestone)

    @property
    def step(self) -> Label:
        """The label of the step; posted either as the label itself or as the step's name."""
        step = self.notice.facts.get("step")
        if isinstance(step, Mapping) and step:
            return dict(step)
        if isinstance(step, str) and self.flow is not None and step in self.flow.step_by_name:
            return self.flow.step_by_name[step].label
        return NOTHING

    def open_day(self, *, rework: bool) -> date | None:
        """The day of the open deadline that comes first; of a rework only, where there is one."""
        days = [
            one.due_on
            for one in self.deadlines
            if one.state == "open" and one.due_on is not None and (not rework or one.milestone.startswith(REWORK))
        ]
        return min(days, default=None)


def tell(work: Work, notices: Sequence[Notice]) -> list[Told]:
    """The notices with their cases, in the order of the cases."""
    ids = sorted({notice.case_id for notice in notices if notice.case_id is not None})
    held = cases.lock(work, ids)
    standing = deadlines.of_cases(work, ids)
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held.values()}}
    told = []
    for notice in sorted(notices, key=lambda one: (one.case_id or 0, one.id)):
        case = held.get(notice.case_id or 0)
        flow = flows[case.definition_id] if case else None
        told.append(Told(notice, case, flow, standing.get(notice.case_id or 0, ())))
    return told


def papers_of(work: Work, notices: Sequence[Notice], most: int) -> tuple[Paper, ...]:
    """What was kept to go with these notices, as much of it as fits into so many bytes; each file once."""
    kept = {one["sha256"]: one["name"] for notice in notices for one in notice.facts.get("papers", ())}
    found = []
    for sha256, name in kept.items():
        media_type, content = blobs.read(work, sha256)
        most -= len(content)
        if most >= 0:
            found.append(Paper(name, media_type, content))
    return tuple(found)


def facts_of(letter: str, frame: Frame, district: str, told: Sequence[Told], papers: Sequence[Paper] = ()) -> object:
    """The facts of an occasional letter; one that only a flow knows is told as something that happened."""
    kind, line = _LETTERS.get(letter, (facts.Happened, _mended_by))
    found = kind(frame, district, tuple(line(one) for one in told))
    if isinstance(found, facts.ListRefused):
        return replace(found, papers=tuple(paper.name for paper in papers))
    return found


def _extension(told: Told) -> Extension:
    return Extension(
        subject=told.subject,
        milestone=told.milestone,
        from_on=_day(told.notice.facts.get("due_on")),
        to_on=date.fromisoformat(told.notice.facts["to"]),
        reason=told.reason,
    )


def _step(told: Told) -> Happening:
    return Happening(told.subject, told.step, told.reason)


def _mended_by(told: Told) -> Happening:
    return Happening(told.subject, told.step, told.reason, told.open_day(rework=True))


def _due(told: Told) -> Happening:
    return Happening(told.subject, told.milestone, told.reason, _day(told.notice.facts.get("due_on")))


def _corrected(told: Told) -> Happening:
    own = next((one.due_on for one in told.deadlines if one.id == told.notice.deadline_id), None)
    return Happening(told.subject, told.step, told.reason, own or told.open_day(rework=False))


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


_LETTERS: Final[Mapping[str, tuple[Callable[..., object], Callable[[Told], object]]]] = MappingProxyType(
    {
        "extension_granted": (facts.ExtensionGranted, _extension),
        "extension_refused": (facts.ExtensionRefused, _extension),
        "sent_back": (facts.SentBack, _mended_by),
        "proposal_returned": (facts.ProposalReturned, _step),
        "list_accepted": (facts.ListAccepted, _step),
        "list_refused": (facts.ListRefused, _mended_by),
        "report_due": (facts.ReportDue, _due),
        "correction": (facts.Correction, _corrected),
    }
)
