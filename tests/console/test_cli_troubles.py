"""Where files, disks, addresses and terminals are in trouble, the refusal names place, reason and remedy."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from engine.store import backup
from engine.store.database import Database
from engine.words import say


def chinese(lingpao, *words, code):
    return lingpao(*words, "--locale", "zh_CN", code=code).err


def typed(lingpao, *words, out=subprocess.PIPE, **environment):
    """The same line in a process of its own, with the streams it has there."""
    line = [sys.executable, "-m", "console.cli", "--config", str(lingpao.config), "--database", lingpao.database]
    told = {**os.environ, **environment}
    root = Path(__file__).parents[2]
    return subprocess.run([*line, "--as", "city-1", *words], stdout=out, stderr=subprocess.PIPE, env=told, cwd=root,
                          check=False)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("foo://x", "foo://x"),
        ("://", "://"),
        ("postgresql://somebody:geheim@host:port/lingpao", "host:port/lingpao"),
        ("mysql://somebody:geheim@host/lingpao", "host/lingpao"),
    ],
)
def test_an_address_that_is_none_is_named_without_its_password(lingpao, address, named):
    lingpao.database = address
    for words in (["status"], ["init"], ["doctor"], ["data", "check"]):
        said = chinese(lingpao, *words, code=3)

        assert f"{named} 不是可以使用的数据库地址" in said
        assert "geheim" not in said


@pytest.mark.parametrize("verb", ["backup", "export"])
def test_a_place_that_cannot_be_written_to_is_named_and_nothing_is_left_there(lingpao, tmp_path, verb):
    assert f"没有文件夹 {tmp_path / 'none'}，请先建立" in chinese(
        lingpao, "data", verb, tmp_path / "none" / "x", code=1
    )
    long = "x" * 252
    assert "名称过长，请换一个较短的名称" in chinese(lingpao, "data", verb, tmp_path / long, code=1)
    assert sorted(one.name for one in tmp_path.iterdir() if "x" in one.suffix or one.suffix == ".part") == []


def test_a_copy_that_fails_half_way_leaves_nothing_behind(tmp_path):
    source = tmp_path / "damaged.db"
    source.write_bytes(b"SQLite format 3\x00" + bytes(4096))

    with pytest.raises(backup.DatabaseFailed) as failed, backup.new_file(tmp_path / "copy.db") as unfinished:
        backup.copy_file(source, unfinished)

    assert str(source) in str(failed.value)
    assert [one.name for one in tmp_path.iterdir()] == ["damaged.db"]


def test_a_full_disk_is_called_that(sqlite_url):
    database = Database(sqlite_url)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(OperationalError) as full:
            connection.exec_driver_sql("CREATE TABLE pages AS SELECT randomblob(1000000) AS content")
    database.close()

    trouble = backup.trouble_of(full.value)
    assert trouble is not None
    assert say(trouble) == "磁盘已满，请清理出空间后再试"


def test_an_answer_that_finds_no_room_is_a_refusal(lingpao):
    with Path("/dev/full").open("wb") as full:
        done = typed(lingpao, "calendar", "show", "2020", out=full)

    assert done.returncode == 1
    assert "内容未能写出：磁盘已满" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_reader_who_has_seen_enough_is_no_trouble(lingpao):
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as unread:
        done = typed(lingpao, "calendar", "show", "2020", out=unread)

    assert (done.returncode, done.stderr) in ((0, b""), (1, b""))


def test_a_terminal_without_chinese_gets_escaped_signs_and_is_told_what_to_do(lingpao):
    plain = typed(lingpao, "show", "9999", PYTHONIOENCODING="ascii")
    answer = typed(lingpao, "status", "--json", PYTHONIOENCODING="ascii")

    assert plain.returncode == 1
    assert b"PYTHONIOENCODING=utf-8" in plain.stderr
    assert "没有编号为9999的内容" in plain.stderr.decode("unicode_escape")
    assert "保税区" in [one["district"] for one in json.loads(answer.stdout)["districts"]]


@pytest.mark.parametrize("year", ["9999", "0", "-5", "x", "²", "1" + "0" * 30, ""])
def test_a_year_in_which_nobody_works_is_refused(lingpao, year):
    assert f"{year} is no year such as 2026" in lingpao("calendar", "show", "--", year, code=2).err


def test_days_of_such_a_year_are_refused(lingpao):
    for days in ("0001-01-01", "2020-05-30..9999-12-31"):
        assert "不是年份" in chinese(lingpao, "calendar", "set", days, "--off", "--source", "样例", code=2)


def test_what_is_out_of_range_is_named(lingpao):
    assert f"1{'0' * 30}：" in chinese(lingpao, "mail", "show", "1" + "0" * 30, code=1)


def test_a_rehearsal_from_a_server_is_refused_with_what_to_do(lingpao, tmp_path):
    words = ["rehearse", "--from", "postgresql://host/lingpao", "--into", tmp_path / "out"]

    assert "请不带 --from 进行演练" in chinese(lingpao, *words, code=1)
