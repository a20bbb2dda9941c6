"""A deed for many cases at once: rehearsed first with a result for each, then carried out, its results kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from console.casesteps import take
from console.once import Request, once
from engine import bulk, extensions
from engine.access import Actor, sees
from engine.chasing import speak
from engine.core import Engine
from engine.decide import Denied
from engine.errors import CaseChanged, EngineError, NotFound, Refused
from engine.flow import Flow, Label
from engine.judging import Command
from engine.model import Case
from engine.rungs import Level
from engine.store import definitions, keys, organisations, sought, tasks
from engine.store.database import Work
from engine.words import Sentence, say, tr

MOST: Final = 500
"""Cases in one go; more than that nobody has looked at."""

GOOD: Final = frozenset({"done", "done_before", "possible"})
ADVANCE, EXTEND, CHASE, SUPERVISE = "advance", "extend", "chase", "supervise"
LEVELS: Final[Mapping[str, Level]] = {CHASE: Level.CHASE, SUPERVISE: Level.SUPERVISION}


@dataclass(frozen=True, slots=True)
class Target:
    """A case as it was looked at, and the deadline that was meant; without one, the first that is awaited."""

    case_id: int
    version: int | None = None
    deadline_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What is to be done for whom; under the same `name` it has no second effect."""

    name: str
    deed: str
    targets: tuple[Target, ...]
    step: str = ""
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it for one case, or would come; nothing is told of a case one may not see."""

    case_id: int
    subject: str
    district: str
    state: str
    result: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A deed that was carried out, with all its results."""

    name: str
    deed: str
    results: tuple[Result, ...]

    @property
    def done(self) -> int:
        return sum(one.result in GOOD for one in self.results)

    @property
    def refused(self) -> int:
        return len(self.results) - self.done


def rehearse(engine: Engine, actor: Actor, many: Many) -> Run:
    """What would come of it; nothing is written."""
    return _run(engine, actor, many, really=False)


def carry_out(engine: Engine, actor: Actor, many: Many) -> Run:
    """Do it, each case in a transaction of its own or with a few others, and keep what came of it."""
    with engine.look() as work:
        before = _kept(work, actor, many.name)
    if before is not None:
        return before
    run = _run(engine, actor, many, really=True)
    with engine.work(actor) as work:
        rows = [asdict(one) for one in run.results]
        keys.keep(work, _key(actor, many.name), _key(actor, many.name), {"deed": many.deed, "results": rows})
    return run


def run_of(work: Work, actor: Actor, name: str) -> Run:
    """What came of a deed of one's own."""
    found = _kept(work, actor, name)
    if found is None:
        raise NotFound
    return found


def _kept(work: Work, actor: Actor, name: str) -> Run | None:
    answer = keys.answer_of(work, _key(actor, name), _key(actor, name))
    if answer is None:
        return None
    results = tuple(Result(**{**row, "reasons": tuple(row["reasons"])}) for row in answer["results"])
    return Run(name, answer["deed"], results)


def _key(actor: Actor, name: str) -> str:
    return f"bulk:{actor.person_id}:{name}"


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: str
    reasons: tuple[Sentence, ...] = ()


def _run(engine: Engine, actor: Actor, many: Many, *, really: bool) -> Run:
    if len(many.targets) > MOST:
        raise Refused(tr("At most {most} cases can be dealt with at once; please narrow the filters.", most=MOST))
    with engine.look() as work:
        places = _Places(work, actor, many)
    if many.deed == ADVANCE and not places.confirmed:
        outcomes = _in_chunks(engine, actor, many, really=really)
    else:
        outcomes = {one: _alone(engine, actor, many, places.told(one), really=really) for one in many.targets}
    with engine.look() as work:
        return Run(many.name, many.deed, tuple(places.results(work, actor, outcomes)))


def _in_chunks(engine: Engine, actor: Actor, many: Many, *, really: bool) -> dict[Target, _Outcome]:
    """A step that one takes alone: as the engine takes steps for many."""
    versions = {one.case_id: one.version for one in many.targets}
    batch = bulk.Batch(name=many.name, step=many.step, versions=versions, reason=many.reason or None)
    found = {one.case_id: one for one in bulk.run(engine, actor, batch, dry_run=not really)}
    return {
        one: _Outcome(found[one.case_id].outcome, tuple(reason.sentence for reason in found[one.case_id].reasons))
        for one in many.targets
    }


class _Undone(Exception):
    """A rehearsal that went well; its transaction is taken back on purpose."""


def _undo() -> None:
    raise _Undone


def _alone(engine: Engine, actor: Actor, many: Many, target: Target, *, really: bool) -> _Outcome:
    """One case in a transaction of its own; in a rehearsal it is done and undone again."""
    try:
        with engine.work(actor) as work:
            answer = DOING[many.deed](engine, work, actor, many, target)
            if isinstance(answer, Denied):
                return _denied(answer)
            if not really:
                _undo()
    except _Undone:
        return _Outcome("possible")
    except CaseChanged as changed:
        return _Outcome("conflict", (changed.sentence,))
    except EngineError as refusal:
        return _Outcome("denied", (refusal.sentence,))
    return _Outcome("done")


def _denied(answer: Denied) -> _Outcome:
    changed = any(reason.code == CaseChanged.code for reason in answer.reasons)
    return _Outcome("conflict" if changed else "denied", tuple(reason.sentence for reason in answer.reasons))


def _advance(engine: Engine, work: Work, actor: Actor, many: Many, target: Target) -> object:
    key = f"{many.name}:{target.case_id}"
    command = Command(
        case_id=target.case_id, step=many.step, version=target.version, reason=many.reason or None, key=key
    )
    return take(engine, work, actor, command)


def _extend(engine: Engine, work: Work, actor: Actor, many: Many, target: Target) -> object:
    deadline_id, to_on = _meant(target), many.on
    if to_on is None:
        raise Refused(tr("Please say the new day."))
    _once(
        work,
        actor,
        many,
        target,
        do=lambda: extensions.extend(engine, work, actor, deadline_id, to_on=to_on, reason=many.reason),
    )
    return None


def _speak(engine: Engine, work: Work, actor: Actor, many: Many, target: Target) -> object:
    deadline_id, level = _meant(target), LEVELS[many.deed]
    _once(
        work, actor, many, target, do=lambda: speak(engine, work, actor, deadline_id, level=level, reason=many.reason)
    )
    return None


def _once(work: Work, actor: Actor, many: Many, target: Target, *, do: Callable[[], object]) -> None:
    # several deadlines of one case may be among them, so each stands for itself whatever the case's version is
    values = {"deadline": target.deadline_id}
    once(work, actor, Request(case_id=target.case_id, deed=many.deed, version=None, key=many.name, values=values), do)


def _meant(target: Target) -> int:
    if target.deadline_id is None:
        raise Refused(tr("Nothing is awaited of this case at the moment."))
    return target.deadline_id


DOING: Final[Mapping[str, Callable[[Engine, Work, Actor, Many, Target], object]]] = {
    ADVANCE: _advance,
    EXTEND: _extend,
    CHASE: _speak,
    SUPERVISE: _speak,
}


class _Places:
    """What is known of the cases before anything is done."""

    def __init__(self, work: Work, actor: Actor, many: Many) -> None:
        ids = list(dict.fromkeys(one.case_id for one in many.targets))
        held = sought.by_ids(work, ids)
        paths = organisations.paths(work, {case.district_id for case in held})
        self._seen = {case.id: case for case in held if sees(actor, paths[case.district_id])}
        self._districts = organisations.names(work, {case.district_id for case in self._seen.values()})
        flows = [definitions.flow_of(work, key) for key in {case.definition_id for case in self._seen.values()}]
        self._steps = [flow.step_by_name.get(many.step) for flow in flows]
        self._firsts = tasks.first_awaited(work, list(self._seen.values())) if many.deed != ADVANCE else {}

    @property
    def confirmed(self) -> bool:
        """Whether the step is one that a second person confirms, so that it is proposed."""
        return any(step is not None and step.confirm for step in self._steps)

    def told(self, target: Target) -> Target:
        """With the deadline that is meant."""
        known = target.deadline_id or self._firsts.get(target.case_id)
        return Target(target.case_id, target.version, known)

    def results(self, work: Work, actor: Actor, outcomes: Mapping[Target, _Outcome]) -> Iterator[Result]:
        now = {case.id: case for case in sought.by_ids(work, list(self._seen))}
        for target, outcome in outcomes.items():
            case = now.get(target.case_id)
            flow = definitions.flow_of(work, case.definition_id) if case else None
            yield Result(
                case_id=target.case_id if case else 0,
                subject=case.subject_name if case else "",
                district=self._districts[case.district_id] if case else "",
                state=say(Sentence("{label}", {"label": _state(flow, case)}), actor.locale) if flow and case else "",
                result=outcome.result,
                reasons=tuple(say(one, actor.locale) for one in outcome.reasons),
            )


def _state(flow: Flow, case: Case) -> Label:
    return flow.state_by_name[case.state].label
