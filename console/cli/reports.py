"""Half-yearly reports: what is owed, handed in on paper, accepted, returned."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.evidence import upload
from console.cli.frame import command, option, verbs
from console.cli.options import CampaignKey, CaseNames, DistrictName, File, Reason, ReasonIfAny, read_day
from console.cli.outcomes import each, settle
from console.cli.paper import Column
from engine.errors import NotFound, Refused
from engine.words import tr

if TYPE_CHECKING:
    from engine.cases import Answer
    from engine.model import Case
    from engine.store.database import Work

app = verbs("report", tr("Half-yearly reports: list, fill in, check, hand in, accept, return, print."))

FLOW = "progress_report"
ACCEPT, RETURN = "accept", "return_report"

CaseIfAny = Annotated[str | None, option("--case", metavar="CASE", does=tr("Number of the report."))]
Period = Annotated[
    str | None,
    option("--period", metavar="PERIOD", does=tr("2020H1 for the first half of 2020, 2020 for the whole year.")),
]


@command(app, "list", tr("List the reports of the campaign that you may see."))
def listed(
    ctx: typer.Context,
    *,
    district: DistrictName = None,
    period: Period = None,
    overdue: Annotated[bool, option("--overdue", does=tr("Only with a day that is over."))] = False,
    campaign: CampaignKey = None,
) -> None:
    """List."""
    from console.finding import find_campaign
    from console.register import Wanted, every_line
    from engine.opening import period_of
    from workflows.benchmarking.records import reports

    desk = desk_of(ctx)
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        wanted = Wanted(campaign=key, flow=FLOW, district=district, overdue=overdue, sort="district")
        lines = [
            one for one in every_line(desk.engine, work, desk.actor, wanted) if period in (None, period_of(one.case))
        ]
        forms = reports.papers_of(work, [one.case.id for one in lines])
    columns = [
        Column(tr("Number"), number=True),
        Column(tr("Report")),
        Column(tr("State"), whole=True),
        Column(tr("Due"), whole=True),
        Column(tr("Workdays late"), number=True, may=True),
        Column(tr("Form"), may=True),
    ]
    rows = [
        (one.case.id, one.case.subject_name, one.state, one.due_on, one.late or None, _form(forms.get(one.case.id)))
        for one in lines
    ]
    if lines:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} reports.", n=len(lines)))
    desk.paper.answer(
        {"reports": [one.as_json() | {"period": period_of(one.case), "form": forms.get(one.case.id)} for one in lines]}
    )


@command(app, "hand-in", tr("Hand in the form of a report; a form that arrived on an earlier day is confirmed."))
def hand_in(
    ctx: typer.Context,
    file: File,
    *,
    case: CaseIfAny = None,
    district: DistrictName = None,
    period: Period = None,
    received: Annotated[
        date | None,
        option("--received", metavar="DATE", parser=read_day, does=tr("Day on which it arrived; today by default.")),
    ] = None,
    campaign: CampaignKey = None,
    reason: ReasonIfAny = None,
) -> None:
    """Record the form and take the step, together."""
    from console.reporting import step_or_ask
    from workflows.benchmarking.recording import record_report_form

    desk = desk_of(ctx)
    paper = upload(file)
    if paper is None:
        raise Refused(tr("A report needs its form."))
    day = received or desk.today

    def act(work: "Work", found: "Case") -> "Answer":
        record_report_form(desk.engine, work, desk.actor, found.id, file=paper, received_on=day, reason=reason)
        return step_or_ask(desk.engine, work, desk.actor, found.id, on=day, reason=reason)

    settle(desk, each(desk, [case or _owed(desk, campaign, district, period)], act))


@command(app, "accept", tr("Accept reports that were handed in."))
def accept(ctx: typer.Context, cases: CaseNames) -> None:
    """Accept each."""
    _step(desk_of(ctx), cases, ACCEPT, None)


@command(app, "return", tr("Return reports with a reason; some workdays for the rework begin."))
def return_report(ctx: typer.Context, cases: CaseNames, *, reason: Reason) -> None:
    """Return each."""
    _step(desk_of(ctx), cases, RETURN, reason)


def _step(desk: Desk, names: list[str], step: str, reason: str | None) -> None:
    from engine.cases import advance
    from engine.judging import Command

    def act(work: "Work", found: "Case") -> "Answer":
        return advance(desk.engine, work, desk.actor, Command(case_id=found.id, step=step, reason=reason))

    settle(desk, each(desk, names, act))


def _owed(desk: Desk, campaign: str | None, district: str | None, period: str | None) -> str:
    """The number of the one report that is meant: of one's own district, of the only period still owed."""
    from console.finding import find_campaign, find_district
    from engine.opening import period_of
    from engine.store import cases, definitions, organisations

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        own = organisations.get(work, desk.actor.organisation_id)
        place = find_district(work, desk.actor, district) if district else own
        found = [
            one
            for one in cases.of_campaign(work, key, FLOW, district_id=place.id)
            if one.state == definitions.flow_of(work, one.definition_id).initial and period in (None, period_of(one))
        ]
    if not found:
        raise NotFound(tr("{district} owes no report just now; `lingpao report list` shows them.", district=place.name))
    if len(found) > 1:
        periods = tuple(period_of(one) for one in found)
        raise Refused(tr("Several reports are owed: {periods}. Say which with --period.", periods=periods))
    return str(found[0].id)


def _form(form: object) -> object:
    return getattr(form, "file_name", None)


# the form that is filled in here; its commands stand behind these on the help page
import console.cli.reportforms  # noqa: E402, F401
