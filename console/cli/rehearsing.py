"""`rehearse` and `demo`: a campaign lived through in fast-forward."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import command, option, verbs
from console.cli.options import day
from console.cli.paper import Column
from engine.words import tr

if TYPE_CHECKING:
    from console.rehearsal.run import Plan, Rehearsed
    from console.settings import Settings

app = verbs()


@command(
    app,
    "rehearse",
    tr(
        "Live through a campaign day by day: with a script, as it is played; from a running database, as if nobody did"
        " anything from now on; else with every quota nominated on the first day. Every mail goes into a folder."
    ),
)
def rehearse(
    ctx: typer.Context,
    *,
    script: Annotated[
        Path | None, option("--script", metavar="FILE", does=tr("What districts do on which day (YAML)."))
    ] = None,
    live: Annotated[
        Path | None, option("--from", metavar="FILE", does=tr("Begin with a copy of this database, as it stands."))
    ] = None,
    into: Annotated[
        Path | None, option("--into", metavar="FOLDER", does=tr("Where database and mails are to lie."))
    ] = None,
    until: Annotated[date | None, day("--until", tr("Last day, such as 2020-10-31."))] = None,
    against: Annotated[
        Path | None, option("--against", metavar="FILE", does=tr("A second configuration; print what it changes."))
    ] = None,
) -> None:
    """Rehearse once, or twice and print the difference."""
    from console.rehearsal.run import Plan
    from console.settings import load_settings

    desk = desk_of(ctx)
    folder = into or Path(desk.settings.rehearsal.folder)
    other = load_settings(against) if against else None
    plan = Plan(folder=folder / "first" if against else folder, script=script, live=live, until=until)
    first = _run(desk, desk.settings, plan)
    if other is None:
        _print_timeline(desk, first)
        return
    _print_difference(desk, first, _run(desk, other, replace(plan, folder=folder / "second")))


def _run(desk: Desk, settings: "Settings", plan: "Plan") -> "Rehearsed":
    from console.rehearsal.run import rehearse

    done = 0
    with desk.paper.progress(tr("Living through the campaign")) as advance:

        def count(*_: object) -> None:
            nonlocal done
            done += 1
            advance(done)

        return rehearse(settings, plan, each_day=count)


def _print_timeline(desk: Desk, rehearsed: "Rehearsed") -> None:
    _print_lines(desk, (line.told(desk.locale) for line in rehearsed.mails))
    desk.paper.say(
        tr(
            "{n} mails from {since} to {until}; database and mails lie in {folder}.",
            n=len(rehearsed.mails),
            since=rehearsed.since,
            until=rehearsed.until,
            folder=str(rehearsed.folder),
        )
    )
    desk.paper.answer({"folder": str(rehearsed.folder), "mails": rehearsed.mails})


def _print_difference(desk: Desk, first: "Rehearsed", second: "Rehearsed") -> None:
    from console.rehearsal.timeline import difference

    told = list(difference(first.mails, second.mails, desk.locale))
    _print_lines(desk, told)
    desk.paper.say(tr("{n} differences.", n=len(told)) if told else tr("Both say the same."))
    desk.paper.answer({"differences": told})


def _print_lines(desk: Desk, lines: Iterable[str]) -> None:
    for line in lines:
        desk.paper.line(line)


@command(
    app,
    "demo",
    tr(
        "Live through the whole of Ningbo 2020 on sample lists; print how it ended, the ladder as it was climbed, and"
        " where mails, databases and papers lie."
    ),
)
def demo(
    ctx: typer.Context,
    *,
    into: Annotated[Path, option("--into", metavar="FOLDER", does=tr("Where everything is to lie."))] = Path("demo"),
    script: Annotated[Path, option("--script", metavar="FILE", does=tr("The script that is played."))] = Path(
        "examples/ningbo-2020/script.yaml"
    ),
) -> None:
    """The demonstration; what an earlier one left in the folder is made anew."""
    from console.rehearsal.demo import STATES_SHOWN, run_demo
    from console.rehearsal.timeline import ladder_lines

    desk = desk_of(ctx)
    with desk.paper.progress(tr("Living through the campaign")) as advance:
        shown = run_demo(desk.settings, into=into, script=script, progress=advance)
    desk.paper.say(tr("{n} lists were refused first and came again corrected:", n=len(shown.corrected)))
    for one in shown.corrected:
        desk.paper.say(one.sentence)
    desk.paper.line("\n".join(ladder_lines(shown.rehearsed.mails, desk.locale)))
    desk.paper.table(
        [
            Column(tr("District")),
            Column(tr("Quota"), number=True),
            *(Column(tr("{label}", label=shown.labels[state]), number=True) for state in STATES_SHOWN),
            Column(tr("Late"), number=True),
            Column(tr("Reports late"), number=True),
        ],
        shown.rows,
        title=tr("How it ended"),
    )
    desk.paper.facts(shown.places)
    desk.paper.answer(shown.as_json())
