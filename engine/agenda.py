"""What lies open at a cut-off: what is overdue, what falls due next, what districts answered and bureaus changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.clock import at_morning, local_day
from engine.core import Engine
from engine.cutoff import Due, standing_at
from engine.duedays import days_late, last_soon
from engine.effects import REWORK
from engine.flow import Flow, Label
from engine.rungs import Level
from engine.store import definitions, figures, organisations
from engine.store.database import Work

ASK: Final = "ask"
ANSWERS: Final = frozenset({"reply", ASK})
"""What districts do to deadlines; everything else is done by the level above."""


@dataclass(frozen=True, slots=True)
class Span:
    """A period and the instant its figures are those of: the end of `until`, or a moment of that day."""

    since: date
    until: date
    cutoff: datetime


@dataclass(frozen=True, slots=True)
class Overdue:
    """A district's open cases of one milestone and day, and the highest level that was said about them."""

    district_id: int
    district: str
    flow: str
    milestone: str
    label: Label
    due_on: date
    open: int
    workdays_late: int
    level: str | None
    waiting: int = 0
    """Further cases that wait for the level above to confirm it."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A milestone that falls due, and how many are still open in how many districts."""

    flow: str
    milestone: str
    label: Label
    due_on: date
    open: int
    districts: int
    waiting: int = 0
    """Further cases that wait for the level above to confirm it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody did to deadlines within the period: an answer with a new day, an extension, a pause, a waiver;
    and extensions asked for whenever, as long as nobody has decided about them.
    """

    district_id: int
    district: str
    what: str
    milestone: str
    label: Label
    subjects: tuple[str, ...]
    reason: str
    to_on: date | None


class Agenda:
    """The deadlines of a campaign as they stood at the cut-off of a span, in words for people."""

    def __init__(self, engine: Engine, work: Work, campaign: str, span: Span) -> None:
        self._work, self._campaign, self._span = work, campaign, span
        self.workdays = engine.workdays(work)
        self.districts = organisations.districts(work, span.until)
        self.began = at_morning(span.since, "00:00", engine.zone)
        self._today = local_day(span.cutoff, engine.zone)
        self._standing = standing_at(work, campaign, span.cutoff)
        self._flows = {name: definitions.latest(work, name)[1] for name in definitions.names(work)}
        self._covered = self._waited_for()

    def overdue(self) -> tuple[Overdue, ...]:
        """By district in official order, then by day; the last day of the span is over when its cut-off is its end."""
        said = figures.levels_said(self._work, self._campaign, self._span.cutoff, self._standing.moved)
        names = {district.id: district.name for district in self.districts}
        order = {district.id: place for place, district in enumerate(self.districts)}
        late = [due for due, n in self._standing.open.items() if n and due[3] < self._today and due[0] in names]
        return tuple(
            Overdue(
                district_id=district_id,
                district=names[district_id],
                flow=flow,
                milestone=milestone,
                label=self._label(flow, milestone),
                due_on=day,
                open=self._standing.open[(district_id, flow, milestone, day)],
                workdays_late=days_late(day, self._span.until, self.workdays),
                level=_highest(said, district_id, milestone, day),
                waiting=self._covered[district_id, flow, milestone],
            )
            for district_id, flow, milestone, day in sorted(
                late, key=lambda due: (order[due[0]], due[3], *self._place(due))
            )
        )

    def upcoming(self) -> tuple[Upcoming, ...]:
        """The soonest first; a milestone whose day differs between districts stands there once for each day."""
        grouped: dict[tuple[date, tuple[str, int], str, str], dict[int, int]] = {}
        for due, n in self._standing.open.items():
            if due[3] >= self._today and n:
                grouped.setdefault((due[3], self._place(due), due[1], due[2]), {})[due[0]] = n
        return tuple(
            Upcoming(
                flow,
                milestone,
                self._label(flow, milestone),
                day,
                sum(grouped[key].values()),
                len(grouped[key]),
                sum(self._covered[district, flow, milestone] for district in grouped[key]),
            )
            for key in sorted(grouped)
            for day, _, flow, milestone in [key]
        )

    def waiting(self) -> Counter[int]:
        """How many cases of each district wait for the level above."""
        return Counter(district_id for district_id, _, _ in self._standing.proposed.values())

    def _waited_for(self) -> Counter[tuple[int, str, str]]:
        """By district, flow and milestone, how many cases wait for a confirmation that would meet it."""
        found: Counter[tuple[int, str, str]] = Counter()
        for district_id, name, step in self._standing.proposed.values():
            flow = self._flows[name]
            for milestone in met_by(flow, step):
                found[district_id, name, milestone] += 1
        return found

    def late_by_district(self) -> Counter[int]:
        """How many deadlines are overdue."""
        late: Counter[int] = Counter()
        for due, n in self._standing.open.items():
            late[due[0]] += n if due[3] < self._today else 0
        return late

    def soon(self, workdays: int) -> frozenset[int]:
        """Districts with a deadline that falls due within so many working days."""
        last = last_soon(self._today, self.workdays, soon=workdays)
        return frozenset(due[0] for due, n in self._standing.open.items() if n and self._today <= due[3] <= last)

    def made_good(self) -> frozenset[int]:
        """Districts that met a deadline late within the span."""
        rows = figures.met_late(self._work, self._campaign, self._span.since, self._span.until)
        return frozenset(row.district_id for row in rows if row.id not in self._standing.met_since)

    def matters(self) -> tuple[Matter, ...]:
        """What was done to deadlines by hand, one for all subjects with the same words and day, in order of time."""
        names = {district.id: district.name for district in self.districts}
        grouped: dict[tuple[Any, ...], list[str]] = {}
        for key, subject in self._told():
            grouped.setdefault(key, []).append(subject)
        return tuple(
            Matter(
                district_id=district_id,
                district=names.get(district_id, ""),
                what=what,
                milestone=milestone,
                label=self._label(flow, milestone),
                subjects=tuple(dict.fromkeys(subjects)),
                reason=reason,
                to_on=date.fromisoformat(to_on) if to_on else None,
            )
            for (district_id, flow, milestone, what, reason, to_on), subjects in grouped.items()
        )

    def count_entries(self) -> int:
        """How much was journaled within the span."""
        return figures.count_entries(self._work, self._campaign, self.began, self._span.cutoff)

    def _told(self) -> Iterator[tuple[tuple[Any, ...], str]]:
        for row in self._requests():
            to_on = row.to_on.isoformat()
            yield (row.district_id, row.flow, row.milestone, ASK, row.reason, to_on), row.subject_name
        for row in figures.deadline_entries(self._work, self._campaign, self.began, self._span.cutoff):
            told: Mapping[str, Any] = row.data
            if "deadline" in told and told["what"] != ASK:
                to_on = told.get("promised_on") or told.get("due_on") or told.get("to")
                key = (row.district_id, row.flow, told["milestone"], told["what"], row.reason or "", to_on)
                yield key, row.subject_name

    def _requests(self) -> list[figures.Found]:
        """Extensions that waited for an answer at the cut-off."""
        standing = self._standing
        since = (standing.answered_since, standing.closed_since)
        return figures.requests_at(self._work, self._campaign, self._span.cutoff, *since)

    def _label(self, flow: str, milestone: str) -> Label:
        return milestone_label(self._flows[flow], milestone)

    def _place(self, due: Due) -> tuple[str, int]:
        """Where a milestone stands in its flow; rework comes behind."""
        names = [milestone.name for milestone in self._flows[due[1]].milestones]
        return due[1], names.index(due[2]) if due[2] in names else len(names)


def _highest(said: Collection[tuple[int, str, date | None, str]], *place: Any) -> str | None:
    levels = [level for level in Level if (*place, level.value) in said]
    return max(levels, key=lambda level: level.rank).value if levels else None


def met_by(flow: Flow, step: str) -> tuple[str, ...]:
    """The milestones that a step of the line meets where it is taken."""
    taken = flow.step_by_name.get(step)
    if taken is None:
        return ()
    before, after = max(flow.rank[one] for one in taken.sources), flow.rank[taken.target]
    return tuple(one.name for one in flow.milestones if before < flow.rank[one.reached] <= after)


def milestone_label(flow: Flow, milestone: str) -> Label:
    """What people call a milestone; a sent-back case's is called after the state it has to reach again."""
    if not milestone.startswith(REWORK):
        return flow.milestone_by_name[milestone].label
    label = flow.state_by_name[milestone.removeprefix(REWORK)].label
    return {"zh": f"退回修改（{label['zh']}）", "en": f"rework ({label.get('en', label['zh'])})"}
