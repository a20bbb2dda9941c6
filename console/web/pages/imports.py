"""What was brought in: every list with who, when and what became of it, its file, and the sheet with its marks."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.accounts import audit
from console.imports import Shown, find_import, imports_of, kept_file
from console.listdesk import marked_again
from console.listwords import Part, parts_of
from console.paging import Page
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.downloads import XLSX, attachment
from console.web.frames import Choice
from console.web.menu import ALL
from engine.errors import NotFound
from engine.store import organisations
from engine.words import Sentence, tr
from workflows.benchmarking.roster.kinds import FORMS

pages = APIRouter()

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
MOST: Final = 200
_KILO: Final = 1024


class Filters(Asked):
    district: str = ""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list."""

    shown: Shown
    status: Sentence
    became: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ImportsPage:
    filters: Filters
    districts: tuple[Choice, ...]
    lines: tuple[ImportLine, ...]
    page: Page[Shown]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import; `beside` is that of the contact that was typed with a single nomination."""

    shown: Shown
    facts: tuple[tuple[Sentence, object], ...]
    parts: tuple[Part, ...]
    faults: tuple[dict[str, Any], ...]
    has_marked: bool
    told: str
    beside: ImportLine | None


@pages.get("/nominate/imports")
def show_imports(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    desk.only_for(*ALL)
    with desk.look() as work:
        seen = [one for one in organisations.districts(work, desk.today) if desk.sees(one.path)]
        place = next((one for one in seen if one.code == filters.district), None)
        found = imports_of(work, desk.actor, desk.campaign.key, district=place, after=filters.after or None)
    districts = tuple(Choice(one.code, one.name, one is place) for one in seen) if len(seen) > 1 else ()
    page = ImportsPage(filters, districts, tuple(line_of(one) for one in found), found)
    return desk.page("nominate/imports.html", page)


@pages.get("/nominate/imports/{import_id}")
def show_import(import_id: int, desk: AtDesk, told: str = "", also: int | None = None) -> Response:
    desk.only_for(*ALL)
    with desk.look() as work:
        shown = find_import(work, desk.actor, import_id)
        beside = find_import(work, desk.actor, also) if also else None
    did, form = shown.brought.did, FORMS.get(shown.brought.form)
    faults = tuple(did.get("errors", ()))
    page = ImportPage(
        shown=shown,
        facts=_facts(shown),
        parts=parts_of(form, did) if form else (),
        faults=faults[:MOST],
        has_marked=bool(faults or did.get("left") or did.get("annotated")),
        told="same" if told == "same" else "",
        beside=line_of(beside) if beside else None,
    )
    return desk.page("nominate/import.html", page)


@pages.get("/nominate/imports/{import_id}/file")
def give_file(import_id: int, desk: AtDesk) -> Response:
    """The file as it came in."""
    desk.only_for(*ALL)
    with desk.look() as work:
        shown = find_import(work, desk.actor, import_id)
        content = kept_file(work, shown)
    _write_down(desk, shown, "file")
    return attachment(shown.brought.file_name, content, "application/octet-stream")


@pages.get("/nominate/imports/{import_id}/marked")
def give_marked(import_id: int, desk: AtDesk) -> Response:
    """The list with its faults marked, as it went back or made once more."""
    desk.only_for(*ALL)
    with desk.look() as work:
        shown = find_import(work, desk.actor, import_id)
        found = marked_again(desk.engine, work, desk.house.settings, shown)
    if found is None:
        raise NotFound
    _write_down(desk, shown, "marked")
    return attachment(found.filename, found.content, XLSX)


def _write_down(desk: Desk, shown: Shown, what: str) -> None:
    """Lists hold people and their telephones, unmasked; who takes one out stands on record."""
    counts = shown.counts
    about, rows = f"import {shown.brought.id} {what}", sum(counts.get(name, 0) for name in COUNTS)
    with desk.work() as work:
        audit.disclose(desk.accounts, work, desk.actor, "export", about, rows=rows, caller=desk.caller)


def line_of(shown: Shown) -> ImportLine:
    counts = shown.counts
    became = tuple(tr("{what} {n}", what=word, n=counts[name]) for name, word in COUNTS.items() if counts.get(name))
    return ImportLine(shown, STATUSES[shown.brought.status], became)


def _facts(shown: Shown) -> tuple[tuple[Sentence, object], ...]:
    one, line = shown.brought, line_of(shown)
    return (
        (tr("Kind of list"), shown.kind),
        (tr("District"), shown.place.full_name),
        (tr("Who"), shown.by),
        (tr("Received on"), one.received_on),
        (tr("File"), tr("{name}, {kb} KB", name=one.file_name, kb=-(-shown.size // _KILO))),
        (tr("Check sum of the file"), one.file_sha[:16] + "…"),
        (tr("What became of it"), (line.status, *line.became)),
    )
