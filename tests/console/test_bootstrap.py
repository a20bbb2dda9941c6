"""Joining the parts: a house on a live database and on a rehearsal, its clock, its schema, its clockwork."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.bootstrap import (
    DatabaseMissing,
    address,
    at_sink,
    connect,
    mail_relay,
    open_house,
)
from console.founding import found_house
from console.settings import load_settings
from engine.clock import SystemClock, at_morning
from engine.errors import ClockRefused, SchemaOutdated
from engine.store import backup, cases, migrate
from engine.store.database import Database
from notifications.errors import RelayRefused

CONFIG = Path(__file__).parents[2] / "config.yaml"
SETTINGS = load_settings(CONFIG)


def test_a_live_house_goes_by_the_machines_clock_and_refuses_to_have_it_set(database_url):
    founded = found_house(SETTINGS, url=database_url)
    founded.house.close()

    house = open_house(SETTINGS, url=database_url)

    assert not house.rehearsal
    assert isinstance(house.engine.clock, SystemClock)
    with pytest.raises(ClockRefused):
        house.set_clock(datetime(2020, 6, 1, tzinfo=UTC))
    house.close()


def test_a_rehearsal_begins_on_the_first_day_and_its_clock_is_the_same_in_every_process(database_url):
    first = found_house(SETTINGS, url=database_url, rehearsal=True).house
    assert first.engine.clock.now() == at_morning(date(2020, 5, 15), "00:00")

    first.set_clock(datetime(2020, 6, 1, 0, 30, tzinfo=UTC))
    second = open_house(SETTINGS, url=database_url)

    assert second.rehearsal
    assert second.engine.clock.now() == datetime(2020, 6, 1, 0, 30, tzinfo=UTC)
    first.close()
    second.close()


def test_the_clock_of_a_rehearsal_only_goes_forward(house):
    present = house.engine.clock.now()

    with pytest.raises(ClockRefused, match="only goes forward"):
        house.set_clock(present - timedelta(minutes=1))

    assert house.engine.clock.now() == present


def test_a_house_of_an_older_version_is_refused_until_it_is_migrated(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    database = Database(url)
    migrate.upgrade(database, ())
    database.close()

    with pytest.raises(SchemaOutdated, match="data migrate"):
        open_house(SETTINGS, url=url)


def test_a_house_of_a_newer_version_is_refused(house, rehearsal_url):
    with house.database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES ('9999_later')")

    with pytest.raises(SchemaOutdated, match="newer"):
        open_house(SETTINGS, url=rehearsal_url)


def test_an_empty_database_is_not_taken_for_a_house(sqlite_url):
    with pytest.raises(DatabaseMissing, match="init"):
        open_house(SETTINGS, url=sqlite_url)


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(DatabaseMissing):
        connect(f"sqlite:///{tmp_path / 'none.db'}")
    assert not list(tmp_path.iterdir())


def test_a_letter_that_calls_itself_a_database_is_refused(tmp_path):
    (tmp_path / "letter.db").write_text("not a database", encoding="utf-8")

    with pytest.raises(backup.DatabaseFailed):
        connect(f"sqlite:///{tmp_path / 'letter.db'}")


def test_the_environment_may_name_the_database_with_its_password(monkeypatch):
    monkeypatch.setenv("LINGPAO_DATABASE_URL", "postgresql://lingpao:secret@db.example/lingpao")

    assert address(SETTINGS) == "postgresql://lingpao:secret@db.example/lingpao"
    assert address(SETTINGS, "sqlite:///other.db") == "sqlite:///other.db"
    assert "secret" not in backup.spoken(address(SETTINGS))


def test_without_a_password_there_is_no_relay_and_nothing_is_dispatched(rehearsal_url, monkeypatch, tmp_path):
    monkeypatch.delenv("LINGPAO_SMTP_PASSWORD", raising=False)
    live = found_house(SETTINGS, url=f"sqlite:///{tmp_path / 'live.db'}").house

    assert live.relay is None
    assert "dispatch" not in {job.name for job in live.jobs}
    with pytest.raises(RelayRefused):
        mail_relay(SETTINGS)
    live.close()


def test_with_a_password_mail_goes_to_the_configured_relay(monkeypatch, tmp_path):
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")
    live = found_house(SETTINGS, url=f"sqlite:///{tmp_path / 'live.db'}").house

    assert live.relay is not None
    assert (live.relay.host, live.relay.port) == ("smtp.lingpao.example", 465)
    assert "sample" not in repr(live.relay)
    assert [job.name for job in live.jobs] == [
        "reproject",
        "plan",
        "sweep",
        "compose",
        "digest",
        "forecast",
        "dispatch",
        "housekeeping",
    ]
    live.close()


def test_a_rehearsal_never_has_the_configured_relay_only_a_sink_on_this_machine(house, monkeypatch):
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")
    assert house.relay is None

    with_sink = at_sink(house, 2525)

    assert with_sink.relay is not None
    assert with_sink.relay.host == "127.0.0.1"
    assert with_sink.post.is_sink
    assert with_sink.owner == "rehearsal"


def test_the_first_morning_opens_every_districts_list_by_the_workers_own_jobs(house):
    house.set_clock(at_morning(date(2020, 5, 15), "08:30"))

    for job in house.jobs:
        while job.run_once():
            pass

    with house.engine.look() as work:
        opened = cases.of_campaign(work, "ningbo-2020", "nomination_list")
    assert len(opened) == 15
    assert {case.state for case in opened} == {"expected"}


def test_two_houses_on_copies_of_one_database_do_the_same(founded: Path, tmp_path: Path):
    counts = []
    for name in ("one", "two"):
        shutil.copy(founded, tmp_path / f"{name}.db")
        house = open_house(SETTINGS, url=f"sqlite:///{tmp_path / f'{name}.db'}")
        house.set_clock(at_morning(date(2020, 5, 22), "08:30"))
        counts.append([job.run_once() for job in house.jobs])
        house.close()

    assert counts[0] == counts[1]
