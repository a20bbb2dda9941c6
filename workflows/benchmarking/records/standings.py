"""Where the enterprises of a campaign stood at a past moment, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, case, func, select, type_coerce

from engine.store.database import Work
from engine.store.schema import cases, journal, organisations
from workflows.benchmarking.records.nominations import FLOW

CLAIM_DECIDED = '"what":"claim_decided"'
"""What the journal writes when a claim ends in favour of the case."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A case as it stood: `state` is that of the moment."""

    case_id: int
    district: str
    subject_name: str
    state: str


def stood_at(work: Work, campaign: str, moment: datetime) -> Sequence[Stood]:
    """Unclaimed cases that were there at the moment, in official order of districts, then in that of the lists."""
    decided = case((type_coerce(journal.c.data, Text).contains(CLAIM_DECIDED, autoescape=True), 1), else_=0)
    since = (
        select(journal.c.case_id, func.min(journal.c.seq).label("seq"), func.max(decided).label("decided"))
        .where(journal.c.recorded_at >= moment, journal.c.campaign == campaign, journal.c.flow == FLOW)
        .group_by(journal.c.case_id)
        .subquery()
    )
    then = and_(journal.c.case_id == since.c.case_id, journal.c.seq == since.c.seq)
    rows = work.connection.execute(
        select(
            cases.c.id,
            cases.c.subject_name,
            cases.c.state,
            cases.c.claimed,
            organisations.c.name.label("district"),
            since.c.seq,
            since.c.decided,
            journal.c.source,
        )
        .join(organisations, organisations.c.id == cases.c.district_id)
        .outerjoin(since, since.c.case_id == cases.c.id)
        .outerjoin(journal, then)
        .where(cases.c.campaign == campaign, cases.c.flow == FLOW)
        .order_by(organisations.c.position, cases.c.id)
    )
    return [Stood(row.id, row.district, row.subject_name, _state(row)) for row in rows if _was_there(row)]


def _was_there(row: Any) -> bool:
    """Not opened since, and claimed neither then nor now."""
    return not row.claimed and not row.decided and (row.seq is None or row.source is not None)


def _state(row: Any) -> str:
    """The state before the first thing that happened since; the present one where nothing did."""
    state: str = row.state if row.seq is None else row.source
    return state
