"""Everything on record at once, row by row, for whoever compares it with the journal."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Row, Select, Table, select

from engine.store.database import Work
from workflows.benchmarking.records.schema import (
    declarations,
    indicator_values,
    plan_indicators,
    plan_products,
    plans,
    platform_plans,
    platform_results,
    products,
    runner_steps,
    test_reports,
    training_cases,
    trainings,
)

OF_PRODUCTS: Final[Mapping[str, tuple[Table, tuple[str, ...]]]] = {
    "test_report": (test_reports, ()),
    "result": (platform_results, ()),
    "declaration": (declarations, ("standard_no",)),
    "runner_step": (runner_steps, ("level", "year", "step")),
}
"""Records about products by what the journal calls them, with the columns that tell several of one product apart."""

Fields = dict[str, Any]


@dataclass(slots=True)
class PlanOnRecord:
    """A plan as it stands, with its indicators and its place on the national platform."""

    plan: Fields
    indicators: list[Fields] = field(default_factory=list)
    platform_plan: Fields | None = None


def product_rows(work: Work) -> Iterator[Fields]:
    """Every product of every case, dropped ones too."""
    yield from _rows(work, select(products).order_by(products.c.id))


def rows_about_products(work: Work, what: str) -> Iterator[tuple[int, tuple[Any, ...], Fields]]:
    """The product, what tells its records of the kind apart, and each record."""
    table, apart = OF_PRODUCTS[what]
    for row in _rows(work, select(table)):
        yield row["product_id"], tuple(row[name] for name in apart), row


def plan_by_product(work: Work) -> dict[int, int]:
    return {row["product_id"]: row["plan_id"] for row in _rows(work, select(plan_products))}


def values_by_product(work: Work) -> dict[int, dict[str, str]]:
    """What each enterprise's own standard sets, by product and name of the indicator."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in _rows(work, select(indicator_values)):
        found[row["product_id"]][row["name"]] = row["enterprise_value"]
    return found


def every_plan(work: Work) -> dict[int, PlanOnRecord]:
    found = {row["id"]: PlanOnRecord(row) for row in _rows(work, select(plans))}
    for row in _rows(work, select(plan_indicators).order_by(plan_indicators.c.plan_id, plan_indicators.c.seq)):
        if row["plan_id"] in found:
            found[row["plan_id"]].indicators.append(row)
    for row in _rows(work, select(platform_plans)):
        if row["plan_id"] in found:
            found[row["plan_id"]].platform_plan = row
    return found


def trainings_by_case(work: Work) -> dict[int, list[Fields]]:
    joined = select(training_cases.c.case_id, trainings).join(trainings, trainings.c.id == training_cases.c.training_id)
    found: dict[int, list[Fields]] = defaultdict(list)
    for row in _rows(work, joined):
        found[row["case_id"]].append(row)
    return found


def _rows(work: Work, statement: Select[Any]) -> Iterator[Fields]:
    for row in work.connection.execute(statement.execution_options(yield_per=2_000)):
        yield _fields(row)


def _fields(row: Row[Any]) -> Fields:
    return dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
