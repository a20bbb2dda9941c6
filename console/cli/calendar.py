"""The calendar: which days are worked, and what coordinators enter over the published table."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import read_day, read_year
from console.cli.paper import Column
from console.cli.refusals import UsageRefused
from engine.words import tr

if TYPE_CHECKING:
    from engine.workdays import Workdays

app = verbs("calendar", tr("Working days and days off."))

SATURDAY = 5


@command(app, "show", tr("List the days of a year that are not what the week says: holidays, and weekends worked."))
def show(
    ctx: typer.Context,
    year: Annotated[int | None, argument(tr("Year; the present one by default."), "YEAR", parser=read_year)] = None,
) -> None:
    """Show."""
    from engine.store import calendar

    desk = desk_of(ctx)
    with desk.look() as work:
        workdays = desk.engine.workdays(work)
        wanted = year or desk.engine.today(work).year
        entered = {row.day: row.source for row in calendar.days(work)}
    rows = list(_unusual(workdays, wanted, entered))
    columns = [Column(tr("Day"), whole=True), Column(tr("Worked"), whole=True), Column(tr("Why"))]
    worked = {True: tr("yes"), False: tr("no")}
    desk.paper.table(columns, [(row["day"], worked[row["works"]], row["why"]) for row in rows])
    provisional = bool(workdays.provisional_years(date(wanted, 1, 1), date(wanted, 12, 31)))
    if provisional:
        desk.paper.say(tr("Nothing has been published for {year}; Monday to Friday count.", year=wanted))
    desk.paper.answer({"year": wanted, "provisional": provisional, "days": rows})


@command(
    app,
    "set",
    tr("Enter days as the notice of the State Council has them; open deadlines are worked out anew where they move."),
)
def set_days(
    ctx: typer.Context,
    days: Annotated[list[str], argument(tr("Days, or spans such as 2027-02-05..2027-02-11."), "DAYS...")],
    *,
    works: Annotated[bool, option("--works", does=tr("They are worked."))] = False,
    off: Annotated[bool, option("--off", does=tr("They are days off."))] = False,
    source: Annotated[str, option("--source", metavar="TEXT", does=tr("The notice it is taken from."))],
) -> None:
    """Enter days."""
    from console.administration import set_days as enter

    if works == off:
        raise UsageRefused(tr("Say either --works or --off."))
    desk = desk_of(ctx)
    wanted = [day for text in days for day in _span(text)]
    with desk.work() as work:
        fresh = enter(desk.engine, work, desk.actor, wanted, works=works, source=source)
    desk.paper.say(tr("{n} days entered.", n=len(fresh)))
    _answer(desk, {"days": fresh, "works": works})


@command(
    app,
    "complete",
    tr("Say that all days of a year's notice have been entered; its working days are then no longer provisional."),
)
def complete(
    ctx: typer.Context,
    year: Annotated[int, argument(tr("Year."), "YEAR", parser=read_year)],
    *,
    source: Annotated[str, option("--source", metavar="TEXT", does=tr("The notice it is taken from."))],
) -> None:
    """Complete a year."""
    from console.administration import complete_year

    desk = desk_of(ctx)
    with desk.work() as work:
        complete_year(desk.engine, work, desk.actor, year, source=source)
    desk.paper.say(tr("The calendar of {year} is complete.", year=year))
    _answer(desk, {"year": year})


@command(app, "reload", tr("Work all open deadlines out anew, as after a new version brought another calendar."))
def reload(ctx: typer.Context) -> None:
    """Re-project."""
    from console.administration import COORDINATORS, need_role, recalculate

    desk = desk_of(ctx)
    with desk.work() as work:
        need_role(work, desk.actor, COORDINATORS)
        recalculate(work, "calendar: reloaded")
    _answer(desk, {})


def run_reprojection(desk: Desk) -> int:
    """Work the noted deadlines out anew with progress; answers how many got another day."""
    from engine import reproject

    with desk.paper.progress(tr("Deadlines")) as progress:
        moved = reproject.run(desk.engine, progress=progress)
    desk.paper.say(tr("{n} deadlines got another day.", n=moved))
    return moved


def _answer(desk: Desk, told: dict[str, Any]) -> None:
    desk.paper.answer(told | {"moved": run_reprojection(desk)})


def _unusual(workdays: "Workdays", year: int, entered: dict[date, str]) -> Iterator[dict[str, Any]]:
    day = date(year, 1, 1)
    while day.year == year:
        works = workdays.is_workday(day)
        if day in entered or works != (day.weekday() < SATURDAY):
            yield {
                "day": day,
                "works": works,
                "why": entered.get(day) or workdays.name_of(day),
                "entered": day in entered,
            }
        day += timedelta(days=1)


def _span(text: str) -> Iterator[date]:
    first, _, last = text.partition("..")
    day, end = read_day(first), read_day(last or first)
    for edge in (day, end):
        read_year(str(edge.year))
    if end < day:
        raise UsageRefused(tr("{text}: the last day lies before the first.", text=text))
    while day <= end:
        yield day
        day += timedelta(days=1)
