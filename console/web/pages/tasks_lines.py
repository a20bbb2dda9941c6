"""The left side of the to-do list: every line with the reason why it is there, and its light in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from console.duties import Task
from console.paging import Count
from console.todo import Section, Todo
from console.web.desk import Desk
from engine.clock import local_day
from engine.errors import NotFound
from engine.flow import Label
from engine.store.database import Work
from engine.words import Sentence, tr


@dataclass(frozen=True, slots=True)
class Spot:
    """A line by what it is about: the reason it is there, its case, and the number of what waits (a change, a mail)."""

    reason: str
    case_id: int
    number: int

    def __str__(self) -> str:
        return f"{self.reason}.{self.case_id}.{self.number}"

    @classmethod
    def read(cls, text: str) -> "Spot":
        """From an address; what is no such place is not there."""
        reason, _, rest = text.partition(".")
        case_id, _, number = rest.partition(".")
        if reason not in WHY or not (case_id.isdecimal() and number.isdecimal()):
            raise NotFound
        return cls(reason, int(case_id), int(number))


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A line: what it is about, why it is there, and how urgent that is."""

    spot: Spot
    title: str
    district: str
    why: Sentence
    colour: str
    told: Sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the list; `after` is where its next page begins."""

    reason: str
    label: Label
    count: Count
    lines: tuple[TaskLine, ...]
    after: str | None


def parts_of(desk: Desk, work: Work, found: Todo) -> tuple[Part, ...]:
    """The sections as they are shown."""
    return tuple(_part(desk, work, section) for section in found.sections)


def _part(desk: Desk, work: Work, section: Section) -> Part:
    lines = tuple(_line(desk, work, section.reason, task) for task in section.lines)
    return Part(section.reason, section.label, section.count, lines, section.after)


def _line(desk: Desk, work: Work, reason: str, task: Task) -> TaskLine:
    colour, told = _light(desk, work, reason, task)
    return TaskLine(
        spot=spot_of(reason, task),
        title=task.title,
        district=task.district,
        why=SAID[task.said](task) if task.said in SAID else WHY[reason](task),
        colour=colour,
        told=told,
    )


def spot_of(reason: str, task: Task) -> Spot:
    number = task.mail.id if task.mail else task.change_id or task.deadline_id or 0
    return Spot(reason, task.case.id if task.case else 0, number)


def _light(desk: Desk, work: Work, reason: str, task: Task) -> tuple[str, Sentence]:
    """How late it is, how long is left, or how long it has waited, in working days."""
    if reason in WAITING and task.since is not None:
        waited = desk.engine.workdays(work).between(local_day(task.since, desk.engine.zone), desk.today)
        colour = "yellow" if waited >= LONG else "grey"
        return colour, tr("waits for {n} workdays", n=waited) if waited > 0 else tr("came in today")
    if task.late > 0:
        return "red", tr("{n} workdays late", n=task.late)
    if task.due_on is None:
        return "grey", tr("without a day")
    if task.due_on <= desk.today:
        return ("yellow", tr("due today")) if task.due_on == desk.today else ("red", tr("overdue"))
    left = desk.engine.workdays(work).between(desk.today, task.due_on)
    if left <= 0:
        return "yellow", tr("no further workday before its day")
    return ("yellow" if reason == "due_soon" else "green"), tr("{n} workdays left", n=left)


WAITING: Final = frozenset({"to_confirm", "extension_asked", "claim", "bounced", "draft_circular"})
LONG: Final = 3
"""Working days from which something has waited long."""

WHY: Final[Mapping[str, Callable[[Task], Sentence]]] = {
    "overdue": lambda task: tr("“{milestone}” was due on {day}.", milestone=task.label, day=task.due_on),
    "returned": lambda _: tr("It was sent back or its proposal returned; the reason stands beside."),
    "due_soon": lambda task: tr("“{milestone}” is due on {day}.", milestone=task.label, day=task.due_on),
    "report_due": lambda task: tr("The half-yearly report is due on {day}.", day=task.due_on),
    "to_confirm": lambda task: tr("“{step}” is proposed and waits for your confirmation.", step=task.label),
    "extension_asked": lambda task: tr(
        "An extension of “{milestone}” from {day} to {to} is asked for.",
        milestone=task.label,
        day=task.due_on,
        to=task.to_on,
    ),
    "claim": lambda _: tr("Two districts have named this enterprise."),
    "bounced": lambda _: tr("This letter did not reach everybody it was for."),
    "draft_circular": lambda _: tr("This letter is drafted and waits to be released."),
}
"""Why a line is there."""

SAID: Final[Mapping[str | None, Callable[[Task], Sentence]]] = {
    "chase": lambda task: tr(
        "“{milestone}” was due on {day}; a chase has come and waits for your answer.",
        milestone=task.label,
        day=task.due_on,
    ),
    "supervision": lambda task: tr(
        "“{milestone}” was due on {day}; a supervision has come and waits for your answer.",
        milestone=task.label,
        day=task.due_on,
    ),
    "circular": lambda task: tr(
        "“{milestone}” was due on {day}; it stands in a circular and waits for your answer.",
        milestone=task.label,
        day=task.due_on,
    ),
}
"""The same where the ladder has spoken and the district has not answered."""
