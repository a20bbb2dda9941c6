"""The half-yearly form filled in here: drafted, filled, checked, kept, handed in, printed, its versions shown."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.evidence import named, write_out
from console.cli.formentries import read_entries, read_settings
from console.cli.frame import command, option
from console.cli.options import CampaignKey, DistrictName, ReasonIfAny, read_day
from console.cli.outcomes import each, settle
from console.cli.paper import Column
from console.cli.refusals import REFUSED
from console.cli.reports import CaseIfAny, Period, app
from engine.errors import NotFound
from engine.words import tr

if TYPE_CHECKING:
    from engine.cases import Answer
    from engine.model import Case
    from engine.store.database import Work
    from workflows.benchmarking.annex3checks import Findings
    from workflows.benchmarking.model import ReportVersion

Out = Annotated[Path, option("--out", metavar="OUT", does=tr("File or folder to write to."))]
Numbered = Annotated[int | None, option("--number", metavar="N", does=tr("Version; the newest by default."))]


@command(app, "draft", tr("Begin the form with what the records know, or show the draft that stands."))
def draft(
    ctx: typer.Context,
    *,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Draft."""
    from workflows.benchmarking.recording import check_report, draft_report

    desk = desk_of(ctx)
    with desk.work() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        version = draft_report(desk.engine, work, desk.actor, found.id)
        _show(desk, work, found, version, check_report(desk.engine, work, found, version))


@command(app, "fill", tr("Write into the draft of the form; it keeps what was typed, faulty or not."))
def fill(
    ctx: typer.Context,
    *,
    values: Annotated[
        list[str] | None,
        option(
            "--set",
            metavar="[INDUSTRY:]FIELD=VALUE",
            does=tr("A field by key or label, with its industry where there are several forms. May be said again."),
        ),
    ] = None,
    source: Annotated[
        Path | None, option("--from", metavar="FILE", does=tr("A filled-in sheet (.xlsx), or forms as YAML or JSON."))
    ] = None,
    without: Annotated[list[str] | None, option("--without", metavar="INDUSTRY", does=tr("Take a form away."))] = None,
    revision: Annotated[
        int | None, option("--revision", metavar="N", does=tr("Refuse if somebody wrote over it meanwhile."))
    ] = None,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Fill."""
    from workflows.benchmarking.recording import check_report, fill_report

    desk = desk_of(ctx)
    entries = read_entries(source) if source else {}
    for industry, key, value in read_settings(values or ()):
        entries.setdefault(industry, {})[key] = value
    with desk.work() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        version = fill_report(
            desk.engine, work, desk.actor, found.id, entries, revision=revision, without=without or ()
        )
        _show(desk, work, found, version, check_report(desk.engine, work, found, version))


@command(app, "check", tr("Say what keeps the form from being handed in, and what is odd about it."))
def check(
    ctx: typer.Context,
    *,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Check."""
    from console.reporting import findings_told
    from workflows.benchmarking.recording import check_report

    desk = desk_of(ctx)
    with desk.look() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        findings = check_report(desk.engine, work, found, _version(work, found, None))
    _say_findings(desk, findings)
    desk.paper.answer({"case": found.id, **findings_told(findings)})
    if findings.errors:
        raise typer.Exit(REFUSED)


@command(app, "show", tr("Show a version of the form, beside it what the records say."))
def show(
    ctx: typer.Context,
    *,
    number: Numbered = None,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Show."""
    from workflows.benchmarking.recording import check_report

    desk = desk_of(ctx)
    with desk.look() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        version = _version(work, found, number)
        _show(desk, work, found, version, check_report(desk.engine, work, found, version))


@command(app, "versions", tr("List the versions of the form: who, when, kept or handed in, and why."))
def versions(
    ctx: typer.Context,
    *,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """List."""
    from console.reporting import versions_told

    desk = desk_of(ctx)
    with desk.look() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        told = versions_told(work, found)
    columns = (
        Column(tr("Version"), number=True),
        Column(tr("State"), whole=True),
        Column(tr("Recorded"), whole=True),
        Column(tr("By")),
        Column(tr("Day of the report"), whole=True, may=True),
        Column(tr("Reason"), may=True),
    )
    if told:
        desk.paper.table(
            columns,
            [(one["number"], one["state_label"], one["saved_at"], one["by"], one["reported_on"], one["note"])
             for one in told],
        )  # fmt: skip
    desk.paper.say(tr("{n} versions.", n=len(told)))
    desk.paper.answer({"case": found.id, "versions": told})


@command(app, "save", tr("Keep the draft as a version for good; what is typed next begins another one."))
def save(
    ctx: typer.Context,
    *,
    note: Annotated[str | None, option("--note", metavar="TEXT", does=tr("Remark."))] = None,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Save."""
    from console.reporting import version_told
    from workflows.benchmarking.recording import save_report

    desk = desk_of(ctx)
    with desk.work() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        _, version = save_report(desk.engine, work, desk.actor, found.id, note=note)
        told = version_told(work, version)
    desk.paper.say(tr("{subject}: version {n} is kept.", subject=found.subject_name, n=version.number))
    desk.paper.answer({"case": found.id, **told})


@command(
    app,
    "submit",
    tr("Check the form, freeze it, print it and hand it in; later versions need a reason."),
)
def submit(
    ctx: typer.Context,
    *,
    reported_on: Annotated[
        date | None,
        option("--reported-on", metavar="DATE", parser=read_day, does=tr("Day of the report; today by default.")),
    ] = None,
    reason: ReasonIfAny = None,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Submit and take the step, together; what has been handed in already is only corrected."""
    from console.reporting import submit_and_step

    desk = desk_of(ctx)
    day = reported_on or desk.today

    def act(work: "Work", found: "Case") -> "Answer":
        return submit_and_step(desk.engine, work, desk.actor, found.id, on=day, reason=reason)

    with desk.look() as work:
        meant = _meant(desk, work, case, campaign=campaign, district=district, period=period)
    settle(desk, each(desk, [str(meant.id)], act))


@command(app, "print", tr("Write a version as Annex 3 on paper (.docx)."))
def print_form(
    ctx: typer.Context,
    out: Out,
    *,
    number: Numbered = None,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Print."""
    from workflows.benchmarking.recording.reports import print_report

    desk, out = desk_of(ctx), named(out, ".docx")
    with desk.look() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        paper = print_report(work, found, _version(work, found, number))
    write_out(desk, out, paper.content, name=paper.name)


@command(app, "form", tr("Write the form as a sheet (.xlsx) to be filled in elsewhere; `report fill --from` reads it."))
def form(
    ctx: typer.Context,
    out: Out,
    *,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    campaign: CampaignKey = None,
) -> None:
    """Write."""
    from workflows.benchmarking.annexes.reportsheet import write_report_sheet
    from workflows.benchmarking.recording import draft_report

    desk, out = desk_of(ctx), named(out, ".xlsx")
    with desk.work() as work:
        found = _meant(desk, work, case, campaign=campaign, district=district, period=period)
        version = draft_report(desk.engine, work, desk.actor, found.id)
        paper = write_report_sheet(found.subject_name, version.sheets)
    write_out(desk, out, paper.content, name=paper.name)


def _meant(
    desk: Desk, work: "Work", case: str | None, *, campaign: str | None, district: str | None, period: str | None
) -> "Case":
    from console.reporting import find_report

    if case:
        return desk.case(work, case)
    return find_report(desk.engine, work, desk.actor, campaign=campaign, district=district, period=period)


def _version(work: "Work", case: "Case", number: int | None) -> "ReportVersion":
    from workflows.benchmarking.records import reports

    found = reports.version(work, case.id, number)
    if found is None:
        raise NotFound(tr("{name} has no such version; `lingpao report draft` begins one.", name=case.subject_name))
    return found


def _show(desk: Desk, work: "Work", case: "Case", version: "ReportVersion", findings: "Findings") -> None:
    from console.reporting import findings_told, rows_of, version_told

    told = version_told(work, version)
    desk.paper.say(
        tr("{subject}: version {n}, {state}", subject=case.subject_name, n=version.number, state=told["state_label"])
    )
    columns = (
        Column(tr("Field")),
        Column(tr("Typed")),
        Column(tr("Records"), number=True, may=True),
        Column(tr("In the period"), number=True, may=True),
    )
    for sheet in version.sheets:
        title = sheet.typed.get("industry_name") or sheet.industry or tr("without an industry")
        desk.paper.line()
        desk.paper.table(columns, rows_of(sheet), title=tr("Industry: {name}", name=title))
    _say_findings(desk, findings)
    desk.paper.answer({"case": case.id, "subject": case.subject_name, **told, **findings_told(findings)})


def _say_findings(desk: Desk, findings: "Findings") -> None:
    for head, reasons in (
        (tr("To be mended before it can be handed in:"), findings.errors),
        (tr("To be looked at once more:"), findings.hints),
    ):
        if reasons:
            desk.paper.say(head)
        for reason in reasons:
            desk.paper.say(tr("  – {reason} [{code}]", reason=reason.sentence, code=reason.code))
    if not findings.errors:
        desk.paper.say(tr("Nothing keeps it from being handed in."))
