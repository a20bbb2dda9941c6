"""`init`, `doctor`, `status`: making an installation and asking how it is."""

import shutil
from datetime import timedelta

import pytest

from console.bootstrap import open_house
from console.checkup import look_over
from console.cli.main import app
from console.doctor import _packages, examine
from console.settings import load_settings
from engine.clock import SystemClock
from engine.model import Entry
from engine.store import backup, journal, leases, people, settings
from notifications.config import letters_found
from notifications.desk import send_test, stop


def test_init_makes_a_house_that_can_be_worked_in_at_once(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "new.db")

    made = lingpao.ask("init")

    assert made["people"] == 51
    assert made["campaigns"] == ["ningbo-2020"]
    assert lingpao.ask("campaign", "show")["terms"]["quota_total"] == 120


def test_a_second_init_changes_nothing(lingpao):
    answer = lingpao.ask("init", "--rehearsal", code=1)

    assert "nothing was changed" in answer["error"]["sentence"]
    assert lingpao.ask("status")["rehearsal"] is True


def test_init_does_not_make_folders_from_a_mistyped_address(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "no-such-folder" / "new.db")

    assert "no-such-folder" in lingpao.ask("init", code=1)["error"]["sentence"]
    assert not (tmp_path / "no-such-folder").exists()


def test_a_rehearsal_begins_where_it_is_asked_to(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "later.db")
    lingpao("init", "--rehearsal", "--at", "2020-06-05T08:30")

    assert lingpao.ask("status")["now"] == "2020-06-05T00:30:00+00:00"


def test_only_a_rehearsal_is_made_with_a_clock(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "live.db")

    assert lingpao.ask("init", "--at", "2020-06-05", code=1)["error"]["code"] == "CLOCK_REFUSED"
    lingpao("init")
    assert lingpao.ask("cases", "--at", "2020-06-05", code=1)["error"]["code"] == "CLOCK_REFUSED"


def test_a_day_alone_is_nine_in_the_morning_and_leaves_a_later_clock_of_that_day_alone(lingpao):
    assert lingpao.ask("status", "--at", "2020-05-20")["now"] == "2020-05-20T01:00:00+00:00"
    assert lingpao.ask("status", "--at", "2020-05-20T17:00")["now"] == "2020-05-20T09:00:00+00:00"
    assert lingpao.ask("status", "--at", "2020-05-20")["now"] == "2020-05-20T09:00:00+00:00"
    assert lingpao.ask("status", "--at", "2020-05-19", code=1)["error"]["code"] == "CLOCK_REFUSED"
    assert lingpao.ask("status", "--at", "tomorrow", code=1)["error"]["code"] == "REFUSED"


def test_a_rehearsal_from_a_running_campaign_is_a_copy_with_its_own_clock(tmp_path, lingpao):
    live = tmp_path / "live.db"
    lingpao.database = str(live)
    lingpao("init")
    lingpao("people", "change", "city-1", "--name", "市局经办甲", login="admin")
    lingpao.database = str(tmp_path / "copy.db")

    lingpao("init", "--rehearsal", "--from", live)

    answer = lingpao.ask("people", "list")
    assert "市局经办甲" in {one["name"] for one in answer["people"]}
    assert lingpao.ask("status", "--at", "2099-01-01")["rehearsal"] is True
    lingpao.database = str(live)
    assert lingpao.ask("status")["rehearsal"] is False


def test_a_rehearsal_is_not_made_over_something_that_is_there(tmp_path, lingpao):
    live = lingpao.database.removeprefix("sqlite:///")
    (tmp_path / "there.db").write_bytes(b"something")
    lingpao.database = str(tmp_path / "there.db")

    lingpao("init", "--rehearsal", "--from", live, code=1)
    lingpao("init", "--from", live, code=1)

    assert (tmp_path / "there.db").read_bytes() == b"something"


def test_a_rehearsal_from_something_that_is_no_house_leaves_nothing_behind(tmp_path, lingpao):
    (tmp_path / "letter.db").write_text("Dear colleagues", encoding="utf-8")
    lingpao.database = str(tmp_path / "copy.db")

    lingpao("init", "--rehearsal", "--from", tmp_path / "letter.db", code=3)

    assert not (tmp_path / "copy.db").exists()


def codes(answer):
    return {one["code"]: one["grade"] for one in answer["findings"]}


def test_the_doctor_finds_nothing_wrong_with_a_fresh_installation_that_has_a_password(tmp_path, lingpao, monkeypatch):
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")
    lingpao.database = str(tmp_path / "new.db")
    lingpao("init")

    found = codes(lingpao.ask("doctor"))

    assert set(found.values()) == {"fine", "note"}
    assert found["WORKER"] == "note"


def test_the_doctor_says_that_the_relay_has_no_password(lingpao, monkeypatch):
    monkeypatch.delenv("LINGPAO_SMTP_PASSWORD", raising=False)

    answer = lingpao.ask("doctor", code=1)

    assert codes(answer)["RELAY"] == "wrong"
    relay = next(one for one in answer["findings"] if one["code"] == "RELAY")
    assert "LINGPAO_SMTP_PASSWORD" in relay["remedy"]


def test_the_doctor_tries_a_relay_that_nobody_answers_at(lingpao, monkeypatch, tmp_path):
    text = lingpao.config.read_text(encoding="utf-8")
    text = text.replace("host: smtp.lingpao.example", "host: 127.0.0.1").replace("port: 465", "port: 1")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")

    assert codes(lingpao.ask("doctor", "--relay", code=1))["RELAY_CLOSED"] == "wrong"
    assert codes(lingpao.ask("doctor"))["RELAY"] == "fine"


def test_the_doctor_goes_on_with_the_rest_when_the_configuration_has_faults(tmp_path, lingpao):
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text("database: sqlite:///x.db\nunknown: 1\n", encoding="utf-8")

    found = codes(lingpao.ask("doctor", code=1))

    assert found["CONFIG_UNKNOWN_KEY"] == found["CONFIG_MISSING_KEY"] == "wrong"
    assert found["LETTERS"] == "fine"


def test_the_doctor_says_that_there_is_no_database(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "none.db")

    assert codes(lingpao.ask("doctor", code=1))["DATABASE_MISSING"] == "wrong"


def test_the_doctor_names_a_distribution_that_took_one_of_our_names():
    found = list(_packages({"workflows": ["lingpao", "some-other-workflows"], "engine": ["lingpao"]}))

    assert [one.code for one in found] == ["PACKAGE_FOREIGN"]
    assert "some-other-workflows" in str(found[0].sentence)


@pytest.fixture
def diagnosis(house, lingpao):
    """What the doctor finds in the house after it was changed."""
    configured = load_settings(lingpao.config)

    def look():
        return {one.code: one for one in look_over(configured, lingpao.database)}

    return look


def test_a_district_whose_only_coordinator_has_no_address_lacks_a_receiver(house, diagnosis):
    with house.engine.work() as work:
        people.change(work, people.by_login(work, "daxie").id, email=None)

    found = diagnosis()

    assert found["RECEIVER_MISSING"].grade == "wrong"
    assert "大榭" in str(found["RECEIVER_MISSING"].sentence)
    assert "daxie" in str(found["ADDRESS_MISSING"].sentence)


def test_terms_that_are_configured_otherwise_than_applied_are_noted(lingpao, tmp_path, house):
    text = lingpao.config.read_text(encoding="utf-8").replace("newcomer_workdays: 20", "newcomer_workdays: 25")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")

    found = {one.code: one for one in look_over(load_settings(lingpao.config), lingpao.database)}

    assert found["CAMPAIGN_DIFFERS"].grade == "note"


def test_a_failed_job_and_a_silent_worker_are_wrong(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "live.db")
    lingpao("init")
    configured = load_settings(lingpao.config)
    house = open_house(configured, url=f"sqlite:///{lingpao.database}")
    hour_ago = SystemClock().now() - timedelta(hours=1)
    with house.database.work(hour_ago) as work:
        leases.beat(work, "sweep")
        leases.fail(work, "compose", "OSError: no space left on device")
    house.close()

    found = {one.code: one for one in look_over(configured, f"sqlite:///{lingpao.database}")}

    assert found["WORKER_SILENT"].grade == found["JOB_FAILED"].grade == "wrong"
    assert "no space left" in str(found["JOB_FAILED"].sentence)


def test_a_journal_that_goes_on_into_the_future_means_a_wrong_clock(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "live.db")
    lingpao("init")
    configured = load_settings(lingpao.config)
    house = open_house(configured, url=f"sqlite:///{lingpao.database}")
    with house.database.work(SystemClock().now() + timedelta(days=2)) as work:
        settings.write(work, "reproject", {"ningbo-2020": {"cause": "sample", "after": 0, "moved": 0}})
        journal.append_house(work, Entry("house", 0, "system", house.engine.today(work)))
    house.close()

    found = {one.code: one.grade for one in look_over(configured, f"sqlite:///{lingpao.database}")}

    assert found["CLOCK_BEHIND"] == "wrong"
    assert found["REPROJECTION_WAITING"] == "note"


def test_the_doctor_looks_at_a_server_too(postgresql_url, lingpao, monkeypatch):
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")
    lingpao.database = postgresql_url
    lingpao("init")

    found = codes(lingpao.ask("doctor"))

    assert found["DATABASE"] == found["SCHEMA"] == found["KIND"] == "fine"
    assert "CLOCK_DRIFT" not in found


def test_a_server_that_does_not_answer_is_said_without_its_password(lingpao):
    url = "postgresql://lingpao:sample-password@127.0.0.1:1/lingpao?connect_timeout=2"
    lingpao.database = url

    answer = lingpao("doctor", "--json", code=1)

    assert codes(answer.json)["DATABASE_UNREACHABLE"] == "wrong"
    assert "sample-password" not in answer.out + answer.err
    assert "sample-password" not in lingpao("cases", code=3).err


def test_a_file_nobody_may_write_to_is_wrong(tmp_path, house, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    assert backup.writable(house.database) == str(tmp_path / "rehearsal.db")


def test_status_shows_a_district_its_own_figures_only(lingpao):
    whole, own = lingpao.ask("status"), lingpao.ask("status", login="yuyao")

    assert len(whole["districts"]) == 15
    assert [one["district"] for one in own["districts"]] == ["余姚"]
    assert "余姚" in lingpao("status", login="yuyao").out
    assert "海曙" not in lingpao("status", login="yuyao").out


def test_every_letter_of_the_installation_is_examined(lingpao):
    found = {one.code: one for one in examine(lingpao.config, lambda _: lingpao.database)}

    assert found["LETTERS"].sentence.values["n"] == len(letters_found())


def test_an_init_that_was_interrupted_after_its_tables_goes_on(sqlite_url, lingpao):
    lingpao.database = sqlite_url
    assert lingpao.ask("cases", code=3)["error"]["code"] == "DATABASE_MISSING"

    lingpao("init")

    assert len(lingpao.ask("status")["districts"]) == 15


def test_mail_that_does_not_leave_is_found(house, diagnosis):
    with house.engine.work() as work:
        actor = people.actor(work, "city-1", house.engine.today(work))
        send_test(house.post, work, actor, "office@lingpao.example")
        stop(house.post, work, actor)
        closed = {"until": "2020-05-16T00:00:00+00:00", "since": "2020-05-15T00:00:00+00:00"}
        settings.write(work, "mail_lane", closed | {"fault": "config", "words": "535", "streak": 3})

    found = diagnosis()

    assert found["MAIL_STUCK"].grade == found["MAIL_STOPPED"].grade == "note"
    assert found["RELAY_CLOSED"].grade == "wrong"
    assert "535" in str(found["RELAY_CLOSED"].sentence)


def test_a_flow_that_was_changed_without_a_new_version_is_wrong(house, diagnosis):
    with house.engine.work() as work:
        work.connection.exec_driver_sql("DROP TRIGGER definitions_keeps_update")
        work.connection.exec_driver_sql("UPDATE definitions SET digest = 'x' WHERE flow = 'enterprise'")

    assert diagnosis()["FLOW_CHANGED"].grade == "wrong"


def test_the_doctor_prints_findings_and_remedies_for_people(lingpao, monkeypatch):
    monkeypatch.delenv("LINGPAO_SMTP_PASSWORD", raising=False)

    page = lingpao("doctor", code=1).out

    assert "LINGPAO_SMTP_PASSWORD" in page
    assert "PYTHON" in page


def test_faults_of_the_configuration_are_printed_a_line_each(lingpao, tmp_path):
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text("database: sqlite:///x.db\nunknown: 1\n", encoding="utf-8")

    told = lingpao("cases", code=3).err.splitlines()

    assert len(told) > 5
    assert any("config.yaml:2:1" in line for line in told)


def test_a_database_that_the_configuration_names_lies_beside_the_configuration(tmp_path, lingpao, monkeypatch):
    (tmp_path / "house").mkdir()
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(lingpao.config, tmp_path / "house" / "config.yaml")
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.delenv("LINGPAO_DATABASE_URL", raising=False)

    made = lingpao.runner.invoke(app, ["--config", str(tmp_path / "house" / "config.yaml"), "init"])

    assert made.exit_code == 0, made.output
    assert (tmp_path / "house" / "lingpao.db").is_file()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_environment_names_the_database_where_the_line_does_not(tmp_path, lingpao, monkeypatch):
    monkeypatch.setenv("LINGPAO_DATABASE_URL", f"sqlite:///{tmp_path / 'from-environment.db'}")
    monkeypatch.setenv("LINGPAO_CONFIG", str(lingpao.config))

    made = lingpao.runner.invoke(app, ["init"])

    assert made.exit_code == 0, made.output
    assert (tmp_path / "from-environment.db").is_file()


def test_a_language_there_is_not_is_refused(lingpao):
    lingpao.locale = "la"

    lingpao("cases", code=1)


def test_everything_is_said_in_chinese_where_nothing_else_is_asked_for(lingpao):
    words = ["--config", str(lingpao.config), "--database", lingpao.database, "--as", "city-1", "show", "99"]

    told = lingpao.runner.invoke(app, words)

    assert told.exit_code == 1
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told.stderr)
