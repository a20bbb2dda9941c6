"""Steps: taken, proposed, confirmed, returned, sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CaseNames, DryRun, On, Reason, ReasonIfAny, Version
from console.cli.outcomes import Outcome, each, outcome_of, refused_name, settle
from console.cli.refusals import UsageRefused
from engine.errors import EngineError, Refused
from engine.words import tr

if TYPE_CHECKING:
    from engine.bulk import Result
    from engine.cases import Answer
    from engine.model import Case
    from engine.store.database import Work

app = verbs()

StepName = Annotated[
    str, argument(tr("Step by name or label, as in upload_plan; `lingpao explain CASE` lists them."), "STEP")
]
StepIfAny = Annotated[str | None, option("--step", metavar="STEP", does=tr("Step, where there is more than one."))]


@command(
    app,
    "advance",
    tr(
        "Take a step for one or many cases. Many are taken chunk by chunk with a result for each; under the same --key"
        " a run goes on where it stopped."
    ),
)
def advance(
    ctx: typer.Context,
    cases: CaseNames,
    step: StepName,
    *,
    on: On = None,
    reason: ReasonIfAny = None,
    version: Version = None,
    dry_run: DryRun = False,
) -> None:
    """One case through the ordinary door, many as a batch."""
    from engine.cases import advance as take
    from engine.judging import Command

    desk = desk_of(ctx)
    if dry_run or (len(cases) > 1 and on is None):
        _in_bulk(desk, cases, Batching(step, reason, desk.call.key, version), dry_run=dry_run)
        return

    def act(work: "Work", case: "Case") -> "Answer":
        asked = Command(
            case_id=case.id,
            step=named(work, case, step),
            version=version,
            reason=reason,
            on=on,
            key=_own_key(desk, case, cases),
        )
        return take(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act, keyed=True), batch=None)


@command(app, "propose", tr("Propose a step with its evidence; the level above confirms or returns it."))
def propose(
    ctx: typer.Context,
    cases: CaseNames,
    step: StepName,
    *,
    on: On = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Propose for each case."""
    from engine.judging import Command
    from engine.proposals import propose as ask

    desk = desk_of(ctx)

    def act(work: "Work", case: "Case") -> "Answer":
        asked = Command(
            case_id=case.id,
            step=named(work, case, step),
            version=version,
            reason=reason,
            on=on,
            key=_own_key(desk, case, cases),
        )
        return ask(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act, keyed=True), done=tr("proposed"))


@command(app, "confirm", tr("Confirm what was proposed; it counts from the day of the proposal."))
def confirm(ctx: typer.Context, cases: CaseNames, *, step: StepIfAny = None, version: Version = None) -> None:
    """Confirm for each case what waits there; asked again, nothing waits any more, so a key needs the step."""
    from engine.judging import Command
    from engine.proposals import confirm as agree

    desk = desk_of(ctx)
    if desk.call.key and step is None:
        raise UsageRefused(tr("With --key, say which step with --step."))

    def act(work: "Work", case: "Case") -> "Answer":
        asked = Command(
            case_id=case.id,
            step=named(work, case, step) if step else _proposed(case),
            version=version,
            key=_own_key(desk, case, cases),
        )
        return agree(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act, keyed=True), done=tr("confirmed"))


@command(app, "return", tr("Return a proposal with a reason; the deadlines it held run on."))
def return_proposal(ctx: typer.Context, cases: CaseNames, *, reason: Reason, version: Version = None) -> None:
    """Return for each case what waits there."""
    from engine.judging import Command
    from engine.proposals import return_proposal as refuse

    desk = desk_of(ctx)

    def act(work: "Work", case: "Case") -> "Answer":
        asked = Command(case_id=case.id, step=_proposed(case), version=version, reason=reason)
        return refuse(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act), done=tr("returned"))


@command(
    app,
    "send-back",
    tr("Send cases back to the state before, with a reason; a deadline of some workdays for the rework begins."),
)
def send_back(
    ctx: typer.Context,
    cases: CaseNames,
    *,
    reason: Reason,
    step: StepIfAny = None,
    version: Version = None,
) -> None:
    """Take the step back that starts from each case's state."""
    from engine.cases import advance as take
    from engine.judging import Command

    desk = desk_of(ctx)

    def act(work: "Work", case: "Case") -> "Answer":
        asked = Command(
            case_id=case.id,
            step=named(work, case, step) if step else _way_back(work, case),
            version=version,
            reason=reason,
        )
        return take(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act), done=tr("sent back"))


@dataclass(frozen=True, slots=True)
class Batching:
    """What a batch is asked to do; without a key its name follows from what it does and when."""

    step: str
    reason: str | None
    key: str | None
    version: int | None

    def name(self, desk: Desk, ids: list[int]) -> str:
        told = f"{desk.actor.login} {self.step} {ids} {desk.engine.clock.now().isoformat()}"
        return self.key or f"cli-{sha256(told.encode()).hexdigest()[:20]}"


def _in_bulk(desk: Desk, names: list[str], asked: Batching, *, dry_run: bool) -> None:
    from engine import bulk

    found, refused = _found(desk, names)
    ids = [case.id for case in found]
    name = asked.name(desk, ids)
    # a version that was named holds for every case named with it; else many are held to what was just read
    seen = asked.version is None and len(names) > 1
    versions = {case.id: case.version if seen else asked.version for case in found}
    with desk.look() as work:
        steps = {named(work, case, asked.step) for case in found}
    step = steps.pop() if len(steps) == 1 else asked.step
    batch = bulk.Batch(name=name, step=step, versions=versions, reason=asked.reason)
    with desk.paper.progress(tr("Cases"), len(ids)) as progress:
        results = bulk.run(desk.engine, desk.actor, batch, dry_run=dry_run, progress=progress)
    with desk.look() as work:
        outcomes = [_told(work, result) for result in results]
    if not dry_run and len(names) > 1:
        desk.paper.say(tr("Batch {name}: the same again with --key {name} goes on where this one stopped.", name=name))
    settle(desk, [*outcomes, *refused], batch=name)


def _found(desk: Desk, names: list[str]) -> tuple[list["Case"], list[Outcome]]:
    """The cases of these names, each once; a name that finds none is an outcome too."""
    found: dict[int, Case] = {}
    refused = []
    for name in names:
        try:
            with desk.look() as work:
                case = desk.case(work, name)
                found[case.id] = case
        except EngineError as refusal:
            if len(names) == 1:
                raise
            refused.append(refused_name(name, refusal))
    return list(found.values()), refused


def _told(work: "Work", result: "Result") -> Outcome:
    from engine.cases import Done
    from engine.decide import Denied
    from engine.store import cases, definitions

    case = cases.get(work, result.case_id)
    if result.reasons:
        return outcome_of(work, case, Denied(result.reasons))
    done = outcome_of(work, case, Done(case.id, "", case.state, case.version))
    label = definitions.flow_of(work, case.definition_id).state_by_name[case.state].label
    return Outcome(done.subject, result.outcome, case.id, case.state, label, case.version)


def _own_key(desk: Desk, case: "Case", cases: Sequence[str]) -> str | None:
    """One case goes by the key itself, of several each by its own."""
    key = desk.call.key
    return key if key is None or len(cases) == 1 else f"{key}:{case.id}"


def named(work: "Work", case: "Case", step: str) -> str:
    """The name of a step that was given by its name or its label."""
    from console.finding import step_named
    from engine.store import definitions

    return step_named(definitions.flow_of(work, case.definition_id), step)


def _proposed(case: "Case") -> str:
    if case.proposed_step is None:
        raise Refused(tr("Nothing has been proposed for {name}.", name=case.subject_name))
    return case.proposed_step


def _way_back(work: "Work", case: "Case") -> str:
    """The one step back from the case's state."""
    from engine.store import definitions

    flow = definitions.flow_of(work, case.definition_id)
    ways = [step.name for step in flow.steps_from(case.state) if step.kind == "send_back"]
    if len(ways) == 1:
        return ways[0]
    state = flow.state_by_name[case.state].label
    if not ways:
        raise Refused(
            tr("{name} is in “{state}”; there is no way back from there.", name=case.subject_name, state=state)
        )
    raise Refused(tr("There are several ways back: {steps}. Say which with --step.", steps=tuple(ways)))
