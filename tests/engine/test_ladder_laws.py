"""Laws that every ladder keeps, whatever its rungs, its due day, the machine's downtimes and the post's."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from climbing import Deadline
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clock import ZONE, at_morning, local_day
from engine.ladder import Ladder, Level, Outcome, Rung, default_ladder, moments
from engine.workdays import Workdays

WORKDAYS = Workdays()
SPAN = 90
DUE_DAYS = st.dates(date(2019, 12, 15), date(2021, 12, 31))
DOWNTIMES = st.lists(st.tuples(st.integers(0, SPAN), st.integers(1, 30)), max_size=4)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Any ladder that has no fault."""
    size = draw(st.integers(1, 5))
    levels = sorted(draw(st.lists(st.sampled_from(Level), min_size=size, max_size=size)), key=lambda one: one.rank)
    days = sorted(draw(st.lists(st.integers(-8, 12), min_size=size, max_size=size)))
    rungs: list[Rung] = []
    for place, (level, day) in enumerate(zip(levels, days, strict=True)):
        every = draw(st.none() | st.integers(1, 4))
        later = [f"r{other}" for other in range(place + 1, size)]
        earlier = [rung.name for rung in rungs if rung.level != Level.REMINDER]
        until = draw(st.none() | st.sampled_from(later)) if every and later else None
        after = draw(st.none() | st.tuples(st.sampled_from(earlier), st.integers(1, 3))) if earlier else None
        at = min(day, 0) if level == Level.REMINDER else day
        rungs.append(Rung(f"r{place}", level, at, every, until, after, draft=draw(st.booleans())))
    return Ladder("any", tuple(rungs))


@st.composite
def instants(draw: st.DrawFn, due_on: date) -> datetime:
    """An instant around the due day, on any minute of the day."""
    day = due_on + timedelta(days=draw(st.integers(-25, 20)))
    minutes = draw(st.sampled_from([0, 509, 510, 511, 900, 1439]) | st.integers(0, 1439))
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(minutes=minutes)


@st.composite
def deadlines(draw: st.DrawFn, ladder: st.SearchStrategy[Ladder]) -> Deadline:
    due_on = draw(DUE_DAYS)
    opened_at = draw(instants(due_on))
    held = draw(DOWNTIMES)
    first = local_day(opened_at)
    return Deadline(draw(ladder), due_on, opened_at, WORKDAYS, posts=lambda day: not _within((day - first).days, held))


def _within(day: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= day < start + length for start, length in stretches)


def lived(deadline: Deadline, down: list[tuple[int, int]], hours: list[int]) -> Deadline:
    """Sweep at some hour of every day on which the machine is up, and each morning in the last weeks."""
    first = local_day(deadline.opened_at)
    for number in range(SPAN * 2):
        if number >= SPAN or not _within(number, down):
            hour = hours[number % len(hours)] if number < SPAN else 8
            deadline.sweep(max(at_morning(first + timedelta(days=number), f"{hour:02}:30"), deadline.opened_at))
    return deadline


HOURS = st.lists(st.integers(0, 23), min_size=1, max_size=8)


@given(deadlines(ladders()), DOWNTIMES, HOURS)
@settings(max_examples=150, deadline=None)
def test_records_are_unique_without_holes_and_one_alert_goes_out_a_working_day(
    deadline: Deadline, down: list[tuple[int, int]], hours: list[int]
) -> None:
    lived(deadline, down, hours)
    assert len(set(deadline.keys())) == len(deadline.keys())
    told = [(local_day(now), one.fire) for now, one in deadline.looks if one.fire]
    assert len({day for day, _ in told}) == len(told)
    for day, fire in told:
        assert WORKDAYS.is_workday(day)
        assert day >= fire.on
        assert fire.level != Level.REMINDER or day <= deadline.due_on
    for rung in deadline.ladder.rungs:
        spoken = [ordinal for name, ordinal in deadline.keys(Outcome.FIRED, Outcome.COLLAPSED) if name == rung.name]
        aside = [ordinal for name, ordinal in deadline.keys(Outcome.NOT_APPLICABLE) if name == rung.name]
        before = aside[0] if aside else 0
        assert len(aside) <= 1
        assert spoken == list(range(before + 1, before + 1 + len(spoken)))


@given(deadlines(ladders()), DOWNTIMES, HOURS)
@settings(max_examples=150, deadline=None)
def test_a_waiting_rung_goes_out_only_after_the_other_was_sent(
    deadline: Deadline, down: list[tuple[int, int]], hours: list[int]
) -> None:
    lived(deadline, down, hours)
    fired = [one for one in deadline.fires if one.outcome == Outcome.FIRED]
    collapsed_at = {(one.rung, one.fired_at) for one in deadline.fires if one.outcome == Outcome.COLLAPSED}
    for rung in deadline.ladder.rungs:
        if rung.after is None:
            continue
        waited_for, pause = rung.after
        sent = [
            one.sent_on
            for one in fired
            if one.sent_on and (one.rung == waited_for or (waited_for, one.fired_at) in collapsed_at)
        ]
        for one in fired:
            if one.rung == rung.name:
                assert WORKDAYS.between(min(sent), local_day(one.fired_at)) >= pause


@given(deadlines(ladders()), DOWNTIMES, HOURS)
@settings(max_examples=150, deadline=None)
def test_a_milder_alert_never_follows_while_a_more_serious_one_was_missed(
    deadline: Deadline, down: list[tuple[int, int]], hours: list[int]
) -> None:
    lived(deadline, down, hours)
    ranks = {rung.name: rung.level.rank for rung in deadline.ladder.rungs}
    for _, found in deadline.looks:
        if found.fire is None:
            assert all(one.level == Level.REMINDER for one in found.collapsed)
        else:
            assert all(ranks[one.rung] <= found.fire.level.rank for one in found.collapsed)
            assert (
                found.fire.level == Level.REMINDER
                or not found.fire.draft
                or all(one.draft or one.level == Level.REMINDER for one in found.collapsed)
            )


@given(deadlines(ladders()), st.data())
@settings(max_examples=150, deadline=None)
def test_the_next_look_is_where_something_is_to_do_and_nothing_is_before_it(
    deadline: Deadline, data: st.DataObject
) -> None:
    now = deadline.opened_at
    for _ in range(12):
        found = deadline.sweep(now)
        assert not deadline.ask(now)
        moment = deadline.next_at(now)
        # sending a letter moves no moment that is already stored
        assert found.next_at == moment
        unsent = replace(deadline, fires=tuple(replace(one, sent_on=None) for one in deadline.fires))
        assert unsent.next_at(now) == moment
        if moment is None:
            assert not deadline.ask(now + timedelta(days=400))
            return
        assert moment > now
        assert WORKDAYS.is_workday(local_day(moment))
        assert moment == at_morning(local_day(moment), "08:30")
        between = now + (moment - now) * data.draw(st.floats(0, 0.999))
        assert not deadline.ask(between)
        assert deadline.next_at(between) == moment
        waiting = any(one.outcome == Outcome.FIRED and one.sent_on != local_day(one.fired_at) for one in deadline.fires)
        assert deadline.ask(moment) or waiting
        now = moment


@given(deadlines(ladders()), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_look_that_is_overdue_is_put_off_by_one_morning_at_most(deadline: Deadline, days: int) -> None:
    now = deadline.opened_at + timedelta(days=days)
    moment = deadline.next_at(now)
    if deadline.ask(now):
        assert moment is not None
        assert WORKDAYS.between(local_day(now), local_day(moment)) <= 1
    assert moment is None or moment > now


@given(DUE_DAYS, DOWNTIMES, HOURS)
@settings(max_examples=150, deadline=None)
def test_no_downtime_loses_a_rung_of_the_default_ladder(
    due_on: date, down: list[tuple[int, int]], hours: list[int]
) -> None:
    opened_at = at_morning(due_on - timedelta(days=40))
    smooth = lived(Deadline(default_ladder(), due_on, opened_at, WORKDAYS), [], [8])
    rough = lived(Deadline(default_ladder(), due_on, opened_at, WORKDAYS), down, hours)
    planned = [(one.rung, one.ordinal) for one in moments(default_ladder(), due_on, WORKDAYS)]
    assert smooth.keys() == smooth.keys(Outcome.FIRED) == sorted(planned)
    # a postponed 督办 lets 催办 go on; all else is the same
    found = rough.keys()
    assert [(rung, time) for rung, time in found if rung != "chase" or time <= 2] == sorted(planned)
    assert [rung for _, rung, _ in rough.told() if rung in ("supervision", "circular")] == ["supervision", "circular"]
    assert rough.next_at(opened_at + timedelta(days=SPAN * 3)) is None


@given(ladders(), DUE_DAYS, DOWNTIMES, HOURS)
@settings(max_examples=150, deadline=None)
def test_where_nothing_waits_or_repeats_every_downtime_leaves_the_same_records(
    ladder: Ladder, due_on: date, down: list[tuple[int, int]], hours: list[int]
) -> None:
    plain = Ladder("plain", tuple(replace(rung, every=None, until=None, after=None) for rung in ladder.rungs))
    opened_at = at_morning(due_on - timedelta(days=20), "12:00")
    smooth = lived(Deadline(plain, due_on, opened_at, WORKDAYS), [], [8])
    rough = lived(Deadline(plain, due_on, opened_at, WORKDAYS), down, hours)
    assert smooth.keys() == rough.keys() == sorted((rung.name, 1) for rung in plain.rungs)


@given(deadlines(st.just(default_ladder())))
@settings(max_examples=100, deadline=None)
def test_a_deadline_opened_at_any_time_is_climbed_to_the_top(deadline: Deadline) -> None:
    deadline.posts = lambda _: True
    lived(deadline, [], [8])
    serious = [rung for _, rung, _ in deadline.told() if rung in ("supervision", "circular")]
    assert serious == ["supervision", "circular"]
    assert any(rung == "chase" for _, rung, _ in deadline.told())
