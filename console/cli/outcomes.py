"""What became of steps, case by case: the same words and the same JSON for one and for thousands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import typer

from console.cli.desk import Desk, DoneBefore
from console.cli.refusals import CHANGED, REFUSED, exit_code
from engine.errors import EngineError
from engine.words import Sentence, say, tr

if TYPE_CHECKING:
    from engine.cases import Answer
    from engine.kinds import Reason
    from engine.model import Case
    from engine.store.database import Work

Act = Callable[["Work", "Case"], "Answer"]

GOOD: Final = ("done", "done_before", "possible")
WORDS: Final = {
    "done": tr("done"),
    "done_before": tr("done before"),
    "possible": tr("possible"),
    "denied": tr("not possible"),
    "conflict": tr("changed meanwhile"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: what came of it, where it stands now, and why not."""

    subject: str
    result: str
    case: int | None = None
    state: str | None = None
    label: object = ""
    version: int | None = None
    reasons: tuple["Reason", ...] = ()

    def as_json(self, locale: str) -> dict[str, Any]:
        return {
            "case": self.case,
            "subject": self.subject,
            "result": self.result,
            "state": self.state,
            "version": self.version,
            "reasons": [
                {"code": one.code, "sentence": say(one.sentence, locale), "part": one.part} for one in self.reasons
            ],
        }


def each(desk: Desk, names: Sequence[str], act: Act, *, keyed: bool = False) -> list[Outcome]:
    """Do something with every case, each in a transaction of its own; one that is refused does not stop the others.

    `keyed` deeds keep the request key themselves.
    """
    outcomes = []
    for name in names:
        try:
            with desk.work(keyed=keyed) as work:
                case = desk.case(work, name)
                outcomes.append(outcome_of(work, case, act(work, case)))
        except EngineError as refusal:
            if len(names) == 1:
                raise
            outcomes.append(refused_name(name, refusal))
    return outcomes


def outcome_of(work: "Work", case: "Case", answer: "Answer") -> Outcome:
    from engine.cases import Done
    from engine.store import definitions

    flow = definitions.flow_of(work, case.definition_id)
    if isinstance(answer, Done):
        label = flow.state_by_name[answer.state].label
        return Outcome(case.subject_name, "done", case.id, answer.state, label, answer.version)
    changed = any(reason.code == "CASE_CHANGED" for reason in answer.reasons)
    return Outcome(
        case.subject_name,
        "conflict" if changed else "denied",
        case.id,
        case.state,
        flow.state_by_name[case.state].label,
        case.version,
        answer.reasons,
    )


def settle(desk: Desk, outcomes: Iterable[Outcome], *, done: Sentence | None = None, **told: Any) -> None:
    """Tell all outcomes, those that went well as `done`, and leave with the code of the worst."""
    found = list(outcomes)
    for one in found:
        desk.paper.say(_line(one, done or WORDS["done"]))
        for reason in one.reasons:
            desk.paper.say(tr("  – {reason} [{code}]", reason=reason.sentence, code=reason.code))
    if len(found) > 1:
        good = sum(one.result in GOOD for one in found)
        desk.paper.say(tr("{good} of {n} went well.", good=good, n=len(found)))
    desk.paper.answer({"results": [one.as_json(desk.locale) for one in found], **told})
    bad = {one.result for one in found} - set(GOOD)
    if bad:
        raise typer.Exit(CHANGED if bad == {"conflict"} else REFUSED)


def _line(one: Outcome, done: Sentence) -> Sentence:
    result = done if one.result == "done" else WORDS[one.result]
    if one.case is None:
        return tr("{subject}: {result}", subject=one.subject, result=result)
    return tr(
        "{number} {subject}: {result} ({state})", number=one.case, subject=one.subject, result=result, state=one.label
    )


def refused_name(name: str, refusal: EngineError) -> Outcome:
    from engine.kinds import Reason

    if isinstance(refusal, DoneBefore):
        return Outcome(name, "done_before")
    result = "conflict" if exit_code(refusal) == CHANGED else "denied"
    return Outcome(name, result, reasons=(Reason(refusal.code, refusal.sentence),))
