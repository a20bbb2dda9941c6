"""Where a flow leads: states nobody reaches, traps, and states from which the end of the line cannot be reached."""

from collections.abc import Iterable, Iterator, Mapping

from engine.faults import Finding
from engine.flow import Flow
from engine.words import Sentence, tr

Edges = Mapping[str, frozenset[str]]


def graph_findings(flow: Flow) -> Iterator[Finding]:
    """Causes only: what follows from a fault that is reported anyway is not reported once more."""
    if flow.initial in flow.line:
        yield from _unreachable(flow)
        yield from _dead_ends(flow)


def _unreachable(flow: Flow) -> Iterator[Finding]:
    edges = _edges(flow, withdrawals=True)
    reached = _closure([flow.initial], edges)
    for state in flow.states:
        if state.name not in reached:
            # what comes after it is reached as soon as it is
            reached |= _closure([state.name], edges)
            sentence = tr("expected a way from {initial} to {state}, got none", initial=flow.initial, state=state.name)
            yield _at("UNREACHABLE_STATE", state.name, sentence)


def _dead_ends(flow: Flow) -> Iterator[Finding]:
    """A withdrawal is no way on: a state that can only be left by one is a trap."""
    edges = _edges(flow, withdrawals=False)
    back = _reversed(edges)
    end = flow.line[-1]
    fine = _closure([end, *_broken(flow), *_resting(flow, edges)], back)
    for state in flow.line:
        if state not in fine and not edges[state]:
            fine |= _closure([state], back)
            yield _at("TRAP", state, tr("expected a step that leads on from {state}, got none", state=state))
    for state in reversed(tuple(flow.state_by_name)):
        if state not in fine:
            fine |= _closure([state], back)
            sentence = tr("expected a way from {state} to {end}, got none", state=state, end=end)
            yield _at("NO_WAY_TO_END", state, sentence)


def _resting(flow: Flow, edges: Edges) -> list[str]:
    """Side states that nothing leads out of: ends beside the line."""
    return [state.name for state in flow.states if state.side and not edges[state.name]]


def _broken(flow: Flow) -> list[str]:
    """States with a step to a state that does not exist, which is a fault of its own."""
    known = flow.state_by_name
    return [source for step in flow.steps if step.target not in known for source in step.sources]


def _edges(flow: Flow, *, withdrawals: bool) -> dict[str, frozenset[str]]:
    known = flow.state_by_name
    steps = [step for step in flow.steps if step.target in known and (withdrawals or step.kind != "withdraw")]
    return {state: frozenset(step.target for step in steps if state in step.sources) for state in known}


def _reversed(edges: Edges) -> dict[str, frozenset[str]]:
    return {state: frozenset(source for source, targets in edges.items() if state in targets) for state in edges}


def _closure(start: Iterable[str], edges: Edges) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += edges.get(state, ())
    return found


def _at(code: str, state: str, sentence: Sentence) -> Finding:
    return Finding(code, ("states", state), sentence, at_key=True)
