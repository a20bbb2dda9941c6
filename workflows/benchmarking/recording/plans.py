"""Recording plans: who wrote which for which products, their indicators, their place on the national platform."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from engine.access import Actor
from engine.core import Engine
from engine.errors import NotFound, Refused
from engine.model import Case
from engine.store import cases
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.evidence import Upload, keep_file
from workflows.benchmarking.model import DIRECTIONS, Indicator, Plan, PlatformRecord, Product
from workflows.benchmarking.recording.changes import PLANNERS, Change, ProductName, Writing, need, product_of
from workflows.benchmarking.recording.platform import checked_record
from workflows.benchmarking.records import plans, products


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as it is handed in; `drafted_by` is the body that wrote it."""

    title: str
    drafted_on: date
    drafted_by: str = ""


def record_plan(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    draft: PlanDraft,
    *,
    file: Upload | None = None,
    named: Collection[ProductName] = (),
    plan_id: int | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record the plan of some products, of all with a new plan where none are named.

    A plan that serves just these products is revised; otherwise a new one is begun. `plan_id` revises that plan, also
    one that other enterprises of the district share, and lets it serve these products too.
    """
    writing = Writing(engine, work, actor, reason)
    case = _open(writing, case_id, version)
    writing.not_in_future(draft.drafted_on, tr("the plan"))
    served = _served(work, case, named)
    plan = _own_plan(work, case, plan_id) if plan_id else _plan_only_for(work, served)
    fields = asdict(draft) | {"title": need(draft.title, tr("the title of the plan"))}
    kept = keep_file(work, file) if file else None
    if kept:
        fields |= {"file_sha": kept.sha256, "file_name": kept.name}
    before = _told(plan) if plan else None
    change = _plan_change("plan", before, (before or {"file_sha": None, "file_name": None}) | fields)
    if plan is None:
        case = writing.keep(case, change)
        number = plans.add(work, _owner(case) | fields)
    else:
        case = _keep_everywhere(writing, case, plan, change)
        plans.change(work, plan.id, fields)
        number = plan.id
    writing.keep_version("plan", number, kept)
    return _link(writing, case, number, served)


def share_plan(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    plan_id: int,
    *,
    named: Collection[ProductName] = (),
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Let a plan that the district has already serve products of this enterprise too."""
    writing = Writing(engine, work, actor, reason)
    case = _open(writing, case_id, version)
    plan = _own_plan(work, case, plan_id)
    return _link(writing, case, plan.id, _served(work, case, named))


def record_indicators(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    indicators: Sequence[Indicator],
    *,
    product: ProductName = None,
    own_values: Mapping[str, str] | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record the key indicators of a product's plan, and by name of the indicator what its own standard sets."""
    writing = Writing(engine, work, actor, reason)
    case = _open(writing, case_id, version)
    found, plan = _planned(work, case, product, alone=bool(own_values))
    checked = _checked(indicators)
    change = _plan_change("indicators", plans.indicators_of(work, plan.id) or None, checked)
    case = _keep_everywhere(writing, case, plan, change)
    plans.write_indicators(work, plan.id, checked)
    return _keep_values(writing, case, plan, found, own_values or {})


def record_platform_plan(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    record: PlatformRecord,
    *,
    product: ProductName = None,
    screenshot: Upload | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record that the plan of a product stands on the national platform."""
    writing = Writing(engine, work, actor, reason)
    case = _open(writing, case_id, version)
    _, plan = _planned(work, case, product)
    before = plans.platform_record(work, plan.id)
    after, kept = checked_record(writing, record, before, screenshot)
    change = replace(_plan_change("platform_plan", before, after), slot="platform_record")
    done = _keep_everywhere(writing, case, plan, change)
    if done is not case:
        plans.keep_platform_record(work, plan.id, after)
        writing.keep_version("platform_plan", plan.id, kept)
    return done


def _open(writing: Writing, case_id: int, version: int | None) -> Case:
    """Open the case; those that share its plans are held with it in one order, so that nobody waits in a ring."""
    sharers = plans.sharers_of(writing.work, case_id)
    if sharers:
        cases.lock(writing.work, sorted({case_id, *sharers}))
    return writing.open(case_id, version)


def _keep_values(writing: Writing, case: Case, plan: Plan, product: Product, values: Mapping[str, str]) -> Case:
    known = {one.name for one in plans.indicators_of(writing.work, plan.id)}
    if unknown := sorted(values.keys() - known):
        raise Refused(tr("There is no indicator {names} in this plan.", names=tuple(unknown)))
    before = plans.values_of(writing.work, plan.id).get(product.id, {})
    after = {name: value for name, value in {**before, **values}.items() if value}
    change = replace(_plan_change("indicator_values", before or None, after or None), product=product.name)
    plans.write_values(writing.work, plan.id, product.id, values)
    return writing.keep(case, change)


def _served(work: Work, case: Case, named: Collection[ProductName]) -> tuple[Product, ...]:
    """The products a plan is to serve; refused when one of them uses a plan that is on the platform already."""
    active = products.active_of(work, case.id)
    served = tuple(product_of(work, case, one) for one in named) or tuple(
        one for one in active if one.plan_source == "new"
    )
    adopting = tuple(one.name for one in served or active if one.plan_source == "existing")
    if adopting:
        raise Refused(
            tr("{products} uses a plan that is on the platform already; change that first.", products=adopting)
        )
    return served


def _plan_only_for(work: Work, served: Sequence[Product]) -> Plan | None:
    """The plan that serves exactly these products, if there is one."""
    found = plans.of_products(work, [product.id for product in served])
    if len(found) != len(served) or len({plan.id for plan in found.values()}) != 1:
        return None
    plan = next(iter(found.values()))
    return plan if set(plans.products_of(work, plan.id)) == {product.id for product in served} else None


def _own_plan(work: Work, case: Case, plan_id: int) -> Plan:
    plan = plans.get(work, plan_id)
    if (plan.campaign, plan.district_id) != (case.campaign, case.district_id):
        # what belongs to another district does not exist here
        raise NotFound(tr("There is no plan with the number {number}.", number=plan_id))
    return plan


def _planned(work: Work, case: Case, wanted: ProductName, *, alone: bool = False) -> tuple[Product, Plan]:
    """A product and its plan. None needs to be named where all new plans are one, or, `alone`, serve one product."""
    served = {one.id: one for one in products.active_of(work, case.id) if one.plan_source == "new"}
    found = plans.of_products(work, list(served))
    if wanted is None and len({plan.id for plan in found.values()}) == 1 and not (alone and len(found) > 1):
        key, plan = next(iter(found.items()))
        return served[key], plan
    product = product_of(work, case, wanted)
    if product.id not in found:
        raise Refused(tr("{product} has no plan of its own yet; record the plan first.", product=product.name))
    return product, found[product.id]


def _plan_change(what: str, before: Any, after: Any) -> Change:
    return Change(what=what, before=before, after=after, slot="plan_file", roles=PLANNERS)


def _keep_everywhere(writing: Writing, case: Case, plan: Plan, change: Change) -> Case:
    """Journal a change of a plan in every enterprise that it serves."""
    for other_id in plans.cases_of(writing.work, plan.id):
        if other_id != case.id:
            writing.keep(cases.get(writing.work, other_id), change)
    return writing.keep(case, change)


def _link(writing: Writing, case: Case, plan_id: int, served: Sequence[Product]) -> Case:
    """Let the plan serve these products, and journal it for those that had another or none."""
    ids = [product.id for product in served]
    now = {key: plan.id for key, plan in plans.of_products(writing.work, ids).items()}
    for product in served:
        change = replace(_plan_change("plan_link", now.get(product.id), plan_id), product=product.name)
        case = writing.keep(case, change)
    plans.link(writing.work, plan_id, ids)
    return case


def _checked(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    if not indicators:
        raise Refused(tr("A plan has at least one indicator."))
    names = [need(one.name, tr("the name of an indicator")) for one in indicators]
    if double := sorted({name for name in names if names.count(name) > 1}):
        raise Refused(tr("The indicator {names} is named twice.", names=tuple(double)))
    if wrong := [one.direction for one in indicators if one.direction not in DIRECTIONS]:
        known = tuple(DIRECTIONS)
        raise Refused(
            tr("{direction} is no direction of an indicator; there are {known}.", direction=wrong[0], known=known)
        )
    return tuple(replace(one, name=name) for one, name in zip(indicators, names, strict=True))


def _owner(case: Case) -> dict[str, object]:
    return {"campaign": case.campaign, "district_id": case.district_id}


def _told(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in ("title", "drafted_by", "drafted_on", "file_sha", "file_name")}
