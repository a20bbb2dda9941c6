"""The state machine: `transitions` says where a step leads from a state; who may take it is decided elsewhere."""

import logging
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from engine.flow import Flow, Label, Step
from engine.words import DEFAULT_LOCALE

_KEPT: Final = 64
_ESCAPES: Final = str.maketrans({'"': "#quot;", "#": "#35;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;"})


def legal(flow: Flow, state: str, step_name: str) -> str | None:
    """The state a step leads to, asked of the machine; None when there is no such way from here."""
    machine = _machine(flow)
    if state not in machine.states or step_name not in machine.events:
        return None
    row = _Row(state)
    # a stateless trigger on a row of our own: no model is attached, decorated or kept alive
    return row.state if machine.events[step_name].trigger(row) else None


def table(flow: Flow) -> Mapping[tuple[str, str], str]:
    """Every way there is, by (state, step), read once from the machine; for bulk."""
    return _compiled(_Key(flow))[1]


def mermaid(flow: Flow, counts: Mapping[str, int] | None = None, locale: str = DEFAULT_LOCALE) -> str:
    """The flow as a Mermaid state diagram in the language of `locale`, with the number of cases in each state."""
    lines = ["stateDiagram-v2", "    direction LR"]
    for state in flow.states:
        count = f" ({counts.get(state.name, 0)})" if counts is not None else ""
        lines.append(f'    state "{_text(state.label, locale)}{count}" as {state.name}')
    lines.append(f"    [*] --> {flow.initial}")
    lines += _edges(flow, locale)
    if flow.line:
        lines.append(f"    {flow.line[-1]} --> [*]")
    side = [state.name for state in flow.states if state.side]
    if side:
        lines.append("    classDef side stroke-dasharray: 4 3")
        lines.append(f"    class {','.join(side)} side")
    return "\n".join(lines) + "\n"


class _Row:
    """What the machine moves: a state, nothing else."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class _Key:
    """A flow that hashes by its digest, for the cache."""

    __slots__ = ("flow",)

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def __hash__(self) -> int:
        return hash((self.flow.name, self.flow.digest))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Key) or self.flow.digest != other.flow.digest:
            return False
        # a flow made by hand may have no digest; then only the flow itself is the same
        return self.flow is other.flow or self.flow.digest != ""


def _machine(flow: Flow) -> Any:
    return _compiled(_Key(flow))[0]


@lru_cache(maxsize=_KEPT)
def _compiled(key: _Key) -> tuple[Any, Mapping[tuple[str, str], str]]:
    from transitions import Machine

    # each trigger would make about six log calls, and an illegal step a warning
    logging.getLogger("transitions").setLevel(logging.CRITICAL)
    flow = key.flow
    machine = Machine(
        model=None,
        states=[state.name for state in flow.states],
        initial=flow.initial,
        transitions=[_transition(step) for step in flow.steps],
        auto_transitions=False,
        send_event=True,
        ignore_invalid_triggers=True,
    )
    ways = {
        (source, name): str(transition.dest)
        for name, event in machine.events.items()
        for source, transitions in event.transitions.items()
        for transition in transitions[:1]
    }
    return machine, MappingProxyType(ways)


def _transition(step: Step) -> dict[str, object]:
    return {"trigger": step.name, "source": list(step.sources), "dest": step.target}


def _edges(flow: Flow, locale: str) -> Iterator[str]:
    for step in flow.steps:
        for source in step.sources:
            yield f"    {source} --> {step.target}: {_text(step.label, locale)}"


def _text(label: Label, locale: str) -> str:
    text = label.get(locale.split("_", maxsplit=1)[0]) or next(iter(label.values()), "")
    return " ".join(text.split()).translate(_ESCAPES)
