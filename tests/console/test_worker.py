"""The worker as a real process: it sends, stops gracefully, is killed and started again, and nothing is doubled."""

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from console.bootstrap import open_house
from console.founding import found_house
from console.settings import load_settings
from console.slots import worker_slot
from engine.store import leases, mails, people, settings
from notifications.desk import send_test

CONFIG = Path(__file__).parents[2] / "config.yaml"
LONG = 60
"""Seconds after which a test has failed; nothing here waits so long when all is well."""


class Server:
    """A mail server that counts test mails; at the `pausing` one it tells, and answers once the worker is gone."""

    def __init__(self, pausing: int = 0) -> None:
        self.pausing = pausing
        self.taken: Counter[str] = Counter()
        self.reached, self.gone, self.all_in = Event(), Event(), Event()
        self.wanted = 0

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        number = re.search(rb"(?im)^Message-ID:\s*<(test\.[^>]+)>", envelope.content)
        if number is None:
            return "250 2.0.0 Ok: queued"
        self.taken[number.group(1).decode()] += 1
        if self.taken.total() == self.pausing:
            self.reached.set()
            await server.loop.run_in_executor(None, self.gone.wait, LONG)
        if len(self.taken) == self.wanted:
            self.all_in.set()
        return "250 2.0.0 Ok: queued"


@contextlib.contextmanager
def serving(server: Server):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        server.gone.set()
        controller.stop()


@pytest.fixture
def configured(tmp_path):
    """A function that writes a configuration whose relay is on this machine at a port."""

    def write(port: int) -> Path:
        text = CONFIG.read_text(encoding="utf-8")
        for before, after in (
            ("host: smtp.lingpao.example", "host: 127.0.0.1"),
            ("port: 465", f"port: {port}"),
            ("security: tls ", "security: none "),
            ("allow_plaintext: false", "allow_plaintext: true"),
            ("dispatch_seconds: 5", "dispatch_seconds: 1"),
            ("lease_seconds: 90", "lease_seconds: 2"),
        ):
            assert before in text, before
            text = text.replace(before, after)
        text = re.sub(r"(?m)^    username:.*\n", "", text)
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def found(config: Path, url: str, letters: int) -> None:
    """A live house with so many test mails ready to go."""
    house = found_house(load_settings(config), url=url).house
    with house.engine.work() as work:
        actor = people.actor(work, "city-1", house.engine.today(work))
        for number in range(letters):
            send_test(house.post, work, actor, f"office-{number}@lingpao.example")
    house.close()


def states(config: Path, url: str) -> dict[str, int]:
    house = open_house(load_settings(config), url=url)
    with house.engine.look() as work:
        counted = Counter(mail.state for mail in mails.listed(work, letter="test"))
    house.close()
    return dict(counted)


@contextlib.contextmanager
def worker(config: Path, url: str, *words: str):
    """The worker in a process of its own, from the moment it says that it is at work."""
    command = [sys.executable, "-m", "console.cli", "--config", str(config), "--database", url, "worker", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if "at work on" in line:
                    break
            yield process
        finally:
            process.kill()


def test_a_worker_that_is_killed_in_the_dangerous_second_doubles_nothing_when_it_goes_on(configured, database_url):
    server = Server(pausing=20)
    server.wanted = 60
    with serving(server) as port:
        config = configured(port)
        found(config, database_url, 60)
        with worker(config, database_url) as process:
            assert server.reached.wait(LONG)
            process.send_signal(signal.SIGKILL)
            process.wait(LONG)
        server.gone.set()
        with worker(config, database_url) as process:
            assert server.all_in.wait(LONG)
            process.send_signal(signal.SIGTERM)
            assert process.wait(LONG) == 0

    assert len(server.taken) == 60
    assert set(server.taken.values()) == {1}
    assert states(config, database_url) == {"sent": 59, "doubt": 1}


def test_two_workers_at_once_have_two_names_and_send_each_mail_once(configured, database_url):
    server = Server()
    server.wanted = 60
    with serving(server) as port:
        config = configured(port)
        found(config, database_url, 60)
        with worker(config, database_url) as first, worker(config, database_url) as second:
            assert server.all_in.wait(LONG)
            for process in (first, second):
                process.send_signal(signal.SIGTERM)
            assert (first.wait(LONG), second.wait(LONG)) == (0, 0)

    assert set(server.taken.values()) == {1}
    assert states(config, database_url) == {"sent": 60}


def test_a_worker_that_is_told_to_stop_gives_everything_back(configured, tmp_path):
    url = f"sqlite:///{tmp_path / 'live.db'}"
    server = Server()
    with serving(server) as port:
        config = configured(port)
        found(config, url, 1)
        server.wanted = 1
        with worker(config, url) as process:
            assert server.all_in.wait(LONG)
            process.send_signal(signal.SIGINT)
            assert process.wait(LONG) == 0

    house = open_house(load_settings(config), url=url)
    with house.engine.work() as work:
        taken = leases.take(work, "sweep", "somebody else", house.jobs[0].lease)
        beats = {row.job for row in leases.beats(work) if row.last_ok_at}
    house.close()
    assert taken is not None
    assert beats >= {"reproject", "plan", "sweep", "compose", "digest"}
    assert states(config, url) == {"sent": 1}


def test_once_does_everything_and_ends_by_itself(configured, tmp_path):
    url = f"sqlite:///{tmp_path / 'live.db'}"
    server = Server()
    with serving(server) as port:
        config = configured(port)
        found(config, url, 3)
        command = [sys.executable, "-m", "console.cli", "--config", str(config), "--database", url, "worker", "--once"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONG)

    assert len(server.taken) == 3
    assert states(config, url) == {"sent": 3}
    assert "Traceback" not in done.stderr


def test_a_job_that_fails_is_named_and_the_others_are_done(lingpao, house):
    with house.engine.work() as work:
        settings.write(work, "reproject", {"ningbo-2020": {}})

    answer = lingpao.ask("worker", "--once", code=1)

    assert [one["job"] for one in answer["failed"]] == ["reproject"]
    assert "KeyError" in answer["failed"][0]["failure"]


def test_the_clock_of_a_rehearsal_stands_still_so_no_worker_runs_on_it(lingpao):
    assert lingpao.ask("worker", code=1)["error"]["code"] == "REFUSED"


def test_a_worker_without_a_password_says_that_no_mail_will_leave(tmp_path, lingpao, monkeypatch):
    monkeypatch.delenv("LINGPAO_SMTP_PASSWORD", raising=False)
    lingpao.database = str(tmp_path / "live.db")
    lingpao("init")

    answer = lingpao("worker", "--once", "--json")

    assert "No mail will leave" in answer.err
    assert "dispatch" not in answer.json["jobs"]


def test_a_name_comes_back_after_a_restart_and_is_nobody_elses_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'live.db'}"

    with worker_slot(url) as first, worker_slot(url) as second, worker_slot("sqlite:///other.db") as other:
        assert first.endswith(":1")
        assert second.endswith(":2")
        assert other.endswith(":1")
    with worker_slot(url) as again:
        assert again == first


def test_a_lock_that_belongs_to_somebody_else_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with worker_slot("sqlite:///one.db"):
        pass
    lock = next(tmp_path.glob("*-1.lock"))
    lock.unlink()
    lock.symlink_to(tmp_path / "trap")

    with worker_slot("sqlite:///one.db") as name:
        assert name.endswith(":2")
    assert not (tmp_path / "trap").exists()


def test_the_system_lets_go_of_a_name_whatever_ends_the_process(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    code = (
        "import sys; from console.slots import worker_slot\n"
        "with worker_slot('sqlite:///one.db') as name: print(name, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip().endswith(":1")
        with worker_slot("sqlite:///one.db") as name:
            assert name.endswith(":2")
        process.kill()
        process.wait(LONG)
    with worker_slot("sqlite:///one.db") as name:
        assert name.endswith(":1")


def test_locks_are_for_their_owner_only(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    with worker_slot("sqlite:///one.db"):
        lock = next(tmp_path.glob("*-1.lock"))
        assert lock.stat().st_mode & 0o077 == 0
        with lock.open("rb") as other, pytest.raises(OSError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert os.path.exists(lock)  # noqa: PTH110 - a name only, whatever it points to
