"""The to-do list: lines left with the reason why each is there, the chosen case right with what settles it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.paging import PAGE, Count
from console.register import Line, Wanted, register
from console.todo import FIRST, Todo, todo, waiting_for
from console.web.acts import Tried
from console.web.asked import Asked
from console.web.attempt import Attempt
from console.web.desk import AtDesk, Desk
from console.web.filters import query
from console.web.menu import ALL, COUNTS, addresses
from console.web.pages.tasks_chosen import Chosen, ChosenMail, chosen_at
from console.web.pages.tasks_lines import Part, Spot, TaskLine, parts_of
from engine.access import Actor
from engine.store.database import Work

pages = APIRouter()

MINE: Final = "mine"


class Filters(Asked):
    """Which lines, whose, and the one that is chosen; `told` says what became of the one before."""

    section: str = ""
    of: str = ""
    at: str = ""
    told: str = ""

    @property
    def of_list(self) -> dict[str, object]:
        """The list without the line chosen in it."""
        return {"section": self.section, "of": self.of}


@dataclass(frozen=True, slots=True)
class TasksPage:
    """`coming` is the next day anything falls due, told when nothing is to do; `head` is what forms are about."""

    filters: Filters
    total: Count
    parts: tuple[Part, ...]
    chosen: Chosen | None
    mail: ChosenMail | None
    lends: bool
    coming: Line | None
    has_letters: bool
    tried: Tried

    @property
    def head(self) -> Chosen | None:
        return self.chosen

    @property
    def above(self) -> Attempt:
        """What was refused and belongs to no form that still stands on the page."""
        return self.tried.beside(self.chosen.acts if self.chosen else ())

    @property
    def kept(self) -> tuple[str, ...]:
        """What was typed into a form that is there no more."""
        return tuple(value for name in ("reason", "on") for value in self.above.values(name) if value)


@pages.get("/tasks")
def show_tasks(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return tasks_page(desk, filters)


def tasks_page(desk: Desk, filters: Filters, tried: Tried | None = None) -> Response:
    """The page; a form that was refused shows it again, with what was typed where it was typed."""
    desk.only_for(*ALL - {"leader", "administrator"})
    with desk.look() as work:
        return desk.page("tasks/tasks.html", _page(desk, work, filters, tried or Tried()))


def again(desk: Desk, filters: Filters, name: str) -> Callable[[Attempt], Response]:
    """How the page is shown again after one of its forms was refused."""
    return lambda attempt: tasks_page(desk, filters, Tried(name, attempt))


def go_on(desk: Desk, onward: str, filters: Filters, told: str) -> Response:
    """To the line behind the one that was settled."""
    return desk.back(f"/tasks?{query(filters.of_list, at=onward, told=told)}")


def _page(desk: Desk, work: Work, filters: Filters, tried: Tried) -> TasksPage:
    found = _todo(desk, work, filters)
    parts = parts_of(desk, work, found)
    lines = [line for part in parts for line in part.lines]
    spot = _spot(filters, lines)
    chosen = chosen_at(desk, work, spot, _onward(filters, lines, spot)) if spot else None
    case = chosen if isinstance(chosen, Chosen) else None
    return TasksPage(
        filters=filters.model_copy(update={"at": str(spot or "")}),
        total=found.total,
        parts=parts,
        chosen=case,
        mail=chosen if isinstance(chosen, ChosenMail) else None,
        lends=own(desk.actor) != desk.actor,
        coming=None if lines else _coming(desk, work),
        has_letters="/letters/{mail_id}" in addresses(desk),
        tried=_unfolded(case) if case and not tried.name else tried,
    )


def _todo(desk: Desk, work: Work, filters: Filters) -> Todo:
    """The first lines of each section, or a page of one; the whole number is remembered for the menu."""
    section, key = filters.section or None, desk.campaign.key
    actor = own(desk.actor) if filters.of == MINE else desk.actor
    limit = PAGE if section else FIRST
    found = todo(desk.engine, work, actor, key, section=section, after=filters.after or None, limit=limit)
    if section is None and actor is desk.actor:
        desk.request.state.waiting = found.total
    return found


def _spot(filters: Filters, lines: list[TaskLine]) -> Spot | None:
    """The line that was chosen, else the first."""
    if filters.at:
        return Spot.read(filters.at)
    return lines[0].spot if lines else None


def _unfolded(chosen: Chosen) -> Tried:
    """The deed that a line mostly waits for stands open."""
    return Tried(next((act.name for act in chosen.acts if act.main), ""))


def own(actor: Actor) -> Actor:
    """The same person without what they do for others they stand in for."""
    return replace(actor, grants=tuple(grant for grant in actor.grants if grant.by == actor.person_id))


def _onward(filters: Filters, lines: list[TaskLine], spot: Spot) -> Mapping[str, object]:
    """What a form's address carries: the list, the line it is on, and the one that comes next."""
    spots = [line.spot for line in lines]
    others = spots[spots.index(spot) + 1 :] + spots[: spots.index(spot)] if spot in spots else spots
    return {**filters.of_list, "at": str(spot), "onward": str(others[0]) if others else ""}


def _coming(desk: Desk, work: Work) -> Line | None:
    """The case whose district is awaited first."""
    wanted = Wanted(campaign=desk.campaign.key, sort="due", limit=1)
    found = register(desk.engine, work, desk.actor, wanted).lines
    return found[0] if found and found[0].due_on and found[0].due_on >= desk.today else None


def _count(desk: Desk, work: Work) -> Count:
    """The page itself has counted already."""
    counted: Count | None = getattr(desk.request.state, "waiting", None)
    return counted or waiting_for(desk.engine, work, desk.actor, desk.campaign.key)


COUNTS["/tasks"] = _count
