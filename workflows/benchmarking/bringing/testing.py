"""Test reports from a list: the report of each product with its conclusion; a retest takes the old one's place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.store.database import Work
from engine.words import say
from workflows.benchmarking.bringing.deeds import Deed, Situation, Told
from workflows.benchmarking.bringing.matching import Denial, Place, with_products
from workflows.benchmarking.model import CONCLUSIONS, LabReport
from workflows.benchmarking.plausible import entry_faults, tidy_report
from workflows.benchmarking.recording.changes import TESTERS, Change
from workflows.benchmarking.records import together
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds.testing import TEST_REPORTS
from workflows.benchmarking.roster.sentences import Wording

_SAMPLINGS: Final = {"sampled": "抽样", "submitted": "送样"}
_SAID: Final = Wording("{detail}", "")


@dataclass(frozen=True, slots=True)
class TestReports:
    """A file that came with the same report before stays with it; a new one comes by itself."""

    form: Form = TEST_REPORTS
    roles: Sequence[str] = TESTERS
    of_products: bool = True

    def judge(self, situation: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        about = with_products(places)
        known = together.lab_reports(situation.work, [product.id for _, product in about])
        for place, product in about:
            report = _report(place)
            faults = list(entry_faults(report, nominated_on=place.case.opened_on, today=situation.today))
            for fault in faults:
                yield Denial(place.number, fault.part or None, fault.code, _SAID, say(fault.sentence))
            if faults:
                continue
            before = known.get(product.id)
            after = _with_file(report, before)
            yield Deed(
                place=place,
                change=Change(
                    what="test_report",
                    before=before,
                    after=after,
                    slot="test_report",
                    product=product.name,
                    roles=TESTERS,
                ),
                key=product.id,
                record=after,
                was=_told(before) if before else {},
                now=_told(after),
                cases=(place.case,),
                changes=before != after,
            )

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        together.keep_lab_reports(work, {deed.key: deed.record for deed in deeds})


def _report(place: Place) -> LabReport:
    said = place.row.values
    names = ("laboratory", "report_no", "issued_on", "sampling", "conclusion")
    values: dict[str, Any] = {name: said[name] for name in names}
    return tidy_report(LabReport(cma_no=str(said.get("cma_no") or ""), **values))


def _with_file(report: LabReport, before: LabReport | None) -> LabReport:
    if before is None or before.report_no != report.report_no:
        return report
    return replace(report, file_sha=before.file_sha, file_name=before.file_name)


def _told(report: LabReport) -> Told:
    return {
        "laboratory": report.laboratory,
        "cma_no": report.cma_no,
        "report_no": report.report_no,
        "issued_on": report.issued_on,
        "sampling": _SAMPLINGS.get(report.sampling, report.sampling),
        "conclusion": CONCLUSIONS[report.conclusion]["zh"],
    }
