"""The figures of a cut-off: recounted from the journal, the same whenever they are asked for, and ranked fairly."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engine.cases import Opening, advance, open_case
from engine.clock import FixedClock, at_morning, local_day
from engine.errors import EngineError
from engine.extensions import ask_extension, decide_extension, extend, pause, reply, resume, waive
from engine.figures import Overview, Span, goal_of, overview, percent, ranks_of
from engine.judging import Command
from engine.leaving import correct, decide_claim, reinstate
from engine.proposals import confirm, propose, return_proposal
from engine.standing import settle
from engine.store import cases, deadlines, definitions, organisations
from engine.store.database import Database
from engine.store.schema import journal
from engine.sweep import sweep_all

LINE = ("named", "planted", "watered", "shown")


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    return toy.prepare(database, clock)


def at_cutoff(field: toy.Field, cutoff: datetime) -> Overview:
    """The week that ends with the cut-off."""
    sunday = local_day(cutoff - timedelta(seconds=1))
    span = Span(sunday - timedelta(days=6), sunday, cutoff)
    with field.engine.look() as work:
        return overview(field.engine, work, "gardens-2020", flow="garden", span=span)


def midnight(day: date) -> datetime:
    return at_morning(day, "00:00")


def step(field: toy.Field, case_id: int, name: str, login: str = "east") -> None:
    with field.engine.work() as work:
        advance(field.engine, work, field.actor(login), Command(case_id=case_id, step=name))


def recounted(field: toy.Field, cutoff: datetime) -> Counter[tuple[str, str]]:
    """Cases by district and state, from the journal alone: the last word on each case before the cut-off."""
    with field.engine.look() as work:
        rows = work.connection.execute(
            select(journal.c.case_id, journal.c.target, journal.c.kind, journal.c.data, journal.c.district_id)
            .where(journal.c.case_id > 0, journal.c.recorded_at < cutoff)
            .order_by(journal.c.id)
        ).all()
        names = {one.id: one.name for one in organisations.every(work)}
    state: dict[int, tuple[str, str]] = {}
    claimed: set[int] = set()
    for row in rows:
        state[row.case_id] = (names[row.district_id], row.target)
        if row.kind == "open" and row.data.get("claimed"):
            claimed.add(row.case_id)
        if row.data.get("what") == "claim_decided":
            claimed.discard(row.case_id)
    return Counter(place for case_id, place in state.items() if case_id not in claimed)


def cumulative(counted: Counter[tuple[str, str]], district: str) -> dict[str, int]:
    return {name: sum(counted[district, later] for later in LINE[place:]) for place, name in enumerate(LINE)}


def test_a_step_at_midnight_belongs_to_the_next_week(field: toy.Field) -> None:
    first, second = field.open("g1"), field.open("g2")
    cutoff = midnight(date(2020, 5, 18))
    field.at(cutoff - timedelta(microseconds=1))
    step(field, first.id, "plant")
    field.at(cutoff)
    step(field, second.id, "plant")

    found = at_cutoff(field, cutoff)

    assert found.goal == "planted"
    assert (found.total.done, found.total.rate) == (1, Decimal("10.0"))
    assert found.rows[0].reached == {"named": 2, "planted": 1, "watered": 0, "shown": 0}
    assert found.rows[0].rate_of_nominated == Decimal("50.0")
    assert found.rows[0].change is None


def test_the_change_is_the_difference_to_the_week_before(field: toy.Field) -> None:
    opened = [field.open(f"g{number}") for number in range(3)]
    field.at(midnight(date(2020, 5, 20)))
    step(field, opened[0].id, "plant")
    field.at(midnight(date(2020, 5, 27)))
    step(field, opened[1].id, "plant")
    step(field, opened[2].id, "plant")
    field.at(midnight(date(2020, 7, 1)))

    found = at_cutoff(field, midnight(date(2020, 6, 1)))

    assert [row.change for row in found.rows] == [Decimal("40.0"), Decimal("0.0")]
    assert found.total.change == Decimal("20.0")


def test_overdue_is_what_was_open_then_with_its_level_and_lateness(field: toy.Field) -> None:
    done = field.open("g1")
    field.open("g2", "west")
    field.at(at_morning(date(2020, 6, 8)))
    sweep_all(field.engine)
    field.at(at_morning(date(2020, 6, 15)))
    step(field, done.id, "plant")
    step(field, done.id, "water")

    found = at_cutoff(field, midnight(date(2020, 6, 15)))

    assert [(one.district, one.milestone, one.open, one.workdays_late, one.level) for one in found.overdue] == [
        ("东区", "planted", 1, 5, "chase"),
        ("西区", "planted", 1, 5, "chase"),
    ]
    assert {row.light.label["zh"] for row in found.rows} == {"逾期"}
    assert found.total.overdue == 2
    field.at(at_morning(date(2020, 6, 16)))
    later = at_cutoff(field, midnight(date(2020, 6, 22)))
    assert [(row.name, row.light.label["zh"]) for row in later.rows] == [("东区", "逾期补交"), ("西区", "逾期")]


def test_what_falls_due_on_the_last_day_of_the_week_is_overdue_at_its_end(field: toy.Field) -> None:
    field.open("g1")
    with field.engine.work() as work:
        due = deadlines.of_cases(work, [1])[1][0]
        deadlines.change(work, [{"id": due.id, "due_on": date(2020, 6, 7)}])
        settle(field.engine, work, cases.lock(work, [1]))

    assert [one.workdays_late for one in at_cutoff(field, midnight(date(2020, 6, 8))).overdue] == [0]
    assert at_cutoff(field, midnight(date(2020, 6, 8)) - timedelta(seconds=1)).overdue == ()


def test_what_waits_for_the_bureau_is_nobodys_lateness(field: toy.Field) -> None:
    case = field.open("g1")
    step(field, case.id, "plant")
    step(field, case.id, "water")
    with field.engine.work() as work:
        shown = next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == "shown")
        deadlines.change(work, [{"id": shown.id, "due_on": date(2020, 6, 5)}])
    field.at(at_morning(date(2020, 6, 4)))
    with field.engine.work() as work:
        propose(field.engine, work, field.actor("east"), Command(case_id=case.id, step="show"))
    field.at(at_morning(date(2020, 6, 15)))
    with field.engine.work() as work:
        return_proposal(
            field.engine, work, field.actor("city"), Command(case_id=case.id, step="show", reason="样例意见")
        )
    field.at(at_morning(date(2020, 6, 22)))

    assert at_cutoff(field, midnight(date(2020, 6, 15))).overdue == ()
    assert [one.milestone for one in at_cutoff(field, midnight(date(2020, 6, 22))).overdue] == ["shown"]


def test_the_goal_is_the_milestone_of_the_week_then_the_next_one_at_last_the_last(field: toy.Field) -> None:
    with field.engine.look() as work:
        flow = definitions.latest(work, "garden")[1]
        terms = field.engine.terms(work, "gardens-2020")
    goals = {monday: goal_of(flow, terms, monday) for monday in (date(2020, 5, 11), date(2020, 6, 1), date(2020, 6, 8))}

    assert list(goals.values()) == ["planted", "planted", "watered"]
    assert goal_of(flow, terms, date(2020, 12, 28)) == "watered"
    before_lists = replace(terms, days={"list_in": date(2020, 6, 5), **terms.days, "planted": date(2020, 6, 12)})
    assert goal_of(flow, before_lists, date(2020, 6, 1)) == "named"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 8, "12.5"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (1, 80, "1.3"), (16, 15, "106.7"), (0, 5, "0.0")],
)
def test_a_rate_has_one_decimal_rounded_half_up_and_may_pass_a_hundred(part: int, whole: int, shown: str) -> None:
    assert str(percent(part, whole)) == shown


def test_a_rate_of_nothing_is_unknown() -> None:
    assert percent(0, 0) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 6).map(Decimal)), max_size=15))
def test_equal_rates_share_a_rank_and_leave_the_places_behind_them_empty(rates: list[Decimal | None]) -> None:
    ranks = ranks_of(rates)

    known = sorted((rate for rate in rates if rate is not None), reverse=True)
    for rate, rank in zip(rates, ranks, strict=True):
        assert (rank is None) == (rate is None)
        if rank is not None:
            assert known.index(rate) + 1 == rank  # type: ignore[arg-type]


def test_ranks_are_one_two_two_four() -> None:
    assert ranks_of([Decimal(90), Decimal(100), Decimal(90), Decimal(10), None]) == [2, 1, 2, 4, None]


class Life:
    """People doing things at random, also senseless ones; what is refused leaves no trace."""

    def __init__(self, field: toy.Field, seed: int) -> None:
        self.field, self.dice = field, random.Random(seed)  # noqa: S311
        self.subjects = 0

    def day(self) -> None:
        for _ in range(self.dice.randint(1, 6)):
            self.field.clock.advance(timedelta(minutes=self.dice.randint(1, 120)))
            try:
                self.deed()
            except EngineError:
                continue
        sweep_all(self.field.engine)

    def deed(self) -> None:
        with self.field.engine.look() as work:
            every = cases.of_campaign(work, "gardens-2020")
        if len(every) < 4 or self.dice.random() < 0.15:
            self.open()
            return
        case = self.dice.choice(every)
        login = "east" if case.district_id == every[0].district_id else "west"
        if self.dice.random() < 0.6:
            self.move(case.id, login)
        else:
            self.shift(case.id, login)

    def open(self) -> None:
        self.subjects += 1
        with self.field.engine.work() as work:
            place = organisations.by_code(work, self.dice.choice(["east", "west"]))
            claimed = self.dice.random() < 0.2
            opening = Opening(
                campaign="gardens-2020", flow="garden", district_id=place.id, subject_key=f"g{self.subjects}",
                subject_name=f"样例花园{self.subjects}", on=self.field.engine.today(work), claimed=claimed,
                data={"claimed": claimed},
            )  # fmt: skip
            case = open_case(self.field.engine, work, self.field.actor("city"), opening)
            # the flow gives the show no day; with one, proposals hold a deadline too
            shown = next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == "shown")
            deadlines.change(work, [{"id": shown.id, "due_on": date(2020, 6, 12)}])
            settle(self.field.engine, work, {case.id: case})

    def move(self, case_id: int, login: str) -> None:
        engine, city = self.field.engine, self.field.actor("city")
        forward = ("plant", "water", "water", "show", "show", "show")
        name = self.dice.choice([*forward, "plant", "return_planting", "withdraw", "back", "undo", "claim"])
        with engine.work() as work:
            order = Command(case_id=case_id, step=name, reason="样例理由")
            if name == "back":
                reinstate(engine, work, city, case_id, reason="样例理由")
            elif name == "undo":
                correct(engine, work, city, case_id, reason="样例理由")
            elif name == "claim":
                decide_claim(engine, work, city, case_id, reason="样例理由")
            elif name == "show":
                self.dice.choice([propose, confirm, return_proposal])(
                    engine, work, self.dice.choice([self.field.actor(login), city]), order
                )
            else:
                by = city if name == "return_planting" else self.field.actor(login)
                advance(engine, work, by, order)

    def shift(self, case_id: int, login: str) -> None:
        engine, city, district = self.field.engine, self.field.actor("city"), self.field.actor(login)
        with engine.work() as work:
            one = self.dice.choice(deadlines.of_cases(work, [case_id])[case_id])
            later = engine.today(work) + timedelta(days=self.dice.randint(1, 20))
            deed = self.dice.choice(["extend", "ask", "decide", "pause", "resume", "waive", "reply"])
            if deed == "extend":
                extend(engine, work, city, one.id, to_on=later, reason="样例理由")
            elif deed == "ask":
                ask_extension(engine, work, district, one.id, to_on=later, reason="样例理由")
            elif deed == "decide":
                asked = deadlines.asked(work, "gardens-2020")
                granted = self.dice.random() < 0.7
                for row in asked[:1]:
                    decide_extension(engine, work, city, row.id, granted=granted, reason="样例理由")
            elif deed == "reply":
                reply(engine, work, district, one.id, promised_on=later, reason="样例理由")
            else:
                {"pause": pause, "resume": resume, "waive": waive}[deed](engine, work, city, one.id, reason="样例理由")


@pytest.mark.parametrize("seed", range(4))
def test_after_any_life_the_figures_of_a_past_week_are_those_that_were_seen_then(
    sqlite_database: Database, clock: FixedClock, seed: int
) -> None:
    field = toy.prepare(sqlite_database, clock)
    life = Life(field, seed)
    seen: dict[datetime, Overview] = {}
    first = date(2020, 5, 18)
    for number in range(70):
        today = first + timedelta(days=number)
        field.at(at_morning(today))
        life.day()
        if today.weekday() == 6:
            cutoff = midnight(today + timedelta(days=1))
            field.at(cutoff)
            seen[cutoff] = at_cutoff(field, cutoff)

    assert len(seen) == 10
    for cutoff, then in seen.items():
        now = at_cutoff(field, cutoff)
        assert now == then, cutoff
        counted = recounted(field, cutoff)
        for row in now.rows:
            assert row.reached == cumulative(counted, row.name)
        assert now.total.reached == {
            name: sum(cumulative(counted, row.name)[name] for row in now.rows) for name in LINE
        }
    assert any(then.overdue for then in seen.values())
    assert any(then.matters and then.changes for then in seen.values())


def test_the_figures_as_json_lose_nothing_that_is_shown(field: toy.Field) -> None:
    field.open("g1")
    field.at(at_morning(date(2020, 6, 16)))
    found = at_cutoff(field, midnight(date(2020, 6, 15)))

    plain = found.as_json()
    assert plain["total"]["rate"] == "0.0"
    assert plain["span"]["cutoff"] == datetime(2020, 6, 14, 16, tzinfo=UTC).isoformat()
    assert plain["overdue"][0]["due_on"] == "2020-06-05"


def ask(field: toy.Field, case_id: int, to_on: date) -> int:
    with field.engine.work() as work:
        planting = deadlines.of_cases(work, [case_id])[case_id][0].id
        return ask_extension(field.engine, work, field.actor("east"), planting, to_on=to_on, reason="样例：下雨")


def decide(field: toy.Field, request: int, *, granted: bool) -> None:
    with field.engine.work() as work:
        decide_extension(field.engine, work, field.actor("city"), request, granted=granted, reason="样例：已阅")


def test_what_was_asked_for_is_a_matter_until_it_is_decided_and_not_after(field: toy.Field) -> None:
    granted, refused, met, waiting = (field.open(f"g{number}").id for number in range(4))
    requests = [ask(field, case_id, date(2020, 6, 19)) for case_id in (granted, refused, met, waiting)]
    first, second, third = (midnight(date(2020, 5, day)) for day in (18, 25, 31))
    field.at(first + timedelta(days=1))
    decide(field, requests[0], granted=True)
    decide(field, requests[1], granted=False)
    field.at(second + timedelta(days=1))
    step(field, met, "plant")
    field.at(third)

    weeks = [at_cutoff(field, cutoff) for cutoff in (first, second, third)]

    assert [[len(one.subjects) for one in week.matters] for week in weeks] == [[4], [2], [1]]
    assert [(one.what, one.subjects) for one in weeks[2].matters] == [("ask", ("样例花园g3",))]
    assert [[one.what for one in week.changes] for week in weeks] == [[], ["extend", "refuse"], []]


def test_what_waits_for_the_bureau_stands_beside_what_is_open(field: toy.Field) -> None:
    proposed, still_open = field.open("g1").id, field.open("g2").id
    for case_id in (proposed, still_open):
        step(field, case_id, "plant")
        step(field, case_id, "water")
    with field.engine.work() as work:
        propose(field.engine, work, field.actor("east"), Command(case_id=proposed, step="show"))
    cutoff = midnight(date(2020, 5, 18))
    field.at(cutoff + timedelta(days=1))
    with field.engine.work() as work:
        confirm(field.engine, work, field.actor("city"), Command(case_id=proposed, step="show"))
    after = midnight(date(2020, 5, 25))
    field.at(after)

    weeks = [at_cutoff(field, moment) for moment in (cutoff, after)]

    assert [[row.waiting for row in (*week.rows, week.total)] for week in weeks] == [[1, 0, 1], [0, 0, 0]]
