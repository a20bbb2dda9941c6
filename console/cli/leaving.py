"""Leaving and coming back: withdraw, replace, reinstate, correct, decide a claim."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CaseName, CaseNames, Reason, Version
from console.cli.outcomes import each, settle
from engine.errors import Refused
from engine.words import tr

if TYPE_CHECKING:
    from engine.cases import Answer, Done
    from engine.model import Case
    from engine.store.database import Work

app = verbs()


@dataclass(frozen=True, slots=True)
class Undone:
    """What a correction undid: the kind of entry, the step, and the name people know it by."""

    kind: str
    step: str | None
    label: object


@command(app, "withdraw", tr("Take enterprises out of the campaign, with a reason; nothing of them is lost."))
def withdraw(ctx: typer.Context, cases: CaseNames, *, reason: Reason, version: Version = None) -> None:
    """Take the withdrawing step of each case's flow."""
    from engine.cases import advance
    from engine.judging import Command
    from engine.store import definitions

    desk = desk_of(ctx)

    def act(work: "Work", case: "Case") -> "Answer":
        flow = definitions.flow_of(work, case.definition_id)
        names = [step.name for step in flow.steps if step.kind == "withdraw"]
        if not names:
            raise Refused(tr("{name} cannot be withdrawn: its flow has no such step.", name=case.subject_name))
        asked = Command(case_id=case.id, step=names[0], version=version, reason=reason)
        return advance(desk.engine, work, desk.actor, asked)

    settle(desk, each(desk, cases, act), done=tr("withdrawn"))


@command(app, "replace", tr("Let an enterprise that is on the list already take the place of a withdrawn one."))
def replace(
    ctx: typer.Context,
    leaving: Annotated[str, argument(tr("The withdrawn enterprise: number or name."), "LEAVING")],
    joining: Annotated[str, argument(tr("The one that takes its place: number or name."), "JOINING")],
    *,
    reason: Reason,
) -> None:
    """Link the two cases."""
    from engine.leaving import replace as take_place

    desk = desk_of(ctx)

    def act(work: "Work", case: "Case") -> "Answer":
        other = desk.case(work, joining)
        after = take_place(desk.engine, work, desk.actor, leaving_id=case.id, joining_id=other.id, reason=reason)
        return _done(after, "replace")

    settle(desk, each(desk, [leaving], act), done=tr("replaced"))


@command(app, "reinstate", tr("Bring a withdrawn enterprise back to the state it left; its deadlines stand again."))
def reinstate(ctx: typer.Context, case: CaseName, *, reason: Reason, version: Version = None) -> None:
    """Undo a withdrawal."""
    from engine.leaving import reinstate as bring_back

    desk = desk_of(ctx)

    def act(work: "Work", found: "Case") -> "Answer":
        return _done(bring_back(desk.engine, work, desk.actor, found.id, reason=reason, version=version), "reinstate")

    settle(desk, each(desk, [case], act), done=tr("reinstated"))


@command(
    app,
    "correct",
    tr(
        "Undo the last step, withdrawal or reinstatement because it was a mistake: state, round and due days are as"
        " before. Says what was undone."
    ),
)
def correct(ctx: typer.Context, case: CaseName, *, reason: Reason, version: Version = None) -> None:
    """Write the compensating entry."""
    from engine.leaving import correct as undo

    desk = desk_of(ctx)
    undone: list[Undone] = []

    def act(work: "Work", found: "Case") -> "Answer":
        after = undo(desk.engine, work, desk.actor, found.id, reason=reason, version=version)
        undone.append(_undone(work, after))
        return _done(after, "correct")

    outcomes = each(desk, [case], act)
    settle(
        desk,
        outcomes,
        done=tr("corrected; undone was “{what}”", what=undone[0].label),
        undone={"kind": undone[0].kind, "step": undone[0].step},
    )


def _undone(work: "Work", case: "Case") -> Undone:
    """What the correction that was just written undid."""
    from engine.store import definitions, journal

    last = journal.last_of(work, case.id)
    if last is None or last.kind != "correct":
        raise AssertionError("a correction leaves an entry")
    step = definitions.flow_of(work, case.definition_id).step_by_name.get(last.step or "")
    return Undone(last.data["undone"], last.step, step.label if step else tr("reinstatement"))


@command(
    app,
    "claim",
    tr("Decide about an enterprise that two districts named: the claiming case gets it, or with --refuse it does not."),
)
def claim(
    ctx: typer.Context,
    case: CaseName,
    *,
    reason: Reason,
    refuse: Annotated[bool, option("--refuse", does=tr("Leave it where it is."))] = False,
) -> None:
    """Decide to which district it belongs."""
    from workflows.benchmarking.enrolment import decide_claim

    desk = desk_of(ctx)

    def act(work: "Work", found: "Case") -> "Answer":
        return _done(decide_claim(desk.engine, work, desk.actor, found.id, grant=not refuse, reason=reason), "claim")

    settle(desk, each(desk, [case], act), done=tr("decided"))


def _done(case: "Case", step: str) -> "Done":
    from engine.cases import Done

    return Done(case.id, step, case.state, case.version)
