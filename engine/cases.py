"""Use cases of a case: open it, take a step, guard what is recorded about it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from engine.access import Actor, Capacity
from engine.acting import capacity_for, check_version, entry_of, seen
from engine.chain import GENESIS
from engine.core import Engine
from engine.decide import Allowed, Denied
from engine.effects import effects_of
from engine.findable import enter_cases
from engine.flow import Flow
from engine.judging import Command, Judged, judge_many
from engine.model import Case
from engine.moves import NO_PROPOSAL, Move, place_of, write
from engine.opening import deadlines_of
from engine.schedule import refresh
from engine.store import cases, deadlines, definitions, keys
from engine.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case to be opened. `on` is the day from which its first state counts."""

    campaign: str
    flow: str
    district_id: int
    subject_key: str
    subject_name: str
    on: date
    role: str = ""
    claimed: bool = False
    replaces_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    case_id: int
    step: str
    state: str
    version: int

    def as_json(self) -> dict[str, Any]:
        return {"result": "done", **asdict(self)}


Answer = Done | Denied


def open_case(engine: Engine, work: Work, actor: Actor, opening: Opening) -> Case:
    """Open a case at the first state of the newest definition, with all its deadlines."""
    return open_many(engine, work, actor, [opening])[0]


def open_many(engine: Engine, work: Work, actor: Actor, openings: Sequence[Opening]) -> list[Case]:
    """Open cases of one flow and campaign, set-based, in order."""
    if not openings:
        return []
    definition_id, flow = definitions.latest(work, openings[0].flow)
    opened = cases.add_many(work, [_first_row(work, flow, definition_id, opening) for opening in openings])
    terms, workdays = engine.terms(work, openings[0].campaign), engine.workdays(work)
    days = [deadlines_of(flow, case, terms=terms, workdays=workdays, now=work.now) for case in opened]
    deadlines.add(work, [row for found in days for row in found])
    cases.count_moves(work, Counter(place_of(case) for case in opened if not case.claimed))
    together = zip(opened, openings, days, strict=True)
    moves = [_opening_move(actor, flow, case, one, rows) for case, one, rows in together]
    after = write(engine, work, moves)
    standing = deadlines.of_cases(work, list(after))
    refresh(engine, work, [deadline.id for found in standing.values() for deadline in found])
    return enter_cases(engine, work, [after[case.id] for case in opened])


def _first_row(work: Work, flow: Flow, definition_id: int, opening: Opening) -> dict[str, Any]:
    return {
        "campaign": opening.campaign,
        "flow": opening.flow,
        "definition_id": definition_id,
        "district_id": opening.district_id,
        "subject_key": opening.subject_key,
        "subject_name": opening.subject_name,
        "state": flow.initial,
        "version": 0,
        "claimed": opening.claimed,
        "round": 0,
        "opened_on": opening.on,
        "entered_at": work.now,
        "entered_on": opening.on,
        "replaces_id": opening.replaces_id,
        "journal_seq": 0,
        "journal_hash": GENESIS,
    }


def _opening_move(actor: Actor, flow: Flow, case: Case, opening: Opening, days: Sequence[Mapping[str, Any]]) -> Move:
    data = {
        "subject": opening.subject_name,
        "key": opening.subject_key,
        "days": {row["milestone"]: [_iso(row["original_on"]), _iso(row["due_on"])] for row in days},
        **({"claimed": True} if opening.claimed else {}),
        **({"replaces": opening.replaces_id} if opening.replaces_id else {}),
        **opening.data,
    }
    entry = entry_of(case, actor, Capacity(opening.role, None), kind="open", on=opening.on, data=data)
    return Move(case, flow, replace(entry, source=None))


def advance(engine: Engine, work: Work, actor: Actor, command: Command) -> Answer:
    """Take one step; a lost race raises CaseChanged, a refusal is an answer with every reason."""
    return once(work, actor, command, "advance", lambda _: advance_many(engine, work, actor, [command])[0])


def once(work: Work, actor: Actor, command: Command, deed: str, do: Callable[[Case], Answer]) -> Answer:
    """Do something to a case that is seen and unchanged; what was done under the same key is only answered again."""
    case = seen(work, actor, command.case_id)
    request = _request(actor, command, deed)
    # asked now that the case is held, so that two requests under one key come one after the other
    if command.key and (kept := keys.answer_of(work, command.key, request)):
        kept.pop("result")
        return Done(**kept)
    check_version(work, case, command.version)
    answer = do(case)
    if command.key and isinstance(answer, Done):
        keys.keep(work, command.key, request, answer.as_json())
    return answer


def advance_many(engine: Engine, work: Work, actor: Actor, commands: Sequence[Command]) -> list[Answer]:
    """Take one step each for cases of one campaign, set-based; each command gets its own answer, in order."""
    today = engine.today(work)
    verdicts = judge_many(engine, work, actor, commands)
    moves = [
        step_move(actor, command, judged, on=command.on or today)
        for command, judged in zip(commands, verdicts, strict=True)
        if isinstance(judged.decision, Allowed)
    ]
    after = write(engine, work, moves) if moves else {}
    return [_answer(command, judged, after) for command, judged in zip(commands, verdicts, strict=True)]


def record(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    *,
    what: str,
    data: Mapping[str, Any],
    roles: Collection[str],
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Guard and journal a change of the kind's own records about a case: sight, role, version, entry `record`."""
    case = seen(work, actor, case_id)
    check_version(work, case, version)
    acting = capacity_for(work, actor, case, roles)
    flow = definitions.flow_of(work, case.definition_id)
    entry = entry_of(case, actor, acting, kind="record", on=engine.today(work), data={"what": what, **data})
    after = write(engine, work, [Move(case, flow, replace(entry, reason=reason))])[case_id]
    return enter_cases(engine, work, [after])[0]


def step_move(actor: Actor, command: Command, judged: Judged, *, on: date) -> Move:
    """The move that an allowed command comes to; `on` is the day from which it counts."""
    decision, case, flow, facts = judged.decision, judged.case, judged.flow, judged.facts
    if not isinstance(decision, Allowed) or case is None or flow is None or facts is None:
        raise AssertionError("only an allowed command becomes a move")
    step = decision.step
    kind = step.kind
    entry = replace(
        entry_of(case, actor, decision.acting, kind=kind, on=on, data={"evidence": dict(facts.digest())}),
        step=step.name,
        target=decision.target,
        reason=command.reason,
        batch=command.batch,
    )
    columns: dict[str, Any] = {"state": decision.target, **NO_PROPOSAL}
    if kind == "send_back":
        columns["round"] = case.round + 1
    if kind == "withdraw":
        columns["resume_state"] = case.state
    effects = effects_of(flow, step, case.state, judged.deadlines, on)
    return Move(case, flow, entry, columns, effects, step.rework or 0, step.letters)


def _answer(command: Command, judged: Judged, after: Mapping[int, Case]) -> Answer:
    if isinstance(judged.decision, Denied):
        return judged.decision
    case = after[command.case_id]
    return Done(case.id, command.step, case.state, case.version)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _request(actor: Actor, command: Command, deed: str) -> dict[str, Any]:
    return {
        "deed": deed,
        "by": actor.person_id,
        "case": command.case_id,
        "step": command.step,
        "reason": command.reason,
        "on": command.on.isoformat() if command.on else None,
    }
