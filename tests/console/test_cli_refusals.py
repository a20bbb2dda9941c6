"""What is refused at the terminal: named with its place and in the reader's words; nothing is passed over silently."""

from pathlib import Path

import pytest

from engine import audit

WRITES = "宁波保税区示例电子有限公司"
ADOPTS = "宁波保税区样例电池有限公司"


@pytest.fixture
def lingpao(district):
    """A terminal of the district's coordinator."""
    return district


def chinese(lingpao, *words, code, **more):
    return lingpao(*words, "--locale", "zh_CN", code=code, **more).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["report", "hand-in", "135", "x"], "多余的内容：x。"),
        (["report", "hand-in", "135", "x (1).docx", "y"], "多余的内容：x (1).docx y。"),
        (["extend", WRITES, "plan_uploaded", "--to", "2020-13-01", "--reason", "样例"], "--to：“2020-13-01”不是日期"),
        (["show", WRITES, "--version", "x"], "--version"),
        (["mail", "show", "seven"], "NUMBER：这不是整数"),
        (["digest", "--language", "fr"], "没有语言“fr”"),
        (["mail", "list", "--letter", "remainder"], "没有通知“remainder”"),
    ],
)
def test_a_line_that_cannot_be_understood_is_said_in_the_readers_words(lingpao, words, told):
    said = chinese(lingpao, *words, code=2)

    assert told in said
    assert "(x" not in said.replace("x (1)", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cases", "--flow", "enterprises"], "没有流程“enterprises”"),
        (["show", "9999"], "没有编号为9999的内容"),
        (["mail", "show", "9998"], "没有编号为9998的内容"),
        (["cases", "--district", "余姚"], "余姚不在您可以查看的范围内（保税区）"),
        (["extensions", "grant", "77", "--reason", "样例"], "没有编号为77的内容"),
    ],
)
def test_what_is_not_there_for_the_reader_is_named(lingpao, words, told):
    assert told in chinese(lingpao, *words, code=1)


def test_the_clock_is_refused_in_the_time_people_live_in(lingpao):
    said = chinese(lingpao, "status", "--at", "2020-05-19", code=1)

    assert "2020年5月26日 09:00" in said
    assert "T0" not in said


def test_steps_and_milestones_go_by_what_people_call_them(lingpao):
    for called in ("plan_uploaded", "方案已上传", "上传技术方案", "Plans uploaded"):
        day = ["--by", "2020-06-20", "--reason", "样例"]
        assert lingpao.ask("reply", WRITES, called, *day)["deadlines"][0]["milestone"] == "plan_uploaded"
    assert lingpao.ask("advance", ADOPTS, "采用平台现有方案", "--dry-run", code=1)["results"][0]["reasons"]
    told = chinese(lingpao, "reply", WRITES, "方案", "--by", "2020-06-20", "--reason", "样例", code=1)
    assert "上传技术方案（plan_uploaded）" in told


def test_a_whole_district_goes_by_a_label_too(lingpao):
    answer = lingpao.ask("extend", "--district", "保税区", "--milestone", "方案已制定", "--to", "2020-07-10",
                         "--reason", "汛期", login="city-1")  # fmt: skip

    assert {one["milestone"] for one in answer["deadlines"]} == {"plan_drafted"}


def test_under_one_key_nothing_is_done_twice(lingpao, house):
    extend = ["extend", WRITES, "plan_drafted", "--to", "2020-07-10", "--reason", "样例", "--key", "x-1"]
    lingpao(*extend, login="city-1")

    again = lingpao.ask(*extend, login="city-1")

    assert (again["result"], again["key"]) == ("done_before", "x-1")
    changes = lingpao.ask("show", WRITES)["deadlines"]
    assert sum(len(one["changes"]) for one in changes) == 1
    other = ["extend", WRITES, "plan_drafted", "--to", "2020-07-20", "--reason", "样例", "--key", "x-1"]
    assert lingpao.ask(*other, login="city-1", code=1)["error"]["code"] == "KEY_REUSED"
    assert audit.verify(house.engine) == []


def test_of_many_under_one_key_those_done_before_are_not_done_again(lingpao):
    words = ["pause", WRITES, "plan_drafted", "--reason", "样例", "--key", "x-2"]
    lingpao(*words, login="city-1")
    lingpao(*words, login="city-1")
    whole = ["extend", "--district", "保税区", "--milestone", "plan_uploaded", "--to", "2020-07-10", "--reason", "样例"]
    first = lingpao.ask(*whole, "--key", "x-3", login="city-1")["deadlines"]
    again = lingpao.ask(*whole, "--key", "x-3", login="city-1")["deadlines"]

    assert [one["result"] for one in first] == ["done", "done"]
    assert [one["result"] for one in again] == ["done_before", "done_before"]


def test_a_fault_of_the_configuration_is_told_without_the_words_of_the_program(lingpao, tmp_path):
    text = Path(lingpao.config).read_text(encoding="utf-8")
    for number, (old, new) in enumerate(
        [
            ("roll:", "roll: none: x"),
            ("database: ", "database: 'open"),
            ("closes: 2021-01-31", "closes: [2021-01-31]"),
            ("zone: Asia/Shanghai", "zone: {}"),
        ]
    ):
        broken = tmp_path / f"broken-{number}.yaml"
        broken.write_text(text.replace(old, new, 1), encoding="utf-8")
        said = chinese(lingpao, "status", "--config", str(broken), code=3)
        for english in ("mapping", "expected", "input", "Input", "should", "found", "quoted"):
            assert english not in said, said
