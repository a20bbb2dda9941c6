"""The database as a whole from the command line: backup, restore, check, export, migrate; on a file and on a server."""

import json
import shutil
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

from console.bootstrap import open_house
from console.settings import load_settings
from engine.clock import SystemClock
from engine.store import backup, blobs, leases, mails
from engine.store.schema import metadata

CONFIG = Path(__file__).parents[2] / "config.yaml"


@pytest.fixture
def live(tmp_path, lingpao):
    """A terminal at a live house on a file."""
    lingpao.database = str(tmp_path / "live.db")
    lingpao("init")
    return lingpao


def names(lingpao):
    return {one["login"] for one in lingpao.ask("people", "list")["people"]}


def add(lingpao, login):
    lingpao("people", "add", login, "--name", "样例人员", "--organisation", "余姚", login="admin")


def test_a_backup_is_a_whole_house_as_it_stood(live, tmp_path):
    add(live, "before")
    live("data", "backup", tmp_path / "copy.db")
    add(live, "after")

    live.database = str(tmp_path / "copy.db")

    assert "before" in names(live)
    assert "after" not in names(live)


def test_a_backup_overwrites_nothing(live, tmp_path):
    (tmp_path / "copy.db").write_text("something of somebody", encoding="utf-8")

    live("data", "backup", tmp_path / "copy.db", code=1)

    assert (tmp_path / "copy.db").read_text(encoding="utf-8") == "something of somebody"


def test_a_backup_is_taken_while_somebody_is_writing(live, tmp_path):
    with sqlite3.connect(tmp_path / "live.db") as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE people SET name = '样例' WHERE login = 'daxie'")

        live("data", "backup", tmp_path / "copy.db")
        writing.rollback()

    live.database = str(tmp_path / "copy.db")
    assert {one["name"] for one in live.ask("people", "list")["people"] if one["login"] == "daxie"} == {"大榭联络员"}


def test_a_restore_asks_first_and_keeps_what_was_there(live, tmp_path):
    live("data", "backup", tmp_path / "copy.db")
    add(live, "after")

    refused = live.ask("data", "restore", tmp_path / "copy.db", code=1)
    assert "--yes" in refused["error"]["sentence"]
    assert "after" in names(live)
    answer = live.ask("data", "restore", tmp_path / "copy.db", "--yes")

    assert "after" not in names(live)
    live.database = answer["kept"]
    assert "after" in names(live)


def test_a_rehearsal_in_the_place_of_a_house_at_work_is_warned_of(live, rehearsal_url, tmp_path):
    rehearsal = rehearsal_url.removeprefix("sqlite:///")
    live("data", "backup", tmp_path / "copy.db")

    refused = live("data", "restore", rehearsal, "--locale", "zh_CN", code=1)

    assert f"{rehearsal} 是演练数据库" in refused.err
    assert "是演练数据库" not in live("data", "restore", tmp_path / "copy.db", "--locale", "zh_CN", code=1).err
    assert "is a rehearsal" in live("data", "restore", rehearsal, "--yes").err
    assert live.ask("status")["rehearsal"] is True


def test_a_restore_into_an_empty_place_asks_nobody(live, tmp_path):
    live("data", "backup", tmp_path / "copy.db")
    live.database = str(tmp_path / "elsewhere.db")

    answer = live.ask("data", "restore", tmp_path / "copy.db")

    assert answer["kept"] is None
    assert "daxie" in names(live)


def test_two_restores_in_one_second_lose_nothing(live, tmp_path):
    place, url = tmp_path / "live.db", f"sqlite:///{tmp_path / 'live.db'}"
    live("data", "backup", tmp_path / "copy.db")
    now = SystemClock().now()

    kept = {backup.restore(url, tmp_path / "copy.db", at=now) for _ in range(3)}

    assert len(kept) == 3
    assert all(one is not None and one.is_file() for one in kept)
    assert place.is_file()


def test_a_damaged_backup_is_refused_and_the_house_stays(live, tmp_path):
    live("data", "backup", tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    for page in range(3, 60):
        content[page * 4096 + 100 : page * 4096 + 400] = b"\x00" * 300
    (tmp_path / "copy.db").write_bytes(content)

    refused = live.ask("data", "restore", tmp_path / "copy.db", "--yes", code=1)

    assert "is damaged" in refused["error"]["sentence"]
    assert "daxie" in names(live)
    assert not list(tmp_path.glob("live.db.before-*"))


def test_something_else_than_a_backup_is_refused(live, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear colleagues", encoding="utf-8")

    live("data", "restore", tmp_path / "letter.txt", "--yes", code=3)
    live("data", "restore", tmp_path / "none.db", "--yes", code=3)

    assert "daxie" in names(live)


def test_a_backup_of_a_newer_program_is_refused(live, tmp_path):
    live("data", "backup", tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        copy.execute("INSERT INTO alembic_version VALUES ('9999_later')")

    assert "newer" in live.ask("data", "restore", tmp_path / "copy.db", "--yes", code=3)["error"]["sentence"]


def test_a_database_is_not_taken_away_from_a_worker(live, tmp_path):
    live("data", "backup", tmp_path / "copy.db")
    house = open_house(load_settings(CONFIG), url=f"sqlite:///{live.database}")
    with house.engine.work() as work:
        leases.take(work, "sweep", "machine:7", load_lease(house))
    house.close()

    assert "machine:7" in live.ask("data", "restore", tmp_path / "copy.db", "--yes", code=1)["error"]["sentence"]


def load_lease(house):
    return house.jobs[0].lease


def test_a_sound_database_has_no_damages(lingpao):
    assert lingpao.ask("data", "check") == {"damages": []}


def test_bytes_that_are_not_what_their_hash_says_are_damages(house, lingpao):
    with house.engine.work() as work:
        digest = blobs.keep(work, b"a paper", "application/pdf")
        work.connection.exec_driver_sql("UPDATE blobs SET content = x'00' WHERE sha256 = ?", (digest,))

    assert lingpao.ask("data", "check", code=1)["damages"] == [f"blobs {digest}"]


def test_a_reference_to_nothing_is_a_damage(house, lingpao, tmp_path):
    with sqlite3.connect(tmp_path / "rehearsal.db") as raw:
        raw.execute("INSERT INTO mail_bodies (mail_id, content) VALUES (99, x'00')")

    assert "mail_bodies" in lingpao.ask("data", "check", code=1)["damages"][0]


def test_an_export_has_every_table_and_every_byte(house, lingpao, tmp_path):
    with house.engine.work() as work:
        digest = blobs.keep(work, "样例".encode(), "text/plain")

    answer = lingpao.ask("data", "export", tmp_path / "all.zip")

    with ZipFile(tmp_path / "all.zip") as archive:
        tables = {
            name.removeprefix("tables/").removesuffix(".jsonl") for name in archive.namelist() if ".jsonl" in name
        }
        people = [json.loads(line) for line in archive.read("tables/people.jsonl").decode().splitlines()]
        assert archive.read(f"files/blobs/{digest}").decode() == "样例"
        assert json.loads(archive.read("manifest.json"))["rows"] == answer["rows"]
    assert tables == set(metadata.tables)
    assert len(people) == answer["rows"]["people"] == 51
    assert {one["login"] for one in people} >= {"city-1", "yuyao"}


def test_an_export_overwrites_nothing(lingpao, tmp_path):
    (tmp_path / "all.zip").write_bytes(b"")

    lingpao("data", "export", tmp_path / "all.zip", code=1)

    assert (tmp_path / "all.zip").read_bytes() == b""


def test_migrating_a_current_database_says_so(lingpao):
    assert lingpao.ask("data", "migrate") == {"applied": []}


def test_migrating_brings_the_tables_of_a_campaign_kind_and_its_flows(lingpao, tmp_path):
    with sqlite3.connect(tmp_path / "rehearsal.db") as raw:
        kind = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        raw.execute("PRAGMA foreign_keys = OFF")
        for name in set(kind) & set(metadata.tables) - engine_tables():
            raw.execute(f"DROP TABLE {name}")
        raw.execute("DELETE FROM alembic_version WHERE version_num = '0001_benchmarking'")
        raw.commit()
    assert lingpao.ask("cases", code=3)["error"]["code"] == "SCHEMA_OUTDATED"

    assert "0001_benchmarking" in lingpao.ask("data", "migrate")["applied"]
    assert lingpao.ask("cases") == {"cases": []}


def engine_tables():
    from engine.store import schema

    return {getattr(schema, name).name for name in schema.__all__ if name != "metadata"}


def test_a_server_is_backed_up_and_restored_with_its_own_programs(postgresql_url, lingpao, tmp_path):
    if shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL's client programs are not installed: `apt-get install postgresql-client`")
    lingpao.database = postgresql_url
    lingpao("init")
    lingpao("data", "backup", tmp_path / "copy.dump")
    add(lingpao, "after")

    answer = lingpao.ask("data", "restore", tmp_path / "copy.dump", "--yes")

    assert "after" not in names(lingpao)
    assert Path(answer["kept"]).is_file()
    assert lingpao.ask("audit", "verify", login="city-1")["broken"] == []


def test_a_server_without_its_programs_says_what_to_install(postgresql_url, lingpao, tmp_path, monkeypatch):
    lingpao.database = postgresql_url
    lingpao("init")
    monkeypatch.setattr("shutil.which", lambda _: None)

    assert "pg_dump" in lingpao.ask("data", "backup", tmp_path / "copy.dump", code=1)["error"]["sentence"]


def test_a_backup_that_the_program_refuses_says_why(postgresql_url, lingpao, tmp_path):
    if shutil.which("pg_restore") is None:
        pytest.skip("PostgreSQL's client programs are not installed: `apt-get install postgresql-client`")
    lingpao.database = postgresql_url
    lingpao("init")
    (tmp_path / "letter.txt").write_text("Dear colleagues", encoding="utf-8")

    refused = lingpao.ask("data", "restore", tmp_path / "letter.txt", "--yes", code=1)

    assert "pg_restore" in refused["error"]["sentence"]
    assert "daxie" in names(lingpao)


def test_a_server_is_exported_like_a_file(postgresql_url, lingpao, tmp_path):
    lingpao.database = postgresql_url
    lingpao("init")

    answer = lingpao.ask("data", "export", tmp_path / "all.zip")

    assert answer["rows"]["people"] == 51
    assert lingpao.ask("data", "check") == {"damages": []}


def test_mails_of_a_copy_are_those_of_the_house(house, tmp_path):
    copy = tmp_path / "copy.db"
    backup.back_up(house.database, copy)
    with house.engine.look() as work:
        before = mails.counts(work)

    other = open_house(load_settings(CONFIG), url=f"sqlite:///{copy}")

    with other.engine.look() as work:
        assert mails.counts(work) == before
    other.close()
