"""When a deadline needs its next look: derived from its row, its case and its ladder, and kept in `due`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from engine.clock import local_day
from engine.core import Engine
from engine.effects import covered
from engine.ladder import Fire, Ladder, Look, first_day, look, next_morning
from engine.model import Case, Deadline
from engine.store import cases, deadlines, definitions
from engine.store.database import Work

DEFAULT: Final = "default"
"""The ladder of rework, and of every deadline whose own is not among the terms."""


def refresh(engine: Engine, work: Work, ids: Collection[int]) -> None:
    """Work out anew when these deadlines are looked at next; a rung already missed waits for the next morning."""
    found = deadlines.by_ids(work, ids) if ids else ()
    if found:
        deadlines.set_due(work, next_moments(engine, work, found))


def next_moments(engine: Engine, work: Work, found: Sequence[Deadline]) -> dict[int, datetime | None]:
    """The moment of the next look by deadline; None where nothing is to come or something holds it."""
    held = {case.id: case for case in cases.lock(work, sorted({one.case_id for one in found})).values()}
    fires = fires_of(engine, work, [one.id for one in found])
    speaking = speaking_of(work, found, held)
    reader = LadderReader(engine, work)
    return {one.id: reader.next_moment(one, fires.get(one.id, ())) if one.id in speaking else None for one in found}


def speaking_of(work: Work, found: Iterable[Deadline], held: Mapping[int, Case]) -> frozenset[int]:
    """Deadlines whose ladder may speak: open, with a day, not paused, not covered by a waiting proposal or a claim."""
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held.values()}}
    speaking = set()
    for one in found:
        case = held[one.case_id]
        flow = flows[case.definition_id]
        if one.state != "open" or one.due_on is None or one.paused_on is not None or case.claimed:
            continue
        if case.proposed_step and covered(flow, flow.step_by_name[case.proposed_step].target, [one]):
            continue
        speaking.add(one.id)
    return frozenset(speaking)


def fires_of(engine: Engine, work: Work, ids: Collection[int]) -> dict[int, tuple[tuple[int, Fire], ...]]:
    """The rungs on record by deadline, each with its generation."""
    return {
        key: tuple(
            (
                row.generation,
                Fire(row.rung, row.ordinal, row.outcome, row.planned_on, row.fired_at, _sent_on(engine, row.sent_at)),
            )
            for row in rows
        )
        for key, rows in deadlines.fires(work, ids).items()
    }


def _sent_on(engine: Engine, sent_at: datetime | None) -> date | None:
    return local_day(sent_at, engine.zone) if sent_at else None


class LadderReader:
    """Looks at many deadlines of one moment; equal questions are answered once."""

    def __init__(self, engine: Engine, work: Work) -> None:
        self._engine = engine
        self._work = work
        self._workdays = engine.workdays(work)
        self._ladders: dict[tuple[str, str], Ladder] = {}
        self._known: dict[object, Look] = {}

    def look(self, deadline: Deadline, fires: tuple[tuple[int, Fire], ...]) -> Look:
        """What its ladder asks for now, in the deadline's present generation."""
        if deadline.due_on is None:
            raise AssertionError("a deadline without a day has no ladder to climb")
        present = tuple(fire for generation, fire in fires if generation == deadline.generation)
        ladder = self.ladder(deadline)
        # all that a ladder knows of an opening is the first day it concerns, so many deadlines share one answer
        since = first_day(deadline.speaks_from, ladder.send_at, self._engine.zone)
        key = (deadline.campaign, deadline.ladder, deadline.due_on, since, present)
        if key not in self._known:
            self._known[key] = look(
                ladder,
                due_on=deadline.due_on,
                opened_at=deadline.speaks_from,
                now=self._work.now,
                fires=present,
                workdays=self._workdays,
                zone=self._engine.zone,
            )
        return self._known[key]

    def next_moment(self, deadline: Deadline, fires: tuple[tuple[int, Fire], ...]) -> datetime | None:
        found = self.look(deadline, fires)
        if found:
            return self._morning(deadline)
        return found.next_at

    def ladder(self, deadline: Deadline) -> Ladder:
        """Its ladder; where the terms have none of that name any more, the default one, so that it stops no other."""
        key = (deadline.campaign, deadline.ladder)
        if key not in self._ladders:
            known = self._engine.terms(self._work, deadline.campaign).ladders
            self._ladders[key] = known.get(deadline.ladder) or known.get(DEFAULT) or Ladder(deadline.ladder, ())
        return self._ladders[key]

    def _morning(self, deadline: Deadline) -> datetime:
        ladder = self.ladder(deadline)
        return next_morning(self._work.now, ladder.send_at, workdays=self._workdays, zone=self._engine.zone)
