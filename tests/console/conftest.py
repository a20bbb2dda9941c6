"""What tests of the console share: founded houses to copy from, and a terminal to type commands into."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from console.bootstrap import House, open_house
from console.cli.main import app
from console.founding import found_house
from console.settings import load_settings

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config.yaml"
LISTS = ROOT / "examples" / "ningbo-2020" / "lists"


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Terminal:
    """A terminal at which commands are typed, on one database, as one person unless another is named."""

    database: str
    config: Path = CONFIG
    login: str | None = "city-1"
    locale: str = "en"
    runner: CliRunner = field(default_factory=lambda: CliRunner(env={"COLUMNS": "110"}))

    def __call__(self, *words: object, code: int = 0, login: str | None = None, given: str = "") -> Answer:
        who = login or self.login
        common = ["--config", str(self.config), "--database", self.database, "--locale", self.locale]
        line = [*common, *(["--as", who] if who else []), *(str(word) for word in words)]
        result = self.runner.invoke(app, line, input=given, catch_exceptions=False)
        assert result.exit_code == code, f"{words} ended with {result.exit_code}:\n{result.output}"
        return Answer(result.exit_code, result.stdout, result.stderr)

    def ask(self, *words: object, code: int = 0, login: str | None = None) -> Any:
        """The answer as JSON."""
        return self(*words, "--json", code=code, login=login).json


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal as it stands on the first morning, to copy from."""
    path = tmp_path_factory.mktemp("founded") / "rehearsal.db"
    founded = found_house(load_settings(CONFIG), url=f"sqlite:///{path}", rehearsal=True)
    founded.house.close()
    return path


@pytest.fixture
def rehearsal_url(founded: Path, tmp_path: Path) -> str:
    path = tmp_path / "rehearsal.db"
    shutil.copy(founded, path)
    return f"sqlite:///{path}"


@pytest.fixture
def lingpao(rehearsal_url: str) -> Terminal:
    """A terminal on a fresh rehearsal of Ningbo 2020, at the beginning of its first day."""
    return Terminal(rehearsal_url)


@pytest.fixture
def house(rehearsal_url: str) -> Iterator[House]:
    """The house behind the same database."""
    house = open_house(load_settings(CONFIG), url=rehearsal_url)
    yield house
    house.close()


@pytest.fixture(scope="session")
def enrolled(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal on 26 May, to copy from: the district 保税区 has handed in its list of two enterprises."""
    path = tmp_path_factory.mktemp("enrolled") / "rehearsal.db"
    shutil.copy(founded, path)
    lingpao = Terminal(str(path))
    lingpao("worker", "--once", "--at", "2020-05-26")
    lingpao("import", LISTS / "13-保税区.xlsx", login="baoshui")
    return path


@pytest.fixture
def district(enrolled: Path, tmp_path: Path) -> Terminal:
    """A terminal of that district's coordinator."""
    shutil.copy(enrolled, tmp_path / "enrolled.db")
    return Terminal(str(tmp_path / "enrolled.db"), login="baoshui")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file that is a PDF by its content."""
    file = tmp_path / "样例.pdf"
    file.write_bytes(b"%PDF-1.4\n% sample\n%%EOF\n")
    return file


@pytest.fixture
def at_terminal() -> type[Terminal]:
    """What makes a terminal at any database."""
    return Terminal
