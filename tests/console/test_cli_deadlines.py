"""Deadlines changed by hand from the command line: extended, asked for, paused, waived, promised; and the reports."""

import pytest

WRITES = "宁波保税区示例电子有限公司"
ADOPTS = "宁波保税区样例电池有限公司"


@pytest.fixture
def lingpao(district):
    """A terminal of the district's coordinator."""
    return district


def due(lingpao, milestone, name=WRITES):
    file = lingpao.ask("show", name, login="city-1")
    return next(one for one in file["deadlines"] if one["milestone"] == milestone)


def test_the_bureau_gives_one_deadline_another_day(lingpao):
    answer = lingpao.ask("extend", WRITES, "plan_drafted", "--to", "2020-07-10", "--reason", "设备检修", login="city-1")

    assert answer["deadlines"][0]["due_on"] == "2020-07-10"
    assert due(lingpao, "plan_drafted")["original_on"] == "2020-06-30"
    assert due(lingpao, "plan_drafted")["changes"][0]["reason"] == "设备检修"
    assert "moved from 2020-06-30" in lingpao("show", WRITES).out


def test_a_district_does_not_extend_it_asks(lingpao):
    words = ["extend", WRITES, "plan_drafted", "--to", "2020-07-10", "--reason", "设备检修"]
    assert lingpao.ask(*words, code=1)["error"]["code"] == "NOT_ALLOWED"

    lingpao(*words, "--ask")
    asked = lingpao.ask("extensions", login="city-1")["extensions"]
    assert [(one["subject"], one["to"], one["asked_by"]) for one in asked] == [(WRITES, "2020-07-10", "保税区联络员")]
    assert lingpao.ask("extensions", "list") == {"extensions": asked}
    assert lingpao.ask("extensions", login="haishu") == {"extensions": []}
    lingpao("extensions", "grant", asked[0]["number"], "--reason", "同意", login="city-1")

    assert due(lingpao, "plan_drafted")["due_on"] == "2020-07-10"
    assert lingpao.ask("extensions", login="city-1") == {"extensions": []}
    assert "Nothing waits" in lingpao("extensions", login="city-1").out


def test_what_was_asked_for_may_be_refused_and_the_day_stays(lingpao):
    lingpao("extend", WRITES, "plan_drafted", "--to", "2020-07-10", "--reason", "设备检修", "--ask")
    number = lingpao.ask("extensions")["extensions"][0]["number"]

    answer = lingpao.ask("extensions", "refuse", number, "--reason", "理由不足", login="city-1")

    assert answer["granted"] is False
    assert due(lingpao, "plan_drafted")["due_on"] == "2020-06-30"
    lingpao("extensions", "grant", number, "--reason", "同意", login="city-1", code=1)


def test_a_whole_district_is_extended_at_once(lingpao):
    lingpao("extend", ADOPTS, "plan_drafted", "--to", "2020-08-10", "--reason", "先前延期", login="city-1")

    answer = lingpao.ask("extend", "--district", "保税区", "--milestone", "plan_drafted", "--to", "2020-07-10",
                         "--reason", "汛期", login="city-1", code=1)  # fmt: skip

    told = {one["subject"]: one["result"] for one in answer["deadlines"]}
    assert told == {ADOPTS: "refused", WRITES: "done"}
    assert due(lingpao, "plan_drafted", ADOPTS)["due_on"] == "2020-08-10"


def test_a_year_mistyped_is_refused_and_an_extension_can_be_shortened_and_taken_back(lingpao):
    extend = ["extend", WRITES, "plan_drafted", "--reason", "样例"]
    assert "年份" in lingpao(*extend, "--to", "2202-07-10", "--locale", "zh_CN", login="city-1", code=1).err

    lingpao(*extend, "--to", "2021-01-10", login="city-1")
    assert (
        lingpao.ask(*extend, "--shorten", "--to", "2020-07-20", login="city-1")["deadlines"][0]["due_on"]
        == "2020-07-20"
    )
    assert lingpao.ask(*extend, "--take-back", login="city-1")["deadlines"][0]["due_on"] == "2020-06-30"
    assert [one["kind"] for one in due(lingpao, "plan_drafted")["changes"]] == ["extend", "shorten", "take_back"]
    lingpao(*extend, "--take-back", login="city-1", code=1)
    lingpao(*extend, "--take-back", "--to", "2020-07-20", login="city-1", code=2)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["extend", WRITES, "--to", "2020-07-10"], 2),
        (["extend", WRITES, "plan_drafted", "--district", "保税区", "--to", "2020-07-10"], 2),
        (["extend", "--district", "保税区", "--to", "2020-07-10"], 2),
        (["extend", WRITES, "no_such_milestone", "--to", "2020-07-10"], 1),
        (["extend", WRITES, "plan_drafted", "--to", "2020-06-01"], 1),
        (["extend", "--district", "海曙", "--milestone", "plan_drafted", "--to", "2020-07-10"], 1),
        (["pause", WRITES, "no_such_milestone"], 1),
        (["resume", WRITES, "plan_drafted"], 1),
    ],
)
def test_a_change_that_cannot_be_is_refused(lingpao, words, code):
    lingpao(*words, "--reason", "样例", login="city-1", code=code)


def test_a_paused_deadline_moves_by_the_workdays_of_the_pause(lingpao):
    lingpao("pause", WRITES, "plan_drafted", "--reason", "停产整顿", login="city-1")
    assert due(lingpao, "plan_drafted")["paused_on"] == "2020-05-26"

    lingpao("status", "--at", "2020-06-01")
    lingpao("resume", WRITES, "plan_drafted", "--reason", "恢复", login="city-1")

    assert due(lingpao, "plan_drafted")["due_on"] == "2020-07-06"


def test_a_waived_deadline_is_neither_met_nor_missed(lingpao):
    lingpao("waive", WRITES, "plan_drafted", "--reason", "不适用", login="city-1")

    assert due(lingpao, "plan_drafted")["state"] == "waived"
    lingpao("waive", WRITES, "plan_drafted", "--reason", "不适用", login="city-1", code=1)


def test_a_district_answers_with_a_day(lingpao):
    lingpao("reply", WRITES, "plan_drafted", "--by", "2020-07-03", "--reason", "等待比对标准文本")

    assert due(lingpao, "plan_drafted")["promised_on"] == "2020-07-03"
    assert "promised for 2020-07-03" in lingpao("show", WRITES).out
    lingpao("reply", WRITES, "plan_drafted", "--by", "2020-05-01", "--reason", "样例", code=1)


@pytest.fixture
def reporting(lingpao):
    """The morning on which the first half-yearly reports have been opened."""
    lingpao("worker", "--once", "--at", "2020-06-24")
    return lingpao


def test_a_half_yearly_report_is_handed_in_returned_and_accepted(reporting, paper):
    listed = reporting.ask("report", "list")["reports"]
    assert [(one["period"], one["state"], one["due_on"]) for one in listed] == [("2020H1", "due", "2020-07-05")]

    handed = reporting.ask("report", "hand-in", paper)["results"][0]
    assert handed["state"] == "handed_in"
    assert reporting.ask("report", "list")["reports"][0]["form"]["file_name"] == "样例.pdf"
    assert "样例.pdf" in reporting("report", "list").out
    reporting("report", "return", handed["case"], "--reason", "数据有误", login="city-1")
    reporting("report", "hand-in", paper, "--case", handed["case"])
    accepted = reporting.ask("report", "accept", handed["case"], login="city-1")

    assert accepted["results"][0]["state"] == "accepted"
    assert reporting.ask("report", "hand-in", paper, code=1)["error"]["code"] == "NOT_FOUND"


def test_a_form_that_arrived_earlier_is_confirmed_by_the_bureau(reporting, paper):
    reporting("status", "--at", "2020-06-29")

    reporting("report", "hand-in", paper, "--received", "2020-06-26", "--period", "2020H1")
    number = reporting.ask("report", "list")["reports"][0]["case"]
    reporting("confirm", number, login="city-1")

    assert reporting.ask("show", number)["entered_on"] == "2020-06-26"
    assert reporting.ask("show", number)["form"]["received_on"] == "2020-06-26"


def test_a_form_may_be_recorded_before_it_is_handed_in(reporting, paper):
    number = reporting.ask("report", "list")["reports"][0]["case"]

    reporting("record", "handed-in", number, "--file", paper)

    assert reporting.ask("show", number)["missing"] == []
    assert "样例.pdf" in reporting("show", number).out


def test_the_bureau_sees_all_reports_and_hands_in_for_nobody(reporting, paper):
    assert len(reporting.ask("report", "list", login="city-1")["reports"]) == 15
    assert reporting.ask("report", "list", "--overdue", login="city-1")["reports"] == []
    answer = reporting.ask("report", "hand-in", paper, "--district", "海曙", login="city-1", code=1)

    assert answer["results"][0]["reasons"][0]["code"] == "ROLE_MISSING"
    reporting("report", "hand-in", paper, "--district", "海曙", code=1)


def test_a_file_that_proves_nothing_is_no_form(reporting, tmp_path):
    (tmp_path / "form.pdf").write_text("Dear colleagues", encoding="utf-8")

    reporting("report", "hand-in", tmp_path / "form.pdf", code=1)
    reporting("report", "hand-in", tmp_path / "none.pdf", code=1)

    assert reporting.ask("report", "list")["reports"][0]["state"] == "due"
