"""What is listed, shown and printed of publication batches."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.cli.desk import desk_of
from console.cli.evidence import named, write_out
from console.cli.frame import command, option
from console.cli.options import CampaignKey, DistrictName
from console.cli.paper import Column
from console.cli.publications import Number, app, place_of
from engine.words import tr


@command(app, "list", tr("List the batches that you may see, with how many enterprises and products they have."))
def listed(
    ctx: typer.Context,
    *,
    state: Annotated[
        list[str] | None,
        option("--state", metavar="STATE", does=tr("draft, proposed, confirmed, published or withdrawn.")),
    ] = None,
    recorded: Annotated[
        bool, option("--recorded", does=tr("Also lists made elsewhere, which were only recorded."))
    ] = False,
    campaign: CampaignKey = None,
) -> None:
    """List."""
    from console.finding import find_campaign
    from console.publishing import batches_told

    desk = desk_of(ctx)
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        found = batches_told(work, desk.actor, key, states=state or (), recorded=recorded)
    columns = [
        Column(tr("Number"), number=True),
        Column(tr("Batch"), whole=True),
        Column(tr("Title")),
        Column(tr("Of"), whole=True),
        Column(tr("State"), whole=True),
        Column(tr("Enterprises"), number=True),
        Column(tr("Products"), number=True),
        Column(tr("Publicity"), may=True),
        Column(tr("Published"), whole=True, may=True),
    ]
    rows = [
        (
            *(one[name] for name in ("number", "label", "title", "organisation", "state_label")),
            *(one["enterprises"], one["products"], _span(one["starts_on"], one["ends_on"]), one["published_on"]),
        )
        for one in found
    ]
    if found:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} batches.", n=len(found)))
    desk.paper.answer({"batches": found})


@command(app, "candidates", tr("List verified enterprises that could stand on a batch, and how many are on the way."))
def candidates_of(ctx: typer.Context, *, district: DistrictName = None, campaign: CampaignKey = None) -> None:
    """List."""
    from console.finding import find_campaign
    from workflows.benchmarking.recording.batchmembers import candidates

    desk = desk_of(ctx)
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        found = candidates(work, desk.actor, key, place_of(desk, work, district).id)
    columns = (Column(tr("Number"), number=True), Column(tr("Enterprise")), Column(tr("Products")))
    if found.ready:
        desk.paper.table(
            columns, [(case.id, case.subject_name, tuple(one.name for one in some)) for case, some in found.ready]
        )
    desk.paper.say(
        tr("{n} enterprises are verified and on no list; {m} are on the way.", n=len(found.ready), m=found.on_the_way)
    )
    ready = [
        {"case": case.id, "subject": case.subject_name, "products": [one.name for one in some]}
        for case, some in found.ready
    ]
    desk.paper.answer({"ready": ready, "on_the_way": found.on_the_way})


@command(app, "show", tr("Show a batch and everybody on it."))
def show(ctx: typer.Context, number: Number, *, campaign: CampaignKey = None) -> None:
    """Show."""
    from console.finding import find_campaign
    from console.publishing import find_batch, members_told, told

    desk = desk_of(ctx)
    with desk.look() as work:
        batch = find_batch(work, desk.actor, find_campaign(desk.engine, work, campaign).key, number)
        found, members = told(work, batch), members_told(work, batch)
    desk.paper.facts(
        [
            (tr("Batch"), found["label"]),
            (tr("Title"), found["title"]),
            (tr("Document number"), found["document_no"]),
            (tr("Of"), found["organisation"]),
            (tr("State"), found["state_label"]),
            (tr("Publicity"), _span(batch.starts_on, batch.ends_on)),
            (tr("Published"), found["published_on"]),
            (tr("Web address"), found["url"]),
            (tr("Made by"), found["made_by"]),
            (tr("Proposed by"), found["proposed_by"]),
            (tr("Confirmed by"), found["confirmed_by"]),
            (tr("Reason"), found["reason"]),
            (tr("Version"), found["version"]),
        ]
    )
    columns = (Column(tr("Number"), number=True), Column(tr("District"), whole=True), Column(tr("Enterprise")))
    if members:
        desk.paper.line()
        desk.paper.table(
            (*columns, Column(tr("Product"))),
            [(one["case"], one["district"], one["subject"], one["product"]) for one in members],
        )
    desk.paper.say(
        tr("{enterprises} enterprises, {products} products.", enterprises=found["enterprises"], products=len(members))
    )
    desk.paper.answer(found | {"members": members})


@command(app, "print", tr("Write the public list as an official paper (.docx) or a sheet (.xlsx), by the name of OUT."))
def print_list(
    ctx: typer.Context,
    number: Number,
    out: Annotated[Path, option("--out", metavar="OUT", does=tr("File to write: .docx or .xlsx."))],
    *,
    campaign: CampaignKey = None,
) -> None:
    """Print."""
    from console.finding import find_campaign
    from console.publishing import find_batch
    from workflows.benchmarking.annexes.publicity import write_publicity, write_publicity_sheet
    from workflows.benchmarking.publicity import publicity_facts

    desk, out = desk_of(ctx), named(out, ".docx", ".xlsx")
    with desk.look() as work:
        batch = find_batch(work, desk.actor, find_campaign(desk.engine, work, campaign).key, number)
        facts = publicity_facts(desk.engine, work, batch, desk.engine.today(work))
    paper = (write_publicity_sheet if out.suffix.lower() == ".xlsx" else write_publicity)(facts)
    write_out(desk, out, paper.content, name=paper.name)


def _span(starts_on: date | None, ends_on: date | None) -> str | None:
    return f"{starts_on} – {ends_on}" if starts_on else None
