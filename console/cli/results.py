"""Recording what comes with and after the tests: reports, publications, results, Top Runner, the half-yearly form."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.desk import desk_of
from console.cli.evidence import FileIfAny, app, recorded, recorded_many, upload
from console.cli.frame import argument, command, option
from console.cli.options import CaseName, CaseNames, ProductName, ProductNames, ReasonIfAny, Version, read_day
from engine.words import tr

ReachedOn = Annotated[date, option("--on", metavar="DATE", parser=read_day, does=tr("Day on which it was reached."))]


@command(app, "report", tr("Record the test report of a product with its conclusion; a retest takes its place."))
def report(
    ctx: typer.Context,
    case: CaseName,
    *,
    laboratory: Annotated[str, option("--laboratory", metavar="NAME", does=tr("Who tested."))],
    number: Annotated[str, option("--number", metavar="NUMBER", does=tr("Number of the report."))],
    issued_on: Annotated[date, option("--issued-on", metavar="DATE", parser=read_day, does=tr("Day of the report."))],
    conclusion: Annotated[
        str,
        option(
            "--conclusion",
            metavar="NAME",
            does=tr("all_better, partly_better, all_equal, partly_lower or not_met; none of them holds anybody up."),
        ),
    ],
    sampling: Annotated[
        str, option("--sampling", metavar="NAME", does=tr("sampled or submitted (default)."))
    ] = "submitted",
    cma: Annotated[str, option("--cma", metavar="NUMBER", does=tr("Number of the laboratory's CMA certificate."))] = "",
    file: FileIfAny = None,
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.model import LabReport
    from workflows.benchmarking.recording import record_test_report

    words: dict[str, Any] = {"sampling": sampling, "conclusion": conclusion}
    told = LabReport(laboratory=laboratory, cma_no=cma, report_no=number, issued_on=issued_on, **words)
    common: dict[str, Any] = {"product": product, "file": upload(file), "version": version, "reason": reason}
    recorded(desk_of(ctx), case, record_test_report, told, **common)


@command(app, "publication", tr("Record that a public list names the products of these enterprises."))
def publication(
    ctx: typer.Context,
    cases: CaseNames,
    *,
    title: Annotated[str, option("--title", metavar="TEXT", does=tr("Title of the public list."))],
    url: Annotated[str, option("--url", metavar="URL", does=tr("Its web address."))],
    published_on: Annotated[
        date, option("--published-on", metavar="DATE", parser=read_day, does=tr("Day of the publication."))
    ],
    file: FileIfAny = None,
    product: ProductNames = None,
    reason: ReasonIfAny = None,
) -> None:
    """Record."""
    from workflows.benchmarking.recording import PublicNotice, record_publication

    notice = PublicNotice(title, url, published_on)
    common: dict[str, Any] = {"named": product or (), "file": upload(file), "reason": reason}
    recorded_many(desk_of(ctx), cases, record_publication, notice, **common)


@command(app, "result", tr("Record that the result of a product stands on the national platform."))
def result(
    ctx: typer.Context,
    case: CaseName,
    *,
    uploaded_on: Annotated[
        date, option("--uploaded-on", metavar="DATE", parser=read_day, does=tr("Day of the upload to the platform."))
    ],
    number: Annotated[str | None, option("--number", metavar="NUMBER", does=tr("Number on the platform."))] = None,
    url: Annotated[str | None, option("--url", metavar="URL", does=tr("Web address."))] = None,
    screenshot: Annotated[
        Path | None, option("--screenshot", metavar="FILE", does=tr("Screenshot of the platform."))
    ] = None,
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.model import PlatformRecord
    from workflows.benchmarking.recording import record_result

    told = PlatformRecord(uploaded_on, number, url)
    common: dict[str, Any] = {
        "product": product,
        "screenshot": upload(screenshot),
        "version": version,
        "reason": reason,
    }
    recorded(desk_of(ctx), case, record_result, told, **common)


@command(app, "declaration", tr("Record that the standard of a product is disclosed on the public platform."))
def declaration(
    ctx: typer.Context,
    case: CaseName,
    *,
    standard: Annotated[str, option("--standard", metavar="NUMBER", does=tr("Number of the standard."))],
    title: Annotated[str, option("--title", metavar="TEXT", does=tr("Title of the standard."))],
    disclosed_on: Annotated[
        date, option("--disclosed-on", metavar="DATE", parser=read_day, does=tr("Day of the disclosure."))
    ],
    url: Annotated[str, option("--url", metavar="URL", does=tr("Web address."))] = "",
    key_area: Annotated[bool, option("--key-area", does=tr("It lies in a key area of this year."))] = False,
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.model import Declaration
    from workflows.benchmarking.recording import record_declaration

    told = Declaration(standard, title, disclosed_on, url, key_area)
    common: dict[str, Any] = {"product": product, "version": version, "reason": reason}
    recorded(desk_of(ctx), case, record_declaration, told, **common)


@command(app, "runner", tr("Record how far a product has come on the way to Top Runner."))
def runner(
    ctx: typer.Context,
    case: CaseName,
    step: Annotated[
        str,
        argument(
            tr("area_matched, standard_disclosed, submitted, shortlisted, listed or not_listed."),
            "STEP",
        ),
    ],
    *,
    level: Annotated[str, option("--level", metavar="NAME", does=tr("national, provincial or local."))],
    year: Annotated[int, option("--year", metavar="YEAR", does=tr("Year of the list."))],
    on: ReachedOn,
    note: Annotated[str, option("--note", metavar="TEXT", does=tr("Remark."))] = "",
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.model import RunnerStep
    from workflows.benchmarking.recording import record_runner_step

    words: dict[str, Any] = {"step": step, "level": level}
    told = RunnerStep(year=year, reached_on=on, note=note, **words)
    common: dict[str, Any] = {"product": product, "version": version, "reason": reason}
    recorded(desk_of(ctx), case, record_runner_step, told, **common)


@command(app, "handed-in", tr("Record the filled-in form of a half-yearly report."))
def handed_in(
    ctx: typer.Context,
    case: CaseName,
    *,
    file: Annotated[Path, option("--file", metavar="FILE", does=tr("The form."))],
    received_on: Annotated[
        date | None,
        option("--received-on", metavar="DATE", parser=read_day, does=tr("Day on which it arrived; today by default.")),
    ] = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.recording import record_report_form

    desk = desk_of(ctx)
    form = upload(file)
    day = received_on or desk.today
    common: dict[str, Any] = {"file": form, "received_on": day, "version": version, "reason": reason}
    recorded(desk, case, record_report_form, **common)
