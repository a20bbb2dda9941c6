"""Empty lists to hand out: which there are, and one of them for a district."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CampaignKey, DistrictName
from console.cli.paper import Column
from console.cli.sheetfile import Force, place_for, write_whole
from engine.clock import SystemClock, local_day
from engine.words import tr

if TYPE_CHECKING:
    from workflows.benchmarking.roster.forms import Form

app = verbs()


@command(
    app,
    "template",
    tr(
        "Write an empty list to be filled in, with the district, its quota, drop-downs, checks and a guide; without"
        " a kind it says which there are. Needs neither database nor person."
    ),
)
def write(
    ctx: typer.Context,
    kind: Annotated[str | None, argument(tr("Kind of list, as in annex2."), "KIND")] = None,
    *,
    district: DistrictName = None,
    out: Annotated[Path | None, option("--out", metavar="FILE", does=tr("File or folder to write to."))] = None,
    listed: Annotated[bool, option("--list", does=tr("Say which kinds there are."))] = False,
    campaign: CampaignKey = None,
    force: Force = False,
) -> None:
    """Write one, or say which there are."""
    from console.lists import forms_named

    desk = desk_of(ctx)
    if listed or kind is None:
        _list(desk)
        return
    (form,) = forms_named(kind)
    name, content = _made(desk, form, campaign, district)
    place = place_for(out or Path(), name, force=force)
    write_whole(place, content)
    desk.paper.say(tr("Written: {file}", file=str(place)))
    desk.paper.answer({"template": form.key, "name": form.name, "district": district, "file": str(place)})


def _list(desk: Desk) -> None:
    from workflows.benchmarking.roster.kinds import FORMS

    rows = [(form.key, form.name, tuple(column.label for column in form.columns)) for form in FORMS.values()]
    desk.paper.table([Column(tr("Kind"), whole=True), Column(tr("Title")), Column(tr("Columns"))], rows)
    desk.paper.answer(
        {
            "templates": [
                {"template": key, "name": name, "annex": FORMS[key].annex, "columns": list(labels)}
                for key, name, labels in rows
            ]
        }
    )


def _made(desk: Desk, form: "Form", campaign: str | None, district: str | None) -> tuple[str, bytes]:
    """Name and content, from the configuration alone."""
    from console.cli.configured import campaign_of, district_of
    from workflows.benchmarking.roster.template import Sender, template, template_name

    section = campaign_of(desk.settings, campaign)
    place = district_of(section, district) if district else None
    sender = Sender(
        city=desk.settings.bureau.city,
        year=section.year,
        unit=place.full_name if place else "",
        quota=place.quota if place else None,
    )
    content = template(form, sender, on=local_day(SystemClock().now()))
    return template_name(form, place.name if place else ""), content
