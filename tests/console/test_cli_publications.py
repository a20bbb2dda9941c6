"""Publication batches from the command line: made by the district, confirmed by the bureau, printed, published."""

from pathlib import Path
from zipfile import ZipFile

import pytest

LISTS = Path(__file__).parents[2] / "examples" / "ningbo-2020" / "lists"
ADOPTS, WRITES = "宁波保税区样例电池有限公司", "宁波保税区示例电子有限公司"


@pytest.fixture
def lingpao(district, paper):
    """A terminal of the district's coordinator; one of its two enterprises is verified."""
    district("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--attendance", paper)
    district("advance", ADOPTS, "adopt_plan")
    district("record", "report", ADOPTS, "--laboratory", "样例检测院", "--number", "R-1", "--issued-on", "2020-05-26",
             "--conclusion", "all_equal", "--file", paper)  # fmt: skip
    district("propose", ADOPTS, "verify")
    district("confirm", ADOPTS, login="city-1")
    return district


def make(lingpao, *words):
    return lingpao.ask("publication", "make", ADOPTS, "--title", "样例公示名单", "--prefix", "甬对标", *words)


def test_a_batch_goes_from_its_candidates_to_the_public_list(lingpao, paper, tmp_path):
    found = lingpao.ask("publication", "candidates")
    assert ([one["subject"] for one in found["ready"]], found["on_the_way"]) == ([ADOPTS], 1)
    assert make(lingpao)["label"] == "甬对标〔2020〕第1批"
    assert "样例公示名单" in lingpao("publication", "list").out
    assert lingpao.ask("publication", "propose", 1)["state"] == "proposed"
    assert "draft" not in lingpao("publication", "show", 1).out
    assert lingpao.ask("publication", "confirm", 1, code=1, login="city-1")["error"]["code"] == "REFUSED"
    done = lingpao.ask("publication", "confirm", 1, "--yes", login="city-1")
    assert (done["state"], done["enterprises"]) == ("confirmed", 1)
    assert lingpao.ask("publication", "publish", 1, "--file", paper)["state"] == "published"

    shown = lingpao.ask("publication", "show", 1)
    assert [one["subject"] for one in shown["members"]] == [ADOPTS]
    assert (shown["made_by"], shown["confirmed_by"]) == ("保税区联络员", "市局经办一")
    page = lingpao("show", ADOPTS).out
    assert "样例公示名单" in page
    assert "publication batch" in page


def test_a_batch_is_printed_as_a_paper_and_as_a_sheet_and_nothing_is_written_over(lingpao, tmp_path):
    make(lingpao, "--starts-on", "2020-05-27", "--ends-on", "2020-06-02", "--document-no", "样例〔2020〕1号")
    lingpao("publication", "print", 1, "--out", tmp_path / "list.docx")
    lingpao("publication", "print", 1, "--out", tmp_path / "list.xlsx")

    with ZipFile(tmp_path / "list.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert ADOPTS in text
    with ZipFile(tmp_path / "list.xlsx") as archive:
        assert ADOPTS in archive.read("xl/sharedStrings.xml").decode()
    assert "already" in lingpao("publication", "print", 1, "--out", tmp_path / "list.docx", code=1).err
    written = lingpao.ask("publication", "print", 1, "--out", tmp_path)["file"]
    assert Path(written).name == "公示名单（草稿）甬对标〔2020〕第1批.docx"


@pytest.mark.parametrize("name", ["list.xyz", "list", "list.pdf"])
def test_a_list_is_not_written_under_a_name_that_says_something_else(lingpao, tmp_path, name):
    make(lingpao)

    told = lingpao("publication", "print", 1, "--out", tmp_path / name, code=1).err

    assert told.rstrip().endswith("the name must end in .docx, .xlsx.")
    assert not list(tmp_path.glob("list*"))


def test_who_may_not_confirm_is_told_so_before_being_asked(lingpao):
    make(lingpao)
    early = lingpao("publication", "confirm", 1, login="city-1", code=1).err
    assert "this is possible only in" in early
    lingpao("publication", "propose", 1)

    told = lingpao("publication", "confirm", 1, code=1).err

    assert "--yes" not in told
    assert "This takes one of the roles" in told
    assert "--yes" in lingpao("publication", "confirm", 1, login="city-1", code=1).err


def test_members_come_and_go_and_each_refusal_is_a_line_of_its_own(lingpao):
    make(lingpao)
    told = lingpao("publication", "add", 1, ADOPTS, WRITES, code=1).err
    assert told.count("\n  – ") == 1
    assert WRITES in told
    reasons = lingpao.ask("publication", "add", 1, WRITES, code=1)["error"]["reasons"]
    assert [one["code"] for one in reasons] == ["NOT_VERIFIED"]
    assert lingpao.ask("publication", "remove", 1, ADOPTS)["enterprises"] == 0
    assert lingpao.ask("publication", "propose", 1, code=1)["error"]["reasons"][0]["code"] == "NO_MEMBERS"
    assert lingpao.ask("publication", "add", 1, ADOPTS)["enterprises"] == 1
    assert lingpao.ask("publication", "change", 1, "--title", "改后名单")["title"] == "改后名单"


def test_a_batch_is_returned_and_withdrawn_with_a_reason(lingpao):
    make(lingpao)
    lingpao("publication", "propose", 1)
    assert lingpao.ask("publication", "return", 1, "--reason", "名称有误", login="city-1")["state"] == "draft"
    assert lingpao.ask("publication", "withdraw", 1, "--reason", "重做")["state"] == "withdrawn"
    assert lingpao.ask("publication", "list", "--state", "withdrawn")["batches"][0]["reason"] == "重做"
    assert lingpao.ask("publication", "show", 1, code=1, login="cixi")["error"]["code"] == "NOT_FOUND"
    assert lingpao.ask("publication", "list", login="cixi")["batches"] == []
    assert lingpao.ask("audit", "verify", login="city-1")["broken"] == []
