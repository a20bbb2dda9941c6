"""The file of a case as a person reads it at a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from console.casewords import STATES, VERDICTS, deed
from console.cli.paper import Column, Paper
from engine.words import Sentence, tr

MEGABYTE: Final = 1_000_000
YES: Final = {True: tr("yes"), False: tr("no"), None: ""}

Pairs = Iterator[tuple[Sentence, Any]]


def print_file(paper: Paper, found: Mapping[str, Any]) -> None:
    """Head, enterprise, products, what is missing, deadlines, history."""
    paper.facts(_head(found))
    if "enterprise" in found:
        paper.line()
        paper.facts(_enterprise(found["enterprise"]))
    for product in found.get("products", ()):
        paper.line()
        paper.facts(_product(product))
    for training in found.get("trainings", ()):
        paper.say(tr("Training {topic} on {day}", topic=training["topic"], day=str(training["held_on"])))
    if found.get("form"):
        paper.say(
            tr("Form {name}, received on {day}", name=found["form"]["file_name"], day=str(found["form"]["received_on"]))
        )
    _print_missing(paper, found["missing"])
    print_files(paper, found["files"], every=False)
    _print_deadlines(paper, found["deadlines"])
    _print_letters(paper, found["letters"])
    _print_journal(paper, found["journal"])


def _head(found: Mapping[str, Any]) -> Pairs:
    yield tr("Case"), f"{found['case']}  {found['subject']}"
    yield tr("District"), found["district"]
    yield tr("State"), tr("{state} since {day}", state=found["label"], day=str(found["entered_on"]))
    if found["proposal"]:
        proposal = found["proposal"]
        yield (
            tr("Proposed"),
            tr("{step} by {who}, from {day}", step=proposal["label"], who=proposal["by"], day=str(proposal["on"])),
        )
    if found["claimed"]:
        yield tr("Claimed"), tr("another district names it too; the bureau decides")
    yield tr("Rounds"), found["round"] or None
    for name, title in (("replaces", tr("Replaces")), ("replaced_by", tr("Replaced by"))):
        if found[name]:
            yield title, f"{found[name]['case']}  {found[name]['subject']}"
    yield tr("Version"), found["version"]


def _enterprise(enterprise: Mapping[str, Any]) -> Pairs:
    from console.enterprise import contact_told
    from workflows.benchmarking.industries import label

    yield tr("Enterprise"), enterprise["name"]
    yield tr("Credit code"), enterprise["credit_code"]
    yield tr("Industry"), label(enterprise["industry_code"])
    yield tr("Cluster"), enterprise["cluster"]
    yield tr("Above designated size"), YES[enterprise["above_designated_size"]]
    yield tr("Honours"), tuple(enterprise["honours"])
    yield tr("Contact"), contact_told(enterprise["contact"])


def _product(product: Mapping[str, Any]) -> Pairs:
    from console.enterprise import standards_told

    yield tr("Product"), product["name"]
    if not product["active"]:
        yield tr("Dropped"), product["dropped_reason"] or tr("yes")
        return
    yield tr("Implements"), standards_told(product["implemented_standards"])
    yield tr("Compared with"), standards_told(product["benchmark_standards"])
    yield tr("Plan on the platform already"), product["existing_plan_no"]
    yield tr("Help with the plan wanted"), YES[product["support_needed"] or None]
    if product["plan"]:
        yield from _plan(product["plan"])
    if product["test_report"]:
        report = product["test_report"]
        number = tr("{number} of {day}", number=report["report_no"], day=str(report["issued_on"]))
        yield tr("Test report"), tr("{report}, {laboratory}", report=number, laboratory=report["laboratory"])
        yield tr("Conclusion"), report["conclusion_label"]
    if product["publication"]:
        yield tr("Public list"), _dated(product["publication"]["title"], product["publication"]["published_on"])
    if product["result"]:
        yield tr("Result on the platform"), _record(product["result"])
    for one in product["declarations"]:
        yield tr("Declared standard"), _dated(one["standard_no"], one["disclosed_on"])
    for one in product["runner"]:
        yield (
            tr("Top Runner"),
            tr("{step} ({level} {year})", step=one["step_label"], level=one["level_label"], year=one["year"]),
        )


def _plan(plan: Mapping[str, Any]) -> Pairs:
    yield tr("Plan"), _dated(plan["title"], plan["drafted_on"])
    yield tr("Plan file"), plan["file_name"]
    for one in plan["indicators"]:
        values = (one["national_value"], one["benchmark_value"], one["own_value"] or "–")
        yield tr("Indicator"), f"{one['name']} {one['unit']}: {' / '.join(values)}"
    if plan["platform"]:
        yield tr("Plan on the platform"), _record(plan["platform"])


def _record(record: Mapping[str, Any]) -> Sentence:
    return _dated(record["number"] or record["url"] or tr("screenshot"), record["uploaded_on"])


def _dated(what: object, day: object) -> Sentence:
    return tr("{what} ({day})", what=what, day=str(day))


def _print_missing(paper: Paper, missing: list[dict[str, Any]]) -> None:
    rows = [(one["label"], tuple(one["parts"]), _bringer(one), one["step_label"], one["due_on"]) for one in missing]
    if rows:
        paper.line()
        columns = (
            Column(tr("Evidence"), whole=True),
            Column(tr("For"), may=True),
            Column(tr("Brought by")),
            Column(tr("For the step"), may=True),
            Column(tr("Due"), whole=True, may=True),
        )
        paper.table(columns, rows, title=tr("Still missing"))


def _bringer(one: Mapping[str, Any]) -> object:
    return tr("{office}: {role}", office=one["office"], role=one["brought_by"]) if one["office"] else one["brought_by"]


def print_files(paper: Paper, found: list[dict[str, Any]], *, every: bool) -> None:
    """The files that count; with `every` also those that others took the place of."""
    columns = (
        Column(tr("File"), number=True),
        Column(tr("Evidence"), whole=True),
        Column(tr("Product"), may=True),
        Column(tr("Version"), number=True),
        Column(tr("File name")),
        Column(tr("Size"), whole=True),
        Column(tr("By")),
        Column(tr("Recorded"), whole=True),
        Column(tr("Remarks"), may=True),
    )
    rows = [
        (
            *(one[name] for name in ("file", "label", "product", "version", "name")),
            *(_size(one["size"]), one["by"], one["at"], _remark(one)),
        )
        for one in found
        if every or one["counts"]
    ]
    if rows:
        paper.line()
        paper.table(columns, rows, title=tr("Files"))


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1000))} kB"


def _remark(one: Mapping[str, Any]) -> object:
    if one["replaced_by"]:
        return tr("replaced by version {n}", n=one["replaced_by"])
    return None if one["counts"] else tr("counts no more")


def _print_deadlines(paper: Paper, found: list[dict[str, Any]]) -> None:
    columns = (
        Column(tr("Milestone"), whole=True),
        Column(tr("Due"), whole=True),
        Column(tr("State"), whole=True),
        Column(tr("On"), whole=True, may=True),
        Column(tr("Remarks"), may=True),
    )
    paper.line()
    paper.table(columns, [_deadline_row(one) for one in found], title=tr("Deadlines"))


def _deadline_row(one: Mapping[str, Any]) -> tuple[Any, ...]:
    remarks: list[object] = (
        [tr("moved from {day}", day=str(one["original_on"]))] if one["original_on"] != one["due_on"] else []
    )
    if one["workdays_late"]:
        remarks.append(tr("{n} workdays late", n=one["workdays_late"]))
    if one["paused_on"]:
        remarks.append(tr("paused since {day}", day=str(one["paused_on"])))
    if one["promised_on"]:
        remarks.append(tr("promised for {day}", day=str(one["promised_on"])))
    if one["verdict"]:
        remarks.append(VERDICTS[one["verdict"]])
    return one["label"], one["due_on"] or "–", STATES[one["state"]], one["met_on"], tuple(remarks)


def _print_letters(paper: Paper, found: list[dict[str, Any]]) -> None:
    from notifications.outbox import LABELS, State

    columns = (
        Column(tr("Day"), whole=True),
        Column(tr("Subject")),
        Column(tr("State"), whole=True),
        Column(tr("Mail"), number=True, may=True),
    )
    rows = [
        (
            one["on"],
            one["subject"] or one["letter"],
            LABELS[State(one["mail_state"])] if one["mail"] else "",
            one["mail"],
        )
        for one in found
    ]
    if rows:
        paper.line()
        paper.table(columns, rows, title=tr("Letters"))


def _print_journal(paper: Paper, entries: list[dict[str, Any]]) -> None:
    columns = (
        Column(tr("Recorded"), whole=True),
        Column(tr("From day"), whole=True),
        Column(tr("What")),
        Column(tr("By")),
        Column(tr("Reason"), may=True),
    )
    rows = [(one["at"], one["on"], deed(one), one["for"] or one["by"], one["reason"]) for one in entries]
    paper.line()
    paper.table(columns, rows, title=tr("History"))
