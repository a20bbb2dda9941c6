"""Products: what each enterprise brings to a campaign, in the order of the list."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from engine.store.database import Work
from workflows.benchmarking.model import Product, Standard
from workflows.benchmarking.records.schema import products
from workflows.benchmarking.records.sets import WANTED, rows_for


def of_cases(work: Work, case_ids: Collection[int]) -> dict[int, tuple[Product, ...]]:
    """All products by case, dropped ones too, in the order of the list."""
    statement = (
        select(products)
        .where(products.c.case_id.in_(bindparam(WANTED, expanding=True)))
        .order_by(products.c.case_id, products.c.seq)
    )
    found: dict[int, list[Product]] = defaultdict(list)
    for row in rows_for(work, statement, case_ids):
        found[row.case_id].append(_product(row))
    return {key: tuple(found.get(key, ())) for key in case_ids}


def active_of(work: Work, case_id: int) -> tuple[Product, ...]:
    return tuple(product for product in of_cases(work, [case_id])[case_id] if product.active)


def by_ids(work: Work, ids: Collection[int]) -> dict[int, Product]:
    statement = select(products).where(products.c.id.in_(bindparam(WANTED, expanding=True)))
    return {row.id: _product(row) for row in rows_for(work, statement, ids)}


def add_many(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert products; `implemented_standards` and `benchmark_standards` are sequences of Standard."""
    if rows:
        work.connection.execute(products.insert(), [_values(row) | {"created_at": work.now} for row in rows])


def change(work: Work, product_id: int, fields: Mapping[str, Any]) -> None:
    work.connection.execute(update(products).where(products.c.id == product_id).values(**_values(fields)))


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    standards = {name: [one.as_json() for one in fields[name]] for name in _STANDARDS if name in fields}
    return {**fields, **standards}


def _product(row: Row[Any]) -> Product:
    fields = dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
    return Product(**fields | {name: tuple(_standard(one) for one in fields[name]) for name in _STANDARDS})


def _standard(plain: Mapping[str, Any]) -> Standard:
    return Standard(plain["number"], plain["title"], tuple(plain.get("also", ())))


_STANDARDS = ("implemented_standards", "benchmark_standards")
