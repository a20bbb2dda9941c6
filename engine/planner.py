"""Opening by themselves: what every district owes from a day on, and the root of each finished day."""

from datetime import date, datetime

from engine.access import SYSTEM
from engine.anchoring import anchor_days
from engine.cases import Opening, open_many
from engine.clock import local_day
from engine.core import Engine
from engine.kinds import Obligation
from engine.ladder import next_morning
from engine.model import Case, Notice
from engine.store import campaigns, cases, deadlines, notices, organisations
from engine.store.database import Work
from engine.sweep import FIRST_LOOK, speaking_hours
from engine.terms import Terms, terms_of


def plan(engine: Engine) -> int:
    """Open what has begun since the last look; answers how many cases that were."""
    with engine.work() as work:
        anchor_days(engine, work)
    with engine.work() as work:
        # held, so that two planners come one after the other and open nothing twice
        held = [campaigns.hold(work, one.key) for one in campaigns.every(work)]
        return sum(_open_obligations(engine, work, terms_of(one)) for one in held)


def _open_obligations(engine: Engine, work: Work, terms: Terms) -> int:
    today = engine.today(work)
    if not terms.opens <= today <= terms.closes:
        return 0
    kind = engine.kind_of(work, terms.key)
    opened = 0
    for obligation in kind.obligations(terms, today, engine.workdays(work)):
        there = {case.district_id for case in _existing(work, terms, obligation)}
        openings = [
            Opening(
                campaign=terms.key,
                flow=obligation.flow,
                district_id=district.id,
                subject_key=obligation.subject_key,
                subject_name=f"{district.name}{obligation.subject_name}",
                on=max(obligation.opens_on, terms.opens),
                role="system",
            )
            for district in organisations.districts(work, today)
            if district.id not in there and district.code in terms.quotas
        ]
        fresh = open_many(engine, work, SYSTEM, openings)
        _announce(engine, work, obligation, fresh)
        opened += len(fresh)
    return opened


def _existing(work: Work, terms: Terms, obligation: Obligation) -> tuple[Case, ...]:
    return cases.by_subject(work, terms.key, obligation.flow, obligation.subject_key)


def _announce(engine: Engine, work: Work, obligation: Obligation, fresh: list[Case]) -> None:
    if obligation.letter is None or not fresh:
        return
    days = {case_id: found[0] for case_id, found in deadlines.of_cases(work, [case.id for case in fresh]).items()}
    morning = _next_speaking(engine, work)
    notices.post(
        work,
        [
            Notice(
                dedup_key=f"{obligation.letter}:{case.id}",
                kind=obligation.letter,
                letter=obligation.letter,
                campaign=case.campaign,
                district_id=case.district_id,
                case_id=case.id,
                deadline_id=days[case.id].id,
                milestone=days[case.id].milestone,
                morning_on=local_day(morning, engine.zone),
                release_at=morning,
                facts={"subject": case.subject_name, "due_on": _iso(days[case.id].due_on)},
            )
            for case in fresh
        ],
    )


def _next_speaking(engine: Engine, work: Work) -> datetime:
    """Now, in the hours in which letters go out; else the next morning on which they do."""
    if speaking_hours(engine, work):
        return work.now
    return next_morning(work.now, FIRST_LOOK, workdays=engine.workdays(work), zone=engine.zone)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
