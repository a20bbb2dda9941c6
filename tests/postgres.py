"""A PostgreSQL server of the tests' own, from Debian's binaries, thrown away at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

WHY_NOT = "PostgreSQL is not installed here: `apt-get install postgresql` or set LINGPAO_TEST_POSTGRESQL"


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def available() -> bool:
    return bool(os.environ.get("LINGPAO_TEST_POSTGRESQL")) or binaries() is not None


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server on which databases may be made; the one named in the environment, else one of our own."""
    given = os.environ.get("LINGPAO_TEST_POSTGRESQL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="lingpao-pg-"))
    try:
        yield _start(folder)
    finally:
        _as_owner(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def make_database(server_url: str, name: str, template: str | None = None) -> str:
    """Make a database, empty or as a copy of a template, and answer its URL."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        plain = " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        source = f" TEMPLATE {template}" if template else plain
        connection.execute(text(f"CREATE DATABASE {name}{source}"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)


def drop_database(server_url: str, name: str) -> None:
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


def _start(folder: Path) -> str:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = ["-U", "lingpao", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    _as_owner(folder, "initdb", "-D", str(data), *options)
    running = f"-c listen_addresses= -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
    _as_owner(folder, "pg_ctl", "-D", str(data), "-w", "-o", running, "-l", str(folder / "log"), "start")
    return f"postgresql+psycopg://lingpao@/postgres?host={folder}"


def _as_owner(folder: Path, program: str, *arguments: str) -> None:
    home = binaries()
    if home is None:
        raise RuntimeError(WHY_NOT)
    command = [str(home / program), *arguments]
    if os.geteuid() == 0:
        # the server refuses to run as root
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
