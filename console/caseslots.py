"""The places for evidence of a case: what is there, what is missing, who brings it and by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from console.casepapers import missing
from console.caseview import CaseView
from engine.access import Actor
from engine.duedays import days_late
from engine.flow import Label
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.facts import EnterpriseFacts, ProductFacts
from workflows.benchmarking.model import CONCLUSIONS, LEVELS, RUNNER_STEPS, PlatformRecord, Product, RunnerStep
from workflows.benchmarking.recording.changes import DISTRICT, PLANNERS, TESTERS, is_used
from workflows.benchmarking.records import products, results


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence as it is recorded: the slot of the flow it fills, and who may record it."""

    what: str
    label: Sentence
    slot: str
    roles: tuple[str, ...]
    of_case: bool = False


EVIDENCE: Final[Mapping[str, Evidence]] = {
    one.what: one
    for one in (
        Evidence("plan", tr("Plan"), "plan_file", PLANNERS),
        Evidence("indicators", tr("Key indicators"), "plan_file", PLANNERS),
        Evidence("platform_plan", tr("Plan on the platform"), "platform_record", PLANNERS),
        Evidence("training", tr("Training"), "training_record", DISTRICT, of_case=True),
        Evidence("test_report", tr("Test report"), "test_report", TESTERS),
        Evidence("publication", tr("Public list"), "publication_notice", DISTRICT),
        Evidence("result", tr("Result on the platform"), "result_record", DISTRICT),
        Evidence("declaration", tr("Declared standard"), "declaration", DISTRICT),
        Evidence("runner", tr("Way to Top Runner"), "", DISTRICT),
        Evidence("report_form", tr("Form of the report"), "report_form", DISTRICT, of_case=True),
    )
}
"""In the order in which a campaign asks for it."""


PUBLISHED: Final = "published"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that a piece of evidence rests on."""

    sha256: str
    name: Sentence


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One place for evidence: what is told of it, or that it is missing, with who brings it until when."""

    evidence: Evidence
    told: tuple[object, ...] = ()
    papers: tuple[Paper, ...] = ()
    url: str = ""
    missing: bool = False
    brought_by: Label | None = None
    office: str | None = None
    due_on: date | None = None
    late: int = 0
    may: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product with its places for evidence; none for one that was dropped."""

    product: Product
    lines: tuple[SlotLine, ...]
    facts: ProductFacts | None


def product_views(work: Work, actor: Actor, view: CaseView) -> tuple[ProductView, ...]:
    """The products of an enterprise in the order of its list, dropped ones too."""
    known = products.of_cases(work, [view.case.id]).get(view.case.id, ())
    held = view.facts.products if isinstance(view.facts, EnterpriseFacts) else ()
    by_name = {one.name: one for one in held}
    runner = results.runner_steps_of(work, [one.id for one in known]) if _is_published(view) else {}
    lacking = _lacking(view, [one.name for one in known if one.support_needed])
    found = []
    for product in known:
        facts = by_name.get(product.name) if product.active else None
        told = list(_told(facts, runner.get(product.id, ()))) if facts else []
        lines = tuple(_completed(view, actor, one, lacking.get((one.evidence.slot, product.name))) for one in told)
        found.append(ProductView(product, lines, facts))
    return tuple(found)


def _is_published(view: CaseView) -> bool:
    """Whether a product can be on the way to Top Runner at all."""
    return view.flow.rank[view.case.resume_state or view.case.state] >= view.flow.rank[PUBLISHED]


def training_lines(actor: Actor, view: CaseView) -> tuple[SlotLine, ...]:
    """Trainings that reached the enterprise; one line says that none did."""
    held = view.facts.trainings if isinstance(view.facts, EnterpriseFacts) else ()
    lines = [
        SlotLine(
            EVIDENCE["training"],
            (tr("“{title}” of {day}", title=one.topic, day=one.held_on),),
            _papers((one.notice_sha, tr("notice")), (one.attendance_sha, tr("list of attendance"))),
        )
        for one in held
    ] or [SlotLine(EVIDENCE["training"], missing=True)]
    lack = _lacking(view, ()).get(("training_record", ""))
    return tuple(_completed(view, actor, one, lack) for one in lines)


def completed_line(view: CaseView, actor: Actor, line: SlotLine) -> SlotLine:
    """A line of the case itself with who brings what is missing."""
    return _completed(view, actor, line, _lacking(view, ()).get((line.evidence.slot, "")))


def is_missing(view: CaseView, slot: str, part: str = "") -> bool:
    return part in view.facts.missing(slot) if slot else False


def _lacking(view: CaseView, helped: Sequence[str]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """What is missing by slot and product; that of the case itself under no product."""
    rows = missing(view.flow, view.case, view.facts, view.standing, district=view.place.name, helped=helped)
    return {(row["slot"], part): row for row in rows for part in (row["parts"] or [""])}


def _completed(view: CaseView, actor: Actor, line: SlotLine, lack: Mapping[str, Any] | None) -> SlotLine:
    one = line.evidence
    may = view.case.resume_state is None and view.may(actor, one.roles)
    used = bool(one.slot) and is_used(view.flow, view.case, one.slot)
    if not line.missing or lack is None or view.case.resume_state is not None:
        return replace(line, may=may, used=used)
    late = max(0, days_late(lack["due_on"], view.today, view.workdays)) if lack["due_on"] else 0
    return replace(
        line,
        may=may,
        used=used,
        brought_by=lack["brought_by"],
        office=lack["office"],
        due_on=lack["due_on"],
        late=late,
    )


def _told(facts: ProductFacts, runner: Sequence[RunnerStep]) -> Iterator[SlotLine]:
    """What is on record about an active product, place by place."""
    yield from _plan_lines(facts)
    report = facts.report
    yield SlotLine(
        EVIDENCE["test_report"],
        (
            tr("{number} of {day}", number=report.report_no, day=report.issued_on),
            report.laboratory,
            CONCLUSIONS[report.conclusion],
        )
        if report
        else (),
        _papers((report.file_sha, tr("the report"))) if report else (),
        missing=report is None or report.file_sha is None,
    )
    public = facts.publication
    yield SlotLine(
        EVIDENCE["publication"],
        (tr("“{title}” of {day}", title=public.title, day=public.published_on),) if public else (),
        _papers((public.file_sha, tr("the list"))) if public else (),
        public.url if public else "",
        missing=public is None,
    )
    yield _platform("result", facts.result)
    yield _declaration(facts)
    if runner or facts.declarations:
        yield SlotLine(EVIDENCE["runner"], tuple(_runner(one) for one in runner))


def _plan_lines(facts: ProductFacts) -> Iterator[SlotLine]:
    if facts.adopts:
        number = facts.existing_plan_no
        told = (tr("uses plan {number}, on the platform already", number=number),) if number else ()
        yield SlotLine(EVIDENCE["platform_plan"], told, missing=not number)
        return
    plan = facts.plan
    yield SlotLine(
        EVIDENCE["plan"],
        (tr("“{title}” of {day}", title=plan.title, day=plan.drafted_on),) if plan else (),
        _papers((plan.file_sha, tr("the plan"))) if plan else (),
        missing=plan is None or plan.file_sha is None,
    )
    if plan:
        n = plan.indicators
        yield SlotLine(EVIDENCE["indicators"], (tr("{n} indicators", n=n),) if n else (), missing=not n)
    yield _platform("platform_plan", plan.platform if plan else None)


def _platform(what: str, record: PlatformRecord | None) -> SlotLine:
    if record is None:
        return SlotLine(EVIDENCE[what], missing=True)
    number = (record.number,) if record.number else ()
    return SlotLine(
        EVIDENCE[what],
        (*number, tr("uploaded on {day}", day=record.uploaded_on)),
        _papers((record.screenshot_sha, tr("screenshot"))),
        record.url or "",
    )


def _declaration(facts: ProductFacts) -> SlotLine:
    told = tuple(
        tr("{number} “{title}”, disclosed on {day}", number=one.standard_no, title=one.title, day=one.disclosed_on)
        for one in facts.declarations
    )
    key_area = (tr("in a key area of the year"),) if any(one.key_area for one in facts.declarations) else ()
    url = next((one.url for one in facts.declarations if one.url), "")
    return SlotLine(EVIDENCE["declaration"], told + key_area, (), url, missing=not told)


def _runner(one: RunnerStep) -> Sentence:
    return tr(
        "{level} {year}: {step} on {day}",
        level=LEVELS[one.level],
        year=one.year,
        step=RUNNER_STEPS[one.step],
        day=one.reached_on,
    )


def _papers(*found: tuple[str | None, Sentence]) -> tuple[Paper, ...]:
    return tuple(Paper(sha, name) for sha, name in found if sha)
