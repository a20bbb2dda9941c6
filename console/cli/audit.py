"""The audit: whether journal and invariants hold."""

import typer

from console.cli.desk import desk_of
from console.cli.frame import command, verbs
from console.cli.refusals import REFUSED
from engine.words import say, tr

app = verbs("audit", tr("Check the journal and the promises of the engine."))


@app.callback()
def group() -> None:
    """A word with words behind it, also while there is only one of them."""


@command(
    app,
    "verify",
    tr("Check the journal's chains and the days' roots and all invariants; names the first broken row of each case."),
)
def verify(ctx: typer.Context) -> None:
    """Verify."""
    from console.administration import COORDINATORS, need_role
    from engine.audit import CHECKS
    from engine.audit import verify as check

    desk = desk_of(ctx)
    with desk.look() as work:
        need_role(work, desk.actor, (*COORDINATORS, "leader"))
    done = 0
    with desk.paper.progress(tr("Checks"), len(CHECKS)) as progress:

        def count(_: str) -> None:
            nonlocal done
            progress(done)
            done += 1

        broken = check(desk.engine, progress=count)
    for one in broken:
        desk.paper.say(tr("{code}: {sentence}", code=one.code, sentence=one.sentence))
    if not broken:
        desk.paper.say(tr("All {n} checks hold.", n=len(CHECKS)))
    desk.paper.answer(
        {
            "checks": list(CHECKS),
            "broken": [{"code": one.code, "sentence": say(one.sentence, desk.locale)} for one in broken],
        }
    )
    if broken:
        raise typer.Exit(REFUSED)
