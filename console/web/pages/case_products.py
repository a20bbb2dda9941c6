"""Products of an enterprise: one more, one written anew, one that takes part no more."""

from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter
from pydantic import Field as Limits
from starlette.responses import Response

from console.caseview import CaseView
from console.productdrafts import read_standards
from console.web.acts import LONGEST, Act, Reasoned, Sent, Tried
from console.web.attempt import AsTyped, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.fields import Field
from console.web.pages.case_head import OVERVIEW, CaseHead, do_once, head_of, seen_at
from engine.errors import NotAllowed, NotFound
from engine.roles import labels
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.model import Product, Standard
from workflows.benchmarking.recording import ProductDraft, add_product, change_product, drop_product
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.records import products

pages = APIRouter()


class Described(Protocol):
    """A product as somebody typed it, here or in a program."""

    @property
    def name(self) -> str: ...
    @property
    def implements(self) -> str: ...
    @property
    def benchmarks(self) -> str: ...
    @property
    def existing_plan_no(self) -> str: ...
    @property
    def support_needed(self) -> bool: ...


class ProductForm(Sent):
    name: str = Limits(max_length=120)
    implements: str
    benchmarks: str = ""
    existing_plan_no: str = Limits(default="", max_length=80)
    support_needed: bool = False
    reason: str = Limits(default="", max_length=LONGEST)


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product's form; without a product it takes in a new one."""

    head: CaseHead
    product: Product | None
    fields: tuple[Field, ...]
    dropping: Act | None
    tried: Tried


@pages.get("/cases/{case_id}/products")
def show_new(case_id: int, desk: AtDesk) -> Response:
    return product_page(desk, case_id, None)


@pages.get("/cases/{case_id}/products/{product_id}")
def show_product(case_id: int, product_id: int, desk: AtDesk) -> Response:
    return product_page(desk, case_id, product_id)


@pages.post("/cases/{case_id}/products")
def add(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Take in one more product."""
    desk.if_refused(typed, lambda attempt: product_page(desk, case_id, None, Tried("product", attempt)))
    form = typed.read(ProductForm)
    draft = draft_of(desk, form)
    return do_once(
        desk,
        form.request(case_id, "product"),
        lambda work: add_product(desk.engine, work, desk.actor, case_id, draft, reason=form.reason or None),
    )


@pages.post("/cases/{case_id}/products/{product_id}")
def change(case_id: int, product_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Write a product anew."""
    desk.if_refused(typed, lambda attempt: product_page(desk, case_id, product_id, Tried("product", attempt)))
    form = typed.read(ProductForm)
    draft = draft_of(desk, form)
    return do_once(
        desk,
        form.request(case_id, f"product {product_id}"),
        lambda work: change_product(
            desk.engine, work, desk.actor, case_id, draft, product=product_id, reason=form.reason or None
        ),
        back=f"product-{product_id}",
    )


@pages.post("/cases/{case_id}/products/{product_id}/drop")
def drop(case_id: int, product_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Let a product take part no more."""
    desk.if_refused(typed, lambda attempt: product_page(desk, case_id, product_id, Tried("drop", attempt)))
    form = typed.read(Reasoned)
    return do_once(
        desk,
        form.request(case_id, f"drop {product_id}"),
        lambda work: drop_product(desk.engine, work, desk.actor, case_id, product=product_id, reason=form.reason),
        back=f"product-{product_id}",
    )


def product_page(desk: Desk, case_id: int, product_id: int | None, tried: Tried | None = None) -> Response:
    """The form with what is on record, or as it was typed."""
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        if not view.may(desk.actor, DISTRICT):
            raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=labels(DISTRICT)))
        product = _found(work, view, product_id)
        page = ProductPage(
            head=head_of(view, OVERVIEW),
            product=product,
            fields=tuple(_fields(product, begun=view.case.state != view.flow.initial)),
            dropping=_dropping(view, product) if product else None,
            tried=tried or Tried(),
        )
    return desk.page("cases/product.html", page)


def _found(work: Work, view: CaseView, product_id: int | None) -> Product | None:
    if product_id is None:
        return None
    found = next((one for one in products.active_of(work, view.case.id) if one.id == product_id), None)
    if found is None:
        raise NotFound
    return found


def _fields(product: Product | None, *, begun: bool) -> list[Field]:
    told = tr("One standard a line, as a list writes it: number and, in 《》, the title.")
    fields = [
        Field(name="name", label=tr("Name of the product"), before=product.name if product else "", required=True),
        Field(
            name="implements",
            label=tr("Standards it implements"),
            kind="area",
            before=_lines(product.implemented_standards) if product else "",
            hint=told,
            required=True,
        ),
        Field(
            name="benchmarks",
            label=tr("Standards it is compared with"),
            kind="area",
            before=_lines(product.benchmark_standards) if product else "",
            hint=told,
        ),
        Field(
            name="existing_plan_no",
            label=tr("Number of a plan on the platform that it uses"),
            before=product.existing_plan_no if product else "",
            hint=tr("Leave it empty where a plan of its own is written."),
        ),
        Field(
            name="support_needed",
            label=tr("Help with the plan is wanted"),
            kind="tick",
            before=bool(product and product.support_needed),
        ),
    ]
    if product and begun:
        hint = tr("A step already rests on what is on record, so please say why it changes.")
        fields.append(Field(name="reason", label=tr("Reason of the change"), kind="area", hint=hint))
    return fields


def _lines(standards: tuple[Standard, ...]) -> str:
    return "\n".join(f"{one.number}《{one.title}》" if one.title else one.number for one in standards)


def draft_of(desk: Desk, form: Described) -> ProductDraft:
    """The product as it was typed; standards that cannot be read are refused at their field, all at once."""
    year = desk.today.year
    implemented, wrong = read_standards(form.implements, year=year)
    benchmarks, odd = read_standards(form.benchmarks, year=year)
    faults: dict[str, Sentence] = {}
    for name, sentences in (("implements", wrong), ("benchmarks", odd)):
        if sentences:
            faults[name] = Sentence("{text}", {"text": sentences})
    if faults:
        raise FormRefused(faults)
    return ProductDraft(
        name=form.name,
        implemented_standards=implemented,
        benchmark_standards=benchmarks,
        existing_plan_no=form.existing_plan_no or None,
        support_needed=form.support_needed,
    )


def _dropping(view: CaseView, product: Product) -> Act:
    return Act(
        name="drop",
        action=f"/cases/{view.case.id}/products/{product.id}/drop",
        label=tr("Drop the product"),
        consequence=tr(
            "{product} takes part no more and no evidence is asked for it; what is on record stays.",
            product=product.name,
        ),
        say="must",
    )
