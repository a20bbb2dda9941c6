"""Scenario 11: an enterprise leaves with a reason, another takes its place, and together they count once."""

from datetime import date

import pytest
import toy
from acceptance.following import as_person, case_of, codes, history, mornings, said, standing, take

from engine.cases import Done
from engine.clock import at_morning
from engine.errors import Refused
from engine.leaving import correct, reinstate, replace
from engine.store import cases, deadlines

pytestmark = pytest.mark.acceptance(11)


def swap(field: toy.Field) -> tuple[int, int]:
    """One enterprise that has left, another in its place."""
    leaving = field.open("leaving")
    field.at(at_morning(date(2020, 6, 1), "10:00"))
    take(field, "east", leaving.id, "withdraw", reason="样例：停产")
    joining = field.open("joining")
    as_person(field, "east", replace, leaving_id=leaving.id, joining_id=joining.id, reason="样例：替补")
    return leaving.id, joining.id


def test_who_leaves_ends_with_a_reason_and_is_chased_no_more(field: toy.Field) -> None:
    leaving, _ = swap(field)

    assert {name: one.state for name, one in standing(field, leaving).items()} == {
        "planted": "cancelled",
        "watered": "cancelled",
        "shown": "cancelled",
    }
    withdrawal = history(field, leaving)[1]
    assert (withdrawal.kind, withdrawal.reason) == ("withdraw", "样例：停产")
    mornings(field, date(2020, 6, 2), date(2020, 6, 19))
    assert said(field, leaving) == []


def test_leaving_without_a_reason_is_refused(field: toy.Field) -> None:
    case = field.open()

    assert codes(take(field, "east", case.id, "withdraw")) == ["REASON_MISSING"]


def test_both_journals_tell_of_the_exchange(field: toy.Field) -> None:
    leaving, joining = swap(field)

    assert (case_of(field, leaving).replaced_by_id, case_of(field, joining).replaces_id) == (joining, leaving)
    assert history(field, leaving)[-1].data == {"replaced_by": joining}
    assert history(field, joining)[1].data == {"replaces": leaving}
    assert history(field, joining)[1].reason == "样例：替补"


def test_the_two_count_as_one(field: toy.Field) -> None:
    leaving, _ = swap(field)

    east = case_of(field, leaving).district_id
    with field.engine.look() as work:
        counted = cases.counts(work, "gardens-2020", "garden")
    assert counted == {(east, "named"): 1, (east, "withdrawn"): 1}


def test_who_takes_a_place_has_at_least_the_newcomers_time(field: toy.Field) -> None:
    _, joining = swap(field)

    # twenty working days from 1 June, with the Dragon Boat holiday of 25 and 26 June and the 28th worked
    now = standing(field, joining)
    assert (now["planted"].original_on, now["planted"].due_on) == (date(2020, 6, 5), date(2020, 6, 30))
    assert now["watered"].due_on == date(2020, 6, 30)
    with field.engine.look() as work:
        (change,) = deadlines.changes_of(work, [now["planted"].id])
    assert (change.kind, change.from_on, change.to_on) == ("recalculated", date(2020, 6, 5), date(2020, 6, 30))


@pytest.mark.parametrize(
    ("leaving", "joining", "reason"),
    [
        ("stays", "fresh", "样例"),
        ("gone", "gone", "样例"),
        ("gone", "gone too", "样例"),
        ("gone", "western", "样例"),
        ("gone", "replacing", "样例"),
        ("replaced", "fresh", "样例"),
        ("gone", "fresh", " "),
    ],
)
def test_only_a_taking_part_enterprise_of_the_district_takes_the_place_of_one_that_left(
    field: toy.Field, leaving: str, joining: str, reason: str
) -> None:
    ids = {name: field.open(name).id for name in ("stays", "fresh", "gone", "gone too", "replaced", "replacing")}
    ids["western"] = field.open("western", "west").id
    for name in ("gone", "gone too", "replaced"):
        take(field, "east", ids[name], "withdraw", reason="样例")
    as_person(field, "city", replace, leaving_id=ids["replaced"], joining_id=ids["replacing"], reason="样例")

    with pytest.raises(Refused):
        as_person(field, "city", replace, leaving_id=ids[leaving], joining_id=ids[joining], reason=reason)


def test_who_has_been_replaced_comes_back_only_after_the_replacement_has_left(field: toy.Field) -> None:
    leaving, joining = swap(field)

    with pytest.raises(Refused, match="replaced"):
        as_person(field, "city", reinstate, leaving, reason="样例：复产")
    with pytest.raises(Refused, match="replaced"):
        as_person(field, "city", correct, leaving, reason="样例：复产")
    assert isinstance(take(field, "east", joining, "withdraw", reason="样例：又退出"), Done)
    back = as_person(field, "city", reinstate, leaving, reason="样例：复产")

    assert (back.state, back.replaced_by_id, case_of(field, joining).replaces_id) == ("named", None, None)
    assert [one.state for one in standing(field, leaving).values()] == ["open"] * 3


def test_a_reinstated_enterprise_has_the_state_and_the_days_it_had(field: toy.Field) -> None:
    case = field.open()
    take(field, "east", case.id, "plant")
    before = standing(field, case.id)
    take(field, "east", case.id, "withdraw", reason="样例：停产")

    as_person(field, "city", reinstate, case.id, reason="样例：复产")

    assert case_of(field, case.id).state == "planted"
    assert standing(field, case.id) == before
