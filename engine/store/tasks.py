"""What waits for the level above: proposals, extensions asked for, claims, mails that somebody has to look at."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, or_, select

from engine.model import Case
from engine.store.areas import Area
from engine.store.cases import as_case
from engine.store.database import Work
from engine.store.mails import Mail, as_mail
from engine.store.numbers import Number, up_to
from engine.store.schema import cases, deadline_changes, deadlines, mails, notices, organisations, rung_fires
from engine.store.schema.mail import WATCHED

TROUBLED: Final = ("partial", "doubt", "dead")
"""States of mails that did not reach everybody."""


def claimed(work: Work, campaign: str, area: Area, after: int, limit: int) -> list[Case]:
    """Cases that two districts named and nobody has decided."""
    where = (cases.c.campaign == campaign, cases.c.claimed, cases.c.resume_state.is_(None), cases.c.id > after)
    statement = select(cases).where(*where, area.holds(cases.c.district_id)).order_by(cases.c.id).limit(limit)
    return [as_case(row) for row in work.connection.execute(statement)]


def asked(work: Work, campaign: str, area: Area, after: int, limit: int) -> list[Row[Any]]:
    """Extensions that wait for an answer, the oldest first, with their case, milestone and district."""
    changes = deadline_changes
    statement = (
        select(
            changes,
            deadlines.c.case_id,
            deadlines.c.milestone,
            cases.c.subject_name,
            cases.c.definition_id,
            organisations.c.name.label("district"),
        )
        .join(organisations, organisations.c.id == changes.c.district_id)
        .join(deadlines, deadlines.c.id == changes.c.deadline_id)
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(changes.c.campaign == campaign, changes.c.status == "asked", deadlines.c.state == "open")
        .where(changes.c.id > after, area.holds(changes.c.district_id))
    )
    return list(work.connection.execute(statement.order_by(changes.c.id).limit(limit)))


def extended(
    work: Work, campaign: str, area: Area, before: int | None, limit: int, *, milestone: str | None = None
) -> list[Row[Any]]:
    """Extensions that were granted of deadlines that are still open, the latest first: their ledger rows."""
    statement = _extended(campaign, area, milestone, [deadline_changes])
    if before is not None:
        statement = statement.where(deadline_changes.c.id < before)
    return list(work.connection.execute(statement.order_by(deadline_changes.c.id.desc()).limit(limit)))


def number_extended(campaign: str, area: Area, most: int, *, milestone: str | None = None) -> Number:
    return up_to(_extended(campaign, area, milestone, [deadline_changes.c.id]), most)


def _extended(campaign: str, area: Area, milestone: str | None, columns: Sequence[Any]) -> Select[Any]:
    changes = deadline_changes
    found = (
        select(*columns)
        .join(deadlines, deadlines.c.id == changes.c.deadline_id)
        .where(changes.c.campaign == campaign, changes.c.kind == "extend", changes.c.status == "done")
        .where(deadlines.c.state == "open", area.holds(changes.c.district_id))
    )
    return found if milestone is None else found.where(deadlines.c.milestone == milestone)


def watched(
    work: Work, campaign: str, area: Area, states: Collection[str], *, after: int = 0, limit: int
) -> list[Mail]:
    """Mails in states that somebody has to look at, the oldest first; one that was sent again is settled."""
    again = mails.alias()
    where = [
        *_watched(campaign, area, states),
        mails.c.id > after,
        ~select(again.c.id).where(again.c.resend_of == mails.c.id).exists(),
    ]
    statement = select(mails).where(*where).order_by(mails.c.id).limit(limit)
    return [as_mail(row) for row in work.connection.execute(statement)]


def number_watched(campaign: str, area: Area, states: Collection[str], most: int) -> Number:
    again = mails.alias()
    settled = select(again.c.id).where(again.c.resend_of == mails.c.id).exists()
    return up_to(select(mails.c.id).where(*_watched(campaign, area, states), ~settled), most)


def said(work: Work, deadline_ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """The last that the ladder said of each deadline in its present generation beyond reminding, and when."""
    if not deadline_ids:
        return {}
    statement = (
        select(rung_fires.c.deadline_id, notices.c.kind, rung_fires.c.fired_at)
        .join(deadlines, deadlines.c.id == rung_fires.c.deadline_id)
        .join(notices, notices.c.id == rung_fires.c.notice_id)
        .where(
            rung_fires.c.deadline_id.in_(deadline_ids),
            rung_fires.c.generation == deadlines.c.generation,
            rung_fires.c.outcome == "fired",
            notices.c.kind != "reminder",
        )
        .order_by(rung_fires.c.fired_at)
    )
    return {row.deadline_id: (row.kind, row.fired_at) for row in work.connection.execute(statement)}


def answered(work: Work, deadline_ids: Collection[int]) -> dict[int, datetime]:
    """When the district last answered for each deadline."""
    if not deadline_ids:
        return {}
    changes = deadline_changes
    rows = work.connection.execute(
        select(changes.c.deadline_id, func.max(changes.c.recorded_at).label("at"))
        .where(changes.c.deadline_id.in_(deadline_ids), changes.c.kind == "reply")
        .group_by(changes.c.deadline_id)
    )
    return {row.deadline_id: row.at for row in rows}


def first_awaited(work: Work, held: Sequence[Case]) -> dict[int, int]:
    """The deadline behind the first day that each case's district is awaited for."""
    found: dict[int, list[tuple[Any, int]]] = defaultdict(list)
    statement = select(deadlines.c.case_id, deadlines.c.awaited_on, deadlines.c.id).where(
        deadlines.c.case_id.in_([case.id for case in held]), deadlines.c.awaited_on.is_not(None)
    )
    for row in work.connection.execute(statement):
        found[row.case_id].append((row.awaited_on, row.id))
    return {case_id: min(every)[1] for case_id, every in found.items()}


def _watched(campaign: str, area: Area, states: Collection[str]) -> list[ColumnElement[bool]]:
    """The condition of the index stands there in its own words, or a database would not see that it holds."""
    named = or_(mails.c.campaign == campaign, mails.c.campaign.is_(None))
    watched: ColumnElement[bool] = literal_column(WATCHED.replace("state", "mails.state", 1))
    return [mails.c.state.in_(states), watched, named, area.holds(mails.c.district_id)]
