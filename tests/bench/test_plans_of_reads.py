"""How the database finds what pages show: never by reading a large table whole, and with few statements."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bench.country import make, open_country
from bench.lands import CAMPAIGN, Land
from bench.reads import READS, listening, plans, whole_tables
from console.register import Wanted, register
from engine import audit
from engine.access import Actor
from engine.core import Engine
from engine.store import areas, organisations, people, sought, topics
from engine.store.database import Work

MOST_STATEMENTS = 25
IN_ORDER_OF_NUMBERS = {"letters": ("SCAN mails", "SCAN mails USING COVERING INDEX ix_mails_district")}
"""Read from the end, and only so many: the latest letters, and a count that ends at its cap."""
DIVISIONS = ("16", "17", "24", "29", "34", "38", "40")
"""Of the industries that the country's enterprises are drawn from."""
NO_PAGE = {"status at the terminal"}


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The country of the benchmarks on a small scale; plans do not depend on how much there is."""
    url = f"sqlite:///{tmp_path_factory.mktemp('country') / 'country.db'}"
    make(url, Land(cases=3_000, districts=800), say=False)
    engine = open_country(url)
    yield engine
    engine.database.close()


def test_the_country_keeps_every_promise(country: Engine) -> None:
    assert audit.verify(country) == []


@pytest.mark.parametrize("name", sorted(READS.keys() - NO_PAGE))
def test_no_page_reads_a_large_table_whole(country: Engine, name: str) -> None:
    login, ask = READS[name]

    found = [step for _, steps in plans(country, login, ask) for step in whole_tables(steps)]
    assert [step for step in found if step not in IN_ORDER_OF_NUMBERS.get(name, ())] == []


@pytest.mark.parametrize("name", sorted(READS.keys() - NO_PAGE))
def test_a_page_asks_little_and_gets_an_answer(country: Engine, name: str) -> None:
    login, ask = READS[name]

    with country.look() as work:
        actor = people.actor(work, login, country.today(work))
        with listening(country) as asked:
            answer = ask(country, work, actor)
    assert answer is not None
    assert len(asked.statements) <= MOST_STATEMENTS


@pytest.mark.parametrize("sort", ["number", "due", "state"])
@pytest.mark.parametrize("login", ["country", "d0777"])
def test_a_common_industry_is_read_in_its_order_by_an_index(
    country: Engine, login: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sought, "FEW", 10)

    def ask(engine: Engine, work: Work, actor: Actor) -> object:
        return register(engine, work, actor, Wanted(campaign=CAMPAIGN, industry="38", flow="enterprise", sort=sort))

    found = [steps for statement, steps in plans(country, login, ask) if "cases.id" in statement]
    strands = [(step, then) for steps in found for step, then in pairwise([*steps, ""]) if step.startswith("SEARCH")]
    index = "ix_cases_topic" if login == "country" else "ix_cases_place"
    assert any(index in step for step, _ in strands)
    # what strands begin with is put together, but none is read whole and sorted; a district's own cases may be
    in_order = login == "country" or sort == "due"
    assert not in_order or not [step for step, then in strands if "cases" in step and "ORDER BY" in then]
    assert [step for steps in found for step in whole_tables(steps)] == []


def test_the_industries_there_are_are_read_from_one_to_the_next(country: Engine) -> None:
    def seen(work: Work, place: str) -> tuple[str, ...] | None:
        here = areas.area(work, [organisations.by_code(work, place).path])
        return topics.occurring(work, CAMPAIGN, "enterprise", here)

    with country.look() as work:
        assert topics.occurring(work, CAMPAIGN, "enterprise", areas.EVERYWHERE) == DIVISIONS
        with listening(country) as asked:
            assert set(seen(work, "d0777") or ()) < set(DIVISIONS)
        statement, values = asked.statements[-1]
        steps = [row[3] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert steps[0] == "SEARCH cases USING INDEX ix_cases_place (campaign=? AND flow=? AND district_id=?)"
        assert seen(work, "p07") is None


def test_the_same_country_is_made_again(tmp_path: Path) -> None:
    heads = []
    for number in range(2):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        make(url, Land(cases=40, districts=20), say=False)
        engine = open_country(url)
        with engine.look() as work:
            rows = work.connection.exec_driver_sql("SELECT journal_hash, next_due_on FROM cases ORDER BY id").all()
        engine.database.close()
        heads.append([tuple(row) for row in rows])
    assert heads[0] == heads[1]
