"""Whether what is kept beside the deadlines, and every count of it, is what an audit finds by counting afresh."""

from collections.abc import Iterator, Sequence

from engine.broken import Broken
from engine.core import Engine
from engine.model import Case, Deadline
from engine.standing import first_awaited, stood
from engine.store import counts
from engine.store.database import Work
from engine.words import tr


def miscounted(_: Engine, work: Work) -> Iterator[Broken]:
    """I10: what is counted with each write equals a recount."""
    for table, place, kept, counted in counts.differences(work):
        sentence = tr("Tally of {place}: {kept}, counted {n}.", place=f"{table} {place}", kept=kept, n=counted)
        yield Broken("I10", sentence)


def misplaced(engine: Engine, work: Work, case: Case, found: Sequence[Deadline]) -> Iterator[Broken]:
    """I10: a district is awaited for exactly what is open and nobody else's move, the first of it stands by the case.

    What a met deadline took is not judged: it is what it was on that day, and the calendar may have changed since.
    """
    right = list(stood(engine, work, found, {case.id: case}))
    first = first_awaited(right)
    wanted = (first.awaited_on, first.milestone) if first else (None, None)
    days = [[(one.awaited_on, one.achieved_on) for one in rows] for rows in (right, found)]
    if (case.next_due_on, case.next_milestone) != wanted or days[0] != days[1]:
        yield Broken("I10", tr("Case {case}: what its district is awaited for is not what is open.", case=case.id))
