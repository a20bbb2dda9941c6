"""Cases: listed, shown whole, and explained."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from console.cli.casepage import print_file, print_files
from console.cli.desk import desk_of
from console.cli.evidence import write_out
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CampaignKey, CaseName, DistrictName, read_day
from console.cli.paper import Column
from engine.errors import NotFound
from engine.words import say, tr

if TYPE_CHECKING:
    from console.register import Line

app = verbs()

SHORTEST_HASH: Final = 8
"""Signs of a hash that name a file."""


@command(app, "cases", tr("List the cases you may see, filtered and sorted, each with its next day."))
def cases(
    ctx: typer.Context,
    *,
    campaign: CampaignKey = None,
    flow: Annotated[
        str, option("--flow", metavar="FLOW", does=tr("Flow: enterprise (default), nomination_list, progress_report."))
    ] = "enterprise",
    district: DistrictName = None,
    state: Annotated[
        list[str] | None, option("--state", metavar="STATE", does=tr("State, by name or label; may be said again."))
    ] = None,
    industry: Annotated[
        str | None,
        option("--industry", metavar="INDUSTRY", does=tr("Division of GB/T 4754, by code or name; a dash for none.")),
    ] = None,
    name: Annotated[str | None, option("--name", metavar="TEXT", does=tr("Only names with this in them."))] = None,
    overdue: Annotated[bool, option("--overdue", does=tr("Only with a day that is over."))] = False,
    proposed: Annotated[bool, option("--proposed", does=tr("Only those that wait for confirmation."))] = False,
    claimed: Annotated[bool, option("--claimed", does=tr("Only those that two districts named."))] = False,
    due_until: Annotated[
        date | None, option("--due-until", metavar="DATE", parser=read_day, does=tr("Only with a day up to this one."))
    ] = None,
    sort: Annotated[
        str, option("--sort", metavar="ORDER", does=tr("district (default), number, name, state, due or late."))
    ] = "district",
) -> None:
    """List."""
    from console.finding import find_campaign
    from console.register import Wanted, every_line

    desk = desk_of(ctx)
    with desk.look() as work:
        wanted = Wanted(
            campaign=find_campaign(desk.engine, work, campaign).key,
            flow=flow,
            district=district,
            states=state or (),
            industry=industry,
            name=name,
            overdue=overdue,
            proposed=proposed,
            claimed=claimed,
            due_until=due_until,
            sort=sort,
        )
        lines = list(every_line(desk.engine, work, desk.actor, wanted))
    columns = (
        Column(tr("Number"), number=True),
        Column(tr("District"), whole=True),
        Column(tr("Subject")),
        Column(tr("State"), whole=True),
        Column(tr("Next")),
        Column(tr("Due"), whole=True),
        Column(tr("Workdays late"), number=True, may=True),
        Column(tr("Proposed"), may=True),
    )
    if lines:
        desk.paper.table(columns, [_row(one) for one in lines])
    desk.paper.say(tr("{n} cases.", n=len(lines)))
    desk.paper.answer({"cases": [one.as_json() for one in lines]})


def _row(line: "Line") -> tuple[object, ...]:
    case = line.case
    return (
        case.id,
        line.district,
        case.subject_name,
        line.state,
        line.milestone,
        line.due_on,
        line.late or None,
        line.proposed,
    )


@command(
    app,
    "show",
    tr("Show everything about a case: state, deadlines, products and evidence, what is missing, history and letters."),
)
def show(
    ctx: typer.Context,
    case: CaseName,
    *,
    files: Annotated[
        bool, option("--files", does=tr("Only its files, with the versions that others took the place of."))
    ] = False,
) -> None:
    """Show."""
    from console.casefile import case_file

    desk = desk_of(ctx)
    with desk.look() as work:
        found = case_file(desk.engine, work, desk.actor, desk.case(work, case).id)
    if files:
        print_files(desk.paper, found["files"], every=True)
        desk.paper.say(tr("{n} files.", n=len(found["files"])))
        desk.paper.answer({"case": found["case"], "subject": found["subject"], "files": found["files"]})
        return
    print_file(desk.paper, found)
    desk.paper.answer(found)


@command(app, "file", tr("Write a file of a case out again, also an older version; `show --files` has their numbers."))
def file_of(
    ctx: typer.Context,
    case: CaseName,
    file: Annotated[str, argument(tr("Number of the file, or the beginning of its hash."), "FILE")],
    *,
    out: Annotated[Path, option("--out", metavar="OUT", does=tr("File or folder to write to."))],
) -> None:
    """Write it where the person wants it."""
    from console.casepapers import files_told
    from workflows.benchmarking.evidence import read_file

    desk = desk_of(ctx)
    with desk.look() as work:
        found = desk.case(work, case)
        wanted = [one for one in files_told(work, found) if str(one["file"]) == file or _begins(one["sha256"], file)]
        if not wanted:
            raise NotFound(
                tr("{name} has no file {file}; `lingpao show CASE --files` lists them.", name=found.subject_name,
                   file=file)
            )  # fmt: skip
        kept, media_type, content = read_file(work, desk.actor, found.id, wanted[-1]["sha256"])
    write_out(desk, out, content, name=kept.name, media_type=media_type, sha256=kept.sha256)


def _begins(digest: str, text: str) -> bool:
    return len(text) >= SHORTEST_HASH and digest.startswith(text.lower())


@command(app, "explain", tr("Show which steps are possible now, and every reason why others are not."))
def explain(ctx: typer.Context, case: CaseName) -> None:
    """Explain."""
    from engine.judging import explain as reasons_for

    desk = desk_of(ctx)
    with desk.look() as work:
        found = desk.case(work, case)
        options = reasons_for(desk.engine, work, desk.actor, found.id)
    told = []
    for one in options:
        verdict = tr("possible") if not one.reasons else tr("not now")
        if one.step.confirm and not one.reasons:
            verdict = tr("possible as a proposal")
        desk.paper.say(tr("{step} ({label}): {verdict}", step=one.step.name, label=one.step.label, verdict=verdict))
        for reason in one.reasons:
            desk.paper.say(tr("  – {reason} [{code}]", reason=reason.sentence, code=reason.code))
        told.append(
            {
                "step": one.step.name,
                "label": one.step.label,
                "kind": one.step.kind,
                "target": one.step.target,
                "confirmed_by": list(one.step.confirm),
                "possible": not one.reasons,
                "reasons": [
                    {"code": reason.code, "sentence": say(reason.sentence, desk.locale), "part": reason.part}
                    for reason in one.reasons
                ],
            }
        )
    desk.paper.answer({"case": found.id, "subject": found.subject_name, "state": found.state, "steps": told})
