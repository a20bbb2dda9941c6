"""Lists in: a file read and checked by itself, or taken in; and the standard numbers of one cell."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.listpage import print_enrolment, print_report
from console.cli.options import CampaignKey, DistrictName, File, read_day
from console.cli.refusals import REFUSED
from engine.clock import SystemClock, local_day
from engine.errors import NotFound, Refused
from engine.words import tr

if TYPE_CHECKING:
    from workflows.benchmarking.roster.report import Report
    from workflows.config import CampaignSection

app = verbs()


@command(
    app,
    "import",
    tr(
        "Take in the list of a district (.xlsx, .xlsm, .xls, .docx): whole, or not at all; every fault is told at once"
        " with its place and what to do. With --dry-run it is only read, without database and without a person."
    ),
)
def take(
    ctx: typer.Context,
    file: File,
    *,
    district: DistrictName = None,
    campaign: CampaignKey = None,
    dry_run: Annotated[bool, option("--dry-run", does=tr("Only read and check."))] = False,
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
) -> None:
    """Read, or take in."""
    desk = desk_of(ctx)
    if not file.is_file():
        raise NotFound(tr("There is no file {file}.", file=str(file)))
    if dry_run:
        report = _read(desk, file, campaign, district)
        print_report(desk.paper, report)
        desk.paper.answer(report.as_json())
        if report.file_errors or not (report.clean or good_rows):
            raise typer.Exit(REFUSED)
        return
    from console.lists import Arrival, limits_of, take_list

    key, code = _whose(desk, campaign, district)
    arrival = Arrival(
        campaign=key,
        district=code,
        path=file,
        login=desk.actor.login,
        city=desk.settings.bureau.city,
        replaces=replaces or (),
        supplementary=supplementary,
        good_rows=good_rows,
        received_on=received,
        limits=limits_of(desk.settings.limits),
    )
    report, enrolment = take_list(desk.engine, arrival)
    print_report(desk.paper, report)
    print_enrolment(desk.paper, enrolment)
    answer: dict[str, Any] = report.as_json() | {"enrolment": enrolment.as_json()}
    desk.paper.answer(answer)
    if enrolment.status == "refused":
        raise typer.Exit(REFUSED)


@command(app, "standards", tr("Read the standard numbers of one cell as a list would be read; needs no database."))
def standards(ctx: typer.Context, cell: Annotated[str, argument(tr("What stands in the cell."), "CELL")]) -> None:
    """Scan a cell; a faulty one is an answer too, not a refusal."""
    from console.cli.paper import Column
    from workflows.benchmarking.standards import scan, sentence

    desk = desk_of(ctx)
    found = scan(cell, year=local_day(SystemClock().now()).year)
    rows = [
        (one.number or one.token, one.kind, one.title, tuple(sentence(code) for code in (*one.errors, *one.flags)))
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
    for code in found.errors:
        desk.paper.line(sentence(code))
    desk.paper.answer(found.as_json())


def _read(desk: Desk, file: Path, campaign: str | None, district: str | None) -> "Report":
    """Read a list by the configuration alone."""
    from console.lists import expectation, limits_of
    from workflows.benchmarking.roster.reading import read_roster

    section = _campaign_of(desk, campaign)
    code = _district_of(section, district) if district else None
    today = local_day(SystemClock().now())
    expected = expectation(
        desk.settings.campaign_body(section.key), city=desk.settings.bureau.city, district=code, today=today
    )
    return read_roster(file, expectation=expected, limits=limits_of(desk.settings.limits))


def _campaign_of(desk: Desk, key: str | None) -> "CampaignSection":
    known = desk.settings.campaigns
    found = [one for one in known if key in (None, one.key)]
    if len(found) == 1:
        return found[0]
    keys = tuple(one.key for one in known)
    raise Refused(tr("There are several campaigns: {keys}. Say which with --campaign.", keys=keys))


def _district_of(section: "CampaignSection", name: str) -> str:
    for one in section.districts:
        if name in {one.code, one.name, one.full_name, *one.aliases}:
            return one.code
    names = tuple(one.name for one in section.districts)
    raise NotFound(tr("There is no district {name}; there are {names}.", name=name, names=names))


def _whose(desk: Desk, campaign: str | None, district: str | None) -> tuple[str, str]:
    """Campaign and district; one's own district where none is named."""
    from console.finding import find_campaign, find_district
    from engine.store import organisations

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        own = organisations.get(work, desk.actor.organisation_id)
        if district is None and own.kind not in organisations.DISTRICT_KINDS:
            raise Refused(tr("Say whose list it is with --district NAME."))
        return key, (find_district(work, desk.actor, district) if district else own).code
