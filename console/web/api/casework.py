"""What else is done to a case through the interface: brought back, put right, its products, what is known of it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from console.accounts.audit import disclose
from console.enterprisedetails import Details, detail_faults, record_details
from console.once import Request, hold, once
from console.web.api.desk import AtApi, told
from console.web.api.once import AtOnce, Once
from console.web.api.reading import NUMBER, CaseNumber
from console.web.api.shapes import Asked, Document, Nothing, problems
from console.web.attempt import FormRefused
from console.web.desk import Desk
from console.web.pages.case_head import seen_at
from console.web.pages.case_products import draft_of
from engine import leaving
from engine.errors import NotFound
from engine.store import cases
from engine.store.database import Work
from workflows.benchmarking.enrolment.claims import decide_claim
from workflows.benchmarking.kind import ENTERPRISE
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.recording import add_product, change_product, drop_product
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of

router = APIRouter(tags=["cases"], responses=problems(400, 409, 412))

ProductNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of a product of the case.")]
Number = Annotated[int, Field(ge=1, le=NUMBER)]
Why = Annotated[str, Field(min_length=4, max_length=500)]
Cell = Annotated[str, Field(max_length=2_000, description="As a list writes them: number and, in 《》, the title.")]
Text = Annotated[str, Field(max_length=200)]


class Versioned(Asked):
    """The version of the case that was seen."""

    version: Number | None = None


class Reasoned(Versioned):
    """Why it is done."""

    reason: Why


class Replaced(Reasoned):
    """The case that takes the place of this one, which has left."""

    to: Number


class Decided(Reasoned):
    """Whether the district that claims the enterprise gets it."""

    granted: bool


class Product(Versioned):
    """A product with its standards; a reason is needed once a step rests on what is on record."""

    name: str = Field(min_length=1, max_length=120)
    implements: Cell
    benchmarks: Cell = ""
    existing_plan_no: str = Field(default="", max_length=80)
    support_needed: bool = False
    reason: Why | None = None


class Described(Versioned):
    """What is known of an enterprise; what is left out or empty stays as it is, only `honours` is taken whole."""

    credit_code: Text = ""
    industry: Text = ""
    cluster: Text = ""
    size: Text = ""
    honours: list[Text] | None = Field(default=None, max_length=50)
    contact: dict[Annotated[str, Field(pattern="^(name|phone|email)$")], Text] = Field(default={})
    reason: Why | None = None


@router.post("/cases/{case_id}/reinstate", response_model=Document)
def reinstate(case_id: CaseNumber, asked: Reasoned, doing: AtOnce) -> Response:
    """Bring a withdrawn case back to the state it left."""
    desk = doing.desk
    return _do(
        doing,
        case_id,
        asked,
        deed="reinstate",
        act=lambda work: leaving.reinstate(desk.engine, work, desk.actor, case_id, reason=asked.reason),
    )


@router.post("/cases/{case_id}/correct", response_model=Document)
def correct(case_id: CaseNumber, asked: Reasoned, doing: AtOnce) -> Response:
    """Take back the last step, which should not have been taken."""
    desk = doing.desk
    return _do(
        doing,
        case_id,
        asked,
        deed="correct",
        act=lambda work: leaving.correct(desk.engine, work, desk.actor, case_id, reason=asked.reason),
    )


@router.post("/cases/{case_id}/replace", response_model=Document)
def replace(case_id: CaseNumber, asked: Replaced, doing: AtOnce) -> Response:
    """Name the enterprise that takes the place of one that has left."""
    desk = doing.desk
    return _do(
        doing,
        case_id,
        asked,
        deed="replace",
        others=(asked.to,),
        act=lambda work: leaving.replace(
            desk.engine, work, desk.actor, leaving_id=case_id, joining_id=asked.to, reason=asked.reason
        ),
    )


@router.post("/cases/{case_id}/claim", response_model=Document)
def claim(case_id: CaseNumber, asked: Decided, doing: AtOnce) -> Response:
    """Decide to which of two districts an enterprise belongs."""
    desk = doing.desk
    return _do(
        doing,
        case_id,
        asked,
        deed="claim",
        act=lambda work: decide_claim(desk.engine, work, desk.actor, case_id, grant=asked.granted, reason=asked.reason),
    )


@router.post("/cases/{case_id}/products", response_model=Document)
def add(case_id: CaseNumber, asked: Product, doing: AtOnce) -> Response:
    """Take in one more product."""
    desk, draft = doing.desk, draft_of(doing.desk, asked)
    return _do(
        doing,
        case_id,
        asked,
        lambda work: add_product(desk.engine, work, desk.actor, case_id, draft, reason=asked.reason),
    )


@router.post("/cases/{case_id}/products/{product_id}", response_model=Document)
def change(case_id: CaseNumber, product_id: ProductNumber, asked: Product, doing: AtOnce) -> Response:
    """Write a product anew."""
    desk, draft = doing.desk, draft_of(doing.desk, asked)
    return _do(
        doing,
        case_id,
        asked,
        lambda work: change_product(
            desk.engine, work, desk.actor, case_id, draft, product=product_id, reason=asked.reason
        ),
    )


@router.post("/cases/{case_id}/products/{product_id}/drop", response_model=Document)
def drop(case_id: CaseNumber, product_id: ProductNumber, asked: Reasoned, doing: AtOnce) -> Response:
    """Let a product take part no more; what is on record of it stays."""
    desk = doing.desk
    return _do(
        doing,
        case_id,
        asked,
        lambda work: drop_product(desk.engine, work, desk.actor, case_id, product=product_id, reason=asked.reason),
    )


@router.post("/cases/{case_id}/enterprise", response_model=Document)
def describe(case_id: CaseNumber, asked: Described, doing: AtOnce) -> Response:
    """Write down what is known of an enterprise."""
    desk = doing.desk

    def do(work: Work) -> None:
        known = _enterprise(desk, work, case_id)
        honours = known.honours if asked.honours is None else tuple(asked.honours)
        details = Details(**asked.model_dump(exclude={"version", "reason", "honours"}), honours=honours)
        if faults := detail_faults(work, case_id, details):
            raise FormRefused(faults)
        record_details(desk.engine, work, desk.actor, case_id, details, reason=asked.reason)

    return _do(doing, case_id, asked, do)


@router.post("/cases/{case_id}/contact", response_model=Document)
def contact(case_id: CaseNumber, _: Nothing, desk: AtApi) -> Response:
    """Who is called at the enterprise, in full; it is written down who asked, each time."""
    with desk.work() as work:
        found = _enterprise(desk, work, case_id)
        disclose(desk.accounts, work, desk.actor, "unmask", f"case {case_id} contact", rows=1, caller=desk.caller)
    return told(desk, found.contact)


def _enterprise(desk: Desk, work: Work, case_id: int) -> Enterprise:
    case = seen_at(desk, work, case_id).case
    if case.flow != ENTERPRISE:
        raise NotFound
    return enterprises.get(work, enterprise_id_of(case))


def _do(
    doing: Once,
    case_id: int,
    asked: Versioned,
    act: Callable[[Work], object],
    *,
    deed: str = "",
    others: tuple[int, ...] = (),
) -> Response:
    """Do it to the version that was seen; answers the one there is now. `deed` is what is done about a place."""
    desk = doing.desk

    def do(work: Work) -> dict[str, Any]:
        request = Request(case_id=case_id, deed="", version=asked.version, key=None)
        once(work, desk.actor, request, lambda: act(work))
        after = cases.get(work, case_id)
        return {"result": "done", "case_id": case_id, "state": after.state, "version": after.version}

    return doing.do(asked, do, case_id=case_id, hold=lambda work: hold(work, deed, (case_id, *others)))
