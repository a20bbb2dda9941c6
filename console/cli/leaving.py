"""Leaving and coming back: withdraw, replace, reinstate, correct, decide a claim."""

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


@command(app, "correct", tr("Undo the last step because it was a mistake: state, round and due days are as before."))
def correct(ctx: typer.Context, case: CaseName, *, reason: Reason, version: Version = None) -> None:
    """Write the compensating entry."""
    from engine.leaving import correct as undo

    desk = desk_of(ctx)

    def act(work: "Work", found: "Case") -> "Answer":
        return _done(undo(desk.engine, work, desk.actor, found.id, reason=reason, version=version), "correct")

    settle(desk, each(desk, [case], act), done=tr("corrected"))


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
