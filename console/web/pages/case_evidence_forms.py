"""The forms by which evidence is recorded: what each asks for, and the use case it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import Field as Limits

from console.web.acts import LONGEST, Sent
from console.web.desk import Desk
from console.web.received import needed
from engine.acting import seen
from engine.store.database import Work
from workflows.benchmarking import recording
from workflows.benchmarking.evidence import Upload
from workflows.benchmarking.model import Declaration, Indicator, LabReport, PlatformRecord, RunnerStep
from workflows.benchmarking.recording import PlanDraft, PublicNotice, TrainingHeld

Files = Mapping[str, Upload]


class Entered(Sent):
    """What every form of evidence has: the product it is about, and why something on record changes."""

    product: int | None = None
    reason: str = Limits(default="", max_length=LONGEST)

    @property
    def why(self) -> str | None:
        return self.reason or None

    def about(self, ticked: tuple[int, ...]) -> tuple[int, ...]:
        """The products that were ticked, else the one the form was opened for."""
        return ticked or ((self.product,) if self.product is not None else ())


class PlanForm(Entered):
    title: str = Limits(max_length=200)
    drafted_on: date
    drafted_by: str = Limits(default="", max_length=120)
    products: tuple[int, ...] = ()
    plan: int | None = None


class ShareForm(Entered):
    plan: int
    products: tuple[int, ...] = ()


class IndicatorsForm(Entered):
    """Rows of a table: the same place in every list is one indicator; `core` names the rows that are."""

    name: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    benchmark: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    core: tuple[int, ...] = ()


class PlatformForm(Entered):
    uploaded_on: date
    number: str = ""
    url: str = ""


class TrainingForm(Entered):
    topic: str = Limits(max_length=200)
    held_on: date
    everybody: bool = False


class ReportForm(Entered):
    laboratory: str
    cma_no: str = ""
    report_no: str
    issued_on: date
    sampling: str
    conclusion: str


class PublicationForm(Entered):
    title: str = Limits(max_length=200)
    url: str
    published_on: date
    products: tuple[int, ...] = ()


class DeclarationForm(Entered):
    standard_no: str = Limits(max_length=80)
    title: str = Limits(max_length=200)
    disclosed_on: date
    url: str = ""
    key_area: bool = False


class RunnerForm(Entered):
    step: str
    level: str
    year: int = Limits(ge=2000, le=2100)
    reached_on: date
    note: str = Limits(default="", max_length=200)


class PaperForm(Entered):
    received_on: date


@dataclass(frozen=True, slots=True)
class Recording:
    """Somebody recording evidence in a transaction."""

    desk: Desk
    work: Work
    case_id: int

    def call(self, use_case: Callable[..., Any], *values: Any, **more: Any) -> None:
        """A use case about this case."""
        use_case(self.desk.engine, self.work, self.desk.actor, self.case_id, *values, **more)

    def call_many(self, use_case: Callable[..., Any], *values: Any, **more: Any) -> None:
        """A use case that takes several cases."""
        use_case(self.desk.engine, self.work, self.desk.actor, [self.case_id], *values, **more)


def _plan(doing: Recording, form: PlanForm, files: Files) -> None:
    draft = PlanDraft(form.title, form.drafted_on, form.drafted_by)
    common: dict[str, Any] = {"named": form.about(form.products), "plan_id": form.plan, "reason": form.why}
    doing.call(recording.record_plan, draft, file=files.get("file"), **common)


def _share(doing: Recording, form: ShareForm, _: Files) -> None:
    doing.call(recording.share_plan, form.plan, named=form.about(form.products), reason=form.why)


def _indicators(doing: Recording, form: IndicatorsForm, _: Files) -> None:
    rows = zip(form.name, form.unit, form.direction, form.national, form.benchmark, form.own, strict=False)
    told, values = [], {}
    for place, (name, unit, direction, national, benchmark, own) in enumerate(rows):
        if not name.strip():
            continue
        shape: dict[str, Any] = {"direction": direction}
        told.append(
            Indicator(
                name.strip(), unit, **shape, national_value=national, benchmark_value=benchmark, core=place in form.core
            )
        )
        values[name.strip()] = own.strip()
    doing.call(recording.record_indicators, told, product=form.product, own_values=values, reason=form.why)


def _platform_plan(doing: Recording, form: PlatformForm, files: Files) -> None:
    told = PlatformRecord(form.uploaded_on, form.number, form.url)
    common: dict[str, Any] = {"product": form.product, "reason": form.why}
    doing.call(recording.record_platform_plan, told, screenshot=files.get("file"), **common)


def _training(doing: Recording, form: TrainingForm, files: Files) -> None:
    held = TrainingHeld(form.topic, form.held_on)
    papers: dict[str, Any] = {name: files.get(name) for name in ("notice", "attendance")}
    if not form.everybody:
        doing.call_many(recording.record_training, held, **papers, reason=form.why)
        return
    case = seen(doing.work, doing.desk.actor, doing.case_id)
    whole: dict[str, Any] = {"campaign": case.campaign, "district_id": case.district_id}
    recording.record_district_training(doing.desk.engine, doing.work, doing.desk.actor, held, **whole, **papers)


def _test_report(doing: Recording, form: ReportForm, files: Files) -> None:
    words: dict[str, Any] = {"sampling": form.sampling, "conclusion": form.conclusion}
    told = LabReport(form.laboratory, form.cma_no, form.report_no, form.issued_on, **words)
    common: dict[str, Any] = {"product": form.product, "reason": form.why}
    doing.call(recording.record_test_report, told, file=files.get("file"), **common)


def _publication(doing: Recording, form: PublicationForm, files: Files) -> None:
    notice = PublicNotice(form.title, form.url, form.published_on)
    common: dict[str, Any] = {"named": form.about(form.products), "reason": form.why}
    doing.call_many(recording.record_publication, notice, file=files.get("file"), **common)


def _result(doing: Recording, form: PlatformForm, files: Files) -> None:
    told = PlatformRecord(form.uploaded_on, form.number, form.url)
    common: dict[str, Any] = {"product": form.product, "reason": form.why}
    doing.call(recording.record_result, told, screenshot=files.get("file"), **common)


def _declaration(doing: Recording, form: DeclarationForm, _: Files) -> None:
    told = Declaration(form.standard_no, form.title, form.disclosed_on, form.url, form.key_area)
    doing.call(recording.record_declaration, told, product=form.product, reason=form.why)


def _runner(doing: Recording, form: RunnerForm, _: Files) -> None:
    words: dict[str, Any] = {"step": form.step, "level": form.level}
    told = RunnerStep(**words, year=form.year, reached_on=form.reached_on, note=form.note)
    doing.call(recording.record_runner_step, told, product=form.product, reason=form.why)


def _report_form(doing: Recording, form: PaperForm, files: Files) -> None:
    common: dict[str, Any] = {"received_on": form.received_on, "reason": form.why}
    doing.call(recording.record_report_form, file=needed(files, "file"), **common)


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """A form with the files it takes and what it does."""

    form: type[Entered]
    record: Callable[[Recording, Any, Files], None]
    files: tuple[str, ...] = ("file",)


FORMS: Final[Mapping[str, EvidenceForm]] = {
    "plan": EvidenceForm(PlanForm, _plan),
    "share": EvidenceForm(ShareForm, _share, ()),
    "indicators": EvidenceForm(IndicatorsForm, _indicators, ()),
    "platform_plan": EvidenceForm(PlatformForm, _platform_plan),
    "training": EvidenceForm(TrainingForm, _training, ("notice", "attendance")),
    "test_report": EvidenceForm(ReportForm, _test_report),
    "publication": EvidenceForm(PublicationForm, _publication),
    "result": EvidenceForm(PlatformForm, _result),
    "declaration": EvidenceForm(DeclarationForm, _declaration, ()),
    "runner": EvidenceForm(RunnerForm, _runner, ()),
    "report_form": EvidenceForm(PaperForm, _report_form),
}
