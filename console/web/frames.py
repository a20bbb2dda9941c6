"""What stands around every page: who is signed in, which campaign, the menu, the clock of a rehearsal, the footer."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from console.paging import Count
from console.settings import Settings
from engine.flow import Label
from engine.roles import labels
from engine.store import organisations
from engine.terms import terms_of

if TYPE_CHECKING:
    from console.web.desk import Desk, Visitor


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as the top bar shows it."""

    name: str
    office: str
    roles: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen in a list."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the menu; `count` is None where nothing is counted."""

    path: str
    label: str
    count: int | Count | None
    current: bool


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the house says about itself above and below each page."""

    system: str
    bureau: str
    section: str
    phone: str
    version: str
    site_code: str | None
    filing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`number` is to be quoted when something went wrong; `key` makes a form that is sent twice count once."""

    imprint: Imprint
    path: str
    address: str
    number: str
    key: str
    large: bool
    as_of: datetime
    clock: datetime | None
    demo: bool
    most_mb: int
    person: Person | None = None
    campaign: str = ""
    campaigns: tuple[Choice, ...] = ()
    menu: tuple[Link, ...] = ()
    searchable: bool = False

    def called(self, path: str) -> str:
        """What the menu of this person calls a page; nothing where it is not in it."""
        return next((link.label for link in self.menu if link.path == path), "")


def plain(visitor: "Visitor") -> Frame:
    """For somebody who has not signed in."""
    return Frame(**_around(visitor))


def of_desk(desk: "Desk") -> Frame:
    """With the menu and its counts."""
    from console.web.menu import addresses, menu_of

    with desk.look() as work:
        office = organisations.get(work, desk.actor.organisation_id)
        menu = menu_of(desk, work)
    roles = dict.fromkeys(grant.role for grant in desk.actor.grants if grant.by == desk.actor.person_id)
    campaign = desk.campaign.key if desk.campaigns else ""
    return Frame(
        **_around(desk),
        person=Person(desk.actor.name, office.full_name, labels(tuple(roles))),
        campaign=campaign,
        campaigns=tuple(Choice(one.key, terms_of(one).title, one.key == campaign) for one in desk.campaigns),
        menu=menu,
        searchable="/search" in addresses(desk),
    )


def _around(visitor: "Visitor") -> dict[str, Any]:
    request, house = visitor.request, visitor.house
    return {
        "imprint": imprint_of(house.settings),
        "path": request.url.path,
        "address": visitor.address,
        "number": request.state.number,
        "key": secrets.token_hex(12),
        "large": visitor.large,
        "as_of": visitor.now,
        "clock": visitor.now if house.rehearsal else None,
        "demo": visitor.serving.demo,
        "most_mb": house.settings.web.upload_mb,
    }


def imprint_of(settings: Settings) -> Imprint:
    return Imprint(
        system=settings.mail.system,
        bureau=settings.bureau.name,
        section=settings.bureau.section,
        phone=settings.bureau.contact.phone,
        version=_version(),
        site_code=settings.web.site_code,
        filing=settings.web.filing,
    )


@cache
def _version() -> str:
    return version("lingpao")
