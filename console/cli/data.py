"""The database as a whole: migrated, backed up, restored, checked, written out."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, verbs
from console.cli.options import Yes
from console.cli.refusals import REFUSED
from engine.errors import Refused
from engine.words import tr

if TYPE_CHECKING:
    from engine.store.database import Database

app = verbs("data", tr("The database: migrate, back up, restore, check, export."))

Target = Annotated[Path, argument(tr("File to write."), "FILE")]
Source = Annotated[Path, argument(tr("File to read."), "FILE")]


@command(
    app,
    "migrate",
    tr("Bring the database to the version of this program, and register its flows; running cases keep theirs."),
)
def migrate(ctx: typer.Context) -> None:
    """Upgrade."""
    from console.bootstrap import BRANCHES, connect, open_house
    from console.founding import bring_current
    from engine.store import migrate as schema

    desk = desk_of(ctx)
    database = connect(desk.url)
    try:
        lacking = schema.missing(database, BRANCHES)
        schema.upgrade(database, BRANCHES)
    finally:
        database.close()
    house = open_house(desk.settings, url=desk.url)
    ctx.call_on_close(house.close)
    bring_current(house)
    if lacking:
        desk.paper.say(tr("{n} revisions applied: {names}.", n=len(lacking), names=tuple(sorted(lacking))))
    else:
        desk.paper.say(tr("The database is of this version already."))
    desk.paper.answer({"applied": sorted(lacking)})


@command(app, "backup", tr("Copy the database, consistent at one moment and checked, while others go on working."))
def back_up(ctx: typer.Context, file: Target) -> None:
    """Back up."""
    from engine.store import backup

    desk = desk_of(ctx)
    database = _opened(desk)
    with desk.paper.progress(tr("Copying")):
        backup.back_up(database, file)
    _note_backup(database)
    size = file.stat().st_size
    desk.paper.say(tr("The backup lies in {file} ({n} bytes).", file=str(file), n=size))
    desk.paper.answer({"file": str(file), "bytes": size})


@command(
    app,
    "restore",
    tr("Bring a backup back. What is there now is kept beside under a name with the time; no worker may be running."),
)
def restore(ctx: typer.Context, file: Source, *, yes: Yes = False) -> None:
    """Restore."""
    from console.bootstrap import DatabaseMissing
    from console.founding import check_restorable, is_rehearsal_over_live
    from engine.clock import SystemClock
    from engine.store import backup

    desk = desk_of(ctx)
    if not file.is_file():
        raise DatabaseMissing(tr("There is no file {file}.", file=str(file)))
    now = SystemClock().now()
    replaces = check_restorable(desk.url, file, now)
    if replaces:
        if is_rehearsal_over_live(desk.url, file):
            desk.paper.warn(
                tr(
                    "Careful: {file} is a rehearsal, {place} is a database at work. Afterwards its clock stands still"
                    " and no mail leaves the house.",
                    file=str(file),
                    place=backup.spoken(desk.url),
                )
            )
        question = tr("Put {file} in the place of {place}?", file=str(file), place=backup.spoken(desk.url))
        desk.agreed(question, yes=yes)
    kept = backup.restore(desk.url, file, at=now)
    desk.paper.say(tr("{file} is the database now.", file=str(file)))
    if kept:
        desk.paper.say(tr("What was there before lies in {file}.", file=str(kept)))
    desk.paper.say(tr("`lingpao data migrate` brings it to this version if it is older; then start the worker."))
    desk.paper.answer({"restored": str(file), "kept": str(kept) if kept else None})


@command(app, "check", tr("Check the database as such: pages, indexes, references, and bytes against their hashes."))
def check(ctx: typer.Context) -> None:
    """Check."""
    from engine.store import backup

    desk = desk_of(ctx)
    with desk.paper.progress(tr("Checks")):
        found = backup.damages(_opened(desk))
    for one in found:
        desk.paper.line(one)
    desk.paper.say(
        tr("{n} damages; restore a backup, or ask for help before anybody works on.", n=len(found))
        if found
        else tr("The database is sound; `lingpao audit verify` checks what it says.")
    )
    desk.paper.answer({"damages": found})
    if found:
        raise typer.Exit(REFUSED)


@command(app, "export", tr("Write everything into one .zip: each table as JSON lines, papers and mails as files."))
def export(ctx: typer.Context, file: Target) -> None:
    """Export."""
    from engine.store import backup

    desk = desk_of(ctx)
    if file.exists():
        # before anybody is told of a copy that will not be
        raise Refused(tr("{file} exists already; choose another name.", file=str(file)))
    _tell_of_copy(desk, "export")
    with desk.paper.progress(tr("Tables")) as progress, desk.engine.look() as work:
        counts = backup.export(work, file, progress=progress)
    desk.paper.say(
        tr("{n} rows of {tables} tables lie in {file}.", n=sum(counts.values()), tables=len(counts), file=str(file))
    )
    desk.paper.answer({"file": str(file), "rows": counts})


def _note_backup(database: "Database") -> None:
    """Let the state of operation know of it; a backup that cannot be noted is none the worse."""
    from engine.clock import SystemClock
    from engine.store import backup, settings

    now = SystemClock().now()
    with suppress(*backup.FAULTS), database.work(now) as work:
        settings.write(work, backup.LAST, now.isoformat())


def _tell_of_copy(desk: Desk, what: str) -> None:
    """Everything of all districts leaves the house: that takes a role above them, and stands in the journal."""
    from console.administration import COORDINATORS, need_role
    from engine.model import Entry
    from engine.store import journal

    with desk.work() as work:
        role = need_role(work, desk.actor, COORDINATORS)
        today = desk.engine.today(work)
        journal.append_house(work, Entry("house", desk.actor.person_id, role, today, data={"copied": what}))


def _opened(desk: Desk) -> "Database":
    """The database, also when it is of another version."""
    from console.bootstrap import connect

    database = connect(desk.url)
    desk.on_close(database.close)
    return database
