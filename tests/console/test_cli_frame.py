"""The frame of the command line: help without heavy imports, refusals with their exit codes, options anywhere."""

import json
import os
import pty
import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from console.cli import refusals
from console.cli.helptext import width, wrapped
from console.cli.main import VERBS, app
from console.cli.paper import Column, Paper, plain
from engine.errors import EngineError
from engine.words import tr

RUNNER = CliRunner()


def test_help_lists_every_verb_with_what_it_does():
    answer = RUNNER.invoke(app, ["--help"])

    assert answer.exit_code == 0
    for verb in VERBS:
        assert f"  {verb.name} " in answer.stdout


def test_help_imports_neither_database_nor_settings_nor_tables():
    code = (
        "import sys; from console.cli.main import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('sqlalchemy', 'pydantic', 'rich', 'yaml', 'jinja2') if name in sys.modules])"
    )

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_every_verb_has_a_help_page_that_names_the_common_options(verb):
    answer = RUNNER.invoke(app, [verb, "--help"])

    assert answer.exit_code == 0, answer.output
    assert f"lingpao {verb}" in answer.stdout
    for name in ("--config", "--database", "--as", "--json", "--at", "--locale"):
        assert name in answer.stdout


def test_a_mistyped_verb_is_refused_with_the_nearest_one():
    answer = RUNNER.invoke(app, ["--locale", "en", "advnce"])

    assert answer.exit_code == refusals.USAGE
    assert "advance" in answer.stderr


def test_a_missing_argument_is_a_fault_of_usage_and_says_where_help_is():
    answer = RUNNER.invoke(app, ["--locale", "en", "advance", "3"])

    assert answer.exit_code == refusals.USAGE
    assert "`lingpao advance --help`" in answer.stderr


@pytest.mark.parametrize("line", [["advance", "3", "x", "--nothing"], ["cases", "extra"], ["extend", "--to", "2020"]])
def test_a_line_that_cannot_be_understood_ends_with_two_and_no_traceback(line):
    answer = RUNNER.invoke(app, ["--locale", "en", *line])

    assert answer.exit_code == refusals.USAGE
    assert answer.stderr.startswith("Refused: ")
    assert "Traceback" not in answer.output


def test_common_options_may_stand_before_or_behind_the_verb(lingpao):
    assert lingpao.ask("cases") == {"cases": []}
    before = RUNNER.invoke(
        app, ["--json", "cases", "--config", str(lingpao.config), "--database", lingpao.database, "--as", "city-1"]
    )

    assert before.stdout == '{\n  "cases": []\n}\n'


def test_a_refusal_in_json_carries_code_sentence_and_exit(lingpao):
    answer = lingpao.ask("show", "9", code=1)

    assert answer["error"]["code"] == "NOT_FOUND"
    assert answer["error"]["exit"] == 1


def test_a_missing_configuration_is_said_with_its_whole_path(tmp_path):
    answer = RUNNER.invoke(app, ["--locale", "en", "--config", str(tmp_path / "none.yaml"), "cases"])

    assert answer.exit_code == refusals.CONFIGURATION
    assert str(tmp_path / "none.yaml") in answer.stderr


def test_faults_of_the_configuration_are_listed_all_at_once_with_their_places(tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("database: sqlite:///x.db\nzone: Nowhere/Here\n", encoding="utf-8")

    answer = RUNNER.invoke(app, ["--locale", "en", "--config", str(config), "--json", "cases"])

    assert answer.exit_code == refusals.CONFIGURATION
    assert f"{config}:2:7" in answer.stdout
    assert '"code": "FAULTS_FOUND"' in answer.stdout


def test_a_database_that_is_not_there_is_not_made_by_mistyping_it(tmp_path, lingpao):
    lingpao.database = str(tmp_path / "mistyped.db")

    answer = lingpao.ask("cases", code=refusals.CONFIGURATION)

    assert answer["error"]["code"] == "DATABASE_MISSING"
    assert not (tmp_path / "mistyped.db").exists()


def test_a_file_that_is_no_database_is_refused_without_a_traceback(tmp_path, lingpao):
    (tmp_path / "letter.db").write_text("Dear colleagues, " * 100, encoding="utf-8")
    lingpao.database = str(tmp_path / "letter.db")

    answer = lingpao.ask("cases", code=refusals.CONFIGURATION)

    assert answer["error"]["code"] == "DATABASE_FAILED"


def test_every_code_of_the_exit_table_belongs_to_a_refusal():
    for module in ("console.bootstrap", "console.cli.desk", "engine.faults", "notifications.errors"):
        import_module(module)
    known, waiting = set(), [EngineError]
    while waiting:
        refusal = waiting.pop()
        known.add(refusal.code)
        waiting += refusal.__subclasses__()

    assert refusals.EXITS.keys() <= known


def test_wide_signs_count_two_cells_and_lines_break_within_the_room():
    text = "领跑 runs campaigns，截止日当天完成仍算按时。"

    lines = wrapped(text, 12)

    assert all(width(line) <= 12 + 2 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_tables_keep_every_sign_of_long_names(capsys):
    name = "宁波样例" * 30
    Paper("en", as_json=False).table([Column(tr("Subject")), Column(tr("Number"), number=True)], [(name, 12)])

    printed = capsys.readouterr().out
    assert printed.count("样") == 30
    assert all(width(line) <= 110 for line in printed.splitlines())


def test_json_says_sentences_in_the_language_asked_for():
    assert plain({"reason": tr("It is not paused.")}, "en") == {"reason": "It is not paused."}


def test_a_line_that_cannot_be_understood_is_told_in_json_too():
    answer = RUNNER.invoke(app, ["advance", "3", "--json"])

    assert answer.exit_code == refusals.USAGE
    assert json.loads(answer.stdout)["error"]["code"] == "USAGE"


def test_a_reader_that_has_seen_enough_is_no_fault(lingpao):
    command = [sys.executable, "-m", "console.cli", "--config", str(lingpao.config), "--database", lingpao.database]
    with subprocess.Popen(
        [*command, "--as", "city-1", "people", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()

    assert "Traceback" not in told


@pytest.mark.parametrize(("said", "code", "version"), [("n\n", 1, 1), ("y\n", 0, 2)])
def test_at_a_terminal_a_person_is_asked_before_terms_are_applied(lingpao, tmp_path, said, code, version):
    text = lingpao.config.read_text(encoding="utf-8").replace("newcomer_workdays: 20", "newcomer_workdays: 25")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")
    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "console.cli", "--config", str(lingpao.config), "--database", lingpao.database]

    with subprocess.Popen(
        [*command, "--as", "city-1", "campaign", "apply"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.write(person, said.encode())
        process.communicate(timeout=60)
        assert process.returncode == code
    os.close(person)
    os.close(terminal)

    assert lingpao.ask("campaign", "show")["version"] == version
