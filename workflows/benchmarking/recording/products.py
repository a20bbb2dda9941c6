"""Recording products and enterprises: a product more, changed or dropped; codes, industry, cluster and honours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.flow import Flow
from engine.model import Case
from engine.store import definitions
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking import creditcode
from workflows.benchmarking.model import Standard
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.changes import DISTRICT, Change, ProductName, Writing, need, product_of
from workflows.benchmarking.records import enterprises, products
from workflows.benchmarking.records.nominations import enterprise_id_of

LAST_STATE_FOR_PRODUCTS: Final = "plan_uploaded"
"""From here on the plans stand, and no product comes in any more."""

_INDUSTRY: Final = re.compile(r"[A-T]?[0-9]{2,4}")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseDetails:
    """What is to be known of an enterprise from now on; None leaves a thing as it is."""

    credit_code: str | None = None
    industry_code: str | None = None
    cluster: str | None = None
    above_designated_size: bool | None = None
    honours: tuple[str, ...] | None = None
    contact: dict[str, str] | None = None


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
        return done
    place = {"case_id": case.id, "enterprise_id": enterprise_id_of(case), "seq": len(known) + 1}
    products.add_many(work, [columns | place])
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
    return done


def set_enterprise_details(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    details: EnterpriseDetails,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Describe the enterprise behind a case; the credit code is checked and belongs to one enterprise only."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    known = enterprises.get(work, enterprise_id_of(case))
    given = {field.name: getattr(details, field.name) for field in fields(details)}
    wanted = {name: _tidy(name, value) for name, value in given.items() if value is not None}
    if "credit_code" in wanted:
        _check_code(work, known.id, wanted["credit_code"])
    before = {name: getattr(known, name) for name in wanted}
    done = writing.keep(case, Change(what="enterprise", before=before, after=wanted, roles=DISTRICT))
    if done is not case:
        enterprises.change(work, known.id, wanted | _as_list(wanted))
    return done


def takes_products(flow: Flow, case: Case) -> bool:
    """Whether a product may still come in: before the plans are uploaded, or after they were sent back."""
    return flow.rank[case.state] < flow.rank[LAST_STATE_FOR_PRODUCTS]


def told(columns: dict[str, Any]) -> dict[str, Any]:
    """A product's columns as the journal keeps them."""
    return {name: value for name, value in columns.items() if name not in {"name_key", "seq"}}


def _tidy(name: str, value: Any) -> Any:
    if name == "credit_code":
        return creditcode.clean(value)
    if name == "industry_code":
        code = value.strip().upper()
        if not _INDUSTRY.fullmatch(code):
            raise Refused(tr("{code} is no class of GB/T 4754, such as 3852.", code=value))
        return code
    return value.strip() if isinstance(value, str) else value


def _check_code(work: Work, enterprise_id: int, code: str) -> None:
    fault = creditcode.fault_of(code)
    if fault is not None:
        raise Refused(fault)
    owner = enterprises.by_credit_code(work, code)
    if owner is not None and owner.id != enterprise_id:
        raise Refused(tr("The credit code {code} belongs to another enterprise on record; please check it.", code=code))


def _as_list(wanted: dict[str, Any]) -> dict[str, Any]:
    return {"honours": list(wanted["honours"])} if "honours" in wanted else {}
