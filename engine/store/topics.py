"""What cases are sorted under: which topics there are, and how many cases stand where under each."""

from collections import Counter
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from engine.store.areas import Area
from engine.store.database import Work
from engine.store.schema import cases
from engine.store.sought import unordered

NEAR: Final = 20
"""Of so many districts the cases are looked through for their topics."""


def occurring(work: Work, campaign: str, flow: str, area: Area) -> tuple[str, ...] | None:
    """The topics under which an area has cases, in order; None where it is too large to be looked through.

    Over the whole house the index is read from one topic to the next, however many cases lie between.
    """
    where = [cases.c.campaign == campaign, cases.c.flow == flow]
    if area.ids is None:
        return _one_after_the_other(work, where)
    if len(area.ids) > NEAR:
        return None
    # an index would have the topics of the whole house in order
    topic = unordered(cases.c.topic)
    where += [area.holds(cases.c.district_id), topic.is_not(None)]
    return tuple(sorted(work.connection.execute(select(topic).where(*where).distinct()).scalars()))


def counts(work: Work, campaign: str, flow: str, area: Area) -> dict[str, Counter[str]]:
    """By topic and state, without claimed cases. This goes through the cases: nothing is kept that knows it."""
    mine = [cases.c.campaign == campaign, area.holds(cases.c.district_id)]
    # an index has the whole house; whether a case is claimed stands in its row, so these few are taken off
    found = _counted(work, [*mine, cases.c.flow == flow], cases.c.topic if area.whole else unordered(cases.c.topic))
    claimed = [*mine, cases.c.claimed, unordered(cases.c.flow) == flow]
    found.subtract(_counted(work, claimed, unordered(cases.c.topic)))
    by_topic: dict[str, Counter[str]] = {}
    for (topic, state), n in (+found).items():
        by_topic.setdefault(topic, Counter())[state] += n
    return by_topic


def _one_after_the_other(work: Work, where: list[ColumnElement[bool]]) -> tuple[str, ...]:
    found = select(func.min(cases.c.topic).label("topic")).where(*where).cte("found", recursive=True)
    following = select(func.min(cases.c.topic)).where(*where, cases.c.topic > found.c.topic).scalar_subquery()
    found = found.union_all(select(following).where(found.c.topic.is_not(None)))
    return tuple(work.connection.execute(select(found.c.topic).where(found.c.topic.is_not(None))).scalars())


def _counted(work: Work, where: list[ColumnElement[bool]], topic: ColumnElement[str]) -> Counter[tuple[str, str]]:
    keys = (topic, cases.c.state)
    statement = select(*keys, func.count()).where(*where, topic.is_not(None)).group_by(*keys)
    rows: Any = work.connection.execute(statement)
    return Counter({(topic, state): int(n) for topic, state, n in rows})
