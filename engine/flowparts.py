"""A flow from the content of its file, as far as that can be read; what cannot be is left out, not guessed."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast

from engine.flow import Due, Flow, Label, Milestone, Slot, State, Step, StepKind

ANY_OPEN: Final = "any_open"
"""Short form for the sources of a step: every state of the line."""


def flow_of(content: object) -> Flow:
    top = _table(content)
    states = tuple(_state(name, body) for name, body in _table(top.get("states")).items())
    line = tuple(state.name for state in states if not state.side)
    return Flow(
        name=_text(top.get("flow")),
        version=_number(top.get("version")),
        label=_label(top.get("label")),
        initial=_text(top.get("initial")),
        states=states,
        steps=tuple(_step(name, _table(body), line) for name, body in _table(top.get("steps")).items()),
        milestones=tuple(_milestone(name, _table(body)) for name, body in _table(top.get("milestones")).items()),
        slots=tuple(_slot(name, body) for name, body in _table(top.get("slots")).items()),
    )


def _state(name: str, body: object) -> State:
    if isinstance(body, Mapping):
        return State(name, _label(body.get("label")), side=body.get("side") is True)
    return State(name, _label(body))


def _slot(name: str, body: object) -> Slot:
    if not isinstance(body, Mapping):
        return Slot(name, _label(body))
    each: Literal["case", "part"] = "part" if body.get("each") == "part" else "case"
    return Slot(name, _label(body.get("label")), each, _text(body.get("brought_by")))


def _step(name: str, body: Mapping[str, Any], line: tuple[str, ...]) -> Step:
    kind = _text(body.get("kind"))
    return Step(
        name=name,
        label=_label(body.get("label")),
        sources=_sources(body.get("sources"), line),
        target=_text(body.get("target")),
        roles=_names(body.get("roles")),
        kind=cast("StepKind", kind) if kind in {"send_back", "withdraw"} else "step",
        guards=_names(body.get("guards")),
        slots=_names(body.get("slots")),
        confirm=_names(body.get("confirm")),
        reason=body.get("reason") is True,
        letters=_names(body.get("letters")),
        rework=_number(body["rework"]) if "rework" in body else None,
        limit=_number(body["limit"]) if "limit" in body else None,
        beyond=_names(body.get("beyond")),
    )


def _sources(value: object, line: tuple[str, ...]) -> tuple[str, ...]:
    if value == ANY_OPEN:
        return line
    return (value,) if isinstance(value, str) else _names(value)


def _milestone(name: str, body: Mapping[str, Any]) -> Milestone:
    return Milestone(
        name=name,
        label=_label(body.get("label")),
        reached=_text(body.get("reached")),
        due=_due(body.get("due")),
        ladder=_text(body.get("ladder", "default")),
    )


def _due(value: object) -> Due:
    if not isinstance(value, Mapping):
        return Due("day" if value == "day" else "none")
    if "yearly" in value:
        pairs = value["yearly"] if isinstance(value["yearly"], list) else []
        return Due("yearly", tuple((_number(pair[0]), _number(pair[1])) for pair in pairs if _is_pair(pair)))
    return Due("workdays", after=_text(value.get("after")), workdays=_number(value.get("workdays")))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2  # noqa: PLR2004 - month and day


def _label(value: object) -> Label:
    if isinstance(value, Mapping):
        return {str(key): _text(text) for key, text in value.items()}
    return {"zh": _text(value)}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _names(value: object) -> tuple[str, ...]:
    return tuple(_text(name) for name in value) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    """Whole numbers, and durations such as "3 workdays"; 0 for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = re.fullmatch(r"([1-9][0-9]{0,2}) workdays?", value) if isinstance(value, str) else None
    return int(found[1]) if found else 0
