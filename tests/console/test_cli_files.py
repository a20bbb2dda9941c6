"""The papers of a case at the terminal: what is missing from whom, files with versions, reports refused at entry."""

import pytest

WRITES = "宁波保税区示例电子有限公司"


@pytest.fixture
def lingpao(district):
    """A terminal of the district's coordinator."""
    return district


def report(lingpao, *words, code=0, laboratory="样例检测院", number="R-1", issued_on="2020-05-26"):
    common = ("--laboratory", laboratory, "--number", number, "--issued-on", issued_on, "--conclusion", "all_equal")
    return lingpao.ask("record", "report", WRITES, *common, *words, code=code)


def test_what_is_missing_says_who_brings_it_for_which_step_and_by_when(lingpao):
    found = {one["slot"]: one for one in lingpao.ask("show", WRITES)["missing"]}

    plan, tested = found["plan_file"], found["test_report"]
    assert (plan["step"], plan["due_on"], plan["role"]) == ("draft_plan", "2020-06-30", "district_coordinator")
    assert plan["office"] == "保税区"
    assert (tested["due_on"], tested["brought_by"]["en"], tested["office"]) == ("2020-10-31", "laboratory", None)
    assert found["declaration"]["due_on"] is None
    page = lingpao("show", WRITES).out
    assert "保税区: district" in page
    assert "2020-10-31" in page


def test_files_are_listed_with_their_versions_and_written_out_again(lingpao, paper, tmp_path):
    second = tmp_path / "改.pdf"
    second.write_bytes(b"%PDF-1.4\n% second\n%%EOF\n")
    report(lingpao, "--file", paper)
    report(lingpao, "--file", second, "--reason", "扫描不清")

    told = lingpao.ask("show", WRITES, "--files")["files"]
    assert [(one["version"], one["name"], one["counts"], one["replaced_by"]) for one in told] == [
        (1, "样例.pdf", False, 2),
        (2, "改.pdf", True, None),
    ]
    assert "样例.pdf" in lingpao("show", WRITES, "--files").out
    assert "样例.pdf" not in lingpao("show", WRITES).out
    folder = tmp_path / "out"
    folder.mkdir()
    written = lingpao.ask("file", WRITES, told[0]["file"], "--out", folder)
    assert (folder / "样例.pdf").read_bytes() == paper.read_bytes()
    assert written["sha256"] == told[0]["sha256"]
    lingpao("file", WRITES, told[1]["sha256"][:12], "--out", tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == second.read_bytes()
    assert lingpao.ask("file", WRITES, 9, "--out", folder, code=1)["error"]["code"] == "NOT_FOUND"
    assert lingpao.ask("file", WRITES, 1, "--out", folder, code=1, login="cixi")["error"]["code"] == "NOT_FOUND"


def test_a_report_that_cannot_be_is_refused_at_once_with_every_reason(lingpao):
    answer = report(
        lingpao, "--cma", "12345", "--sampling", "found", code=1, laboratory=" ", number="", issued_on="2031-01-01"
    )

    reasons = {one["part"]: one["code"] for one in answer["error"]["reasons"]}
    assert reasons == {
        "laboratory": "LABORATORY_MISSING",
        "report_no": "REPORT_NUMBER_MISSING",
        "cma_no": "CMA_MALFORMED",
        "issued_on": "ISSUED_IN_FUTURE",
        "sampling": "UNKNOWN_WORD",
    }
    assert lingpao.ask("show", WRITES)["products"][0]["test_report"] is None


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ({"issued_on": "0001-01-01"}, "issued_on"),
        ({"issued_on": "2019-05-20"}, "issued_on"),
        ({"laboratory": "长" * 121}, "laboratory"),
        ({"number": "9" * 81}, "report_no"),
    ],
)
def test_absurd_days_and_names_are_refused(lingpao, words, part):
    assert [one["part"] for one in report(lingpao, code=1, **words)["error"]["reasons"]] == [part]


def test_a_certificate_number_is_read_with_its_gaps_and_full_width_digits(lingpao):
    report(lingpao, "--cma", "２０１１ 0000 0001")

    assert lingpao.ask("show", WRITES)["products"][0]["test_report"]["cma_no"] == "201100000001"


def test_a_file_that_proves_nothing_is_refused_by_its_name(lingpao, tmp_path):
    wrong = tmp_path / "报告.pdf"
    wrong.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))

    error = report(lingpao, "--file", wrong, code=1)["error"]
    assert error["code"] == "FILE_NOT_TAKEN"
    assert "password" in error["sentence"]
