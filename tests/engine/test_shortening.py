"""Extensions that went too far: refused beyond the campaign, shortened, taken back, with the letters set right."""

from datetime import date, timedelta

import pytest
import toy
from acceptance.following import as_person, mornings, standing, take

from engine import audit, reproject
from engine.access import SYSTEM
from engine.clock import FixedClock, at_morning
from engine.errors import NotAllowed, Refused
from engine.extensions import ask_extension, decide_extension, extend, pause, reply, resume
from engine.setup import apply_campaign
from engine.shortening import shorten, take_back
from engine.store import deadlines, notices
from engine.store.database import Database

JUNE = date(2020, 6, 5)
FAR = date(2021, 1, 29)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    field.open()
    return field


def planting(field: toy.Field) -> int:
    return standing(field, 1)["planted"].id


def due(field: toy.Field) -> tuple[date | None, int]:
    one = standing(field, 1)["planted"]
    return one.due_on, one.generation


def said(field: toy.Field) -> list[tuple[str, str]]:
    with field.engine.look() as work:
        return [(one.letter, one.state) for one in notices.of_case(work, 1)]


@pytest.mark.parametrize("day", [date(2021, 2, 1), date(2202, 6, 5)])
def test_a_day_beyond_the_campaign_is_refused_and_says_why(field: toy.Field, day: date) -> None:
    with pytest.raises(Refused) as refusal:
        as_person(field, "city", extend, planting(field), to_on=day, reason="样例")
    assert "2021" in str(refusal.value.sentence)
    with pytest.raises(Refused):
        as_person(field, "east", ask_extension, planting(field), to_on=day, reason="样例")


def test_a_campaign_may_allow_days_beyond_its_end(database: Database, clock: FixedClock) -> None:
    field = toy.prepare(database, clock, extend_beyond_close=True)
    field.open()

    assert as_person(field, "city", extend, planting(field), to_on=date(2021, 3, 1), reason="样例").due_on.year == 2021


def test_a_mistyped_year_is_refused_also_there_and_in_answers(database: Database, clock: FixedClock) -> None:
    field = toy.prepare(database, clock, extend_beyond_close=True)
    field.open()
    far = date(2120, 6, 5)

    for asked in (("city", extend), ("east", ask_extension)):
        with pytest.raises(Refused, match="is its year right"):
            as_person(field, asked[0], asked[1], planting(field), to_on=far, reason="样例")
    with pytest.raises(Refused, match="is its year right"):
        as_person(field, "east", reply, planting(field), promised_on=far, reason="样例")
    assert due(field) == (JUNE, 1)


def test_an_extension_that_was_taken_back_leaves_the_day_of_the_plan(field: toy.Field) -> None:
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")

    as_person(field, "city", take_back, planting(field), reason="样例：年份误填")

    assert due(field) == (JUNE, 3)
    with field.engine.look() as work:
        rows = deadlines.changes_of(work, [planting(field)])
    assert [(row.kind, row.from_on, row.to_on, row.reason) for row in rows] == [
        ("extend", JUNE, FAR, "样例"),
        ("take_back", FAR, JUNE, "样例：年份误填"),
    ]
    assert said(field) == [("extension_granted", "cancelled")]
    assert audit.verify(field.engine) == []


def test_its_ladder_speaks_again_for_the_day_of_the_plan(field: toy.Field) -> None:
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")
    as_person(field, "city", take_back, planting(field), reason="样例")

    mornings(field, date(2020, 5, 18), date(2020, 6, 8))

    spoken = [letter for letter, _ in said(field) if not letter.startswith("extension")]
    assert spoken == ["reminder", "reminder", "reminder", "chase"]


def test_an_extension_is_shortened_to_a_day_between(field: toy.Field) -> None:
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")

    as_person(field, "city", shorten, planting(field), to_on=date(2020, 6, 19), reason="样例：太久")

    assert due(field) == (date(2020, 6, 19), 3)
    assert said(field) == [("extension_granted", "cancelled"), ("extension_granted", "waiting")]
    assert audit.verify(field.engine) == []


@pytest.mark.parametrize(
    ("day", "told"), [(FAR, "2021"), (FAR + timedelta(days=1), "2021"), (JUNE, "2020"), (date(2020, 6, 1), "2020")]
)
def test_a_day_that_shortens_nothing_is_refused(field: toy.Field, day: date, told: str) -> None:
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")

    with pytest.raises(Refused) as refusal:
        as_person(field, "city", shorten, planting(field), to_on=day, reason="样例")
    assert told in str(refusal.value.sentence)


def test_what_has_passed_is_no_day_to_shorten_to(field: toy.Field) -> None:
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")
    field.at(at_morning(date(2020, 7, 1)))

    with pytest.raises(Refused):
        as_person(field, "city", shorten, planting(field), to_on=date(2020, 6, 19), reason="样例")
    as_person(field, "city", take_back, planting(field), reason="样例")
    assert due(field)[0] == JUNE


def test_only_an_extension_can_be_taken_back_and_only_by_the_level_above(field: toy.Field) -> None:
    for deed, more in ((take_back, {}), (shorten, {"to_on": date(2020, 6, 4)})):
        with pytest.raises(Refused):
            as_person(field, "city", deed, planting(field), reason="样例", **more)
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")
    with pytest.raises(NotAllowed):
        as_person(field, "east", take_back, planting(field), reason="样例")
    with pytest.raises(Refused):
        as_person(field, "city", take_back, planting(field), reason=" ")
    take(field, "east", 1, "plant")
    with pytest.raises(Refused):
        as_person(field, "city", take_back, planting(field), reason="样例")


def test_the_days_of_a_pause_stay_when_an_extension_goes(field: toy.Field) -> None:
    as_person(field, "city", pause, planting(field), reason="样例")
    field.at(at_morning(date(2020, 5, 22)))
    resumed = as_person(field, "city", resume, planting(field), reason="样例").due_on
    as_person(field, "city", extend, planting(field), to_on=FAR, reason="样例")

    as_person(field, "city", take_back, planting(field), reason="样例")

    assert due(field)[0] == resumed != JUNE
    assert audit.verify(field.engine) == []


def test_what_was_taken_back_follows_the_terms_again(field: toy.Field) -> None:
    change = as_person(field, "east", ask_extension, planting(field), to_on=FAR, reason="样例")
    as_person(field, "city", decide_extension, change, granted=True, reason="样例")
    as_person(field, "city", take_back, planting(field), reason="样例")
    body = toy.terms_body(milestones={"planted": "2020-06-12", "watered": "2020-06-30"})
    with field.engine.work() as work:
        apply_campaign(field.engine, work, SYSTEM, key="gardens-2020", kind="gardens", body=body)
    reproject.run(field.engine)

    assert due(field)[0] == date(2020, 6, 12)
    assert audit.verify(field.engine) == []
