"""The fields of the forms of evidence, with what is on record in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from console.caseview import CaseView
from console.web.desk import Desk
from console.web.fields import Field
from console.web.frames import Choice
from engine.flow import Label
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.evidence import MOST_BYTES
from workflows.benchmarking.model import CONCLUSIONS, LEVELS, RUNNER_STEPS, Plan, PlatformRecord, Product
from workflows.benchmarking.records import plans, products, publications, results

SAMPLINGS: Final[Mapping[str, Sentence]] = {
    "submitted": tr("submitted by the enterprise"),
    "sampled": tr("sampled by the laboratory"),
}
PROOF: Final = tr("A number, an address or a screenshot is needed; one of them is enough.")


@dataclass(frozen=True)
class About:
    """What a form is about: the case, and the product where there is one."""

    desk: Desk
    work: Work
    view: CaseView
    product: Product | None

    @cached_property
    def every(self) -> tuple[Product, ...]:
        return products.active_of(self.work, self.view.case.id)

    @cached_property
    def plan(self) -> Plan | None:
        return plans.of_products(self.work, [self.product.id]).get(self.product.id) if self.product else None

    @property
    def papers(self) -> Sentence:
        """What a file may be, and how large."""
        most = min(self.desk.house.settings.web.upload_mb, MOST_BYTES // 1_000_000)
        return tr("PDF, Word (.docx), Excel (.xlsx), PNG or JPEG; at most {n} MB.", n=most)

    @property
    def product_id(self) -> int:
        return self.product.id if self.product else 0

    def choices(self, known: Mapping[str, Label], chosen: str = "") -> tuple[Choice, ...]:
        return tuple(Choice(name, self.desk.word(label), name == chosen) for name, label in known.items())

    def products(self, *, new_plans: bool) -> tuple[Choice, ...]:
        """The products it may be about, those that share what is on record with this one ticked."""
        fitting = [one for one in self.every if not new_plans or one.plan_source == "new"]
        alone = self.product_id
        return tuple(Choice(str(one.id), one.name, one.id == alone) for one in fitting)


Fields = Iterator[Field]


def _plan(about: About) -> Fields:
    plan = about.plan
    if plan is not None:
        yield Field(
            name="plan",
            label=tr("Which plan"),
            kind="choice",
            choices=(
                Choice(str(plan.id), about.desk.say(tr("Revise “{title}”", title=plan.title)), chosen=True),
                Choice("", about.desk.say(tr("Begin another plan"))),
            ),
            hint=tr("A plan that several products or enterprises share is revised for all of them."),
        )
    yield Field(name="title", label=tr("Title of the plan"), before=plan.title if plan else "", required=True)
    yield _day("drafted_on", tr("Day of the plan"), plan.drafted_on if plan else None)
    yield Field(name="drafted_by", label=tr("Who wrote it"), before=plan.drafted_by if plan else "")
    yield _file("file", tr("Plan file"), about.papers if plan is None else _stays(plan.file_name))
    if len(about.every) > 1:
        choices = about.products(new_plans=True)
        yield Field(name="products", label=tr("Products it serves"), kind="ticks", choices=choices)


def _share(about: About) -> Fields:
    case = about.view.case
    known = [one for one in plans.of_district(about.work, case.campaign, case.district_id) if one != about.plan]
    choices = tuple(Choice(str(one.id), f"{one.title}（{one.drafted_on.isoformat()}）") for one in known)
    hint = tr("Plans that the district has recorded for other products of the same kind.")
    yield Field(name="plan", label=tr("Plan of the district"), kind="choice", choices=choices, hint=hint)
    yield Field(name="products", label=tr("Products it serves"), kind="ticks", choices=about.products(new_plans=True))


def _platform_plan(about: About) -> Fields:
    yield from _platform(about, plans.platform_record(about.work, about.plan.id) if about.plan else None)


def _result(about: About) -> Fields:
    yield from _platform(about, results.platform_record(about.work, about.product_id))


def _platform(about: About, record: PlatformRecord | None) -> Fields:
    yield _day("uploaded_on", tr("Day of the upload"), record.uploaded_on if record else None)
    yield Field(name="number", label=tr("Number on the platform"), before=record.number if record else "", hint=PROOF)
    yield Field(name="url", label=tr("Web address"), before=record.url if record else "")
    there = record is not None and record.screenshot_sha is not None
    yield _file("file", tr("Screenshot"), _stays(tr("the one on record")) if there else about.papers)


def _training(about: About) -> Fields:
    yield Field(name="topic", label=tr("What it was about"), required=True)
    yield _day("held_on", tr("Day of the training"))
    yield _file("notice", tr("Notice"), tr("The notice or the list of attendance is needed; one of them is enough."))
    yield _file("attendance", tr("List of attendance"), about.papers)
    yield Field(name="everybody", label=tr("For all enterprises of the district that take part now"), kind="tick")


def _test_report(about: About) -> Fields:
    report = results.lab_report(about.work, about.product_id)
    known: Mapping[str, Any] = {name: getattr(report, name) for name in _REPORT} if report else {}
    yield Field(
        name="laboratory",
        label=tr("Laboratory"),
        before=known.get("laboratory", ""),
        hint=tr("Its full name."),
        required=True,
    )
    yield Field(
        name="cma_no",
        label=tr("Number of its CMA certificate"),
        before=known.get("cma_no", ""),
        hint=tr("Twelve digits; may be left empty."),
    )
    yield Field(name="report_no", label=tr("Number of the report"), before=known.get("report_no", ""), required=True)
    yield _day("issued_on", tr("Day on which the report was issued"), known.get("issued_on"))
    chosen = known.get("sampling", "submitted")
    samplings = tuple(Choice(name, about.desk.say(told), name == chosen) for name, told in SAMPLINGS.items())
    yield Field(name="sampling", label=tr("How the sample came"), kind="choice", choices=samplings)
    yield Field(
        name="conclusion",
        label=tr("Conclusion"),
        kind="choice",
        choices=about.choices(CONCLUSIONS, known.get("conclusion", "")),
        blank=tr("Please choose"),
        hint=tr("It is recorded as it is; none of them holds the enterprise up."),
    )
    yield _file(
        "file", tr("The report itself"), _stays(report.file_name) if report and report.file_sha else about.papers
    )


_REPORT: Final = ("laboratory", "cma_no", "report_no", "issued_on", "sampling", "conclusion")


def _publication(about: About) -> Fields:
    known = publications.of_products(about.work, [about.product_id]).get(about.product_id)
    yield Field(name="title", label=tr("Title of the public list"), before=known.title if known else "", required=True)
    yield Field(
        name="url",
        label=tr("Its web address"),
        before=known.url if known else "",
        hint=tr("It begins with http:// or https://."),
        required=True,
    )
    yield _day("published_on", tr("Day of the publication"), known.published_on if known else None)
    yield _file("file", tr("The list as a file"), about.papers)
    if len(about.every) > 1:
        choices = about.products(new_plans=False)
        yield Field(name="products", label=tr("Products it names"), kind="ticks", choices=choices)


def _declaration(_: About) -> Fields:
    yield Field(name="standard_no", label=tr("Number of the standard"), required=True)
    yield Field(name="title", label=tr("Title of the standard"), required=True)
    yield _day("disclosed_on", tr("Day of the disclosure"))
    yield Field(name="url", label=tr("Web address"))
    yield Field(name="key_area", label=tr("It lies in a key area of this year"), kind="tick")


def _runner(about: About) -> Fields:
    yield Field(name="step", label=tr("How far it has come"), kind="choice", choices=about.choices(RUNNER_STEPS))
    yield Field(name="level", label=tr("Level of the list"), kind="choice", choices=about.choices(LEVELS))
    year = about.view.today.year
    yield Field(name="year", label=tr("Year of the list"), kind="number", before=year, required=True)
    yield _day("reached_on", tr("Day on which it was reached"))
    yield Field(name="note", label=tr("Remark"))


def _report_form(about: About) -> Fields:
    yield _day("received_on", tr("Day on which it arrived"), about.view.today)
    yield Field(name="file", label=tr("The form as a file"), kind="file", hint=about.papers, required=True)


def _day(name: str, label: Sentence, before: object = None) -> Field:
    return Field(name=name, label=label, kind="day", before=before or "", required=True)


def _file(name: str, label: Sentence, hint: Sentence) -> Field:
    return Field(name=name, label=label, kind="file", hint=hint)


def _stays(name: object) -> Sentence:
    return tr("On record: {name}. It stays unless you choose another file.", name=name or "")


FIELDS: Final[Mapping[str, Callable[[About], Fields]]] = {
    "plan": _plan,
    "share": _share,
    "indicators": lambda _: iter(()),
    "platform_plan": _platform_plan,
    "training": _training,
    "test_report": _test_report,
    "publication": _publication,
    "result": _result,
    "declaration": _declaration,
    "runner": _runner,
    "report_form": _report_form,
}
