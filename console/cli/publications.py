"""Publication batches: made, filled, proposed, confirmed by a second person, published, printed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.evidence import FileIfAny, upload
from console.cli.frame import argument, command, option, verbs
from console.cli.options import (
    CampaignKey,
    CaseNames,
    DistrictName,
    ProductNames,
    Reason,
    ReasonIfAny,
    Version,
    Yes,
    day,
    read_day,
)
from engine.words import tr

if TYPE_CHECKING:
    from engine.model import Organisation
    from engine.store.database import Work
    from workflows.benchmarking.model import Batch
    from workflows.benchmarking.recording import Pick

app = verbs(
    "publication", tr("Publication batches: make, fill, propose, confirm, publish, withdraw, print the public list.")
)

Number = Annotated[int, argument(tr("Number of the batch, as in 3."), "NUMBER")]
Title = Annotated[str | None, option("--title", metavar="TEXT", does=tr("Title of the public list."))]
Starts = Annotated[
    date | None, day("--starts-on", tr("First day of the publicity; none where it is not put up first."))
]
Ends = Annotated[date | None, day("--ends-on", tr("Last day of the publicity."))]
DocumentNo = Annotated[
    str | None, option("--document-no", metavar="TEXT", does=tr("Number of the official paper, if it has one."))
]
Prefix = Annotated[
    str | None,
    option("--prefix", metavar="TEXT", does=tr("What stands before the number; that of the last batch by default.")),
]


@command(app, "make", tr("Begin a batch, of your district or with --district; enterprises may be named at once."))
def make(
    ctx: typer.Context,
    cases: Annotated[list[str] | None, argument(tr("Numbers of cases, or names of enterprises."), "CASES...")] = None,
    *,
    title: Annotated[str, option("--title", metavar="TEXT", does=tr("Title of the public list."))],
    starts_on: Starts = None,
    ends_on: Ends = None,
    document_no: DocumentNo = None,
    prefix: Prefix = None,
    product: ProductNames = None,
    district: DistrictName = None,
    campaign: CampaignKey = None,
) -> None:
    """Make."""
    from console.finding import find_campaign
    from workflows.benchmarking.recording import BatchDraft, make_batch

    desk = desk_of(ctx)
    draft = BatchDraft(title=title, starts_on=starts_on, ends_on=ends_on, document_no=document_no, prefix=prefix)
    with desk.work() as work:
        key = find_campaign(desk.engine, work, campaign).key
        place = place_of(desk, work, district).id
        picks = _picks(desk, work, cases or (), product)
        made = make_batch(desk.engine, work, desk.actor, draft, campaign=key, organisation_id=place, picks=picks)
        _tell(desk, work, made)


@command(app, "change", tr("Describe a draft anew; what is not said stays as it is."))
def change(
    ctx: typer.Context,
    number: Number,
    *,
    title: Title = None,
    starts_on: Starts = None,
    ends_on: Ends = None,
    document_no: DocumentNo = None,
    prefix: Prefix = None,
    version: Version = None,
    campaign: CampaignKey = None,
) -> None:
    """Change."""
    from workflows.benchmarking.recording import BatchDraft, change_batch

    def act(work: "Work", batch: "Batch") -> "Batch":
        draft = BatchDraft(
            title=title or batch.title,
            starts_on=starts_on or batch.starts_on,
            ends_on=ends_on or batch.ends_on,
            document_no=batch.document_no if document_no is None else document_no,
            prefix=prefix,
        )
        return change_batch(desk.engine, work, desk.actor, batch.id, draft, version=version)

    desk = desk_of(ctx)
    _act(desk, number, campaign, act)


@command(app, "add", tr("Put verified enterprises on a draft, all or none."))
def add(
    ctx: typer.Context,
    number: Number,
    cases: CaseNames,
    *,
    product: ProductNames = None,
    version: Version = None,
    campaign: CampaignKey = None,
) -> None:
    """Add."""
    from workflows.benchmarking.recording import add_members

    def act(work: "Work", batch: "Batch") -> "Batch":
        picks = _picks(desk, work, cases, product)
        return add_members(desk.engine, work, desk.actor, batch.id, picks, version=version)

    desk = desk_of(ctx)
    _act(desk, number, campaign, act)


@command(app, "remove", tr("Take enterprises off a draft; off a confirmed batch only the bureau does, with a reason."))
def remove(
    ctx: typer.Context,
    number: Number,
    cases: CaseNames,
    *,
    product: ProductNames = None,
    reason: ReasonIfAny = None,
    version: Version = None,
    campaign: CampaignKey = None,
) -> None:
    """Remove."""
    from workflows.benchmarking.recording import remove_members

    def act(work: "Work", batch: "Batch") -> "Batch":
        picks = _picks(desk, work, cases, product)
        return remove_members(desk.engine, work, desk.actor, batch.id, picks, reason=reason, version=version)

    desk = desk_of(ctx)
    _act(desk, number, campaign, act)


@command(app, "propose", tr("Ask a second person above to confirm a batch; it is closed from now on."))
def propose(ctx: typer.Context, number: Number, *, version: Version = None, campaign: CampaignKey = None) -> None:
    """Propose."""
    from workflows.benchmarking.recording import propose_batch

    desk = desk_of(ctx)
    _act(
        desk,
        number,
        campaign,
        lambda work, batch: propose_batch(desk.engine, work, desk.actor, batch.id, version=version),
    )


@command(app, "confirm", tr("Confirm a batch that somebody else proposed; from its first day on nobody withdraws it."))
def confirm(
    ctx: typer.Context, number: Number, *, yes: Yes = False, version: Version = None, campaign: CampaignKey = None
) -> None:
    """Say what it is about, then confirm."""
    from console.finding import find_campaign
    from console.publishing import find_batch, whats_agreed
    from workflows.benchmarking.recording import confirm_batch, may_confirm

    desk = desk_of(ctx)
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        batch = find_batch(work, desk.actor, key, number)
        may_confirm(desk.engine, work, desk.actor, batch, version=version)
        question = whats_agreed(desk.engine, work, batch)
    desk.agreed(question, yes=yes)
    seen = batch.version if version is None else version
    _act(
        desk,
        number,
        campaign,
        lambda work, found: confirm_batch(desk.engine, work, desk.actor, found.id, version=seen),
    )


@command(app, "return", tr("Give a proposed batch back with a reason."))
def give_back(
    ctx: typer.Context, number: Number, *, reason: Reason, version: Version = None, campaign: CampaignKey = None
) -> None:
    """Return."""
    from workflows.benchmarking.recording import return_batch

    desk = desk_of(ctx)
    _act(
        desk,
        number,
        campaign,
        lambda work, one: return_batch(desk.engine, work, desk.actor, one.id, reason=reason, version=version),
    )


@command(app, "withdraw", tr("Take a batch back before its publicity begins, with a reason."))
def withdraw(
    ctx: typer.Context, number: Number, *, reason: Reason, version: Version = None, campaign: CampaignKey = None
) -> None:
    """Withdraw."""
    from workflows.benchmarking.recording import withdraw_batch

    desk = desk_of(ctx)
    _act(
        desk,
        number,
        campaign,
        lambda work, one: withdraw_batch(desk.engine, work, desk.actor, one.id, reason=reason, version=version),
    )


@command(
    app, "publish", tr("Record that a confirmed list came out: it is the public list of its products from now on.")
)
def publish(
    ctx: typer.Context,
    number: Number,
    *,
    published_on: Annotated[
        date | None,
        option("--published-on", metavar="DATE", parser=read_day, does=tr("Day of the publication; today by default.")),
    ] = None,
    url: Annotated[str, option("--url", metavar="URL", does=tr("Its web address."))] = "",
    file: FileIfAny = None,
    version: Version = None,
    campaign: CampaignKey = None,
) -> None:
    """Publish."""
    from workflows.benchmarking.recording import CameOut, publish_batch

    desk = desk_of(ctx)
    out, paper = CameOut(published_on or desk.today, url), upload(file)
    _act(
        desk,
        number,
        campaign,
        lambda work, one: publish_batch(desk.engine, work, desk.actor, one.id, out, file=paper, version=version),
    )


def _act(desk: Desk, number: int, campaign: str | None, act: "Callable[[Work, Batch], Batch]") -> None:
    """Do something to a batch and tell how it stands now."""
    from console.finding import find_campaign
    from console.publishing import find_batch

    with desk.work() as work:
        key = find_campaign(desk.engine, work, campaign).key
        _tell(desk, work, act(work, find_batch(work, desk.actor, key, number)))


def _tell(desk: Desk, work: "Work", batch: "Batch") -> None:
    from console.publishing import told

    found = told(work, batch)
    desk.paper.say(
        tr(
            "{label} “{title}”: {state}, {enterprises} enterprises, {products} products (version {version}).",
            label=found["label"],
            title=found["title"],
            state=found["state_label"],
            enterprises=found["enterprises"],
            products=found["products"],
            version=found["version"],
        )
    )
    desk.paper.answer(found)


def place_of(desk: Desk, work: "Work", district: str | None) -> "Organisation":
    """The district that was named, else the office of the person who acts."""
    from console.finding import find_district
    from engine.store import organisations

    return (
        find_district(work, desk.actor, district) if district else organisations.get(work, desk.actor.organisation_id)
    )


def _picks(desk: Desk, work: "Work", names: Sequence[str], products: Sequence[str] | None) -> "list[Pick]":
    from workflows.benchmarking.recording import Pick

    return [Pick(desk.case(work, name).id, tuple(products or ())) for name in names]


# what is listed, shown and printed of batches; these stand first on the help page by their names
import console.cli.publicationpages  # noqa: E402, F401
