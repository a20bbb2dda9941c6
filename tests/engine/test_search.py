"""Searching: parts of names from two Chinese signs on, codes from six, only below the places somebody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import FixedClock
from engine.grams import asked, grams, plain, terms_of
from engine.store import search
from engine.store.database import Database
from engine.store.search import Entry, Question

ENTRIES = (
    Entry(
        kind="case",
        ref_id=1,
        path="/1/5/",
        title="海曙样例纺织有限公司",
        words=("91330203MA2XXXXX1A", "样例坯布"),
        campaign="a",
        flow="x",
    ),
    Entry(kind="case", ref_id=2, path="/1/6/", title="慈溪虚构轴承（宁波）有限公司", campaign="a", flow="x"),
    Entry(kind="case", ref_id=3, path="/1/5/9/", title="海曙样例Lenovo电器厂", campaign="b", flow="x"),
    Entry(kind="person", ref_id=1, path="/1/6/", title="测试员甲"),
)


@pytest.fixture
def entered(database: Database, clock: FixedClock) -> Database:
    with database.work(clock.now()) as work:
        search.enter(work, ENTRIES)
    return database


def found(database: Database, text: str, clock: FixedClock, **more: object) -> list[tuple[str, int]]:
    question = Question(**{"terms": terms_of(text), "paths": None, **more})  # type: ignore[arg-type]
    with database.look(clock.now()) as work:
        return [(hit.kind, hit.ref_id) for hit in search.find(work, question, 10)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("纺织", [1]),
        ("坯布", [1]),
        ("海曙 样例", [3, 1]),
        ("轴承宁波", [2]),
        ("轴承(宁波)", [2]),
        ("91330203ma2", [1]),
        ("XXXXX1A", [1]),
        ("lenovo", [3]),
        ("样例lenovo电器", [3]),
        ("样织", []),
        ("厂 电器", [3]),
        ("'\"); --坯布", [1]),
    ],
)
def test_a_part_of_a_name_is_found(entered: Database, clock: FixedClock, text: str, hits: list[int]) -> None:
    assert found(entered, text, clock, kinds=("case",)) == [("case", key) for key in hits]


def test_nobody_finds_what_lies_outside_the_places_they_see(entered: Database, clock: FixedClock) -> None:
    assert found(entered, "有限公司", clock) == [("case", 2), ("case", 1)]
    assert found(entered, "有限公司", clock, paths=["/1/5/"]) == [("case", 1)]
    assert found(entered, "海曙", clock, paths=["/1/5/"]) == [("case", 3), ("case", 1)]
    assert found(entered, "海曙", clock, paths=["/1/5/9/"]) == [("case", 3)]
    assert found(entered, "有限公司", clock, paths=["/1/"]) == [("case", 2), ("case", 1)]
    assert found(entered, "有限公司", clock, paths=[]) == []


def test_a_word_that_looks_like_a_place_opens_no_door(entered: Database, clock: FixedClock) -> None:
    assert found(entered, "o5", clock, paths=["/1/6/"]) == []
    assert found(entered, "§o5 有限", clock, paths=["/1/6/"]) == []


def test_campaign_and_flow_narrow_what_is_found(entered: Database, clock: FixedClock) -> None:
    assert found(entered, "样例", clock, campaign="b") == [("case", 3)]
    assert found(entered, "样例", clock, campaign="a", flow="x") == [("case", 1)]


def test_what_is_renamed_is_found_by_its_new_name_only(entered: Database, clock: FixedClock) -> None:
    with entered.work(clock.now()) as work:
        search.enter(work, [Entry(kind="case", ref_id=1, path="/1/5/", title="海曙测试丝绸厂", campaign="a", flow="x")])

    assert found(entered, "纺织", clock) == []
    assert found(entered, "丝绸", clock) == [("case", 1)]


def test_a_single_sign_is_too_short_to_look_for() -> None:
    assert not Question(terms=terms_of("海"), paths=None).answerable
    assert not Question(terms=terms_of("  "), paths=None).answerable
    assert Question(terms=terms_of("海曙"), paths=None).answerable


@given(st.text(), st.data())
def test_every_part_of_a_text_has_only_pieces_of_the_text(text: str, data: st.DataObject) -> None:
    whole = plain(text)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    part = whole[start:end]
    long_run = any(len(run) > 12 for run in "".join(sign if sign.isascii() else " " for sign in whole).split())

    if not long_run:
        assert asked(part) <= grams(whole)
