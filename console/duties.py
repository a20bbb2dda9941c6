"""The sections of a to-do list: how each is read and counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from console.paging import CAP, Count, cursor, cut, place_of
from engine.access import Actor, scopes
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import days_late, last_soon
from engine.flow import Label
from engine.model import Case
from engine.roles import REPORTERS
from engine.store import areas, definitions, organisations, overviews, proposed, sought, tasks
from engine.store.database import Work
from engine.store.mails import Mail
from engine.store.numbers import Number
from engine.store.sought import Sought
from engine.store.types import to_micros
from workflows.benchmarking.kind import ENTERPRISE, NOMINATION_LIST, PROGRESS_REPORT

DISTRICT_SIDE: Final = frozenset({*REPORTERS, "district_section_head", "district_deputy_head"})
DRAFT: Final = ("draft",)


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a to-do list: a case, an extension that is asked for, or a mail.

    `label` is the milestone that is awaited or the step that is proposed, `late` counts workdays, `since` says from
    when it waits; `said` is what the ladder said last when the district has not answered it yet.
    """

    title: str
    district: str
    label: Label | None = None
    case: Case | None = None
    due_on: date | None = None
    late: int = 0
    since: datetime | None = None
    said: str | None = None
    deadline_id: int | None = None
    change_id: int | None = None
    to_on: date | None = None
    mail: Mail | None = None


class Duties:
    """Whose list it is, and what its sections share."""

    def __init__(self, engine: Engine, work: Work, actor: Actor, campaign: str) -> None:
        self.engine, self.work, self.campaign = engine, work, campaign
        self.area = areas.area(work, scopes(actor))
        self.today = engine.today(work)
        self.workdays = engine.workdays(work)
        self.soon = last_soon(self.today, self.workdays)

    def sought(self, flow: str) -> Sought:
        states = definitions.states_of(self.work, flow)
        return Sought(campaign=self.campaign, flow=flow, area=self.area, states=states, undated=False)

    def late(self, day: date | None) -> int:
        return max(0, days_late(day, self.today, self.workdays))

    def names(self, ids: Sequence[int | None]) -> dict[int | None, str]:
        named: dict[int | None, str] = {None: ""}
        return named | dict(organisations.names(self.work, {key for key in ids if key is not None}))


Read = Callable[[Duties, str | None, int], tuple[list[Task], str | None]]


@dataclass(frozen=True, slots=True)
class Section:
    """How the lines of a section are read, from a place and so many, and which numbers they come to together.

    A number that nothing keeps is counted up to the cap.
    """

    read: Read
    numbers: Callable[[Duties], Sequence[Number]]
    exact: bool = False

    def count(self, found: Iterable[int]) -> Count:
        return Count(sum(found)) if self.exact else Count.up_to_cap(sum(found))


@dataclass(frozen=True, slots=True)
class _ByDay:
    """Cases of some flows by the first day that the district is awaited for."""

    flows: tuple[str, ...]
    days: Callable[[Duties], tuple[date | None, date | None]]
    returned: bool | None = None
    undated: bool = False
    with_said: bool = False

    def read(self, mine: Duties, after: str | None, limit: int) -> tuple[list[Task], str | None]:
        place = place_of(after, date, int)
        begin = (place[0], place[1]) if place else None
        places, more = cut(sought.by_due(mine.work, self._asked(mine), begin, limit + 1), limit)
        lines = _case_lines(mine, sought.by_ids(mine.work, [key for _, key in places]), with_said=self.with_said)
        return lines, cursor(*places[-1]) if more else None

    def numbers(self, mine: Duties) -> list[Number]:
        return [sought.number_to(one, CAP) for one in self._asked(mine)]

    def _asked(self, mine: Duties) -> list[Sought]:
        since, until = self.days(mine)
        known = definitions.names(mine.work)
        return [
            replace(mine.sought(flow), due_from=since, due_until=until, returned=self.returned, undated=self.undated)
            for flow in self.flows
            if flow in known
        ]


def _section(duty: _ByDay) -> Section:
    return Section(duty.read, duty.numbers)


_WORK: Final = (ENTERPRISE, NOMINATION_LIST)
overdue: Final = _section(
    _ByDay((*_WORK, PROGRESS_REPORT), lambda mine: (None, mine.today - timedelta(days=1)), with_said=True)
)
returned: Final = _section(
    _ByDay((*_WORK, PROGRESS_REPORT), lambda mine: (mine.today, None), returned=True, undated=True)
)
due_soon: Final = _section(_ByDay(_WORK, lambda mine: (mine.today, mine.soon), returned=False))
report_due: Final = _section(_ByDay((PROGRESS_REPORT,), lambda mine: (mine.today, None), returned=False))


def _case_lines(mine: Duties, found: Sequence[Case], *, with_said: bool = False) -> list[Task]:
    if not found:
        return []
    names = mine.names([case.district_id for case in found])
    firsts = tasks.first_awaited(mine.work, found) if with_said else {}
    said = _unanswered(mine, list(firsts.values()))
    return [
        Task(
            title=case.subject_name,
            district=names[case.district_id],
            label=milestone_label(flow, case.next_milestone) if case.next_milestone else None,
            case=case,
            due_on=case.next_due_on,
            late=mine.late(case.next_due_on),
            since=case.returned_at,
            said=said.get(firsts.get(case.id, 0)),
            deadline_id=firsts.get(case.id),
        )
        for case in found
        for flow in [definitions.flow_of(mine.work, case.definition_id)]
    ]


def _unanswered(mine: Duties, deadline_ids: Sequence[int]) -> dict[int, str]:
    """What the ladder said last of these deadlines, where nothing was answered since."""
    if not deadline_ids:
        return {}
    answers = tasks.answered(mine.work, deadline_ids)
    said = tasks.said(mine.work, deadline_ids)
    return {key: level for key, (level, at) in said.items() if key not in answers or answers[key] < at}


def _read_proposals(mine: Duties, after: str | None, limit: int) -> tuple[list[Task], str | None]:
    place = place_of(after, int, int)
    begin = (place[0], place[1]) if place else None
    found, more = cut(proposed.waiting(mine.work, mine.campaign, mine.area, after=begin, limit=limit + 1), limit)
    names = mine.names([case.district_id for case in found])
    lines = [
        Task(
            title=case.subject_name,
            district=names[case.district_id],
            label=definitions.flow_of(mine.work, case.definition_id).step_by_name[case.proposed_step or ""].label,
            case=case,
            since=case.proposed_at,
        )
        for case in found
    ]
    last = found[-1] if more else None
    return lines, cursor(to_micros(last.proposed_at), last.id) if last and last.proposed_at else None


def _read_asked(mine: Duties, after: str | None, limit: int) -> tuple[list[Task], str | None]:
    place = place_of(after, int)
    rows = tasks.asked(mine.work, mine.campaign, mine.area, place[0] if place else 0, limit + 1)
    found, more = cut(rows, limit)
    held = {case.id: case for case in sought.by_ids(mine.work, [row.case_id for row in found])}
    lines = [
        Task(
            title=row.subject_name,
            district=row.district,
            label=milestone_label(definitions.flow_of(mine.work, row.definition_id), row.milestone),
            case=held[row.case_id],
            due_on=row.from_on,
            since=row.recorded_at,
            deadline_id=row.deadline_id,
            change_id=row.id,
            to_on=row.to_on,
        )
        for row in found
    ]
    return lines, cursor(found[-1].id) if more else None


def _read_claims(mine: Duties, after: str | None, limit: int) -> tuple[list[Task], str | None]:
    place = place_of(after, int)
    rows = tasks.claimed(mine.work, mine.campaign, mine.area, place[0] if place else 0, limit + 1)
    found, more = cut(rows, limit)
    return _case_lines(mine, found), cursor(found[-1].id) if more else None


def _mails(states: tuple[str, ...]) -> Section:
    def read(mine: Duties, after: str | None, limit: int) -> tuple[list[Task], str | None]:
        place = place_of(after, int)
        begin = place[0] if place else 0
        rows = tasks.watched(mine.work, mine.campaign, mine.area, states, after=begin, limit=limit + 1)
        found, more = cut(rows, limit)
        names = mine.names([mail.district_id for mail in found])
        lines = [Task(mail.subject, names[mail.district_id], since=mail.created_at, mail=mail) for mail in found]
        return lines, cursor(found[-1].id) if more else None

    def numbers(mine: Duties) -> list[Number]:
        return [tasks.number_watched(mine.campaign, mine.area, states, CAP)]

    return Section(read, numbers)


to_confirm: Final = Section(_read_proposals, lambda mine: [proposed.number(mine.campaign, mine.area)], exact=True)
extension_asked: Final = Section(_read_asked, lambda mine: [overviews.asked(mine.campaign, mine.area, CAP)])
claim: Final = Section(_read_claims, lambda mine: [overviews.claims(mine.campaign, mine.area, CAP)])
bounced: Final = _mails(tasks.TROUBLED)
drafts: Final = _mails(DRAFT)
