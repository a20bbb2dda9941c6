"""Scenario 17: a paused deadline has as many working days left as it had, says nothing meanwhile, and tells why."""

from collections.abc import Callable
from datetime import date

import pytest
import toy
from acceptance.following import as_person, history, mornings, standing, take, told

from engine.clock import at_morning
from engine.errors import NotAllowed, Refused
from engine.extensions import extend, pause, resume
from engine.store import deadlines
from engine.workdays import Workdays

pytestmark = pytest.mark.acceptance(17)


@pytest.fixture
def field(prepare: Callable[..., toy.Field]) -> toy.Field:
    """Gardens whose planting is due ten working days after the opening on 15 May: on Friday 29 May."""
    return prepare(milestones={"planted": "2020-05-29", "watered": "2020-06-30"})


def test_of_ten_working_days_with_four_used_six_remain_after_a_pause(field: toy.Field) -> None:
    case = field.open()
    key = standing(field, case.id)["planted"].id
    assert Workdays().between(date(2020, 5, 15), date(2020, 5, 29)) == 10

    mornings(field, date(2020, 5, 15), date(2020, 5, 20))
    field.at(at_morning(date(2020, 5, 21), "10:00"))
    as_person(field, "city", pause, key, reason="样例：停工")
    mornings(field, date(2020, 5, 22), date(2020, 5, 27))
    field.at(at_morning(date(2020, 5, 28), "10:00"))
    resumed = as_person(field, "city", resume, key, reason="样例：复工")

    # 29 May, then 1 to 5 June
    assert Workdays().between(date(2020, 5, 28), resumed.due_on) == 6
    assert (resumed.due_on, resumed.original_on, resumed.generation) == (date(2020, 6, 5), date(2020, 5, 29), 2)
    # a day's own reminder of five working days lies before the pause, on the 22nd
    assert told(field, case.id, "planted") == []
    mornings(field, date(2020, 5, 29), date(2020, 6, 8))
    assert told(field, case.id, "planted") == [
        ("2020-05-29", "reminder"),
        ("2020-06-04", "reminder"),
        ("2020-06-08", "chase"),
    ]


def test_the_ledger_and_the_journal_explain_the_day(field: toy.Field) -> None:
    case = field.open()
    key = standing(field, case.id)["planted"].id
    field.at(at_morning(date(2020, 5, 21), "10:00"))
    as_person(field, "city", pause, key, reason="样例：停工")
    field.at(at_morning(date(2020, 5, 28), "10:00"))
    as_person(field, "city", resume, key, reason="样例：复工")

    with field.engine.look() as work:
        ledger = deadlines.changes_of(work, [key])
    assert [(row.kind, row.from_on, row.to_on, row.reason, row.recorded_on) for row in ledger] == [
        ("pause", date(2020, 5, 29), None, "样例：停工", date(2020, 5, 21)),
        ("resume", date(2020, 5, 29), date(2020, 6, 5), "样例：复工", date(2020, 5, 28)),
    ]
    told = [(entry.data["what"], entry.reason) for entry in history(field, case.id)[1:]]
    assert told == [("pause", "样例：停工"), ("resume", "样例：复工")]


def test_a_pause_over_a_weekend_moves_nothing(field: toy.Field) -> None:
    case = field.open()
    key = standing(field, case.id)["planted"].id
    field.at(at_morning(date(2020, 5, 22), "18:00"))
    as_person(field, "city", pause, key, reason="样例")
    field.at(at_morning(date(2020, 5, 24), "18:00"))

    resumed = as_person(field, "city", resume, key, reason="样例")

    assert (resumed.due_on, resumed.generation, resumed.paused_on) == (date(2020, 5, 29), 1, None)


def test_what_is_paused_can_still_be_met_and_is_in_time(field: toy.Field) -> None:
    case = field.open()
    key = standing(field, case.id)["planted"].id
    as_person(field, "city", pause, key, reason="样例")
    field.at(at_morning(date(2020, 5, 28), "10:00"))

    take(field, "east", case.id, "plant")

    assert (standing(field, case.id)["planted"].state, standing(field, case.id)["planted"].verdict) == (
        "met",
        "on_time",
    )


def test_a_day_given_during_the_pause_moves_by_the_pause_too(field: toy.Field) -> None:
    case = field.open()
    key = standing(field, case.id)["planted"].id
    field.at(at_morning(date(2020, 5, 21), "10:00"))
    as_person(field, "city", pause, key, reason="样例")
    as_person(field, "city", extend, key, to_on=date(2020, 6, 2), reason="样例")
    mornings(field, date(2020, 5, 22), date(2020, 5, 25))
    field.at(at_morning(date(2020, 5, 25), "10:00"))

    resumed = as_person(field, "city", resume, key, reason="样例")

    assert resumed.due_on == date(2020, 6, 4)
    assert told(field, case.id, "planted") == [("2020-05-21", "extension_granted")]


def test_only_a_running_deadline_with_a_day_is_paused_by_the_level_above_and_with_a_reason(field: toy.Field) -> None:
    case = field.open()
    days = standing(field, case.id)

    with pytest.raises(Refused, match="no day"):
        as_person(field, "city", pause, days["shown"].id, reason="样例")
    with pytest.raises(Refused, match="not paused"):
        as_person(field, "city", resume, days["planted"].id, reason="样例")
    with pytest.raises(Refused, match="reason"):
        as_person(field, "city", pause, days["planted"].id, reason=" ")
    with pytest.raises(NotAllowed):
        as_person(field, "east", pause, days["planted"].id, reason="样例")
    as_person(field, "city", pause, days["planted"].id, reason="样例")
    with pytest.raises(Refused, match="paused already"):
        as_person(field, "city", pause, days["planted"].id, reason="样例")
