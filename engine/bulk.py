"""One step for many cases: chunk by chunk, a result for each, resumable under the name of its batch, dry run first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from engine.access import Actor
from engine.cases import advance_many
from engine.core import Engine
from engine.decide import Denied
from engine.errors import NotFound
from engine.judging import Command, judge_many
from engine.kinds import Reason
from engine.model import Entry
from engine.store import journal
from engine.store.database import Work

Outcome = Literal["done", "denied", "conflict", "done_before", "possible"]
CHUNK = 200
"""Cases a transaction; short enough that others do not wait noticeably for the file."""


@dataclass(frozen=True, slots=True)
class Result:
    case_id: int
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, Any]:
        reasons = [reason.as_json() for reason in self.reasons]
        return {"case": self.case_id, "result": self.outcome, "reasons": reasons}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be done: a step for cases, each with the version that was seen (None: any).

    `name` makes the run resumable: cases that have an entry of this batch are not touched again.
    """

    name: str
    step: str
    versions: Mapping[int, int | None]
    reason: str | None = None


def run(
    engine: Engine,
    actor: Actor,
    batch: Batch,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """One result for each case, in order. A dry run writes nothing and predicts the same results."""
    results: list[Result] = []
    for ids in _chunks(list(batch.versions)):
        if dry_run:
            with engine.database.work(engine.clock.now()) as work:
                results += _predict(engine, work, actor, batch, ids)
        else:
            with engine.work(actor) as work:
                results += _take(engine, work, actor, batch, ids)
        if progress:
            progress(len(results))
    return results


def _take(engine: Engine, work: Work, actor: Actor, batch: Batch, ids: Sequence[int]) -> list[Result]:
    before = journal.done_in_batch(work, batch.name, ids)
    commands = [_command(batch, case_id) for case_id in ids if case_id not in before]
    answers = dict(zip((one.case_id for one in commands), advance_many(engine, work, actor, commands), strict=True))
    _tell_of_hidden(engine, work, actor, [case_id for case_id, answer in answers.items() if _is_hidden(answer)])
    return [
        Result(case_id, "done_before") if case_id in before else _result(case_id, answers[case_id], "done")
        for case_id in ids
    ]


def _tell_of_hidden(engine: Engine, work: Work, actor: Actor, ids: Sequence[int]) -> None:
    """That somebody reached for what they may not see stays on record here too."""
    if ids:
        refused = ", ".join(f"case {case_id}" for case_id in ids)
        data = {"refused": refused, "code": NotFound.code}
        journal.append_house(work, Entry("house", actor.person_id, "", engine.today(work), data=data))


def _is_hidden(answer: object) -> bool:
    return isinstance(answer, Denied) and any(reason.code == NotFound.code for reason in answer.reasons)


def _predict(engine: Engine, work: Work, actor: Actor, batch: Batch, ids: Sequence[int]) -> list[Result]:
    before = journal.done_in_batch(work, batch.name, ids)
    judged = judge_many(engine, work, actor, [_command(batch, case_id) for case_id in ids])
    return [
        Result(case_id, "done_before") if case_id in before else _result(case_id, one.decision, "possible")
        for case_id, one in zip(ids, judged, strict=True)
    ]


def _result(case_id: int, answer: object, good: Outcome) -> Result:
    if not isinstance(answer, Denied):
        return Result(case_id, good)
    changed = any(reason.code == "CASE_CHANGED" for reason in answer.reasons)
    return Result(case_id, "conflict" if changed else "denied", answer.reasons)


def _command(batch: Batch, case_id: int) -> Command:
    return Command(
        case_id=case_id, step=batch.step, version=batch.versions[case_id], reason=batch.reason, batch=batch.name
    )


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
