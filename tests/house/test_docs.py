"""What the documentation shows is run: every console line of README and operating guide, on the demo's data."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md", "docs/operating.md")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_HERE = ("make ", ". .venv", "export ")
"""Lines that install, enter the environment or set what the test sets itself."""


def console_lines(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [line.removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines()]
    return [line for line in lines if not line.startswith(NOT_HERE)]


@pytest.fixture(scope="module")
def place(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the project's after `make demo`."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(demonstration, folder / "demo")
    for name in ("config.yaml", "examples"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_works_as_shown(page: str, place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path / "as-shown", symlinks=True)
    environment = {**os.environ, "LINGPAO_DATABASE_URL": "sqlite:///demo/october.db"}

    for line in console_lines(page):
        words = shlex.split(line)
        assert words[0] == "lingpao", line
        run = subprocess.run(
            [sys.executable, "-m", "console.cli", *words[1:]],
            cwd=tmp_path / "as-shown",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"


def test_both_readmes_show_the_same_commands() -> None:
    assert console_lines("README.md") == console_lines("README.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_links_only_to_what_is_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert ((ROOT / page).parent / target).exists(), target
