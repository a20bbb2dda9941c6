"""The demonstration against the calendar: its timeline as counted by hand, its figures as counted from the journal."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from console.bootstrap import House, open_house
from console.rehearsal.script import load_script
from console.rehearsal.timeline import lines, outcomes
from console.settings import load_settings
from engine import audit
from engine.clock import local_day
from engine.store import cases, deadlines, journal, notices

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "examples" / "ningbo-2020" / "script.yaml"

# Counted by hand on the State Council's calendar of 2020: T-10, T-5, T-1 before the day of the plan, then 催办 on the
# first workday after it and each third one until 督办 on the fifth, the draft 通报 on the tenth; reports open on T-15.
BY_HAND = {
    "list_in": {
        "reminder": ["2020-05-22", "2020-05-29", "2020-06-04"],
        "chase": ["2020-06-08", "2020-06-11"],
        "supervision": ["2020-06-12"],
    },
    "plan_uploaded": {
        "reminder": ["2020-06-15", "2020-06-22", "2020-06-29"],
        "chase": ["2020-07-01", "2020-07-06"],
        "supervision": ["2020-07-07"],
        "circular": ["2020-07-14"],
    },
    "published": {
        "reminder": ["2020-10-19", "2020-10-26", "2020-10-30"],
        "chase": ["2020-11-02", "2020-11-05"],
        "supervision": ["2020-11-06"],
        "circular": ["2020-11-13"],
    },
    "handed_in": {
        "report_due": ["2020-06-12", "2020-12-14"],
        "reminder": ["2020-06-19", "2020-06-29", "2020-07-03", "2020-12-21", "2020-12-28", "2021-01-04"],
        "chase": ["2020-07-06", "2020-07-09", "2021-01-06", "2021-01-11"],
        "supervision": ["2020-07-10", "2021-01-12"],
    },
}


@pytest.fixture(scope="module")
def house(demonstration: Path) -> Iterator[House]:
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{demonstration / 'rehearsal.db'}")
    yield house
    house.close()


@pytest.mark.parametrize("milestone", BY_HAND)
def test_the_ladder_is_climbed_on_the_days_counted_by_hand(house: House, milestone: str) -> None:
    said: dict[str, set[str]] = {}
    with house.engine.look() as work:
        for case in cases.of_campaign(work, "ningbo-2020"):
            if case.subject_name in out_of_the_ordinary():
                continue
            days = {one.id: one for one in deadlines.of_cases(work, [case.id])[case.id]}
            for notice in notices.of_case(work, case.id):
                deadline = days.get(notice.deadline_id or 0)
                if notice.milestone == milestone and deadline and deadline.original_on == deadline.due_on:
                    said.setdefault(notice.kind, set()).add(notice.morning_on.isoformat())

    told = {level: sorted(days) for level, days in said.items() if not level.startswith("extension")}
    assert told == BY_HAND[milestone]


def test_every_mail_marked_sent_lies_in_the_folder_and_no_draft_does(house: House, demonstration: Path) -> None:
    states = Counter(line.state for line in lines(house.engine))

    assert set(states) == {"sent", "draft"}
    assert len(list((demonstration / "mails").glob("*.eml"))) == states["sent"]
    assert {line.letter for line in lines(house.engine) if line.state == "draft"} == {"circular"}


def test_there_is_one_digest_a_week_on_its_first_working_day(house: House) -> None:
    digests = [line.day for line in lines(house.engine) if line.letter == "digest"]

    weeks = [day.isocalendar()[:2] for day in digests]
    assert len(set(weeks)) == len(weeks)
    assert min(digests) == date(2020, 5, 18)
    off_mondays = [day for day in digests if day.isoweekday() != 1]
    # the one Monday of the campaign on which nobody works is 5 October, in the National Day week
    assert off_mondays == [date(2020, 10, 9)]


def test_the_outcome_by_district_is_what_the_journal_says(house: House) -> None:
    flow, table = outcomes(house.engine, "ningbo-2020")

    with house.engine.look() as work:
        ends: Counter[tuple[int, str]] = Counter()
        for case in cases.of_campaign(work, "ningbo-2020", "enterprise"):
            last = [entry.target for entry in journal.of_case(work, case.id) if entry.target][-1]
            ends[case.district_id, str(last)] += 1
    leaders = sum(n for (_, state), n in ends.items() if state == "leader_candidate")
    withdrawn = sum(n for (_, state), n in ends.items() if state == "withdrawn")
    assert sum(one.quota for one in table) == 120
    assert sum(one.reached[flow.line.index("nominated")] for one in table) == sum(ends.values()) - withdrawn == 120
    assert sum(one.reached[flow.line.index("leader_candidate")] for one in table) == leaders
    assert withdrawn == 3


def test_every_promise_of_the_engine_holds_at_the_end(house: House) -> None:
    assert audit.verify(house.engine) == []


def test_the_second_database_stands_in_late_october_with_work_to_do(demonstration: Path) -> None:
    october = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{demonstration / 'october.db'}")
    with october.engine.look() as work:
        waiting = cases.of_campaign(work, "ningbo-2020", waiting=True)
        today = local_day(work.now)
    october.close()

    assert today == date(2020, 10, 26)
    assert waiting


def out_of_the_ordinary() -> set[str]:
    """Enterprises to which the script does something: their deadlines have histories of their own."""
    script = load_script(SCRIPT)
    return {event.enterprise for event in script.events if hasattr(event, "enterprise")}
