"""Flow definitions as they were loaded: immutable, numbered, found again by the cases pinned to them."""

import json
from functools import lru_cache
from typing import Final

from sqlalchemy import Text, select, type_coerce

from engine.effects import REWORK
from engine.errors import DefinitionRefused, NotFound
from engine.flow import Flow
from engine.flowload import flow_body, flow_from_body
from engine.store.database import Work, insert_id
from engine.store.schema import definitions
from engine.words import tr

_KEPT: Final = "flow definitions"
_TEXT = type_coerce(definitions.c.body, Text)
"""The body as it is stored, so that it is parsed once and not with every row."""


def register(work: Work, flow: Flow) -> int:
    """The id of this definition, stored when it is new; another text under a version that is stored is refused."""
    found = work.connection.execute(
        select(definitions.c.id, definitions.c.digest).where(
            definitions.c.flow == flow.name, definitions.c.version == flow.version
        )
    ).one_or_none()
    if found is not None and found.digest != flow.digest:
        raise DefinitionRefused(
            tr(
                "The flow {flow} has changed under version {version}; raise the version.",
                flow=flow.name,
                version=flow.version,
            )
        )
    if found is not None:
        return int(found.id)
    row = {
        "flow": flow.name,
        "version": flow.version,
        "digest": flow.digest,
        "body": flow_body(flow),
        "recorded_at": work.now,
    }
    work.memo.pop(_KEPT, None)
    return insert_id(work, definitions, row)


def flow_of(work: Work, definition_id: int) -> Flow:
    """The flow that a case is pinned to."""
    return _every(work)[definition_id]


def latest(work: Work, flow: str) -> tuple[int, Flow]:
    """Id and definition of the newest version, which new cases are pinned to."""
    for key, found in _every(work).items():
        if found.name == flow:
            return key, found
    raise NotFound(tr("There is no flow {flow}; there are {known}.", flow=flow, known=names(work)))


def ids(work: Work) -> frozenset[int]:
    return frozenset(work.connection.execute(select(definitions.c.id)).scalars())


def versions(work: Work) -> dict[tuple[str, int], str]:
    """Digest by (flow, version) of everything stored."""
    rows = work.connection.execute(select(definitions.c.flow, definitions.c.version, definitions.c.digest))
    return {(row.flow, row.version): row.digest for row in rows}


def names(work: Work) -> tuple[str, ...]:
    """Names of the flows that are stored, in order."""
    return tuple(dict.fromkeys(flow.name for flow in _every(work).values()))


def states_of(work: Work, flow: str) -> tuple[str, ...]:
    """Every state that a case of a flow may stand in, whatever its version, in the order of the newest one."""
    return tuple(dict.fromkeys(state.name for one in _versions(work, flow) for state in one.states))


def milestones_of(work: Work, flow: str) -> tuple[str, ...]:
    """Every milestone that a case of a flow may be awaited for, whatever its version; rework comes last."""
    found = _versions(work, flow)
    own = [milestone.name for one in found for milestone in one.milestones]
    rework = [f"{REWORK}{state.name}" for one in found for state in one.states]
    return tuple(dict.fromkeys([*own, *rework]))


def holding(work: Work, flow: str, milestone: str) -> Flow:
    """The newest definition that has a milestone."""
    found = _versions(work, flow)
    state = milestone.removeprefix(REWORK)
    having = (one for one in found if milestone in one.milestone_by_name or state in one.state_by_name)
    return next(having, found[0])


def _versions(work: Work, flow: str) -> tuple[Flow, ...]:
    """All definitions of a flow, the newest first."""
    return tuple(one for one in _every(work).values() if one.name == flow)


def _every(work: Work) -> dict[int, Flow]:
    """All definitions by flow, the newest of each first: a handful, read once in a transaction."""
    if _KEPT not in work.memo:
        order = (definitions.c.flow, definitions.c.version.desc())
        rows = work.connection.execute(select(definitions.c.id, _TEXT.label("text")).order_by(*order))
        work.memo[_KEPT] = {int(row.id): _parsed(row.text) for row in rows}
    found: dict[int, Flow] = work.memo[_KEPT]
    return found


@lru_cache(maxsize=64)
def _parsed(text: str) -> Flow:
    return flow_from_body(json.loads(text))
