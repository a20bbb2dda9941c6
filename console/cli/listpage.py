"""The answer to a list as a person reads it at a terminal."""

from typing import TYPE_CHECKING, Final

from console.cli.paper import Column, Paper
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from workflows.benchmarking.enrolment import Enrolment
    from workflows.benchmarking.roster.faults import Fault
    from workflows.benchmarking.roster.report import Report

SEVERITIES: Final = {"error": tr("error"), "warning": tr("warning")}
QUOTAS: Final = {"met": tr("met"), "exceeded": tr("exceeded"), "not_met": tr("not met"), None: tr("unknown")}
STATUSES: Final = {
    "taken": tr("The list was taken in."),
    "refused": tr("The list was refused; nothing of it was taken in."),
    "repeated": tr("This very file was taken in before; nothing changed."),
}


def print_report(paper: Paper, report: "Report") -> None:
    """Whose list it is, what is wrong with it, what was passed over, and how it stands to the quota."""
    heading = report.heading
    paper.facts(
        [
            (tr("File"), report.file),
            (tr("Title"), heading.title),
            (tr("District"), heading.district_name or heading.unit),
            (tr("Reported on"), heading.reporting_date),
            (
                tr("Rows"),
                tr("{n} rows, {bad} with errors", n=len(report.rows), bad=len(report.rows) - len(report.good_rows())),
            ),
            (tr("Passed over"), len(report.ignored) or None),
            (tr("Quota"), _quota(report)),
        ]
    )
    faults = report.faults()
    if faults:
        paper.line()
        columns = (
            Column(tr("Grade"), whole=True),
            Column(tr("Code")),
            Column(tr("What is the matter, and what to do")),
        )
        paper.table(columns, [_row(fault) for fault in faults])


def print_enrolment(paper: Paper, enrolment: "Enrolment") -> None:
    """What the list did, and what it left for people to decide."""
    paper.say(STATUSES[enrolment.status])
    did = enrolment.did
    for name, pattern in _DEEDS.items():
        if did.get(name):
            paper.say(tr("{what}: {n}", what=pattern, n=len(did[name])))
    for left in did.get("left", ()):
        paper.say(
            tr("  – row {row}, {enterprise}: {why}", row=left["row"], enterprise=left["enterprise"], why=left["why"])
        )
    for one in did.get("proposed_withdrawals", ()):
        paper.say(tr("  – no longer named: {case} {enterprise}", case=one["case"], enterprise=one["enterprise"]))
    for one in did.get("proposed_drops", ()):
        paper.say(
            tr("  – no longer named: {product} of {enterprise}", product=one["product"], enterprise=one["enterprise"])
        )
    paper.say(
        tr("{counted} of {quota} enterprises are on the list now.", counted=enrolment.counted, quota=enrolment.quota)
    )


_DEEDS: Final = {
    "new": tr("New enterprises"),
    "claimed": tr("Named by another district too; the bureau decides"),
    "added_products": tr("New products"),
    "changed_products": tr("Changed products"),
    "left": tr("Left out"),
}


def _quota(report: "Report") -> Sentence | None:
    if report.quota is None or report.quota.quota is None:
        return None
    return tr(
        "{n} enterprises for {quota}: {result}",
        n=report.quota.submitted,
        quota=report.quota.quota,
        result=QUOTAS[report.quota.result],
    )


def _row(fault: "Fault") -> tuple[object, ...]:
    return SEVERITIES[fault.severity], fault.code, f"{fault.sentence}{fault.remedy}"
