"""The board: a column a state, with how many stand there, how many of them are overdue, and the first cards of each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from console.finding import find_district
from console.paging import CAP, Count
from console.register import Line, lines_of
from engine.access import Actor, scopes
from engine.core import Engine
from engine.flow import Label
from engine.store import areas, columns, definitions, sought
from engine.store.database import Work
from engine.store.sought import Sought
from workflows.benchmarking.kind import ENTERPRISE

CARDS: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A state: how many cases stand in it, how many of these are overdue, and the first by their next day."""

    state: str
    label: Label
    n: Count
    overdue: Count
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Board:
    flow: str
    columns: tuple[Column, ...]


def board(
    engine: Engine,
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    flow: str = ENTERPRISE,
    district: str | None = None,
    cards: int = CARDS,
) -> Board:
    """The states of the line in order; more of a column is the register with that state, sorted by due."""
    definition = definitions.latest(work, flow)[1]
    within = find_district(work, actor, district).path if district else "/"
    area = areas.area(work, scopes(actor), within)
    asked = Sought(campaign=campaign, flow=flow, area=area, states=definition.line)
    yesterday = engine.today(work) - timedelta(days=1)
    standing = columns.standing(work, asked)
    late = columns.late(work, asked, yesterday, CAP)
    firsts = columns.firsts(work, asked, cards)
    cases = sought.by_ids(work, [key for ids in firsts.values() for key in ids])
    lines = {line.case.id: line for line in lines_of(engine, work, cases)}
    return Board(
        flow,
        tuple(
            Column(
                state=state,
                label=definition.state_by_name[state].label,
                n=Count(standing.get(state, 0)),
                overdue=Count.up_to_cap(late[state]),
                lines=tuple(lines[key] for key in firsts[state]),
            )
            for state in definition.line
        ),
    )
