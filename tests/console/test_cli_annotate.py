"""Lists that go back with every fault marked, by file and by letter, and empty ones that are handed out."""

import io
import shutil
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

LISTS = Path(__file__).parents[2] / "examples" / "ningbo-2020" / "lists"
MADE = Path(__file__).parents[1] / "workflows" / "benchmarking" / "data" / "roster"
BONDED = LISTS / "13-保税区.xlsx"
RED = "FFF6B8B8"


@pytest.fixture
def lingpao(lingpao, tmp_path):
    """A terminal on the day on which lists arrive, with the sink's folder beside its configuration."""
    shutil.copy(lingpao.config, tmp_path / "config.yaml")
    lingpao.config = tmp_path / "config.yaml"
    lingpao("status", "--at", "2020-05-26")
    return lingpao


@pytest.fixture
def faulty(tmp_path):
    """The list of 保税区 with its first product taken out."""
    book = load_workbook(BONDED)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "碱性锌锰干电池":
                cell.value = None
    book.save(tmp_path / "faulty.xlsx")
    return tmp_path / "faulty.xlsx"


def marked(content):
    """The red cells of the first sheet."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED]


def test_a_dry_run_gives_the_list_back_with_its_faults_marked(lingpao, faulty, tmp_path):
    lingpao.database, lingpao.login = str(tmp_path / "no-database-needed.db"), None
    out = tmp_path / "back.xlsx"

    answer = lingpao.ask("import", faulty, "--dry-run", "--district", "保税区", "--annotate", out, code=1)

    assert answer["annotated"] == {"file": str(out), "lost": []}
    assert marked(out.read_bytes()) == ["C5"]
    assert list(tmp_path.glob("*.part")) == []


def test_a_list_that_is_really_refused_is_given_back_too_and_one_that_is_taken_as_well(lingpao, faulty, tmp_path):
    lingpao("import", faulty, "--annotate", tmp_path / "a.xlsx", login="baoshui", code=1)
    said = lingpao("import", BONDED, "--annotate", tmp_path / "b.xlsx", login="baoshui").out

    assert marked((tmp_path / "a.xlsx").read_bytes()) == ["C5"]
    assert marked((tmp_path / "b.xlsx").read_bytes()) == []
    assert str(tmp_path / "b.xlsx") in said.replace("\n", "")


def test_a_preview_gives_it_back_without_writing_anything_else(lingpao, faulty, tmp_path):
    answer = lingpao.ask("import", faulty, "--preview", "--annotate", tmp_path, login="baoshui", code=1)

    assert answer["annotated"]["file"] == str(tmp_path / "faulty_核对结果.xlsx")
    assert marked((tmp_path / "faulty_核对结果.xlsx").read_bytes()) == ["C5"]
    assert lingpao.ask("cases") == {"cases": []}


@pytest.mark.parametrize("name", ["libreoffice.xls", "libreoffice.docx"])
def test_what_does_not_come_back_is_said(lingpao, tmp_path, name):
    line = ("import", MADE / name, "--dry-run", "--district", "慈溪", "--annotate", tmp_path / "back.xlsx")
    code = 1 if name.endswith("xls") else 0

    assert "带回的是新表" in lingpao.ask(*line, code=code)["annotated"]["lost"][0]
    assert "带回的是新表" in lingpao(*line, "--force", code=code).out


def test_nothing_is_written_for_a_file_that_cannot_be_read(lingpao, tmp_path):
    out = tmp_path / "back.xlsx"
    line = ("import", MADE / "list.pdf", "--dry-run", "--annotate", out)

    assert lingpao.ask(*line, code=1)["annotated"] is None
    assert "was not written" in lingpao(*line, code=1).out
    assert not out.exists()


def test_nothing_is_written_over_unasked_and_the_list_itself_never(lingpao, faulty, tmp_path):
    out = tmp_path / "there.xlsx"
    shutil.copy(faulty, out)
    before = out.read_bytes()

    lingpao("import", faulty, "--annotate", out, login="baoshui", code=1)
    lingpao("import", out, "--annotate", out, "--force", login="baoshui", code=1)
    lingpao("import", faulty, "--annotate", tmp_path / "out.xls", login="baoshui", code=1)
    lingpao("import", faulty, "--annotate", tmp_path / "nowhere" / "out.xlsx", login="baoshui", code=1)
    assert out.read_bytes() == before
    assert lingpao.ask("import", "--list", login="baoshui") == {"imports": []}

    lingpao("import", faulty, "--annotate", out, "--force", login="baoshui", code=1)
    assert marked(out.read_bytes()) == ["C5"]


def test_a_list_that_nobody_can_tell_the_kind_of_is_given_back_too(lingpao, tmp_path):
    book = load_workbook(BONDED)
    book.active.delete_rows(1, 20)
    book.active["A1"] = "没有表头"
    book.save(tmp_path / "odd.xlsx")

    lingpao("import", tmp_path / "odd.xlsx", "--annotate", tmp_path / "back.xlsx", login="baoshui", code=1)

    assert load_workbook(tmp_path / "back.xlsx").sheetnames[-1] == "核对结果"


def test_the_district_gets_the_marked_list_with_the_letter(lingpao, faulty, tmp_path):
    lingpao("import", faulty, "--district", "保税区", code=1)
    lingpao("mail", "send")

    (letter,) = (tmp_path / "rehearsal").glob("*_list_refused.*.eml")
    message = BytesParser(policy=policy.default).parsebytes(letter.read_bytes())
    (paper,) = message.iter_attachments()
    assert paper.get_filename() == "保税区_附件2_核对结果.xlsx"
    assert marked(paper.get_payload(decode=True)) == ["C5"]
    assert "保税区_附件2_核对结果.xlsx" in message.get_body(("plain",)).get_content()
    shown = lingpao.ask("import", "--show", 1)
    assert shown["did"]["annotated"]["name"] == "保税区_附件2_核对结果.xlsx"


def test_a_list_too_large_for_a_mail_stays_behind_and_the_letter_goes(lingpao, faulty, tmp_path):
    book = load_workbook(faulty)
    sheet = book.create_sheet("其他")
    for row in range(1, 3000):
        sheet.append([f"{row * 7919 % 104729}-{column * row}" for column in range(60)])
    book.save(faulty)
    text = lingpao.config.read_text(encoding="utf-8").replace("attachment_mb: 8", "attachment_mb: 1")
    lingpao.config.write_text(text, encoding="utf-8")

    lingpao("import", faulty, "--district", "保税区", code=1)
    lingpao("mail", "send")

    (letter,) = (tmp_path / "rehearsal").glob("*_list_refused.*.eml")
    message = BytesParser(policy=policy.default).parsebytes(letter.read_bytes())
    assert list(message.iter_attachments()) == []
    assert "核对结果.xlsx" not in message.get_body(("plain",)).get_content()


def test_an_empty_list_is_handed_out_without_database_and_person(lingpao, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lingpao.database, lingpao.login = str(tmp_path / "none.db"), None

    answer = lingpao.ask("template", "annex2", "--district", "慈溪")

    sheet = load_workbook(tmp_path / answer["file"])["附件2"]
    assert answer["file"] == "慈溪_附件2_空表.xlsx"
    assert sheet["A3"].value == "填报单位：慈溪市市场监督管理局"
    assert "任务数 15 家" in load_workbook(tmp_path / answer["file"], data_only=True)["附件2"]["G1"].value
    lingpao("template", "annex2", "--district", "慈溪", code=1)
    assert "慈溪" in lingpao("template", "annex2", "--district", "慈溪", "--force").out
    lingpao("template", "contacts", "--out", tmp_path / "c.xlsx")


def test_the_kinds_of_list_are_told(lingpao):
    kinds = [one["template"] for one in lingpao.ask("template")["templates"]]
    assert "annex2" in kinds
    assert all(kind in lingpao("template", "--list").out for kind in kinds)


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-kind"],
        ["annex2", "--district", "没有这里"],
        ["annex2", "--campaign", "x"],
        ["annex2", "--out", "a.csv"],
        ["annex2", "--out", "nowhere/a.xlsx"],
    ],
)
def test_what_is_not_there_is_said_of_an_empty_list(lingpao, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lingpao("template", *words, code=1)
    assert list(tmp_path.glob("*.xlsx")) == []
