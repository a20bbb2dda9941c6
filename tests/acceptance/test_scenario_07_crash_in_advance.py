"""Scenario 7: a process killed at any write point of a step leaves all of the step or nothing of it."""

import signal
from typing import Any

import pytest
import toy
from acceptance.children import deeds
from acceptance.children.nursery import Child
from acceptance.children.points import Point, count_writes, every_point
from acceptance.following import as_person, case_of, history, take
from sqlalchemy import select

from engine import audit
from engine.cases import Done
from engine.judging import Command
from engine.proposals import propose
from engine.store.schema import metadata

pytestmark = pytest.mark.acceptance(7)

DEEDS = {
    "plant": ("advance", "east"),
    "return_planting": ("advance", "institute"),
    "show": ("confirm", "city"),
}
"""Steps that meet a milestone, that open a deadline and a letter, and that end a proposal."""


def bring_before(field: toy.Field, step: str, subject: str) -> int:
    """A case from which the step can be taken."""
    case = field.open(subject)
    if step != "plant":
        take(field, "east", case.id, "plant")
    if step == "show":
        take(field, "east", case.id, "water")
        as_person(field, "east", propose, Command(case_id=case.id, step="show"))
    return case.id


def order_of(case_id: int, step: str) -> Command:
    return Command(case_id=case_id, step=step, reason="样例理由", key=f"{step} {case_id}")


def everything(field: toy.Field) -> dict[str, list[Any]]:
    """Every row of the database."""
    with field.engine.look() as work:
        return {
            table.name: sorted(map(str, work.connection.execute(select(table)))) for table in metadata.sorted_tables
        }


def kill_at(field: toy.Field, url: str, step: str, point: Point) -> tuple[int, bool]:
    """Let a process take the step and die at the point; the case, and whether the step stands."""
    deed, login = DEEDS[step]
    case_id = bring_before(field, step, f"{step} {point}")
    before, entries = everything(field), len(history(field, case_id))

    child = Child(
        deeds.take_and_die, url, field.clock.now(), login=login, deed=deed, order=order_of(case_id, step), at=point
    )
    assert child.hear() is None, point
    assert child.end() == -signal.SIGKILL

    stands = len(history(field, case_id)) == entries + 1
    assert stands or everything(field) == before, point
    assert audit.verify(field.engine) == [], point
    return case_id, stands


@pytest.mark.parametrize("step", DEEDS)
def test_whatever_the_point_all_of_the_step_stands_or_nothing_and_it_can_be_sent_again(
    field: toy.Field, database_url: str, step: str
) -> None:
    deed, login = DEEDS[step]
    sample = bring_before(field, step, "sample")
    writes = count_writes(
        field.engine.database, lambda: as_person(field, login, deeds.DEEDS[deed], order_of(sample, step))
    )
    assert writes >= 5

    standing = []
    for point in every_point(writes):
        case_id, stands = kill_at(field, database_url, step, point)
        standing.append((point, stands))
        again = as_person(field, login, deeds.DEEDS[deed], order_of(case_id, step))
        assert isinstance(again, Done), point
        assert case_of(field, case_id).version == again.version

    assert [str(point) for point, stands in standing if stands] == ["after commit"]
