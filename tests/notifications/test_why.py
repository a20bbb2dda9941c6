"""Why a letter went out or did not: each rung of a case's deadlines, its mail, and what became of it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import toy
import toypost
from toypost import Postbox, morning, server

from engine.cases import advance
from engine.clock import FixedClock
from engine.errors import Hidden
from engine.extensions import extend
from engine.judging import Command
from engine.store import deadlines, people
from engine.store.database import Database
from engine.words import say
from notifications.dispatch import Dispatcher
from notifications.post import Post
from notifications.smtp import Relay
from notifications.why import OUTCOMES, RungStory, why


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def post(field: toy.Field) -> Iterator[Post]:
    with server(Postbox(answers={"east2@lingpao.example": "550 5.7.1 Not allowed"})) as port:
        yield toypost.post_of(field, relay=Relay.on_loopback(port))


def stories(field: toy.Field, post: Post, case_id: int, milestone: str = "planted") -> list[RungStory]:
    with post.engine.look() as work:
        found = why(post, work, field.actor("city"), case_id)
    assert {one.outcome for one in found.rungs} <= set(OUTCOMES)
    return [one for one in found.rungs if one.milestone == milestone]


def days(field: toy.Field, post: Post, first: date, last: date) -> None:
    while first <= last:
        morning(field, post, first)
        Dispatcher(post, "w1").run_once()
        first += timedelta(days=1)


def test_before_anything_is_said_the_whole_ladder_is_still_to_come(field: toy.Field, post: Post) -> None:
    case = field.open("g1")

    planned = [(one.rung, one.planned_on.isoformat(), one.outcome) for one in stories(field, post, case.id)]

    assert planned == [
        ("reminder_10", "2020-05-22", "coming"),
        ("reminder_5", "2020-05-29", "coming"),
        ("reminder_1", "2020-06-04", "coming"),
        ("chase", "2020-06-08", "coming"),
        ("chase", "2020-06-11", "coming"),
        ("supervision", "2020-06-12", "coming"),
        ("circular", "2020-06-19", "coming"),
    ]
    assert stories(field, post, case.id, "shown") == []


def test_a_rung_that_fired_names_its_mail_and_what_became_of_it_for_each_receiver(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    days(field, post, date(2020, 6, 1), date(2020, 6, 8))

    found = stories(field, post, case.id)
    assert [(one.rung, one.outcome) for one in found[:4]] == [
        ("reminder_10", "collapsed"),
        ("reminder_5", "fired"),
        ("reminder_1", "fired"),
        ("chase", "fired"),
    ]
    chase = found[3]
    assert chase.said is not None
    assert chase.said.mail is not None
    assert chase.said.mail.state == "partial"
    assert {one.address.split("@")[0]: one.state for one in chase.said.receivers} == {
        "east": "accepted",
        "east2": "refused",
        "east-head": "accepted",
    }


def test_what_was_done_in_time_needs_no_more_letters(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    days(field, post, date(2020, 5, 22), date(2020, 5, 22))
    with field.engine.work() as work:
        advance(field.engine, work, field.actor("east"), Command(case_id=case.id, step="plant"))

    assert [one.outcome for one in stories(field, post, case.id)] == ["fired", *["not_needed"] * 6]


def test_after_an_extension_both_ladders_are_told_and_the_letter_that_granted_it(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    days(field, post, date(2020, 5, 22), date(2020, 5, 22))
    with field.engine.work() as work:
        planted = deadlines.of_cases(work, [case.id])[case.id][0]
        extend(field.engine, work, field.actor("city"), planted.id, to_on=date(2020, 7, 10), reason="样例理由")
    toypost.compose_all(post)

    found = stories(field, post, case.id)
    assert [(one.generation, one.rung, one.outcome) for one in found[:2]] == [
        (1, "reminder_10", "fired"),
        (2, "reminder_10", "coming"),
    ]
    with post.engine.look() as work:
        letters = why(post, work, field.actor("east"), case.id).letters
    assert [one.notice.letter for one in letters] == ["extension_granted"]
    assert letters[0].mail is not None


def test_a_letter_that_went_to_somebody_else_says_why(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        people.change(work, people.by_login(work, "west").id, email=None)
    case = field.open("g1", "west")
    days(field, post, date(2020, 5, 22), date(2020, 5, 22))

    said = stories(field, post, case.id)[0].said
    assert said is not None
    assert said.reason is not None
    assert "西区: district_coordinator" in say(said.reason, "en")


def test_what_was_said_about_a_case_exists_for_its_district_only(field: toy.Field, post: Post) -> None:
    case = field.open("g1", "east")

    with pytest.raises(Hidden), post.engine.look() as work:
        why(post, work, field.actor("west"), case.id)
