"""Extensions that districts asked for: what waits, and the answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, verbs
from console.cli.options import CampaignKey, Reason
from console.cli.paper import Column
from engine.words import tr

if TYPE_CHECKING:
    from engine.store.database import Work

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


COLUMNS: Final = {
    "number": Column(tr("Number"), number=True),
    "district": Column(tr("District"), whole=True),
    "subject": Column(tr("Subject")),
    "milestone": Column(tr("Milestone"), whole=True),
    "from": Column(tr("From"), whole=True),
    "to": Column(tr("To"), whole=True),
    "reason": Column(tr("Reason")),
}


def _list(desk: Desk, campaign: str | None) -> None:
    from console.finding import find_campaign
    from engine.store import deadlines

    with desk.look() as work:
        asked = deadlines.asked(work, find_campaign(desk.engine, work, campaign).key)
        rows = _visible(desk, work, asked)
    if rows:
        desk.paper.table(list(COLUMNS.values()), [[row[name] for name in COLUMNS] for row in rows])
    else:
        desk.paper.say(tr("Nothing waits for an answer."))
    desk.paper.answer({"extensions": rows})


def _visible(desk: Desk, work: "Work", asked: Iterable[Any]) -> list[dict[str, Any]]:
    """What was asked for in the districts that the actor sees."""
    from engine.access import sees
    from engine.store import cases, organisations, people

    places = {one.id: one for one in organisations.every(work)}
    found = [(row, places[cases.get(work, row.case_id).district_id]) for row in asked]
    names = people.names(work, [row.person_id for row, _ in found])
    return [
        {
            "number": row.id,
            "case": row.case_id,
            "subject": row.subject_name,
            "district": place.name,
            "milestone": row.milestone,
            "from": row.from_on,
            "to": row.to_on,
            "asked_on": row.recorded_on,
            "asked_by": names.get(row.person_id, ""),
            "reason": row.reason,
        }
        for row, place in found
        if sees(desk.actor, place.path)
    ]


def _decide(desk: Desk, number: int, *, granted: bool, reason: str) -> None:
    from engine.extensions import decide_extension
    from engine.store import cases

    with desk.work() as work:
        after = decide_extension(desk.engine, work, desk.actor, number, granted=granted, reason=reason)
        name = cases.get(work, after.case_id).subject_name
    told = {"number": number, "case": after.case_id, "subject": name, "milestone": after.milestone}
    if granted:
        desk.paper.say(tr("{name}: granted, now due on {day}.", name=name, day=after.due_on))
    else:
        desk.paper.say(tr("{name}: refused, still due on {day}.", name=name, day=after.due_on))
    desk.paper.answer(told | {"granted": granted, "due_on": after.due_on})
