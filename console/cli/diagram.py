"""A flow as a picture in words that Mermaid draws, with the cases in each state."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import desk_of
from console.cli.frame import argument, command, verbs
from console.cli.options import CampaignKey
from engine.errors import NotFound
from engine.words import tr

if TYPE_CHECKING:
    from engine.access import Actor
    from engine.store.database import Work

app = verbs()


@command(app, "diagram", tr("Draw a flow as a Mermaid state diagram, with the cases you may see in each state."))
def diagram(
    ctx: typer.Context,
    flow: Annotated[
        str, argument(tr("Flow: enterprise (default), nomination_list, progress_report."), "FLOW")
    ] = "enterprise",
    *,
    campaign: CampaignKey = None,
) -> None:
    """Draw."""
    from console.finding import find_campaign
    from engine.machine import mermaid
    from engine.store import definitions

    desk = desk_of(ctx)
    with desk.look() as work:
        known = sorted({name for name, _ in definitions.versions(work)})
        if flow not in known:
            raise NotFound(tr("There is no flow {flow}; there are {known}.", flow=flow, known=tuple(known)))
        key = find_campaign(desk.engine, work, campaign).key
        counts = _counts(work, desk.actor, key, flow)
        drawn = mermaid(definitions.latest(work, flow)[1], counts, desk.locale)
    desk.paper.line(drawn.rstrip())
    desk.paper.answer({"flow": flow, "campaign": key, "counts": counts, "mermaid": drawn})


def _counts(work: "Work", actor: "Actor", campaign: str, flow: str) -> Counter[str]:
    """The tally of the districts that the actor sees."""
    from engine.access import sees
    from engine.store import cases, organisations

    found: Counter[str] = Counter()
    tally = cases.counts(work, campaign, flow)
    paths = organisations.paths(work, {district for district, _ in tally})
    for (district, state), n in tally.items():
        if sees(actor, paths[district]):
            found[state] += n
    return found
