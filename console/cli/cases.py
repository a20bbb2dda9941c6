"""Cases: listed, shown whole, and explained."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.casepage import print_file
from console.cli.desk import desk_of
from console.cli.frame import command, option, verbs
from console.cli.options import CampaignKey, CaseName, DistrictName, read_day
from console.cli.paper import Column
from engine.words import say, tr

if TYPE_CHECKING:
    from console.register import Line

app = verbs()


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
def show(ctx: typer.Context, case: CaseName) -> None:
    """Show."""
    from console.casefile import case_file

    desk = desk_of(ctx)
    with desk.look() as work:
        found = case_file(desk.engine, work, desk.actor, desk.case(work, case).id)
    print_file(desk.paper, found)
    desk.paper.answer(found)


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
