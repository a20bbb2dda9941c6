"""People and the calendar from the command line: who may change them, what is told, what is refused."""

from datetime import date

import pytest

from engine import audit
from engine.store import calendar, journal, settings


def person(lingpao, login, **options):
    found = lingpao.ask("people", "list", "--all", **options)["people"]
    return next((one for one in found if one["login"] == login), None)


def test_an_administrator_adds_a_person_with_a_role(lingpao):
    lingpao("people", "add", "yuyao-2", "--name", "余姚联络员二", "--organisation", "余姚",
            "--role", "district_coordinator", "--email", "yuyao-2@lingpao.example", login="admin")  # fmt: skip

    added = person(lingpao, "yuyao-2")
    assert added["organisation"] == "yuyao"
    assert added["roles"] == [{"role": "district_coordinator", "over": "yuyao"}]
    assert lingpao.ask("cases", login="yuyao-2") == {"cases": []}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "new", "--name", "样例", "--organisation", "余姚"],
        ["role", "yuyao", "administrator"],
        ["end-role", "haishu", "district_coordinator"],
        ["deactivate", "haishu", "--reason", "样例"],
        ["change", "haishu", "--name", "样例"],
        ["deputy", "haishu", "yuyao", "--from", "2020-05-15", "--to", "2020-05-20", "--reason", "样例"],
    ],
)
def test_nobody_but_an_administrator_changes_other_people(lingpao, words):
    for login in ("yuyao", "city-1", "leader"):
        assert lingpao.ask("people", *words, login=login, code=1)["error"]["code"] == "NOT_ALLOWED"


def test_one_changes_ones_own_address_and_the_journal_keeps_no_address(lingpao, house):
    lingpao("people", "change", "yuyao", "--email", "other@lingpao.example", login="yuyao")

    assert person(lingpao, "yuyao")["email"] == "other@lingpao.example"
    with house.engine.look() as work:
        told = journal.of_case(work, journal.HOUSE)[-1]
    assert told.data == {"person": "yuyao", "what": "changed", "fields": ["email"]}


def test_an_empty_address_takes_it_away(lingpao):
    lingpao("people", "change", "yuyao", "--email", "", login="admin")

    assert person(lingpao, "yuyao")["email"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["add", "Big Letters", "--name", "样例", "--organisation", "余姚"],
        ["add", "yuyao", "--name", "样例", "--organisation", "余姚"],
        ["add", "new", "--name", " ", "--organisation", "余姚"],
        ["add", "new", "--name", "样例", "--organisation", "nowhere"],
        ["add", "new", "--name", "样例", "--organisation", "余姚", "--role", "emperor"],
        ["add", "new", "--name", "样例", "--organisation", "余姚", "--role", "system"],
        ["add", "new", "--name", "样例", "--organisation", "余姚", "--email", "no address"],
        ["add", "new", "--name", "样例", "--organisation", "余姚", "--language", "la"],
        ["change", "yuyao"],
        ["change", "nobody", "--name", "样例"],
        ["role", "yuyao", "district_coordinator"],
        ["end-role", "yuyao", "laboratory"],
        ["deputy", "yuyao", "yuyao", "--from", "2020-05-15", "--to", "2020-05-20", "--reason", "样例"],
        ["deputy", "yuyao", "haishu", "--from", "2020-05-20", "--to", "2020-05-15", "--reason", "样例"],
        ["deputy", "yuyao", "haishu", "--from", "2020-05-15", "--to", "2020-05-20", "--reason", " "],
        ["deactivate", "yuyao", "--reason", " "],
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(lingpao, house, words):
    with house.engine.look() as work:
        before = len(journal.of_case(work, journal.HOUSE))

    lingpao("people", *words, login="admin", code=1)

    assert person(lingpao, "new") is None
    with house.engine.look() as work:
        assert len(journal.of_case(work, journal.HOUSE)) == before


def test_the_last_administrator_stays(lingpao):
    for words in (["deactivate", "admin", "--reason", "样例"], ["end-role", "admin", "administrator"]):
        assert "only administrator" in lingpao.ask("people", *words, login="admin", code=1)["error"]["sentence"]

    lingpao("people", "role", "city-2", "administrator", login="admin")
    lingpao("people", "deactivate", "admin", "--reason", "换岗", login="city-2")

    assert lingpao.ask("people", "list", login="admin", code=1)["error"]["code"] == "NOT_FOUND"


def test_a_role_ends_with_its_day(lingpao):
    lingpao("people", "end-role", "yuyao", "district_coordinator", "--to", "2020-05-20", login="admin")

    assert person(lingpao, "yuyao")["roles"]
    lingpao("status", "--at", "2020-05-21")
    assert person(lingpao, "yuyao")["roles"] == []


def test_a_deputy_acts_for_the_days_named_and_may_be_named_by_oneself(lingpao):
    lingpao("people", "deputy", "yuyao", "haishu", "--from", "2020-05-18", "--to", "2020-05-20", "--reason", "休假",
            login="yuyao")  # fmt: skip

    names = [one["district"] for one in lingpao.ask("status", "--at", "2020-05-18", login="haishu")["districts"]]
    assert names == ["海曙", "余姚"]
    names = [one["district"] for one in lingpao.ask("status", "--at", "2020-05-21", login="haishu")["districts"]]
    assert names == ["海曙"]


def test_who_stands_in_is_listed_and_may_be_ended_by_either_of_the_two(lingpao, house):
    lingpao("people", "deputy", "yuyao", "haishu", "--from", "2020-05-15", "--to", "2020-06-20", "--reason", "休假",
            login="yuyao")  # fmt: skip
    assert lingpao.ask("people", "deputies", login="cixi")["deputies"] == []
    assert len(lingpao.ask("people", "deputies", login="haishu")["deputies"]) == 1
    (found,) = lingpao.ask("people", "deputies", login="yuyao")["deputies"]
    assert (found["deputy"], found["to"], found["reason"]) == ("haishu", "2020-06-20", "休假")

    lingpao("people", "end-deputy", "yuyao", "haishu", "--reason", "提前返岗", login="cixi", code=1)
    lingpao("people", "end-deputy", "yuyao", "haishu", "--reason", " ", login="yuyao", code=1)
    lingpao("people", "end-deputy", "yuyao", "haishu", "--to", "2020-05-01", "--reason", "早退",
            login="yuyao", code=1)  # fmt: skip
    lingpao("people", "end-deputy", "yuyao", "haishu", "--reason", "提前返岗", login="haishu")

    assert [one["district"] for one in lingpao.ask("status", login="haishu")["districts"]] == ["海曙"]
    assert lingpao.ask("people", "deputies", login="yuyao")["deputies"] == []
    (over,) = lingpao.ask("people", "deputies", "--past", login="yuyao")["deputies"]
    assert over["to"] == "2020-05-14"
    lingpao("people", "end-deputy", "yuyao", "haishu", "--reason", "提前返岗", login="yuyao", code=1)
    assert audit.verify(house.engine) == []


def test_a_closed_account_is_nobody_and_is_listed_on_request_only(lingpao):
    lingpao("people", "deactivate", "daxie", "--reason", "换岗", login="admin")

    assert "daxie" not in {one["login"] for one in lingpao.ask("people", "list")["people"]}
    assert person(lingpao, "daxie")["active"] is False
    lingpao("cases", login="daxie", code=1)


def test_a_district_lists_its_own_people_only(lingpao):
    logins = {one["login"] for one in lingpao.ask("people", "list", login="yuyao")["people"]}

    assert logins == {"yuyao", "yuyao-section", "yuyao-deputy"}


def test_nobody_is_assumed_where_no_login_fits(lingpao, tmp_path):
    text = lingpao.config.read_text(encoding="utf-8").replace("actors: {root: admin}", "actors: {nobody-at-all: admin}")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")
    lingpao.login = None

    assert "--as LOGIN" in lingpao.ask("cases", code=1)["error"]["sentence"]


def test_the_user_of_the_machine_is_who_the_configuration_says(lingpao, tmp_path):
    from getpass import getuser

    text = lingpao.config.read_text(encoding="utf-8").replace(
        "actors: {root: admin}", f"actors: {{{getuser()}: yuyao}}"
    )
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text, encoding="utf-8")
    lingpao.login = None

    assert [one["district"] for one in lingpao.ask("status")["districts"]] == ["余姚"]


def test_the_calendar_of_a_year_shows_what_the_week_does_not_say(lingpao):
    answer = lingpao.ask("calendar", "show", "2020")

    days = {one["day"]: one for one in answer["days"]}
    assert answer["provisional"] is False
    assert days["2020-06-25"]["works"] is False
    assert days["2020-06-28"]["works"] is True
    assert "2020-06-27" not in days


def test_a_year_nobody_has_published_is_called_provisional(lingpao):
    assert lingpao.ask("calendar", "show", "2031") == {
        "year": 2031,
        "provisional": True,
        "days": [],
    }


def test_a_year_whose_notice_was_entered_whole_is_provisional_no_more(lingpao):
    lingpao.ask("calendar", "set", "2031-10-01..2031-10-07", "--off", "--source", "样例通知")
    before = lingpao.ask("calendar", "show", "2031")

    lingpao.ask("calendar", "complete", "2031", "--source", "样例通知")

    assert before["provisional"] is True
    assert lingpao.ask("calendar", "show", "2031")["provisional"] is False


def test_days_entered_from_a_notice_hold_and_are_told(lingpao, house):
    answer = lingpao.ask(
        "calendar", "set", "2027-02-05..2027-02-11", "--off", "--source", "国办发明电〔2026〕1号（样例）"
    )

    assert len(answer["days"]) == 7
    shown = lingpao.ask("calendar", "show", "2027")
    assert {one["day"] for one in shown["days"] if not one["works"]} >= {"2027-02-05", "2027-02-11"}
    with house.engine.look() as work:
        assert not house.engine.workdays(work).is_workday(date(2027, 2, 5))
        assert journal.of_case(work, journal.HOUSE)[-1].data["calendar"]["works"] is False


def test_a_holiday_moves_the_days_that_are_counted_and_nothing_is_left_to_do(lingpao, house):
    lingpao("calendar", "set", "2020-05-18", "--off", "--source", "样例通知")

    again = lingpao.ask("calendar", "set", "2020-05-18", "--off", "--source", "样例通知")

    assert again["days"] == []
    with house.engine.look() as work:
        assert settings.read(work, "reproject") == {}
        assert [row.works for row in calendar.days(work)] == [False]


def test_reloading_works_everything_out_anew(lingpao, house):
    assert lingpao.ask("calendar", "reload") == {"moved": 0}
    with house.engine.look() as work:
        assert settings.read(work, "reproject") == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["set", "2020-05-18", "--source", "样例"], 2),
        (["set", "2020-05-18", "--works", "--off", "--source", "样例"], 2),
        (["set", "2020-05-20..2020-05-18", "--off", "--source", "样例"], 2),
        (["set", "18 May", "--off", "--source", "样例"], 2),
        (["set", "2020-05-18", "--off", "--source", " "], 1),
    ],
)
def test_a_calendar_entry_that_cannot_be_is_refused(lingpao, words, code):
    lingpao("calendar", *words, code=code)


def test_a_district_does_not_change_the_calendar(lingpao):
    for words in (["set", "2020-05-18", "--off", "--source", "样例"], ["reload"]):
        assert lingpao.ask("calendar", *words, login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"


def test_a_year_whose_days_are_all_entered_is_not_provisional_any_more(lingpao, house):
    lingpao("calendar", "set", "2031-01-01", "--off", "--source", "国办发明电〔2030〕1号（样例）")
    assert lingpao.ask("calendar", "show", "2031")["provisional"] is True

    lingpao("calendar", "complete", "2031", "--source", "国办发明电〔2030〕1号（样例）")

    shown = lingpao.ask("calendar", "show", "2031")
    assert shown["provisional"] is False
    assert [(one["day"], one["why"]) for one in shown["days"]] == [("2031-01-01", "国办发明电〔2030〕1号（样例）")]
    with house.engine.look() as work:
        assert journal.of_case(work, journal.HOUSE)[-1].data["calendar"]["complete"] == 2031
    lingpao("calendar", "complete", "2032", "--source", " ", code=1)
    lingpao("calendar", "complete", "2032", "--source", "样例", login="yuyao", code=1)


def test_what_tells_of_all_districts_is_not_for_one_of_them(lingpao, tmp_path):
    for words in (["audit", "verify"], ["data", "export", tmp_path / "all.zip"]):
        assert lingpao.ask(*words, login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"
    assert not (tmp_path / "all.zip").exists()
    assert "checks hold" in lingpao("audit", "verify", login="leader").out
