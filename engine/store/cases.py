"""Cases: found, locked for a step, moved, counted."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Update, and_, bindparam, func, or_, select, update

from engine.errors import NotFound
from engine.model import Case
from engine.store.database import Work
from engine.store.schema import cases, organisations, tally
from engine.store.upserts import add_up
from engine.words import tr

Place = tuple[str, str, int, str]
"""Campaign, flow, district and state: what the tally counts by."""


_BY_IDS: Final = select(cases).where(cases.c.id.in_(bindparam("ids", expanding=True))).order_by(cases.c.id)
_HELD: Final = _BY_IDS.with_for_update()
_NEXT: Final = (
    update(cases)
    .where(cases.c.id == bindparam("b_id"))
    .values(next_due_on=bindparam("b_day"), next_milestone=bindparam("b_milestone"))
)
_TOPIC: Final = update(cases).where(cases.c.id == bindparam("b_id")).values(topic=bindparam("b_topic"))


def get(work: Work, case_id: int) -> Case:
    row = work.connection.execute(select(cases).where(cases.c.id == case_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no case with the number {number}.", number=case_id))
    return as_case(row)


def lock(work: Work, ids: Sequence[int]) -> dict[int, Case]:
    """The cases by id, held until the transaction ends, unless it only reads."""
    rows = work.connection.execute(_HELD if work.holds else _BY_IDS, {"ids": list(ids)})
    return {row.id: as_case(row) for row in rows}


def by_ids(work: Work, ids: Collection[int]) -> tuple[Case, ...]:
    """The cases as they stand, held by nobody."""
    return tuple(as_case(row) for row in work.connection.execute(_BY_IDS, {"ids": list(ids)}))


def add_many(work: Work, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Insert cases and answer them in the same order."""
    statement = cases.insert().returning(*cases.c, sort_by_parameter_order=True)
    return [as_case(row) for row in work.connection.execute(statement, [dict(row) for row in rows])]


def move(work: Work, changes: Sequence[Mapping[str, Any]]) -> None:
    """Write changed cases; each change names `id`, the `was` version it rests on, and the new values of its columns.

    The rows are held by `lock`, so a version that does not match is a fault of the program, not a race.
    """
    statement = _moving(tuple(name for name in changes[0] if name not in {"id", "was"}))
    values = [{f"b_{name}": value for name, value in change.items()} for change in changes]
    changed = sum(work.connection.execute(statement, one).rowcount for one in values)
    if changed != len(changes):
        raise AssertionError("a locked case changed its version")


def put_next(work: Work, changed: Sequence[Case]) -> None:
    """Write the first day that each district is awaited for; no new version, for nothing was decided."""
    rows = [{"b_id": one.id, "b_day": one.next_due_on, "b_milestone": one.next_milestone} for one in changed]
    if rows:
        work.connection.execute(_NEXT, rows)


def put_topics(work: Work, topics: Mapping[int, str | None]) -> None:
    """Write what cases are sorted under; no new version, for it follows from what is on record of their subjects."""
    if topics:
        work.connection.execute(_TOPIC, [{"b_id": key, "b_topic": topic} for key, topic in sorted(topics.items())])


@lru_cache(maxsize=32)
def _moving(names: tuple[str, ...]) -> Update:
    return (
        update(cases)
        .where(cases.c.id == bindparam("b_id"), cases.c.version == bindparam("b_was"))
        .values({name: bindparam(f"b_{name}") for name in names})
    )


def count_moves(work: Work, moves: Mapping[Place, int]) -> None:
    """Add to the tally; zero sums are left out, so a step inside one place costs nothing."""
    rows = [
        {"campaign": campaign, "flow": flow, "district_id": district, "state": state, "n": n}
        for (campaign, flow, district, state), n in sorted(moves.items())
        if n
    ]
    add_up(work, tally, rows, "n")


def recount(work: Work) -> Counter[Place]:
    """What the tally must say, counted afresh."""
    table = cases
    rows = work.connection.execute(
        select(table.c.campaign, table.c.flow, table.c.district_id, table.c.state, func.count())
        .where(~table.c.claimed)
        .group_by(table.c.campaign, table.c.flow, table.c.district_id, table.c.state)
    )
    return Counter({(row[0], row[1], row[2], row[3]): row[4] for row in rows})


def counts(work: Work, campaign: str, flow: str) -> dict[tuple[int, str], int]:
    """Unclaimed cases by (district, state), from the tally."""
    rows = work.connection.execute(
        select(tally.c.district_id, tally.c.state, tally.c.n).where(
            tally.c.campaign == campaign, tally.c.flow == flow, tally.c.n != 0
        )
    )
    return {(row.district_id, row.state): row.n for row in rows}


def whole_tally(work: Work) -> Counter[Place]:
    rows = work.connection.execute(select(tally).where(tally.c.n != 0))
    return Counter({(row.campaign, row.flow, row.district_id, row.state): row.n for row in rows})


def of_campaign(
    work: Work,
    campaign: str,
    flow: str | None = None,
    *,
    district_id: int | None = None,
    states: Collection[str] | None = None,
    scopes: Collection[str] | None = None,
    waiting: bool = False,
) -> tuple[Case, ...]:
    """Cases in official order of districts, then by number; `scopes` are organisation paths one may see."""
    wanted: list[ColumnElement[bool]] = [cases.c.campaign == campaign]
    if flow is not None:
        wanted.append(cases.c.flow == flow)
    if district_id is not None:
        wanted.append(cases.c.district_id == district_id)
    if states is not None:
        wanted.append(cases.c.state.in_(states))
    if waiting:
        wanted.append(cases.c.proposed_step.is_not(None))
    if scopes is not None:
        wanted.append(or_(*(organisations.c.path.startswith(path, autoescape=True) for path in scopes)))
    rows = work.connection.execute(
        select(cases)
        .join(organisations, organisations.c.id == cases.c.district_id)
        .where(and_(*wanted))
        .order_by(organisations.c.position, cases.c.id)
    )
    return tuple(as_case(row) for row in rows)


def by_subject(
    work: Work, campaign: str, flow: str, subject_key: str, *, district_id: int | None = None
) -> tuple[Case, ...]:
    wanted = [cases.c.campaign == campaign, cases.c.flow == flow, cases.c.subject_key == subject_key]
    if district_id is not None:
        wanted.append(cases.c.district_id == district_id)
    return tuple(as_case(row) for row in work.connection.execute(select(cases).where(*wanted).order_by(cases.c.id)))


def occupied(work: Work, flow: str) -> set[str]:
    """States in which cases of a flow stand, for the check that no new version removes one of them."""
    return set(work.connection.execute(select(cases.c.state).where(cases.c.flow == flow).distinct()).scalars())


def as_case(row: Row[Any]) -> Case:
    return Case(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
