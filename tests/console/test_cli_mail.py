"""Mails from the command line, through a real conversation with a sink: listed, sent, stopped, sent anew, explained."""

import json
import shutil
import sqlite3
from email import policy
from email.parser import BytesParser

import pytest

WRITES = "宁波保税区示例电子有限公司"
REMINDED = "2020-05-22T08:30"
"""Ten workdays before lists are due: the first reminders."""


@pytest.fixture
def lingpao(lingpao, tmp_path):
    """A terminal on the morning of the first reminders, with the sink's folder beside its configuration."""
    shutil.copy(lingpao.config, tmp_path / "config.yaml")
    lingpao.config = tmp_path / "config.yaml"
    for moment in ("2020-05-15T08:30", "2020-05-18T08:30", REMINDED):
        lingpao("worker", "--once", "--at", moment)
    return lingpao


def files(tmp_path):
    return sorted((tmp_path / "rehearsal").glob("*_reminder.*.eml"))


def reminders(lingpao, *words, **options):
    return lingpao.ask("mail", "list", "--letter", "reminder", *words, **options)["mails"]


def test_every_district_is_reminded_by_one_mail_and_all_of_them_reach_the_sink(lingpao, tmp_path):
    assert len(reminders(lingpao)) == 15

    sent = lingpao.ask("mail", "send")

    assert sent["offered"] == 15 + len(lingpao.ask("mail", "list", "--letter", "digest")["mails"])
    assert len(files(tmp_path)) == 15
    assert {one["state"] for one in reminders(lingpao)} == {"sent"}
    message = BytesParser(policy=policy.default).parsebytes(files(tmp_path)[0].read_bytes())
    assert "对标达标" in message["subject"]
    assert lingpao.ask("mail", "send")["offered"] == 0
    assert len(files(tmp_path)) == 15


def test_a_district_reads_its_own_mail_only(lingpao):
    own = reminders(lingpao, login="yuyao")
    assert [one["recipients"][0]["address"] for one in own] == ["yuyao@lingpao.example"]
    other = next(one["mail"] for one in lingpao.ask("mail", "list")["mails"] if one["mail"] != own[0]["mail"])

    assert lingpao.ask("mail", "show", own[0]["mail"], login="yuyao")["subject"] == own[0]["subject"]
    for words in (["show", other], ["preview", other], ["resend", other]):
        assert lingpao.ask("mail", *words, login="yuyao", code=1)["error"]["code"] == "NOT_FOUND"


def test_a_mail_tells_what_became_of_it_and_what_it_is_about(lingpao):
    lingpao("mail", "send")
    number = reminders(lingpao, login="yuyao")[0]["mail"]

    told = lingpao.ask("mail", "show", number)

    assert told["recipients"][0]["state"] == "accepted"
    assert told["attempts"][0]["action"] == "sent"
    assert {one["milestone"] for one in told["notices"]} == {"list_in", "quota_met"}
    page = lingpao("mail", "show", number).out
    assert "yuyao@lingpao.example" in page
    assert told["message_id"] in page


def test_lists_of_mails_are_filtered_and_go_on(lingpao):
    every = [one["mail"] for one in reminders(lingpao)]

    assert reminders(lingpao, "--state", "sent") == []
    assert [one["mail"] for one in reminders(lingpao, "--limit", "2")] == every[:2]
    assert [one["mail"] for one in reminders(lingpao, "--before", every[1])] == every[2:]
    assert lingpao.ask("mail", "list", "--letter", "chase")["mails"] == []
    assert "yuyao" not in lingpao("mail", "list", login="haishu").out
    lingpao("mail", "list", "--state", "asleep", code=2)


def test_a_letter_is_previewed_with_sample_facts_in_every_form(lingpao, tmp_path):
    assert "样例" in lingpao("mail", "preview", "chase").out
    for ending in ("html", "eml", "txt"):
        lingpao("mail", "preview", "chase", "--into", tmp_path / f"chase.{ending}", "--language", "en")

    assert "<iframe" in (tmp_path / "chase.html").read_text(encoding="utf-8")
    message = BytesParser(policy=policy.default).parsebytes((tmp_path / "chase.eml").read_bytes())
    assert message.get_body(("html",)) is not None
    lingpao("mail", "preview", "chase", "--into", tmp_path / "chase.pdf", code=2)
    lingpao("mail", "preview", "no-such-letter", code=1)


def test_a_mail_is_previewed_as_it_was_frozen(lingpao, tmp_path):
    mail = reminders(lingpao)[0]

    shown = lingpao.ask("mail", "preview", mail["mail"], "--into", tmp_path / "mail.eml")

    assert shown["subject"] == mail["subject"]

    assert mail["recipients"][0]["address"].encode() in (tmp_path / "mail.eml").read_bytes()


def test_stopped_letters_do_not_leave_and_go_on_when_started(lingpao, tmp_path):
    assert lingpao.ask("mail", "stop", "reminder") == {"stopped": ["reminder"]}
    assert {one["state"] for one in reminders(lingpao)} == {"held"}
    lingpao("mail", "send")
    assert files(tmp_path) == []
    assert lingpao.ask("status")["mail_stopped"] == ["reminder"]

    assert lingpao.ask("mail", "start") == {"stopped": []}
    assert lingpao.ask("mail", "send")["offered"] == 15
    assert len(files(tmp_path)) == 15


def test_a_draft_waits_until_somebody_releases_it(lingpao, tmp_path):
    number = reminders(lingpao)[0]["mail"]
    with sqlite3.connect(lingpao.database.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE mails SET state = 'draft' WHERE id = ?", (number,))
    raw.close()
    lingpao("mail", "send")
    assert len(files(tmp_path)) == 14

    released = lingpao.ask("mail", "release", number)
    lingpao("mail", "send")

    assert released["mails"][0]["state"] == "ready"
    assert len(files(tmp_path)) == 15
    lingpao("mail", "release", number, code=1)
    lingpao("mail", "release", 9999, code=1)


def test_a_draft_that_is_no_longer_so_ends_with_the_reason(lingpao):
    number = reminders(lingpao)[0]["mail"]
    with sqlite3.connect(lingpao.database.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE mails SET state = 'draft' WHERE id = ?", (number,))
        raw.execute(
            "UPDATE deadlines SET state = 'waived' WHERE id IN (SELECT deadline_id FROM notices WHERE mail_id = ?)",
            (number,),
        )
    raw.close()

    said = lingpao("mail", "release", number, "--locale", "zh_CN").out

    assert "本邮件未发出：所述情况已有变化。仍然有效的内容会自动重新拟写。" in said


def test_a_sent_mail_is_sent_anew_to_a_corrected_address(lingpao, tmp_path):
    lingpao("mail", "send")
    number = reminders(lingpao, login="yuyao")[0]["mail"]

    anew = lingpao.ask("mail", "resend", number, "--address", "yuyao@lingpao.example=yuyao-new@lingpao.example")
    lingpao("mail", "send")

    assert anew["mails"][0]["resend_of"] == number
    assert anew["mails"][0]["recipients"][0]["address"] == "yuyao-new@lingpao.example"
    assert len(files(tmp_path)) == 16
    assert lingpao.ask("mail", "show", number)["resends"] == [anew["mails"][0]["mail"]]
    lingpao("mail", "resend", number, "--address", "nobody", code=2)
    lingpao("mail", "arrived", number, "--reason", "样例", code=1)


def test_a_test_mail_goes_where_it_is_asked_to(lingpao, tmp_path):
    lingpao("mail", "stop", "reminder")
    lingpao("mail", "test", "office@lingpao.example")

    lingpao("mail", "send")

    lines = (tmp_path / "rehearsal" / "envelopes.jsonl").read_text(encoding="utf-8").splitlines()
    assert ["office@lingpao.example"] in [json.loads(line)["to"] for line in lines]
    lingpao("mail", "test", "no address", code=1)


def test_nobody_but_the_bureau_decides_about_mail(lingpao):
    for words in (["send"], ["stop"], ["start"], ["test", "office@lingpao.example"]):
        assert lingpao.ask("mail", *words, login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"
    number = reminders(lingpao, login="yuyao")[0]["mail"]
    assert lingpao.ask("mail", "release", number, login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"


def test_why_tells_each_rung_with_its_mail_and_what_is_still_to_come(lingpao):
    lingpao("mail", "send")

    why = lingpao.ask("mail", "why", "余姚企业名单", login="yuyao")

    rungs = [one for one in why["rungs"] if one["milestone"] == "list_in"]
    fired = rungs[0]
    assert (fired["rung"], fired["planned_on"], fired["outcome"]) == ("reminder_10", "2020-05-22", "fired")
    assert fired["said"]["mail_state"] == "sent"
    assert fired["said"]["recipients"][0]["address"] == "yuyao@lingpao.example"
    coming = {one["rung"]: one["planned_on"] for one in rungs if one["outcome"] == "coming"}
    assert coming["reminder_5"] == "2020-05-29"
    assert coming["supervision"] == "2020-06-12"
    page = lingpao("mail", "why", "余姚企业名单").out
    assert "reminder_10" in page
    assert "still to come" in page


def test_the_file_of_a_case_lists_the_letters_about_it(lingpao):
    lingpao("mail", "send")

    letters = lingpao.ask("show", "余姚企业名单", login="yuyao")["letters"]

    assert {(one["letter"], one["mail_state"]) for one in letters} == {("reminder", "sent")}
    assert letters[0]["subject"][:12] in lingpao("show", "余姚企业名单").out


def test_why_tells_that_what_was_reached_is_not_spoken_of_any_more(district):
    why = district.ask("mail", "why", "保税区企业名单")

    assert {one["outcome"] for one in why["rungs"]} <= {"fired", "not_needed", "not_applicable", "collapsed"}


def test_the_digest_of_a_week_is_printed_and_written_without_being_sent(lingpao, tmp_path):
    page, sheet = tmp_path / "digest.html", tmp_path / "digest.xlsx"
    before = lingpao.ask("mail", "list", "--letter", "digest")["mails"]

    answer = lingpao.ask("digest", "--week", "2020-W20", "--preview", page, "--sheet", sheet)

    assert answer["week"] == "2020-W20"
    assert len(answer["figures"]["rows"]) == 15
    assert "海曙" in page.read_text(encoding="utf-8")
    assert sheet.read_bytes().startswith(b"PK")
    assert lingpao.ask("mail", "list", "--letter", "digest")["mails"] == before
    assert lingpao("digest", "--week", "2020-W21").out.startswith("【对标达标】周报2020年第2期")
    lingpao("digest", "--week", "week 20", code=1)


def test_the_digest_of_a_finished_week_is_sent_once_and_its_row_says_so(lingpao):
    assert lingpao.ask("digest", "--week", "2020-W21")["status"] is None
    lingpao("worker", "--once", "--at", "2020-05-25T08:30")
    lingpao("mail", "send")

    status = lingpao.ask("digest", "--week", "2020-W21")["status"]
    lingpao("worker", "--once", "--at", "2020-05-25T17:00")
    digests = {one["mail"]: one["state"] for one in lingpao.ask("mail", "list", "--letter", "digest")["mails"]}

    assert status["status"] == "done"
    assert digests[status["mail"]] == "sent"
    assert len(digests) == 2


def test_a_district_does_not_read_the_digest_of_all(lingpao):
    assert lingpao.ask("digest", login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"
    assert lingpao.ask("digest", login="leader")["week"] == "2020-W20"


def test_a_week_that_has_not_begun_or_lies_outside_the_campaign_has_no_digest(lingpao):
    assert "not begun" in lingpao("digest", "--week", "2031-W01", "--locale", "en", code=1).err
    assert "outside" in lingpao("digest", "--week", "2019-W50", "--locale", "en", code=1).err


def test_a_number_beyond_every_database_is_refused_without_a_traceback(lingpao):
    assert "out of range" in lingpao("mail", "show", "9" * 20, "--locale", "en", code=1).err
