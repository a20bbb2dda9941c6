"""Plans, their indicators, the products they serve, and their record on the national platform."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from engine.errors import NotFound
from engine.store.database import Work, insert_id, upsert
from engine.words import tr
from workflows.benchmarking.model import Indicator, Plan, PlatformRecord
from workflows.benchmarking.records.schema import (
    indicator_values,
    plan_indicators,
    plan_products,
    plans,
    platform_plans,
    products,
)
from workflows.benchmarking.records.sets import WANTED, rows_for


def add(work: Work, fields: Mapping[str, Any]) -> int:
    return insert_id(work, plans, {**fields, "recorded_at": work.now})


def change(work: Work, plan_id: int, fields: Mapping[str, Any]) -> None:
    changed = {**fields, "recorded_at": work.now}
    work.connection.execute(update(plans).where(plans.c.id == plan_id).values(**changed))


def get(work: Work, plan_id: int) -> Plan:
    row = work.connection.execute(select(plans).where(plans.c.id == plan_id)).one_or_none()
    if row is None:
        raise NotFound(tr("There is no plan with the number {number}.", number=plan_id))
    return _plan(row)


def of_district(work: Work, campaign: str, district_id: int, *, limit: int = 200) -> tuple[Plan, ...]:
    """The latest plans of a district, for choosing one that fits another enterprise's product too."""
    where = (plans.c.campaign == campaign, plans.c.district_id == district_id)
    rows = work.connection.execute(select(plans).where(*where).order_by(plans.c.id.desc()).limit(limit)).all()
    return tuple(_plan(row) for row in reversed(rows))


def of_products(work: Work, product_ids: Collection[int]) -> dict[int, Plan]:
    """The plan of each product that has one."""
    statement = (
        select(plan_products.c.product_id, plans)
        .join(plans, plans.c.id == plan_products.c.plan_id)
        .where(plan_products.c.product_id.in_(bindparam(WANTED, expanding=True)))
    )
    return {row.product_id: _plan(row) for row in rows_for(work, statement, product_ids)}


def link(work: Work, plan_id: int, product_ids: Collection[int]) -> None:
    """Let the plan serve these products; a plan they had before serves them no more."""
    wanted = {WANTED: list(product_ids)}
    values = delete(indicator_values).where(
        indicator_values.c.product_id.in_(bindparam(WANTED, expanding=True)), indicator_values.c.plan_id != plan_id
    )
    work.connection.execute(values, wanted)
    for product_id in product_ids:
        upsert(work, plan_products, {"product_id": product_id, "plan_id": plan_id})


def products_of(work: Work, plan_id: int) -> tuple[int, ...]:
    """Active products that the plan serves."""
    statement = (
        select(products.c.id)
        .join(plan_products, plan_products.c.product_id == products.c.id)
        .where(plan_products.c.plan_id == plan_id, products.c.active)
        .order_by(products.c.id)
    )
    return tuple(work.connection.execute(statement).scalars())


def cases_of(work: Work, plan_id: int) -> tuple[int, ...]:
    """Cases with an active product that the plan serves."""
    statement = (
        select(products.c.case_id)
        .join(plan_products, plan_products.c.product_id == products.c.id)
        .where(plan_products.c.plan_id == plan_id, products.c.active)
        .distinct()
        .order_by(products.c.case_id)
    )
    return tuple(work.connection.execute(statement).scalars())


def sharers_of(work: Work, case_id: int) -> tuple[int, ...]:
    """Cases that share a plan with this one, itself not counted."""
    own, others = products.alias("own"), products.alias("others")
    own_link, other_link = plan_products.alias("own_link"), plan_products.alias("other_link")
    statement = (
        select(others.c.case_id)
        .select_from(own)
        .join(own_link, own_link.c.product_id == own.c.id)
        .join(other_link, other_link.c.plan_id == own_link.c.plan_id)
        .join(others, others.c.id == other_link.c.product_id)
        .where(own.c.case_id == case_id, others.c.case_id != case_id)
        .distinct()
        .order_by(others.c.case_id)
    )
    return tuple(work.connection.execute(statement).scalars())


def indicators_of(work: Work, plan_id: int) -> tuple[Indicator, ...]:
    rows = work.connection.execute(
        select(plan_indicators).where(plan_indicators.c.plan_id == plan_id).order_by(plan_indicators.c.seq)
    )
    names = Indicator.__slots__
    return tuple(Indicator(**{name: row._mapping[name] for name in names}) for row in rows)  # noqa: SLF001


def write_indicators(work: Work, plan_id: int, indicators: Sequence[Indicator]) -> None:
    """The plan has these indicators from now on; values of enterprises stay with the indicator of the same name."""
    kept = [one.name for one in indicators]
    for table in (indicator_values, plan_indicators):
        work.connection.execute(delete(table).where(table.c.plan_id == plan_id, table.c.name.not_in(kept)))
    for seq, one in enumerate(indicators, start=1):
        upsert(work, plan_indicators, {"plan_id": plan_id, "seq": seq, **asdict(one)})


def values_of(work: Work, plan_id: int) -> dict[int, dict[str, str]]:
    """What each enterprise's own standard sets, by product and name of the indicator."""
    rows = work.connection.execute(
        select(indicator_values).where(indicator_values.c.plan_id == plan_id).order_by(indicator_values.c.product_id)
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        found[row.product_id][row.name] = row.enterprise_value
    return dict(found)


def write_values(work: Work, plan_id: int, product_id: int, values: Mapping[str, str]) -> None:
    """Write a product's own values by name of the indicator; an empty one is taken away."""
    for name, value in values.items():
        row = {"plan_id": plan_id, "name": name, "product_id": product_id, "enterprise_value": value}
        if value:
            upsert(work, indicator_values, row)
            continue
        same = (indicator_values.c[column] == row[column] for column in ("plan_id", "name", "product_id"))
        work.connection.execute(delete(indicator_values).where(*same))


def platform_record(work: Work, plan_id: int) -> PlatformRecord | None:
    row = work.connection.execute(select(platform_plans).where(platform_plans.c.plan_id == plan_id)).one_or_none()
    return None if row is None else PlatformRecord(row.uploaded_on, row.number, row.url, row.screenshot_sha)


def keep_platform_record(work: Work, plan_id: int, record: PlatformRecord) -> None:
    upsert(work, platform_plans, {"plan_id": plan_id, **asdict(record), "recorded_at": work.now})


def _plan(row: Row[Any]) -> Plan:
    return Plan(**{name: row._mapping[name] for name in Plan.__slots__})  # noqa: SLF001
