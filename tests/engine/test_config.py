"""Sections of the configuration: strict, whole, every fault with its path, what was expected and the nearest key."""

from collections.abc import Mapping
from typing import Literal

import pytest
from pydantic import Field, ValidationError

from engine.config import EngineSettings, HeartbeatSection, LadderSection, PersonSection, filled_in
from engine.ladder import default_ladder
from engine.sections import Count, Day, MonthDay, Name, Section, Text, TimeOfDay, validated
from engine.words import say


class Inner(Section):
    day: Day
    n: Count = 0


class Outer(Section):
    name: Name
    at: TimeOfDay = "08:30"
    mode: Literal["target", "cap"] = "target"
    flag: bool = False
    yearly: tuple[MonthDay, ...] = ()
    rows: tuple[Inner, ...] = Field(default=(), max_length=3)
    by_name: Mapping[Name, Inner] = Field(default={})
    maybe: Inner | None = None
    pair: tuple[Text, Count] | None = None


def faults(content, model=Outer):
    return [(finding.code, finding.path, say(finding.sentence, "en")) for finding in validated(model, content)[1]]


def hints(content, model=Outer):
    return [say(finding.hint, "en") for finding in validated(model, content)[1] if finding.hint]


def test_a_good_section_is_read_and_frozen():
    outer, found = validated(Outer, {"name": "a", "rows": [{"day": "2020-06-05"}], "pair": ["x", 2]})
    assert found == ()
    assert outer.rows[0].day.isoformat() == "2020-06-05"
    assert outer.pair == ("x", 2)
    with pytest.raises(ValidationError):
        outer.name = "b"


def test_all_faults_are_found_at_once_and_say_what_was_expected():
    content = {
        "name": "Not A Name",
        "at": "8.30",
        "mode": "tarjet",
        "flag": "yes",
        "yearly": ["13-01", "02-29", 5],
        "rows": [{"day": "x"}, {"n": -1}, 3],
        "by_name": {"Bad Name": {"day": "2020-06-05"}, "ok": {"day": "2020-06-31", "n": 1.5}},
        "maybe": {"dya": "2020-06-05"},
        "pair": ["x"],
    }
    assert faults(content) == [
        (
            "WRONG_VALUE",
            ("name",),
            "expected a name of small letters, digits, - and _ such as ningbo-2020, got 'Not A Name'",
        ),
        ("WRONG_VALUE", ("at",), "expected a time of day such as '08:30', got '8.30'"),
        ("WRONG_VALUE", ("mode",), "expected one of target, cap, got 'tarjet'"),
        ("WRONG_VALUE", ("flag",), "expected true or false, got 'yes'"),
        ("WRONG_VALUE", ("yearly", 0), "expected a day of every year such as '07-05', got '13-01'"),
        ("WRONG_VALUE", ("yearly", 1), "expected a day of every year such as '07-05', got '02-29'"),
        ("WRONG_VALUE", ("yearly", 2), "expected a text, got 5"),
        ("WRONG_VALUE", ("rows", 0, "day"), "expected a day such as 2020-06-05, got 'x'"),
        ("MISSING_KEY", ("rows", 1, "day"), "expected the key day, got nothing"),
        ("WRONG_VALUE", ("rows", 1, "n"), "expected at least 0, got -1"),
        ("WRONG_VALUE", ("rows", 2), "expected a table of keys, got 3"),
        (
            "WRONG_VALUE",
            ("by_name", "Bad Name"),
            "expected a name of small letters, digits, - and _ such as ningbo-2020, got 'Bad Name'",
        ),
        ("WRONG_VALUE", ("by_name", "ok", "day"), "expected a day such as 2020-06-05, got '2020-06-31'"),
        ("WRONG_VALUE", ("by_name", "ok", "n"), "expected a whole number, got 1.5"),
        ("MISSING_KEY", ("maybe", "day"), "expected the key day, got nothing"),
        ("UNKNOWN_KEY", ("maybe", "dya"), "expected one of the keys day, n, got 'dya'"),
        ("MISSING_KEY", ("pair", 1), "expected the key 1, got nothing"),
    ]


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ({"name": "a", "flga": 1}, "did you mean flag?"),
        ({"name": "a", "rows": [{"day": "2020-06-05", "dayy": 1}]}, "did you mean day?"),
        ({"name": "a", "by_name": {"x": {"day": "2020-06-05", "Day": 1}}}, "did you mean day?"),
        ({"name": "a", "maybe": {"day": "2020-06-05", "m": 1}}, None),
        ({"name": "a", "mode": "tarjet"}, "did you mean target?"),
        ({"name": 330203}, "put it in quotes"),
    ],
)
def test_a_hint_comes_with_what_was_probably_meant(content, hint):
    assert hints(content) == ([hint] if hint else [])


@pytest.mark.parametrize(
    "value", [20200605, 1.0, True, None, "20200605", "2020-6-5", "2020-06-05T00:00:00", "５", [], {}]
)
def test_nothing_but_a_written_day_is_a_day(value):
    assert [path for _, path, _ in faults({"day": value}, Inner)] == [("day",)]


@pytest.mark.parametrize("value", [True, "3", 3.0, None])
def test_nothing_but_a_whole_number_is_a_count(value):
    assert [path for _, path, _ in faults({"day": "2020-06-05", "n": value}, Inner)] == [("n",)]


@pytest.mark.parametrize("content", [None, [], "x", 3])
def test_what_is_no_table_at_all_is_one_fault(content):
    assert [(code, path) for code, path, _ in faults(content)] == [("WRONG_VALUE", ())]


def test_too_long_lists_and_texts_are_refused():
    content = {"name": "a", "rows": [{"day": "2020-06-05"}] * 4, "pair": ["x" * 300, 1]}
    long = "x" * 60
    assert [sentence for _, _, sentence in faults(content)] == [
        "expected at most 3 in the list, got 4",
        f"expected a shorter text, got '{long}…'",
    ]


def test_a_list_that_may_not_be_empty_is_called_so_only_when_it_is():
    one, none = [{"name": "x"}], []
    assert [sentence for _, _, sentence in faults({"rungs": none}, LadderSection)] == [
        "expected at least 1 in the list, got 0"
    ]
    assert [path for _, path, _ in faults({"rungs": one}, LadderSection)] == [("rungs", 0, "level"), ("rungs", 0, "at")]


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("database", "mysql://x", "sqlite:///FILE"),
        ("database", "postgresql://user:secret@host/db", "without password"),
        ("database", "postgresql://[bad/db", "that can be read"),
        ("zone", "Asia/Ningbo", "time zone"),
        ("zone", "../../etc/passwd", "time zone"),
        ("locale", "de", "one of zh_CN, en"),
        ("actors", {"root": "Not A Login"}, "a login"),
    ],
)
def test_settings_of_the_installation_are_checked(key, value, wanted):
    content = {"database": "sqlite:///lingpao.db", "ladders": LADDERS, "people": PEOPLE, key: value}
    ((code, path, sentence),) = faults(content, EngineSettings)
    assert code == "WRONG_VALUE"
    assert path[0] == key
    assert wanted in sentence


LADDERS = {
    "default": {
        "rungs": [
            {"name": "reminder_10", "level": "reminder", "at": -10},
            {"name": "reminder_5", "level": "reminder", "at": -5},
            {"name": "reminder_1", "level": "reminder", "at": -1},
            {"name": "chase", "level": "chase", "at": 1, "every": 3, "until": "supervision"},
            {"name": "supervision", "level": "supervision", "at": 5, "after": ["chase", 2]},
            {"name": "circular", "level": "circular", "at": 10, "after": ["supervision", 2], "draft": True},
        ]
    }
}
PEOPLE = {
    "each_district": [{"login": "{code}", "name": "{name}联络员", "roles": ["district_coordinator"]}],
    "bureau": [{"login": "city-1", "name": "市局经办一", "roles": ["municipal_coordinator"]}],
}


def test_the_least_that_has_to_be_said_is_enough():
    settings, found = validated(
        EngineSettings, {"database": "postgresql+psycopg://lingpao@db/lingpao", "ladders": LADDERS, "people": PEOPLE}
    )
    assert found == ()
    assert settings.heartbeat == HeartbeatSection()
    assert (settings.zone, settings.locale) == ("Asia/Shanghai", "zh_CN")


def test_the_ladder_of_the_plan_is_the_default_one():
    ladder, _ = validated(LadderSection, LADDERS["default"])
    assert ladder.ladder("default") == default_ladder()


def test_a_person_of_every_district_is_filled_in_and_nothing_else_is_formatted():
    person = PersonSection(login="{code}-x", name="{name}联络员{0}", roles=("leader",), email="{code}@lingpao.example")
    filled = person.of_district("haishu", "海曙")
    assert (filled.login, filled.name, filled.email) == ("haishu-x", "海曙联络员{0}", "haishu@lingpao.example")
    assert filled_in("{name.__class__}", "a", "b") == "{name.__class__}"
