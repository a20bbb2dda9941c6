"""Recording evidence about a case: a form for each kind, with its files; and what is on record beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.casepapers import files_told
from console.caseslots import EVIDENCE, Evidence
from console.caseview import CaseView
from console.web import received
from console.web.attempt import NOTHING, AsTyped, Attempt, Typed
from console.web.desk import AtDesk, Desk
from console.web.fields import Field
from console.web.frames import Choice
from console.web.pages.case_evidence_fields import FIELDS, About
from console.web.pages.case_evidence_forms import FORMS, Recording
from console.web.pages.case_head import OVERVIEW, CaseHead, do_once, head_of, seen_at
from engine.errors import NotAllowed, NotFound
from engine.roles import labels
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import DIRECTIONS, Indicator, Product
from workflows.benchmarking.recording.changes import PLANNERS, is_used
from workflows.benchmarking.records import plans, products

pages = APIRouter()

SHARE: Final = Evidence("share", tr("Use a plan of the district"), "plan_file", PLANNERS)
KINDS: Final = {**EVIDENCE, "share": SHARE}
FILED_AS: Final = {"training": ("training_notice", "training_attendance")}
"""What the files of a kind of evidence are called on record, where not like the evidence itself."""
MORE_ROWS: Final = 4
"""Empty rows below the indicators there are."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the table of indicators as it stands or was typed."""

    name: str = ""
    unit: str = ""
    direction: str = ""
    national: str = ""
    benchmark: str = ""
    own: str = ""
    core: bool = False


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A form of evidence; `used` says that a step rests on what is on record, so that a change needs a reason."""

    head: CaseHead
    evidence: Evidence
    product: Product | None
    fields: tuple[Field, ...]
    indicators: tuple[IndicatorRow, ...]
    directions: tuple[Choice, ...]
    used: bool
    sharable: bool
    files: tuple[dict[str, object], ...]
    attempt: Attempt


@pages.get("/cases/{case_id}/evidence/{what}")
def show_form(case_id: int, what: str, desk: AtDesk, product: Annotated[int | None, Query()] = None) -> Response:
    return evidence_page(desk, case_id, what, product)


@pages.post("/cases/{case_id}/evidence/{what}/upload")
def record(case_id: int, what: str, typed: AsTyped, desk: AtDesk) -> Response:
    """Record a piece of evidence with its files; what arrived of them is kept when something else is wrong."""
    if what not in FORMS:
        raise NotFound
    kind = FORMS[what]
    received.if_refused(desk, typed, kind.files, _again(desk, typed, case_id, what))
    form = typed.read(kind.form)

    def do(work: Work) -> None:
        files = received.files_of(desk, work, typed, kind.files)
        kind.record(Recording(desk, work, case_id), form, files)
        received.drop(desk, work, typed, kind.files)

    anchor = "trainings" if what == "training" else f"product-{form.product}" if form.product else ""
    return do_once(desk, form.request(case_id, f"record {what}"), do, back=anchor)


def evidence_page(desk: Desk, case_id: int, what: str, product_id: int | None, attempt: Attempt = NOTHING) -> Response:
    """The form with what is on record in it, or as it was typed."""
    evidence = KINDS.get(what)
    if evidence is None:
        raise NotFound
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        if not view.may(desk.actor, evidence.roles):
            raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=labels(evidence.roles)))
        about = About(desk, work, view, _product(work, view, evidence, product_id))
        page = EvidencePage(
            head=head_of(view, OVERVIEW),
            evidence=evidence,
            product=about.product,
            fields=tuple(FIELDS[what](about)),
            indicators=_indicators(about, attempt) if what == "indicators" else (),
            directions=about.choices(DIRECTIONS),
            used=bool(evidence.slot) and is_used(view.flow, view.case, evidence.slot),
            sharable=what == "plan",
            files=_files(work, view, evidence, about.product),
            attempt=attempt,
        )
    return desk.page("cases/evidence.html", page)


def _again(desk: Desk, typed: Typed, case_id: int, what: str) -> Callable[[Attempt], Response]:
    number = typed.one("product")
    product = int(number) if number.isascii() and number.isdigit() and len(number) < len("1000000000") else None
    return lambda attempt: evidence_page(desk, case_id, what, product, attempt)


def _product(work: Work, view: CaseView, evidence: Evidence, product_id: int | None) -> Product | None:
    """The product the form is for; none for evidence about the case itself."""
    if evidence.of_case:
        return None
    active = products.active_of(work, view.case.id)
    if product_id is None and len(active) == 1:
        return active[0]
    found = next((one for one in active if one.id == product_id), None)
    if found is None:
        raise NotFound(tr("There is no such product; open the form from the page of the case."))
    return found


def _files(work: Work, view: CaseView, evidence: Evidence, product: Product | None) -> tuple[dict[str, object], ...]:
    """The versions there are of this evidence, the newest first."""
    names = FILED_AS.get(evidence.what, (evidence.what,))
    name = product.name if product else ""
    return tuple(
        one for one in reversed(files_told(work, view.case)) if one["what"] in names and one["product"] == name
    )


def _indicators(about: About, attempt: Attempt) -> tuple[IndicatorRow, ...]:
    if attempt.typed:
        return _typed_rows(attempt)
    if about.plan is None or about.product is None:
        return (IndicatorRow(),) * MORE_ROWS
    own = plans.values_of(about.work, about.plan.id).get(about.product.id, {})
    known = plans.indicators_of(about.work, about.plan.id)
    return (*(_row(one, own.get(one.name, "")) for one in known), *(IndicatorRow(),) * MORE_ROWS)


def _row(one: Indicator, own: str) -> IndicatorRow:
    return IndicatorRow(one.name, one.unit, one.direction, one.national_value, one.benchmark_value, own, core=one.core)


def _typed_rows(attempt: Attempt) -> tuple[IndicatorRow, ...]:
    columns = [attempt.values(name) for name in ("name", "unit", "direction", "national", "benchmark", "own")]
    core = set(attempt.values("core"))
    found = []
    for place, row in enumerate(zip(*columns, strict=False)):
        name, unit, direction, national, benchmark, own = row
        found.append(IndicatorRow(name, unit, direction, national, benchmark, own, str(place) in core))
    return tuple(found)
