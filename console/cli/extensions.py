"""Extensions that districts asked for: what waits, and the answer."""

from typing import Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, verbs
from console.cli.options import CampaignKey, Reason
from console.cli.paper import Column
from engine.words import tr

app = verbs("extensions", tr("Extensions that were asked for: list, grant, refuse."), invoke_without_command=True)

Number = Annotated[int, argument(tr("Number under which it was asked."), "NUMBER")]


@app.callback()
def bare(ctx: typer.Context) -> None:
    """The bare word lists what waits."""
    if ctx.invoked_subcommand is None:
        _list(desk_of(ctx), None)


@command(app, "list", tr("What waits for an answer."))
def listed(ctx: typer.Context, *, campaign: CampaignKey = None) -> None:
    """List."""
    _list(desk_of(ctx), campaign)


@command(app, "grant", tr("Grant an extension that was asked for."))
def grant(ctx: typer.Context, number: Number, *, reason: Reason) -> None:
    """Grant."""
    _decide(desk_of(ctx), number, granted=True, reason=reason)


@command(app, "refuse", tr("Refuse an extension that was asked for."))
def refuse(ctx: typer.Context, number: Number, *, reason: Reason) -> None:
    """Refuse."""
    _decide(desk_of(ctx), number, granted=False, reason=reason)


def _list(desk: Desk, campaign: str | None) -> None:
    from console.finding import find_campaign
    from engine.access import sees
    from engine.store import cases, deadlines, organisations, people

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        asked = deadlines.asked(work, key)
        of = {row.case_id: cases.get(work, row.case_id) for row in asked}
        paths = organisations.paths(work, {case.district_id for case in of.values()})
        places = {one.id: one.name for one in organisations.every(work)}
        names = people.names(work, [row.person_id for row in asked])
        rows = [
            {
                "number": row.id,
                "case": row.case_id,
                "subject": row.subject_name,
                "district": places[of[row.case_id].district_id],
                "milestone": row.milestone,
                "from": row.from_on,
                "to": row.to_on,
                "asked_on": row.recorded_on,
                "asked_by": names.get(row.person_id, ""),
                "reason": row.reason,
            }
            for row in asked
            if sees(desk.actor, paths[of[row.case_id].district_id])
        ]
    columns = {
        "number": Column(tr("Number"), number=True),
        "district": Column(tr("District"), whole=True),
        "subject": Column(tr("Subject")),
        "milestone": Column(tr("Milestone"), whole=True),
        "from": Column(tr("From"), whole=True),
        "to": Column(tr("To"), whole=True),
        "reason": Column(tr("Reason")),
    }
    if rows:
        desk.paper.table(list(columns.values()), [[row[name] for name in columns] for row in rows])
    else:
        desk.paper.say(tr("Nothing waits for an answer."))
    desk.paper.answer({"extensions": rows})


def _decide(desk: Desk, number: int, *, granted: bool, reason: str) -> None:
    from engine.extensions import decide_extension
    from engine.store import cases

    with desk.work() as work:
        after = decide_extension(desk.engine, work, desk.actor, number, granted=granted, reason=reason)
        name = cases.get(work, after.case_id).subject_name
    told = {"number": number, "case": after.case_id, "subject": name, "milestone": after.milestone}
    if granted:
        desk.paper.say(tr("{name}: granted, now due on {day}.", name=name, day=str(after.due_on)))
    else:
        desk.paper.say(tr("{name}: refused, still due on {day}.", name=name, day=str(after.due_on)))
    desk.paper.answer(told | {"granted": granted, "due_on": after.due_on})
