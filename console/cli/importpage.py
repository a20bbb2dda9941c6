"""Imports as a person reads them at a terminal: the list of all, and one with everything it did."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.cli.paper import Column, Paper
from engine.errors import Refused
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.cli.desk import Desk
    from console.imports import Shown

STATUSES: Final = {"taken": tr("taken in"), "refused": tr("not taken in")}
COUNTS: Final = {
    "new": tr("new"),
    "claimed": tr("claimed"),
    "changed": tr("changed"),
    "added_products": tr("products added"),
    "changed_products": tr("products changed"),
    "unchanged": tr("unchanged"),
    "left": tr("left out"),
    "errors": tr("faults"),
}
_KILO: Final = 1024


def show_imports(desk: "Desk", *, campaign: str | None, district: str | None) -> None:
    """Every import one may see, the newest first."""
    from console.finding import find_campaign, find_district
    from console.imports import list_imports

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        place = find_district(work, desk.actor, district) if district else None
        found = list_imports(work, desk.actor, key, district=place)
    columns = (
        Column(tr("Import"), number=True),
        Column(tr("When"), whole=True),
        Column(tr("District")),
        Column(tr("Who")),
        Column(tr("Kind"), whole=True),
        Column(tr("File")),
        Column(tr("What became of it")),
    )
    desk.paper.table(columns, [_line(one) for one in found])
    desk.paper.answer({"imports": [one.as_json() for one in found]})


def show_import(desk: "Desk", number: int, *, save: Path | None) -> None:
    """One import with everything it did; with `save` the kept file is written there too."""
    from console.imports import find_import, kept_file

    with desk.look() as work:
        found = find_import(work, desk.actor, number)
        content = kept_file(work, found) if save else b""
    if save:
        if save.exists():
            raise Refused(tr("{file} is there already; say another name.", file=str(save)))
        save.write_bytes(content)
    _print(desk.paper, found)
    if save:
        desk.paper.say(tr("The file as it came in: {file}", file=str(save)))
    desk.paper.answer(found.as_json() | {"did": dict(found.brought.did)} | ({"saved": str(save)} if save else {}))


def _print(paper: Paper, shown: "Shown") -> None:
    one = shown.brought
    paper.facts(
        [
            (tr("Import"), one.id),
            (tr("Kind of list"), shown.kind),
            (tr("District"), shown.place.name),
            (tr("Who"), shown.by),
            (tr("When"), one.recorded_at),
            (tr("Received on"), one.received_on),
            (tr("File"), tr("{name}, {kb} KB", name=one.file_name, kb=-(-shown.size // _KILO))),
            (tr("SHA-256"), one.file_sha),
            (tr("What became of it"), (STATUSES[one.status], *_counts(shown))),
        ]
    )
    for left in one.did.get("left", ()):
        paper.say(
            tr(
                "  – row {row}, {enterprise}: {why}",
                row=left["row"],
                enterprise=left["enterprise"],
                why=left["why"],
            )
        )
    for fault in one.did.get("errors", ()):
        paper.line(f"  – {fault['sentence']}{fault.get('remedy', '')}")


def _line(shown: "Shown") -> tuple[object, ...]:
    one = shown.brought
    became = (STATUSES[one.status], *_counts(shown))
    return one.id, one.recorded_at, shown.place.name, shown.by, shown.word, one.file_name, became


def _counts(shown: "Shown") -> "Sequence[Sentence]":
    return [
        tr("{what} {n}", what=word, n=shown.counts[name]) for name, word in COUNTS.items() if shown.counts.get(name)
    ]
