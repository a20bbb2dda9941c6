"""Rehearsals without a script, from a running database, and with two configurations."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from console.rehearsal.run import Plan, rehearse
from console.rehearsal.script import load_script, spread
from console.rehearsal.timeline import Line, difference, ladder_lines
from console.settings import Settings, load_settings
from engine.errors import Refused
from engine.faults import FaultsFound

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(ROOT / "config.yaml")


def test_without_a_script_every_quota_is_nominated_and_nobody_does_anything(settings: Settings, tmp_path: Path) -> None:
    said = rehearse(settings, Plan(folder=tmp_path, until=date(2020, 6, 22))).mails

    reminders = [line for line in said if line.letter == "reminder" and line.day == date(2020, 6, 15)]
    assert len(reminders) == 15
    assert sum(n for line in reminders for _, _, label, n in line.sections if label["zh"] == "上传技术方案") == 120
    assert not [line for line in said if line.letter == "chase"]


def test_a_timeline_speaks_the_language_of_the_reader() -> None:
    label = {"zh": "上传技术方案", "en": "Plans uploaded"}
    sections = ((1, "余姚", label, 3), (2, "慈溪", label, 1))
    said = Line(7, date(2020, 6, 15), "reminder", "sent", ("甲样例",), ("乙样例",), sections)

    assert (
        said.told("en")
        == "2020-06-15 Mon  reminder  余姚 Plans uploaded 3; 慈溪 Plans uploaded → 甲样例, copy to 乙样例"
    )
    assert str(said) == "2020-06-15 周一  提醒  余姚 上传技术方案 3家；慈溪 上传技术方案 → 甲样例，抄送乙样例"
    assert list(ladder_lines([said], "en")) == ["2020-06-15 Mon  reminder  1 mails  Plans uploaded: 余姚 3, 慈溪"]
    assert next(difference([said], [], "en")).startswith("- 2020-06-15 Mon  reminder")


def test_from_a_running_database_the_forecast_begins_today(
    settings: Settings, demonstration: Path, tmp_path: Path
) -> None:
    live = tmp_path / "live.db"
    shutil.copy(demonstration / "october.db", live)

    said = rehearse(settings, Plan(folder=tmp_path / "out", live=live, until=date(2020, 11, 2))).mails

    days = {(line.day, line.letter) for line in said}
    assert (date(2020, 10, 30), "reminder") in days
    assert (date(2020, 11, 2), "chase") in days
    assert (date(2020, 11, 2), "digest") in days
    assert min(line.day for line in said) >= date(2020, 10, 26)
    with pytest.raises(Refused):
        rehearse(settings, Plan(folder=tmp_path / "out", live=live, until=date(2020, 11, 2)))


def test_another_date_changes_which_mails_go_out(settings: Settings, demonstration: Path, tmp_path: Path) -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    other = tmp_path / "later.yaml"
    later = text.replace("verified: 2020-10-31", "verified: 2020-11-06")
    other.write_text(later.replace("published: 2020-10-31", "published: 2020-11-06"), encoding="utf-8")
    plan = {"live": demonstration / "october.db", "until": date(2020, 11, 3)}

    first = rehearse(settings, Plan(folder=tmp_path / "first", **plan)).mails
    second = rehearse(load_settings(other), Plan(folder=tmp_path / "second", **plan)).mails

    told = list(difference(first, second))
    assert [line for line in told if line.startswith("- 2020-11-02") and "催办" in line]
    assert not [line for line in told if line.startswith("+ 2020-11-02") and "催办" in line]
    assert list(difference(first, first)) == []


def test_a_script_is_refused_with_every_fault_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(
        "campaign: ningbo-2020\nsince: 2020-05-15\nuntil: yesterday\npaces: {}\ndistricts: {}\nlists: []\nevnts: []\n",
        encoding="utf-8",
    )

    with pytest.raises(FaultsFound) as refusal:
        load_script(path)

    told = [(fault.line, fault.path) for fault in refusal.value.faults]
    assert told == [(3, "until"), (7, "evnts")]


@pytest.mark.parametrize(("place", "of", "day"), [(0, 3, 1), (1, 3, 6), (2, 3, 11), (0, 1, 11)])
def test_enterprises_are_spread_evenly_over_a_span(place: int, of: int, day: int) -> None:
    assert spread((date(2020, 6, 1), date(2020, 6, 11)), place, of) == date(2020, 6, day)
