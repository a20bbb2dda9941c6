"""Campaigns: their terms shown, and applied from the configuration after the difference has been seen."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.calendar import run_reprojection
from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, verbs
from console.cli.options import Yes
from console.cli.paper import Column
from engine.errors import NotFound
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from engine.setup import Difference
    from engine.store.database import Work

app = verbs("campaign", tr("Apply or show the terms of a campaign."))

KeyIfAny = Annotated[str | None, argument(tr("Key of the campaign; the running one by default."), "KEY")]


@command(
    app,
    "apply",
    tr(
        "Make the configuration's terms those of the campaign: the difference is shown, journaled, and open deadlines"
        " are worked out anew."
    ),
)
def apply(ctx: typer.Context, key: KeyIfAny = None, *, yes: Yes = False) -> None:
    """Apply one campaign, or all that differ."""
    desk = desk_of(ctx)
    configured = [campaign.key for campaign in desk.settings.campaigns]
    if key is not None and key not in configured:
        raise NotFound(tr("The configuration has no campaign {key}; it has {known}.", key=key, known=tuple(configured)))
    changed, units, warnings = _planned(desk, key)
    for name, found in changed.items():
        _print(desk, tr("{key}", key=name), found)
    if units:
        _print(desk, tr("Organisations"), units)
    for warning in warnings:
        desk.paper.say(tr("Please check: {warning}", warning=warning))
    if not changed and not units:
        desk.paper.say(tr("Nothing to apply: the terms are as configured."))
        desk.paper.answer({"applied": {}, "moved": 0})
        return
    desk.agreed(tr("Apply this?"), yes=yes)
    told = _apply(desk, tuple(changed)) | {"warnings": [str(one) for one in warnings]}
    if told["organisations"]:
        desk.paper.say(tr("New organisations: {names}.", names=told["organisations"]))
    desk.paper.answer(told | {"moved": run_reprojection(desk)})


def _planned(
    desk: Desk, key: str | None
) -> "tuple[dict[str, tuple[Difference, ...]], tuple[Difference, ...], tuple[Sentence, ...]]":
    """What would change about terms and organisations, and what about it is probably not meant."""
    from console.administration import COORDINATORS, need_role
    from console.founding import pending
    from console.units import check_removals, unit_differences, warnings_of

    with desk.look() as work:
        need_role(work, desk.actor, COORDINATORS)
        check_removals(desk.house, work)
        changed = {one: found for one, found in pending(desk.house, work).items() if key in (None, one)}
        together = tuple(one for found in changed.values() for one in found)
        return changed, unit_differences(desk.house, work), warnings_of(desk.house, work, together)


def _apply(desk: Desk, keys: tuple[str, ...]) -> dict[str, Any]:
    """Write organisations and terms in one transaction."""
    from console.administration import COORDINATORS, need_role
    from console.founding import add_districts
    from console.units import settle_units
    from engine.setup import apply_campaign

    applied = {}
    with desk.work() as work:
        need_role(work, desk.actor, COORDINATORS)
        added = add_districts(desk.house, work, desk.actor)
        settled = settle_units(desk.house, work, desk.actor)
        for name in keys:
            campaign = desk.settings.campaign(name)
            body = desk.settings.campaign_body(name)
            found = apply_campaign(desk.engine, work, desk.actor, key=name, kind=campaign.kind, body=body)
            applied[name] = [{"path": one.path, "from": one.before, "to": one.after} for one in found]
    return {"applied": applied, "organisations": added, "units": [one.path for one in settled]}


@command(app, "show", tr("Show the terms of a campaign as they were last applied."))
def show(ctx: typer.Context, key: KeyIfAny = None) -> None:
    """Show."""
    from console.finding import find_campaign
    from console.founding import pending
    from engine.store import organisations
    from engine.terms import terms_of

    desk = desk_of(ctx)
    with desk.look() as work:
        campaign = find_campaign(desk.engine, work, key)
        terms = terms_of(campaign)
        places = {one.code: one.name for one in organisations.every(work)}
        differs = len(pending(desk.house, work).get(campaign.key, ()))
        labels = _labels(work)
    desk.paper.facts(
        [
            (tr("Campaign"), f"{terms.key}  {terms.title}"),
            (tr("From"), terms.opens),
            (tr("To"), terms.closes),
            (tr("Applied"), campaign.applied_at),
            (tr("Version"), campaign.version),
        ]
    )
    desk.paper.line()
    days = [(labels.get(name, name), day or "–") for name, day in terms.days.items()]
    desk.paper.table([Column(tr("Milestone")), Column(tr("Due"), whole=True)], days)
    desk.paper.line()
    quotas: list[tuple[object, int]] = [(places.get(code, code), quota) for code, quota in terms.quotas.items()]
    quotas.append((tr("All"), sum(terms.quotas.values())))
    desk.paper.table([Column(tr("District")), Column(tr("Quota"), number=True)], quotas)
    if differs:
        desk.paper.say(tr("{n} settings are configured otherwise; `lingpao campaign apply` shows them.", n=differs))
    told: dict[str, Any] = {"key": campaign.key, "version": campaign.version, "applied_at": campaign.applied_at}
    desk.paper.answer(told | {"terms": campaign.body, "differs": differs})


def _labels(work: "Work") -> dict[str, object]:
    """What people call each milestone of the campaign's flows."""
    from engine.store import definitions

    flows = [definitions.latest(work, name)[1] for name in definitions.names(work)]
    return {one.name: one.label for flow in flows for one in flow.milestones}


def _print(desk: Desk, title: Sentence, found: "tuple[Difference, ...]") -> None:
    columns = [Column(tr("Setting")), Column(tr("Applied")), Column(tr("Configured"))]
    desk.paper.table(columns, [(one.path, _shown(one.before), _shown(one.after)) for one in found], title=title)


def _shown(value: Any) -> object:
    if isinstance(value, list | tuple):
        return tuple(value)
    return "–" if value is None else value
