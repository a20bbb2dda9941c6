"""Recording products: one more, changed or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.findable import enter_cases
from engine.flow import Flow
from engine.model import Case
from engine.store import definitions
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import Standard
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.changes import Change, ProductName, Writing, need, product_of
from workflows.benchmarking.records import products
from workflows.benchmarking.records.nominations import enterprise_id_of

LAST_STATE_FOR_PRODUCTS: Final = "plan_uploaded"
"""From here on the plans stand, and no product comes in any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A product as a list or a person describes it; with the number of a platform plan it needs none of its own."""

    name: str
    implemented_standards: Sequence[Standard]
    benchmark_standards: Sequence[Standard] = ()
    existing_plan_no: str | None = None
    support_needed: bool = False

    def columns(self) -> dict[str, Any]:
        number = (self.existing_plan_no or "").strip() or None
        return {
            "name": self.name.strip(),
            "name_key": name_key(self.name),
            "implemented_standards": tuple(self.implemented_standards),
            "benchmark_standards": tuple(self.benchmark_standards),
            "plan_source": "existing" if number else "new",
            "existing_plan_no": number,
            "support_needed": self.support_needed,
        }


def add_product(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    draft: ProductDraft,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Take in one more product, or a dropped one again, as long as the enterprise's plans are not uploaded."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    if not takes_products(definitions.flow_of(work, case.definition_id), case):
        raise Refused(
            tr("The plans of {name} are uploaded; it is sent back before a product comes in.", name=case.subject_name)
        )
    need(draft.name, tr("the name of the product"))
    if not draft.implemented_standards:
        raise Refused(tr("{product} needs the number of the standard it implements.", product=draft.name))
    known = products.of_cases(work, [case.id])[case.id]
    same = next((one for one in known if one.name_key == name_key(draft.name)), None)
    if same is not None and same.active:
        raise Refused(tr("{name} has the product {product} already.", name=case.subject_name, product=same.name))
    columns = draft.columns() | {"active": True, "dropped_reason": None}
    done = writing.keep(case, Change(what="product", before=None, after=told(columns), product=draft.name))
    if same is not None:
        products.change(work, same.id, columns)
    else:
        place = {"case_id": case.id, "enterprise_id": enterprise_id_of(case), "seq": len(known) + 1}
        products.add_many(work, [columns | place])
    enter_cases(engine, work, [done])
    return done


def change_product(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    draft: ProductDraft,
    *,
    product: ProductName = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Write a product anew; a reason is needed once a plan rests on it."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    found = product_of(work, case, product or draft.name)
    flow = definitions.flow_of(work, case.definition_id)
    columns = draft.columns()
    before = {name: getattr(found, name) for name in columns}
    if before != columns and case.state != flow.initial and not (reason or "").strip():
        raise Refused(tr("A step of {name} already rests on this; say why it changes.", name=case.subject_name))
    change = Change(what="product", before=told(before), after=told(columns), product=found.name)
    done = writing.keep(case, change)
    if done is not case:
        products.change(work, found.id, columns)
        enter_cases(engine, work, [done])
    return done


def drop_product(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    *,
    product: ProductName,
    reason: str,
    version: int | None = None,
) -> Case:
    """Let a product take part no more; it stays on record, and the last one goes only with the enterprise."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    need(reason, tr("the reason"))
    found = product_of(work, case, product)
    if len(products.active_of(work, case.id)) == 1:
        raise Refused(
            tr(
                "{product} is the only product of {name}; withdraw the enterprise.",
                product=found.name,
                name=case.subject_name,
            )
        )
    change = Change(what="product", before={"active": True}, after={"active": False}, product=found.name)
    done = writing.keep(case, change)
    products.change(work, found.id, {"active": False, "dropped_reason": reason.strip()})
    enter_cases(engine, work, [done])
    return done


def takes_products(flow: Flow, case: Case) -> bool:
    """Whether a product may still come in: before the plans are uploaded, or after they were sent back."""
    return flow.rank[case.state] < flow.rank[LAST_STATE_FOR_PRODUCTS]


def told(columns: dict[str, Any]) -> dict[str, Any]:
    """A product's columns as the journal keeps them."""
    return {name: value for name, value in columns.items() if name not in {"name_key", "seq"}}
