"""A database as a whole: copied away and brought back, checked, written out in full, kept tidy."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import URL, LargeBinary, Table, func, select
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError

from engine.errors import EngineError, Refused
from engine.store.database import Database, Work, read_address
from engine.store.schema import blobs, leases, metadata
from engine.words import Sentence, tr

FAULTS: Final = (DatabaseError, InterfaceError)
"""What a driver raises when a database cannot be reached, is locked for too long, is damaged, or is none."""

_OURS: Final = (IntegrityError, DataError, ProgrammingError)
"""Of these, what can only be a fault of the program."""

FORMAT: Final = 1
LAST: Final = "backup_at"
"""The setting that says when a backup was made last."""
_SQLITE_HEAD: Final = b"SQLite format 3\x00"
_BESIDE: Final = ("", "-wal", "-shm")

_TROUBLES: Final[Mapping[str, Sentence]] = {
    "unable to open database file": tr("its file cannot be opened; check its folder and the rights of this user"),
    "database or disk is full": tr("the disk is full; make room and try again"),
    "attempt to write a readonly database": tr("it may only be read; give this user the right to write to its folder"),
    "database is locked": tr("somebody else holds it; try again in a minute"),
    "disk I/O error": tr("the disk cannot be read or written; check the disk"),
}
"""What SQLite says of its file, in our words and with what to do."""


class DatabaseFailed(EngineError):
    """The database cannot be used."""

    code: ClassVar[str] = "DATABASE_FAILED"


def trouble_of(fault: Exception) -> Sentence | None:
    """What is the matter with the database, in a line; None where it is the program that is at fault."""
    return None if isinstance(fault, _OURS) else _told(getattr(fault, "orig", None) or fault)


def _told(fault: Exception) -> Sentence:
    line = str(fault).strip().partition("\n")[0] or type(fault).__name__
    return _TROUBLES.get(line) or Sentence("{problem}", {"problem": line})


def file_of(url: str) -> Path | None:
    """The file of an SQLite address; None for a server."""
    found = read_address(url)
    return Path(found.database or "") if found.get_backend_name() == "sqlite" else None


def spoken(url: str) -> str:
    """The address without its password, as it may stand in a sentence."""
    return read_address(url).render_as_string(hide_password=True)


def back_up(database: Database, target: Path) -> Path:
    """Copy everything as it stands at this moment into a new file, and check the copy before it gets its name."""
    with new_file(target) as unfinished:
        if database.path is None:
            _run(_tool("pg_dump"), "--format=custom", f"--file={unfinished}", url=database.url)
        else:
            copy_file(Path(database.path), unfinished)
            check_sound(unfinished)
    return target


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file that gets its name when it is whole, and leaves nothing behind when it does not get that far."""
    if target.exists():
        raise Refused(tr("{file} exists already; choose another name.", file=str(target)))
    if not target.absolute().parent.is_dir():
        raise Refused(tr("There is no folder {folder}; make it first.", folder=str(target.absolute().parent)))
    unfinished = target.with_name(f"{target.name}.part")
    _unlink(unfinished)
    try:
        # what is wrong with the place is found here, where the system says it best
        unfinished.write_bytes(b"")
        yield unfinished
        unfinished.replace(target)
    finally:
        _unlink(unfinished)


def _unlink(file: Path) -> None:
    """Away with an unfinished file and what SQLite left beside it; where that is not possible, it stays."""
    with suppress(OSError):
        for ending in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + ending).unlink(missing_ok=True)


def restore(url: str, source: Path, *, at: datetime) -> Path | None:
    """Bring a backup back; what was there is kept beside under a name with the time. Answers that name."""
    place = file_of(url)
    if place is None:
        return _restore_server(url, source, at)
    check_sound(source)
    arriving = place.with_name(f"{place.name}.arriving")
    _unlink(arriving)
    with new_file(arriving) as unfinished:
        copy_file(source, unfinished)
    kept = _set_aside(place, at) if place.exists() else None
    arriving.replace(place)
    return kept


def copy_file(source: Path, target: Path) -> None:
    """One consistent copy of an SQLite file, also while others write to it."""
    try:
        with closing(sqlite3.connect(_read_only(source), uri=True)) as given, closing(sqlite3.connect(target)) as taken:
            given.backup(taken)
    except sqlite3.Error as fault:
        told = tr(
            "{source} cannot be copied to {file}: {problem}", source=str(source), file=str(target), problem=_told(fault)
        )
        raise DatabaseFailed(told) from fault


def damages(database: Database) -> list[str]:
    """What is wrong with the database as such: pages, indexes, references, bytes that are not what their hash says."""
    found = _damages_of_file(Path(database.path)) if database.path else []
    with database.engine.connect() as connection:
        for row in connection.execution_options(yield_per=50).execute(select(blobs.c.sha256, blobs.c.content)):
            if sha256(row.content).hexdigest() != row.sha256:
                found.append(f"blobs {row.sha256}")
    return found


def export(work: Work, target: Path, *, progress: Callable[[int], None] | None = None) -> dict[str, int]:
    """Write every table as JSON lines into one archive, bytes as files of their own; answers the rows by table."""
    counts: dict[str, int] = {}
    with new_file(target) as unfinished, ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
        for number, table in enumerate(metadata.sorted_tables):
            counts[table.name] = _export_rows(work, table, archive)
            _export_bytes(work, table, archive)
            if progress:
                progress(number + 1)
        manifest = {"format": FORMAT, "exported_at": work.now.isoformat(), "rows": counts}
        archive.writestr("manifest.json", json.dumps(manifest, indent=2))
    return counts


def tidy(database: Database) -> None:
    """Let SQLite fold its log back into the file and refresh its statistics; a server does that by itself."""
    if database.path is not None:
        with closing(sqlite3.connect(database.path, timeout=5)) as connection:
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def writable(database: Database) -> str | None:
    """Why nothing can be written, if so."""
    try:
        with database.engine.begin():
            pass
    except FAULTS as fault:
        return str(fault.orig)
    path = Path(database.path) if database.path else None
    return None if path is None or os.access(path, os.W_OK) else str(path)


def _export_rows(work: Work, table: Table, archive: ZipFile) -> int:
    """The rows of a table, one a line; bytes stand there by their hash."""
    rows = 0
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as stream:
        for row in _rows(work, table):
            plain = {name: _plain(value) for name, value in row.items()}
            stream.write((json.dumps(plain, ensure_ascii=False) + "\n").encode())
            rows += 1
    return rows


def _export_bytes(work: Work, table: Table, archive: ZipFile) -> None:
    columns = [column.name for column in table.c if isinstance(column.type, LargeBinary)]
    written: set[str] = set()
    for row in _rows(work, table) if columns else ():
        for name in columns:
            if row[name] is not None and (digest := _plain(row[name])) not in written:
                archive.writestr(f"files/{table.name}/{digest}", row[name])
                written.add(digest)


def _rows(work: Work, table: Table) -> Iterable[Mapping[str, Any]]:
    statement = select(table).order_by(*table.primary_key).execution_options(yield_per=200)
    return cast("Iterable[Mapping[str, Any]]", work.connection.execute(statement).mappings())


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return value.isoformat() if isinstance(value, date) else value


def check_head(file: Path) -> None:
    """Refuse a file that is something else."""
    with file.open("rb") as stream:
        if stream.read(len(_SQLITE_HEAD)) != _SQLITE_HEAD:
            raise DatabaseFailed(tr("{file} is no SQLite database.", file=str(file)))


def check_sound(file: Path) -> None:
    """Refuse a file that is damaged, or something else."""
    check_head(file)
    found = _damages_of_file(file)
    if found:
        raise Refused(tr("{file} is damaged: {problem}", file=str(file), problem=found[0]))


def _damages_of_file(file: Path) -> list[str]:
    with closing(sqlite3.connect(_read_only(file), uri=True)) as connection:
        try:
            answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            orphans = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as fault:
            return [str(fault)]
    return [answer for answer in answers if answer != "ok"] + orphans


def _set_aside(place: Path, at: datetime) -> Path:
    """Move a database with its log out of the way."""
    kept = place.with_name(f"{place.name}.before-{at:%Y%m%dT%H%M%S}")
    number = 1
    while kept.exists():
        number += 1
        kept = place.with_name(f"{place.name}.before-{at:%Y%m%dT%H%M%S}-{number}")
    for ending in _BESIDE:
        part = place.with_name(place.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))
    return kept


def _restore_server(url: str, source: Path, at: datetime) -> Path:
    tool = _tool("pg_restore")
    database = Database(url)
    try:
        kept = back_up(database, source.with_name(f"{source.name}.before-{at:%Y%m%dT%H%M%S}"))
    finally:
        database.close()
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run(tool, *options, f"--dbname={_libpq(database.url)}", str(source), url=None, secret=database.url.password)
    return kept


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(
            tr("{tool} is not installed here; install PostgreSQL's client programs of the server's version.", tool=name)
        )
    return found


def _run(tool: str, *arguments: str, url: URL | None, secret: str | None = None) -> None:
    """Run one of PostgreSQL's programs; the password goes through the environment, never through the arguments."""
    password = url.password if url is not None else secret
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    command: Sequence[str] = [tool, *arguments, *([_libpq(url)] if url is not None else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - found by name, arguments are ours
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise Refused(tr("{tool} failed: {problem}", tool=Path(tool).name, problem=lines[0]))


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _read_only(file: Path) -> str:
    return f"{file.resolve().as_uri()}?mode=ro"


def clock_of(work: Work) -> datetime | None:
    """What a database server's own clock says; a file has none."""
    if work.on_sqlite:
        return None
    answered: datetime = work.connection.execute(select(func.clock_timestamp())).scalar_one()
    return answered


def holder(work: Work) -> str | None:
    """Who is at work on the database: the owner of a lease that has not run out."""
    statement = select(leases.c.owner).where(leases.c.expires_at > work.now).order_by(leases.c.name).limit(1)
    return work.connection.execute(statement).scalar_one_or_none()
