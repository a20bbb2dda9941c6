"""Recording what comes before the tests: enterprise, plans with indicators, the platform, trainings."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.desk import desk_of
from console.cli.evidence import (
    FileIfAny,
    app,
    read_indicators,
    read_values,
    recorded,
    recorded_many,
    tell,
    upload,
)
from console.cli.frame import argument, command, option
from console.cli.options import (
    CampaignKey,
    CaseName,
    DistrictName,
    ProductName,
    ProductNames,
    ReasonIfAny,
    Version,
    read_day,
)
from console.cli.refusals import UsageRefused
from engine.words import tr

__all__ = ["app"]

CasesIfAny = Annotated[list[str] | None, argument(tr("Numbers of cases, or names of enterprises."), "CASES...")]
Screenshot = Annotated[Path | None, option("--screenshot", metavar="FILE", does=tr("Screenshot of the platform."))]
Number = Annotated[str | None, option("--number", metavar="NUMBER", does=tr("Number on the platform."))]
Url = Annotated[str | None, option("--url", metavar="URL", does=tr("Web address."))]
UploadedOn = Annotated[
    date, option("--uploaded-on", metavar="DATE", parser=read_day, does=tr("Day of the upload to the platform."))
]


@command(app, "plan", tr("Record the plan of an enterprise's products, or let a plan of the district serve them."))
def plan(
    ctx: typer.Context,
    case: CaseName,
    *,
    title: Annotated[str | None, option("--title", metavar="TEXT", does=tr("Title of the plan."))] = None,
    drafted_on: Annotated[
        date | None, option("--drafted-on", metavar="DATE", parser=read_day, does=tr("Day of the plan."))
    ] = None,
    drafted_by: Annotated[str, option("--drafted-by", metavar="TEXT", does=tr("Who wrote it."))] = "",
    file: FileIfAny = None,
    product: ProductNames = None,
    number: Annotated[
        int | None, option("--plan", metavar="N", does=tr("Number of a plan of the district that is to serve them."))
    ] = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record, revise or share."""
    from workflows.benchmarking.recording import PlanDraft, record_plan, share_plan

    desk = desk_of(ctx)
    common: dict[str, Any] = {"named": product or (), "reason": reason, "version": version}
    if title is None and number is not None:
        recorded(desk, case, share_plan, number, **common)
    elif title is not None and drafted_on is not None:
        draft, paper = PlanDraft(title, drafted_on, drafted_by), upload(file)
        recorded(desk, case, record_plan, draft, file=paper, plan_id=number, **common)
    else:
        raise UsageRefused(tr("Say --title and --drafted-on for a plan, or --plan N for one there is already."))


@command(
    app,
    "indicators",
    tr("Record the key indicators of a product's plan, and what the enterprise's own standard sets for them."),
)
def indicators(
    ctx: typer.Context,
    case: CaseName,
    *,
    indicator: Annotated[
        list[str],
        option(
            "--indicator",
            metavar="NAME|UNIT|DIRECTION|NATIONAL|BENCHMARK",
            does=tr("An indicator; DIRECTION is higher, lower, range or qualitative. May be said again."),
        ),
    ],
    core: Annotated[list[str] | None, option("--core", metavar="NAME", does=tr("A core indicator."))] = None,
    own: Annotated[
        list[str] | None, option("--own", metavar="NAME=VALUE", does=tr("Value in the enterprise's own standard."))
    ] = None,
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.recording import record_indicators

    told, values = read_indicators(indicator, core or ()), read_values(own or ())
    common: dict[str, Any] = {"product": product, "own_values": values, "reason": reason, "version": version}
    recorded(desk_of(ctx), case, record_indicators, told, **common)


@command(app, "platform", tr("Record that the plan of a product stands on the national platform."))
def platform(
    ctx: typer.Context,
    case: CaseName,
    *,
    uploaded_on: UploadedOn,
    number: Number = None,
    url: Url = None,
    screenshot: Screenshot = None,
    product: ProductName = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Record."""
    from workflows.benchmarking.model import PlatformRecord
    from workflows.benchmarking.recording import record_platform_plan

    told, picture = PlatformRecord(uploaded_on, number, url), upload(screenshot)
    common: dict[str, Any] = {"product": product, "screenshot": picture, "reason": reason, "version": version}
    recorded(desk_of(ctx), case, record_platform_plan, told, **common)


@command(app, "training", tr("Record a training for enterprises, or with --district for all of a district."))
def training(
    ctx: typer.Context,
    cases: CasesIfAny = None,
    *,
    topic: Annotated[str, option("--topic", metavar="TEXT", does=tr("What it was about."))],
    held_on: Annotated[date, option("--held-on", metavar="DATE", parser=read_day, does=tr("Day of the training."))],
    notice: Annotated[Path | None, option("--notice", metavar="FILE", does=tr("Its notice."))] = None,
    attendance: Annotated[
        Path | None, option("--attendance", metavar="FILE", does=tr("Its list of attendance."))
    ] = None,
    district: DistrictName = None,
    campaign: CampaignKey = None,
    reason: ReasonIfAny = None,
) -> None:
    """Record for some, or for a whole district."""
    from console.finding import find_campaign, find_district
    from engine.store import cases as stored
    from workflows.benchmarking.recording import TrainingHeld, record_district_training, record_training

    if bool(cases) == bool(district):
        raise UsageRefused(tr("Say either CASES or --district NAME."))
    desk = desk_of(ctx)
    held = TrainingHeld(topic, held_on)
    papers: dict[str, Any] = {"notice": upload(notice), "attendance": upload(attendance)}
    if cases:
        recorded_many(desk, cases, record_training, held, reason=reason, **papers)
        return
    with desk.work() as work:
        key = find_campaign(desk.engine, work, campaign).key
        place = find_district(work, desk.actor, str(district)).id
        before = {one.id: one for one in stored.of_campaign(work, key, "enterprise", district_id=place)}
        after = record_district_training(desk.engine, work, desk.actor, held, campaign=key, district_id=place, **papers)
    tell(desk, [(before[one.id], one) for one in after])


@command(
    app, "enterprise", tr("Record what is known of an enterprise: credit code, industry, cluster, honours, contact.")
)
def enterprise(
    ctx: typer.Context,
    case: CaseName,
    *,
    credit_code: Annotated[
        str | None, option("--credit-code", metavar="CODE", does=tr("Unified social credit code; checked."))
    ] = None,
    industry: Annotated[str | None, option("--industry", metavar="CODE", does=tr("Class of GB/T 4754."))] = None,
    cluster: Annotated[
        str | None, option("--cluster", metavar="NAME", does=tr("Industry cluster of the plan."))
    ] = None,
    large: Annotated[
        bool | None, option("--above-size/--below-size", does=tr("Whether it is above the designated size."))
    ] = None,
    honour: Annotated[
        list[str] | None, option("--honour", metavar="TEXT", does=tr("Honour; may be said again."))
    ] = None,
    contact: Annotated[
        list[str] | None, option("--contact", metavar="NAME=VALUE", does=tr("As in phone=0574-00000000."))
    ] = None,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Describe."""
    from workflows.benchmarking.recording import EnterpriseDetails, set_enterprise_details

    details = EnterpriseDetails(
        credit_code=credit_code,
        industry_code=industry,
        cluster=cluster,
        above_designated_size=large,
        honours=tuple(honour) if honour else None,
        contact=read_values(contact) if contact else None,
    )
    recorded(desk_of(ctx), case, set_enterprise_details, details, version=version, reason=reason)


# the other half of the group; its commands stand behind these on the help page
import console.cli.results  # noqa: E402, F401
