"""Records edited by hand: what is on record about products, plans and trainings is what the journal said last."""

import ningbo
import pytest
from acceptance.tampering import spoil
from ningbo import PDF, lab_report

from engine import audit
from engine.clock import FixedClock
from engine.store import cases
from engine.store.database import Database
from engine.words import say
from workflows.benchmarking.model import Indicator, RunnerStep, Standard
from workflows.benchmarking.recording import PlanDraft, ProductDraft, TrainingHeld


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    """One enterprise all the way to the public list, another with two products and two plans."""
    house = ningbo.prepare(database, clock)
    house.published(house.one())
    other = house.one("样例乙有限公司", "衬衫", "西服")
    house.record("record_plan", other, PlanDraft("样例方案一", house.today()), file=PDF, named=("衬衫",))
    house.record("record_plan", other, PlanDraft("样例方案二", house.today()), named=("西服",))
    size = Indicator("尺寸偏差", "cm", "lower", "1.0", "0.5")
    house.record("record_indicators", other, [size], product="西服", own_values={"尺寸偏差": "0.4"})
    renamed = ProductDraft(name="男式衬衫", implemented_standards=(Standard("GB/T 2660-2017"),))
    house.record("change_product", other, renamed, product="衬衫", reason="样例：更名")
    house.record("record_plan", other, PlanDraft("样例方案一（改）", house.today()), named=("男式衬衫",), reason="样例")
    house.record("record_test_report", other, lab_report(house.today()), product="男式衬衫", file=PDF)
    house.record("record_training", [other.id], TrainingHeld("样例宣贯二", house.today()), notice=PDF)
    reached = RunnerStep("area_matched", "national", 2020, house.today())
    house.record("record_runner_step", other, reached, product="西服")
    return house


def found(house: ningbo.Ningbo, locale: str = "en") -> list[str]:
    return [say(one.sentence, locale) for one in audit.verify(house.engine)]


def test_what_people_recorded_is_what_the_journal_says(house: ningbo.Ningbo) -> None:
    assert found(house) == []


def test_a_dropped_product_and_one_that_came_back_are_told_as_they_stand(house: ningbo.Ningbo) -> None:
    with house.engine.look() as work:
        (case,) = (one for one in cases.of_campaign(work, ningbo.CAMPAIGN) if one.subject_name == "样例乙有限公司")
    house.record("drop_product", case, product="西服", reason="样例：停产")
    assert found(house) == []

    suits = ProductDraft(name="西服", implemented_standards=(Standard("GB/T 2664-2017"),))
    house.record("add_product", case, suits)
    assert found(house) == []


def test_a_plan_of_another_enterprise_and_a_later_day_on_the_way_to_top_runner_are_told_as_they_stand(
    house: ningbo.Ningbo,
) -> None:
    with house.engine.look() as work:
        (case,) = (one for one in cases.of_campaign(work, ningbo.CAMPAIGN) if one.subject_name == "样例乙有限公司")
    third = house.one("样例丙有限公司")
    house.record("share_plan", third, 1)
    house.at("2020-05-20")
    again = RunnerStep("area_matched", "national", 2020, house.today())
    house.record("record_runner_step", case, again, product="西服", reason="样例：更正日期")

    assert found(house) == []


EDITS = {
    "a conclusion": ("UPDATE test_reports SET conclusion = 'all_better'", "the test report"),
    "a laboratory": ("UPDATE test_reports SET laboratory = '样例改写院'", "男式衬衫: the test report"),
    "a report": ("DELETE FROM test_reports", "the test report"),
    "a report nobody recorded": (
        (
            "UPDATE test_reports SET product_id = (SELECT id FROM products WHERE name = '西服')"
            " WHERE product_id = (SELECT id FROM products WHERE name = '男式衬衫')"
        ),
        "西服: the test report",
    ),
    "a result": ("UPDATE platform_results SET number = 'JG-0'", "the result on the platform"),
    "a plan's title": ("UPDATE plans SET title = '样例' WHERE title = '样例方案二'", "the plan is not"),
    "a plan's place on the platform": ("DELETE FROM platform_plans", "the plan on the platform"),
    "an indicator": ("UPDATE plan_indicators SET benchmark_value = '9'", "the indicators"),
    "a plan gone": ("DELETE FROM plans WHERE title = '样例方案二'", "is not known to the journal, or is gone"),
    "a plan gone from under its place on the platform": ("DELETE FROM plans WHERE title = '样例方案'", "or is gone"),
    "a plan nobody recorded": (
        "UPDATE plans SET id = 99 WHERE title = '样例方案二'",
        "The plan 99 is not known to the journal",
    ),
    "a product nobody recorded": (
        "UPDATE products SET name_key = '样例' WHERE name = '西服'",
        "the product 西服 is not",
    ),
    "an own value": ("UPDATE indicator_values SET enterprise_value = '9'", "what its own standard sets"),
    "whose plan it is": ("UPDATE plan_products SET plan_id = 1", "the plan is not"),
    "a product": ("UPDATE products SET plan_source = 'existing' WHERE name = '西服'", "the product 西服"),
    "a product's name": ("UPDATE products SET name = '样例' WHERE name = '西服'", "the product"),
    "a product gone": ("DELETE FROM products WHERE name = '西服'", "the product 西服 is not there"),
    "a training": (
        "DELETE FROM training_cases WHERE case_id = (SELECT id FROM cases WHERE subject_name = '样例乙有限公司')",
        "trainings",
    ),
    "a training's day": ("UPDATE trainings SET held_on = '2020-01-01'", "trainings"),
    "a step to Top Runner": ("UPDATE runner_steps SET year = 2021", "the step towards Top Runner"),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_record_that_was_edited_by_hand_is_found_and_named(house: ningbo.Ningbo, what: str) -> None:
    statement, named = EDITS[what]

    spoil(house, statement)

    assert any(named in sentence for sentence in found(house)), found(house)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in sentence) for sentence in found(house, "zh_CN"))
