"""`init`, `doctor` and `status`: making an installation, asking how it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.desk import FILE, Desk, desk_of
from console.cli.frame import command, option, verbs
from console.cli.options import CampaignKey
from console.cli.paper import Column, Paper
from console.cli.refusals import REFUSED
from engine.words import tr

app = verbs()

GRADES = {"fine": tr("fine"), "note": tr("note"), "wrong": tr("wrong")}


@command(
    app,
    "init",
    tr(
        "Make a database ready: tables, organisations, people, flows and campaigns as configured. People are read from"
        " the configuration this once; afterwards the database is the truth."
    ),
)
def init(
    ctx: typer.Context,
    *,
    rehearsal: Annotated[
        bool,
        option("--rehearsal", does=tr("For trying out: with a clock that can be set, mail stays on this machine.")),
    ] = False,
    source: Annotated[
        Path | None, option("--from", metavar="FILE", does=tr("Rehearse from a copy of this database."))
    ] = None,
) -> None:
    """Make a database, or a rehearsal from a running one."""
    from console.founding import rehearse_from
    from engine.errors import ClockRefused, Refused

    desk = desk_of(ctx)
    if desk.call.at and not rehearsal:
        raise ClockRefused
    if source and not rehearsal:
        raise Refused(tr("--from makes a rehearsal; say --rehearsal too."))
    at = desk.moment(desk.call.at) if desk.call.at else None
    if source is None:
        _found(desk, rehearsal=rehearsal, at=at)
        return
    desk.on_close(rehearse_from(desk.settings, source, url=desk.url, at=at).close)
    place = desk.place
    desk.paper.say(tr("Rehearsal made from {source} in {place}.", source=str(source), place=place))
    desk.paper.answer({"database": place, "rehearsal": True, "from": str(source)})


def _found(desk: Desk, *, rehearsal: bool, at: datetime | None) -> None:
    from console.founding import found_house

    founded = found_house(desk.settings, url=desk.url, rehearsal=rehearsal, at=at)
    desk.on_close(founded.house.close)
    told: dict[str, Any] = {
        "organisations": founded.organisations,
        "people": founded.people,
        "campaigns": founded.campaigns,
    }
    desk.paper.say(
        tr(
            "Database ready in {place}: {organisations} organisations, {people} people, campaigns {campaigns}.",
            place=desk.place,
            **told,
        )
    )
    desk.paper.answer({"database": desk.place, "rehearsal": rehearsal, **told})


@command(
    app,
    "doctor",
    tr(
        "Look at configuration, database, schema, clock, calendar, letters, people, worker and packages; each finding"
        " comes with what to do about it. Ends with 1 when something is wrong."
    ),
)
def doctor(
    ctx: typer.Context,
    *,
    relay: Annotated[bool, option("--relay", does=tr("Also connect to the mail relay; nothing is sent."))] = False,
) -> None:
    """Print every finding."""
    from console.doctor import examine

    desk = desk_of(ctx)
    found = examine(Path(desk.call.config or FILE), desk.url_of, relay=relay)
    desk.paper.table(
        [Column(tr("Grade"), whole=True), Column(tr("Code"), whole=True), Column(tr("Finding"))],
        [(GRADES[one.grade], one.code, one.whole) for one in found],
    )
    wrong = [one for one in found if one.grade == "wrong"]
    desk.paper.say(tr("{n} findings need something done.", n=len(wrong)) if wrong else tr("Nothing is wrong."))
    desk.paper.answer({"wrong": len(wrong), "findings": found})
    if wrong:
        raise typer.Exit(REFUSED)


@command(
    app, "status", tr("Show where the campaign stands by district, what waits for people, and how the worker does.")
)
def status(ctx: typer.Context, *, campaign: CampaignKey = None) -> None:
    """Status."""
    from console.finding import find_campaign
    from console.situation import machinery, situation

    desk = desk_of(ctx)
    with desk.look() as work:
        found = situation(desk.engine, work, desk.actor, find_campaign(desk.engine, work, campaign))
        running = machinery(work)
        now = work.now
    place = {"database": desk.place, "rehearsal": desk.house.rehearsal, "now": now}
    _print_status(desk.paper, place | found | running)
    desk.paper.answer(place | found | running)


def _print_status(paper: Paper, found: Mapping[str, Any]) -> None:
    paper.facts(
        [
            (tr("Database"), found["database"]),
            (tr("Rehearsal"), tr("yes") if found["rehearsal"] else None),
            (tr("Now"), found["now"]),
            (tr("Campaign"), f"{found['campaign']['key']}  {found['campaign']['title']}"),
        ]
    )
    paper.line()
    total = [{**found["total"], "district": tr("The whole city")}] if found["total"] else []
    _print_districts(paper, found["states"], [*found["districts"], *total])
    paper.line()
    paper.facts(
        [
            (tr("Wait for confirmation"), found["proposals"] or None),
            (tr("Claimed twice"), found["claims"] or None),
            (tr("Extensions asked for"), found["extensions_asked"] or None),
            (tr("Notices waiting"), found["notices"].get("waiting")),
            (tr("Mails"), tuple(f"{state} {n}" for state, n in sorted(found["mails"].items()))),
            (tr("Mail stopped"), tuple(found["mail_stopped"])),
            (tr("Jobs"), tuple(f"{one['job']}: {paper.spoken(one['last_ok_at']) or '–'}" for one in found["jobs"])),
        ]
    )


def _print_districts(paper: Paper, states: Mapping[str, Any], districts: Sequence[Mapping[str, Any]]) -> None:
    columns = [
        Column(tr("District"), whole=True),
        Column(tr("Quota"), number=True),
        *(Column(tr("{label}", label=label), number=True) for label in states.values()),
        Column(tr("Rate"), number=True),
        Column(tr("Overdue"), number=True, may=True),
        Column(tr("To confirm"), number=True, may=True),
        Column(tr("Light"), whole=True),
    ]
    rows = [
        (
            one["district"],
            one["quota"],
            *(one["reached"][name] for name in states),
            _rate(one["rate"]),
            one["overdue"] or None,
            one["waiting"] or None,
            one["light"],
        )
        for one in districts
    ]
    paper.table(columns, rows)


def _rate(rate: object) -> str | None:
    return None if rate is None else f"{rate}%"
