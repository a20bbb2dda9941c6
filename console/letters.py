"""Letters: what left the house or is to leave it, the newest first, with its receivers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from console.finding import find_district
from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor, scopes
from engine.store import areas, mails, organisations, unread
from engine.store.database import Work
from engine.store.mails import Mail, Recipient

FIRST: Final = 10
"""Unread letters that stand above the others."""


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
    count = Count.up_to_cap(mails.count_to(work, CAP, **sought))
    return Page(_letters(work, found), cursor(found[-1].id) if more else None, count)


def unread_letters(work: Work, actor: Actor) -> Page[Letter]:
    """The newest letters to the actor that they have not read, and how many there are."""
    found = unread.unread(work, actor.person_id, limit=FIRST)
    short = len(found) < FIRST
    n = len(found) if short else unread.count_unread(work, actor.person_id, most=CAP + 1)
    return Page(_letters(work, found), None, Count.up_to_cap(n))


def mark_read(work: Work, actor: Actor, mail_ids: Collection[int] | None = None) -> int:
    """Note what the actor has read of what was sent to them; all of it where nothing is named."""
    return unread.mark_read(work, actor.person_id, mail_ids)


def _letters(work: Work, found: Sequence[Mail]) -> tuple[Letter, ...]:
    receivers = mails.receivers(work, [mail.id for mail in found])
    names = organisations.names(work, {mail.district_id for mail in found if mail.district_id})
    return tuple(Letter(mail, receivers.get(mail.id, ()), names.get(mail.district_id or 0, "")) for mail in found)
