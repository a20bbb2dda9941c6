"""The register page by page: whatever is asked for, together the pages are what a look at every case finds."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import toy

from console.paging import Page
from console.register import SORTS, Line, Wanted, every_line, register
from engine import extensions, leaving, proposals
from engine.access import SYSTEM, Actor
from engine.cases import Opening, advance, open_many
from engine.clock import FixedClock, at_morning
from engine.errors import EngineError, Refused
from engine.judging import Command
from engine.model import Case
from engine.store import areas, cases, deadlines, organisations, sought, topics
from engine.store.database import Database, Work

CAMPAIGN = "gardens-2020"
NAMES = ("样例花园", "虚构苗圃", "测试温室", "示例果园Rosa")


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    """Forty gardens in two districts after weeks in which anything may have happened to them."""
    found = toy.prepare(database, clock)
    chance = random.Random(11)  # noqa: S311 - the same weeks every time
    with found.engine.work() as work:
        openings = [
            Opening(
                campaign=CAMPAIGN,
                flow="garden",
                district_id=organisations.by_code(work, chance.choice(["east", "west"])).id,
                subject_key=f"g{number}",
                subject_name=f"{chance.choice(NAMES)}{number}",
                on=date(2020, 5, 15),
                claimed=number % 9 == 4,
            )
            for number in range(40)
        ]
        opened = open_many(found.engine, work, SYSTEM, openings)
        cases.put_topics(work, {case.id: ("38", "38", "16", "-")[case.id % 4] for case in opened})
    for day in range(30):
        clock.set(at_morning(date(2020, 5, 18) + timedelta(days=day), "10:00"))
        for _ in range(4):
            _something(found, chance)
    return found


def _something(field: toy.Field, chance: random.Random) -> None:
    case_id = chance.randint(1, 40)
    with field.engine.look() as work:
        case = cases.get(work, case_id)
        code = organisations.get(work, case.district_id).code
        deadline = chance.choice(deadlines.of_cases(work, [case_id])[case_id]).id
    step = {"named": "plant", "planted": "water"}.get(case.state, "show")
    later = field.clock.now().date() + timedelta(days=chance.randint(1, 40))
    command = Command(case_id=case_id, step=step, reason="样例理由")
    deeds: list[tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
        (code, proposals.propose if step == "show" else advance, (command,), {}),
        (code, proposals.propose if step == "show" else advance, (command,), {}),
        ("city", proposals.return_proposal, (command,), {}),
        ("city", advance, (Command(case_id=case_id, step="return_planting", reason="样例理由"),), {}),
        (code, advance, (Command(case_id=case_id, step="withdraw", reason="样例理由"),), {}),
        ("city", extensions.extend, (deadline,), {"to_on": later, "reason": "样例理由"}),
        ("city", extensions.pause, (deadline,), {"reason": "样例理由"}),
        ("city", extensions.waive, (deadline,), {"reason": "样例理由"}),
        ("city", leaving.correct, (case_id,), {"reason": "样例理由"}),
    ]
    login, deed, arguments, more = chance.choice(deeds)
    try:
        with field.engine.work(field.actor(login)) as work:
            deed(field.engine, work, field.actor(login), *arguments, **more)
    except EngineError:
        pass


def whole(field: toy.Field, actor: Actor, wanted: Wanted) -> Iterator[Page[Line]]:
    after, more = None, True
    while more:
        with field.engine.look() as work:
            page = register(field.engine, work, actor, _with(wanted, after))
        yield page
        after, more = page.after, page.after is not None


def _with(wanted: Wanted, after: str | None) -> Wanted:
    names = [name for name in Wanted.__slots__ if name not in {"after", "limit"}]
    return Wanted(**{name: getattr(wanted, name) for name in names}, after=after, limit=7)


def every(work: Work) -> list[Case]:
    return list(cases.of_campaign(work, CAMPAIGN))


ASKED: dict[str, tuple[dict[str, Any], Callable[[Case, date], bool]]] = {
    "all": ({}, lambda _case, _today: True),
    "overdue": ({"overdue": True}, lambda case, today: bool(case.next_due_on and case.next_due_on < today)),
    "red": ({"light": "red"}, lambda case, today: bool(case.next_due_on and case.next_due_on < today)),
    "two states": ({"states": ["named", "已浇水"]}, lambda case, _: case.state in {"named", "watered"}),
    "proposed": ({"proposed": True}, lambda case, _: case.proposed_step is not None),
    "claimed": ({"claimed": True}, lambda case, _: case.claimed),
    "until": (
        {"due_until": date(2020, 6, 20)},
        lambda case, _: bool(case.next_due_on and case.next_due_on <= date(2020, 6, 20)),
    ),
    "named": ({"name": "果园"}, lambda case, _: "果园" in case.subject_name),
    "named and late": (
        {"name": "rosa", "overdue": True},
        lambda case, today: "Rosa" in case.subject_name and bool(case.next_due_on and case.next_due_on < today),
    ),
}
SORTED_UNDER: dict[str, tuple[dict[str, Any], Callable[[Case, date], bool]]] = {
    "industry": ({"industry": "38"}, lambda case, _: case.topic == "38"),
    "industry by name": ({"industry": "烟草制品业"}, lambda case, _: case.topic == "16"),
    "no industry": ({"industry": "-"}, lambda case, _: case.topic == "-"),
    "unused industry": ({"industry": "50"}, lambda _case, _today: False),
    "industry and state": (
        {"industry": "38", "states": ["named"]},
        lambda case, _: case.topic == "38" and case.state == "named",
    ),
    "industry and late": (
        {"industry": "38", "overdue": True},
        lambda case, today: case.topic == "38" and bool(case.next_due_on and case.next_due_on < today),
    ),
    "industry and green": (
        {"industry": "38", "due_until": date(2020, 6, 20)},
        lambda case, _: case.topic == "38" and bool(case.next_due_on and case.next_due_on <= date(2020, 6, 20)),
    ),
    "industry and name": (
        {"industry": "38", "name": "果园"},
        lambda case, _: case.topic == "38" and "果园" in case.subject_name,
    ),
    "industry and proposed": (
        {"industry": "38", "proposed": True},
        lambda case, _: case.topic == "38" and case.proposed_step is not None,
    ),
    "industry and claimed": ({"industry": "38", "claimed": True}, lambda case, _: case.topic == "38" and case.claimed),
}
STATES = ("named", "planted", "watered", "shown", "withdrawn")
KEYS: dict[str, Callable[[Case], Any]] = {
    "number": lambda case: case.id,
    "name": lambda case: (case.subject_name, case.id),
    "state": lambda case: (STATES.index(case.state), case.id),
    "due": lambda case: (case.next_due_on is None, case.next_due_on or date.max, case.id),
    "late": lambda case: (case.next_due_on is None, case.next_due_on or date.max, case.id),
    "district": lambda case: (case.district_id, case.id),
}


def test_every_filter_in_every_order_is_what_a_look_at_every_case_finds(field: toy.Field) -> None:
    _compare(field, ASKED)


@pytest.mark.parametrize("few", [sought.FEW, 3])
def test_an_industry_in_every_order_is_what_a_look_finds_whether_it_is_rare_or_common(
    field: toy.Field, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sought, "FEW", few)

    _compare(field, SORTED_UNDER)


def _compare(field: toy.Field, asked: Mapping[str, tuple[dict[str, Any], Callable[[Case, date], bool]]]) -> None:
    today = field.clock.now().date()
    with field.engine.look() as work:
        known = every(work)
        east = organisations.by_code(work, "east").id
    assert len({case.state for case in known}) > 3
    assert any(case.proposed_step for case in known)
    assert any(case.returned_at for case in known)
    assert KEYS.keys() == SORTS.keys()

    for (name, (filters, holds)), sort, login in product(asked.items(), SORTS, ["city", "east"]):
        pages = list(whole(field, field.actor(login), Wanted(campaign=CAMPAIGN, sort=sort, **filters)))
        seen = [case for case in known if login == "city" or case.district_id == east]
        right = sorted((case for case in seen if holds(case, today)), key=KEYS[sort])

        assert [line.case for page in pages for line in page] == right, (name, sort, login)
        assert {(page.count.n, page.count.capped) for page in pages} == {(len(right), False)}, (name, sort, login)


def test_those_awaited_for_a_milestone_come_by_its_days_and_are_as_many_as_are_counted(field: toy.Field) -> None:
    with field.engine.look() as work:
        found = deadlines.of_cases(work, [case.id for case in every(work)])
    waiting = [one for ones in found.values() for one in ones if one.milestone == "watered" and one.awaited_on]
    right = [one.case_id for one in sorted(waiting, key=lambda one: (one.awaited_on, one.id))]
    assert right

    pages = list(whole(field, field.actor("city"), Wanted(campaign=CAMPAIGN, milestone="watered")))
    assert [line.case.id for page in pages for line in page] == right
    assert {page.count.n for page in pages} == {len(right)}


@pytest.mark.parametrize("few", [sought.FEW, 3])
def test_those_of_an_industry_awaited_for_a_milestone_come_by_its_days_too(
    field: toy.Field, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sought, "FEW", few)
    with field.engine.look() as work:
        wanted = [case.id for case in every(work) if case.topic == "38"]
        found = deadlines.of_cases(work, wanted)
    waiting = [one for ones in found.values() for one in ones if one.milestone == "watered" and one.awaited_on]
    right = [one.case_id for one in sorted(waiting, key=lambda one: (one.awaited_on, one.id))]
    assert right

    pages = list(whole(field, field.actor("city"), Wanted(campaign=CAMPAIGN, milestone="watered", industry="38")))
    assert [line.case.id for page in pages for line in page] == right
    assert {page.count.n for page in pages} == {len(right)}


def test_the_industries_there_are_and_their_counts_are_those_of_the_cases(field: toy.Field) -> None:
    with field.engine.look() as work:
        known = [case for case in every(work) if case.topic]
        for place in (areas.EVERYWHERE, areas.Area((organisations.by_code(work, "east").id,))):
            mine = [case for case in known if place.ids is None or case.district_id in place.ids]
            right = Counter((case.topic, case.state) for case in mine if not case.claimed)
            counted = topics.counts(work, CAMPAIGN, "garden", place)

            assert topics.occurring(work, CAMPAIGN, "garden", place) == tuple(sorted({str(one.topic) for one in mine}))
            assert Counter({(topic, state): n for topic, of in counted.items() for state, n in of.items()}) == right


@pytest.mark.parametrize("industry", ["3812", "C", "没有这个行业", "99"])
def test_what_is_no_division_is_refused_with_what_was_meant(field: toy.Field, industry: str) -> None:
    with field.engine.look() as work, pytest.raises(Refused):
        register(field.engine, work, field.actor("city"), Wanted(campaign=CAMPAIGN, industry=industry))


def test_lists_that_leave_the_house_hold_every_line(field: toy.Field) -> None:
    with field.engine.look() as work:
        lines = list(every_line(field.engine, work, field.actor("city"), Wanted(campaign=CAMPAIGN, limit=3)))
        assert len(lines) == len(every(work))


@pytest.mark.parametrize("after", ["", "x", "é", "WzEsMl0", "bnVsbA", "W251bGwsMSwyXQ", "WyIyMDIwLTk5LTk5Il0"])
def test_a_place_that_is_not_ours_is_refused(field: toy.Field, after: str) -> None:
    with field.engine.look() as work, pytest.raises(Refused):
        register(field.engine, work, field.actor("city"), Wanted(campaign=CAMPAIGN, sort="number", after=after))
