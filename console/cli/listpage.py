"""The answer to a list as a person reads it at a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from console.cli.paper import Column, Paper
from console.listwords import what, whom
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from console.lists import Outcome
    from workflows.benchmarking.enrolment.terms import Taken
    from workflows.benchmarking.roster.faults import Fault
    from workflows.benchmarking.roster.forms import Form
    from workflows.benchmarking.roster.report import Report

SEVERITIES: Final = {"error": tr("error"), "warning": tr("warning")}
QUOTAS: Final = {"met": tr("met"), "exceeded": tr("exceeded"), "not_met": tr("not met"), None: tr("unknown")}
STATUSES: Final = {
    "taken": tr("The list was taken in."),
    "refused": tr("The list was refused; nothing of it was taken in."),
}
SHOWN: Final = 20
"""Rows of a difference that are shown one by one; `--json` has all of them."""


def print_report(paper: Paper, report: "Report") -> None:
    """Whose list it is, what is wrong with it, what was passed over, and how it stands to the quota."""
    heading, form = report.heading, report.form
    paper.facts(
        [
            (tr("File"), report.file),
            (tr("Kind of list"), f"{form.name}（{form.key}）" if heading.table else None),
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


def print_outcome(paper: Paper, report: "Report", outcome: "Outcome") -> None:
    """What the list did; of a file that was taken before only that it was."""
    if outcome.earlier is not None:
        print_repeated(paper, report, outcome.earlier)
        return
    print_report(paper, report)
    paper.say(STATUSES[outcome.status])
    told = outcome.as_json()
    if "counted" in told:
        print_difference(paper, report.form, told)
        paper.say(
            tr("{counted} of {quota} enterprises are on the list now.", counted=told["counted"], quota=told["quota"])
        )
    elif outcome.status == "taken":
        print_difference(paper, report.form, told)


def print_repeated(paper: Paper, report: "Report", earlier: "Taken") -> None:
    """That this very file was taken before, by whom and when; there is no more to say of it."""
    paper.say(
        tr(
            "{file} is the very file that {who} brought in on {at} (import {number}, then called {name});"
            " nothing changed.",
            file=report.file,
            who=earlier.by,
            at=paper.spoken(earlier.at),
            number=earlier.import_id,
            name=earlier.file,
        )
    )


def print_difference(paper: Paper, form: "Form", told: Mapping[str, Any]) -> None:
    """What a list changes or would change, and what it leaves for people to decide."""
    if form.nominating:
        _print_enterprises(paper, told)
        return
    paper.say(
        tr(
            "{new} new, {changed} changed, {same} unchanged, {left} left out.",
            new=len(told["new"]),
            changed=len(told["changed"]),
            same=told["unchanged"],
            left=len(told["left"]),
        )
    )
    labels = {column.field: column.label for column in form.columns}
    for title, deeds in ((tr("New"), told["new"]), (tr("Changed"), told["changed"])):
        if deeds:
            columns = (Column(tr("Row"), number=True), Column(tr("Whom")), Column(tr("What")))
            rows = [(one["row"], whom(one), what(one, labels)) for one in deeds[:SHOWN]]
            paper.table(columns, rows, title=title)
        if len(deeds) > SHOWN:
            paper.say(tr("… and {n} more rows.", n=len(deeds) - SHOWN))


def _print_enterprises(paper: Paper, did: Mapping[str, Any]) -> None:
    for name, pattern in _DEEDS.items():
        if did.get(name):
            paper.say(tr("{what}: {n}", what=pattern, n=len(did[name])))
    _print_left(paper, did)
    for one in did.get("known_as", ()):
        paper.say(
            tr("  – row {row}, {said}: now called {name}", row=one["row"], said=one["said"], name=one["enterprise"])
        )
    for one in did.get("proposed_withdrawals", ()):
        paper.say(tr("  – no longer named: {case} {enterprise}", case=one["case"], enterprise=one["enterprise"]))
    for one in did.get("proposed_drops", ()):
        paper.say(
            tr("  – no longer named: {product} of {enterprise}", product=one["product"], enterprise=one["enterprise"])
        )


def _print_left(paper: Paper, did: Mapping[str, Any]) -> None:
    for left in did.get("left", ()):
        paper.say(
            tr("  – row {row}, {enterprise}: {why}", row=left["row"], enterprise=left["enterprise"], why=left["why"])
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
