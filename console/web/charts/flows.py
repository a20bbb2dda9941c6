"""The flow as a picture: the states of the line side by side with how many are there, side states below."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.flow import Flow, Label

BOX: Final = 148
BOX_HEIGHT: Final = 52
GAP: Final = 28
TOP: Final = 44
BELOW: Final = 104
MARGIN: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    label: Label
    n: int
    x: int
    y: int
    side: bool
    href: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow as an SVG path; `back` is one against the line, `over` one that passes states by."""

    path: str
    label: Label
    back: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    width: int
    height: int
    box: int
    box_height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def diagram(flow: Flow, counts: Mapping[str, int], rows: str | None = "/cases") -> Diagram:
    """Nothing in it is measured in the browser, so that it prints as it shows; `rows` is where a state's cases are."""
    sides = [state.name for state in flow.states if state.side]
    places = {name: (MARGIN + place * (BOX + GAP), TOP) for place, name in enumerate(flow.line)}
    places |= {name: (MARGIN + place * (BOX + GAP), TOP + BELOW) for place, name in enumerate(sides)}
    nodes = tuple(
        Node(
            state.name,
            state.label,
            counts.get(state.name, 0),
            *places[state.name],
            side=state.side,
            href=f"{rows}?state={state.name}" if rows else None,
        )
        for state in flow.states
    )
    columns = max(len(flow.line), len(sides), 1)
    height = TOP + BOX_HEIGHT + (BELOW if sides else 40) + MARGIN
    return Diagram(
        2 * MARGIN + columns * (BOX + GAP) - GAP, height, BOX, BOX_HEIGHT, nodes, tuple(_edges(flow, places))
    )


def _edges(flow: Flow, places: Mapping[str, tuple[int, int]]) -> list[Edge]:
    """An arrow for every step between two states of the line; withdrawals would be one from everywhere."""
    found: dict[tuple[str, str], Edge] = {}
    for step in flow.steps:
        for source in step.sources:
            rank, after = flow.rank[source], flow.rank.get(step.target, -1)
            if rank >= 0 and after >= 0 and source != step.target and (source, step.target) not in found:
                path = _path(places[source], places[step.target], after - rank)
                found[source, step.target] = Edge(path, step.label, back=after < rank)
    return list(found.values())


def _path(start: tuple[int, int], end: tuple[int, int], states: int) -> str:
    """Straight to the next state, an arc above over several, an arc below backwards."""
    (x, y), (to_x, _) = start, end
    if states == 1:
        middle = y + BOX_HEIGHT // 2 - 8
        return f"M{x + BOX},{middle} L{to_x - 2},{middle}"
    if states > 1:
        return f"M{x + BOX // 2},{y} C{x + BOX // 2},{y - 40} {to_x + BOX // 2},{y - 40} {to_x + BOX // 2},{y - 2}"
    floor = y + BOX_HEIGHT
    return f"M{x + 24},{floor} C{x + 24},{floor + 34} {to_x + 84},{floor + 34} {to_x + 84},{floor + 2}"
