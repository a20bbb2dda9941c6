"""Journeys nobody planned: whatever people do in whatever order, the promises hold and only refusals come back."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import toy
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engine import audit, bulk, extensions, leaving, planner, proposals, reproject
from engine.access import SYSTEM
from engine.bulk import Batch
from engine.cases import Opening, advance, open_case, record
from engine.clock import FixedClock, at_morning, local_day
from engine.errors import EngineError
from engine.flowload import parse_flow
from engine.judging import Command, explain
from engine.setup import apply_campaign, register_flows
from engine.store import cases, deadlines, organisations
from engine.store.database import Database
from engine.sweep import sweep_all

PEOPLE = ("east", "east2", "west", "city", "city2", "institute")
STEPS = ("plant", "water", "show", "return_planting", "withdraw")
START = date(2020, 5, 15)
RENEWED = toy.GARDEN.replace("version: 1", "version: 2").replace(
    "reached: watered, due: day", "reached: watered, due: {after: planted, workdays: 10}"
)
_numbers = itertools.count(1)

logins = st.sampled_from(PEOPLE)
places = st.integers(0, 11)
reasons = st.sampled_from(["样例理由", "另一个样例理由", " "])
ahead = st.integers(-6, 30).map(timedelta)


class Journey(RuleBasedStateMachine):
    """A handful of gardens, a few people, and time that passes."""

    def __init__(self, template: Path, folder: Path) -> None:
        super().__init__()
        path = folder / f"journey_{next(_numbers)}.db"
        shutil.copy(template, path)
        self.database = Database(f"sqlite:///{path}", durable=False)
        self.clock = FixedClock(at_morning(START, "09:00"))
        self.opened = 0
        self.renewed = False
        self.known: dict[int, int] = {}

    def teardown(self) -> None:
        path = self.database.path
        self.database.close()
        if path is not None:
            for ending in ("", "-wal", "-shm"):
                Path(path + ending).unlink(missing_ok=True)

    @initialize()
    def prepare(self) -> None:
        self.field = toy.prepare(self.database, self.clock)
        self.open_one("east", claimed=False, days=0)

    @property
    def today(self) -> date:
        return local_day(self.clock.now())

    def case_id(self, place: int) -> int:
        return place % self.opened + 1

    def deadline_id(self, place: int) -> int:
        with self.field.engine.look() as work:
            found = deadlines.of_cases(work, range(1, self.opened + 1))
        every = [one.id for ones in found.values() for one in ones]
        return every[place % len(every)]

    def attempt(self, login: str, deed: Callable[..., Any], *arguments: Any, **more: Any) -> None:
        """Do something as somebody; a refusal of the engine's own is as good as an answer."""
        try:
            actor = self.field.actor(login)
            with self.field.engine.work(actor) as work:
                deed(self.field.engine, work, actor, *arguments, **more)
        except EngineError:
            pass

    @precondition(lambda self: self.opened < 8)
    @rule(district=st.sampled_from(["east", "west"]), claimed=st.booleans(), days=st.integers(0, 9))
    def open_one(self, district: str, *, claimed: bool, days: int) -> None:
        self.opened += 1
        subject = f"g{self.opened // 2}" if claimed else f"g{self.opened}"
        with self.field.engine.work() as work:
            opening = Opening(
                campaign="gardens-2020",
                flow="garden",
                district_id=organisations.by_code(work, district).id,
                subject_key=f"{subject}:{self.opened}",
                subject_name=f"样例花园{self.opened}",
                on=max(START, self.today - timedelta(days=days)),
                claimed=claimed,
            )
            open_case(self.field.engine, work, SYSTEM, opening)

    @rule(
        login=logins, place=places, step=st.sampled_from(STEPS), reason=reasons, key=st.sampled_from([None, "k1", "k2"])
    )
    def take(self, login: str, place: int, step: str, reason: str, key: str | None) -> None:
        order = Command(case_id=self.case_id(place), step=step, reason=reason, key=key)
        self.attempt(login, advance, order)

    @rule(place=places)
    def take_the_next(self, place: int) -> None:
        """The district does what comes next, so that journeys get somewhere."""
        with self.field.engine.look() as work:
            case = cases.get(work, self.case_id(place))
            code = organisations.get(work, case.district_id).code
        step = {"named": "plant", "planted": "water"}.get(case.state, "show")
        deed = proposals.propose if step == "show" else advance
        self.attempt(code, deed, Command(case_id=case.id, step=step))

    @rule(login=logins, place=places, step=st.sampled_from(STEPS), days=st.integers(0, 10))
    def propose(self, login: str, place: int, step: str, days: int) -> None:
        order = Command(case_id=self.case_id(place), step=step, on=self.today - timedelta(days=days), reason="样例理由")
        self.attempt(login, proposals.propose, order)

    @rule(login=st.sampled_from(["city", "city2", "east"]), place=places, returns=st.booleans())
    def decide(self, login: str, place: int, *, returns: bool) -> None:
        with self.field.engine.look() as work:
            step = cases.get(work, self.case_id(place)).proposed_step or "show"
        order = Command(case_id=self.case_id(place), step=step, reason="样例理由")
        self.attempt(login, proposals.return_proposal if returns else proposals.confirm, order)

    @rule(login=st.sampled_from(["city", "east"]), place=places, reason=reasons)
    def correct(self, login: str, place: int, reason: str) -> None:
        self.attempt(login, leaving.correct, self.case_id(place), reason=reason)

    @rule(place=places)
    def reinstate(self, place: int) -> None:
        self.attempt("city", leaving.reinstate, self.case_id(place), reason="样例理由")

    @rule(first=places, second=places)
    def replace(self, first: int, second: int) -> None:
        pair = {"leaving_id": self.case_id(first), "joining_id": self.case_id(second)}
        self.attempt("city", leaving.replace, **pair, reason="样例理由")

    @rule(place=places)
    def settle_claim(self, place: int) -> None:
        self.attempt("city", leaving.decide_claim, self.case_id(place), reason="样例理由")

    @rule(login=logins, place=places)
    def note(self, login: str, place: int) -> None:
        self.attempt(login, record, self.case_id(place), what="note", data={}, roles=["district_coordinator"])

    @rule(place=places, by=ahead, reason=reasons)
    def extend(self, place: int, by: timedelta, reason: str) -> None:
        self.attempt("city", extensions.extend, self.deadline_id(place), to_on=self.today + by, reason=reason)

    @rule(place=places, by=ahead)
    def ask(self, place: int, by: timedelta) -> None:
        self.attempt("east", extensions.ask_extension, self.deadline_id(place), to_on=self.today + by, reason="样例")

    @rule(granted=st.booleans(), number=st.integers(1, 6))
    def answer(self, *, granted: bool, number: int) -> None:
        self.attempt("city", extensions.decide_extension, number, granted=granted, reason="样例")

    @rule(place=places, deed=st.sampled_from([extensions.pause, extensions.resume]))
    def pause_or_resume(self, place: int, deed: Callable[..., Any]) -> None:
        self.attempt("city", deed, self.deadline_id(place), reason="样例")

    @rule(place=places)
    def waive(self, place: int) -> None:
        self.attempt("city", extensions.waive, self.deadline_id(place), reason="样例")

    @rule(place=places, by=ahead)
    def reply(self, place: int, by: timedelta) -> None:
        self.attempt("east", extensions.reply, self.deadline_id(place), promised_on=self.today + by, reason="样例")

    @rule(step=st.sampled_from(["plant", "water", "withdraw"]), name=st.sampled_from(["b1", "b2"]))
    def in_bulk(self, step: str, name: str) -> None:
        batch = Batch(name=name, step=step, versions=dict.fromkeys(range(1, self.opened + 1)), reason="样例")
        bulk.run(self.field.engine, self.field.actor("east"), batch)

    @rule(days=st.sampled_from([1, 1, 1, 3, 8]), time=st.sampled_from(["08:30", "08:30", "16:00"]))
    def let_days_pass(self, days: int, time: str) -> None:
        for _ in range(days if time == "08:30" else 1):
            self.clock.set(at_morning(self.today + timedelta(days=1), time))
            planner.plan(self.field.engine)
            sweep_all(self.field.engine)

    @rule(days=st.integers(2, 25))
    def be_down(self, days: int) -> None:
        self.clock.set(at_morning(self.today + timedelta(days=days), "10:00"))
        planner.plan(self.field.engine)
        sweep_all(self.field.engine)

    @rule(minutes=st.integers(1, 600))
    def let_time_pass(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(planted=st.integers(0, 20), newcomers=st.sampled_from([5, 20]), roll=st.sampled_from(["none", "next"]))
    def change_the_terms(self, planted: int, newcomers: int, roll: str) -> None:
        days = {"planted": (date(2020, 6, 1) + timedelta(days=planted)).isoformat(), "watered": "2020-06-30"}
        body = toy.terms_body(milestones=days, newcomer_workdays=newcomers, roll=roll)
        with self.field.engine.work() as work:
            apply_campaign(self.field.engine, work, SYSTEM, key="gardens-2020", kind="gardens", body=body)
        reproject.run(self.field.engine)

    @rule(by=st.integers(1, 20), works=st.booleans())
    def enter_a_day(self, by: int, *, works: bool) -> None:
        with self.field.engine.work() as work:
            toy.enter_day(self.field.engine, work, self.today + timedelta(days=by), works=works)
            reproject.ask(work, "gardens-2020", "样例通知")
        reproject.run(self.field.engine)

    @precondition(lambda self: not self.renewed)
    @rule()
    def renew_the_flow(self) -> None:
        """New cases are watered within working days of their planting."""
        self.renewed = True
        with self.field.engine.work() as work:
            register_flows(work, (parse_flow(RENEWED),))

    @invariant()
    def every_promise_holds(self) -> None:
        if self.opened:
            assert audit.verify(self.field.engine) == []

    @invariant()
    def verdicts_follow_from_their_days(self) -> None:
        for one in self.every_deadline():
            if one.state == "met":
                late = one.due_on is not None and one.met_on is not None and one.met_on > one.due_on
                assert one.verdict == ("late" if late else "on_time")
            else:
                assert (one.met_on, one.verdict) == (None, None)

    @invariant()
    def journals_only_grow_and_everybody_is_told_what_they_may_do(self) -> None:
        if not self.opened:
            return
        with self.field.engine.look() as work:
            now = {case.id: case.journal_seq for case in cases.of_campaign(work, "gardens-2020")}
        assert all(now[case_id] >= length for case_id, length in self.known.items())
        self.known = now
        for login in ("east", "city"):
            self.attempt(login, explain, max(now))

    def every_deadline(self) -> list[Any]:
        if not self.opened:
            return []
        with self.field.engine.look() as work:
            found = deadlines.of_cases(work, range(1, self.opened + 1))
        return [one for ones in found.values() for one in ones]


def test_whatever_people_do_in_whatever_order_the_promises_hold(sqlite_template: Path, tmp_path: Path) -> None:
    settled = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Journey(sqlite_template, tmp_path), settings=settled)
