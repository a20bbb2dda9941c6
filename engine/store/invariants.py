"""Questions that find what contradicts the engine's promises; each answers with rows, none means all is well."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Row, Select, Text, and_, func, or_, select, text, type_coerce

from engine.chain import GENESIS, Link, link_hash
from engine.model import Recorded
from engine.store import journal as journal_rows
from engine.store.database import Work
from engine.store.schema import (
    cases,
    deadlines,
    definitions,
    journal,
    mails,
    notices,
    recipients,
    request_keys,
    rung_fires,
    triggers,
)
from engine.words import Sentence, tr


def broken_links(work: Work) -> Iterator[tuple[int, int, Sentence]]:
    """(case, seq, what is wrong) of journal rows that do not follow from the row before; the first of each case."""
    head: tuple[int, int, str] = (-1, 0, GENESIS)
    reported = -1
    for row in _all_rows(work):
        if row.case_id != head[0]:
            head = (row.case_id, 0, GENESIS)
        if row.case_id == reported:
            continue
        fault = _fault(row, head[1], head[2])
        if fault:
            reported = row.case_id
            yield row.case_id, row.seq, fault
        head = (row.case_id, row.seq, row.hash)


def cut_tails(work: Work) -> list[Row[Any]]:
    """Cases whose head is not their last journal row: rows were cut off or slipped in."""
    last = (
        select(journal.c.case_id, func.max(journal.c.seq).label("seq"), func.count().label("n"))
        .where(journal.c.case_id > 0)
        .group_by(journal.c.case_id)
        .subquery()
    )
    statement = (
        select(cases.c.id, cases.c.journal_seq, last.c.seq)
        .outerjoin(last, last.c.case_id == cases.c.id)
        .where(or_(last.c.seq.is_(None), last.c.seq != cases.c.journal_seq, last.c.n != cases.c.journal_seq))
    )
    return list(work.connection.execute(statement))


def wrong_heads(work: Work) -> list[Row[Any]]:
    """I1: cases whose head hash is not that of their last journal row."""
    statement = select(cases.c.id).join(
        journal, and_(journal.c.case_id == cases.c.id, journal.c.seq == cases.c.journal_seq)
    )
    return _rows(work, statement.where(journal.c.hash != cases.c.journal_hash))


def lost_cases(work: Work) -> frozenset[int]:
    """Numbers under which there are deadlines, but no case."""
    statement = select(deadlines.c.case_id).outerjoin(cases, cases.c.id == deadlines.c.case_id).distinct()
    return frozenset(work.connection.execute(statement.where(cases.c.id.is_(None))).scalars())


def histories(work: Work) -> Iterator[Recorded]:
    """The journal case by case, each from its first entry to its last."""
    statement = select(journal).where(journal.c.case_id != journal_rows.HOUSE)
    yield from _stream(work, statement.order_by(journal.c.case_id, journal.c.seq))


def recordings(work: Work, kinds: Collection[str]) -> Iterator[Recorded]:
    """Entries of these kinds about cases, in the order in which they were recorded."""
    statement = select(journal).where(journal.c.case_id != journal_rows.HOUSE, journal.c.kind.in_(kinds))
    yield from _stream(work, statement.order_by(journal.c.id))


def _stream(work: Work, statement: Select[Any]) -> Iterator[Recorded]:
    for row in work.connection.execute(statement.execution_options(yield_per=2_000)):
        yield journal_rows.recorded(row)


def missing_triggers(work: Work) -> tuple[str, ...]:
    """Triggers that should keep tables append-only and are not there, are switched off, or say something else."""
    if work.on_sqlite:
        kept = set(work.connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())
        return tuple(one.split()[2] for one in triggers.statements("sqlite") if one not in kept)
    enabled = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    present = set(work.connection.execute(text(enabled)).scalars())
    return tuple(f"{table}_keeps" for table in triggers.APPEND_ONLY if f"{table}_keeps" not in present)


def doubled_keys(work: Work) -> list[Row[Any]]:
    """I2: answers kept under two keys for one effect."""
    return _rows(
        work,
        select(request_keys.c.answer, func.count()).group_by(request_keys.c.answer).having(func.count() > 1),
    )


def strange_fires(work: Work) -> list[Row[Any]]:
    """I4: rungs of a generation that its deadline never had."""
    statement = select(rung_fires.c.deadline_id, rung_fires.c.rung).join(
        deadlines, deadlines.c.id == rung_fires.c.deadline_id
    )
    return _rows(work, statement.where(rung_fires.c.generation > deadlines.c.generation))


def unsaid_fires(work: Work) -> list[Row[Any]]:
    """I4: fired rungs without the notice they are for."""
    statement = select(rung_fires.c.deadline_id, rung_fires.c.rung).outerjoin(
        notices, notices.c.id == rung_fires.c.notice_id
    )
    return _rows(work, statement.where(rung_fires.c.outcome == "fired", notices.c.id.is_(None)))


def unsent_mails(work: Work) -> list[Row[Any]]:
    """I6: mails marked sent that no recipient's server took."""
    accepted = select(recipients.c.mail_id).where(recipients.c.state.in_(["accepted", "bounced"]))
    return _rows(
        work,
        select(mails.c.id, mails.c.subject).where(mails.c.state == "sent", mails.c.id.not_in(accepted)),
    )


def lost_notices(work: Work) -> list[Row[Any]]:
    """I6: notices said to be in a mail that is not there."""
    statement = select(notices.c.id, notices.c.letter).outerjoin(mails, mails.c.id == notices.c.mail_id)
    return _rows(work, statement.where(notices.c.state == "composed", mails.c.id.is_(None)))


def strangers(work: Work) -> list[Row[Any]]:
    """I9: cases pinned to a definition that is not stored, or that is another flow's."""
    statement = select(cases.c.id, cases.c.state).outerjoin(definitions, definitions.c.id == cases.c.definition_id)
    return _rows(work, statement.where(or_(definitions.c.id.is_(None), definitions.c.flow != cases.c.flow)))


def states(work: Work) -> list[Row[Any]]:
    """I9: definitions that are stored, each with the states in which its cases stand."""
    statement = select(cases.c.definition_id, cases.c.state).join(definitions).distinct()
    return _rows(work, statement.order_by(cases.c.definition_id, cases.c.state))


def standing_in(work: Work, definition_id: int, state: str) -> list[Row[Any]]:
    where = and_(cases.c.definition_id == definition_id, cases.c.state == state)
    return _rows(work, select(cases.c.id, cases.c.state).where(where))


def confirmed_entries(work: Work) -> list[Row[Any]]:
    """Journal rows of steps that somebody had proposed, for I11."""
    return _rows(
        work,
        select(journal.c.case_id, journal.c.seq, journal.c.person_id, journal.c.on_behalf_of, journal.c.data).where(
            journal.c.kind == "step", type_coerce(journal.c.data, Text).contains("proposed_by", autoescape=True)
        ),
    )


def _rows(work: Work, statement: Select[Any]) -> list[Row[Any]]:
    return list(work.connection.execute(statement))


def _all_rows(work: Work) -> Iterator[Row[Any]]:
    statement = select(journal).order_by(journal.c.case_id, journal.c.seq).execution_options(yield_per=2_000)
    yield from work.connection.execute(statement)


def _fault(row: Row[Any], seq: int, previous: str) -> Sentence | None:
    if row.seq != seq + 1:
        return tr("row {row} follows row {before}", row=row.seq, before=seq)
    if row.prev_hash != previous:
        return tr("it does not name the row before it")
    entry = journal_rows.recorded(row)
    if link_hash(Link(row.case_id, row.seq, row.prev_hash), entry, row.recorded_at) != row.hash:
        return tr("its content is not what was recorded")
    return None
