"""Statements behind the figures of a moment: what stands now, and what the journal says has happened since."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, case, func, or_, select, tuple_, type_coerce, union

from engine.store.database import Work
from engine.store.journal import HOUSE
from engine.store.schema import cases, deadline_changes, deadlines, due_tally, journal, notices

SETTLING = ("propose", "return", "step", "send_back", "withdraw", "correct", "reinstate")
"""Journal entries after which a proposal waits, or no longer does."""

Found = Row[Any]
"""What a question about figures is answered with."""

CLAIM_DECIDED = '"what":"claim_decided"'


def moves_since(work: Work, campaign: str, flow: str, moment: datetime) -> list[Found]:
    """Cases touched since a moment, counted by district, state then (NULL: not there yet), state now and claim."""
    decided = type_coerce(journal.c.data, Text).contains(CLAIM_DECIDED, autoescape=True)
    first = (
        select(
            journal.c.case_id,
            func.min(journal.c.seq).label("seq"),
            func.max(case((decided, 1), else_=0)).label("decided"),
        )
        .where(journal.c.recorded_at >= moment, journal.c.campaign == campaign, journal.c.flow == flow)
        .group_by(journal.c.case_id)
        .subquery()
    )
    columns = (cases.c.district_id, journal.c.source, cases.c.state, cases.c.claimed, first.c.decided)
    statement = (
        select(*columns, func.count().label("n"))
        .select_from(first)
        .join(journal, and_(journal.c.case_id == first.c.case_id, journal.c.seq == first.c.seq))
        .join(cases, cases.c.id == first.c.case_id)
        .group_by(*columns)
    )
    return list(work.connection.execute(statement))


def awaited(work: Work, campaign: str) -> list[Found]:
    """Deadlines that districts are awaited for now, counted by district, flow, milestone and day."""
    columns = (due_tally.c.district_id, due_tally.c.flow, due_tally.c.milestone, due_tally.c.due_on, due_tally.c.n)
    return list(work.connection.execute(select(*columns).where(due_tally.c.campaign == campaign, due_tally.c.n != 0)))


def examined(work: Work, campaign: str, moment: datetime) -> list[Found]:
    """Every deadline, closed ones too, of the cases that something has happened to since."""
    statement = (
        select(deadlines, cases.c.claimed, cases.c.definition_id)
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(deadlines.c.case_id.in_(_touched(campaign, moment)))
        .order_by(deadlines.c.id)
    )
    return list(work.connection.execute(statement))


def entries_since(work: Work, campaign: str, moment: datetime) -> list[Found]:
    """What was journaled about cases of a campaign from a moment on, in order."""
    columns = (journal.c.case_id, journal.c.seq, journal.c.kind, journal.c.step, journal.c.data)
    where = and_(journal.c.recorded_at >= moment, _about_cases(campaign))
    return list(work.connection.execute(select(*columns).where(where).order_by(journal.c.id)))


def effects_of(work: Work, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    """The `data` of journal rows by (case, seq)."""
    if not places:
        return {}
    where = tuple_(journal.c.case_id, journal.c.seq).in_(list(places))
    rows = work.connection.execute(select(journal.c.case_id, journal.c.seq, journal.c.data).where(where))
    return {(row.case_id, row.seq): row.data for row in rows}


def proposals_at(work: Work, campaign: str, moment: datetime) -> dict[int, str | None]:
    """For cases touched since: the step that was waiting for confirmation at the moment, if one was."""
    last = (
        select(journal.c.case_id, func.max(journal.c.seq).label("seq"))
        .where(
            journal.c.case_id.in_(_touched(campaign, moment)),
            journal.c.recorded_at < moment,
            journal.c.kind.in_(SETTLING),
        )
        .group_by(journal.c.case_id)
        .subquery()
    )
    rows = work.connection.execute(
        select(journal.c.case_id, journal.c.kind, journal.c.step).join(
            last, and_(journal.c.case_id == last.c.case_id, journal.c.seq == last.c.seq)
        )
    )
    return {row.case_id: row.step if row.kind == "propose" else None for row in rows}


def proposed_at(
    work: Work, campaign: str, moment: datetime, touched: Mapping[int, str | None]
) -> dict[int, tuple[int, str, str]]:
    """Cases that waited for confirmation at the moment, with district, flow and step; `touched` have moved since."""
    columns = (cases.c.id, cases.c.district_id, cases.c.flow, cases.c.proposed_step)
    waiting = and_(cases.c.campaign == campaign, cases.c.proposed_step.is_not(None), cases.c.proposed_at < moment)
    now = work.connection.execute(select(*columns).where(waiting)).all()
    found = {row.id: (row.district_id, row.flow, row.proposed_step) for row in now if row.id not in touched}
    then = {key: step for key, step in touched.items() if step}
    for row in work.connection.execute(select(*columns).where(cases.c.id.in_(list(then)))) if then else ():
        found[row.id] = (row.district_id, row.flow, then[row.id])
    return found


def requests_at(
    work: Work, campaign: str, moment: datetime, answered: Collection[int], closed: Collection[int]
) -> list[Found]:
    """Extensions asked for before the moment that waited then: not answered yet, for a deadline still to be met.

    `answered` requests and `closed` deadlines became that only since.
    """
    change, one = deadline_changes, deadlines
    unanswered = or_(change.c.status == "asked", change.c.id.in_(list(answered)))
    unmet = or_(one.c.state == "open", one.c.id.in_(list(closed)))
    waiting = and_(unanswered, unmet)
    columns = (one.c.district_id, one.c.flow, one.c.milestone, change.c.reason, change.c.to_on, cases.c.subject_name)
    statement = (
        select(*columns)
        .join(one, one.c.id == change.c.deadline_id)
        .join(cases, cases.c.id == one.c.case_id)
        .where(change.c.campaign == campaign, change.c.kind == "extend", change.c.recorded_at < moment, waiting)
        .order_by(change.c.id)
    )
    return list(work.connection.execute(statement))


def days_moved(work: Work, campaign: str, moment: datetime, granted: Collection[int]) -> dict[int, date | None]:
    """The day each deadline had at the moment, for those whose day was moved since; `granted` were asked before it."""
    moved = and_(deadline_changes.c.to_on.is_not(None), deadline_changes.c.kind != "reply")
    since = or_(deadline_changes.c.recorded_at >= moment, deadline_changes.c.id.in_(list(granted)))
    statement = (
        select(deadline_changes.c.deadline_id, deadline_changes.c.from_on)
        .join(deadlines, deadlines.c.id == deadline_changes.c.deadline_id)
        .where(deadlines.c.campaign == campaign, deadline_changes.c.status == "done", moved, since)
        .order_by(deadline_changes.c.id.desc())
    )
    return {row.deadline_id: row.from_on for row in work.connection.execute(statement)}


def met_late(work: Work, campaign: str, since: date, until: date) -> list[Found]:
    """Deadlines met late by a day within the period: id and district."""
    where = and_(
        deadlines.c.campaign == campaign,
        deadlines.c.state == "met",
        deadlines.c.verdict == "late",
        deadlines.c.met_on.between(since, until),
    )
    return list(work.connection.execute(select(deadlines.c.id, deadlines.c.district_id).where(where)))


def levels_said(
    work: Work, campaign: str, moment: datetime, moved: Mapping[int, date | None]
) -> set[tuple[int, str, date | None, str]]:
    """Which levels the ladder had reached by the moment, by district, milestone and the day that held then.

    `moved` gives that day for deadlines that have another one now.
    """
    said = and_(notices.c.campaign == campaign, notices.c.created_at < moment)
    columns = (notices.c.district_id, deadlines.c.milestone, deadlines.c.due_on, notices.c.kind)
    joined = select(*columns).join(deadlines, deadlines.c.id == notices.c.deadline_id)
    unmoved = joined.where(said, deadlines.c.id.not_in(list(moved))).distinct()
    single = joined.add_columns(deadlines.c.id).where(said, deadlines.c.id.in_(list(moved))).distinct()
    return {
        *((row[0], row[1], row[2], row[3]) for row in work.connection.execute(unmoved)),
        *((row[0], row[1], moved[row[4]], row[3]) for row in work.connection.execute(single)),
    }


def deadline_entries(work: Work, campaign: str, since: datetime, moment: datetime) -> list[Found]:
    """What was done to deadlines by hand between two instants, with the subject it is about."""
    columns = (journal.c.district_id, journal.c.flow, journal.c.data, journal.c.reason, cases.c.subject_name)
    where = and_(
        journal.c.campaign == campaign,
        journal.c.kind == "deadline",
        journal.c.recorded_at >= since,
        journal.c.recorded_at < moment,
    )
    statement = select(*columns).join(cases, cases.c.id == journal.c.case_id).where(where).order_by(journal.c.id)
    return list(work.connection.execute(statement))


def count_entries(work: Work, campaign: str, since: datetime, moment: datetime) -> int:
    """How much was journaled about a campaign's cases between two instants."""
    where = and_(_about_cases(campaign), journal.c.recorded_at >= since, journal.c.recorded_at < moment)
    return int(work.connection.execute(select(func.count()).select_from(journal).where(where)).scalar_one())


def _about_cases(campaign: str) -> ColumnElement[bool]:
    """Journal rows of a campaign's cases; its terms are changed in the chain of the house."""
    return and_(journal.c.campaign == campaign, journal.c.case_id != HOUSE)


def _touched(campaign: str, moment: datetime) -> Select[Any] | Any:
    """Numbers of cases that something has happened to since a moment, by journal or ledger."""
    told = and_(journal.c.recorded_at >= moment, _about_cases(campaign))
    changed = (
        select(deadlines.c.case_id)
        .join(deadline_changes, deadline_changes.c.deadline_id == deadlines.c.id)
        .where(deadline_changes.c.recorded_at >= moment, deadline_changes.c.campaign == campaign)
    )
    return union(select(journal.c.case_id).where(told), changed)
