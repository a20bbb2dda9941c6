"""Lists in: a file read and checked by itself, or taken in; and the standard numbers of one cell."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from console.cli.answersheet import AnswerSheet
from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.listpage import print_difference, print_outcome, print_report
from console.cli.options import CampaignKey, DistrictName, ReasonIfAny, read_day
from console.cli.refusals import REFUSED, UsageRefused
from console.cli.sheetfile import Force
from engine.clock import SystemClock, local_day
from engine.errors import NotFound
from engine.words import tr

if TYPE_CHECKING:
    from console.lists import Arrival, Reading
    from workflows.benchmarking.roster.forms import Form
    from workflows.benchmarking.roster.report import Report

app = verbs()

FileIfAny = Annotated[Path | None, argument(tr("File."), "FILE")]


@command(
    app,
    "import",
    tr(
        "Take in the list of a district (.xlsx, .xlsm, .xls, .docx): whole, or not at all; every fault is told at once"
        " with its place and what to do. With --dry-run it is only read, without database and without a person; with"
        " --preview it is also compared with what is on record, with --annotate it goes back with every fault marked."
        " --list and --show tell what was brought in."
    ),
)
def take(
    ctx: typer.Context,
    file: FileIfAny = None,
    *,
    form: Annotated[
        str | None,
        option("--form", metavar="KIND", does=tr("Kind of list, as in test_reports; else known by its header.")),
    ] = None,
    district: DistrictName = None,
    campaign: CampaignKey = None,
    dry_run: Annotated[bool, option("--dry-run", does=tr("Only read and check."))] = False,
    preview: Annotated[
        bool, option("--preview", does=tr("Read, check, and say what would change; nothing is written."))
    ] = False,
    good_rows: Annotated[
        bool, option("--good-rows", does=tr("Take the rows without faults, say which were left."))
    ] = False,
    supplementary: Annotated[
        bool, option("--supplementary", does=tr("It adds to the list before; whom it does not name stays."))
    ] = False,
    replaces: Annotated[
        list[str] | None,
        option("--replaces", metavar="NAME", does=tr("Withdrawn enterprise whose place is taken; may be said again.")),
    ] = None,
    received: Annotated[
        date | None,
        option("--received", metavar="DATE", parser=read_day, does=tr("Day on which it arrived; today by default.")),
    ] = None,
    reason: ReasonIfAny = None,
    annotate: Annotated[
        Path | None,
        option("--annotate", metavar="OUT", does=tr("Write the list with every fault marked to OUT, an .xlsx file.")),
    ] = None,
    force: Force = False,
    listed: Annotated[bool, option("--list", does=tr("List what was brought in before."))] = False,
    show: Annotated[int | None, option("--show", metavar="N", does=tr("Show an import and what it did."))] = None,
    save: Annotated[
        Path | None, option("--save", metavar="OUT", does=tr("With --show: write the file as it came in to OUT."))
    ] = None,
) -> None:
    """Read, take in, or tell what was taken in."""
    desk = desk_of(ctx)
    if listed or show is not None:
        _tell(desk, show, save=save, campaign=campaign, district=district)
        return
    if file is None:
        raise UsageRefused(tr("Say which FILE, or --list, or --show N."))
    if not file.is_file():
        raise NotFound(tr("There is no file {file}.", file=str(file)))
    forms = _forms(form)
    sheet = AnswerSheet.planned(annotate, file, force=force)
    if dry_run:
        today = local_day(SystemClock().now())
        report = _read(desk, file, campaign, district, forms=forms, today=today)
        print_report(desk.paper, report)
        desk.paper.answer(report.as_json() | sheet.write(desk, report, file, today))
        _leave(report, good_rows=good_rows)
        return
    key, code = _whose(desk, campaign, district)
    common: dict[str, Any] = {"supplementary": supplementary, "good_rows": good_rows, "reason": reason}
    arrival = _arrival(
        desk, file, campaign=key, district=code, forms=forms, replaces=replaces or (), received_on=received, **common
    )
    _compare(desk, arrival, sheet) if preview else _take(desk, arrival, sheet)


def _take(desk: Desk, arrival: "Arrival", sheet: AnswerSheet) -> None:
    from console.lists import read_list, take_in

    reading = read_list(desk.engine, arrival)
    if not reading.recognised:
        _give_up(desk, reading, sheet)
    report, outcome = take_in(desk.engine, reading)
    print_outcome(desk.paper, report, outcome)
    name = "enrolment" if report.form.nominating else "brought"
    answer: dict[str, Any] = report.as_json() | {name: outcome.as_json()}
    answer |= sheet.write(desk, report, arrival.path, reading.today)
    desk.paper.answer(answer)
    if outcome.status == "refused":
        raise typer.Exit(REFUSED)


def _compare(desk: Desk, arrival: "Arrival", sheet: AnswerSheet) -> None:
    from console.lists import preview, read_list

    reading = read_list(desk.engine, arrival)
    if not reading.recognised:
        _give_up(desk, reading, sheet)
    with desk.look() as work:
        report, difference = preview(desk.engine, work, reading)
    print_report(desk.paper, report)
    print_difference(desk.paper, report.form, difference)
    desk.paper.say(tr("Nothing was written."))
    answer: dict[str, Any] = report.as_json() | {"difference": difference}
    answer |= sheet.write(desk, report, arrival.path, reading.today)
    desk.paper.answer(answer)
    _leave(report, good_rows=arrival.good_rows)


def _give_up(desk: Desk, reading: "Reading", sheet: AnswerSheet) -> NoReturn:
    """Nobody knows what list it is; what is wrong with it is said all the same."""
    report = reading.report
    print_report(desk.paper, report)
    desk.paper.answer(report.as_json() | sheet.write(desk, report, reading.arrival.path, reading.today))
    raise typer.Exit(REFUSED)


def _leave(report: "Report", *, good_rows: bool) -> None:
    if not report.takes(good_rows=good_rows):
        raise typer.Exit(REFUSED)


def _tell(desk: Desk, number: int | None, *, save: Path | None, campaign: str | None, district: str | None) -> None:
    from console.cli.importpage import show_import, show_imports

    if number is None:
        show_imports(desk, campaign=campaign, district=district)
    else:
        show_import(desk, number, save=save)


@command(app, "standards", tr("Read the standard numbers of one cell as a list would be read; needs no database."))
def standards(ctx: typer.Context, cell: Annotated[str, argument(tr("What stands in the cell."), "CELL")]) -> None:
    """Scan a cell; a faulty one is an answer too, not a refusal."""
    from console.cli.paper import Column
    from workflows.benchmarking.standards import scan, sentence
    from workflows.benchmarking.standards.cell import KINDS, NOTHING

    desk = desk_of(ctx)
    found = scan(cell, year=local_day(SystemClock().now()).year)
    rows = [
        (one.number or one.token, KINDS[one.kind], one.title, "".join(map(sentence, (*one.errors, *one.flags))))
        for one in found.references
    ]
    columns = [
        Column(tr("Number"), whole=True),
        Column(tr("Kind"), whole=True),
        Column(tr("Title")),
        Column(tr("Remarks")),
    ]
    if rows:
        desk.paper.table(columns, rows)
    for code in found.errors or ((NOTHING,) if found.severity == NOTHING else ()):
        desk.paper.line(sentence(code))
    desk.paper.answer(found.as_json())


def _forms(key: str | None) -> "tuple[Form, ...]":
    from console.lists import forms_named

    return forms_named(key)


def _arrival(desk: Desk, file: Path, **told: Any) -> "Arrival":
    from console.lists import Arrival, limits_of

    settings = desk.settings
    limits = limits_of(settings.limits)
    return Arrival(path=file, login=desk.actor.login, city=settings.bureau.city, limits=limits, **told)


def _read(
    desk: Desk, file: Path, campaign: str | None, district: str | None, *, forms: "tuple[Form, ...]", today: date
) -> "Report":
    """Read a list by the configuration alone."""
    from console.cli.configured import campaign_of, district_of
    from console.lists import expectation, limits_of
    from workflows.benchmarking.roster.reading import read_roster

    section = campaign_of(desk.settings, campaign)
    code = district_of(section, district).code if district else None
    expected = expectation(
        desk.settings.campaign_body(section.key), city=desk.settings.bureau.city, district=code, today=today
    )
    return read_roster(file, expectation=expected, form=forms[0], among=forms, limits=limits_of(desk.settings.limits))


def _whose(desk: Desk, campaign: str | None, district: str | None) -> tuple[str, str | None]:
    """Campaign and district; one's own district where none is named, none for who has none."""
    from console.finding import find_campaign, find_district
    from engine.store import organisations

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        own = organisations.get(work, desk.actor.organisation_id)
        if district is None:
            return key, own.code if own.kind in organisations.DISTRICT_KINDS else None
        return key, find_district(work, desk.actor, district).code
