"""The board: a column for each state with its first cards; a card's menu has the steps; lanes by district on demand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.board import Board, Column, board
from console.casesteps import take
from console.overview import Figures, overview
from console.register import Line
from console.web.acts import Said
from console.web.asked import Asked
from console.web.attempt import NOTHING, AsTyped, Attempt
from console.web.desk import AtDesk, Desk
from console.web.filters import query
from console.web.frames import Choice
from console.web.menu import BUREAU, DISTRICT
from console.web.pages.cases import districts_of
from engine.flow import Flow, Label, Step
from engine.judging import Command, Option, facts_of, options_many
from engine.roles import labels
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

CARDS: Final = 8
CARDS_OF_LANES: Final = 30


class Filters(Asked):
    district: str = ""
    lanes: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be done from a card: steps taken at once, steps that ask for more, and those that may not be taken."""

    now: tuple[Step, ...]
    asking: tuple[Step, ...]
    against: tuple[tuple[Label, tuple[Sentence, ...]], ...]


@dataclass(frozen=True, slots=True)
class Pile:
    """A column; `sources` says what moves cases into it."""

    column: Column
    sources: tuple[Sentence, ...]
    query: Mapping[str, object]

    @property
    def more(self) -> int:
        return self.column.n.n - len(self.column.lines)


@dataclass(frozen=True, slots=True)
class Lane:
    """A part of the house across the columns: of each, how many, the first cards, and where all are."""

    figures: Figures
    cells: tuple[tuple[int, tuple[Line, ...], Mapping[str, object]], ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    filters: Filters
    districts: tuple[Choice, ...]
    piles: tuple[Pile, ...]
    lanes: tuple[Lane, ...]
    menus: Mapping[int, Menu]
    attempt: Attempt
    told: Line | None

    @property
    def is_empty(self) -> bool:
        return not any(pile.column.n.n for pile in self.piles)


@pages.get("/board")
def show_board(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return board_page(desk, filters)


def board_page(desk: Desk, filters: Filters, attempt: Attempt = NOTHING) -> Response:
    """The page; a step that was refused shows it again with every reason."""
    desk.only_for(*BUREAU, *DISTRICT)
    with desk.look() as work:
        found = _board(desk, work, filters)
        flow = definitions.latest(work, ENTERPRISE)[1]
        page = BoardPage(
            filters=filters,
            districts=districts_of(desk, work, filters.district),
            piles=tuple(_pile(flow, column, filters) for column in found.columns),
            lanes=_lanes(desk, work, found, filters) if filters.lanes else (),
            menus={} if filters.lanes else _menus(desk, work, found),
            attempt=attempt,
            told=_told(found, filters.told),
        )
        return desk.page("board/board.html", page)


@pages.post("/board/{case_id}/steps/{step}")
def take_step(case_id: int, step: str, typed: AsTyped, filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    """A step from a card's menu; what needs more than a click is taken on the page of the case."""
    desk.if_refused(typed, lambda attempt: board_page(desk, filters, attempt))
    form = typed.read(Said)
    key = form.own_key(desk.actor, case_id, f"step {step}")
    with desk.work() as work:
        answer = take(desk.engine, work, desk.actor, Command(case_id=case_id, step=step, version=form.version, key=key))
    desk.unless_denied(answer)
    return desk.back(f"/board?{query(filters.query, told=str(case_id))}#card-{case_id}")


def _board(desk: Desk, work: Work, filters: Filters) -> Board:
    cards = CARDS_OF_LANES if filters.lanes else CARDS
    return board(desk.engine, work, desk.actor, desk.campaign.key, district=filters.district or None, cards=cards)


def _pile(flow: Flow, column: Column, filters: Filters) -> Pile:
    steps = [step for step in flow.steps if step.target == column.state and step.kind == "step"]
    sources = tuple(_source(step) for step in steps) or (tr("Enterprises come in with a list or by the form."),)
    return Pile(column, sources, {"state": column.state, "district": filters.district, "sort": "due"})


def _source(step: Step) -> Sentence:
    if step.confirm:
        confirmers = labels(step.confirm)
        return tr(
            "By “{step}” of {roles}, confirmed by {others}.",
            step=step.label,
            roles=labels(step.roles),
            others=confirmers,
        )
    return tr("By “{step}” of {roles}.", step=step.label, roles=labels(step.roles))


def _menus(desk: Desk, work: Work, found: Board) -> dict[int, Menu]:
    held = [line.case for column in found.columns for line in column.lines]
    options = options_many(desk.engine, work, desk.actor, held, facts_of(desk.engine, work, held))
    return {case.id: _menu([one for one in options[case.id] if not _is_of_others(one)]) for case in held}


def _menu(options: list[Option]) -> Menu:
    open_now = [one.step for one in options if not one.reasons]
    return Menu(
        now=tuple(step for step in open_now if step.kind == "step" and not step.reason),
        asking=tuple(step for step in open_now if step.kind != "step" or step.reason),
        against=tuple((one.step.label, tuple(r.sentence for r in one.reasons)) for one in options if one.reasons),
    )


def _is_of_others(option: Option) -> bool:
    return any(reason.code == "ROLE_MISSING" for reason in option.reasons)


def _lanes(desk: Desk, work: Work, found: Board, filters: Filters) -> tuple[Lane, ...]:
    """Every card shown lies in one lane; the numbers are those of all cases, shown or not."""
    rows = overview(desk.engine, work, desk.actor, desk.campaign, area=filters.district or None).rows
    ids = {line.case.district_id for column in found.columns for line in column.lines}
    paths = organisations.paths(work, ids)

    def cell(row: Figures, column: Column) -> tuple[int, tuple[Line, ...], Mapping[str, object]]:
        below = row.organisation.path
        lines = tuple(line for line in column.lines if paths[line.case.district_id].startswith(below))
        asked = {"state": column.state, "district": row.organisation.code, "sort": "due"}
        return max(row.at.get(column.state, 0), len(lines)), lines, asked

    return tuple(Lane(row, tuple(cell(row, column) for column in found.columns)) for row in rows)


def _told(found: Board, case_id: str) -> Line | None:
    """The card that was just moved, if it is among those shown."""
    lines = [line for column in found.columns for line in column.lines]
    return next((line for line in lines if str(line.case.id) == case_id), None)
