"""Letters: what left the house or is to leave it, the newest first, with its receivers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from console.finding import find_district
from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor, scopes
from engine.store import areas, mails, organisations
from engine.store.database import Work
from engine.store.mails import Mail, Recipient


class Sought(TypedDict):
    """Which mails; None and empty leave a thing open."""

    states: Collection[str]
    letter: str | None
    campaign: str | None
    districts: Collection[int] | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with those it is for; `district` is the one it is about, empty where it is about several."""

    mail: Mail
    to: tuple[Recipient, ...]
    district: str


def letters(
    work: Work,
    actor: Actor,
    *,
    campaign: str | None = None,
    states: Collection[str] = (),
    letter: str | None = None,
    district: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[Letter]:
    """A page of the letters about districts that the actor sees; who sees everything sees those about none too."""
    place = place_of(after, int)
    area = areas.area(work, scopes(actor), find_district(work, actor, district).path if district else "/")
    sought = Sought(states=states, letter=letter, campaign=campaign, districts=area.ids)
    found, more = cut(mails.listed(work, **sought, before=place[0] if place else None, limit=limit + 1), limit)
    receivers = mails.receivers(work, [mail.id for mail in found])
    names = organisations.names(work, {mail.district_id for mail in found if mail.district_id})
    lines = tuple(Letter(mail, receivers.get(mail.id, ()), names.get(mail.district_id or 0, "")) for mail in found)
    count = Count.up_to_cap(mails.count_to(work, CAP, **sought))
    return Page(lines, cursor(found[-1].id) if more else None, count)
