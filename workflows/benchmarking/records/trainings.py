"""Trainings on the plans, and whom they reached."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from engine.store.database import Work, insert_id
from workflows.benchmarking.model import Training
from workflows.benchmarking.records.schema import training_cases, trainings
from workflows.benchmarking.records.sets import WANTED, insert_absent, rows_for


def add(work: Work, fields: Mapping[str, Any]) -> int:
    return insert_id(work, trainings, {**fields, "recorded_at": work.now})


def attend(work: Work, training_id: int, case_ids: Collection[int]) -> None:
    insert_absent(work, training_cases, [{"case_id": key, "training_id": training_id} for key in case_ids])


def same(work: Work, fields: Mapping[str, Any]) -> int | None:
    """A training already on record with the same topic, day and papers."""
    names = ("campaign", "district_id", "topic", "held_on", "notice_sha", "attendance_sha")
    where = (trainings.c[name].is_not_distinct_from(fields[name]) for name in names)
    return work.connection.execute(select(trainings.c.id).where(*where).limit(1)).scalar_one_or_none()


def of_cases(work: Work, case_ids: Collection[int]) -> dict[int, tuple[Training, ...]]:
    """Trainings by case, oldest first."""
    statement = (
        select(training_cases.c.case_id, trainings)
        .join(trainings, trainings.c.id == training_cases.c.training_id)
        .where(training_cases.c.case_id.in_(bindparam(WANTED, expanding=True)))
        .order_by(training_cases.c.case_id, trainings.c.held_on, trainings.c.id)
    )
    found: dict[int, tuple[Training, ...]] = {}
    for row in rows_for(work, statement, case_ids):
        one = Training(**{name: row._mapping[name] for name in Training.__slots__})  # noqa: SLF001
        found[row.case_id] = (*found.get(row.case_id, ()), one)
    return found
