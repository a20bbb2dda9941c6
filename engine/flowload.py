"""Flow definitions: from YAML, checked whole, to frozen flows, and to the canonical form that is stored and hashed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path as FilePath
from typing import Any, Final

from engine.faults import Fault, FaultsFound, Finding, Path, expected, refuse_if_any
from engine.flow import Due, Flow, Milestone, Slot, State, Step
from engine.flowcheck import Known, check
from engine.flowparts import flow_of
from engine.words import tr
from engine.yamlsource import Document, parse_document, read_document

__all__ = ["Known", "digest_of", "flow_body", "flow_from_body", "load_flow", "load_flows", "parse_flow", "read_flow"]

_ABOUT_STRUCTURE: Final = frozenset(
    {
        *("UNREACHABLE_STATE", "TRAP", "NO_WAY_TO_END", "EDGE_OUT_OF_END", "NOT_BACK", "NOT_FORWARD"),
        *("INITIAL_BESIDE", "MILESTONE_BESIDE", "WITHDRAWN_ON_THE_LINE", "TWO_WITHDRAWN"),
    }
)
_LOOKED_UP_IN: Final[Mapping[str, Path]] = {"UNKNOWN_STATE": ("states",), "UNKNOWN_SLOT": ("slots",)}
_STRUCTURE_OF_STEP: Final = frozenset({"sources", "target", "kind"})


def load_flows(paths: Iterable[FilePath], known: Known | None = None) -> tuple[Flow, ...]:
    """Read and check the flow files of a campaign kind; every fault of every file is in the one refusal."""
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            documents.append(read_document(path))
        except FaultsFound as refusal:
            faults += refusal.faults
    flows = []
    for document in documents:
        flow, found = read_flow(document, known)
        flows.append(flow)
        faults += found
    refuse_if_any([*faults, *_shared_names(documents, flows)])
    return tuple(flows)


def load_flow(path: FilePath, known: Known | None = None) -> Flow:
    return load_flows([path], known)[0]


def parse_flow(text: str, known: Known | None = None, *, file: str = "flow.yaml") -> Flow:
    """The flow that a text defines; refused with all its faults."""
    flow, faults = read_flow(parse_document(text, file), known)
    refuse_if_any(faults)
    return flow


def read_flow(document: Document, known: Known | None = None) -> tuple[Flow, tuple[Fault, ...]]:
    """The flow as far as it can be read, and everything that is wrong with it."""
    from engine.flowshape import shape_findings

    shape = shape_findings(document.content)
    flow = flow_of(document.content)
    flow = replace(flow, digest=digest_of(flow))
    rules = [finding for finding in check(flow, known or Known()) if not _follows(finding, shape)]
    return flow, (*document.faults, *(document.locate(finding) for finding in (*shape, *rules)))


def flow_body(flow: Flow) -> dict[str, Any]:
    """The canonical form of a flow: plain JSON, every default written out, lists in the order of the definition."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(flow)))
    del body["digest"]
    return body


def flow_from_body(body: Mapping[str, Any]) -> Flow:
    """The flow whose canonical form this is; a stored definition reads back equal to what was loaded."""
    flow = Flow(
        name=body["name"],
        version=body["version"],
        label=dict(body["label"]),
        initial=body["initial"],
        states=tuple(State(**state) for state in body["states"]),
        steps=tuple(Step(**_with_tuples(step)) for step in body["steps"]),
        milestones=tuple(_milestone(milestone) for milestone in body["milestones"]),
        slots=tuple(Slot(**slot) for slot in body["slots"]),
    )
    return replace(flow, digest=digest_of(flow))


def digest_of(flow: Flow) -> str:
    """SHA-256 of the canonical form; comments, order of keys and short forms do not change it."""
    text = json.dumps(flow_body(flow), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _shared_names(documents: list[Document], flows: list[Flow]) -> Iterator[Fault]:
    """The configuration names milestones without their flow, so no two flows of a kind may share one."""
    seen: dict[Path, str] = {}
    for document, flow in zip(documents, flows, strict=True):
        names: list[tuple[Path, Path]] = [(("flow",), ("flow", flow.name))]
        names += [(("milestones", name), ("milestone", name)) for name in flow.milestone_by_name]
        for path, key in names:
            if key in seen:
                hint = tr("{file} has it already", file=seen[key])
                sentence = expected(tr("a name that no other flow has"), key[-1])
                yield document.locate(Finding("DUPLICATE_NAME", path, sentence, hint, at_key=True))
            seen.setdefault(key, document.file)


def _follows(finding: Finding, shape: tuple[Finding, ...]) -> bool:
    """Whether a finding only repeats, or comes from, what the schema has found."""
    if finding.code in _ABOUT_STRUCTURE and any(_breaks_structure(other.path) for other in shape):
        return True
    if any(other.path == _LOOKED_UP_IN.get(finding.code) for other in shape):
        return True
    return any(finding.path[: len(other.path)] == other.path for other in shape)


def _breaks_structure(path: Path) -> bool:
    match path:
        case ("steps", _, key, *_):
            return key in _STRUCTURE_OF_STEP
        case ("states", _, "label", *_):
            return False
        case (table, *_):
            return table in {"states", "steps", "initial"}
    return True


def _milestone(body: Mapping[str, Any]) -> Milestone:
    due = body["due"]
    days = tuple((month, day) for month, day in due["days"])
    return Milestone(**{**body, "due": Due(due["kind"], days, due["after"], due["workdays"])})


def _with_tuples(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}
