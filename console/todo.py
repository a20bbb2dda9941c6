"""What somebody has to do, each line with the reason why it is there, section by section and page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from console import duties
from console.duties import DISTRICT_SIDE, Duties, Task
from console.paging import Count
from engine.access import Actor
from engine.core import Engine
from engine.errors import NotFound
from engine.flow import Label
from engine.roles import SUPERVISORS
from engine.store.database import Work
from engine.store.numbers import ask
from engine.words import tr

FIRST: Final = 10
"""Lines of each section, where all of them are shown."""

SECTIONS: Final[Mapping[str, tuple[Label, duties.Section]]] = MappingProxyType(
    {
        "overdue": (MappingProxyType({"zh": "逾期", "en": "overdue"}), duties.overdue),
        "returned": (MappingProxyType({"zh": "被退回", "en": "sent back"}), duties.returned),
        "due_soon": (MappingProxyType({"zh": "临期", "en": "due soon"}), duties.due_soon),
        "report_due": (MappingProxyType({"zh": "待报半年报", "en": "report due"}), duties.report_due),
        "to_confirm": (MappingProxyType({"zh": "待确认", "en": "to confirm"}), duties.to_confirm),
        "extension_asked": (MappingProxyType({"zh": "延期申请", "en": "extension asked"}), duties.extension_asked),
        "claim": (MappingProxyType({"zh": "认领冲突", "en": "claimed twice"}), duties.claim),
        "bounced": (MappingProxyType({"zh": "退信", "en": "bounced"}), duties.bounced),
        "draft_circular": (MappingProxyType({"zh": "待发通报", "en": "draft to release"}), duties.drafts),
    }
)
"""In the order in which they are shown; the first four are a district's, the others those of the level above."""

OF_DISTRICTS: Final = ("overdue", "returned", "due_soon", "report_due")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that are there for one reason; `after` is where the next page begins, None on the last one."""

    reason: str
    label: Label
    count: Count
    lines: tuple[Task, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Todo:
    """What somebody has to do; sections without lines are left out unless they were asked for."""

    sections: tuple[Section, ...]
    total: Count


def todo(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    section: str | None = None,
    after: str | None = None,
    limit: int = FIRST,
) -> Todo:
    """The first lines of every section of the actor's roles, or a page of one."""
    mine = Duties(engine, work, actor, campaign)
    names = sections_of(actor)
    if section is not None and section not in names:
        raise NotFound(tr("There is no section {name}; there are {known}.", name=section, known=names))
    wanted = [section] if section is not None else list(names)
    counts = _counts(mine, wanted)
    found = [_section(mine, name, after, limit, counts[name]) for name in wanted if counts[name].n or section]
    shown = tuple(one for one in found if one.lines or section is not None)
    return Todo(shown, sum((one.count for one in found), Count(0)))


def waiting_for(engine: Engine, work: Work, actor: Actor, campaign: str) -> Count:
    """How much the actor has to do."""
    mine = Duties(engine, work, actor, campaign)
    return sum(_counts(mine, sections_of(actor)).values(), Count(0))


def sections_of(actor: Actor) -> tuple[str, ...]:
    """The sections that the actor's roles have."""
    roles = {grant.role for grant in actor.grants}
    names: list[str] = []
    if roles & DISTRICT_SIDE:
        names += OF_DISTRICTS
    if roles & set(SUPERVISORS):
        names += [name for name in SECTIONS if name not in OF_DISTRICTS]
    return tuple(names)


def _counts(mine: Duties, names: Sequence[str]) -> dict[str, Count]:
    """How many lines each section has, asked for in one statement."""
    wanted = {name: SECTIONS[name][1].numbers(mine) for name in names}
    found = iter(ask(mine.work, [one for some in wanted.values() for one in some]))
    return {name: SECTIONS[name][1].count([next(found) for _ in some]) for name, some in wanted.items()}


def _section(mine: Duties, name: str, after: str | None, limit: int, count: Count) -> Section:
    label, duty = SECTIONS[name]
    lines, behind = duty.read(mine, after, limit)
    return Section(name, label, count, tuple(lines), behind)
