"""The console as a real process: it answers, has its worker beside it, and stops when it is told to."""

import contextlib
import http.client
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.bootstrap import open_house
from console.cli.main import app
from console.founding import found_house
from console.settings import load_settings
from engine.store import leases

CONFIG = Path(__file__).parents[2] / "config.yaml"
LONG = 60


@contextlib.contextmanager
def served(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A console on a free port, with the port once it answers."""
    line = [sys.executable, "-m", "console.cli", "--config", str(CONFIG), "serve", "--port", "0", *words]
    process = subprocess.Popen(line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address, process.communicate(timeout=LONG)
        yield process, int(address[1])
    finally:
        process.kill()
        process.communicate(timeout=LONG)


def ask(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def stop(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(number)
    _, said = process.communicate(timeout=LONG)
    assert process.returncode == 0, said
    return said


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A real database, just founded."""
    path = tmp_path / "lingpao.db"
    found_house(load_settings(CONFIG), url=f"sqlite:///{path}").house.close()
    return path


def beats(path: Path) -> set[str]:
    house = open_house(load_settings(CONFIG), url=f"sqlite:///{path}")
    with house.engine.look() as work:
        found = {row.job for row in leases.beats(work) if row.last_ok_at}
    house.close()
    return found


def test_the_worker_beats_in_the_same_process_and_both_stop_together(live: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--database", str(live)) as (process, port):
        assert ask(port, "/sign-in").status == 200
        while "sweep" not in beats(live):
            assert process.poll() is None
        said = stop(process)

    assert "at work on" in said
    assert "stopped" in said


def test_the_console_alone_leaves_the_work_to_others(live: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--database", str(live), "--web-only") as (process, port):
        assert ask(port, "/sign-in").status == 200
        said = stop(process, signal.SIGINT)

    assert "at work on" not in said
    assert beats(live) == set()


def test_the_demonstration_lets_a_visitor_choose_and_has_no_worker(founded: Path, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    shutil.copy(founded, tmp_path / "demo" / "october.db")
    with served(tmp_path, "--demo") as (process, port):
        answer = ask(port, "/sign-in")
        said = stop(process)

    assert answer.status == 200
    assert "at work on" not in said
    assert (tmp_path / "demo" / "mails-of-the-console").is_dir()


def test_the_log_has_no_addresses_since_they_can_carry_links(live: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--database", str(live), "--web-only") as (process, port):
        ask(port, "/reset/a-secret-of-somebody")
        said = stop(process)

    assert "a-secret-of-somebody" not in said


def test_what_few_pages_need_does_not_make_the_start_wait(live: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from console.bootstrap import open_house\n"
        "from console.settings import load_settings\n"
        "from console.web.server import create_app\n"
        "config, url = sys.argv[1:]\n"
        "house = open_house(load_settings(Path(config)), url=url)\n"
        "assert create_app(house).routes\n"
        "heavy = 'alembic docx lxml xlsxwriter openpyxl xlrd cryptography pyotp segno authlib joserfc httpx2'\n"
        "heavy += ' apscheduler rich typer'\n"
        "print(sorted(set(heavy.split()) & set(sys.modules)))\n"
    )
    line = [sys.executable, "-c", script, str(CONFIG), f"sqlite:///{live}"]
    found = subprocess.run(line, capture_output=True, text=True, timeout=LONG, check=True)

    assert found.stdout.split("\n")[0] == "[]"


def test_a_real_database_is_not_opened_as_a_demonstration(live: Path, at_terminal) -> None:
    answer = at_terminal(str(live))("serve", "--demo", code=1)

    assert "rehearsal" in answer.err


def test_without_the_data_of_the_demonstration_it_says_how_to_make_them(
    lingpao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = lingpao.runner.invoke(app, ["--config", str(CONFIG), "--locale", "en", "serve", "--demo"])

    assert answer.exit_code == 1
    assert "make demo" in answer.output
