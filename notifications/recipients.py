"""Who gets a letter: people found by their roles, each once, and somebody in every case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.model import Organisation, Person
from engine.store import organisations, people, suppressions
from engine.store.database import Work
from notifications import reasons
from notifications.errors import AddressRefused
from notifications.mime import Mailbox, check_address
from notifications.post import Post

FALLBACK: Final = "municipal_coordinator"
"""Who gets what nobody of the district can be given."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person with an address that can be written to."""

    person_id: int
    name: str
    address: str
    locale: str

    @property
    def mailbox(self) -> Mailbox:
        return Mailbox(self.name, self.address)


@dataclass(frozen=True, slots=True)
class Addressees:
    """`to` and `cc` share nobody; `trouble` is the coded reason why somebody else gets it, or why nobody does."""

    to: tuple[Addressee, ...]
    cc: tuple[Addressee, ...]
    trouble: str | None = None

    @property
    def is_instead(self) -> bool:
        return self.trouble is not None

    @property
    def locale(self) -> str | None:
        """The language all of them read, if it is one."""
        locales = {one.locale for one in self.to}
        return locales.pop() if len(locales) == 1 else None


def addressees(post: Post, work: Work, letter: str, district: Organisation) -> Addressees:
    """The people of a district, or above it, that the settings name for a letter."""
    receivers = post.settings.letters.get(letter)
    to_roles: Sequence[str] = receivers.to if receivers else ()
    cc_roles: Sequence[str] = receivers.cc if receivers else ()
    places = _districts(post, work) if receivers and receivers.everywhere else (district,)
    to = _holders(post, work, to_roles, places)
    cc = _holders(post, work, cc_roles, places)
    if to:
        return Addressees(to, _without(cc, to))
    lacking = f"{district.name}: {'/'.join(to_roles) or letter}"
    instead = _holders(post, work, (FALLBACK,), places)
    if instead:
        return Addressees(instead, _without(cc, instead), reasons.coded(reasons.INSTEAD, lacking))
    return Addressees((), (), reasons.coded(reasons.NOBODY, lacking))


def bureau_people(post: Post, work: Work, roles: Sequence[str]) -> tuple[Addressee, ...]:
    """People whose role covers the whole house."""
    top = next(one for one in organisations.every(work) if one.parent_id is None)
    return _holders(post, work, roles, (top,))


def _districts(post: Post, work: Work) -> tuple[Organisation, ...]:
    return organisations.districts(work, post.engine.today(work))


def _holders(post: Post, work: Work, roles: Sequence[str], places: Sequence[Organisation]) -> tuple[Addressee, ...]:
    """Everybody once, in the order of roles and places."""
    today = post.engine.today(work)
    found: dict[str, Addressee] = {}
    for role in roles:
        for place in places:
            for person in people.holders(work, role, place, today):
                addressee = _addressee(person)
                if addressee is not None:
                    found.setdefault(addressee.address.casefold(), addressee)
    spared = {address.casefold() for address in suppressions.among(work, found)}
    return tuple(one for key, one in found.items() if key not in spared)


def _addressee(person: Person) -> Addressee | None:
    """None for people without an address, or with one that no relay would take."""
    try:
        address = check_address(person.email or "")
    except AddressRefused:
        return None
    return Addressee(person.id, person.name, address, person.locale)


def _without(cc: Sequence[Addressee], to: Sequence[Addressee]) -> tuple[Addressee, ...]:
    taken = {one.address.casefold() for one in to}
    return tuple(one for one in cc if one.address.casefold() not in taken)
