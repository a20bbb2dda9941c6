"""Whether a database still keeps the engine's promises: the journal's chains and roots, and the invariants."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final, TypeVar

from engine.anchoring import missing_days, printed_roots
from engine.broken import Broken
from engine.contradictions import contradicted, misrecorded
from engine.core import Engine
from engine.effects import REWORK
from engine.flow import Flow
from engine.housebook import house_contradicted
from engine.model import Case, Deadline
from engine.recounting import miscounted, misplaced
from engine.reproject import JOBS
from engine.schedule import next_moments
from engine.store import anchors, campaigns, cases, deadlines, definitions, invariants, periods, settings
from engine.store.database import Work
from engine.words import tr

CHUNK = 500
_STRANGERS: Final = "strangers"
_LOST: Final = "lost cases"
_WEEK: Final = re.compile(r"[0-9]{4}-W[0-9]{2}")
_Row = TypeVar("_Row")


def verify(engine: Engine, *, progress: Callable[[str], None] | None = None) -> list[Broken]:
    """Check everything in one snapshot; an empty list means that all promises hold."""
    found: list[Broken] = []
    with engine.look() as work:
        for name, check in CHECKS.items():
            if progress:
                progress(name)
            found += check(engine, work)
    return found


def _chains(_: Engine, work: Work) -> Iterator[Broken]:
    for case_id, seq, fault in invariants.broken_links(work):
        yield Broken(
            "I8",
            tr("Journal of case {case}, row {seq}: {fault}.", case=case_id, seq=seq, fault=fault),
        )
    for row in invariants.cut_tails(work):
        sentence = tr("Journal of case {case}: its tail does not end at row {seq}.", case=row.id, seq=row.journal_seq)
        yield Broken("I8", sentence)


def _roots(engine: Engine, work: Work) -> Iterator[Broken]:
    """I8: a root for each day from the first entry to the last the planner saw to, each following from the journal."""
    day = anchors.broken_day(work)
    if day is not None:
        yield Broken("I8", tr("The root of {day} no longer follows from the journal.", day=day))
    for missing in missing_days(engine, work):
        yield Broken("I8", tr("The root of {day} is not there any more.", day=missing))
    for period, sunday, root in printed_roots(work):
        if anchors.root_of(work, sunday) != root:
            yield Broken(
                "I8",
                tr("The root of {day} is not the one that the digest {week} printed.", day=sunday, week=period),
            )


def _guards(_: Engine, work: Work) -> Iterator[Broken]:
    for name in invariants.missing_triggers(work):
        sentence = tr("The trigger {name} that keeps rows from being changed is missing or is another.", name=name)
        yield Broken("I12", sentence)


def _heads(_: Engine, work: Work) -> Iterator[Broken]:
    for row in invariants.wrong_heads(work):
        yield Broken("I1", tr("Case {case}: its head is not the last entry of its journal.", case=row.id))


def _keys(_: Engine, work: Work) -> Iterator[Broken]:
    for row in invariants.doubled_keys(work):
        yield Broken("I2", tr("One effect stands under two request keys: {answer}.", answer=str(row.answer)))


def _open_milestones(engine: Engine, work: Work) -> Iterator[Broken]:
    """I3: of each case, open are exactly the milestones not yet reached (met once stays met)."""
    for campaign in campaigns.every(work):
        known = [case for case in cases.of_campaign(work, campaign.key) if case.id not in _unjudgeable(work)]
        for chunk in _chunked(known):
            standing = deadlines.of_cases(work, [case.id for case in chunk])
            for case in chunk:
                flow = definitions.flow_of(work, case.definition_id)
                for milestone, state in _wrongly(flow, case, standing[case.id]):
                    yield Broken(
                        "I3",
                        tr(
                            "Case {case} is in {state}; its deadline for {milestone} is {deadline}.",
                            case=case.id,
                            state=case.state,
                            milestone=milestone,
                            deadline=state,
                        ),
                    )
                yield from misplaced(engine, work, case, standing[case.id])


def _wrongly(flow: Flow, case: Case, standing: Sequence[Deadline]) -> Iterator[tuple[str, str]]:
    for one in standing:
        if not _rightly(flow, case, one):
            yield one.milestone, one.state
    for milestone in flow.milestone_by_name.keys() - {one.milestone for one in standing}:
        yield milestone, "missing"


def _rightly(flow: Flow, case: Case, one: Deadline) -> bool:
    if case.state == flow.withdrawn:
        return one.state != "open"
    if one.milestone.startswith(REWORK):
        return one.state != "open" or flow.rank[one.milestone.removeprefix(REWORK)] > flow.rank[case.state]
    milestone = flow.milestone_by_name.get(one.milestone)
    if milestone is None:
        return False
    reached = flow.rank[milestone.reached] <= flow.rank[case.state]
    return one.state != "open" if reached else one.state != "cancelled"


def _fires(_: Engine, work: Work) -> Iterator[Broken]:
    for row in (*invariants.strange_fires(work), *invariants.unsaid_fires(work)):
        yield Broken(
            "I4", tr("Rung {rung} of deadline {deadline} fired without cause.", rung=row.rung, deadline=row.deadline_id)
        )


def _looks(engine: Engine, work: Work) -> Iterator[Broken]:
    """I5: the next look is what the ladder answers, or none where nothing is to come."""
    kept = deadlines.all_due(work)
    moving = settings.read(work, JOBS, {})
    for campaign in campaigns.every(work):
        known = [one for one in deadlines.open_of(work, campaign.key) if one.case_id not in _unjudgeable(work)]
        for chunk in _chunked(known):
            for key, moment in next_moments(engine, work, chunk).items():
                stored = kept.pop(key, None)
                waits = stored is not None and (stored <= work.now or campaign.key in moving)
                if (moment is None) != (stored is None) or not (waits or moment == stored):
                    yield Broken("I5", tr("Deadline {deadline} is looked at at the wrong moment.", deadline=key))
    for key in kept:
        yield Broken("I5", tr("Closed deadline {deadline} still waits for a look.", deadline=key))


def _mails(_: Engine, work: Work) -> Iterator[Broken]:
    for row in invariants.unsent_mails(work):
        yield Broken("I6", tr("Mail {mail} is marked sent, but nobody's server took it.", mail=row.id))
    for row in invariants.lost_notices(work):
        yield Broken("I6", tr("Notice {notice} is said to be in a mail that does not exist.", notice=row.id))


def _periods(_: Engine, work: Work) -> Iterator[Broken]:
    """I7: every digest week between the first and the last on record has a row."""
    for (schedule, scope), weeks in periods.by_schedule(work).items():
        for missing in _holes(weeks):
            yield Broken(
                "I7",
                tr(
                    "{schedule} of {scope}: the period {period} has no row.",
                    schedule=schedule,
                    scope=scope,
                    period=missing,
                ),
            )


def _definitions(_: Engine, work: Work) -> Iterator[Broken]:
    for case_id, state in sorted(_strangers(work).items()):
        yield Broken("I9", tr("Case {case} is in {state}, which no stored definition has.", case=case_id, state=state))


def _unjudgeable(work: Work) -> AbstractSet[int]:
    """Cases about whose deadlines nothing can be said: strangers, and those that are not there."""
    if _LOST not in work.memo:
        work.memo[_LOST] = invariants.lost_cases(work) | _strangers(work).keys()
    found: frozenset[int] = work.memo[_LOST]
    return found


def _strangers(work: Work) -> Mapping[int, str]:
    """Cases without a definition, or in a state that theirs does not have; nothing more can be judged about them."""
    if _STRANGERS not in work.memo:
        found = {row.id: row.state for row in invariants.strangers(work)}
        for row in invariants.states(work):
            if row.state not in definitions.flow_of(work, row.definition_id).state_by_name:
                found |= {one.id: one.state for one in invariants.standing_in(work, row.definition_id, row.state)}
        work.memo[_STRANGERS] = found
    strangers: Mapping[int, str] = work.memo[_STRANGERS]
    return strangers


def _tally(_: Engine, work: Work) -> Iterator[Broken]:
    kept, counted = cases.whole_tally(work), cases.recount(work)
    for place in sorted(kept.keys() | counted.keys()):
        if kept[place] != counted[place]:
            yield Broken(
                "I10",
                tr("Tally of {place}: {kept}, counted {n}.", place=str(place), kept=kept[place], n=counted[place]),
            )


def _second_people(_: Engine, work: Work) -> Iterator[Broken]:
    for row in invariants.confirmed_entries(work):
        proposers = {row.data.get("proposed_by"), *row.data.get("proposers", ())}
        if proposers & ({row.person_id, row.on_behalf_of} - {None}):
            yield Broken(
                "I11",
                tr("Case {case}, row {seq}: proposed and confirmed by one person.", case=row.case_id, seq=row.seq),
            )


CHECKS: dict[str, Callable[[Engine, Work], Iterable[Broken]]] = {
    "chains": _chains,
    "roots": _roots,
    "triggers": _guards,
    "heads": _heads,
    "replay": contradicted,
    "records": misrecorded,
    "house": house_contradicted,
    "keys": _keys,
    "milestones": _open_milestones,
    "fires": _fires,
    "looks": _looks,
    "mails": _mails,
    "periods": _periods,
    "definitions": _definitions,
    "tally": _tally,
    "counts": miscounted,
    "second people": _second_people,
}
"""I12 (nothing is deleted) is what the chains, their tails and the days' roots find together."""


def _holes(weeks: list[str]) -> list[str]:
    """ISO weeks that are missing between the first and the last of the list."""
    days = sorted(_monday(week) for week in weeks if _WEEK.fullmatch(week))
    wanted = {days[0] + timedelta(weeks=n) for n in range((days[-1] - days[0]).days // 7 + 1)} if days else set()
    return [f"{day.isocalendar().year}-W{day.isocalendar().week:02}" for day in sorted(wanted - set(days))]


def _monday(week: str) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _chunked(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
