"""Searching everything one may see: hits in groups, each leading to its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.search import KINDS, Hit, search
from console.web.desk import AtDesk, Desk
from console.web.menu import ROWS, WORKING
from engine.store import organisations
from engine.store.database import Work
from engine.words import Sentence, tr

pages = APIRouter()
MOST: Final = 60
LONGEST: Final = 120
TITLES: Final[Mapping[str, Sentence]] = {
    "case": tr("Enterprises, lists and reports"),
    "organisation": tr("Offices"),
    "person": tr("People"),
    "mail": tr("Letters"),
}
ADDRESSES: Final = {"case": "/cases/{}", "person": "/people/{}", "mail": "/letters/{}"}
READERS: Final[Mapping[str, frozenset[str]]] = {
    "person": WORKING,
    "mail": frozenset[str]().union(*(row.roles for row in ROWS if row.path == "/letters")),
}
"""Who has the page that a hit leads to; the others see its name only."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A hit and the page it leads to, if the reader has that page."""

    hit: Hit
    href: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Group:
    title: Sentence
    hits: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    q: str
    groups: tuple[Group, ...]
    more: bool
    too_short: bool


@pages.get("/search")
def show_search(desk: AtDesk, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    text = q.strip()[:LONGEST]
    with desk.look() as work:
        found = search(work, desk.actor, text, limit=MOST)
        codes = _codes(work, found.hits)
    titles = {one.key: str(one.body["short"]) for one in desk.campaigns}
    groups = []
    for kind in KINDS:
        hits = tuple(
            Linked(one, _address(desk, one, codes), titles.get(one.campaign or "", ""))
            for one in found.hits
            if one.kind == kind
        )
        if hits:
            groups.append(Group(TITLES[kind], hits))
    return desk.page("search/index.html", SearchPage(text, tuple(groups), found.more, found.too_short))


def _address(desk: Desk, hit: Hit, codes: Mapping[int, str]) -> str:
    """Where a hit leads; nowhere, where the reader has no such page."""
    if hit.kind == "organisation":
        return f"/cases?district={codes[hit.ref_id]}" if hit.ref_id in codes else ""
    may = READERS.get(hit.kind)
    if may is not None and not (desk.roles & may):
        return ""
    return ADDRESSES[hit.kind].format(hit.ref_id)


def _codes(work: Work, hits: tuple[Hit, ...]) -> dict[int, str]:
    """Codes of the offices found."""
    if not any(one.kind == "organisation" for one in hits):
        return {}
    return {one.id: one.code for one in organisations.every(work)}
