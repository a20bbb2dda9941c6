"""Enterprises across the years: listed, shown, merged, split, renamed; and the industries they may have."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import DistrictName, Reason, Version
from console.cli.paper import Column
from console.cli.refusals import UsageRefused
from engine.words import tr

if TYPE_CHECKING:
    from workflows.benchmarking.identity import Joined

app = verbs("enterprise", tr("Enterprises across the years: list, show, merge, split, rename."))

Name = Annotated[str, argument(tr("Enterprise, by number, credit code or name; a former name will do."), "ENTERPRISE")]


@command(app, "list", tr("List the enterprises you may see; with --duplicates those that may be one."))
def list_all(
    ctx: typer.Context,
    *,
    name: Annotated[str | None, option("--name", metavar="TEXT", does=tr("Only names with this in them."))] = None,
    district: DistrictName = None,
    industry: Annotated[
        str | None, option("--industry", metavar="CODE", does=tr("Only of this industry, or of one in it."))
    ] = None,
    cluster: Annotated[str | None, option("--cluster", metavar="NAME", does=tr("Only of this cluster."))] = None,
    duplicates: Annotated[
        bool, option("--duplicates", does=tr("Pairs that may be one enterprise, with why; nothing is decided."))
    ] = False,
) -> None:
    """List."""
    desk = desk_of(ctx)
    if duplicates:
        _print_doubles(desk)
        return
    from console.enterprises import line, named, sight
    from console.finding import find_district

    with desk.look() as work:
        seen = sight(work, desk.actor)
        found = named(seen, name) if name else list(seen.known.values())
        lines = [line(work, seen, one) for one in found]
        place = find_district(work, desk.actor, district).name if district else None
    kept = [one for one in lines if _fits(one, place, industry, cluster)]
    columns = (
        Column(tr("Number"), number=True),
        Column(tr("Enterprise")),
        Column(tr("Credit code"), whole=True, may=True),
        Column(tr("Industry"), may=True),
        Column(tr("Cluster"), may=True),
        Column(tr("District"), whole=True),
        Column(tr("Cases"), number=True),
        Column(tr("Contact"), may=True),
    )
    if kept:
        desk.paper.table(columns, [_row(one) for one in kept])
    desk.paper.say(tr("{n} enterprises.", n=len(kept)))
    desk.paper.answer({"enterprises": kept})


@command(app, "show", tr("Show an enterprise with its former names and its cases of all campaigns."))
def show(ctx: typer.Context, enterprise: Name) -> None:
    """Show."""
    from console.enterprise import contact_told
    from console.enterprises import enterprise_file, find_enterprise

    desk = desk_of(ctx)
    with desk.look() as work:
        found = enterprise_file(work, desk.actor, find_enterprise(work, desk.actor, enterprise).id)
    desk.paper.facts(
        [
            (tr("Enterprise"), f"{found['enterprise']}  {found['name']}"),
            (tr("Called before"), tuple(found["former_names"])),
            (tr("Credit code"), found["credit_code"]),
            (tr("Industry"), " › ".join([*found["industry_above"], found["industry"]])),
            (tr("Cluster"), found["cluster"]),
            (tr("Honours"), tuple(found["honours"])),
            (tr("Contact"), contact_told(found["contact"])),
            (tr("Version"), found["version"]),
        ]
    )
    columns = (
        Column(tr("Case"), number=True),
        Column(tr("Campaign"), whole=True),
        Column(tr("District"), whole=True),
        Column(tr("State"), whole=True),
        Column(tr("Since"), whole=True),
        Column(tr("Products and conclusions")),
    )
    rows = [
        (one["case"], one["campaign"], one["district"], one["label"], one["entered_on"], _concluded(one["products"]))
        for one in found["cases"]
    ]
    desk.paper.line()
    desk.paper.table(columns, rows, title=tr("Cases"))
    desk.paper.answer(found)


@command(
    app, "merge", tr("Let one enterprise stand for another that is the same: cases, products and history go to it.")
)
def merge(
    ctx: typer.Context,
    keep: Annotated[str, argument(tr("The enterprise that stays."), "KEEP")],
    other: Annotated[str, argument(tr("The one that is the same; its row stays and points to the first."), "OTHER")],
    *,
    reason: Reason,
    version: Version = None,
) -> None:
    """Merge."""
    from console.enterprises import find_enterprise
    from workflows.benchmarking.identity import merge as join
    from workflows.benchmarking.records import enterprises

    desk = desk_of(ctx)
    with desk.work() as work:
        kept = find_enterprise(work, desk.actor, keep).id
        # one that was merged before is named by its number, so that asking again finds it
        number = int(other) if other.isdecimal() and int(other) in enterprises.rows(work, [int(other)]) else None
        doubled = number or find_enterprise(work, desk.actor, other).id
        joined = join(desk.engine, work, desk.actor, kept, doubled, reason=reason, version=version)
    _tell(desk, joined)


@command(app, "split", tr("Give cases of an enterprise to another: a new one, or one that was merged into it."))
def split(
    ctx: typer.Context,
    enterprise: Name,
    *,
    reason: Reason,
    new: Annotated[str | None, option("--new", metavar="NAME", does=tr("Name of the new enterprise."))] = None,
    credit_code: Annotated[
        str | None, option("--credit-code", metavar="CODE", does=tr("Credit code of the new enterprise."))
    ] = None,
    restore: Annotated[
        int | None, option("--restore", metavar="NUMBER", does=tr("Number of the merged one that stands again."))
    ] = None,
    case: Annotated[
        list[int] | None, option("--case", metavar="NUMBER", does=tr("Case that goes with it; may be said again."))
    ] = None,
    version: Version = None,
) -> None:
    """Split."""
    from console.enterprises import find_enterprise
    from workflows.benchmarking.identity import NewOne
    from workflows.benchmarking.identity import split as part

    if (new is None) == (restore is None):
        raise UsageRefused(tr("Say either --new NAME or --restore NUMBER."))
    desk = desk_of(ctx)
    target: NewOne | int = NewOne(new, credit_code) if new is not None else restore or 0
    with desk.work() as work:
        whole = find_enterprise(work, desk.actor, enterprise).id
        joined = part(desk.engine, work, desk.actor, whole, target, cases=case or (), reason=reason, version=version)
    _tell(desk, joined)


@command(app, "rename", tr("Give an enterprise the name of its licence; the one before stays findable."))
def rename(
    ctx: typer.Context,
    enterprise: Name,
    name: Annotated[str, argument(tr("What it is called now."), "NAME")],
    *,
    reason: Reason,
    version: Version = None,
) -> None:
    """Rename."""
    from console.enterprises import find_enterprise
    from workflows.benchmarking.identity import rename as call

    desk = desk_of(ctx)
    with desk.work() as work:
        known = find_enterprise(work, desk.actor, enterprise).id
        joined = call(desk.engine, work, desk.actor, known, name, reason=reason, version=version)
    _tell(desk, joined)


@command(app, "industry", tr("Look up industries of GB/T 4754-2017 by words of their names or by the code."))
def industry(ctx: typer.Context, words: Annotated[list[str], argument(tr("Words, or a code."), "WORDS...")]) -> None:
    """Look up; needs no database."""
    from workflows.benchmarking import industries

    desk = desk_of(ctx)
    text = " ".join(words)
    found = industries.search(text) or industries.suggest(text)
    columns = (Column(tr("Code"), whole=True), Column(tr("Level"), whole=True), Column(tr("Title")), Column(tr("In")))
    rows = [(one.code, one.level, one.name, " › ".join(up.label for up in industries.parents(one))) for one in found]
    if rows:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} industries.", n=len(rows)))
    desk.paper.answer({"industries": [one.as_json() for one in found]})


def _print_doubles(desk: Desk) -> None:
    from console.enterprises import doubles

    with desk.look() as work:
        found = doubles(work, desk.actor)
    columns = (
        Column(tr("Score"), number=True),
        Column(tr("Enterprise")),
        Column(tr("May be")),
        Column(tr("Because")),
        Column(tr("Remarks"), may=True),
    )
    rows = [
        (
            one.score,
            f"{one.one.id} {one.one.name}",
            f"{one.other.id} {one.other.name}",
            one.reasons,
            tr("two credit codes") if one.codes_differ else None,
        )
        for one in found
    ]
    if rows:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} pairs; `lingpao enterprise merge` joins what is one.", n=len(rows)))
    desk.paper.answer({"duplicates": [one.as_json() for one in found]})


def _fits(one: Mapping[str, Any], place: str | None, industry: str | None, cluster: str | None) -> bool:
    from workflows.benchmarking.details import read_industry

    if place is not None and place not in one["districts"]:
        return False
    if cluster is not None and one["cluster"] != cluster:
        return False
    return industry is None or (one["industry_code"] or "").startswith(read_industry(industry))


def _row(one: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        one["enterprise"],
        one["name"],
        one["credit_code"],
        one["industry"],
        one["cluster"],
        tuple(one["districts"]),
        one["cases"],
        tuple(one["contact"].values()),
    )


def _concluded(products: list[dict[str, Any]]) -> object:
    return tuple(
        tr("{product}: {conclusion}", product=one["product"], conclusion=one["conclusion_label"] or "–")
        for one in products
    )


def _tell(desk: Desk, joined: "Joined") -> None:
    one = joined.enterprise
    if joined.changed:
        desk.paper.say(
            tr("{number} {name}: done; {n} cases follow.", number=one.id, name=one.name, n=len(joined.cases))
        )
    else:
        desk.paper.say(tr("{number} {name}: nothing new.", number=one.id, name=one.name))
    desk.paper.answer(joined.as_json())
